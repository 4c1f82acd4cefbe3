"""Ctrl-C held back, so that a run ends between two files and no output is half written."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def deferred_interrupts() -> Iterator[Callable[[], bool]]:
    """Yield a function that says whether Ctrl-C was pressed; a second time interrupts at once.

    So nothing is left half written, and what is done can still be reported.
    """
    pressed = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield pressed.is_set  # only the main thread may say what a signal does
        return

    def note(_number: int, _frame: object) -> None:
        if pressed.is_set():
            raise KeyboardInterrupt
        pressed.set()

    before = signal.signal(signal.SIGINT, note)
    try:
        yield pressed.is_set
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let what is being written be whole: Ctrl-C is raised after it, a second one at once."""
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield  # somebody holds it back already, or nobody wants it
        return
    with deferred_interrupts() as pressed:
        yield
    if pressed():
        raise KeyboardInterrupt

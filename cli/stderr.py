"""What goes to standard error: one sentence, and a traceback only on request."""

from __future__ import annotations

import os
import sys

from alliance_check.model.message import Message, say
from alliance_check.reports.escaping import visible

from .dispatch import PROGRAM
from .exit_codes import BROKEN, UNUSABLE

_DEBUG = "ALLIANCE_CHECK_DEBUG"
_LONGEST = 4_000
"""How much of a sentence is shown; one may quote what somebody typed without end."""


def print_error(sentence: Message | str) -> None:
    """Write one line to standard error, with nothing in it that could drive a terminal."""
    try:
        said = str(sentence)
        said = said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
        sys.stderr.write(f"{PROGRAM}: {visible(said)}\n")
    except (OSError, ValueError, AttributeError):
        return  # nobody reads it, and the exit code tells


def reason(error: OSError | RuntimeError | ValueError) -> str:
    """Return why the system refused, as the end of a sentence; other errors are about a path."""
    said = error.strerror if isinstance(error, OSError) else str(error)
    return (said or type(error).__name__).lower()


def report_crash(error: BaseException) -> int:
    """Say what the system refused, or apologise for an error of ours; return the exit code.

    The traceback is for those who ask for it.
    """
    if os.environ.get(_DEBUG):
        import traceback

        traceback.print_exception(error)
    if isinstance(error, MemoryError):
        print_error(say("There is not enough memory; leave only the partner list in the file."))
        return UNUSABLE
    if isinstance(error, OSError) and error.filename is not None:
        path = repr(error.filename)
        print_error(say("{path} cannot be used: {error}.", path=path, error=reason(error)))
        return UNUSABLE
    kind = type(error).__name__
    print_error(
        say(
            "Sorry, the program itself broke ({kind}); {variable}=1 shows where, to be reported.",
            kind=kind,
            variable=_DEBUG,
        )
    )
    return BROKEN

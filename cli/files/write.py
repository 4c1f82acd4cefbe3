"""Where the text goes: standard output, or files of which none is half written."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from alliance_check.model.errors import WrongUsage
from alliance_check.reports.escaping import ascii_json, ascii_markup, ascii_only

from ..interrupts import uninterrupted
from ..stderr import reason
from .style import Style, formats


class OutputFile(NamedTuple):
    """A file to be written: the option that names it, its path, and what goes into it."""

    option: str
    path: str
    content: bytes
    appended: bool = False


def targets(style: Style) -> tuple[Style, ...]:
    """Return one style for each text to be written, with its format and its file."""
    if style.folder is None:
        return (style,)
    folder = Path(style.folder)
    return tuple(
        replace(style, format=name, output=str(folder / f"report.{formats()[name].suffix}"))
        for name in style.formats
    )


def make_folder(style: Style) -> None:
    """Make the folder of the formats, where there is none.

    :raises WrongUsage: when it cannot be made, or no format is named that would go there.
    """
    if style.folder is None:
        return
    if not style.formats:
        raise WrongUsage("--output-dir needs a --format, or formats in the configuration.")
    try:
        Path(style.folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongUsage(
            "--output-dir {folder} cannot be made: {error}.",
            folder=repr(style.folder),
            error=reason(error),
        ) from error


def write(content: str | bytes, style: Style, *others: OutputFile) -> None:
    """Write a text or what is none, and what goes elsewhere with it.

    :raises WrongUsage: when a file cannot be written; then none is.
    """
    own = output_file(content, style)
    if own is None:
        _to_terminal(in_style(content, style) if isinstance(content, str) else content)
    deliver([*([] if own is None else [own]), *others])


def output_file(content: str | bytes, style: Style) -> OutputFile | None:
    """Return what is written as the file that the style names; None where that is the terminal."""
    if style.output is None:
        return None
    if isinstance(content, str):
        content = in_style(content, style).encode("utf-8")
    return OutputFile("--output", style.output, content)


def in_style(text: str, style: Style) -> str:
    """Return the text as ASCII, where that is wanted."""
    if not style.ascii:
        return text
    form = formats()[style.format]
    if form.json:
        return ascii_json(text)
    if form.markup:
        return ascii_markup(text)
    return "\n".join(ascii_only(line) for line in text.split("\n"))


def _to_terminal(content: str | bytes) -> None:
    if sys.stdout is None:  # closed by whoever started the program; the exit code tells
        return
    try:
        with uninterrupted():
            _write_whole(content)
    except BrokenPipeError:  # whoever reads has enough
        _silence()
    except OSError as error:
        _silence()
        raise WrongUsage(
            "Standard output cannot be written: {error}.", error=reason(error)
        ) from error


def _write_whole(content: str | bytes) -> None:
    """Write to the terminal or into a pipe, however slowly it is read.

    A stream without a buffer, as PYTHONUNBUFFERED makes it, takes as much of a text as there is
    room for when a signal comes, and Python drops the rest.
    """
    buffer = getattr(sys.stdout, "buffer", None)
    raw = getattr(buffer, "raw", buffer)
    if isinstance(content, str) and (raw is None or os.linesep != "\n"):
        sys.stdout.write(content)
    elif raw is None:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    else:
        sys.stdout.flush()
        if isinstance(content, str):
            content = content.encode(sys.stdout.encoding, sys.stdout.errors or "strict")
        left = memoryview(content)
        while left:
            done = raw.write(left)
            if done is None:
                raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
            left = left[done:]
    sys.stdout.flush()


def _silence() -> None:
    """Let Python end without complaining once more when it closes the stream."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def deliver(files: Sequence[OutputFile]) -> None:
    """Write all files, or none; the rights of one that is replaced stay what they are.

    :raises WrongUsage: when one of them cannot be written.
    """
    ready: list[tuple[Path, Path]] = []
    undone: list[Callable[[], object]] = []
    current = OutputFile("", "", b"")
    try:
        with uninterrupted():
            for current in files:
                _prepare(current, ready, undone)
            for temporary, target in ready:
                _put_in_place(temporary, target, undone)
    except BaseException as error:
        for undo in reversed(undone):
            with suppress(OSError):
                undo()
        if not isinstance(error, OSError | ValueError):
            raise
        raise WrongUsage(
            "{option} {path} cannot be written: {error}.",
            option=current.option,
            path=repr(current.path),
            error=reason(error),
        ) from error
    finally:
        for temporary, _ in ready:
            for left in (temporary, _kept(temporary)):
                left.unlink(missing_ok=True)


def _prepare(
    file: OutputFile, ready: list[tuple[Path, Path]], undone: list[Callable[[], object]]
) -> None:
    """Write a file beside the one that it is to become; what cannot be replaced at once."""
    target = Path(os.path.realpath(file.path))
    mode = _mode_of(target)
    if file.appended:
        _append(target, file.content, undone)
    elif mode is not None and not stat.S_ISREG(mode):  # a device or a pipe cannot be replaced
        target.write_bytes(file.content)
    else:
        from tempfile import mkstemp

        handle, name = mkstemp(dir=target.parent, prefix=".alliance-check.", suffix=".tmp")
        ready.append((Path(name), target))
        with os.fdopen(handle, "wb") as opened:
            opened.write(file.content)
        Path(name).chmod(stat.S_IMODE(mode) if mode is not None else _usual_mode())


def _append(target: Path, content: bytes, undone: list[Callable[[], object]]) -> None:
    """Add to the end of a file, which may hold what others wrote; a part of it never stays."""
    with target.open("ab") as opened:
        length = opened.tell()
        if opened.seekable():
            undone.append(lambda: os.truncate(target, length))
        opened.write(b"\n" + content if length else content)


def _put_in_place(temporary: Path, target: Path, undone: list[Callable[[], object]]) -> None:
    before = _kept(temporary)
    try:
        os.link(target, before)
        undone.append(lambda: before.replace(target))
    except FileNotFoundError:
        undone.append(target.unlink)
    except OSError:
        pass  # the system knows no second name for a file: what is replaced is gone
    temporary.replace(target)


def _kept(temporary: Path) -> Path:
    """Return where what is replaced stays until all is done."""
    return temporary.with_suffix(".old")


def _mode_of(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _usual_mode() -> int:
    """Return the rights of a new file; the mask can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask

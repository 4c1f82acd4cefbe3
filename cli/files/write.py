"""Where the text goes: standard output, or a file that is never half written."""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import replace
from pathlib import Path

from alliance_check.model.errors import WrongUsage
from alliance_check.reports import Format
from alliance_check.reports.escaping import ascii_json, ascii_markup, ascii_only

from ..options.style import Style, formats
from ..stderr import reason


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


def append(text: str, style: Style) -> None:
    """Add markdown to the end of the summary, which may hold what others wrote.

    :raises WrongUsage: when it cannot be written.
    """
    text = _ascii_lines(text) if style.ascii else text
    try:
        with Path(style.summary or "").open("ab") as file:
            file.write(f"\n{text}".encode() if file.tell() else text.encode())
    except OSError as error:
        raise WrongUsage(
            "--summary-file {summary} cannot be written: {error}.",
            summary=repr(style.summary),
            error=reason(error),
        ) from error


def write(text: str, style: Style) -> None:
    """Write the text.

    :raises WrongUsage: when the output file cannot be written.
    """
    if style.ascii:
        text = _in_ascii(text, formats()[style.format])
    if style.output is None:
        _to_terminal(text)
        return
    try:
        write_bytes(Path(style.output), text.encode("utf-8"))
    except OSError as error:
        raise WrongUsage(
            "--output {output} cannot be written: {error}.",
            output=repr(style.output),
            error=reason(error),
        ) from error


def _in_ascii(text: str, form: Format) -> str:
    if form.json:
        return ascii_json(text)
    return ascii_markup(text) if form.markup else _ascii_lines(text)


def _ascii_lines(text: str) -> str:
    return "\n".join(ascii_only(line) for line in text.split("\n"))


def _to_terminal(text: str) -> None:
    if sys.stdout is None:  # closed by whoever started the program; the exit code tells
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has enough
        _silence()
    except OSError as error:
        _silence()
        raise WrongUsage(
            "Standard output cannot be written: {error}.", error=reason(error)
        ) from error


def _silence() -> None:
    """Let Python end without complaining once more when it closes the stream."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file as a whole or not at all; its rights stay what they are.

    :raises OSError: when it cannot be written.
    """
    target = Path(os.path.realpath(path))
    mode = _mode_of(target)
    if mode is not None and not stat.S_ISREG(mode):  # a device or a pipe cannot be replaced
        target.write_bytes(content)
        return
    from tempfile import mkstemp

    handle, name = mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        temporary.chmod(stat.S_IMODE(mode) if mode is not None else _usual_mode())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


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

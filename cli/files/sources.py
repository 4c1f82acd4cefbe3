"""From paths to the files to be judged, each under the name that reports call it."""

from __future__ import annotations

import errno
import os
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from alliance_check.model.errors import UnreadableFile, WrongUsage
from alliance_check.readers.limits import larger_than

from ..dispatch import no_such_path
from ..stderr import reason
from .paths import STANDARD_INPUT, is_folder, is_same, is_there, real, shown
from .walk import LOCK, Skipped, is_lock, locked_by, walk


@dataclass(frozen=True)
class Source:
    """A file to be judged; ``found`` when a folder led to it, not its own path."""

    path: str
    name: str
    found: bool = False


@dataclass(frozen=True)
class Selection:
    """All sources in order, what was passed over, and whether the answer is a batch."""

    sources: tuple[Source, ...]
    many: bool
    folder: str = ""
    skipped: tuple[Skipped, ...] = ()


def select(paths: Sequence[str]) -> Selection:
    """Return what the paths name; a folder stands for the partner sheets below it.

    A pattern such as ``proposals/*.xlsx`` that the shell left as it is stands for what it matches.

    :raises WrongUsage: when a path does not exist.
    """
    meant = [each for path in paths for each in _matched(path)]
    folders = dict.fromkeys(p for p in meant if p != STANDARD_INPUT and is_folder(p))
    many = bool(folders) or len(meant) > 1
    sources: dict[str, Source] = {}
    skipped: dict[Path, Skipped] = {}
    for path in meant:
        for fresh in _below(path) if path in folders else _alone(path, many=many):
            if isinstance(fresh, Skipped):
                skipped.setdefault(fresh.path, fresh)
            else:
                sources.setdefault(real(fresh.path), fresh)
    found = _with_distinct_names(list(sources.values()))
    first = shown(next(iter(folders))) if folders else ""
    return Selection(found, many, first, tuple(skipped.values()))


def _matched(path: str) -> list[str]:
    """Return the paths that a path means: itself, or what it matches as a pattern."""
    if path == STANDARD_INPUT or is_there(path):
        return [path]
    from glob import glob, has_magic

    if not has_magic(path):
        raise WrongUsage(no_such_path(path))
    found = sorted(glob(path, recursive=True))  # noqa: PTH207 - it may be absolute
    if not found:
        raise WrongUsage(no_such_path(path))
    return found


def _alone(path: str, *, many: bool) -> Iterator[Source | Skipped]:
    """Yield a file as a source; a pattern of the shell finds lock files too."""
    if many and is_lock(Path(path).name):
        yield Skipped(Path(path), LOCK)
    else:
        refuse_lock(path)
        yield Source(path, shown(path))


def refuse_lock(path: str) -> None:
    """Refuse the file by which an office program knows that another one is open.

    :raises UnreadableFile: when it is one.
    """
    locked = locked_by(Path(path).name)
    if locked:
        raise UnreadableFile(
            "{name} is the lock file of an office program, which holds no table; name {locked}.",
            name=shown(path),
            locked=locked,
        )


def _below(folder: str) -> Iterator[Source | Skipped]:
    top = Path(folder)
    for path in walk(top):
        if isinstance(path, Skipped):
            yield path
            continue
        name = shown(str(path))
        if name == path.name:  # outside the current folder: names alone would collide
            name = path.relative_to(top).as_posix()
        yield Source(str(path), name, found=True)


def _with_distinct_names(sources: Sequence[Source]) -> tuple[Source, ...]:
    """Return the sources with distinct names: namesakes get as many folders as they differ by."""
    namesakes: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        namesakes[source.name].append(source)
    names = {
        source.path: name
        for alike in namesakes.values()
        if len(alike) > 1
        for source, name in zip(alike, _longer_names(alike), strict=True)
    }
    return tuple(replace(s, name=names.get(s.path, s.name)) for s in sources)


def _longer_names(alike: Sequence[Source]) -> list[str]:
    parts = [Path(real(source.path)).parts for source in alike]
    for length in range(1, max(map(len, parts)) + 1):
        names = ["/".join(each[-length:]) for each in parts]
        if len(set(names)) == len(names):
            break
    return names


def single_source(called: str, path: str) -> Source:
    """Return the one file that an argument names, which reports call as the check does.

    :raises WrongUsage: when it is a folder, or is not there.
    """
    if path != STANDARD_INPUT and is_folder(path):
        raise WrongUsage(
            "{called} {path} is a folder; name a partner sheet.", called=called, path=repr(path)
        )
    if path != STANDARD_INPUT and not is_there(path):
        raise WrongUsage(no_file(called, path))
    refuse_lock(path)
    return Source(path, shown(path))


def no_file(option: str, path: str) -> str:
    """Return the sentence for an option that names a file that is not there."""
    return f"{option} {path!r}: there is no such file."


def content_of(source: Source, most: int) -> bytes:
    """Read the bytes of a source, at most *most* of them.

    :raises UnreadableFile: when they cannot be read.
    :raises TooLarge: when there are more.
    """
    try:
        content = _read(source.path, most)
    except (OSError, ValueError) as error:
        raise UnreadableFile(
            "{source} cannot be read: {error}.", source=_display_name(source), error=reason(error)
        ) from error
    if content is None or len(content) > most:
        raise larger_than(source.name, most)
    return content


def _read(path: str, most: int) -> bytes | None:
    """Return the content, or None or one byte too much where there is more than wanted."""
    if path == STANDARD_INPUT:
        if sys.stdin is None:
            raise OSError(errno.EBADF, "it is closed")
        return sys.stdin.buffer.read(most + 1)
    with Path(path).open("rb") as file:
        too_large = os.fstat(file.fileno()).st_size > most
        return None if too_large else file.read(most + 1)


def _display_name(source: Source) -> str:
    return "Standard input" if source.path == STANDARD_INPUT else source.name


def refuse_to_overwrite(
    output: str | None, inputs: Mapping[str, str], option: str = "--output"
) -> None:
    """Refuse an output file that the run reads; *inputs* says of each path what it is.

    :raises WrongUsage: when it is one of them, or a folder.
    """
    if output is None:
        return
    if is_folder(output):
        raise WrongUsage(
            "{option} {output} is a folder; name a file.", option=option, output=repr(output)
        )
    for path, what in inputs.items():
        if path != STANDARD_INPUT and is_same(output, path):
            raise WrongUsage(
                "{option} {output} is {what}; it would be overwritten.",
                option=option,
                output=repr(output),
                what=what,
            )

"""From a source to what is said of it: reports, or why there are none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from alliance_check import __version__
from alliance_check.model.errors import AllianceCheckError
from alliance_check.model.message import Message, current_language, say
from alliance_check.model.report import Failure, Report, Result
from alliance_check.pipeline import Options, check_file

from ...exit_codes import UNUSABLE, WRONG_USAGE
from ...files.sources import Source, content_of
from ...files.walk import NO_TABLE, OWN
from ...options.settings import Settings
from ...stderr import report_crash

if TYPE_CHECKING:
    from ...cache.folder import Cache

JudgedConsortium = tuple[Source, list[Result]]
"""A file, and what is said of one consortium in it: a report for each lot."""
OWN_REPORT = "own-report"
_PASSED_OVER = {"no-headers": NO_TABLE, OWN_REPORT: OWN}


def judge(source: Source, settings: Settings, cache: Cache | None = None) -> list[Result]:
    """Return the reports on one file, or why there are none; nothing but Ctrl-C stops the rest."""
    try:
        options = settings.options(source.path)
        content = content_of(source, options.limits.unpacked // 2)
        if source.found and _is_own(content):
            return [
                _failure(source, UNUSABLE, OWN_REPORT, say("This is a report of this program."))
            ]
        if cache is None:
            return _checked(source, content, options)
        key = _key(source, content, options, settings, cache)
        return cache.results(key, lambda: _checked(source, content, options))
    except AllianceCheckError as error:
        return [_failure(source, error.exit_code, error.code, error.message)]
    except MemoryError:
        message = say(
            "{file} needs more memory than there is; leave only the partner list in it.",
            file=source.name,
        )
        return [_failure(source, UNUSABLE, "too-large", message)]
    except Exception as error:  # noqa: BLE001 - one file must not stop the others
        code = report_crash(error)
        message = say("The program broke on this file ({error}).", error=type(error).__name__)
        return [_failure(source, code, "internal-error", message)]


def _checked(source: Source, content: bytes, options: Options) -> list[Result]:
    try:
        return list(check_file(content, source.name, options))
    except AllianceCheckError as error:
        return [_failure(source, error.exit_code, error.code, error.message)]


def _key(source: Source, content: bytes, options: Options, settings: Settings, cache: Cache) -> str:
    """Return the key of everything that the results hang on.

    The language is a part of it, since a sentence may quote another one that is a text already.
    """
    from hashlib import sha256

    from ...cache.key import key_of

    return key_of(
        cache.program,
        current_language().code,
        source.name,
        replace(options, charters=None),
        settings.charter_digest(),
        sha256(content).hexdigest(),
    )


def _failure(source: Source, exit_code: int, code: str, message: Message) -> Failure:
    return Failure(source.name, exit_code, code, message, __version__)


def _is_own(content: bytes) -> bool:
    """Return whether a file is a table of findings that an earlier run left among the sheets."""
    from alliance_check.reports.csv_report import COLUMNS

    return content.startswith(",".join(COLUMNS).encode())


def passed_over(results: Sequence[Result]) -> str:
    """Return why a file that a folder led to is passed over; empty where it is not."""
    first = results[0]
    return _PASSED_OVER.get(first.code, "") if isinstance(first, Failure) else ""


def by_consortium(source: Source, results: Iterable[Result]) -> Iterator[JudgedConsortium]:
    """Split the results of a file by consortium; the lots of each stay together."""
    found: dict[str, list[Result]] = {}
    for result in results:
        name = result.input.project if isinstance(result, Report) else ""
        found.setdefault(name, []).append(result)
    yield from ((source, group) for group in found.values())


def in_batch(groups: Iterable[JudgedConsortium]) -> Iterator[JudgedConsortium]:
    """Yield the groups; an option that fits some files makes the others unusable.

    One that fits none is wrong usage; so all are held back until one is found that it fits.
    """
    held: list[JudgedConsortium] | None = []
    for group in groups:
        if held is None:
            yield _beside_others(group)
        elif all(_wrongly_used(result) for result in group[1]):
            held.append(group)
        else:
            yield from map(_beside_others, [*held, group])
            held = None
    yield from held or ()


def _wrongly_used(result: Result) -> bool:
    return isinstance(result, Failure) and result.exit_code == WRONG_USAGE


def _beside_others(group: JudgedConsortium) -> JudgedConsortium:
    source, results = group
    return source, [
        replace(r, exit_code=UNUSABLE) if isinstance(r, Failure) and _wrongly_used(r) else r
        for r in results
    ]

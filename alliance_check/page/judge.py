"""Judge the sheets of a request; one that cannot be judged becomes a failure with its sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from alliance_check import __version__
from alliance_check.compare.proposals import across
from alliance_check.model.errors import AllianceCheckError, WrongUsage
from alliance_check.model.message import Message, say
from alliance_check.model.report import Failure, Observation, Report, Result
from alliance_check.page.request import Request, Sheet
from alliance_check.pipeline import Checked, checked_file
from alliance_check.readers.limits import larger_than

_UNUSABLE, _WRONG_USAGE, _BROKEN = 4, 2, 70


class Judged(NamedTuple):
    """What was found: of all sheets, and of each consortium as its sheet has it.

    *batch* says that a format shows it as several, as it does for the command. *wrong* says why
    the changes to try could not be made; the sheet is judged without them then.
    """

    results: tuple[Result, ...]
    unchanged: tuple[Checked, ...]
    batch: bool = False
    wrong: Message | None = None

    @property
    def reports(self) -> tuple[Report, ...]:
        """What was judged, without what could not be."""
        return tuple(result for result in self.results if isinstance(result, Report))

    @property
    def across(self) -> tuple[Observation, ...]:
        """What several proposals say of one another."""
        return across(self.reports) if self.batch else ()


def judged(request: Request, at: Callable[[int], object] = lambda _place: None) -> Judged:
    """Judge every sheet; *at* hears the place of each before it is judged."""
    results: list[Result] = []
    unchanged: list[Checked] = []
    for place, sheet in enumerate(request.sheets):
        at(place)
        found = _sheet(sheet, request)
        if isinstance(found, Failure):
            results.append(found)
        else:
            unchanged += found
            results += [one.report for one in found]
    if len(request.sheets) > 1:
        results = [_beside_others(result, results) for result in results]
    batch = len(request.sheets) > 1 or len(results) > 1
    whole = Judged(tuple(results), tuple(unchanged), batch)
    if not request.changes or not one_consortium(unchanged, request.sheets):
        return whole
    try:
        changed = [one.changed(request.changes).report for one in unchanged]
    except WrongUsage as error:
        return whole._replace(wrong=error.message)
    return whole._replace(results=tuple(changed))


def one_consortium(found: Sequence[Checked], sheets: Sequence[Sheet]) -> bool:
    """Say whether it is one consortium that was judged, under whatever lots."""
    return len(sheets) == 1 and len({one.report.input.project for one in found}) == 1


def _sheet(sheet: Sheet, request: Request) -> Failure | tuple[Checked, ...]:
    """Return what a sheet holds, or why it is not judged; nothing stops the other sheets."""
    if sheet.broken:
        message = say("{file} broke the program; the page has started it anew.", file=sheet.name)
        return _failure(sheet, _BROKEN, "internal-error", message)
    most = request.options.limits.unpacked // 2
    if sheet.content is None or sheet.size > most:
        error = larger_than(sheet.name, most)
        return _failure(sheet, error.exit_code, error.code, error.message)
    try:
        return checked_file(sheet.content, sheet.name, request.options)
    except AllianceCheckError as error:
        return _failure(sheet, error.exit_code, error.code, error.message)
    except MemoryError:
        message = say(
            "{file} needs more memory than there is; leave only the partner list in it.",
            file=sheet.name,
        )
        return _failure(sheet, _UNUSABLE, "too-large", message)
    except Exception as error:  # noqa: BLE001 - one file must not stop the others
        message = say("The program broke on this file ({error}).", error=type(error).__name__)
        return _failure(sheet, _BROKEN, "internal-error", message)


def _failure(sheet: Sheet, exit_code: int, code: str, message: Message) -> Failure:
    return Failure(sheet.name, exit_code, code, message, __version__)


def _beside_others(result: Result, results: Sequence[Result]) -> Result:
    """Return a result; what fits some sheets makes the others unusable, as for the command."""
    if not isinstance(result, Failure) or result.exit_code != _WRONG_USAGE:
        return result
    misfit = all(isinstance(one, Failure) and one.exit_code == _WRONG_USAGE for one in results)
    return result if misfit else replace(result, exit_code=_UNUSABLE)

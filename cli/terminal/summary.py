"""Many results at a glance: one line each, then totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from posixpath import commonpath
from typing import NamedTuple

from rich import box
from rich.cells import cell_len
from rich.table import Table

from alliance_check.model.report import Failure, Report, Result
from alliance_check.reports.gate_words import gate_words
from alliance_check.reports.words import (
    VERDICTS,
    call_name,
    call_words,
    deciding,
    lot_name,
    not_understood,
    overruled_words,
    said,
)

from .page import VERDICT_STYLES, Page, Styled
from .sections import add_idle

_BROKEN = "NOT JUDGED"
_LONG = 60
_SEE_BELOW = "see below"


class _Common(NamedTuple):
    """What all results share, and is therefore said once, above them."""

    folder: str
    file: str
    lot: str
    call: str


def add_summary(page: Page, results: Sequence[Result], skipped: str) -> None:
    """Add one line a result, and how many there are of each verdict."""
    common = _common(results)
    if page.look.quiet:
        common = common._replace(folder="", file="")
    elif any(common):
        head = Styled(common.file or common.folder, "bold")
        others = [part for part in (common.lot, common.call) if part]
        page.paragraph(page.text(head, " · " if head.words and others else "", " · ".join(others)))
    if page.narrow or page.look.quiet:
        for result in results:
            _add_line(page, result, common)
    else:
        _add_table(page, results, common)
    if page.look.quiet:
        return
    page.paragraph(page.text("; ".join(_totals(results, skipped)) + "."))
    if not page.narrow:
        _add_long(page, results)
    if _lots_of_one_file(results):
        page.paragraph(page.text("No lot is named: --lot gives the whole report on one of them."))
    reports = [result for result in results if isinstance(result, Report)]
    if any(report.call_verdict is not None for report in reports):
        page.paragraph(page.text("No call is named, and the calls differ: --call decides."))
    for report in reports:
        add_idle(page, report)
    _add_across(page, reports, common)


def _add_across(page: Page, reports: Sequence[Report], common: _Common) -> None:
    """Add what the proposals say of one another; it changes no verdict."""
    from alliance_check.compare.proposals import across, lines

    found = across(reports)
    if found:
        page.heading("Across proposals (no verdict hangs on it)")
    for line in lines(found, common.folder):
        sign = page.text("  ", Styled(page.sign("caution"), "yellow"), " ")
        page.paragraph(page.text(line), sign)


def _common(results: Sequence[Result]) -> _Common:
    names = list(dict.fromkeys(map(_name, results)))
    reports = [result for result in results if isinstance(result, Report)]
    folders = [name.rpartition("/")[0] for name in names]
    folder = commonpath(folders) if all(folders) else ""
    if len(names) == 1:
        folder, file = "", names[0]
    else:
        folder, file = folder and f"{folder}/", ""
    return _Common(
        folder,
        file,
        _only(lot_name(report) for report in reports),
        _only(_calls(report) for report in reports),
    )


def _calls(report: Report) -> str:
    one = report.second_call is None
    return call_name(report.call) if one else f"no call named: {call_words(report)}"


def _only(words: Iterable[str]) -> str:
    distinct = set(words)
    return distinct.pop() if len(distinct) == 1 else ""


def _add_line(page: Page, result: Result, common: _Common) -> None:
    verdict, style = _verdict(result)
    lot = _lot(result, common)
    parts = [_gate(result), _file_in(result, common), f"Lot {lot}" if lot else ""]
    if not page.look.quiet:
        parts += [_missing(result), _unread(result)]
    said = " · ".join(part for part in parts if part)
    page.paragraph(page.text(Styled(verdict, style), f"  {said}" if said else ""), hang=2)


def _add_table(page: Page, results: Sequence[Result], common: _Common) -> None:
    table = Table(box=box.ASCII if page.look.ascii else box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("Verdict", no_wrap=True)
    if not common.file:
        wide = max(cell_len(page.safe(_file_in(result, common))) for result in results)
        table.add_column("File", overflow="fold", width=min(wide, (page.look.width - 26) // 2))
    if not (common.lot and common.call):
        table.add_column("Lot", no_wrap=True)
    unread = any(map(_problems, results))
    if unread:
        table.add_column("Unread", justify="right")
    table.add_column("What is missing", overflow="fold")
    before = ""
    for result in results:
        verdict, style = _verdict(result)
        file = _file_in(result, common)
        row: list[object] = [Styled(verdict, style)]
        row += [] if common.file else ["" if file == before else file]
        row += [] if common.lot and common.call else [_lot(result, common)]
        missing = _SEE_BELOW if _is_long(result) else _with_gate(result)
        row += [*([_problems(result) or ""] if unread else []), missing]
        table.add_row(*map(page.text, row))
        before = file
    page.draw(table)


def _is_long(result: Result) -> bool:
    """Say whether a table is no place for why a file was not judged."""
    return isinstance(result, Failure) and len(result.sentence) > _LONG


def _add_long(page: Page, results: Sequence[Result]) -> None:
    for result in results:
        if isinstance(result, Failure) and _is_long(result):
            page.paragraph(page.text(Styled(result.file, "bold"), f": {result.sentence}"), 0, 2)


def _file_in(result: Result, common: _Common) -> str:
    return "" if common.file else _name(result).removeprefix(common.folder)


def _verdict(result: Result) -> tuple[str, str]:
    if isinstance(result, Failure):
        return _BROKEN, VERDICT_STYLES[None]
    return VERDICTS[result.verdict], VERDICT_STYLES[result.verdict]


def _file(result: Result) -> str:
    return result.file if isinstance(result, Failure) else result.input.file


def _name(result: Result) -> str:
    return result.file if isinstance(result, Failure) else result.input.name


def _lot(result: Result, common: _Common) -> str:
    """Return lot and call of a result, where others have another one."""
    if isinstance(result, Failure) or (common.lot and common.call):
        return ""
    return f"{result.lot.number}" + ("" if common.call else f" of {result.call.id}")


def _missing(result: Result) -> str:
    if isinstance(result, Failure):
        return result.sentence
    found = deciding(result.verdict, result.findings)
    words = [said(finding) for finding in found[:2]]
    more = len(found) - len(words)
    return "; ".join(words) + (f"; and {more} more" if more else "")


def _problems(result: Result) -> int:
    return 0 if isinstance(result, Failure) else len(not_understood(result))


def _unread(result: Result) -> str:
    number = _problems(result)
    return f"{number} unread" if number else ""


def _gate(result: Result) -> str:
    if isinstance(result, Failure):
        return ""
    return "; ".join(part for part in (gate_words(result), overruled_words(result)) if part)


def _with_gate(result: Result) -> str:
    return "; ".join(part for part in (_gate(result), _missing(result)) if part)


def _totals(results: Sequence[Result], skipped: str) -> Iterator[str]:
    counted = Counter(_verdict(result)[0].lower() for result in results)
    files = len({_file(result) for result in results})
    every = ", every lot" if _lots_of_one_file(results) else ""
    yield ("1 file" if files == 1 else f"{files} files") + every
    for verdict in (*VERDICTS.values(), _BROKEN):
        if counted[verdict.lower()]:
            yield f"{counted[verdict.lower()]} {verdict.lower()}"
    if skipped:
        yield skipped


def _lots_of_one_file(results: Sequence[Result]) -> bool:
    reports = [r for r in results if isinstance(r, Report)]
    files = Counter(report.input.name for report in reports)
    return any(number > 1 for number in files.values())

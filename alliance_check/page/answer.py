"""The answer that the page shows: the report, the verdict in a line, what can be tried and asked.

Everything goes in and out as JSON, so that no object of Python is kept alive by the page.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from alliance_check.model.message import Message, count, listed, say, shown_in
from alliance_check.model.outcome import Verdict
from alliance_check.model.report import Failure, Report, Result
from alliance_check.page.judge import Judged, judged, one_consortium
from alliance_check.page.question_section import question_section
from alliance_check.page.request import Request, read_request
from alliance_check.reports.html import sections
from alliance_check.reports.html.verdict import NOT_JUDGED, VERDICTS

Json = dict[str, Any]


def answer(
    text: str,
    sheets: Sequence[Mapping[str, Any]],
    at: Callable[[int], object] = lambda _place: None,
) -> str:
    """Judge the sheets of a request and return what the page shows, as JSON.

    ``html`` holds the reports, ``line`` the verdicts in a sentence, ``sheets`` what became of each
    sheet, ``partners`` whom a change can name, ``wrong`` the sentence on each field that means
    nothing, ``advice`` the changes that would do, ``before`` the verdict without the changes that
    are tried.
    """
    request = read_request(text, sheets)
    found = judged(request, at)
    with shown_in(request.language):
        return json.dumps(_shown(request, found), ensure_ascii=False)


def questions(text: str, sheets: Sequence[Mapping[str, Any]]) -> str:
    """Return the questions that would decide the consortium of a request, as HTML."""
    request = read_request(text, sheets)
    found = judged(request)
    with shown_in(request.language):
        return "".join(question_section(one) for one in found.unchanged)


def _shown(request: Request, found: Judged) -> Json:
    results, wrong = found.results, dict(request.wrong)
    if found.wrong is not None:
        wrong["changes"] = found.wrong
    one = one_consortium(found.unchanged, request.sheets)
    return {
        "html": sections(results, batch=found.batch, across=found.across),
        "line": str(_line(results)),
        "verdict": _verdict(results),
        "sheets": [_became(sheet.name, results) for sheet in request.sheets],
        "partners": _partners(found) if one else [],
        "wrong": {name: str(message) for name, message in wrong.items()},
        "advice": _advice(found.reports) if one else [],
        "before": str(_line([c.report for c in found.unchanged])) if one else "",
        "asks": any(c.report.verdict is Verdict.UNDECIDED for c in found.unchanged),
    }


def _line(results: Sequence[Result]) -> Message:
    """Return the verdicts in a line, for whoever hears the page rather than sees it."""
    said = [_words(result) for result in results]
    if len({*said}) == 1 and len(said) == 1:
        return say("{verdict}: {name}", verdict=said[0], name=_name(results[0]))
    if len({_name(result) for result in results}) == 1:
        each = [
            say("Lot {number}: {verdict}", number=r.lot.number, verdict=VERDICTS[r.verdict])
            for r in results
            if isinstance(r, Report)
        ]
        return say("{name}: {verdicts}", name=_name(results[0]), verdicts=listed(each))
    tally = Counter(said)
    parts = [say("{number} {verdict}", number=n, verdict=words) for words, n in tally.items()]
    files = len({_name(result) for result in results})
    return say(
        "{files}: {verdicts}",
        files=count("{number} file", "{number} files", number=files),
        verdicts=listed(parts),
    )


def _name(result: Result) -> str:
    return result.file if isinstance(result, Failure) else result.input.name


def _words(result: Result) -> Message:
    return NOT_JUDGED if isinstance(result, Failure) else VERDICTS[result.verdict]


def _verdict(results: Sequence[Result]) -> str:
    """Return the verdict that all have in common; ``failure`` where none was judged."""
    values = {"failure" if isinstance(r, Failure) else r.verdict.value for r in results}
    return values.pop() if len(values) == 1 else "mixed"


def _became(name: str, results: Sequence[Result]) -> Json:
    """Return what the list of sheets says of one: its verdicts in words, or why there is none."""
    own = [r for r in results if (r.file if isinstance(r, Failure) else r.input.file) == name]
    words = listed(dict.fromkeys(map(_words, own)))
    return {"name": name, "words": str(words), "verdict": _verdict(own) if own else ""}


def _partners(found: Judged) -> list[Json]:
    """Return every partner of the sheet as it stands: its name, and the cell of it."""
    partners = found.unchanged[0].report.consortium.partners
    return [{"cell": str(p.cells["name"]), "name": p.name} for p in partners]


def _advice(reports: Sequence[Report]) -> list[str]:
    """Return the cheapest changes that would do, as ``--what-if`` takes them."""
    found = [report.advice for report in reports if report.advice is not None]
    repairs = found[0].repairs if len(found) == 1 else ()
    return list(repairs[0].changes) if repairs else []

"""The rules of a SARIF run, each with a text that helps: what its clause says, and where."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_check.model.call import Clause
from alliance_check.model.report import Failure, Report, Result
from alliance_check.reports.escaping import Json
from alliance_check.reports.gate_words import EXPIRED, UNUSED
from alliance_check.reports.lines import ERROR, WARNING, ended, report_lines
from alliance_check.reports.text_words import HEEDED, IDLE, OPEN_TEXT
from alliance_check.reports.words import cite, lot_name

_UNREAD = (
    "The text of a cell was not understood.",
    (
        "What a cell says was not understood, so every reading of it is allowed for. The verdict "
        "hangs on it only where a rule says so. Correct the cell, or leave it where no rule does."
    ),
)
_BESIDE = {
    OPEN_TEXT: (
        "A text beside a partner was not understood.",
        (
            "Nobody knows whether the partner takes part, so the minima must hold without it too, "
            "and the verdict hangs on the text. Remove it, or if it is harmless say so."
        ),
    ),
    HEEDED: (
        "A setting settles a text.",
        (
            "The configuration or an option says that a text, a column or a partner is in no "
            "doubt. A role, a status or a withdrawal is never overruled."
        ),
    ),
    IDLE: (
        "A setting has no effect.",
        (
            "The configuration or an option says that a text, a column or a partner is in no "
            "doubt, but there is nothing open to settle. Take it out, or correct what it is about."
        ),
    ),
    UNUSED: (
        "A waiver has no effect.",
        (
            "A waiver of the configuration lets nothing pass: there is nothing to waive, or what "
            "there is cannot be waived. Take it out, or correct what it is about."
        ),
    ),
    EXPIRED: (
        "A waiver has expired.",
        (
            "A waiver of the configuration ended and lets nothing pass any more. Settle what it "
            "was about, or have it given for longer."
        ),
    ),
}
_BROKEN = (
    "The file could not be judged.",
    "Nothing is known of this consortium: the message says why its file could not be judged.",
)


def rules(results: Sequence[Result]) -> list[Json]:
    """Return every rule of the lots, then what else the results name, each once."""
    found: dict[str, Json] = {}
    reports = [result for result in results if isinstance(result, Report)]
    titles = {f.rule: str(f.title) for report in reports for f in report.findings}
    for rule, title in titles.items():
        found[rule] = _rule(rule, title, _clauses(reports, rule))
    for result in results:
        for line in report_lines(result):
            if line.id not in found:
                broken = isinstance(result, Failure)
                found[line.id] = _other(line.id, broken=broken)
    return list(found.values())


def _clauses(reports: Sequence[Report], rule: str) -> dict[str, Clause]:
    """Map lot and call, in words, to the clause of a rule."""
    return {
        f"{lot_name(report)}, call {report.call.id}": finding.clause
        for report in reports
        for finding in report.findings
        if finding.rule == rule
    }


def _rule(rule: str, title: str, clauses: dict[str, Clause]) -> Json:
    said = [f"{where}: {ended(clause.says)}" for where, clause in clauses.items()]
    notes = dict.fromkeys(c.interpretation for c in clauses.values() if c.interpretation)
    sources = {cite(clause): clause.source.url for clause in clauses.values()}
    text = [*said, *(f"Interpretation: {ended(note)}" for note in notes)]
    plain = [*text, *(f"Source: {name}, {url}" for name, url in sources.items())]
    links = [*text, *(f"Source: [{name}]({url})" for name, url in sources.items())]
    entry = _descriptor(rule, f"{title[:1].upper()}{title[1:]}.", " ".join(said), ERROR)
    entry["help"] = {"text": "\n".join(plain), "markdown": "\n\n".join(links)}
    url = next((url for url in sources.values() if url.startswith("http")), None)
    return entry if url is None else entry | {"helpUri": url}


def _other(name: str, *, broken: bool) -> Json:
    short, long = _BROKEN if broken else _BESIDE.get(name, _UNREAD)
    entry = _descriptor(name, short, long, ERROR if broken else WARNING)
    return entry | {"help": {"text": long, "markdown": long}}


def _descriptor(name: str, short: str, long: str, level: str) -> Json:
    # A name of one word would be the id over again, which the format asks us not to give.
    words = name.split("-")
    title = {"name": "".join(word.capitalize() for word in words)} if len(words) > 1 else {}
    return {
        "id": name,
        **title,
        "shortDescription": {"text": short},
        "fullDescription": {"text": long},
        "defaultConfiguration": {"level": level},
    }

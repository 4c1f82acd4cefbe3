"""One short letter to each partner: its own open points, and nothing about other partners."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import wrap
from typing import NamedTuple

from alliance_check.model.consortium import Cell
from alliance_check.model.errors import WrongUsage
from alliance_check.model.report import Finding, Report
from alliance_check.questions import Point, Questions
from alliance_check.questions.question_text import cited
from alliance_check.reports.escaping import visible
from alliance_check.reports.words import cite, deadline_words, lot_name
from alliance_check.text.folding import fold

from ...files.write import Written, deliver
from ...stderr import reason

_WIDTH = 76
_LONGEST = 60
_OPEN = {
    "country": "Please give the name of the country.",
    "share": "Please give the amount in EUR.",
    "grant": "Please give the amount in EUR.",
    "total": "Please give the amount in EUR.",
}
"""What has too many answers to list them; some would give other partners away."""
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))]
)
"""Names that mean a device to Windows, whatever stands behind the dot."""


class Recipient(NamedTuple):
    """Whom a letter is for: a partner by its name cell, or the coordinator.

    *about* is the cell of a partner that nobody knows yet; the coordinator is asked about it.
    """

    name: str
    cell: Cell | None = None
    about: Cell | None = None


OpenPoints = dict[tuple[str, str], tuple[Point, list[Finding]]]
"""Each point once, with the rules of every lot that need it."""


def letters_for(found: Sequence[tuple[Report, Questions]]) -> Mapping[str, str]:
    """Return the letters by the names of their files.

    :raises WrongUsage: when the file holds several consortia, whose letters would mix.
    """
    if len({report.input.project for report, _ in found}) > 1:
        raise WrongUsage("--letters is about one consortium; name it with --project.")
    everyone: dict[Recipient, OpenPoints] = {}
    for report, questions in found:
        for question in questions.questions:
            recipient = _recipient(question.point, report, questions)
            points = everyone.setdefault(recipient, {})
            key = (question.point.field, str(question.point.text))
            points.setdefault(key, (question.point, []))[1].extend(question.rules)
    asking = [report for report, questions in found if questions.questions]
    names = _file_names(everyone)
    return {names[one]: _letter(one, points, asking) for one, points in everyone.items()}


def _recipient(point: Point, report: Report, found: Questions) -> Recipient:
    if point.name:
        return Recipient(point.name, point.about)
    if point.about is not None:
        return Recipient("", None, point.about)
    known = {p.cells["name"]: p.name for p in report.consortium.partners}
    name = known.get(found.coordinator, "") if found.coordinator else ""
    return Recipient(name, found.coordinator) if name else Recipient("")


def _file_names(everyone: Iterable[Recipient]) -> dict[Recipient, str]:
    names: dict[Recipient, str] = {}
    for recipient in everyone:
        taken = set(names.values())
        names[recipient] = next(n for n in _candidates(recipient) if n not in taken)
    return names


def _candidates(recipient: Recipient) -> Iterator[str]:
    """Yield names for a file: of letters and digits in ASCII, none that a system reserves.

    >>> from itertools import islice
    >>> list(islice(_candidates(Recipient("../Høyskolen: Ås", Cell("P", 7, 1))), 2))
    ['hoyskolen-as.txt', 'hoyskolen-as-a7.txt']
    >>> next(_candidates(Recipient("Nul", Cell("P", 7, 1))))
    'nul-a7.txt'
    """
    cell = recipient.cell or recipient.about
    place = "" if cell is None else cell.address.lower()
    plain = re.sub("[^a-z0-9]+", "-", fold(recipient.name))[:_LONGEST].strip("-")
    if not plain:
        plain = f"partner-in-{place}" if place else "coordinator"
    if plain not in _RESERVED:
        yield f"{plain}.txt"
    longer = f"{plain}-{place}" if place else f"{plain}-letter"
    yield f"{longer}.txt"
    yield from (f"{longer}-{number}.txt" for number in itertools.count(2))


def _letter(recipient: Recipient, points: OpenPoints, reports: Sequence[Report]) -> str:
    call = reports[0].call
    lots = " or ".join(str(lot_name(report)) for report in reports)
    number = "this question" if len(points) == 1 else f"these {len(points)} questions"
    paragraphs = [
        [f"To: {_to(recipient)}"],
        ["Dear colleagues,"],
        wrap(
            f"Our consortium is preparing a proposal for the call {call.title} ({lots}). The "
            f"deadline is {deadline_words(call)}. Some details in our list of partners are still "
            f"open. Could you please answer {number}?",
            _WIDTH,
        ),
        *(list(_lines(n, *one)) for n, one in enumerate(points.values(), start=1)),
        ["Thank you very much.", "", "The coordinator of the consortium"],
    ]
    return "\n\n".join("\n".join(map(visible, lines)) for lines in paragraphs) + "\n"


def _to(recipient: Recipient) -> str:
    if recipient.about is not None:
        return f"the coordinator, on the partner in {recipient.about}"
    return recipient.name or "the coordinator"


def _lines(number: int, point: Point, findings: list[Finding]) -> Iterator[str]:
    """Yield a question, how to answer it, and the clauses behind it."""
    replies = "; ".join(str(reply.text) for reply in point.replies)
    way = _OPEN.get(point.field) or f"Possible answers: {replies}."
    clauses = tuple({(f.rule, cite(f.clause)): f for f in findings}.values())
    start = f"{number}. "
    indent = " " * len(start)
    question = point.ask if point.name else point.text
    yield from wrap(_flat(question), _WIDTH, initial_indent=start, subsequent_indent=indent)
    for text in (way, f"Why we ask: {cited(clauses)}."):
        yield from wrap(_flat(text), _WIDTH, initial_indent=indent, subsequent_indent=indent)


def _flat(text: object) -> str:
    return visible(str(text))


def save(folder: str, letters: Mapping[str, str]) -> tuple[str, ...]:
    """Write the letters into a folder, which is made where there is none; return their paths.

    :raises WrongUsage: when one is there already, before any is written, or cannot be written.
    """
    paths = {name: Path(folder) / name for name in letters}
    for path in paths.values():
        if os.path.lexists(path):
            raise WrongUsage(
                "--letters: {path} exists already; nothing was written.", path=repr(str(path))
            )
    try:
        if letters:
            Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongUsage(
            "--letters {folder} cannot be written: {error}.",
            folder=repr(folder),
            error=reason(error),
        ) from error
    deliver(
        [Written("--letters", str(paths[n]), text.encode("utf-8")) for n, text in letters.items()]
    )
    return tuple(path.as_posix() for path in paths.values())

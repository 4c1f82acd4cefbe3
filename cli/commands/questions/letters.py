"""One short letter to each partner: its own open points, and nothing about other partners.

Each letter is a text and, beside it, the same as a message (.eml) that a mail program opens as a
draft. Nothing is sent. A recipient does not have the sheet, so that no letter names a cell.
"""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from textwrap import wrap
from typing import NamedTuple

from alliance_check.model.errors import WrongUsage
from alliance_check.model.message import Message, count, either, say
from alliance_check.model.report import Finding, Report
from alliance_check.model.sheet import Cell
from alliance_check.questions import Contact, Point, Questions, QuestionsByReport
from alliance_check.questions.question_text import cited, coordinator
from alliance_check.reports.escaping import visible
from alliance_check.reports.words import cite, deadline_words, lot_name
from alliance_check.text.folding import fold

from ...files.write import OutputFile, deliver
from ...stderr import reason

_WIDTH = 76
_LONGEST = 60
_OPEN = {
    "country": say("Please give the name of the country."),
    "share": say("Please give the amount in EUR."),
    "grant": say("Please give the amount in EUR."),
    "total": say("Please give the amount in EUR."),
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


class Letter(NamedTuple):
    """What a letter says, and to which address it goes, where the sheet has one."""

    subject: str
    to: str
    email: str
    paragraphs: tuple[tuple[str, ...], ...]

    def text(self, sender: str) -> str:
        """Return the letter as a text."""
        head = [f"{say('To:')} {self.to}"] + ([self.email] if self.email else [])
        return self._joined((tuple(head), (f"{say('Subject:')} {self.subject}",)), sender)

    def message(self, sender: str) -> bytes:
        """Return the letter as a draft of a mail, which is not sent."""
        from email.message import EmailMessage
        from email.policy import SMTP

        mail = EmailMessage(SMTP)
        mail["X-Unsent"] = "1"
        mail["Subject"] = self.subject
        if self.email:
            mail["To"] = self.email
        mail.set_content(self._joined((), sender))
        return bytes(mail)

    def _joined(self, before: Iterable[tuple[str, ...]], sender: str) -> str:
        end = (str(say("Thank you very much.")), "", sender)
        paragraphs = (*before, *self.paragraphs, end)
        return "\n\n".join("\n".join(map(visible, lines)) for lines in paragraphs) + "\n"


OpenPoints = dict[tuple[str, str], tuple[Point, list[Finding]]]
"""Each point once, with the rules of every lot that need it."""


def letters_for(found: QuestionsByReport) -> Mapping[str, Letter]:
    """Return the letters by the names of their files, without a suffix.

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
    asking = [(report, questions) for report, questions in found if questions.questions]
    names = _file_names(everyone)
    return {names[one]: _letter(one, points, asking) for one, points in everyone.items()}


def sender_of(found: QuestionsByReport) -> str:
    """Return who signs where nobody is named: a gap to be filled in, for the coordinator."""
    name = next((_coordinator(report, questions).name for report, questions in found), "")
    gap = say("[name of the sender]")
    return str(say("{gap}, {name}", gap=gap, name=name) if name else gap)


def _recipient(point: Point, report: Report, found: Questions) -> Recipient:
    if point.name:
        return Recipient(point.name, point.about)
    if point.about is not None:
        return Recipient("", None, point.about)
    return _coordinator(report, found)


def _coordinator(report: Report, found: Questions) -> Recipient:
    leader = coordinator(found, report)
    known = leader is not None and leader.name
    return Recipient(leader.name, found.coordinator) if leader and known else Recipient("")


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
    ['hoyskolen-as', 'hoyskolen-as-a7']
    >>> next(_candidates(Recipient("Nul", Cell("P", 7, 1))))
    'nul-a7'
    """
    cell = recipient.cell or recipient.about
    place = "" if cell is None else cell.address.lower()
    plain = re.sub("[^a-z0-9]+", "-", fold(recipient.name))[:_LONGEST].strip("-")
    if not plain:
        plain = f"partner-in-{place}" if place else "coordinator"
    if plain not in _RESERVED:
        yield plain
    longer = f"{plain}-{place}" if place else f"{plain}-letter"
    yield longer
    yield from (f"{longer}-{number}" for number in itertools.count(2))


def _letter(recipient: Recipient, points: OpenPoints, asking: QuestionsByReport) -> Letter:
    report, questions = asking[0]
    contact = questions.contacts.get(recipient.cell, Contact()) if recipient.cell else Contact()
    title = questions.title or str(Message(report.call.title))
    subject = count(
        "{title}: one question to you",
        "{title}: {number} questions to you",
        number=len(points),
        title=title,
    )
    paragraphs = (
        (_greeting(recipient, contact),),
        tuple(wrap(_flat(_opening(asking, len(points))), _WIDTH)),
        *(tuple(_lines(n, *one)) for n, one in enumerate(points.values(), start=1)),
    )
    to = ", ".join(filter(None, (contact.person, _to(recipient), contact.address)))
    return Letter(_flat(subject), _flat(to), contact.email, paragraphs)


def _greeting(recipient: Recipient, contact: Contact) -> str:
    if contact.person:
        return _flat(say("Dear {person},", person=contact.person))
    if recipient.name:
        return _flat(say("Dear colleagues at {name},", name=recipient.name))
    return _flat(say("Dear coordinator,"))


def _opening(asking: QuestionsByReport, number: int) -> Message:
    """Return what the letter is about, and until when an answer helps."""
    report, questions = asking[0]
    call, lots = Message(report.call.title), either(lot_name(one) for one, _ in asking)
    about = say(
        "we are preparing a proposal for the call {call} ({lots}), with your organisation as a "
        "partner.",
        call=call,
        lots=lots,
    )
    if questions.title:
        about = say(
            'we are preparing the proposal "{title}" for the call {call} ({lots}), with your '
            "organisation as a partner.",
            title=questions.title,
            call=call,
            lots=lots,
        )
    return count(
        "{about} The call closes on {deadline}. Could you please answer this question in time?",
        "{about} The call closes on {deadline}. Could you please answer these {number} questions "
        "in time?",
        number=number,
        about=about,
        deadline=deadline_words(report.call),
    )


def _to(recipient: Recipient) -> str:
    if recipient.about is not None:
        place = str(recipient.about)
        return str(say("the coordinator, on the partner in {cell}", cell=place))
    return recipient.name or str(say("the coordinator"))


def _lines(number: int, point: Point, findings: list[Finding]) -> Iterator[str]:
    """Yield a question, what is known so far, how to answer it, and the clauses behind it."""
    clauses = tuple({(f.rule, cite(f.clause)): f for f in findings}.values())
    replies = either(reply.text for reply in point.replies)
    parts = [_OPEN.get(point.field) or say("Possible answers: {replies}.", replies=replies)]
    if point.said and point.name:
        parts.insert(0, say('Our list says "{text}".', text=point.said))
    parts.append(say("Why we ask: {rules}.", rules=cited(clauses)))
    start = f"{number}. "
    indent = " " * len(start)
    question = point.ask if point.name else point.text
    yield from wrap(_flat(question), _WIDTH, initial_indent=start, subsequent_indent=indent)
    for text in parts:
        yield from wrap(_flat(text), _WIDTH, initial_indent=indent, subsequent_indent=indent)


def _flat(text: object) -> str:
    return visible(str(text))


def save(folder: str, letters: Mapping[str, Letter], sender: str) -> tuple[str, ...]:
    """Write the letters into a folder, which is made where there is none; return their paths.

    :raises WrongUsage: when one is there already, before any is written, or cannot be written.
    """
    files: dict[str, bytes] = {}
    for name, letter in letters.items():
        files[f"{name}.txt"] = letter.text(sender).encode("utf-8")
        files[f"{name}.eml"] = letter.message(sender)
    paths = {name: Path(folder) / name for name in files}
    for path in paths.values():
        if os.path.lexists(path):
            raise WrongUsage(
                "--letters: {path} exists already; nothing was written.", path=repr(str(path))
            )
    try:
        if files:
            Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongUsage(
            "--letters {folder} cannot be written: {error}.",
            folder=repr(folder),
            error=reason(error),
        ) from error
    deliver([OutputFile("--letters", str(paths[name]), files[name]) for name in files])
    return tuple(path.as_posix() for path in paths.values())

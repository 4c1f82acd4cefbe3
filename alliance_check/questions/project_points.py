"""Open points about the project: duration, grant, total budget, shares, industrial ecosystem.

An amount has too many answers to list them; the limit up to which it is beyond doubt tells the
good answers from the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_FLOOR, Decimal

from alliance_check.advice.changes import Change
from alliance_check.advice.project import least_total, limits
from alliance_check.model.call import Lot
from alliance_check.model.consortium import (
    Amount,
    Gap,
    Partner,
    Project,
)
from alliance_check.model.message import Message, eur, say
from alliance_check.model.sheet import Cell
from alliance_check.parse.cells.money import read_money
from alliance_check.parse.consortium.draft import Basis
from alliance_check.parse.table.values import text_of
from alliance_check.questions.bodies import Body, body_point, stated
from alliance_check.questions.question import Point, Reply
from alliance_check.vocabulary.project_words import read_ecosystems

_BEYOND = Decimal(3)
"""EUR beyond a limit that no rounding explains."""
_ECOSYSTEMS = ("Digital", "Health")


def project_points(
    basis: Basis, project: Project, everyone: list[Body], lot: Lot
) -> Iterator[Point]:
    """Yield what is open about the project as a whole and the partners' shares."""
    # A total of 0 limits nothing: it was not read.
    most = [limit for limit in limits(project, lot) if limit]
    limit = min(most).to_integral_value(ROUND_FLOOR) if most else None
    found = [
        _duration(basis, project, lot),
        _grant(basis, project, limit),
        _total(basis, project, lot),
        _ecosystem(project),
        *_shares(project, everyone, limit),
    ]
    yield from (point for point in found if point is not None)


def _point(field: str, cell: Cell | None, text: Message, *replies: Reply) -> Point:
    return Point(field, None, "", cell, text, text, replies)


def _reply(text: Message, verb: str, value: object) -> Reply:
    return Reply(text, (Change(verb, None, str(value)),))


def _place(basis: Basis, field: str, cell: Cell | None) -> Message:
    """Return where the project's value stands in the sheet, if it does."""
    if cell is None:
        return say("the sheet does not say")
    texts = [text_of(one.content) for one in basis.labels.get(field, []) if one.cell == cell]
    return stated(cell, texts[0]) if texts else say("{cell}", cell=str(cell))


def _duration(basis: Basis, project: Project, lot: Lot) -> Point | None:
    clause, current = lot.clauses.get("duration"), project.duration
    read = current is not None and current.months is not None
    if clause is None or clause.unknown is not None or read:
        return None
    cell = None if current is None else current.cell
    named = list(clause.value)
    other = next(months for months in range(min(named) + 6, 99, 6) if months not in named)
    lengths = [_reply(say("{months} months", months=m), "duration", m) for m in named]
    words = say("another length, such as {months} months", months=other)
    place = _place(basis, "duration", cell)
    text = say("How many months does the project last ({place})?", place=place)
    return _point("duration", cell, text, *lengths, _reply(words, "duration", other))


def _grant(basis: Basis, project: Project, limit: Decimal | None) -> Point | None:
    grant = project.grant
    if grant is None or grant.gap is not Gap.UNREAD or grant == project.shares or limit is None:
        return None
    place = _place(basis, "grant", _first(grant))
    text = say("How high is the requested grant, in EUR ({place})?", place=place)
    return _point(
        "grant",
        _first(grant),
        text,
        _reply(say("{most} or less", most=eur(limit)), "grant", f"{limit:f}"),
        _reply(say("more than that"), "grant", f"{limit + _BEYOND:f}"),
    )


def _total(basis: Basis, project: Project, lot: Lot) -> Point | None:
    total, least = project.total, least_total(project, lot)
    if total is None or least is None:
        return None
    place = _place(basis, "total", _first(total))
    text = say("How high is the total budget, in EUR ({place})?", place=place)
    less = max(Decimal(0), least - _BEYOND)
    return _point(
        "total",
        _first(total),
        text,
        _reply(say("{least} or more", least=eur(least)), "total", f"{least:f}"),
        _reply(say("less than that"), "total", f"{less:f}"),
    )


def _first(amount: Amount) -> Cell | None:
    return amount.cells[0] if amount.cells else None


def _ecosystem(project: Project) -> Point | None:
    ecosystem = project.ecosystem
    if ecosystem is None or not ecosystem.unread or len(ecosystem.names) > 1:
        return None
    one = next(n for n in (*ecosystem.names, *_ECOSYSTEMS) if read_ecosystems(n)[0] == (n,))
    other = next(name for name in _ECOSYSTEMS if name != one)
    cell = ecosystem.cell
    place = say("{cell}", cell=str(cell)) if cell else say("the sheet does not say")
    text = say(
        "Which one of the industrial ecosystems in the guide's list does the project address "
        "({place})?",
        place=place,
    )
    only = say("one from the list, such as {name}", name=one)
    several = say("several from the list")
    replies = (
        _reply(only, "ecosystem", one),
        _reply(several, "ecosystem", f"{one}; {other}"),
    )
    return _point("ecosystem", cell, text, *replies)


def _shares(project: Project, everyone: list[Body], limit: Decimal | None) -> Iterator[Point]:
    """Yield a point for each share that could not be read; together they make up the rest."""
    shares, grant = project.shares, project.grant
    if shares is None or grant is None or shares.gap is not Gap.UNREAD:
        return
    own = grant != shares
    whole = grant.low if own else (limit or shares.low)
    unread = [body for body in everyone if _unread_rows(body)]
    left = max(Decimal(0), whole - shares.low)
    for number, body in enumerate(unread):
        part = (left / len(unread)).to_integral_value(ROUND_FLOOR)
        part = left - part * (len(unread) - 1) if number == 0 else part
        good = say("{part}", part=eur(part)) if own else say("{part} or less", part=eur(part))
        bad = say("more or less than that") if own else say("more than that")
        more = part + len(everyone) * _BEYOND + 1000
        yield _share(body, Reply(good, _change(body, part)), Reply(bad, _change(body, more)))


def _unread_rows(body: Body) -> list[Partner]:
    pairs = zip(body.each, body.rows, strict=True)
    return [partner for partner, row in pairs if read_money(row, "share").gap is Gap.UNREAD]


def _change(body: Body, amount: Decimal) -> tuple[Change, ...]:
    """Return the change that gives this share to the first row without one that can be read."""
    return body.change("share", f"{amount:f}", _unread_rows(body)[:1])


def _share(body: Body, *replies: Reply) -> Point:
    place = body.place("share")
    return body_point(
        body,
        "share",
        say(
            "What share of the grant does {who} have, in EUR ({place})?", who=body.who, place=place
        ),
        say("What share of the grant does your organisation have, in EUR?"),
        replies,
    )

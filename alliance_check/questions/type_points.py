"""Open points about the type of an organisation and what it counts as."""

from __future__ import annotations

from collections.abc import Iterator

from alliance_check.advice.changes import Change
from alliance_check.model.consortium import EDUCATION, HEI, LABOUR, VET
from alliance_check.model.message import say
from alliance_check.parse.consortium.parsed import Basis
from alliance_check.questions.bodies import Body, body_point, differing
from alliance_check.questions.question import Point, Reply
from alliance_check.vocabulary.types import functions_of, read_counts_as

_SORTS = {
    "enterprise": say("a company, chamber, trade union or another labour market actor"),
    "hei": say("a higher education institution"),
    "vet": say("a provider of vocational education and training"),
    "research": say("none of these, such as a research institute"),
}
_COUNTED = {
    LABOUR: say("a labour market actor"),
    HEI: say("a higher education institution"),
    VET: say("a provider of vocational education and training"),
    EDUCATION: say("an education and training provider of no stated kind"),
}


def kinds(basis: Basis, body: Body) -> Iterator[Point]:
    """Yield what is open: rows that differ, a type that could not be read, what it counts as."""
    types = {(frozenset(p.kinds), p.functions) for p in body.taking_part}
    if len(types) > 1:
        text, place = differing(body, say("types")), body.place("type")
        ask = say("What kind of organisation are you ({place})?", place=place)
        yield body_point(body, "type", text, ask, _rows_alike(body))
        return
    said = bool(body.rows[0].text("counts_as"))
    stated = said and read_counts_as(body.rows[0].text("counts_as")) is not None
    if not body.partner.kinds:
        yield _type(basis, body)
    if not stated and body.partner.functions.may and (body.partner.kinds or said):
        yield _counts(body, "counts_as" if said else "type")


def _type(basis: Basis, body: Body) -> Point:
    place = body.place("type")
    return body_point(
        body,
        "type",
        say("What kind of organisation is {who} ({place})?", who=body.who, place=place),
        say("What kind of organisation are you ({place})?", place=place),
        _types(basis, body),
    )


def _types(basis: Basis, body: Body) -> Iterator[Reply]:
    """Yield the sorts of organisations; those that the cell or the name resembles come first."""
    row, words = body.rows[0], basis.table.words
    near = {}
    for text in words.types_near(row.text("type"), row.text("name")):
        counted = functions_of(words.kinds(text).kinds)
        alike = [sort for sort in _SORTS if functions_of((sort,)) == counted]
        if words.kinds(text).kinds and (not alike or alike[0] not in near):
            near[alike[0] if alike else text] = text
    for sort, text in near.items():
        meant = say("{sort}", sort=text) if sort not in _SORTS else _SORTS[sort]
        yield Reply(meant, body.change("type", text))
    for sort, meant in _SORTS.items():
        if sort not in near:
            yield Reply(meant, body.change("type", sort))


def _counts(body: Body, field: str) -> Point:
    place, may = body.place(field), body.partner.functions.may
    text = say("What does {who} count as ({place})?", who=body.who, place=place)
    ask = say("Which of these is your organisation ({place})?", place=place)
    if may == {LABOUR}:
        text = say("Is {who} a labour market actor ({place})?", who=body.who, place=place)
        ask = say("Is your organisation a labour market actor ({place})?", place=place)
    elif not may & {LABOUR, HEI}:
        what = say("vocational education and training")
        text = say("Does {who} provide {what} ({place})?", who=body.who, what=what, place=place)
        ask = say("Does your organisation provide {what} ({place})?", what=what, place=place)
    return body_point(body, field, text, ask, _counted(body))


def _counted(body: Body) -> Iterator[Reply]:
    """Yield each thing that it may count as, added to what it counts as for sure; then neither."""
    functions = body.partner.functions
    words, none = _COUNTED, say("neither")
    if functions.may == {LABOUR}:
        words, none = {LABOUR: say("yes")}, say("no")
    elif not functions.may & {LABOUR, HEI}:
        other = say("education and training of no stated kind")
        words, none = {VET: say("yes"), EDUCATION: other}, say("no")
    base = [f for f in (LABOUR, HEI, VET) if f in functions.sure]
    base = base or [f for f in (EDUCATION,) if f in functions.sure]
    for function, meant in words.items():
        if function in functions.may:
            yield Reply(meant, body.change("counts", " + ".join([*base, function])))
    yield Reply(none, body.change("counts", " + ".join(base) or "neither"))


def _rows_alike(body: Body) -> Iterator[Reply]:
    """Yield, for each row that is read, that the others say the same."""
    seen: set[str] = set()
    for model, row in zip(body.each, body.rows, strict=True):
        texts = {"type": row.text("type") if model.kinds else "", "counts": row.text("counts_as")}
        what = " / ".join(filter(None, texts.values()))
        if (
            model not in body.taking_part
            or what in {"", *seen}
            or not _can_say(texts["counts"], body)
        ):
            continue
        seen.add(what)
        meant = say('"{what}", as {cell} says', what=what, cell=str(model.cell("type")))
        yield Reply(meant, tuple(_copied(body, texts)))


def _can_say(counts: str, body: Body) -> bool:
    """Say whether all rows can have this in the column "Counts as"; no answer empties a cell."""
    if counts:
        return read_counts_as(counts) is not None
    return not any(row.text("counts_as") for row in body.rows)


def _copied(body: Body, texts: dict[str, str]) -> Iterator[Change]:
    for partner, row in zip(body.each, body.rows, strict=True):
        for verb, field in (("type", "type"), ("counts", "counts_as")):
            if texts[verb] and row.text(field) != texts[verb]:
                yield Change(verb, partner.cells["name"], texts[verb])

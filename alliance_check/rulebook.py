"""Load a call from ``data/calls/<call>.toml``: its numbers, each with who says so.

One complete file a call. ``--call latest`` is the newest file there is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from alliance_check.model.call import Call, Clause, Document, Lot
from alliance_check.model.errors import BrokenRulebook, UnknownCall, WrongUsage
from alliance_check.model.message import listed
from alliance_check.text.folding import fold
from alliance_check.text.tables import names_in, text_of_table

_LOTS = {
    "innovation": ("education enterprises", "alliances for education and enterprises"),
    "skills": (
        "blueprint",
        "sectoral",
        "alliances for sectoral cooperation on skills",
        "alliances for sectoral cooperation on skills blueprint",
    ),
    "stem": ("stem skills foundries",),
}


Part = Call | Lot | Clause

_PLACES: dict[int, tuple[str, ...]] = {}
"""Where each part of a rulebook that was loaded stands, by its identity."""


def lot_id(text: str) -> str | None:
    """Return the id of a lot from any of its names; None when it is no name of a lot.

    >>> lot_id("Lot 2"), lot_id("blueprint"), lot_id("education-enterprises"), lot_id("four")
    ('skills', 'skills', 'innovation', None)
    >>> lot_id("Lot 1: Alliances for Education and Enterprises"), lot_id("Lot 1: Blueprint")
    ('innovation', None)
    """
    word = fold(text)
    for number, (lot, names) in enumerate(_LOTS.items(), start=1):
        numbered = (f"lot{number}", f"lot {number}")
        if word in {str(number), *numbered}:
            return lot
        own = next((word[len(n) + 1 :] for n in numbered if word.startswith(f"{n} ")), word)
        if own in {lot, *names}:
            return lot
    return None


def lot_named(text: str) -> str:
    """Return the id of a lot from any of its names.

    :raises WrongUsage: when it is no name of a lot.
    """
    lot = lot_id(text)
    if lot is None:
        raise WrongUsage("{text} is no lot; use innovation, skills or stem.", text=repr(text))
    return lot


@cache
def calls() -> tuple[str, ...]:
    """Return the ids of the calls that have a rulebook, oldest first."""
    return tuple(name[:-5] for name in names_in("calls") if name.endswith(".toml"))


def newest() -> str:
    """Return the id of the newest call that has a rulebook."""
    return calls()[-1]


@cache
def load_call(call: str) -> Call:
    """Return a call by its id, or the newest for ``latest``.

    :raises UnknownCall: when there is no rulebook for it.
    """
    import tomllib

    if call == "latest":
        return load_call(newest())
    if call not in calls():
        if call.isdecimal() and int(call) > int(newest()):
            raise UnknownCall(
                "No Programme Guide is known for the call {call}, so nothing can be judged under "
                "it. There are rulebooks for {known}. The nearest is --call {newest}.",
                call=call,
                known=listed(calls()),
                newest=newest(),
            )
        raise UnknownCall(
            "There is no rulebook for the call {call}. There are rulebooks for {known}.",
            call=repr(call),
            known=listed(calls()),
        )
    found = parse_call(call, tomllib.loads(text_of_table(f"calls/{call}.toml")))
    _PLACES.update(_places(found))
    return found


@cache
def territories() -> Mapping[str, str]:
    """Return the Member State of each territory, as the newest rulebook has it.

    The same organisation may be listed under either, whatever the call.
    """
    return load_call(newest()).territories


def part(call: str, lot: str = "", rule: str = "") -> Part:
    """Return a rulebook of the package, one of its lots, or the clause of a rule in it."""
    whole = load_call(call)
    one = whole.lots[lot] if lot else whole
    return one.clauses[rule] if rule and isinstance(one, Lot) else one


def place_of(it: Part) -> tuple[str, ...] | None:
    """Return what ``part`` takes to find a part of a rulebook; None for one not of the package."""
    place = _PLACES.get(id(it))
    return place if place is not None and part(*place) is it else None


def reduced(it: Part) -> tuple[Any, ...] | str:
    """Return how to pickle a part of a rulebook: by its place, where it is the package's own.

    A report holds two rulebooks, which are most of it, and another process has them already.
    """
    place = place_of(it)
    return it.__reduce_ex__(4) if place is None else (part, place)


def _places(call: Call) -> Iterator[tuple[int, tuple[str, ...]]]:
    yield id(call), (call.id,)
    for lot in call.lots.values():
        yield id(lot), (call.id, lot.id)
        yield from ((id(c), (call.id, lot.id, rule)) for rule, c in lot.clauses.items())


def find_lot(call: Call, lot: str) -> Lot:
    """Return a lot of a call by its id.

    :raises WrongUsage: when the call has no such lot.
    """
    if lot not in call.lots:
        raise WrongUsage(
            "The call {id} has no lot {lot}; it has {lots}.",
            id=call.id,
            lot=repr(lot),
            lots=listed(call.lots),
        )
    return call.lots[lot]


def parse_call(call: str, content: Mapping[str, Any]) -> Call:
    """Return the call that a rulebook's content describes.

    :raises BrokenRulebook: when a part is missing or is not laid out as it must be.
    """
    try:
        return _call(call, content)
    except KeyError as missing:
        raise BrokenRulebook(
            "The rulebook {call} lacks {missing}.", call=call, missing=str(missing)
        ) from missing
    except (AttributeError, TypeError, ValueError) as wrong:
        raise BrokenRulebook(
            "The rulebook {call} is not laid out as one: {wrong}.", call=call, wrong=str(wrong)
        ) from wrong


def _call(call: str, content: Mapping[str, Any]) -> Call:
    sources = {name: Document(**about) for name, about in content["sources"].items()}
    countries = content["countries"]
    return Call(
        id=call,
        title=content["title"],
        deadline=content["deadline"],
        member_states=frozenset(countries["member-states"]),
        associated=frozenset(countries["associated"]),
        excluded=frozenset(countries["excluded"]),
        territories={c: state for state, there in countries["territories"].items() for c in there},
        regions={c: int(region) for region, there in countries["regions"].items() for c in there},
        unmentioned=frozenset(countries["unmentioned-territories"]),
        lots={name: _lot(name, lot, sources) for name, lot in content["lots"].items()},
        guide=sources["guide"],
        near_identical=content.get("near-identical"),
    )


def _lot(name: str, content: Mapping[str, Any], sources: Mapping[str, Document]) -> Lot:
    clauses = {
        rule: Clause(
            id=rule,
            says=clause["says"],
            source=sources[clause["source"]],
            page=clause["page"],
            wording=clause["wording"],
            confidence=clause["confidence"],
            value=clause.get("value"),
            unknown=clause.get("unknown"),
            interpretation=clause.get("interpretation"),
            open_question=clause.get("open-question"),
        )
        for rule, clause in content["clauses"].items()
    }
    return Lot(name, content["number"], content["title"], clauses)

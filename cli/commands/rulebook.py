"""The commands that only inform: what the rulebooks say, and how a spelling is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from alliance_check import rulebook
from alliance_check.model.errors import WrongUsage
from alliance_check.model.message import Message, Value, either, listed, say
from alliance_check.reports.partner_words import GROUPS
from alliance_check.reports.words import call_name, cite, deadline_words

from ..files.style import style_of
from ..files.write import write
from ..options import declared as option
from ..options.shared import no_lot
from ..terminal.page import Page, Styled

if TYPE_CHECKING:
    from alliance_check.model.call import Call, Clause, Lot
    from alliance_check.rules.shared.base import Rule

CallOption = Annotated[str, typer.Option(help="Year of the call, or latest.")]
LotOption = Annotated[str | None, typer.Option(help="Only this lot.")]


def _print(fill: Callable[[Page], None]) -> int:
    style = style_of()
    page = Page(style)
    fill(page)
    write(page.result(), style)
    return 0


def calls(
    lang: option.Lang = None,  # noqa: ARG001 - read by main()
) -> Callable[[], int]:
    """List the calls that have a rulebook."""

    def fill(page: Page) -> None:
        for name in rulebook.calls():
            call = rulebook.load_call(name)
            words = say(
                "deadline {deadline} · {title} · lots: {lots}",
                deadline=deadline_words(call),
                title=call.title,
                lots=listed(f"{lot.number} {lot.id}" for lot in call.lots.values()),
            )
            page.paragraph(page.text(Styled(name, "bold"), "  ", words), hang=4)

    return lambda: _print(fill)


def rules(
    call: CallOption = "2023",
    lot: LotOption = None,
    lang: option.Lang = None,  # noqa: ARG001 - read by main()
) -> Callable[[], int]:
    """List the rules of a call with their values and where each is written."""

    def fill(page: Page) -> None:
        loaded = rulebook.load_call(call)
        for number, one in enumerate(_lots(loaded, lot)):
            if number:
                page.gap()
            _add_rules(page, loaded, one)

    return lambda: _print(fill)


def _lots(call: Call, lot: str | None) -> Iterator[Lot]:
    if lot is None:
        yield from call.lots.values()
        return
    name = rulebook.lot_id(lot)
    if name is None:
        raise WrongUsage(no_lot(lot))
    yield rulebook.find_lot(call, name)


def _add_rules(page: Page, call: Call, lot: Lot) -> None:
    from alliance_check.rules import RULES

    title = say("Lot {number} {title}", number=lot.number, title=Message(lot.title))
    page.paragraph(page.text(Styled(title, "bold"), ", ", call_name(call)))
    for rule in RULES:
        clause = lot.clauses.get(rule.ID)
        if clause is not None:
            words = (" ", Message(rule.TITLE), ": ", Styled(_value(clause), "bold"), "  ")
            source = Styled(cite(clause), "dim")
            page.paragraph(page.text(Styled(rule.ID, "cyan"), *words, source), 2, 6)


def _value(clause: Clause) -> Value:
    if clause.unknown is not None:
        return say("not known ({why})", why=clause.unknown)
    return _words(clause.value)


def _words(value: Any) -> Value:
    if value is None:
        return say("see explain")
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, Mapping):
        parts = (say("{key}: {value}", key=k, value=_words(part)) for k, part in value.items())
        return listed(parts, len(value))
    if isinstance(value, list | tuple):
        return listed(map(_words, value), len(value)) or say("none")
    return str(value)


def explain(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="Id of a rule, as in reports.")],
    call: CallOption = "2023",
    lot: LotOption = None,
    lang: option.Lang = None,  # noqa: ARG001 - read by main()
) -> Callable[[], int]:
    """Explain a rule: what it asks, how it is judged, and where that is written."""

    def fill(page: Page) -> None:
        named = _rule_named(rule)
        _add_manual(page, named)
        loaded = rulebook.load_call(call)
        for one in _lots(loaded, lot):
            _add_clause(page, loaded, one, named.ID)

    return lambda: _print(fill)


def _rule_named(name: str) -> Rule:
    from difflib import get_close_matches

    from alliance_check.rules import RULES

    known = {rule.ID: rule for rule in RULES}
    wanted = "-".join(name.lower().split())
    if wanted in known:
        return known[wanted]
    parts = [rule for rule in known if wanted in rule.split("-")]
    if len(parts) == 1:  # "vet" is vet-partner
        return known[parts[0]]
    near = parts or get_close_matches(wanted, known, n=1, cutoff=0.5)
    if near:
        raise WrongUsage(
            'There is no rule "{name}"; did you mean {near}?', name=name, near=either(near)
        )
    raise WrongUsage(
        'There is no rule "{name}"; the rules are {rules}.', name=name, rules=listed(known, 100)
    )


def _add_manual(page: Page, rule: Rule) -> None:
    page.write(page.text(Styled(rule.ID, "bold cyan"), "  ", Message(rule.TITLE)))
    for paragraph in (rule.__doc__ or "").strip().split("\n\n"):
        page.paragraph(Message(" ".join(paragraph.split())), 2)


def _add_clause(page: Page, call: Call, lot: Lot, rule: str) -> None:
    title = Message(lot.title)
    words = say("Call {call}, Lot {number} {title}", call=call.id, number=lot.number, title=title)
    page.heading(words)
    clause = lot.clauses.get(rule)
    if clause is None:
        page.paragraph(say("This lot has no such rule."), 2)
        return
    source = clause.source
    page.paragraph(page.text(say("value:"), " ", Styled(_value(clause), "bold")), 2, 4)
    page.paragraph(Message(" ".join(clause.says.split())), 2)
    if clause.interpretation:
        reading = Message(" ".join(clause.interpretation.split()))
        page.paragraph(say("our reading: {reading}", reading=reading), 2, 4)
    where = say(
        "source: {source} ({publisher}, {version}, {date})",
        source=cite(clause),
        publisher=source.publisher,
        version=source.version,
        date=source.date,
    )
    page.paragraph(where, 2, 4)
    page.paragraph(Styled(source.url, "dim"), 2, 4)
    wording, confidence = Message(clause.wording), Message(clause.confidence)
    how = say("wording: {wording}; {confidence}", wording=wording, confidence=confidence)
    page.paragraph(Styled(how, "dim"), 2, 4)


def country(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A country as a sheet spells it.")],
    call: CallOption = "2023",
    lang: option.Lang = None,  # noqa: ARG001 - read by main()
) -> Callable[[], int]:
    """Say which country a spelling is read as, and how it counts."""

    def fill(page: Page) -> None:
        page.paragraph(_country_words(text, rulebook.load_call(call)), hang=2)
        for line in _iso_words(text):
            page.paragraph(line, 2, 4)

    return lambda: _print(fill)


def _iso_words(text: str) -> Iterator[Message]:
    """Yield what ISO 3166 adds: official name and codes, or of which country this is a region."""
    from alliance_check.vocabulary.countries import country as country_term
    from alliance_check.vocabulary.countries import read_country
    from alliance_check.vocabulary.iso import facts, region

    code = read_country(text)
    found = None if code is None else facts(code)
    if found is not None:
        names = listed(dict.fromkeys((found.official, found.common)))
        codes = listed(found.codes)
        yield say("ISO 3166 calls it {names}; its codes are {codes}.", names=names, codes=codes)
    part = region(text)
    if part is not None:
        of = country_term(part.country)
        yield say(
            "a region of {country}: {name} ({code})", country=of, name=part.name, code=part.code
        )


def _country_words(text: str, call: Call) -> Message:
    from alliance_check.vocabulary.countries import country as country_term
    from alliance_check.vocabulary.countries import read_country, suggest_countries

    code = read_country(text)
    if code is None:
        near = either(suggest_countries(text))
        if near:
            return say('"{text}" is not a known country; {near}?', text=text, near=near)
        return say('"{text}" is not a known country.', text=text)
    state, group = call.state(code) or code, GROUPS[call.group(code)]
    country = say("{name} ({code})", name=country_term(code), code=code)
    if state == code:
        return say(
            '"{text}" is {country}; in call {call}: {group}',
            text=text,
            country=country,
            call=call.id,
            group=group,
        )
    return say(
        '"{text}" is {country}, which counts as {state}; in call {call}: {group}',
        text=text,
        country=country,
        state=say("{name} ({code})", name=country_term(state), code=state),
        call=call.id,
        group=group,
    )

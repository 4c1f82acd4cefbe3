"""The commands that only inform: what the rulebooks say, and how a spelling is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from alliance_check import rulebook
from alliance_check.model.errors import WrongUsage

from ..files.write import write
from ..options.style import style_of

if TYPE_CHECKING:
    from alliance_check.model.call import Call, Clause, Lot
    from alliance_check.rules.shared.base import Rule

    from ..terminal.page import Page

CallOption = Annotated[str, typer.Option(help="Year of the call, or latest.")]
LotOption = Annotated[str | None, typer.Option(help="Only this lot.")]


def _print(fill: Callable[[Page], None]) -> int:
    from ..terminal.page import Look, Page

    style = style_of()
    page = Page(Look(style.width, style.colour, style.ascii))
    fill(page)
    write(page.result(), style)
    return 0


def calls() -> Callable[[], int]:
    """List the calls that have a rulebook."""

    def fill(page: Page) -> None:
        from alliance_check.reports.words import deadline_words

        from ..terminal.page import Styled

        for name in rulebook.calls():
            call = rulebook.load_call(name)
            lots = ", ".join(f"{lot.number} {lot.id}" for lot in call.lots.values())
            words = f"  deadline {deadline_words(call)} · {call.title} · lots: {lots}"
            page.paragraph(page.text(Styled(name, "bold"), words), hang=4)

    return lambda: _print(fill)


def rules(call: CallOption = "2023", lot: LotOption = None) -> Callable[[], int]:
    """List the rules of a call with their values and where each is written."""

    def fill(page: Page) -> None:
        loaded = rulebook.load_call(call)
        for number, one in enumerate(_lots(loaded, lot)):
            if number:
                page.heading("")
            _add_rules(page, loaded, one)

    return lambda: _print(fill)


def _lots(call: Call, lot: str | None) -> Iterator[Lot]:
    if lot is None:
        yield from call.lots.values()
        return
    name = rulebook.lot_id(lot)
    if name is None:
        raise WrongUsage("--lot {lot} is no lot; use innovation, skills or stem.", lot=repr(lot))
    yield rulebook.find_lot(call, name)


def _add_rules(page: Page, call: Call, lot: Lot) -> None:
    from alliance_check.reports.words import cite, deadline_words
    from alliance_check.rules import RULES

    from ..terminal.page import Styled

    title = Styled(f"Lot {lot.number} {lot.title}", "bold")
    page.paragraph(page.text(title, f", call {call.id}, deadline {deadline_words(call)}"))
    for rule in RULES:
        clause = lot.clauses.get(rule.ID)
        if clause is not None:
            words = (
                f" {rule.TITLE}: ",
                Styled(_value(clause), "bold"),
                Styled(f"  {cite(clause)}", "dim"),
            )
            page.paragraph(page.text(Styled(rule.ID, "cyan"), *words), 2, 6)


def _value(clause: Clause) -> str:
    if clause.unknown is not None:
        return f"not known ({clause.unknown})"
    return _words(clause.value)


def _words(value: Any) -> str:
    if value is None:
        return "see explain"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_words(part)}" for key, part in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_words(part) for part in value) or "none"
    return str(value)


def explain(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="Id of a rule, as in reports.")],
    call: CallOption = "2023",
    lot: LotOption = None,
) -> Callable[[], int]:
    """Explain a rule: what it asks, how it is judged, and where that is written."""

    def fill(page: Page) -> None:
        _add_manual(page, _rule_named(rule))
        loaded = rulebook.load_call(call)
        for one in _lots(loaded, lot):
            _add_clause(page, loaded, one, rule)

    return lambda: _print(fill)


def _rule_named(name: str) -> Rule:
    from difflib import get_close_matches

    from alliance_check.rules import RULES

    known = {rule.ID: rule for rule in RULES}
    if name in known:
        return known[name]
    near = get_close_matches(name.lower(), known, n=1, cutoff=0.5)
    guess = f" Did you mean {near[0]!r}?" if near else ""
    raise WrongUsage(
        "There is no rule {name}.{guess} alliance-check rules lists them.",
        name=repr(name),
        guess=guess,
    )


def _add_manual(page: Page, rule: Rule) -> None:
    from ..terminal.page import Styled

    page.write(page.text(Styled(rule.ID, "bold cyan"), f"  {rule.TITLE}"))
    for paragraph in (rule.__doc__ or "").strip().split("\n\n"):
        page.paragraph(page.text(" ".join(paragraph.split())), 2)


def _add_clause(page: Page, call: Call, lot: Lot, rule: str) -> None:
    from alliance_check.reports.words import cite

    from ..terminal.page import Styled

    page.heading(f"Call {call.id}, Lot {lot.number} {lot.title}")
    clause = lot.clauses.get(rule)
    if clause is None:
        page.paragraph(page.text("This lot has no such rule."), 2)
        return
    source = clause.source
    page.paragraph(page.text("value: ", Styled(_value(clause), "bold")), 2, 4)
    page.paragraph(page.text(" ".join(clause.says.split())), 2)
    if clause.interpretation:
        page.paragraph(page.text("our reading: ", " ".join(clause.interpretation.split())), 2, 4)
    page.paragraph(
        page.text(f"source: {cite(clause)} ({source.publisher}, {source.version}, {source.date})"),
        2,
        4,
    )
    page.paragraph(page.text(Styled(source.url, "dim")), 2, 4)
    page.paragraph(
        page.text(Styled(f"wording: {clause.wording}; {clause.confidence}", "dim")), 2, 4
    )


def country(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A country as a sheet spells it.")],
    call: CallOption = "2023",
) -> Callable[[], int]:
    """Say which country a spelling is read as, and how it counts."""

    def fill(page: Page) -> None:
        page.paragraph(page.text(_country_words(text, rulebook.load_call(call))), hang=2)

    return lambda: _print(fill)


def _country_words(text: str, call: Call) -> str:
    from alliance_check.vocabulary.countries import country_name, read_country, suggest_countries

    from ..terminal.words import GROUPS

    code = read_country(text)
    if code is None:
        near = " or ".join(suggest_countries(text))
        return f'"{text}" is read as no country' + (f"; {near}?" if near else ".")
    state = call.state(code) or code
    of = "" if state == code else f", which counts as {country_name(state)} ({state})"
    group = call.group(code)
    return (
        f'"{text}" is {country_name(code)} ({code}){of}; '
        f"in the call {call.id}: {GROUPS.get(group, group.value)}"
    )

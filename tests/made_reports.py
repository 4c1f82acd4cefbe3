"""Reports made by hand, so that outputs are tested without the rest of the program."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from alliance_check.model.call import Call, Clause, Document, Lot
from alliance_check.model.consortium import (
    Amount,
    Consortium,
    Duration,
    Functions,
    Group,
    Partner,
    Project,
    Role,
)
from alliance_check.model.message import Message, either, say
from alliance_check.model.outcome import Outcome, Verdict
from alliance_check.model.report import (
    Advice,
    Answer,
    Caution,
    Classification,
    Count,
    Finding,
    Input,
    Margins,
    Newest,
    OpenText,
    Repair,
    Report,
)
from alliance_check.model.settings import Heeded, Idle, Setting, SettingKind
from alliance_check.model.sheet import (
    Cell,
    Problem,
    Remark,
)

GUIDE = Document("Programme Guide 2023", "European Commission", "3", "2023-04-04", "https://e.eu/g")
LOT = Lot("innovation", 1, "Alliances for Education and Enterprises", {})
CALL = Call(
    id="2023",
    title="Alliances for Innovation 2023",
    deadline=datetime(2023, 5, 3, 17),  # noqa: DTZ001 - in Brussels time, as the guide has it
    member_states=frozenset({"DE", "FR", "ES"}),
    associated=frozenset({"NO"}),
    excluded=frozenset({"RU", "BY"}),
    territories={},
    regions={"UA": 2},
    unmentioned=frozenset(),
    lots={"innovation": LOT},
    guide=GUIDE,
)

HOSTILE = [
    "Uni [/x]",
    "[link=https://evil.example]Uni[/link]",
    "[bold red]Uni",
    "\x1b[31mred\x1b]8;;https://evil.example\x07link",
    "\u202egermany\u2066x\u200e",
    "two\nlines\r\nand\ttabs",
    "\x9b31m\x85 next",
    "\u2028::error::\u2029",
    "{need} %s %(x)s",
    "lone \ud800 surrogate",
    "=cmd|' /C calc'!A0",
]


def cell(row: int, column: int, sheet: str | None = "Partners") -> Cell:
    return Cell(sheet, row, column)


def clause(rule: str, value: object = None) -> Clause:
    return Clause(rule, f"says {value}", GUIDE, "278", "must", "official text read", value)


def finding(rule: str, title: str, answer: Answer) -> Finding:
    return Finding(rule, Message(title), answer, clause(rule, answer.need))


def minimum(rule: str, title: str, low: int, high: int, need: int, *cells: Cell) -> Finding:
    count = Count(low, high)
    outcome = count.at_least(need)
    hint = None if outcome is Outcome.MET else say("Bring in {n} more.", n=need - low)
    message = say("have {have}, need {need}", have=str(count), need=need)
    return finding(rule, title, Answer(outcome, message, need, count, cells, hint=hint))


def partner(row: int, name: str, country: str | None, kind: str, *counts: str) -> Partner:
    fields = {"name": cell(row, 1), "country": cell(row, 3), "type": cell(row, 4)}
    role = Role.COORDINATOR if row == 2 else Role.FULL_PARTNER
    kinds = (kind,) if kind else ()
    functions = Functions(frozenset(counts))
    return Partner(row, name, fields, country, role, kinds=kinds, functions=functions)


PARTNERS = (
    partner(2, "Universität Bremen", "DE", "hei", "education", "hei"),
    partner(3, "Høyskolen i Bø", "NO", "hei", "education", "hei"),
    partner(4, "Solaris SAS", "FR", "enterprise", "labour-market"),
    partner(5, "Cámara de Sevilla", "ES", "working-life", "labour-market"),
    partner(6, "Werkhof GmbH", "DE", "enterprise", "labour-market"),
    partner(7, "Ateliers du Midi", "FR", "enterprise", "labour-market"),
    partner(8, "Fjordkraft AS", "NO", "enterprise", "labour-market"),
    partner(9, "Grünes Netz", None, "", ""),
)
CLASSIFICATIONS = (
    *(
        Classification(p.country, Group.EU, tuple(sorted(p.functions.sure)), ())
        for p in PARTNERS[:-1]
    ),
    Classification(None, Group.UNKNOWN, (), ("education", "hei", "labour-market", "vet")),
)
UNREAD = Problem(
    "unread-country",
    cell(9, 3),
    "Germny",
    say('"{value}" is not a known country', value="Germny"),
    say("{near}?", near="Germany"),
    either(["Germany"]),
)
FINDINGS = (
    minimum("minimum-countries", "countries", 3, 4, 4, cell(9, 3)),
    minimum("minimum-partners", "partners", 8, 8, 8),
    minimum("minimum-labour-market-actors", "labour market actors", 5, 6, 3),
    minimum("minimum-education-providers", "education and training providers", 2, 3, 3, cell(9, 4)),
    minimum("higher-education-partner", "university", 2, 3, 1),
    minimum("vet-partner", "vocational provider", 0, 0, 1, *(cell(r, 4) for r in range(2, 10))),
    finding(
        "minima-together",
        "all minima at once",
        Answer(Outcome.NOT_APPLICABLE, say("one minimum by itself is not met")),
    ),
    finding("one-coordinator", "one coordinator", Answer(Outcome.MET, say("one, A2"))),
    finding(
        "excluded-countries",
        "excluded countries",
        Answer(
            Outcome.MET,
            say("none"),
            cautions=(Caution(say("no guide mentions Svalbard"), (cell(3, 3),)),),
        ),
    ),
    finding(
        "grant-ceiling",
        "grant ceiling",
        Answer(
            Outcome.MET,
            say("950,000 EUR, at most 1,000,000 EUR"),
            need_eur=Decimal(1000000),
            have_eur=Decimal("950000.5"),
        ),
    ),
    finding(
        "valid-charter",
        "Erasmus charter",
        Answer(Outcome.NOT_CHECKED, say("the sheet has no column ECHE")),
    ),
)
PROJECT = Project(
    duration=Duration(24, "option"),
    grant=Amount(Decimal("950000.5"), Decimal("950000.5"), "Partners!F2:F9"),
)
BLUE = (Remark(cell(4, 7), "blue"), Remark(cell(5, 1), "blue", comment=True))
SETTING = Setting(SettingKind.REMARK, "blue", "alliance-check.toml")
ROOM = {"minimum-countries": -1, "minimum-partners": 0, "vet-partner": -1}
REPAIRS = (
    Repair(
        5,
        ("country:Partners!A9=DE", "add:ES:vet"),
        (
            say("Correct the country of {who} in C9.", who="Grünes Netz (Partners!A9)"),
            say("Add {number} {what}.", number=1, what=say("vocational provider")),
        ),
    ),
    Repair(5, ("drop:Partners!A9", "add:ES:vet"), (say("Leave out {who}.", who="Grünes Netz"),)),
)


def report() -> Report:
    """A report with something of everything: not eligible, something unread, a newer call."""
    return Report(
        input=Input(
            "partners.xlsx", "ab" * 32, "Partners", 1, (say("Row 12 is a row of totals."),)
        ),
        call=CALL,
        lot=LOT,
        consortium=Consortium(PARTNERS, PROJECT, frozenset({"name", "country", "type", "role"})),
        classifications=CLASSIFICATIONS,
        findings=FINDINGS,
        problems=(UNREAD,),
        verdict=Verdict.NOT_ELIGIBLE,
        newest=Newest("2026", Verdict.NOT_ELIGIBLE, FINDINGS, ()),
        with_all_possible=Verdict.UNDECIDED,
        version="0.1.0",
        advice=Advice(Margins(ROOM), REPAIRS),
        origins={"call": "option", "lot": "option"},
        open_texts=(open_text("ask Anna"),),
        settings=(
            Heeded(SETTING, (Remark(cell(4, 7), "blue"), Remark(cell(5, 1), "blue", comment=True))),
        ),
        idle_settings=(
            Idle(SETTING._replace(subject="green"), say("it stands beside no partner")),
        ),
    )


def open_text(text: str, *, decides: bool = False) -> OpenText:
    remark, partners = Remark(cell(3, 7), text), ((cell(3, 1), PARTNERS[1].name),)
    return OpenText(
        remark, partners, decides, say("Remove it, or say that {t} is harmless.", t=text)
    )


def eligible() -> Report:
    """An eligible report in which nothing but the charter is open."""
    findings = (
        *(minimum(f.rule, str(f.title), 8, 8, f.answer.need or 1) for f in FINDINGS[:6]),
        *FINDINGS[6:],
    )
    return replace(
        report(),
        findings=findings,
        problems=(),
        open_texts=(),
        settings=(),
        idle_settings=(),
        verdict=Verdict.ELIGIBLE,
        newest=Newest("2026", Verdict.ELIGIBLE, findings, ()),
        with_all_possible=None,
        advice=Advice(Margins(dict.fromkeys(ROOM, 1), (cell(2, 1), cell(9, 1)), 1, (cell(2, 1),))),
    )


def hostile(text: str) -> Report:
    """A report that carries *text* in every place into which a sheet can put text."""
    base = report()
    people = tuple(replace(p, name=text) for p in PARTNERS)
    said = say("reads {text}", text=text)
    places = (Cell(text.replace("\n", " "), 2, 1), Cell(text, 3, 1))
    answer = Answer(
        Outcome.TO_CHECK,
        said,
        cells=places,
        cautions=(Caution(said, places, in_verdict=True),),
        hint=said,
    )
    findings = (*base.findings, finding("unique-organisations", "the same twice", answer))
    return replace(
        base,
        input=replace(base.input, file=text, sheet=text, notes=(said,)),
        consortium=replace(base.consortium, partners=people),
        findings=findings,
        problems=(Problem("unread-type", places[0], text, said, Message("{t}", (("t", said),))),),
        open_texts=(open_text(text, decides=True)._replace(partners=((places[0], text),)),),
        settings=(Heeded(Setting(SettingKind.COLUMN, text, text), (Remark(places[0], text),)),),
        idle_settings=(Idle(Setting(SettingKind.PARTNER, text, text), said),),
        newest=Newest("2026", Verdict.UNDECIDED, findings[-1:], (text,)),
        advice=Advice(Margins({}, places), (Repair(1, (text, text), (said,)),), said),
    )


def from_outside() -> Report:
    """An eligible report whose verdict line must carry a doubt, and that 2026 turns down."""
    doubt = Caution(say("the guide lists no partner from outside"), (cell(9, 1),), in_verdict=True)
    page = replace(GUIDE, title="national agency's page, 2023")
    allowed = finding(
        "non-associated-countries",
        "third countries not associated",
        Answer(Outcome.MET, say("may take part"), cautions=(doubt,)),
    )
    allowed = replace(allowed, clause=replace(allowed.clause, source=page, page=""))
    turned_down = replace(
        allowed,
        answer=Answer(Outcome.NOT_MET, say("only as associated partner"), cells=(cell(9, 3),)),
    )
    newest = Newest("2026", Verdict.NOT_ELIGIBLE, (turned_down,), (allowed.rule,))
    base = eligible()
    return replace(base, findings=(*base.findings, allowed), newest=newest)


def calls_differ() -> Report:
    """The same where no call is named: 2023 says yes and 2026 no."""
    differ = Answer(
        Outcome.TO_CHECK,
        say("eligible under call 2023, not eligible under call 2026"),
        cells=(cell(9, 3),),
        hint=say("Name the call: --call 2023 or --call 2026."),
    )
    base = from_outside()
    return replace(
        base,
        findings=(finding("call", "call", differ), *base.findings),
        verdict=Verdict.UNDECIDED,
        call_verdict=Verdict.ELIGIBLE,
        origins={"lot": "option"},
    )

"""Random consortia, and a second judge that tries every reading of every cell of them.

It shares nothing with the program: its numbers were written down by hand from the guides, and its
judgement is enumeration. `python -m tests.naive SEED` prints one consortium and what it deserves.
"""

from __future__ import annotations

import itertools
import math
import random
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

# Countries, partners, labour market actors, education providers; then euro by months.
LOTS: dict[tuple[str, str], tuple[tuple[int, int, int, int], dict[int, int]]] = {
    ("2023", "innovation"): ((4, 8, 3, 3), {24: 1_000_000, 36: 1_500_000}),
    ("2023", "skills"): ((8, 12, 5, 5), {48: 4_000_000}),
    ("2026", "innovation"): ((4, 8, 3, 3), {24: 1_000_000, 36: 1_500_000}),
    ("2026", "skills"): ((8, 12, 5, 5), {48: 4_000_000}),
    ("2026", "stem"): ((4, 8, 3, 3), {24: 1_500_000}),
}
COUNTED = {
    "DE": ("Germany", "DE", "Deutschland"),
    "FR": ("France", "FR", "Réunion", "New Caledonia", "GP"),
    "NO": ("Norway", "NO", "Norge"),
    "ES": ("Spain", "ES", "España"),
    "GR": ("Greece", "EL", "Hellas"),
    "DK": ("Denmark", "DK", "Greenland"),
    "NL": ("Netherlands", "NL", "Curaçao", "AW"),
    "IT": ("Italy", "IT"),
    "TR": ("Türkiye", "TR", "Turkey"),
    "RS": ("Serbia", "RS"),
    "IS": ("Iceland", "IS"),
    "FI": ("Finland", "FI", "AX"),
    "PL": ("Poland", "PL"),
    "PT": ("Portugal", "PT"),
}
NEAR = {"UA": ("Ukraine", "UA"), "BA": ("Bosnia and Herzegovina", "BA"), "MA": ("Morocco", "MA")}
FAR = {
    "CH": ("Switzerland", "CH"),
    "GB": ("United Kingdom", "UK"),
    "JP": ("Japan", "JP"),
    "CD": ("CD",),
    "CG": ("CG",),
    "KP": ("KP",),
    "KR": ("KR",),
}
EXCLUDED = {"RU": ("Russia", "RU"), "BY": ("Belarus", "BY")}
UNLISTED = {"GI": ("Gibraltar", "GI"), "JE": ("Jersey", "JE")}
SPELLINGS = COUNTED | NEAR | FAR | EXCLUDED | UNLISTED

# What a kind counts as: labour market, education and training, university, vocational.
Function = tuple[int, int, int, int]
NOTHING, LABOUR, HEI, VET = (0, 0, 0, 0), (1, 0, 0, 0), (0, 1, 1, 0), (0, 1, 0, 1)
ANYTHING = tuple(
    (labour, int(hei or vet), hei, vet) for labour, hei, vet in itertools.product((0, 1), repeat=3)
)
KINDS: dict[str, tuple[tuple[Function, ...], tuple[str, ...]]] = {
    "hei": ((HEI,), ("University", "EPLUS-EDU-HEI", "Universitet")),
    "vet": ((VET,), ("Vocational school", "EPLUS-EDU-VOC-SEC", "fagskole", "EPLUS-EDU-VOC-TER")),
    "enterprise": ((LABOUR,), ("SME", "Large enterprise", "Enterprise", "bedrift")),
    "working-life": ((LABOUR,), ("Trade union", "Chamber of commerce", "Trade association")),
    "ngo": ((NOTHING, LABOUR), ("NGO",)),
    "cluster": ((NOTHING, LABOUR), ("Cluster",)),
    "hospital": ((NOTHING, LABOUR), ("Hospital",)),
    "training-provider": ((NOTHING, VET), ("Training provider",)),
    "adult-education": ((NOTHING, VET), ("EPLUS-EDU-ADULT",)),
    "local-authority": ((NOTHING, VET), ("fylkeskommune", "EPLUS-BODY-PUB-LOC")),
    "foundation": ((NOTHING, LABOUR, VET, (1, 1, 0, 1)), ("Foundation", "EPLUS-FOUND")),
    "research": ((NOTHING,), ("Research institute", "EPLUS-RES")),
    "public-body": ((NOTHING,), ("EPLUS-BODY-PUB-NAT",)),
    "guidance": ((NOTHING,), ("EPLUS-BODY-CONS",)),
    "accreditation": ((NOTHING,), ("EPLUS-BODY-ACCRED",)),
    "other": (ANYTHING, ("OTH",)),
}
COUNTS_AS = {
    "labour market actor": LABOUR,
    "higher education": HEI,
    "vet": VET,
    "neither": NOTHING,
}
ROLES = {
    "coordinator": ("Coordinator", "Koordinator"),
    "full-partner": ("Full partner", "Beneficiary", "Partner"),
    "affiliated-entity": ("Affiliated entity",),
    "associated-partner": ("Associated partner", "Assosiert partner"),
    "subcontractor": ("Subcontractor",),
}
COUNTING, APPLICANTS = ("coordinator", "full-partner"), tuple(ROLES)[:3]
NOBODY = ("met", "not-applicable")
MINIMA = (
    "minimum-countries",
    "minimum-partners",
    "minimum-labour-market-actors",
    "minimum-education-providers",
    "higher-education-partner",
    "vet-partner",
)
MOST_WORLDS = 2000
OTHER_NAME = 0.4
"""How often a number stands a second time beside another name."""
PRESENT = {"confirmed": (True,), "possible": (True, False), "declined": (False,)}
UNREAD = ("Xqzzt", "Wvrpq", "")
SEVERAL = {
    "Germany/France": ("DE", "FR"),
    "Finland/Norway": ("FI", "NO"),
    "Congo": ("CD", "CG"),
    "Korea": ("KP", "KR"),
    "Norway / Switzerland": ("NO", "CH"),
    "Ukraine/Morocco": ("UA", "MA"),
    "Russia/Belarus": ("RU", "BY"),
    "Serbia/Russia": ("RS", "RU"),
}
NO_COUNTRY = (*UNREAD, "n/a", "nan", "EU", "Germny", "Island of Man", *SEVERAL)
PLACEHOLDERS = ("TBC", "N.N.", "?", "to be confirmed", "")


@dataclass
class Row:
    """A line of the sheet: what its cells say beside what they mean (None: cannot be read)."""

    name: str
    country: str | None
    kinds: tuple[str, ...] | None
    role: str | None = "full-partner"
    pic: str = ""
    status: str = ""
    counts_as: str = ""
    eche: str = ""
    pact: str = ""
    share: str = ""
    remark: str = ""
    cells: dict[str, str] = field(default_factory=dict)


@dataclass
class Case:
    """A consortium with what is asked of it."""

    seed: int
    call: str
    lot: str
    rows: list[Row]
    roles: str = "all"  # all of them are written, or only who is "marked" coordinator, or "none"
    charter: bool = False
    pact: bool = False
    duration: int | None = None
    grant: Decimal | None = None
    total: Decimal | None = None

    @property
    def minima(self) -> tuple[int, int, int, int]:
        return LOTS[self.call, self.lot][0]

    @property
    def ceilings(self) -> dict[int, int]:
        return LOTS[self.call, self.lot][1]

    def csv(self) -> str:
        """Return the sheet; a column in which nobody has anything is left out."""
        columns = {
            "Partner name": [row.name for row in self.rows],
            "Country": [row.cells["country"] for row in self.rows],
            "Organisation type": [row.cells["kinds"] for row in self.rows],
            "Role": [self._role_cell(row) for row in self.rows],
            "PIC": [row.pic for row in self.rows],
            "Status": [row.status for row in self.rows],
            "Counts as": [row.counts_as for row in self.rows],
            "ECHE": [row.eche if self.charter else "" for row in self.rows],
            "Pact for Skills": [row.pact if self.pact else "" for row in self.rows],
            "EU contribution (EUR)": [row.share for row in self.rows],
            "Remarks": [row.remark for row in self.rows],
        }
        kept = {head: cells for head, cells in columns.items() if any(cells)}
        lines = [list(kept), *zip(*kept.values(), strict=True)]
        return "".join(";".join(line) + "\n" for line in lines)

    def _role_cell(self, row: Row) -> str:
        if self.roles == "none" or (self.roles == "marked" and row.role != "coordinator"):
            return ""
        return row.cells["role"]


# --- making consortia ---------------------------------------------------------------------------


def case(seed: int) -> Case:
    """Return the consortium of this seed; one with too many readings to try is drawn again."""
    rng = random.Random(seed)  # noqa: S311  # the same seed has to give the same consortium
    while True:
        made = _draw(seed, rng)
        if math.prod(len(_parts(made, body)) for body in bodies(made)) <= MOST_WORLDS:
            return made


def _draw(seed: int, rng: random.Random) -> Case:
    call, lot = rng.choice(list(LOTS))
    made = Case(seed, call, lot, [])
    made.roles = rng.choice(("all", "all", "all", "all", "marked", "none"))
    made.rows = _sound(rng, made)
    changes = rng.choices(CHANGES, k=rng.choice((0, 1, 1, 2, 2, 3, 5)))
    changes.sort(key=lambda each: each is _twice)  # a repeated line differs in one thing at most
    for change in changes:
        change(rng, made.rows)
    made.rows = [_settled(row, made.roles) for row in made.rows]
    rng.shuffle(made.rows)
    for row in made.rows:
        _write(rng, row)
    for row in made.rows:  # lines of one body have one unread country
        first = next(other for other in made.rows if same(other, row) or other is row)
        row.cells["country"] = row.cells["country"] if row.country else first.cells["country"]
    _certify(rng, made)
    _finance(rng, made)
    return made


def _sound(rng: random.Random, made: Case) -> list[Row]:
    """Return partners who meet every minimum, some with a few to spare."""
    countries, partners, labour, education = made.minima
    rarer = rng.choice(("hei", "vet"))
    more = education - 2 + rng.choice((0, 0, 1))
    kinds = ["hei", "vet", *rng.choices(("hei", "vet", *[rarer] * 3), k=more)]
    kinds += rng.choices(("enterprise", "working-life"), k=labour + rng.choice((0, 0, 1)))
    spare = partners - len(kinds) + rng.choice((0, 0, 1, 2))
    kinds += rng.choices(rng.choice((list(KINDS), ["research", "guidance"])), k=max(spare, 0))
    codes = rng.sample(list(COUNTED), k=countries + rng.choice((0, 0, 1)))
    codes += rng.choices(codes, k=max(len(kinds) - len(codes), 0))
    numbers = rng.sample(range(10, 99), k=len(kinds))
    with_pic = rng.random() < 0.7
    rows = [
        Row(f"Nordhaug {number}", code, (kind,), pic=f"9000000{number}" if with_pic else "")
        for number, code, kind in zip(numbers, codes, kinds, strict=False)
    ]
    rng.choice(rows).role = "coordinator"
    return rows


def _settled(row: Row, roles: str) -> Row:
    """Let a row mean what a sheet without roles, or with coordinators alone, can say of it."""
    if roles == "none" or (roles == "marked" and row.role != "coordinator"):
        row.role = "full-partner"
    return row


def _write(rng: random.Random, row: Row) -> None:
    country = SPELLINGS[row.country] if row.country else NO_COUNTRY
    row.cells["country"] = rng.choice(country)
    spelled = [rng.choice(KINDS[kind][1]) for kind in row.kinds or ()]
    row.cells["kinds"] = rng.choice((" / ", ", ")).join(spelled) or rng.choice(UNREAD)
    row.cells["role"] = rng.choice(ROLES[row.role] if row.role else UNREAD)
    if row.name in PLACEHOLDERS and not row.cells["country"]:
        row.cells["country"] = UNREAD[0]  # a line without name and country is no partner


def _certify(rng: random.Random, made: Case) -> None:
    made.charter = rng.random() < 0.6
    made.pact = made.lot == "skills" and rng.random() < 0.4
    single = [row for row in made.rows if sum(same(row, other) for other in made.rows) <= 1]
    refused = rng.choice(single)
    lacking = rng.choice(("eche", "pact", *[None] * 12))
    for row in made.rows:
        row.pact = "yes"
        if row.kinds is None or "hei" in row.kinds:
            row.eche = "yes" if len(row.name) % 2 else rng.choice(("yes", ""))
    if lacking and not refused.counts_as:
        setattr(refused, lacking, "no")


def _finance(rng: random.Random, made: Case) -> None:
    made.duration = rng.choice((None, *list(made.ceilings) * 12, 30, 18))
    steps = list(made.ceilings.values()) * 5
    top = rng.choice((*steps, 600_000, 1_200_000, 1_600_000, 4_500_000))
    amount = min(Decimal(top), Decimal(max(steps))) if rng.random() < 0.85 else Decimal(top)
    if made.duration in made.ceilings and rng.random() < 0.8:
        amount = min(amount, Decimal(made.ceilings[made.duration]))
    amount += rng.choice((Decimal(0),) * 8 + (Decimal("0.01"), Decimal("-0.01")))
    way = rng.choice(("none", "grant", "shares"))
    if way == "grant":
        made.grant = amount
        made.total = rng.choice((None, amount * 5 / 4, amount * 2, amount * 5 / 4 - 5))
    sure = all(row.role for row in made.rows) and not any(b.contradicts for b in bodies(made))
    if way == "shares" and sure:
        _share_out(rng, made, amount)


def _share_out(rng: random.Random, made: Case, amount: Decimal) -> None:
    """Give the amount to those who may have money; now and then a share is missing or odd."""
    paid = [row for row in made.rows if row.role in APPLICANTS]
    each = (amount / len(paid)).quantize(Decimal("0.01"))
    for row in paid:
        row.share = str(each)
    paid[0].share = str(amount - each * (len(paid) - 1))
    odd = rng.random()
    settled = len(_sums(made, bodies(made))) == 1 and presence(paid[-1], made.rows) == "confirmed"
    if odd < 0.25 and settled:
        paid[-1].share = rng.choice(("", "Xqzzt"))
    elif odd < 0.4:
        made.grant = amount + rng.choice((Decimal(0), Decimal("0.4"), Decimal(-3000)))
    unpaid = [row for row in made.rows if row.role == "associated-partner"]
    if unpaid and rng.random() < 0.2:
        unpaid[0].share = "1000"


def _moved(*groups: Iterable[str]) -> Callable[[random.Random, list[Row]], None]:
    codes = [code for group in groups for code in group]

    def change(rng: random.Random, rows: list[Row]) -> None:
        rng.choice(rows).country = rng.choice(codes)

    return change


def _set(name: str, *values: object) -> Callable[[random.Random, list[Row]], None]:
    def change(rng: random.Random, rows: list[Row]) -> None:
        setattr(rng.choice(rows), name, rng.choice(values))

    return change


def _removed(rng: random.Random, rows: list[Row]) -> None:
    rows.remove(rng.choice(rows))


def _added(*groups: Iterable[str]) -> Callable[[random.Random, list[Row]], None]:
    codes = [code for group in groups for code in group]

    def change(rng: random.Random, rows: list[Row]) -> None:
        role = rng.choice(("full-partner", "affiliated-entity", "associated-partner", None))
        role = rng.choice((role, "subcontractor", "associated-partner"))
        kind = rng.choice(list(KINDS))
        rows.append(Row(f"Sørvik {len(rows)}", rng.choice(codes), (kind,), role))

    return change


def _twice(rng: random.Random, rows: list[Row]) -> None:
    """Repeat an organisation, by number or by name and country; its lines may contradict."""
    names = [row.name for row in rows]
    first = rng.choice(rows)
    if names.count(first.name) > 1 or first.name in PLACEHOLDERS or first.country is None:
        return
    again = Row(**{**vars(first), "cells": {}})
    rows.append(again)
    how = rng.choice(("alike", "alike", "kinds", "role", "country", "other number", "status"))
    if how == "kinds":
        again.kinds = rng.choice((("hei",), ("vet",), ("enterprise",), ("research",)))
    elif how == "status":
        again.status = rng.choice(("invited", "declined"))
    elif how == "role":
        again.role = rng.choice(tuple(ROLES))
    elif how == "country" and first.pic:
        again.country = rng.choice(list(COUNTED))
        again.name = rng.choice((first.name, "Vestby 7"))
    elif how == "other number" and first.pic:
        again.pic = rng.choice(("911111111", ""))
    if how in {"alike", "kinds", "role", "status"} and first.pic and rng.random() < OTHER_NAME:
        again.name = "Vestby 7"


def _confirmed(rng: random.Random, rows: list[Row]) -> None:
    """Fill the status column with confirmations, so that a blank in it is an open place."""
    for row in rows:
        row.status = row.status or ("confirmed" if rng.random() < 0.95 else "")


def _mixed(rng: random.Random, rows: list[Row]) -> None:
    row = rng.choice(rows)
    others = ("hei", "vet", "enterprise", "working-life", "ngo", "foundation", "research")
    row.kinds = tuple(rng.sample(others, k=rng.choice((2, 2, 3))))


def _stretched(rng: random.Random, rows: list[Row]) -> None:
    """Let one partner stand in for another beside its own part, or be anything."""
    gone, both = rng.sample(rows, k=2)
    if gone.kinds and both.kinds:
        both.kinds = rng.choice((tuple(dict.fromkeys((*both.kinds, *gone.kinds))), None))
        gone.kinds = rng.choice((("research",), ("guidance",), ("accreditation",), both.kinds))


CHANGES: tuple[Callable[[random.Random, list[Row]], None], ...] = (
    _removed,
    *[_twice] * 2,
    *[_mixed] * 3,
    *[_stretched] * 5,
    _confirmed,
    *[_moved(COUNTED)] * 2,
    _moved(NEAR, FAR),
    _moved(EXCLUDED, UNLISTED),
    _added(COUNTED),
    _added(NEAR, FAR, EXCLUDED, UNLISTED),
    _set("country", None),
    *[_set("kinds", None)] * 2,
    *[_set("kinds", *[(kind,) for kind in KINDS])] * 3,
    _set("role", None),
    _set("role", *ROLES),
    _set("status", "invited", "reserve", "optional", "declined"),
    _set("name", *PLACEHOLDERS),
    *[_set("counts_as", *COUNTS_AS, "education provider")] * 2,
    *[_set("remark", "moving house", "sender papirene")] * 2,
)


# --- judging them -------------------------------------------------------------------------------


class Reading(NamedTuple):
    """One thing that a body may be."""

    present: bool
    role: str
    country: str  # a code; "new 3" is a counted country that nobody else is from; "?" not judged
    typed: Function  # by its type alone, which decides on the charter
    function: Function


class Expected(NamedTuple):
    """What a rule should answer, and what else it may where the design does not say."""

    outcome: str
    low: int | None = None
    high: int | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Body:
    """An organisation, which may stand in two lines, and all that it may be."""

    rows: tuple[Row, ...]
    contradicts: bool
    readings: tuple[Reading, ...]
    open: bool = False
    """Whether a text beside it is open: no minimum may need it."""


def presence(row: Row, rows: Iterable[Row]) -> str:
    """Say whether a partner takes part, by its name and the status column as a whole."""
    if row.status == "declined":
        return "declined"
    open_blank = not row.status and any(other.status == "confirmed" for other in rows)
    if row.name in PLACEHOLDERS or open_blank or row.status not in ("", "confirmed"):
        return "possible"
    return "confirmed"


def same(one: Row, other: Row) -> bool:
    """Say whether two lines are one organisation."""
    if one.name in PLACEHOLDERS or other.name in PLACEHOLDERS:
        return False
    if one.pic and other.pic:
        return one.pic == other.pic and _alike(one, other)
    return one.name == other.name and one.country == other.country is not None


def _alike(one: Row, other: Row) -> bool:
    return one.name.partition(" ")[0] == other.name.partition(" ")[0]


def _doubled(found: list[Body]) -> list[list[int]]:
    """Return the bodies, with those that may be one because they share a number together."""
    groups: list[list[int]] = []
    for at, body in enumerate(found):
        numbers = _numbers(body)
        shared = [g for g in groups if any(numbers & _numbers(found[other]) for other in g)]
        groups = [group for group in groups if group not in shared]
        groups.append(sorted([at, *itertools.chain.from_iterable(shared)]))
    return groups


def _numbers(body: Body) -> set[str]:
    return {row.pic for row in body.rows if row.pic and row.name not in PLACEHOLDERS}


def bodies(made: Case) -> list[Body]:
    """Return the organisations with their readings."""
    groups: list[list[Row]] = []
    for row in made.rows:
        known = next((group for group in groups if same(group[0], row)), None)
        if known:
            known.append(row)
        else:
            groups.append([row])
    here = [_agreed([presence(row, made.rows) for row in group]) for group in groups]
    roles = [_agreed([row.role for row in group]) for group in groups]
    led = any(
        role == "coordinator" for role, seen in zip(roles, here, strict=True) if seen != "declined"
    )
    found = [
        _body(f"new {number}", group, here[number], led=led) for number, group in enumerate(groups)
    ]
    return [replace(b, open=any(r.remark for r in b.rows)) for b in found]


def _agreed(values: list[Any]) -> Any:
    return values[0] if all(value == values[0] for value in values) else None


def _body(new: str, group: list[Row], here: str | None, *, led: bool) -> Body:
    said = [(row.role, row.country, frozenset(row.kinds or ())) for row in group]
    contradicts = len(set(said)) > 1
    role, country, kinds = (_agreed(list(values)) for values in zip(*said, strict=True))
    counted = {frozenset(_functions(frozenset(row.kinds or ()))) for row in group}
    several = () if country else SEVERAL.get(group[0].cells.get("country", ""), ())
    options = itertools.product(
        PRESENT["possible" if contradicts and here != "declined" else here or "possible"],
        (role,) if role else tuple(ROLES)[led:],
        several or ((country,) if country else (new, "DE", "UA", "CH", "RU", "BY", "GI")),
        _functions(kinds) if len(counted) > 1 else counted.pop(),
    )
    cell = group[0].counts_as
    known = bool(country or several)
    readings = {
        _excused(Reading(*each, _counts_as(cell, each[3])), known=known) for each in options
    }
    return Body(tuple(group), contradicts, tuple(readings))


def _functions(kinds: frozenset[str] | None) -> set[Function]:
    """Return what a type may count as: for several kinds, the best of each."""
    options = [KINDS[kind][0] for kind in kinds or ("other",)]
    best = {tuple(map(max, *each, NOTHING)) for each in itertools.product(*options)}
    return {(labour, education, hei, vet) for labour, education, hei, vet in best}


def _counts_as(cell: str, typed: Function) -> Function:
    """Return what a body counts as; "education provider" leaves to the type which kind it is."""
    if cell == "education provider":
        return (0, 1, typed[2], typed[3])
    return COUNTS_AS.get(cell, typed)


def _excused(reading: Reading, *, known: bool) -> Reading:
    """An unread country of somebody who is not an applicant is a caution only."""
    return reading if known or reading.role in APPLICANTS else reading._replace(country="?")


View = tuple[str, Function] | None
"""Where a body counts and as what; nothing where it counts towards no minimum."""
ABROAD: View = ("abroad", NOTHING)
"""A full partner from outside, which may be among the number and never brings a country."""


def _inside(reading: Reading) -> bool:
    return reading.country in COUNTED or reading.country.startswith("new")


def _counted(made: Case, reading: Reading) -> set[View]:
    """Return the ways in which a reading may be counted; mostly there is one."""
    if not reading.present or reading.role not in COUNTING:
        return {None}
    if _inside(reading):
        return {(reading.country, reading.function)}
    open_question = (made.call, made.lot) == ("2026", "innovation")
    among = open_question and reading.country in NEAR and reading.role == "full-partner"
    return {None, ABROAD} if among and not _barred(made, reading) else {None}


def _views(made: Case, found: list[Body]) -> list[set[tuple[View, ...]]]:
    """Return the ways in which bodies may be counted; of those that may be one, one at least."""
    views = [
        {view for reading in body.readings for view in _counted(made, reading)}
        | ({None} if body.open else set())
        for body in found
    ]
    return [
        {
            way
            for there in itertools.product((True, False), repeat=len(group))
            if any(there)
            for way in itertools.product(
                *(views[at] if here else {None} for at, here in zip(group, there, strict=True))
            )
        }
        for group in _doubled(found)
    ]


def _barred(made: Case, reading: Reading, eche: str = "", pact: str = "") -> set[str]:
    """Return the rules that judge each body by itself and bar it in a reading."""
    uncertified = eche == "no" and made.charter and made.lot != "stem"
    no_charter = uncertified and _university(reading, APPLICANTS)
    needed = (made.call, made.lot) == ("2023", "skills") and made.pact
    no_pact = needed and pact == "no" and reading.present and reading.role != "subcontractor"
    bars = {
        "outside": _outside(made, reading, 1, 0) == 2,
        "excluded": _excluded(made, reading) == 2,
        "charter": no_charter,
        "pact": no_pact,
    }
    return {rule for rule, barred in bars.items() if barred}


class Part(NamedTuple):
    """What one reading of a body brings: how it counts, and whether it coordinates, from where."""

    view: View
    leads: bool
    abroad: bool


def _parts(made: Case, body: Body) -> set[Part]:
    """Return what the readings bring that no rule bars.

    It is all of them where one rule bars every one, and says so, or where none of them counts.
    """
    row = body.rows[0]
    bars = [_barred(made, r, row.eche, row.pact) for r in body.readings]
    counts = any(view for r in body.readings for view in _counted(made, r))
    heed = counts and not set.intersection(*bars)
    return {
        Part(view, r.present and r.role == "coordinator", not _inside(r))
        for r, barred in zip(body.readings, bars, strict=True)
        if not (heed and barred)
        for view in _counted(made, r)
    }


@cache
def supplied(functions: tuple[Function, ...], labour: int, education: int) -> int:
    """Try every assignment: 2 is all at once, 1 only with one body as both kinds, 0 is never."""
    best = 0
    sides = [[side for side in (0, 1) if function[side]] or [2] for function in functions]
    for sided in itertools.product(*sides):
        taught = [f for f, side in zip(functions, sided, strict=True) if side == 1]
        kinds = [(hei, vet) for _, _, hei, vet in taught if hei or vet]
        enough = sided.count(0) >= labour and len(taught) >= education
        if enough and any(hei for hei, _ in kinds) and any(vet for _, vet in kinds):
            best = max(best, 1 + (len(kinds) > 1))
    return best


def _minima(made: Case, found: list[Body]) -> dict[str, Expected]:
    counts: set[tuple[int, ...]] = set()
    together: set[int] = set()
    needs = (*made.minima, 1, 1)
    for ways in itertools.product(*_views(made, found)):
        count, fit = _weighed(itertools.chain.from_iterable(ways), needs)
        counts.add(count)
        together.add(fit)
    expected = {
        rule: Expected(_ranged(min(values), max(values), need), min(values), max(values))
        for rule, need, values in zip(MINIMA, needs, zip(*counts, strict=True), strict=True)
    }
    alone = any(each.outcome == "not-met" for each in expected.values())
    joint = {frozenset({2}): "met", frozenset({0}): "not-met"}.get(frozenset(together), "to-check")
    if not alone and joint != "not-met" and not _possible(made, found, needs):
        joint = "not-met"
    return expected | {"minima-together": Expected("not-applicable" if alone else joint)}


def _weighed(world: Iterable[View], needs: tuple[int, ...]) -> tuple[tuple[int, ...], int]:
    """Return the counts of one world, and how well it meets all minima at once."""
    here = [view for view in world if view]
    functions = tuple(sorted(function for _, function in here))
    sums = [sum(each) for each in zip(*functions, strict=True)] or [0, 0, 0, 0]
    countries = {view[0] for view in here if view != ABROAD}
    count = (len(countries), len(here), *sums)
    enough = count[0] >= needs[0] and count[1] >= needs[1]
    return count, supplied(functions, *needs[2:4]) if enough else 0


def _possible(made: Case, found: list[Body], needs: tuple[int, ...]) -> bool:
    """Say whether some world in which nobody is barred meets all minima and has one coordinator.

    Where the coordinator by itself is wrong in every world, that rule says so and not this one.
    """
    needs_lead = _has_roles(made) and "not-met" not in _led(found)
    for world in itertools.product(*(_parts(made, body) for body in found)):
        leads = [part for part in world if part.leads]
        led = len(leads) == 1 and not leads[0].abroad
        if (led or not needs_lead) and _weighed((part.view for part in world), needs)[1]:
            return True
    return False


def _has_roles(made: Case) -> bool:
    return made.roles == "all" or any(row.role == "coordinator" for row in made.rows)


def _led(found: list[Body]) -> tuple[str, str]:
    """Judge how many coordinate, and where whoever coordinates is from, over all worlds."""
    leads = [
        {(r.present and r.role == "coordinator", _inside(r)) for r in b.readings} for b in found
    ]
    leads = [{(lead, inside or not lead) for lead, inside in each} for each in leads]
    worlds = list(itertools.product(*leads))
    numbers = {sum(lead for lead, _ in world) == 1 for world in worlds}
    one = {frozenset({True}): "met", frozenset({False}): "not-met"}.get(frozenset(numbers))
    single = {all(i for _, i in world) for world in worlds if sum(lead for lead, _ in world) == 1}
    wrong = _each(
        found, lambda _, r: 2 * (r.present and r.role == "coordinator" and not _inside(r))
    )
    return one or "to-check", "not-met" if single == {False} else wrong


def _ranged(low: int, high: int, need: int) -> str:
    return "met" if low >= need else "not-met" if high < need else "to-check"


def _each(found: list[Body], fault: Callable[[Body, Reading], int]) -> str:
    """Judge what each body can break by itself; a fault is 2 for broken, 1 for doubtful."""
    faults = [{fault(body, reading) for reading in body.readings} for body in found]
    if {2} in faults:
        return "not-met"
    return "to-check" if any(max(each) for each in faults) else "met"


def _persons(made: Case, found: list[Body]) -> dict[str, Expected]:
    one, country = _led(found) if _has_roles(made) else ("not-checked", "not-checked")

    def outside(leads: int, listed: int) -> str:
        return _each(found, lambda _, reading: _outside(made, reading, leads, listed))

    differ = "to-check" if any(body.contradicts for body in found) else "met"
    status = any(len({presence(r, made.rows) for r in body.rows}) > 1 for body in found)
    return {
        "one-coordinator": Expected(one),
        "coordinator-country": _calm(country),
        "excluded-countries": _calm(_each(found, lambda _, reading: _excluded(made, reading))),
        "non-associated-countries": _calm(
            *itertools.starmap(outside, itertools.product((1, 0), (0, 1)))
        ),
        "unique-organisations": Expected(differ, also=("to-check",) if status else ()),
    }


def _calm(*outcomes: str) -> Expected:
    """Expect the first; the design leaves open the others, and what a rule says of nobody."""
    nobody = NOBODY if "met" in outcomes else ()
    return Expected(outcomes[0], also=(*outcomes, *nobody))


def _excluded(made: Case, reading: Reading) -> int:
    applies = reading.present and reading.role in APPLICANTS
    if reading.country in UNLISTED:
        return 2 * applies
    if reading.country not in EXCLUDED or not reading.present or reading.role == "subcontractor":
        return 0
    named = made.call == "2023" or (reading.country == "BY" and made.lot == "innovation")
    return 2 if applies or named else 1


def _outside(made: Case, reading: Reading, leads: int, listed: int) -> int:
    """Judge a partner from outside.

    The design leaves open whether a coordinator, and whoever another rule excludes by country, is
    named here once more: *leads* and *listed* say whether they are.
    """
    if not reading.present or reading.role not in APPLICANTS[1 - leads :]:
        return 0
    if reading.country in EXCLUDED | UNLISTED:
        return 2 * listed
    near = reading.country in NEAR and made.lot != "innovation"
    return 2 * (made.call != "2023" and (near or reading.country in FAR))


def _papers(made: Case, found: list[Body]) -> dict[str, Expected]:
    expected = {"valid-charter": _charter(made, found)}
    if (made.call, made.lot) == ("2023", "skills"):
        expected["pact-for-skills"] = Expected("not-checked")
        if made.pact:
            expected["pact-for-skills"] = Expected(_pact(found))
    return expected


def _pact(found: list[Body]) -> str:
    def outside(body: Body, reading: Reading) -> int:
        needed = reading.present and reading.role != "subcontractor"
        return 2 * (body.rows[0].pact == "no" and needed)

    return _each(found, outside)


def _charter(made: Case, found: list[Body]) -> Expected:
    def uncertified(roles: Iterable[str]) -> Callable[[Body, Reading], int]:
        def fault(body: Body, reading: Reading) -> int:
            return 2 * (body.rows[0].eche == "no" and _university(reading, roles))

        return fault

    if made.lot == "stem":
        return _calm("met")
    column = made.charter and any(row.eche for row in made.rows)
    sure = [all(_university(r, COUNTING) for r in body.readings) for body in found]
    may = any(r.typed[2] or r.function[2] for body in found for r in body.readings)
    if not column:
        first = "not-checked" if any(sure) else "not-applicable"
        return Expected(
            first, also=("not-checked", "not-applicable") if may and not any(sure) else ()
        )
    worst = _each(found, uncertified(APPLICANTS)), _each(found, uncertified(tuple(ROLES)))
    blank = any(not body.rows[0].eche for body in found)
    calm = ("not-checked",) if blank else ()
    return Expected(worst[0], also=(*worst, *(calm + NOBODY if "met" in worst else ())))


def _university(reading: Reading, roles: Iterable[str]) -> bool:
    inside = reading.country in COUNTED or reading.country.startswith("new")
    return reading.present and reading.role in roles and inside and bool(reading.typed[2])


def _money(made: Case, found: list[Body]) -> dict[str, Expected]:
    named = made.duration in made.ceilings
    length = "not-checked" if made.duration is None else "met" if named else "to-check"
    grants = _sums(made, found) if any(row.share for row in made.rows) else set()
    if made.grant is not None:
        grants = {made.grant}
    rates = set()
    if made.total is not None:
        rates = {"not-met" if grant > made.total * 4 / 5 + 1 else "met" for grant in grants}
    return {
        "duration": Expected(length),
        "grant-ceiling": Expected(_either({_requested(made, grant) for grant in grants})),
        "co-financing-rate": Expected(_either(rates)),
        "partner-shares": _shares(made, found),
    }


def _sums(made: Case, found: list[Body]) -> set[Decimal]:
    """Add up the shares; that of a repeated line may be the same money again."""
    options = []
    for body in found:
        paid = [row for row in body.rows if presence(row, made.rows) != "declined"]
        shares = [Decimal(row.share) for row in paid if row.share not in UNREAD]
        each = {sum(shares, Decimal(0)), *shares}
        here = {reading.present for reading in body.readings}
        options.append({amount * present for amount in each for present in here})
    return {sum(world, Decimal(0)) for world in itertools.product(*options)}


def _either(outcomes: set[str]) -> str:
    first, *others = outcomes or {"not-checked"}
    return "to-check" if others else first


def _requested(made: Case, grant: Decimal) -> str:
    """Judge a grant, which is the least that it can be where a share is missing or unread."""
    outcome = _ceiling(made, grant)
    if outcome != "met" or made.grant is not None:
        return outcome
    if any(row.share == UNREAD[0] for row in made.rows):
        return "to-check"
    blank = any(not row.share for row in made.rows if row.role in APPLICANTS)
    return "not-checked" if blank else outcome


def _ceiling(made: Case, grant: Decimal) -> str:
    limits = made.ceilings
    if made.duration is None:
        unknown = "met" if grant <= min(limits.values()) else "to-check"
        return "not-met" if grant > max(limits.values()) else unknown
    below = [months for months in limits if months <= made.duration]
    if grant > limits[max(below) if below else min(limits)]:
        return "not-met"
    return "met" if below else "to-check"


def _shares(made: Case, found: list[Body]) -> Expected:
    shares = [row.share for row in made.rows if row.share]
    unpaid = _each(found, _paid_in_vain)
    if unpaid != "met":
        return Expected(unpaid)
    if not shares:
        return Expected("not-checked")
    if made.grant is None:
        return Expected("met", also=("not-checked", "not-applicable", "to-check"))
    far = {abs(summed - made.grant) > len(shares) for summed in _sums(made, found)}
    return Expected("to-check" if any(far) else "met")


def _paid_in_vain(body: Body, reading: Reading) -> int:
    paid = any(row.share for row in body.rows)
    return 2 * (reading.present and reading.role == "associated-partner" and paid)


class Judgement(NamedTuple):
    """What a consortium deserves."""

    verdict: str
    rules: dict[str, Expected]


def judge(made: Case) -> Judgement:
    """Judge a consortium by trying all readings."""
    found = bodies(made)
    rules = _minima(made, found) | _persons(made, found) | _papers(made, found)
    rules |= _money(made, found)
    return Judgement(verdict(each.outcome for each in rules.values()), rules)


def verdict(outcomes: Iterable[str]) -> str:
    """Draw the verdict from what the rules answer."""
    answers = set(outcomes)
    if "not-met" in answers:
        return "not-eligible"
    return "undecided" if "to-check" in answers else "eligible"


def shown(made: Case) -> str:
    """Return a consortium with what it deserves, enough to see a disagreement through."""
    judgement = judge(made)
    options = f"lot={made.lot!r}, call={made.call!r}, duration={made.duration}, grant={made.grant}"
    lines = [f"seed {made.seed}: {options}, total={made.total}", made.csv(), judgement.verdict]
    lines += [f"  {rule:30} {expected}" for rule, expected in judgement.rules.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(shown(case(int(sys.argv[1]))) + "\n")

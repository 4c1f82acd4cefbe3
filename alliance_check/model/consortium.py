"""A consortium as it was understood: the partners, their project, its money and its length.

All values are frozen, so that a stage can only make new ones. ``None`` means that a value could not
be read, or that nothing was given, as each field says. Money is in EUR (``Decimal``), time in
months.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from alliance_check.model.message import Message, eur, say
from alliance_check.model.outcome import Outcome
from alliance_check.model.sheet import Cell, Remark


class Role(Enum):
    """What a partner is in the proposal; UNKNOWN when the cell could not be read."""

    COORDINATOR = "coordinator"
    FULL_PARTNER = "full-partner"
    AFFILIATED_ENTITY = "affiliated-entity"
    ASSOCIATED_PARTNER = "associated-partner"
    SUBCONTRACTOR = "subcontractor"
    UNKNOWN = "unknown"


class Presence(Enum):
    """Whether a partner is in the consortium."""

    CONFIRMED = "confirmed"
    POSSIBLE = "possible"
    DECLINED = "declined"


class Group(Enum):
    """What the call calls a country."""

    EU = "eu"
    ASSOCIATED = "associated"
    OTHER = "other"
    EXCLUDED = "excluded"
    UNKNOWN = "unknown"


class Said(Enum):
    """What a yes/no cell says; NO_COLUMN when the sheet has no such column."""

    YES = "yes"
    NO = "no"
    BLANK = "blank"
    UNREAD = "unread"
    NO_COLUMN = "no-column"


class Gap(Enum):
    """Why the upper end of an amount is open."""

    NONE = "none"
    BLANK = "blank"
    UNREAD = "unread"


# What an organisation can count as; the words of the JSON report.
FUNCTIONS = LABOUR, EDUCATION, HEI, VET = "labour-market", "education", "hei", "vet"


@dataclass(frozen=True)
class Functions:
    """What an organisation counts as for sure, and what it may count as."""

    sure: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()


class Holder(NamedTuple):
    """An entry in the list of charter holders; a date is None where the list gives none."""

    name: str
    start: date | None
    end: date | None


class Listing(NamedTuple):
    """What the list of charter holders says of a partner; ``near`` are names like its own."""

    holders: tuple[Holder, ...]
    near: tuple[str, ...] = ()


class Double(NamedTuple):
    """Partners that may be one organisation: at least one of them takes part.

    *names* are the cells of all their names, *cells* say it of the partner itself and of another.
    """

    names: tuple[Cell, ...]
    cells: tuple[Cell, Cell]


@dataclass(frozen=True, slots=True)
class Partner:
    """One row of the sheet. ``country`` None and ``kinds`` empty mean unread."""

    row: int | None
    name: str
    cells: Mapping[str, Cell]
    country: str | None = None
    role: Role = Role.FULL_PARTNER
    presence: Presence = Presence.CONFIRMED
    doubt: Message | None = None
    """Why it is only possible; None where it is not."""
    kinds: tuple[str, ...] = ()
    functions: Functions = Functions()
    overruled: frozenset[str] = frozenset()
    """What the column "Counts as" says against the type."""
    charter: Said = Said.NO_COLUMN
    charter_until: date | None = None
    """The day on which its charter ends, where the sheet says so."""
    pact: Said = Said.NO_COLUMN
    listing: Listing | None = None
    """What a list of charter holders says of it; None without such a list."""
    parent: str = ""
    """The beneficiary that an affiliated entity belongs to."""
    share: Decimal | None = None
    pic: str = ""
    oid: str = ""
    same_as: Cell | None = None
    """The name cell of the row that stands for this organisation, when it is listed twice."""
    twin_differs: bool = False
    """Whether the rows of an organisation listed twice disagree."""
    double: Double | None = None
    """Partners that may be the same organisation, under another name or in another city."""
    open: tuple[Remark, ...] = ()
    """Texts beside it that were not understood: the minima must not need it, all else is sure."""
    countries: frozenset[str] = frozenset()
    """What an unread country may be; empty where it may be any."""
    texts: Mapping[str, str] = field(default_factory=dict, compare=False)
    """What stands in the cell of each field, as the sheet has it."""

    @property
    def possible_countries(self) -> frozenset[str]:
        """The countries that it may be from; empty where it may be any."""
        return self.countries if self.country is None else frozenset({self.country})

    def cell(self, field_name: str) -> Cell:
        """Return the cell of a field, or the name's where the sheet has no such column."""
        return self.cells.get(field_name) or self.cells["name"]


@dataclass(frozen=True)
class Amount:
    """A sum of money in EUR as a range; ``high`` None when no upper end is known."""

    low: Decimal
    high: Decimal | None
    origin: str
    gap: Gap = Gap.NONE
    cells: tuple[Cell, ...] = ()

    @property
    def exact(self) -> Decimal | None:
        """The amount, where it is one number."""
        return self.low if self.low == self.high else None

    @property
    def words(self) -> Message:
        """The amount in a sentence: one number, a range, or a lower bound and why."""
        if self.exact is not None:
            return say("{low}", low=eur(self.low))
        if self.gap is Gap.BLANK:
            return say("at least {low} (some cells are blank)", low=eur(self.low))
        if self.high is None:
            return say("at least {low} (some cells could not be read)", low=eur(self.low))
        return say("{low} to {high}", low=eur(self.low), high=eur(self.high))

    def at_most(self, lowest: Decimal, highest: Decimal | None) -> Outcome:
        """Compare with a limit that is somewhere between two amounts.

        Above every limit is not met, at or below the lowest is met. An amount that may pass the
        limit only because cells are blank claims nothing; whatever else is open is to check.
        """
        if highest is not None and self.low > highest:
            return Outcome.NOT_MET
        if self.high is not None and self.high <= lowest:
            return Outcome.MET
        only_blank = self.gap is Gap.BLANK and (highest is None or self.low <= lowest)
        return Outcome.NOT_CHECKED if only_blank else Outcome.TO_CHECK


class Duration(NamedTuple):
    """The length of the project; ``months`` None when the cell could not be read."""

    months: int | None
    origin: str
    cell: Cell | None = None


class Ecosystem(NamedTuple):
    """The industrial ecosystems that the sheet names; ``unread`` when a part is none of them."""

    names: tuple[str, ...]
    unread: bool
    cell: Cell | None


@dataclass(frozen=True)
class Project:
    """What is said of the project as a whole; None where nothing is said."""

    duration: Duration | None = None
    grant: Amount | None = None
    total: Amount | None = None
    shares: Amount | None = None
    ecosystem: Ecosystem | None = None
    redealt: bool = False
    """Whether the grant is another one than that to which the shares in the sheet add up."""


@dataclass(frozen=True)
class Consortium:
    """The partners in the order of the sheet, the project, and which columns there are."""

    partners: tuple[Partner, ...]
    project: Project = field(default_factory=Project)
    columns: frozenset[str] = frozenset()

    @cached_property
    def taking_part(self) -> tuple[Partner, ...]:
        """Every organisation once, without those that declined."""
        return tuple(
            partner
            for partner in self.partners
            if partner.same_as is None and partner.presence is not Presence.DECLINED
        )

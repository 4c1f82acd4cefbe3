"""What a check says: answers, findings, advice and the report that every output renders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from alliance_check.model.call import Call, Clause, Lot
from alliance_check.model.consortium import Consortium, Group
from alliance_check.model.message import Message
from alliance_check.model.outcome import Outcome, Verdict
from alliance_check.model.settings import Heeded, Idle
from alliance_check.model.sheet import (
    Cell,
    Problem,
    Remark,
)

TOOL = "alliance-check"
CALL = "call"
"""The finding that two calls differ where none is named; no rule of a rulebook."""

REPORT = "alliance_check_report"
"""The name in a workbook that marks it as a report, so that nobody takes it for a partner list."""

OVERRULED = "overruled-word"
"""The problem of a cell that a configuration reads otherwise than everybody does."""


class Count(NamedTuple):
    """How many there are, over all readings of unread cells.

    >>> print(Count(3, 4).at_least(4).value, Count(4, 6).at_least(4).value, Count(3, 4))
    to-check met 3–4
    >>> print(Count(2, 3).at_least(4).value, Count(3, 3))
    not-met 3
    """

    low: int
    high: int

    def at_least(self, need: int) -> Outcome:
        """Compare with a minimum."""
        if self.low >= need:
            return Outcome.MET
        return Outcome.NOT_MET if self.high < need else Outcome.TO_CHECK

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}–{self.high}"


@dataclass(frozen=True)
class Caution:
    """Something in this sheet on which the sources differ; it leaves the outcome alone.

    ``in_verdict`` marks the few that the verdict line itself must carry.
    """

    message: Message
    cells: tuple[Cell, ...] = ()
    in_verdict: bool = False


@dataclass(frozen=True)
class Answer:
    """What one rule says of one consortium; ``hint`` is the way out."""

    outcome: Outcome
    message: Message
    need: int | None = None
    count: Count | None = None
    cells: tuple[Cell, ...] = ()
    cautions: tuple[Caution, ...] = ()
    hint: Message | None = None
    need_eur: Decimal | None = None
    have_eur: Decimal | None = None
    exactly: bool = False
    """Whether only the needed number will do, not more."""

    @property
    def room(self) -> int | None:
        """How many more there surely are than are needed; None for a rule that counts nothing."""
        return None if self.count is None or self.need is None else self.count.low - self.need


@dataclass(frozen=True)
class Finding:
    """An answer with the identity of its rule and the clause behind it."""

    rule: str
    title: Message
    answer: Answer
    clause: Clause

    @property
    def outcome(self) -> Outcome:
        """The outcome of the answer."""
        return self.answer.outcome


class Classification(NamedTuple):
    """What one partner is under this call: which country it counts as, and towards what."""

    counts_as_country: str | None
    group: Group
    counts_as: tuple[str, ...]
    may_count_as: tuple[str, ...]
    as_partner: Count = Count(0, 0)
    """Towards the number of full partners: 1, 0 or, where that is open, 0–1."""


@dataclass(frozen=True)
class Input:
    """What was read: the name as given, a fingerprint, and where the table stood."""

    file: str
    sha256: str
    sheet: str | None
    header_row: int
    notes: tuple[Message, ...] = ()
    project: str = ""
    """Which consortium of a file that holds many; empty where it holds one."""

    @property
    def name(self) -> str:
        """What people call the consortium: the file, and which of those in it."""
        return f"{self.file} ({self.project})" if self.project else self.file


class Newest(NamedTuple):
    """What the newest rulebook says of the same consortium."""

    call: str
    verdict: Verdict
    findings: tuple[Finding, ...]
    differs: tuple[str, ...]
    deadline: datetime | None = None


@dataclass(frozen=True)
class Waiver:
    """What a gate lets pass: the finding of a rule, why, by whom and until when.

    ``file`` is a glob; ``cell`` or ``partner`` limits the waiver to findings on them. Without a
    rule, it is about all findings on the cell.
    """

    rule: str
    reason: str
    file: str | None = None
    cell: str | None = None
    partner: str | None = None
    by: str | None = None
    until: date | None = None


class Unused(NamedTuple):
    """A waiver without effect, and why it has none."""

    waiver: Waiver
    why: Message


class Gate(NamedTuple):
    """The outcome of a gate: an exit code of its own, while the verdict stays what it is."""

    exit_code: int
    fail_on: str
    waived: tuple[Waiver, ...] = ()
    unused: tuple[Unused, ...] = ()
    expired: tuple[Waiver, ...] = ()


class Repair(NamedTuple):
    """A cheapest set of changes: what it costs, the changes as ``--what-if`` takes them, in words.

    A sentence may stand for several changes; *notes* say what is taken for granted.
    """

    cost: int
    changes: tuple[str, ...]
    sentences: tuple[Message, ...]
    notes: tuple[Message, ...] = ()

    @property
    def text(self) -> str:
        """The sentences and notes, in English."""
        return " ".join(map(str, (*self.sentences, *self.notes)))


class Margins(NamedTuple):
    """How safe a yes is: the room of each minimum, and whose leaving would break one."""

    room: Mapping[str, int]
    critical: tuple[Cell, ...] = ()
    """The name cells of the partners none of which can be lost."""
    fewest: int = 0
    """The smallest number of partners whose leaving breaks a minimum; 0 when one is broken."""
    example: tuple[Cell, ...] = ()


class Advice(NamedTuple):
    """What to change, or why nothing helps, and how much room there is."""

    margins: Margins
    repairs: tuple[Repair, ...] = ()
    none: Message | None = None
    """Why there is no repair of a consortium that is not eligible."""
    alone: tuple[str, ...] = ()
    """Cheapest changes, as ``--what-if`` takes them, each of which is enough by itself."""


class WhatIf(NamedTuple):
    """The changes with which a consortium was judged, and what was found without them."""

    changes: tuple[str, ...]
    verdict_before: Verdict
    findings_before: tuple[Finding, ...]


class OpenText(NamedTuple):
    """A text that was not understood, the partners beside whom it stands, and the way out.

    *partners* are their name cells and names; *decides* says that the verdict hangs on it.
    """

    remark: Remark
    partners: tuple[tuple[Cell, str], ...]
    decides: bool
    way_out: Message


@dataclass(frozen=True)
class Report:
    """The whole answer, from which every output is rendered."""

    input: Input
    call: Call
    lot: Lot
    consortium: Consortium
    classifications: tuple[Classification, ...]
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    verdict: Verdict
    newest: Newest | None = None
    with_all_possible: Verdict | None = None
    version: str = ""
    gate: Gate | None = None
    """None without a limit or a waiver."""
    advice: Advice | None = None
    """None without advice."""
    what_if: WhatIf | None = None
    """The changes with which it was judged; None for the sheet as it stands."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Where call and lot were named: a cell, an option, the configuration; absent if nowhere."""
    open_texts: tuple[OpenText, ...] = ()
    """What was not understood beside partners, in the order of the sheet."""
    settings: tuple[Heeded, ...] = ()
    """What an office says of open texts, where it settled some."""
    idle_settings: tuple[Idle, ...] = ()
    """What it says without effect."""
    call_verdict: Verdict | None = None
    """The verdict under ``call`` alone, where none is named and the newest call's differs."""

    @property
    def file(self) -> str:
        """The file, as it was given."""
        return self.input.file

    @property
    def name(self) -> str:
        """What people call the consortium: the file, and which of those in it."""
        return self.input.name

    @property
    def exit_code(self) -> int:
        """The exit code of the verdict alone."""
        return self.verdict.exit_code

    def outcome(self, rule: str) -> Outcome | None:
        """Return what a rule answered; None where the lot does not have it."""
        return next((f.outcome for f in self.findings if f.rule == rule), None)

    @property
    def second_call(self) -> Newest | None:
        """The newest call, where none is named and the verdict is that of both."""
        return None if CALL in self.origins else self.newest

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """The findings under every call that the verdict is about."""
        second = self.second_call
        return self.findings if second is None else (*self.findings, *second.findings)

    @property
    def not_checked(self) -> tuple[str, ...]:
        """Ids of the rules that this sheet has no column for."""
        return tuple(f.rule for f in self.findings if f.outcome is Outcome.NOT_CHECKED)


class FilePlace(NamedTuple):
    """A cell of a file, or the file as a whole."""

    file: str
    cell: Cell | None = None

    def __str__(self) -> str:
        return self.file if self.cell is None else f"{self.file} {self.cell}"


@dataclass(frozen=True)
class Failure:
    """A run that could not judge, as a member of a batch or on its own."""

    file: str
    exit_code: int
    code: str
    message: Message | str
    version: str = ""

    @property
    def verdict(self) -> None:
        """None, for nothing was judged."""
        return None

    @property
    def name(self) -> str:
        """What people call it: the file, as nothing is known of what is in it."""
        return self.file

    @property
    def sentence(self) -> str:
        """Why nothing could be judged, in the language of the block."""
        return str(self.message)


class Observation(NamedTuple):
    """One thing that several files say together: which kind, in words, and where."""

    id: str
    message: Message
    places: tuple[FilePlace, ...]


Result = Report | Failure
"""What a run says of one consortium under one lot: a report, or why there is none."""

"""The whole check, from bytes to report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from alliance_check import __version__, rulebook
from alliance_check.calls import CallAndLots, call_and_lots, judge
from alliance_check.evaluate import classified, evaluate, verdict
from alliance_check.model.call import Call, Lot
from alliance_check.model.consortium import Presence
from alliance_check.model.errors import UnreadableFile, WrongUsage
from alliance_check.model.message import Message, listed, say
from alliance_check.model.outcome import Verdict
from alliance_check.model.report import OVERRULED, Advice, Input, Report, WhatIf
from alliance_check.model.sheet import (
    Cell,
    Problem,
    Workbook,
)
from alliance_check.open_texts import open_texts
from alliance_check.parse import (
    Dictionary,
    Named,
    Parsed,
    Reading,
    finished,
    parse_all,
    with_all_possible,
)
from alliance_check.readers import Limits, guesses, read
from alliance_check.text.folding import fold

if TYPE_CHECKING:
    from alliance_check.advice.changes import Change
    from alliance_check.parse.consortium.draft import Basis


@dataclass(frozen=True)
class Options(Reading):
    """What the caller says beyond the file, in one record for the whole check.

    Parsing takes the part of it that it declares itself: what is said of the project, and how the
    file is to be read. *lot* and *call* are ids; without a lot the one that the workbook names is
    taken, or every lot of the call; without a call the one that it names, or 2023 and the newest
    are both judged. *project* picks one consortium of a file that holds many. *fingerprint* is
    whether the report holds one of the file; *advice*, whether it says what to change, or how safe
    a yes is. *changes* are made to the consortium before it is judged. *overruled* says of own
    words, folded, what they mean to everybody else. *rulebooks* replaces those of the package, for
    tests.
    """

    lot: str | None = None
    call: str | None = None
    project: str | None = None
    strict: bool = False
    encoding: str | None = None
    fingerprint: bool = True
    limits: Limits = field(default_factory=Limits)
    advice: bool = True
    changes: tuple[Change, ...] = ()
    overruled: Mapping[str, Message] = field(default_factory=dict)
    rulebooks: Mapping[str, Call] = field(default_factory=dict)

    def load(self, call: str) -> Call:
        """Return the rulebook of a call."""
        return self.rulebooks.get(call) or rulebook.load_call(call)


def check(  # noqa: PLR0913 - what the command line can say, by name
    source: Path | str | bytes,
    *,
    lot: str,
    call: str | None = None,
    name: str = "partners.csv",
    duration: int | None = None,
    grant: Decimal | int | None = None,
    total: Decimal | int | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    strict: bool = False,
) -> Report:
    """Check one partner sheet, given as a path or as bytes, for one lot.

    *lot* is any name of a lot; *duration* is in months, *grant* and *total* in EUR; *name* tells
    what bytes are called.

    :raises AllianceCheckError: when the file or the rulebook cannot be used.
    """
    options = Options(
        lot=rulebook.lot_named(lot),
        call=call,
        duration=duration,
        grant=None if grant is None else Decimal(grant),
        total=None if total is None else Decimal(total),
        strict=strict,
        encoding=encoding,
        sheet=sheet,
    )
    if isinstance(source, bytes):
        return check_file(source, name, options)[0]
    path = Path(source)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            "{name} cannot be read: {reason}.", name=path.name, reason=error.strerror or "unknown"
        ) from error
    return check_file(content, path.name, options)[0]


class Checked(NamedTuple):
    """A report, with what the consortium is made of and the options of the check."""

    report: Report
    basis: Basis
    options: Options

    def again(self, basis: Basis) -> Report:
        """Judge the consortium that *basis* makes, with the same options."""
        report = self.report
        under = CallAndLots(report.call, (report.lot,), report.origins)
        again = _report(report.input, finished(basis), under, report.lot, self.options)
        overruled = tuple(p for p in report.problems if p.id == OVERRULED)
        return replace(again, problems=(*overruled, *again.problems))

    def changed(self, changes: Iterable[Change]) -> Checked:
        """Judge the consortium with all changes made.

        :raises WrongUsage: when a change names no partner, or a value that means nothing.
        """
        from alliance_check.advice.what_if import apply

        basis, before = apply(self.basis, changes), self.report
        what_if = WhatIf(tuple(map(str, changes)), before.verdict, before.findings)
        return Checked(replace(self.again(basis), what_if=what_if), basis, self.options)


def check_file(content: bytes, name: str, options: Options) -> tuple[Report, ...]:
    """Check a file: one report for each lot where none is named, and for each project.

    :raises AllianceCheckError: when the file or the rulebook cannot be used.
    """
    return tuple(checked.report for checked in checked_file(content, name, options))


def checked_file(content: bytes, name: str, options: Options) -> tuple[Checked, ...]:
    """Check a file as ``check_file`` does, keeping what each consortium is made of.

    :raises AllianceCheckError: when the file or the rulebook cannot be used.
    """
    book = read_book(content, name, options)
    digest = ""
    if options.fingerprint:
        import hashlib  # loads a large library, for a number that people are not shown

        digest = hashlib.sha256(content).hexdigest()
    named = list(parse_all(book, options))
    if options.project is not None:
        named = _only(named, options.project)
    if options.changes and len(named) > 1:
        raise WrongUsage("--what-if is about one consortium of the file; pick one by --project.")
    checked = []
    overruled = tuple(_overruled(book, options.overruled))
    for one in named:
        under = call_and_lots(one.parsed, options.call, options.lot, options, options.load)
        notes = (*book.notes, *one.table.notes, *one.parsed.notes)
        sheet, header_row = one.table.sheet.name, one.table.header_row
        read_as = Input(name, digest, sheet, header_row, notes, one.name)
        for lot in under.lots:
            report = _report(read_as, one.parsed, under, lot, options)
            report = replace(report, problems=(*overruled, *report.problems))
            found = Checked(report, one.parsed.basis, options)
            checked.append(found.changed(options.changes) if options.changes else found)
    return tuple(checked)


def read_book(content: bytes, name: str, options: Options) -> Workbook:
    """Read the sheets; of several encodings take the one in which most countries are known."""
    tried = guesses(content, name) if options.encoding is None else ()
    if not tried:
        return read(content, name, options.limits, options.encoding)
    # Few texts leave their encoding open.
    from alliance_check.parse.table.find import legibility

    words, sheet = Dictionary(options.words), options.sheet
    found: dict[str, Workbook] = {}
    for encoding in tried:
        with suppress(UnreadableFile):
            found[encoding] = read(content, name, options.limits, encoding)
    best = max(found, key=lambda encoding: legibility(found[encoding], sheet, words), default=None)
    if best is None:
        return read(content, name, options.limits)
    note = say(
        "The text is no UTF-8; it was read as {encoding}, in which most of it is known.",
        encoding=best,
    )
    return replace(found[best], notes=(*found[best].notes, note))


def _overruled(book: Workbook, words: Mapping[str, Message]) -> Iterator[Problem]:
    """Yield the first cell with each word that an office gave another meaning."""
    if not words:
        return
    left = dict(words)
    for sheet in book.sheets:
        for row, cells in enumerate(sheet.rows, 1):
            for column, content in enumerate(cells, 1):
                message = left.pop(fold(content), None) if isinstance(content, str) else None
                if message is not None:
                    cell = Cell(sheet.name, row, column)
                    yield Problem(OVERRULED, cell, str(content), message, None)


def _only(found: list[Named], project: str) -> list[Named]:
    """Return the consortium of a project, and no other.

    :raises WrongUsage: when there is none.
    """
    named = [one for one in found if one.name == project]
    if not named:
        raise WrongUsage(
            "--project: there is no project {project}; there are {there}.",
            project=repr(project),
            there=listed([one.name for one in found if one.name] or ["none"], 10),
        )
    return named


def _report(
    read_as: Input, parsed: Parsed, under: CallAndLots, lot: Lot, options: Options
) -> Report:
    consortium, call, strict = parsed.consortium, under.call, options.strict
    found = judge(consortium, under, lot, options.load(rulebook.newest()), strict=strict)
    own = found.call_verdict or found.verdict
    possible = None
    if any(partner.presence is Presence.POSSIBLE for partner in consortium.partners):
        everyone = with_all_possible(parsed.basis)
        possible = verdict(evaluate(everyone, call, lot, strict=strict))
    report = Report(
        input=read_as,
        call=call,
        lot=lot,
        consortium=consortium,
        classifications=classified(consortium.partners, call),
        findings=found.findings,
        problems=parsed.problems,
        verdict=found.verdict,
        newest=found.newest,
        with_all_possible=possible,
        version=__version__,
        advice=_advice(parsed, call, lot, own, options) if options.advice else None,
        origins=under.origins,
        settings=parsed.basis.heeded,
        idle_settings=parsed.basis.idle,
        call_verdict=found.call_verdict,
    )
    return replace(report, open_texts=open_texts(parsed, report.all_findings, report.verdict))


def _advice(parsed: Parsed, call: Call, lot: Lot, found: Verdict, options: Options) -> Advice:
    """Return advice, loading the search for changes only where some are needed."""
    if found is Verdict.ELIGIBLE:
        from alliance_check.advice.margins import margins

        return Advice(margins(parsed.consortium, call, lot))
    from alliance_check.advice.repair import advise

    return advise(parsed.basis, call, lot, strict=options.strict)

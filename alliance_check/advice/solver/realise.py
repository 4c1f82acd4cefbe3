"""From a solution to changes: which countries are filled in, and which new partners come."""

from __future__ import annotations

from collections.abc import Iterator

from alliance_check.advice.changes import Change
from alliance_check.advice.options import FRESH, Organisation
from alliance_check.advice.solver.problem import Missing, Solution
from alliance_check.model.call import Call
from alliance_check.model.consortium import HEI, LABOUR, VET, Consortium, Role
from alliance_check.text.folding import fold


class Realiser:
    """Writes out solutions for one consortium; *lead* is who becomes coordinator if one must."""

    def __init__(self, consortium: Consortium, call: Call, lead: Organisation | None) -> None:
        self._call, self._lead = call, lead
        partners = [p for p in consortium.partners if p.same_as is None]
        self._present = {call.state(p.country) for p in partners}
        self._names = [(fold(p.name), call.state(p.country)) for p in partners]
        self._by_cell = {p.cells["name"]: fold(p.name) for p in consortium.partners}

    def changes(self, solution: Solution) -> tuple[Change, ...]:
        """Return the changes of a solution: in the order of the sheet, new partners last."""
        counted = {o.country for o in solution.options if o.counted and o.country != FRESH}
        fresh = self._countries(counted)
        found = [change for option in solution.options for change in option.changes]
        if solution.promotes and self._lead is not None:
            cell = self._lead.partner.cells["name"]
            found.append(Change("role", cell, Role.COORDINATOR.value))
        found.sort(key=lambda change: (change.cell is None, change.cell or (), change.verb))
        filled = [self._filled(change, fresh) for change in found]
        return (*filled, *additions(solution.missing, fresh))

    def _countries(self, counted: set[str]) -> Iterator[str]:
        """Yield countries, those first that nobody in the sheet is from."""
        call = self._call
        everyone = [*sorted(call.member_states), *sorted(call.associated)]
        yield from (code for code in everyone if code not in self._present)
        yield from (code for code in everyone if code in self._present - counted)
        while True:
            yield from everyone

    def _filled(self, change: Change, fresh: Iterator[str]) -> Change:
        """Return the change with a country; not one that would make two rows one organisation."""
        if change.verb != "country" or change.value:
            return change
        name = self._by_cell.get(change.cell) if change.cell else None
        taken = {country for other, country in self._names if other == name}
        return change._replace(value=next(code for code in fresh if code not in taken))


def additions(missing: Missing, fresh: Iterator[str]) -> Iterator[Change]:
    """Yield the new partners that bring what is missing, each from another country."""
    what = [HEI] * missing.hei + [VET] * missing.vet + [LABOUR] * missing.labour
    what += [VET] * missing.education
    what += [LABOUR] * (missing.additions - len(what))
    for one in what:
        yield Change("add", None, f"{next(fresh)}:{one}")

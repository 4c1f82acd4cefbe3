"""The program with one more rule and one more format, in a process of its own.

Both are put into their lists before anything else is loaded, as if they stood in the code: a rule
(no more than half of the applicants come from one country) and a format (flat YAML). Commands come
in as JSON on standard input, a list of arguments each; what each left behind goes out as JSON.
"""

from __future__ import annotations

import io
import json
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from functools import cache
from types import ModuleType

from alliance_check import reports, rulebook, rules
from alliance_check.model.call import Call, Lot
from alliance_check.model.consortium import Consortium, Role
from alliance_check.model.message import say
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Answer, Failure, Result
from alliance_check.rules.shared.base import Scope, Terms, everything
from cli.app import main

RULE, FORMAT = "half-from-one-country", "yaml"
MANUAL = "No more than half of the applicants may come from one country.\n\nAn invented rule."


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Compare the country with most applicants with half of them."""
    del terms
    applicants = [p for p in consortium.partners if p.role in {Role.COORDINATOR, Role.FULL_PARTNER}]
    most = max(Counter(p.country for p in applicants if p.country).values(), default=0)
    unread = [p.cells["country"] for p in applicants if p.country is None]
    half = len(applicants) // 2
    message = say("{most} of {all} applicants from one country", most=most, all=len(applicants))
    if most > half:
        return Answer(Outcome.NOT_MET, message, hint=say("Add partners from other countries."))
    if most + len(unread) > half:
        return Answer(Outcome.TO_CHECK, message, cells=tuple(unread))
    return Answer(Outcome.MET, message)


def render(results: Sequence[Result]) -> str:
    """Return a list of mappings with the verdict and every outcome."""
    return "".join(map(_document, results))


def _document(result: Result) -> str:
    if isinstance(result, Failure):
        return f"- error: {result.code}\n"
    lines = [f"- verdict: {result.verdict.value}"]
    lines += [f"  {finding.rule}: {finding.outcome.value}" for finding in result.findings]
    return "".join(f"{line}\n" for line in lines)


def install() -> None:
    """Add rule, clauses and format."""
    rule = ModuleType(f"alliance_check.rules.{RULE}", MANUAL)
    title = "applicants from one country"
    vars(rule).update(
        ID=RULE, TITLE=title, SCOPE=Scope.CONSORTIUM, concerns=everything, check=check
    )
    rules.RULES = (*rules.RULES, rule)
    form = ModuleType("alliance_check.reports.made_up", "YAML, flat.")
    vars(form).update(render=render)
    sys.modules[form.__name__] = form
    reports.FORMATS[FORMAT] = reports.Format("made_up", "yaml", advice=True, what_if=True)
    load = rulebook.load_call
    rulebook.load_call = cache(lambda call: _with_clauses(load(call)))


def _with_clauses(call: Call) -> Call:
    return replace(call, lots={name: _with_clause(lot) for name, lot in call.lots.items()})


def _with_clause(lot: Lot) -> Lot:
    says = "no more than half of the applicants from one country"
    clause = replace(lot.clauses["minimum-partners"], id=RULE, says=says, value=2)
    return replace(lot, clauses={**lot.clauses, RULE: clause})


def _run(arguments: Sequence[str]) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(arguments)
    return code, out.getvalue(), err.getvalue()


if __name__ == "__main__":
    install()
    print(json.dumps([_run(arguments) for arguments in json.load(sys.stdin)]))  # noqa: T201

"""Every rule is registered, documented, has a clause in the rulebooks and cases of its own."""

import re
import tomllib
from pathlib import Path

import pytest

from alliance_check.rulebook import calls, load_call
from alliance_check.rules import RULES
from alliance_check.rules.shared.base import Rule

HERE = Path(__file__).parent
FOLDER = HERE.parent / "alliance_check" / "rules"
MODULES = sorted(p.stem for p in FOLDER.glob("*.py") if p.stem != "__init__")
IDS = [rule.ID for rule in RULES]
# The ids and their order are a promise to other programs; they are never renamed or reused.
PROMISED = (
    "minimum-countries minimum-partners minimum-labour-market-actors minimum-education-providers "
    "higher-education-partner vet-partner minima-together one-coordinator coordinator-country "
    "excluded-countries non-associated-countries unique-organisations duration grant-ceiling "
    "co-financing-rate partner-shares valid-charter pact-for-skills industrial-ecosystem "
    "restrictive-measures"
).split()


def test_the_ids_and_their_order_are_those_that_were_promised() -> None:
    kept = [rule for rule in IDS if rule in PROMISED]
    assert kept == PROMISED, "a rule's id is a promise; add new ones, never rename or move one"


def test_every_module_is_in_the_tuple() -> None:
    assert sorted(rule.ID.replace("-", "_") for rule in RULES) == MODULES, (
        "add the module to RULES in alliance_check/rules/__init__.py, at its place in the report"
    )


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_every_rule_has_a_manual(rule: Rule) -> None:
    manual = (rule.__doc__ or "").strip()
    first, _, rest = manual.partition("\n")
    assert re.fullmatch(r"[A-Z].*\.", first), (
        f"{rule.ID}: the first line of its docstring is one sentence that says what must hold"
    )
    assert rest.strip(), f"{rule.ID}: say below the first line what counts and what does not"


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_every_rule_has_a_clause_in_some_lot(rule: Rule) -> None:
    lots = [lot for call in calls() for lot in load_call(call).lots.values()]
    assert any(rule.ID in lot.clauses for lot in lots), (
        f"write [lots.<lot>.clauses.{rule.ID}] in data/calls/*.toml (see CONTRIBUTING)"
    )


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_every_rule_has_cases(rule: Rule) -> None:
    path = HERE / "cases" / f"{rule.ID}.toml"
    assert path.exists(), f"write tests/cases/{rule.ID}.toml: situations and what they deserve"
    assert tomllib.loads(path.read_text("utf-8"))["rule"] == rule.ID


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.py")), ids=lambda path: path.stem)
def test_no_rule_grows_beyond_a_page_and_a_half(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    most = 200 if path.parent == FOLDER else 300
    assert len(lines) <= most, f"{path.name} has more than {most} lines; take a part out of it"

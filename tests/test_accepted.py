"""Where the verdict hangs on kinds that may count, it says how many must be accepted, and which."""

from alliance_check.model.report import Report
from alliance_check.pipeline import Options, check_file

HEADER = "Partner name;Country;Organisation type;Counts as"
SURE = [
    "Uni A;Norway;University;",
    "Uni B;Germany;University;",
    "Colle School;France;Vocational school;",
    "Drava d.o.o.;Spain;SME;",
]


def judged(*rows: str) -> Report:
    content = "\n".join([HEADER, *SURE, *rows]).encode()
    return check_file(content, "p.csv", Options(lot="innovation"))[0]


def hint(report: Report) -> str:
    finding = next(f for f in report.findings if f.rule == "minimum-labour-market-actors")
    assert finding.outcome.value == "to-check"
    return str(finding.answer.hint)


def test_the_kinds_that_may_count_are_named_with_their_cells() -> None:
    rows = [f"Solberg {n};Italy;NGO;" for n in range(4)]
    assert hint(judged(*rows)).startswith(
        "Met if at least 2 of these 4 are accepted as labour market actors: Solberg 0 (C6), "
        "Solberg 1 (C7), Solberg 2 (C8), Solberg 3 (C9)."
    )


def test_an_unread_type_is_not_a_kind_that_may_be_accepted() -> None:
    assert "accepted" not in hint(judged("Group;Italy;NGO;", "Other;Italy;Zorp;"))

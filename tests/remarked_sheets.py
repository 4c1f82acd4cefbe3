"""Eight partners without one to lose, as text, and what is said of them in a report."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_check.model.report import Report
from alliance_check.pipeline import Options, check_file

HEADER = "Name;Country;Type;Role"
BASE = """\
Fjord;Norway;University;Coordinator
Linden;Germany;University;Full partner
Costa;Spain;Vocational school;Full partner
Nordlys;Norway;Vocational school;Full partner
Solaris;Italy;SME;Full partner
Kammerlund;Germany;Chamber of commerce;Full partner
Obrera;Spain;Trade union;Full partner
Drava;Slovenia;SME;Full partner""".splitlines()


def judged(lines: Sequence[str]) -> Report:
    return check_file("\n".join(lines).encode(), "x.csv", Options(lot="innovation"))[0]


def beside(header: str, last: str, others: str = "") -> Report:
    """Return the report on eight needed partners, the last of which has something beside it."""
    cells = [others] * 7 + [last]
    rows = [f"{line};{cell}" for line, cell in zip(BASE, cells, strict=True)]
    return judged([f"{HEADER};{header}", *rows])


def said(report: Report) -> str:
    return " ".join(map(str, report.input.notes))


def left_open(report: Report) -> str:
    """Return the texts that were left open beside partners, each once."""
    texts = dict.fromkeys(text for p in report.consortium.partners for _, text, _ in p.open)
    return " ".join(texts)

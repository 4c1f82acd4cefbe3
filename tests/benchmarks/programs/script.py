"""The script that a person would write instead: the counts of Lot 1, for clean columns.

``python script.py FILE...`` reads tables with the columns Country, Organisation type, Role and,
where a table holds several proposals, Proposal. pycountry knows English names and ISO codes.
"""

import sys

import pandas as pd
import pycountry

MEMBERS = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split()
ASSOCIATED = "NO IS LI RS MK TR".split()
LABOUR = [
    "SME",
    "Large enterprise",
    "Chamber of commerce",
    "Trade union",
    "Employers' organisation",
]
NEED = {"countries": 4, "partners": 8, "labour": 3, "education": 3, "universities": 1, "vet": 1}


def code_of(name: str) -> str | None:
    try:
        return pycountry.countries.lookup(name).alpha_2
    except LookupError:
        print(f"unknown country: {name!r}")
        return None


def counts_of(table: pd.DataFrame, path: str) -> pd.DataFrame:
    codes = {name: code_of(name) for name in table["Country"].unique()}
    table = table.assign(code=table["Country"].map(codes))
    applies = table["Role"].isin(["Coordinator", "Full partner"])
    there = table["code"].isin(MEMBERS + ASSOCIATED)
    kind = table["Organisation type"]
    proposal = table["Proposal"] if "Proposal" in table else pd.Series(path, table.index)
    counted = table.assign(
        labour=kind.isin(LABOUR), universities=kind == "University", vet=kind == "VET provider"
    )[applies & there].groupby(proposal)
    counts = counted[["labour", "universities", "vet"]].sum()
    counts["education"] = counts["universities"] + counts["vet"]
    counts["partners"], counts["countries"] = counted.size(), counted["code"].nunique()
    return counts.reindex(proposal.unique(), fill_value=0)[list(NEED)]


for file in sys.argv[1:]:
    read = pd.read_excel if file.endswith(".xlsx") else pd.read_csv
    counts = counts_of(read(file, dtype=str, keep_default_na=False), file)
    counts["eligible"] = (counts >= pd.Series(NEED)).all(axis="columns")
    print(counts.to_csv())

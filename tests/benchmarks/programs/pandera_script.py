"""The same table as a schema of pandera: cells against lists, and minima for each proposal.

``python pandera_script.py FILE...`` prints how many rows each check fails in. Of a minimum it says
that it is not reached, and neither how far it is nor what is unsure.
"""

import sys

import pandas as pd
import pandera.pandas as pa

COUNTRIES = (
    "Norway Germany France Spain Poland Italy Portugal Sweden Finland Belgium Greece Ireland "
    "Serbia Iceland Switzerland Ukraine"
).split()
TYPES = ["University", "VET provider", "SME", "Large enterprise", "Chamber of commerce", "NGO"]
ROLES = ["Coordinator", "Full partner", "Associated partner"]


def proposals(table: pd.DataFrame) -> pd.Series:
    return table["Proposal"] if "Proposal" in table else pd.Series("", table.index)


def at_least(need: int, types: list[str]) -> pa.Check:
    def reached(table: pd.DataFrame) -> pd.Series:
        counts = table["Role"].ne("Associated partner") & table["Organisation type"].isin(types)
        return counts.groupby(proposals(table)).transform("sum") >= need

    return pa.Check(reached, name=f"at least {need} of {', '.join(types)}")


def four_countries(table: pd.DataFrame) -> pd.Series:
    return table["Country"].groupby(proposals(table)).transform("nunique") >= 4


SCHEMA = pa.DataFrameSchema(
    {
        "Partner name": pa.Column(str, pa.Check.str_length(min_value=1)),
        "Country": pa.Column(str, pa.Check.isin(COUNTRIES)),
        "Organisation type": pa.Column(str, pa.Check.isin(TYPES)),
        "Role": pa.Column(str, pa.Check.isin(ROLES)),
    },
    checks=[
        at_least(8, TYPES),
        at_least(3, ["SME", "Large enterprise", "Chamber of commerce"]),
        at_least(3, ["University", "VET provider"]),
        at_least(1, ["University"]),
        at_least(1, ["VET provider"]),
        pa.Check(four_countries, name="at least 4 countries"),
    ],
)

for file in sys.argv[1:]:
    read = pd.read_excel if file.endswith(".xlsx") else pd.read_csv
    try:
        SCHEMA.validate(read(file, dtype=str, keep_default_na=False), lazy=True)
        print(f"{file}: valid")
    except pa.errors.SchemaErrors as errors:
        print(file, errors.failure_cases.groupby("check").size().to_string(), sep="\n")

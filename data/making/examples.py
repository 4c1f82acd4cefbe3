"""Makes the example sheets of data/examples: invented partners, each sheet as xlsx and as csv.

Run ``python data/making/examples.py``; the files are rewritten, cell by cell the same.
"""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

FOLDER = Path(__file__).parent.parent / "examples"
HEADER = ("Partner name", "Country", "Organisation type", "Role", "ECHE", "EU contribution (EUR)")
MADE = datetime(2026, 11, 24)  # noqa: DTZ001 - a workbook's dates have no zone

Row = tuple[str, str, str, str, str, int | None]

EDUCATION_AND_ENTERPRISES: list[Row] = [
    ("Fjordbyen universitet", "Norway", "University", "Coordinator", "yes", 180_000),
    ("Technische Hochschule Lindental", "Germany", "EPLUS-EDU-HEI", "Full partner", "yes", 140_000),
    ("CIFP Costa Verde", "Spain", "Vocational school", "Full partner", "", 120_000),
    ("Fagskolen Nordlys", "Norway", "fagskole", "Full partner", "", 110_000),
    ("Solaris Componenti S.r.l.", "Italy", "SME", "Full partner", "", 105_000),
    (
        "Handwerkskammer Mittelwald",
        "Germany",
        "Chamber of skilled crafts",
        "Full partner",
        "",
        95_000,
    ),
    ("Sindicato Energía Limpia", "ES", "Trade union", "Full partner", "", 90_000),
    ("Elektro Drava d.o.o.", "Slovenija", "Enterprise", "Full partner", "", 110_000),
    ("Regione Colle Alto", "Italy", "Regional public body", "Associated partner", "", None),
]

BLUEPRINT: list[Row] = [
    ("Universiteit Westpolder", "Netherlands", "University", "Coordinator", "yes", 420_000),
    ("Université du Val Clair", "France", "University", "Full partner", "yes", 380_000),
    ("Politechnika Zielone Wzgórza", "Poland", "University", "Full partner", "yes", 330_000),
    ("Ammattiopisto Järvilaakso", "Finland", "Vocational school", "Full partner", "", 310_000),
    (
        "Lycée professionnel des Tilleuls",
        "France",
        "Vocational school",
        "Full partner",
        "",
        300_000,
    ),
    ("Tekstil Anadolu A.Ş.", "Türkiye", "Large enterprise", "Full partner", "", 290_000),
    ("Filati Valdora S.p.A.", "Italy", "Large enterprise", "Full partner", "", 300_000),
    ("Têxteis do Minho Novo Lda", "Portugal", "SME", "Full partner", "", 280_000),
    ("Euro Threads Association", "Belgium", "Trade association", "Full partner", "", 350_000),
    ("Sindicatul Croitorilor", "Romania", "Trade union", "Full partner", "", 270_000),
    ("Irish Textile Chamber", "Ireland", "Chamber of commerce", "Full partner", "", 360_000),
    ("Lõng ja Niit OÜ", "Estonia", "SME", "Full partner", "", 310_000),
]


def without_vocational(rows: list[Row]) -> list[Row]:
    """Return the consortium with its vocational providers as adult education providers."""
    words = {"Vocational school", "fagskole"}
    return [
        (*row[:2], "Guidance institution", *row[3:]) if row[2] in words else row for row in rows
    ]


def misspelt(rows: list[Row]) -> list[Row]:
    """Return the consortium with one country that cannot be read."""
    return [
        (row[0], "Germny" if row[1] == "Germany" and row[3] != "Coordinator" else row[1], *row[2:])
        for row in rows
    ]


SHEETS = {
    "innovation-eligible": (EDUCATION_AND_ENTERPRISES, 24, 950_000),
    "innovation-not-eligible": (
        misspelt(without_vocational(EDUCATION_AND_ENTERPRISES)),
        24,
        950_000,
    ),
    "skills-eligible": (BLUEPRINT, 48, 3_900_000),
    "skills-not-eligible": (BLUEPRINT[:-1], 48, 3_590_000),
    "stem-eligible": (EDUCATION_AND_ENTERPRISES, 24, 950_000),
    "stem-not-eligible": (without_vocational(EDUCATION_AND_ENTERPRISES), 24, 950_000),
}


def as_csv(rows: list[Row]) -> bytes:
    """Return the partners as a csv such as a spreadsheet in a continental setting writes."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(rows: list[Row], months: int, grant: int) -> bytes:
    """Return a workbook of two sheets: the partners, and what is said of the project."""
    book = Workbook()
    book.properties.created = book.properties.modified = MADE
    partners = book.active
    assert partners is not None  # noqa: S101 - a new workbook has a sheet
    partners.title = "Partners"
    partners.append(HEADER)
    for row in rows:
        partners.append([cell if cell != "" else None for cell in row])
    project = book.create_sheet("Project")
    for label, value in (
        ("Duration (months)", months),
        ("Requested grant (EUR)", grant),
        ("Total budget (EUR)", grant * 5 // 4),
    ):
        project.append([label, value])
    out = io.BytesIO()
    book.save(out)
    return same_bytes(out.getvalue())


def same_bytes(content: bytes) -> bytes:
    """Return the workbook with every date in it set, so that each run writes the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist()):
            text = old.read(name)
            if name == "docProps/core.xml":
                head, _, _ = text.partition(b"<dcterms:modified")
                tail = text.rpartition(b"</dcterms:modified>")[2]
                text = head + tail
            entry = zipfile.ZipInfo(name, date_time=(2026, 11, 24, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, text)
    return out.getvalue()


def main() -> None:
    """Write every example in both formats."""
    FOLDER.mkdir(exist_ok=True)
    for name, (rows, months, grant) in SHEETS.items():
        (FOLDER / f"{name}.csv").write_bytes(as_csv(rows))
        (FOLDER / f"{name}.xlsx").write_bytes(as_xlsx(rows, months, grant))


if __name__ == "__main__":
    main()

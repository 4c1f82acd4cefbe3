"""Coverage-guided fuzzing of what strangers send; ``python -m tests.fuzz TARGET [SECONDS]``.

Needs atheris, which is not among the packages of the tests: ``pip install atheris==3.0.0`` in an
environment of its own, beside ``pip install -e .[dev]``. TARGET is one of readers, sheets, amounts,
countries, configuration; SECONDS are 600 if nothing is said. Whatever is found (anything but one of
the program's own errors, more than 30 seconds or 1 GiB for one input) is written to a file
``crash-…``; what caused it becomes a test. The corpus is kept in ``.fuzz/``, which git ignores.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from tempfile import gettempdir

import atheris  # type: ignore[import-untyped, unused-ignore]

with atheris.instrument_imports(include=["alliance_check", "cli"]):
    from alliance_check.model.errors import AllianceCheckError
    from alliance_check.pipeline import Options, check_file
    from alliance_check.readers import Limits, read
    from alliance_check.readers.ods import reader as _ods  # noqa: F401 - loaded to be followed
    from alliance_check.readers.xls import reader as _xls  # noqa: F401
    from alliance_check.readers.xlsx import comments as _comments  # noqa: F401
    from alliance_check.readers.xlsx import reader as _xlsx  # noqa: F401
    from alliance_check.text.folding import fold
    from alliance_check.vocabulary.amounts import read_amount, read_months
    from alliance_check.vocabulary.countries import (
        country_inside,
        country_readings,
        read_country,
        suggest_countries,
    )
    from cli.options.configuration import load

from alliance_check.readers.xls.ole2 import Container
from tests.cli_runs import text_of
from tests.marked_sheets import made
from tests.sheets import PARTNERS, delimited, ods, ole2, packed, saved, xls, xlsx, xlsx_parts

LIMITS = Limits(rows=2_000, columns=200, cell=4_000, unpacked_mib=8)
ROWS = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>45000</v></c></row>'
PARTS = tuple(xlsx_parts(ROWS, "<si><t>x</t></si>"))
_FOLDER = Path(".fuzz")


def _whole(content: bytes) -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {part: archive.read(part) for part in archive.namelist()}


ODS = _whole(ods(PARTNERS))


def _noted() -> Mapping[str, bytes]:
    from openpyxl.comments import Comment

    book = made(A1="Name", A2="NTNU")
    book.worksheets[0]["A2"].comment = Comment("Anna: Withdrew", "Anna")
    return _whole(saved(book))


WITH_NOTES = _noted()


def readers(data: bytes) -> None:
    """Read a file of some kind; inside a package, one part is what the fuzzer makes."""
    if len(data) < 2:
        return
    kind, part, rest = data[0] % 7, data[1], data[2:]
    files: Mapping[int, Callable[[], tuple[str, bytes]]] = {
        0: lambda: ("a.csv", rest),
        1: lambda: ("a.xls", rest),
        2: lambda: ("a.xls", ole2({"Workbook": rest})),
        3: lambda: ("a.xlsx", rest),
        4: lambda: (
            "a.xlsx",
            packed({**xlsx_parts(ROWS, "<si><t>x</t></si>"), PARTS[part % len(PARTS)]: rest}),
        ),
        5: lambda: ("a.ods", packed({**ODS, "content.xml": rest})),
        6: lambda: ("a.xlsx", packed({**WITH_NOTES, sorted(WITH_NOTES)[part % 12]: rest})),
    }
    name, content = files[kind]()
    read(content, name, LIMITS)


def sheets(data: bytes) -> None:
    """Judge a table of text as a whole."""
    check_file(data, "a.csv", Options(lot="innovation", limits=LIMITS))


def amounts(data: bytes) -> None:
    """Read an amount and a length."""
    text = data.decode("utf-8", "replace")
    read_amount(text)
    read_months(text, None)
    with contextlib.suppress(ArithmeticError):
        number = Decimal(text)
        read_amount(number)
        read_months(number, None)


def countries(data: bytes) -> None:
    """Read a country, and what one that is not known resembles."""
    text = data.decode("utf-8", "replace")
    fold(text)
    read_country(text)
    country_readings(text)
    country_inside(text)
    suggest_countries(text)


def configuration(data: bytes) -> None:
    """Read a configuration."""
    path = Path(gettempdir()) / f"fuzz-{os.getpid()}.toml"
    path.write_bytes(data)
    load(path)


TARGETS = {one.__name__: one for one in (readers, sheets, amounts, countries, configuration)}


def seeds(target: str) -> Iterator[bytes]:
    """Yield what the fuzzer begins with."""
    if target == "readers":
        stream = Container(xls(PARTNERS)).read("Workbook")
        yield from (b"\0\0" + delimited(PARTNERS, d).encode() for d in ",;\t")
        yield from (b"\1\0" + xls(PARTNERS), b"\2\0" + stream, b"\3\0" + xlsx(PARTNERS))
        parts = xlsx_parts(ROWS, "<si><t>x</t></si>")
        for number, part in enumerate(PARTS):
            yield bytes([4, number]) + str(parts[part]).encode()
        yield b"\5\0" + ODS["content.xml"]
        for number, part in enumerate(sorted(WITH_NOTES)[:12]):
            yield bytes([6, number]) + WITH_NOTES[part]
    elif target == "sheets":
        yield text_of().encode()
        yield text_of().replace(";", ",").encode("utf-16")
    elif target == "configuration":
        yield b'call = 2026\nlot = "skills"\nduration = "2y"\ngrant = 1e6\n'
        yield b'[countries]\n"D." = "Germany"\n[types]\nA = ["hei", "vet"]\n'
        yield b'[[file]]\nglob = "a/*.csv"\nlot = 1\n[[waiver]]\nrule = "duration"\nreason = "x"\n'
    else:
        texts = (
            "1.500.000,00",
            "EUR 1,5m",
            "2 years",
            "36",
            "Norge (NO)",
            "Congo",
            "DE/FR",
            "Germny",
        )
        yield from (text.encode() for text in texts)


def main(target: str, seconds: str = "600") -> None:
    """Fuzz one target for so many seconds."""
    one = TARGETS[target]

    def tried(data: bytes) -> None:
        with contextlib.suppress(AllianceCheckError):
            one(data)

    folder = _FOLDER / target
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(target)):
        (folder / f"seed-{number}").write_bytes(seed)
    limits = ("-timeout=30", "-rss_limit_mb=1024", "-max_len=20000", "-print_final_stats=1")
    prefix = f"-artifact_prefix={folder}/crash-"
    arguments = [sys.argv[0], str(folder), f"-max_total_time={seconds}", prefix, *limits]
    atheris.Setup(arguments, tried)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:3])

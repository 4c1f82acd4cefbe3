"""The cases of the table: each makes its files in a folder and returns the arguments."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.cli_runs import EIGHT, HEADER, TWELVE, text_of
from tests.sheets import (
    LINKS,
    WORKBOOK,
    ods,
    ole2,
    packed,
    record,
    workbook_records,
    xls,
    xlsx,
    xlsx_parts,
)

Build = Callable[[Path], Sequence[str]]
LOT = ("--lot", "innovation")
TABLE = (HEADER, *EIGHT)
BEGIN = struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)
GLOBALS = struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)
END = record(0x000A, b"")


def file(name: str, content: Callable[[], bytes | str], *more: str) -> Build:
    """Return a case of one file."""

    def build(folder: Path) -> Sequence[str]:
        made = content()
        (folder / name).write_bytes(made.encode() if isinstance(made, str) else made)
        return (name, *LOT, *more)

    return build


def option(*more: str) -> Build:
    """Return a case of an honest sheet and these arguments."""
    return file("p.csv", text_of, *more)


def configured(text: Callable[[], str | bytes], name: str = "alliance-check.toml") -> Build:
    """Return a case of an honest sheet below a configuration."""

    def build(folder: Path) -> Sequence[str]:
        made = text()
        (folder / name).write_bytes(made.encode() if isinstance(made, str) else made)
        (folder / "sub").mkdir()
        (folder / "sub/p.csv").write_text(text_of(), "utf-8")
        return ("sub/p.csv", *LOT)

    return build


# --- old workbooks -------------------------------------------------------------------------------


def number(row: int, column: int) -> bytes:
    """Return the record of a cell with a number."""
    return record(0x203, struct.pack("<HHHd", row, column, 0, 1.0))


def several_sheets(*sheets: bytes, places: Sequence[int] | None = None, hidden: int = 1) -> bytes:
    """Return an old workbook of these sheets; *places* overrules where they are said to begin."""
    bound = len(record(0x0085, bytes(9)))
    names = places if places is not None else range(len(sheets))
    head = len(record(0x0809, GLOBALS)) + bound * len(names) + len(END)
    starts, at = [], head
    for sheet in sheets:
        starts.append(at)
        at += len(sheet)
    listed = b"".join(
        record(0x0085, struct.pack("<IHBB", starts[n], hidden * (n > 0), 1, 0) + b"%c" % (65 + i))
        for i, n in enumerate(names)
    )
    return ole2({"Workbook": record(0x0809, GLOBALS) + listed + END + b"".join(sheets)})


def sheet(body: bytes) -> bytes:
    """Return the records of one sheet."""
    return record(0x0809, BEGIN) + body + END


def concealed_xls(body: bytes) -> bytes:
    """Return an old workbook whose sheet begins inside a record that nobody knows."""
    inner = record(0x0809, BEGIN) + body + END
    head = record(0x0809, GLOBALS)
    place = len(head) + len(record(0x0085, bytes(9))) + len(END) + 4
    named = record(0x0085, struct.pack("<IHBB", place, 0, 1, 0) + b"A")
    return ole2({"Workbook": head + named + END + record(0x99, inner)})


def looping_xls() -> bytes:
    """Return an old workbook the sectors of whose stream of macros go round for ever."""
    content = bytearray(
        ole2({"Workbook": stream(xls(TABLE)), "_VBA_PROJECT_CUR": b"x" * 4096, "dir": b"y" * 4096})
    )
    (table,) = struct.unpack_from("<I", content, 76)
    at = (table + 1) * 512
    numbers = struct.unpack_from("<128I", content, at)
    for n, following in enumerate(numbers):
        if following == 0xFFFFFFFE:
            struct.pack_into("<I", content, at + 4 * n, n)
    return bytes(content)


def stream(content: bytes) -> bytes:
    from alliance_check.readers.xls.ole2 import Container

    return Container(content).read("Workbook")


# --- packages ------------------------------------------------------------------------------------


def polyglot_ods() -> bytes:
    """Return an ods that is not eligible, with the parts of an xlsx that is."""
    import io
    import zipfile

    parts: dict[str, str | bytes] = {}
    for content in (xlsx(TABLE), ods((HEADER, *EIGHT[:3]))):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts |= {
                name: archive.read(name)
                for name in archive.namelist()
                if name != "[Content_Types].xml"
            }
    return packed(parts)


def with_binary() -> bytes:
    """Return an xlsx with the main part of a binary workbook beside its own."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(xlsx(TABLE))) as archive:
        parts: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    links = b'<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="w.bin"/>'
    parts["xl/workbook.bin"] = b"\x83\x01\0\x84\x01\0"
    parts["xl/_rels/workbook.bin.rels"] = links + b"</Relationships>"
    return packed(parts)


def claimed_texts(count: int, kind: str = "uniqueCount") -> bytes:
    """Return an xlsx whose list of texts says that it is longer than it is."""
    parts = xlsx_parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}" {kind}="{count}"><si><t>x</t></si></sst>'
    return packed(parts)


def same_name(count: int) -> bytes:
    """Return an xlsx with a table of partners in each of many sheets of one name."""
    head = WORKBOOK[: WORKBOOK.index("<sheet ")]
    rows = "".join(
        f'<row r="{r}">'
        + "".join(
            f'<c r="{chr(65 + c)}{r}" t="inlineStr"><is><t>{cell}</t></is></c>'
            for c, cell in enumerate(row)
        )
        + "</row>"
        for r, row in enumerate(TABLE, 1)
    )
    parts = xlsx_parts(rows)
    one = parts["xl/worksheets/sheet1.xml"]
    numbers = range(count)
    parts["xl/workbook.xml"] = (
        head
        + "".join(f'<sheet name="P" sheetId="{n}" r:id="s{n}"/>' for n in numbers)
        + "</sheets></workbook>"
    )
    links = "".join(
        f'<Relationship Id="s{n}" Type="x/worksheet" Target="w/{n}.xml"/>' for n in numbers
    )
    parts["xl/_rels/workbook.xml.rels"] = LINKS.replace(
        "</Relationships>", links + "</Relationships>"
    )
    return packed({**parts, **{f"xl/w/{n}.xml": one for n in numbers}})


# --- texts ---------------------------------------------------------------------------------------


def unread(count: int) -> str:
    """Return partners of whom nothing can be read."""
    rows = [
        (f"Organisation {n}", f"Landia {n}x", f"Zorp kind {n}", f"Role {n}") for n in range(count)
    ]
    return text_of(rows)


def unread_countries(count: int) -> str:
    """Return partners with as many countries that nobody knows."""
    return text_of((f"O {n}", f"Landia {n}x", "SME", "Full partner") for n in range(count))


def zero(folder: Path) -> Sequence[str]:
    """Return a case of a configuration that is a link to a device without end."""
    (folder / "alliance-check.toml").symlink_to("/dev/zero")
    return option()(folder)


def with_status(texts: Sequence[str]) -> str:
    """Return partners with these texts in a column for the status."""
    rows = [(*EIGHT[n % 8][:3], f"Partner {n}", text) for n, text in enumerate(texts)]
    return text_of(
        [(f"{name} {n}", c, t, "Full partner", s) for n, (name, c, t, _, s) in enumerate(rows)],
        (*HEADER, "Status"),
    )


def many(consortia: int) -> str:
    """Return a table of many consortia of eight partners."""
    rows = [(f"bid {n}", *row) for n in range(consortia) for row in EIGHT]
    return text_of(rows, ("Bid", *HEADER))


def overruling(words: str) -> Build:
    """Return a case of a sheet that is not eligible below a configuration that says otherwise."""

    def build(folder: Path) -> Sequence[str]:
        (folder / "alliance-check.toml").write_text(words, "utf-8")
        rows = [
            (name, "Russia" if country == "Germany" else country, kind, role)
            for name, country, kind, role in EIGHT
        ]
        (folder / "sub").mkdir()
        (folder / "sub/p.csv").write_text(text_of(rows), "utf-8")
        return ("sub/p.csv", *LOT, "--format", "concise")

    return build


def links(folder: Path) -> Sequence[str]:
    """Make a folder with a link to itself beside a good sheet."""
    (folder / "loop.csv").symlink_to("loop.csv")
    (folder / "good.csv").write_text(text_of(), "utf-8")
    return (".", *LOT)


def looped(folder: Path) -> Sequence[str]:
    """Return the arguments for a path through a link to itself."""
    (folder / "loop").symlink_to("loop")
    return ("loop/p.csv", *LOT)


def overwritten(*arguments: str) -> Build:
    """Return a case in which an output names a file that the run reads."""

    def build(folder: Path) -> Sequence[str]:
        charters = "Erasmus Code,PIC,Organisation Legal Name,Country,ECHE Start Date\n"
        (folder / "eche.csv").write_text(charters + "N A,1,Nord,NO,2021-01-01\n")
        (folder / "alliance-check.toml").write_text('fail-on = "undecided"\n')
        (folder / "p.csv").write_text(text_of(), "utf-8")
        return ("p.csv", *LOT, *arguments)

    return build


def again(folder: Path) -> Sequence[str]:
    """Make a folder with a sheet and the reports of an earlier run."""
    (folder / "p.csv").write_text(text_of(), "utf-8")
    head = "file,project,lot,call,verdict,rule,outcome,sentence,cells,source\n"
    (folder / "report.csv").write_text(head)
    (folder / "report.txt").write_text("ELIGIBLE p.csv\n")
    return (".", *LOT)


def honest_csv(rows: int) -> str:
    """Return a table of so many partners."""
    return text_of(
        (
            f"Organisation number {n}",
            TWELVE[n % 12][1],
            TWELVE[n % 12][2],
            "Full partner" if n else "Coordinator",
        )
        for n in range(rows)
    )


def both(folder: Path) -> Sequence[str]:
    """Return the arguments that compare two sheets of which nothing can be read."""
    (folder / "a.csv").write_text(unread(2000), "utf-8")
    (folder / "b.csv").write_text(unread(2000).replace("Zorp", "Zarp"), "utf-8")
    return ("diff", "a.csv", "b.csv", *LOT)


def command(name: str, content: Callable[[], str], *more: str) -> Build:
    """Return a case of another command on one text."""

    def build(folder: Path) -> Sequence[str]:
        (folder / "a.csv").write_text(content(), "utf-8")
        return (name, "a.csv", *more)

    return build


def forbidden(folder: Path) -> Sequence[str]:
    """Return the arguments for a folder below one that may not be entered."""
    (folder / "closed/in").mkdir(parents=True)
    (folder / "closed/in/p.csv").write_text(text_of(), "utf-8")
    (folder / "closed").chmod(0)
    return ("closed/in/p.csv", *LOT)


CASES: Mapping[str, Mapping[str, Build]] = {
    "usual": {
        "12 rows, csv": file("p.csv", lambda: text_of(TWELVE)),
        "12 rows, xlsx": file("p.xlsx", lambda: xlsx((HEADER, *TWELVE))),
        "12 rows, xls": file("p.xls", lambda: xls((HEADER, *TWELVE))),
        "12 rows, ods": file("p.ods", lambda: ods((HEADER, *TWELVE))),
    },
    "aborted": {
        "far cell in a hidden sheet": file(
            "a.xls", lambda: several_sheets(sheet(number(0, 0)), sheet(number(65535, 255)) * 40)
        ),
        "far cell, concealed": file("a.xls", lambda: concealed_xls(number(65535, 65535))),
        "lying dimension, concealed": file(
            "a.xls",
            lambda: concealed_xls(
                record(0x200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0)) + number(0, 0)
            ),
        ),
        "sectors in a loop": file("a.xls", looping_xls),
        "10^10 texts": file("a.xlsx", lambda: claimed_texts(10**10)),
        "10^19 texts": file("a.xlsx", lambda: claimed_texts(10**19)),
    },
    "measured, read": {
        "ods and xlsx": file("a.ods", polyglot_ods),
        "zip behind OLE2": file(
            "a.xls", lambda: ole2({"Workbook": stream(xls((HEADER, *EIGHT[:3])))}) + xlsx(TABLE)
        ),
        "zip behind broken OLE2": file(
            "a.xls", lambda: workbook_records(record(0x203, bytes(9))) + xlsx(TABLE)
        ),
        "workbook.bin": file("a.xlsx", with_binary),
        "one sheet 40 times": file(
            "a.xls", lambda: several_sheets(sheet(number(60000, 9)), places=[0] * 40)
        ),
    },
    "time": {
        "300 sheets of one name": file("a.xlsx", lambda: same_name(300)),
        "status of 30 KB": file("a.csv", lambda: with_status(["left on " + "maybe not " * 3000])),
        "status of 30 KB, digits": file(
            "a.csv", lambda: with_status(["confirmed " + "1.2." * 7500])
        ),
        "status of 30 KB, brackets": file(
            "a.csv", lambda: with_status(["confirmed " + "( " * 15000])
        ),
        "500 statuses of 2,000": file(
            "a.csv",
            lambda: with_status([f"{n} " + f"perhaps {n} so " * 140 for n in range(500)]),
        ),
        "amount of U+FDFA": file(
            "a.csv",
            lambda: text_of([(*row, "\ufdfa" * 32000) for row in EIGHT], (*HEADER, "Grant")),
        ),
        "20,000 unread countries": file("a.csv", lambda: unread_countries(20_000)),
        "1,000 unread partners": file("a.csv", lambda: unread(1000)),
        "2,000 unread partners": file("a.csv", lambda: unread(2000)),
        "2,000 unread, json": file("a.csv", lambda: unread(2000), "--format", "json"),
        "questions, 40 unread": command("questions", lambda: unread(40), *LOT),
        "questions, 60 unread": command("questions", lambda: unread(60), *LOT),
        "questions, 2,000 unread": command("questions", lambda: unread(2000), *LOT),
        "inspect, 2,000 unread": command("inspect", lambda: unread(2000)),
        "tidy, 2,000 unread": command("tidy", lambda: unread(2000), "--diff"),
        "textconv, 2,000 unread": command("textconv", lambda: unread(2000)),
        "diff, 2,000 unread": both,
        "--by, 3,000 consortia": file("a.csv", lambda: many(3000), "--by", "Bid"),
    },
    "exit 70": {
        "path of 300 characters": lambda _: ("a" * 300 + ".csv", *LOT),
        "name of 255 bytes": option("--output", "b" * 255),
        "--max-cell 2^63": option("--max-cell", str(2**63 - 1)),
        "--max-rows 10^100": option("--max-rows", str(10**100)),
        "--max-unpacked 10^100": option("--max-unpacked", str(10**100)),
        "--duration 10^100": option("--duration", str(10**100)),
        "--grant 1e999999": option("--grant", "1e999999"),
        "--grant 10^5000": option("--grant", "9" * 5000),
        "--call 10^100": option("--call", str(10**100)),
        "--what-if duration": option("--what-if", f"duration={10**100}"),
        "--what-if grant": option("--what-if", "grant=" + "9" * 5000),
        "--what-if cell": option("--what-if", "drop:A" + "9" * 5000),
        "--encoding, surrogate": option("--encoding", "\udcff"),
        "--encoding, zero": option("--encoding", "idna"),
        "--jobs 10^100": option("--jobs", str(10**100)),
        "empty path": lambda f: ("", *option()(f)[1:]),
    },
    "configuration": {
        "a no turned into a yes": overruling('[countries]\n"Russia" = "Germany"\n'),
        "nested arrays": configured(lambda: "lot = " + "[" * 100_000),
        "nested tables": configured(lambda: "lot = " + "{a=" * 5_000),
        "integer of 5,000 digits": configured(lambda: "duration = " + "9" * 5000),
        "1e999999 as duration": configured(lambda: "duration = 1e999999"),
        "1e999999 as grant": configured(lambda: "grant = 1e999999"),
        "1e999999 as total": configured(lambda: "total = 1e999999"),
        "nan as grant": configured(lambda: "grant = nan"),
        "brackets in a glob": configured(
            lambda: '[[file]]\nglob = "' + "[" * 40_000 + '"\nlot = "skills"\n'
        ),
        "stars in a glob": configured(
            lambda: '[[file]]\nglob = "' + "*a" * 60 + 'b"\nlot = "skills"\n'
        ),
        "a million keys": configured(lambda: "".join(f"k{n} = 1\n" for n in range(1_000_000))),
        "dotted keys": configured(lambda: ("a." * 2000 + "b = 1\n") + "c." * 100_000 + "d = 1\n"),
        "/dev/zero": lambda f: (*option()(f), "--config", "/dev/zero"),
        "link to /dev/zero": zero,
        "unrelated pyproject, broken": configured(lambda: "[[[", "pyproject.toml"),
        "unrelated pyproject, latin-1": configured(
            lambda: "[a]\nb = '\xe9'\n".encode("latin-1"), "pyproject.toml"
        ),
        "names beyond Latin": configured(lambda: '[countries]\n"\\u0000" = "Germany"\n'),
    },
    "memory": {
        "100,000 rows": file("a.csv", lambda: honest_csv(100_000)),
        "50 MB in one line": file("a.csv", lambda: b"a" * 50_000_000),
        "50 MB behind quotes": file("a.csv", lambda: b'a,b\n"' + b"x,y\n" * 12_500_000),
        "--by, 3,000, json": file("a.csv", lambda: many(3000), "--by", "Bid", "--format", "json"),
    },
    "paths": {
        "link to itself in a folder": links,
        "path through a link to itself": looped,
        "no permission": forbidden,
        "questions, long name": lambda _: ("questions", "a" * 300),
        "inspect, long name": lambda _: ("inspect", "a" * 300),
        "tidy, long name": lambda _: ("tidy", "a" * 300, "--diff"),
        "diff, long name": lambda _: ("diff", "a" * 300, "b" * 300),
        "textconv, long name": lambda _: ("textconv", "a" * 300),
        "--output, long name": option("--output", "a" * 300),
        "--output-dir, long name": option("--output-dir", "a" * 300, "--format", "json"),
        "--summary-file, long name": option("--summary-file", "a" * 300),
        "--charter-list, long name": option("--charter-list", "a" * 300),
        "--config, long name": option("--config", "a" * 300),
        "a zero in a path": lambda _: ("questions", "a\udc80b"),
        "an empty path": lambda f: ("inspect", "", *option()(f)[1:0]),
    },
    "overwritten": {
        "--output charter list": overwritten("--charter-list", "eche.csv", "--output", "eche.csv"),
        "--output configuration": overwritten("--output", "alliance-check.toml"),
        "--summary-file charter list": overwritten(
            "--charter-list", "eche.csv", "--summary-file", "eche.csv"
        ),
        "--summary-file configuration": overwritten("--summary-file", "alliance-check.toml"),
        "--output --config": overwritten(
            "--config", "alliance-check.toml", "--output", "./sub/../alliance-check.toml"
        ),
    },
    "half delivered": {
        "reports beside sheets": again,
    },
}

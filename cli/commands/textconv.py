"""``textconv``: a partner sheet as text, so that git shows what changed in a workbook.

git stops a whole diff where a textconv fails. So a file that cannot be read becomes the sentence
that says why, with a fingerprint by which a change still shows. The text hangs on nothing but the
bytes and the configuration of the current folder: git hands over files under names of its own.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from alliance_check.model.errors import AllianceCheckError, NoTable, WrongUsage
from alliance_check.reports.escaping import visible
from alliance_check.text.folding import fold

from ..files.paths import STANDARD_INPUT, is_there
from ..files.sources import Source, content_of, no_file
from ..files.style import Style
from ..files.write import write
from ..language import program_language
from ..options.settings import Settings

if TYPE_CHECKING:
    from alliance_check.compare.statements import Statement, Statements
    from alliance_check.model.sheet import Sheet, Workbook
    from alliance_check.parse import Named
    from alliance_check.pipeline import Options

_FINGERPRINT = 16


def textconv(
    path: Annotated[str, typer.Argument(metavar="FILE", help="A partner sheet, or -.")],
) -> Callable[[], int]:
    """Write a partner sheet as plain text, for git diff.

    One line for each partner, then one for each thing that is said of the project; no row numbers.
    A file that cannot be read is a sentence that says why, and the exit code is still 0.
    """

    def job() -> int:
        if path != STANDARD_INPUT and not is_there(path):
            raise WrongUsage(no_file("FILE", path))
        if isinstance(sys.stdout, io.TextIOWrapper):  # what git compares hangs on no locale
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        with program_language():
            text = "".join(f"{visible(line)}\n" for line in _lines(path))
        write(text, Style())
        return 0

    return job


def _lines(path: str) -> Iterator[str]:
    """Yield the lines of a file; its own name stands in none of them."""
    name = f"file{Path(path).suffix}"
    try:
        from alliance_check.pipeline import Options

        options = Settings(Options()).options(STANDARD_INPUT)
        content = content_of(Source(path, name), options.limits.unpacked // 2)
    except AllianceCheckError as error:
        yield f"Not read: {error.sentence}"
        return
    try:
        yield from content_lines(content, name, options)
    except AllianceCheckError as error:
        yield f"Not read: {error.sentence}"
        yield f"Fingerprint: {sha256(content).hexdigest()[:_FINGERPRINT]}"


def content_lines(content: bytes, name: str, options: Options) -> Iterator[str]:
    """Yield what the sheet says of each partner and of the project; of other workbooks the rows.

    :raises AllianceCheckError: when the bytes are no table file, before the first line.
    """
    from alliance_check.parse import parse_all
    from alliance_check.pipeline import read_book

    book = read_book(content, name, options)
    try:
        found = list(parse_all(book, options))
    except NoTable as error:
        yield error.sentence
        yield from _rows(book.sheets)
        return
    for one in found:
        yield from _consortium(one)
    yield from _others(book, found, options)


def _consortium(named: Named) -> Iterator[str]:
    from alliance_check.compare.statements import FIELDS, label, project_statements, statements

    basis = named.parsed.basis
    sheet = basis.table.sheet.name
    head = [f"Consortium {named.name}"] if named.name else []
    head += [f"Sheet {sheet}"] if sheet else []
    columns = ", ".join(str(label(field)) for field in FIELDS if field in basis.columns)
    yield ", ".join([*head, f"columns: {columns}"])
    for stated in statements(basis):
        yield _partner_line(stated)
    for field, said in project_statements(basis).items():
        if not said.silent:
            yield f"Project {_said(field, said)}"


def _partner_line(stated: Statements) -> str:
    """Return what is said of a partner: the texts as they stand, and what each is read as."""
    from alliance_check.compare.statements import stated_fields

    name = stated["name"].text or "(no name)"
    parts = [_said(field, one) for field, one in stated_fields(stated) if field != "name"]
    return " · ".join([name, *parts])


def _said(field: str, stated: Statement) -> str:
    from alliance_check.compare.statements import label

    text = [f'"{stated.text}"'] if stated.text else []
    if stated.value is None:
        text.append("unread")
    elif not stated.text or (stated.value and fold(stated.value) != fold(stated.text)):
        text.append(f"= {stated.value}")
    return " ".join([str(label(field)), *text])


def _rows(sheets: Sequence[Sheet]) -> Iterator[str]:
    from alliance_check.parse.table.values import blank, text_of

    for sheet in sheets:
        yield f"Sheet {sheet.name}" if sheet.name else "Sheet"
        for row in sheet.rows:
            cells = [text_of(content) for content in row if not blank(content)]
            if cells:
                yield " · ".join(cells)


def _others(book: Workbook, found: Sequence[Named], options: Options) -> Iterator[str]:
    """Yield a line by which a change to any cell shows that the other lines do not tell of."""
    from alliance_check.compare.statements import FIELDS
    from alliance_check.parse.account import LABEL
    from alliance_check.parse.inspection import inspect

    if len(found) > 1 or found[0].name:
        yield f"All cells: fingerprint {_short(_rows(book.sheets))}"
        return
    read = inspect(book, options)
    texts = [item.remark.text for item in read.items if item.field not in {*FIELDS, LABEL}]
    texts += [remark.text for remark in read.unread]
    if texts:
        yield f"Other cells: {len(texts)}, fingerprint {_short(texts)}"


def _short(texts: Iterable[str]) -> str:
    joined = "\n".join(texts).encode("utf-8", "surrogatepass")
    return sha256(joined).hexdigest()[:_FINGERPRINT]

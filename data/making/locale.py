"""Make and check the catalogues below data/locale/: one language, one file that people translate.

Run ``python -m data.making.locale`` after a sentence has changed: it collects every message into
``alliance-check.pot``, brings each ``alliance-check.po`` up to date, and compiles the ``.mo`` that
the program reads. ``python -m data.making.locale de`` begins a language. Names of countries and
the signs of numbers come from CLDR and need no translator.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel import Locale
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from alliance_check.model import errors
from alliance_check.rulebook import calls, load_call
from alliance_check.rules import RULES
from alliance_check.text.catalogue import NUMBER, SIGNS
from alliance_check.vocabulary.countries import COUNTRY
from alliance_check.vocabulary.country_names import table
from alliance_check.vocabulary.kinds import KINDS, kind_label

_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
LOCALE = ROOT / "data" / "locale"
NAME = "alliance-check"
_ERRORS = [name for name, value in vars(errors).items() if isinstance(value, type)]
PLURALS = frozenset({"count"})
"""The functions whose first two arguments are a sentence for one thing and for many."""
KEYWORDS = frozenset({"say", *PLURALS, *_ERRORS})
"""The functions and classes whose first argument is a sentence."""


def template() -> Catalog:
    """Return every message of the program, in the order of the files that hold them."""
    catalog = Catalog(project=NAME, charset="utf-8")
    for place, text in _of_code():
        catalog.add(text, locations=[(place, 0)])
    for place, text in (*_of_rulebooks(), *_of_kinds(), *_of_help()):
        catalog.add(text, locations=[(place, 0)])
    for name in table().english.values():
        catalog.add(name, context=COUNTRY)
    for sign in SIGNS:
        catalog.add(sign, context=NUMBER)
    return catalog


def _of_code() -> Iterator[tuple[str, str | tuple[str, str]]]:
    """Yield the sentences in calls of KEYWORDS; Babel's extractor loses those beside such a name."""
    for path in sorted(
        p for folder in ("alliance_check", "cli") for p in (ROOT / folder).rglob("*.py")
    ):
        found = [n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)]
        for call in sorted(found, key=lambda call: (call.lineno, call.col_offset)):
            match call:
                case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(one)), *rest]):
                    place = path.relative_to(ROOT).as_posix()
                    match rest:
                        case [ast.Constant(value=str(many))] if name in PLURALS:
                            yield place, (one, many)
                        case _ if name in KEYWORDS:
                            yield place, one


def _of_rulebooks() -> Iterator[tuple[str, str]]:
    for rule in RULES:
        yield "alliance_check/rules", rule.TITLE
    for call in map(load_call, calls()):
        place = f"data/calls/{call.id}.toml"
        for lot in call.lots.values():
            yield place, lot.title
            for clause in lot.clauses.values():
                for text in (clause.says, clause.interpretation, clause.open_question):
                    if text:
                        yield place, text


def _of_kinds() -> Iterator[tuple[str, str]]:
    for kind in KINDS:
        yield "data/organisation-kinds.csv", kind_label(kind)


def _of_help() -> Iterator[tuple[str, str]]:
    from cli.app import help_texts

    for text in help_texts():
        yield "cli/options", text


def updated(code: str, messages: Catalog) -> Catalog:
    """Return the catalogue of a language with the messages that the program has now."""
    path = LOCALE / code / "LC_MESSAGES" / f"{NAME}.po"
    locale = Locale.parse(code)
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=locale)
    else:
        catalog = Catalog(locale=locale, project=NAME)
    catalog.update(messages, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    for country, english in table().english.items():
        catalog.add(english, locale.territories.get(country, english), context=COUNTRY)
    signs = locale.number_symbols["latn"]
    for sign, symbol in zip(SIGNS, (signs["group"], signs["decimal"]), strict=True):
        catalog.add(sign, symbol, context=NUMBER)
    return catalog


def po(catalog: Catalog) -> bytes:
    """Return the file that people translate; without dates, so that only sentences change it."""
    written = io.BytesIO()
    write_po(written, catalog, omit_header=False, width=96, include_lineno=False)
    dated = ("POT-Creation-Date", "PO-Revision-Date", "Generated-By", "Last-Translator")
    lines = written.getvalue().decode().split("\n")
    return "\n".join(
        one for one in lines if not one.startswith(tuple(f'"{d}' for d in dated))
    ).encode()


def mo(catalog: Catalog) -> bytes:
    """Return the file that the program reads, the same on every day."""
    catalog.creation_date = catalog.revision_date = _NO_DAY
    written = io.BytesIO()
    write_mo(written, catalog)
    return written.getvalue()


def main(started: list[str]) -> None:
    """Write the template and every catalogue."""
    messages = template()
    (LOCALE / f"{NAME}.pot").write_bytes(po(messages))
    for code in sorted({*started, *(p.name for p in LOCALE.iterdir() if p.is_dir())}):
        folder = LOCALE / code / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        catalog = updated(code, messages)
        (folder / f"{NAME}.po").write_bytes(po(catalog))
        with (folder / f"{NAME}.po").open("rb") as file:
            (folder / f"{NAME}.mo").write_bytes(mo(read_po(file, locale=code)))


if __name__ == "__main__":
    main(sys.argv[1:])

"""The catalogues hold every sentence of the program, and no other."""

from __future__ import annotations

import ast
import io
import string
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po

from alliance_check.model.message import count, eur, listed, say, shown_in
from alliance_check.text.catalogue import language, languages, locale_language
from alliance_check.vocabulary.countries import country
from data.making.locale import KEYWORDS, LOCALE, NAME, mo, po, template, updated

ROOT = Path(__file__).parents[1]
CODES = languages()[1:]
REMEDY = "run python -m data.making.locale and commit what it writes"


def catalogue(code: str) -> Catalog:
    return read_po(io.BytesIO((LOCALE / code / "LC_MESSAGES" / f"{NAME}.po").read_bytes()), code)


def test_the_template_holds_the_sentences_of_the_program() -> None:
    assert (LOCALE / f"{NAME}.pot").read_bytes() == po(template()), REMEDY


@pytest.mark.parametrize("code", CODES)
def test_a_catalogue_holds_the_sentences_of_the_template(code: str) -> None:
    path = LOCALE / code / "LC_MESSAGES" / f"{NAME}.po"
    assert path.read_bytes() == po(updated(code, template())), REMEDY
    assert path.with_suffix(".mo").read_bytes() == mo(catalogue(code)), REMEDY


@pytest.mark.parametrize("code", CODES)
def test_a_translation_has_the_places_of_its_sentence(code: str) -> None:
    """A plural may leave the number out of the form for one."""
    wrong = [
        message.id
        for message in catalogue(code)
        if message.id and any(not _fits(message.id, one) for one in _strings(message.string))
    ]
    assert not wrong, f"{code}: correct the places in braces of {wrong}"


Texts = str | Sequence[str]


def _strings(texts: Texts | None) -> list[str]:
    return [one for one in ([texts] if isinstance(texts, str) else texts or ()) if one]


def _fits(template: Texts, translated: str) -> bool:
    allowed = [_places(one) for one in _strings(template)]
    return _places(translated) in allowed


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _first_arguments() -> list[tuple[str, ast.expr]]:
    found: list[tuple[str, ast.expr]] = []
    for folder in ("alliance_check", "cli"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                match node:
                    case ast.Call(func=ast.Name(id=name), args=[first, *_]) if name in KEYWORDS:
                        found.append((f"{path.relative_to(ROOT)}:{node.lineno}", first))
    return found


def test_no_sentence_is_put_together_before_it_is_looked_up() -> None:
    """A catalogue cannot hold an f-string: its values are keywords of the call."""
    joined = [place for place, first in _first_arguments() if isinstance(first, ast.JoinedStr)]
    assert not joined, f"give a template and its values as keywords at {joined}"


def test_a_locale_names_a_language() -> None:
    assert locale_language(["", "nn_NO.UTF-8", "de_DE"]) == "nb"
    assert locale_language(["tlh_QO"]) == locale_language([]) == "en"


def test_values_are_rendered_in_the_language_of_the_block() -> None:
    message = say(
        "{country}: {amount}; {names}; {number}",
        country=country("NO"),
        amount=eur(Decimal(1_500_000)),
        names=listed([country("DE"), country("AT"), "X"], 1),
        number=count("{number} row", "{number} rows", number=2),
    )
    assert str(message) == "Norway: EUR 1 500 000; Germany and 2 more; 2 rows"
    with shown_in(language("nb")):
        assert "Norge: " in str(message)
        assert "1\N{NO-BREAK SPACE}500\N{NO-BREAK SPACE}000" in str(message)
        assert "Tyskland" in str(message)
    assert str(message).startswith("Norway")


def test_norwegian_is_complete() -> None:
    missing = [one.id for one in catalogue("nb") if one.id and not _complete(one.string)]
    assert not missing, f"translate into data/locale/nb/LC_MESSAGES/{NAME}.po: {missing}"


def _complete(texts: Texts | None) -> bool:
    strings = [texts] if isinstance(texts, str) else list(texts or ())
    return bool(strings) and all(strings)

"""What is said to people can be translated: each sentence is a whole template, as a literal."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from alliance_check.model.message import Language, Message, count, either, listed, say
from tests.cli_runs import ROOT

TEMPLATES = {"say": slice(0, 1), "count": slice(0, 2)}
"""Which arguments of each function an extractor takes for templates."""


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Yield every call of a function that makes a message, with its place."""
    for folder in ("alliance_check", "cli"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and called(node) in TEMPLATES:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else ""


OF_OTHERS = ("alliance_check/model/errors.py",)
"""Where the template is a parameter: whoever raises the error gives it."""


def is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_every_template_is_a_literal_that_an_extractor_finds() -> None:
    found = list(calls())
    assert len(found) > 300
    wrong = [
        place
        for place, node in found
        if not all(map(is_text, node.args[TEMPLATES[called(node)]]))
        and not place.startswith(OF_OTHERS)
    ]
    assert not wrong


CATALOGUE = {
    "{number} file": "{number} Datei",
    "{number} files": "{number} Dateien",
    "{items} and {number} more": "{items} und {number} weitere",
    "{items} or {last}": "{items} oder {last}",
    "read {what}": "gelesen: {what}",
}
GERMAN = Language(
    "de",
    lambda text: CATALOGUE.get(text, text),
    lambda one, many, number: CATALOGUE[one if number == 1 else many],
)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (count("{number} file", "{number} files", number=1), "1 Datei"),
        (count("{number} file", "{number} files", number=3), "3 Dateien"),
        (say("read {what}", what=listed("abc", 2)), "gelesen: a, b und 1 weitere"),
        (say("read {what}", what=either(["a", "b"])), "gelesen: a oder b"),
        (say("read {what}", what=say("{number} file", number=1)), "gelesen: 1 Datei"),
        (Message(""), ""),
    ],
)
def test_a_message_is_translated_with_everything_in_it(message: Message, expected: str) -> None:
    assert message.render(GERMAN) == expected


def test_text_of_a_sheet_is_never_taken_for_a_template() -> None:
    assert say("read {what}", what="{what} %s {0}").render(GERMAN) == "gelesen: {what} %s {0}"

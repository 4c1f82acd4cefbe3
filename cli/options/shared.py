"""The options that a configuration may set too, each declared once.

From here the command line takes their help and how their texts are read, the configuration how its
values are, and the schema of the configuration what they may be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from alliance_check.model.errors import WrongUsage
from alliance_check.model.message import Message, say
from alliance_check.reports.escaping import Json

from ..files.style import formats

FAIL_ON = ("not-eligible", "undecided", "never")
PROJECT, READING = "Project", "Reading the sheet"
_YEAR = re.compile(r"20[0-9]{2}")
_LARGEST, _DIGITS, _LONGEST = 10**15, 40, 60
"""The largest whole number, the most digits of any other, the longest text that says a number."""


@dataclass(frozen=True)
class Key:
    """What a key of the configuration may be.

    *read* returns what a value of TOML means; None where that is nothing. *takes* ends the sentence
    on a wrong value. *schema* is the part of the configuration's JSON Schema.
    """

    read: Callable[[Any], Any]
    takes: str
    schema: Json


@dataclass(frozen=True, kw_only=True)
class SharedOption(Key):
    """An option of the command line that is a key of the configuration too.

    *refused* is the sentence on a wrong text; without it the command line takes every text, or
    typer knows the choice. An option that is not *per_file* has one value a run.
    """

    help: str
    panel: str | None = None
    refused: Callable[[str], Message] | None = None
    per_file: bool = True

    def read_text(self, text: str) -> Any:
        """Return what a text on the command line means.

        :raises WrongUsage: when it means nothing.
        """
        found = self.read(text)
        if found is None and self.refused is not None:
            raise WrongUsage(self.refused(text))
        return found


def words(value: Any) -> str | None:
    """Return a text that says something."""
    return value if isinstance(value, str) and value.strip() else None


def _call(value: Any) -> str | None:
    year = str(value) if _is_number(value) and 0 < value < _LARGEST else value
    known = isinstance(year, str) and (year == "latest" or _YEAR.fullmatch(year))
    return year if known else None


def _lot(value: Any) -> str | None:
    from alliance_check.rulebook import lot_id

    if _is_number(value):
        return lot_id(str(value)) if 0 < value < _LARGEST else None
    return lot_id(value) if isinstance(value, str) else None


def _months(value: Any) -> int | None:
    from alliance_check.parse import read_months

    content = _number(value)
    return read_months(content, None) if isinstance(content, str | Decimal) else None


def _euros(value: Any) -> Decimal | None:
    from alliance_check.parse import read_project_amount

    content = _number(value)
    return read_project_amount(content) if isinstance(content, str | Decimal) else None


def _number(value: Any) -> Any:
    """Return a number of TOML as the core takes it, what is no number as it is.

    None stands for one that counts nothing: euros and months have no hundred digits.
    """
    if _is_number(value):
        return Decimal(value) if abs(value) <= _LARGEST else None
    if isinstance(value, Decimal):
        plain = value.is_finite() and abs(value.adjusted()) <= _DIGITS
        return value if plain and len(value.as_tuple().digits) <= _DIGITS else None
    return value if not isinstance(value, str) or len(value) <= _LONGEST else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _partners(value: Any) -> tuple[str, ...] | None:
    named = isinstance(value, list) and all(map(words, value))
    return tuple(value) if named else None


def _lang(value: Any) -> str | None:
    from alliance_check.text.catalogue import language_named

    return language_named(value) if isinstance(value, str) else None


def _formats(value: Any) -> tuple[str, ...] | None:
    named = (
        isinstance(value, list)
        and value
        and all(isinstance(one, str) and one in formats() for one in value)
    )
    return tuple(value) if named else None


def no_lot(text: str) -> Message:
    """Return the sentence on a text that names no lot."""
    return say(
        '--lot "{text}" is not a lot; use innovation (Lot 1), skills (Lot 2) or stem (Lot 3).',
        text=text,
    )


def _no_length(text: str) -> Message:
    # On the command line a bare number is in months, but nobody plans a project of so few.
    number = text.strip()
    if number.isdecimal() and Decimal(number) < 6:
        return say("--duration {number} is in months; for years write {number}y.", number=number)
    return say('--duration "{text}" is not a length; write 24 (months) or 2y.', text=text)


def _no_amount(option: str) -> Callable[[str], Message]:
    def refused(text: str) -> Message:
        if any(c.isdecimal() for c in text) and not text.strip(" .,0123456789"):
            return say(
                "{option} {text} is too little for a project; write {text}m or {text}k.",
                option=option,
                text=text,
            )
        return say(
            '{option} "{text}" is not an amount in EUR; write 1000000 or 1m.',
            option=option,
            text=text,
        )

    return refused


DEFINITIONS: Mapping[str, Json] = {
    "text": {"type": "string", "pattern": r"\S"},
    "call": {
        "description": "The year of a call, or latest.",
        "anyOf": [
            {"type": "integer", "minimum": 2000, "maximum": 2099},
            {"type": "string", "pattern": "^(latest|20[0-9]{2})$"},
        ],
    },
    "lot": {
        "description": "innovation (Lot 1), skills (Lot 2) or stem (Lot 3), "
        "or another name of one.",
        "anyOf": [
            {"type": "integer", "minimum": 1, "maximum": 3},
            {"type": "string", "pattern": "^([Ll]ot ?)?[1-3]$"},
            {
                "enum": [
                    *("innovation", "skills", "stem", "education-enterprises", "blueprint"),
                    *("sectoral", "stem-skills-foundries"),
                    "Alliances for Education and Enterprises",
                    "Alliances for Sectoral Cooperation on Skills",
                ]
            },
        ],
    },
    "duration": {
        "description": "Months, such as 24, or a text such as 2y.",
        "anyOf": [
            {"type": "integer", "minimum": 6, "maximum": 1200},
            {
                "type": "string",
                "pattern": r"^\s*([1-9][0-9]{0,3}\s*[A-Za-zÀ-ž]+|[6-9]|[1-9][0-9]{1,3})\s*$",
            },
        ],
    },
    "amount": {
        "description": "EUR, such as 1000000, or a text such as 1m.",
        "anyOf": [
            {"const": 0},
            {"type": "number", "minimum": 10_000, "maximum": 10**15},
            {
                "type": "string",
                # With a unit, or with so many digits that it needs none.
                "pattern": "^(?=[^-]*[0-9])(?=.*[A-Za-zÀ-ž€]|(.*[0-9]){5}|[0., ]*$)",
            },
        ],
    },
}
"""The parts of the schema that several keys share."""


def defined(name: str) -> Json:
    """Return the reference to a part of the schema."""
    return {"$ref": f"#/$defs/{name}"}


SHARED: Mapping[str, SharedOption] = {
    "call": SharedOption(
        help="Year of the call, or latest. Without it: 2023 and the newest, both.",
        read=_call,
        takes="the year of a call, or latest",
        schema=defined("call"),
    ),
    "lot": SharedOption(
        help="innovation (Lot 1), skills (Lot 2) or stem (Lot 3). Without it: every lot.",
        read=_lot,
        takes="innovation, skills or stem",
        refused=no_lot,
        schema=defined("lot"),
    ),
    "duration": SharedOption(
        help="Length of the project: 24 (months) or 2y.",
        read=_months,
        takes='months, such as 24, or "2y"',
        refused=_no_length,
        schema=defined("duration"),
        panel=PROJECT,
    ),
    "grant": SharedOption(
        help="Requested grant in EUR: 1000000, 1 000 000 or 1m.",
        read=_euros,
        takes='EUR, such as 1000000 or "1m"',
        refused=_no_amount("--grant"),
        schema=defined("amount"),
        panel=PROJECT,
    ),
    "total": SharedOption(
        help="Total cost in EUR.",
        read=_euros,
        takes='EUR, such as 1000000 or "1m"',
        refused=_no_amount("--total"),
        schema=defined("amount"),
        panel=PROJECT,
    ),
    "sheet": SharedOption(
        help="Name of the sheet with the partners.",
        read=words,
        takes="a text",
        schema=defined("text"),
        panel=READING,
    ),
    "confirm": SharedOption(
        help="Partner, by its name or the cell of it, beside whom no text is in doubt.",
        read=_partners,
        takes='a list of partners, such as ["Partners!A7"]',
        schema={
            "type": "array",
            "description": "Partners, by their names or the cells of these, beside whom no text is "
            "in doubt.",
            "items": defined("text"),
        },
        panel=READING,
    ),
    "strict": SharedOption(
        help="Take cautions, and what blank cells leave unchecked, as to check.",
        read=lambda value: value if isinstance(value, bool) else None,
        takes="true or false",
        schema={
            "type": "boolean",
            "description": "Take cautions, and what blank cells leave unchecked, as to check.",
        },
    ),
    "fail-on": SharedOption(
        help="Fail (exit code not 0) on not-eligible, on undecided too (the default), or never. "
        "Errors always fail.",
        read=lambda value: value if value in FAIL_ON else None,
        takes=", ".join(FAIL_ON),
        schema={
            "enum": [*FAIL_ON],
            "description": "The mildest verdict on which the exit code is not 0.",
        },
    ),
    "lang": SharedOption(
        help="Language of what people read: en, nb or de. Without it: that of the locale.",
        read=_lang,
        takes="a language with a catalogue, such as nb",
        schema={"type": "string", "minLength": 2, "description": "The language of reports."},
        per_file=False,
    ),
    "cache": SharedOption(
        help="Folder that keeps what was found of each file, so that an unchanged one is not "
        "judged again.",
        read=words,
        takes="a folder",
        schema={
            "type": "string",
            "pattern": r"\S",
            "description": "The folder that keeps what was found of each file, from the folder of "
            "the configuration.",
        },
        panel=READING,
        per_file=False,
    ),
    "formats": SharedOption(
        help="terminal (the default), or for programs "
        f"{', '.join([*formats()][1:])}. Several go to --output-dir.",
        read=_formats,
        takes=f"a list of {', '.join(formats())}",
        schema={
            "type": "array",
            "description": "What --output-dir writes where no --format is given.",
            "minItems": 1,
            "items": {"enum": [*formats()]},
        },
        per_file=False,
    ),
}
"""By its key in the configuration."""

"""The numbers by which the Commission's registers know an organisation."""

from __future__ import annotations

import re

from alliance_check.model.consortium import Problem, Said
from alliance_check.model.message import say
from alliance_check.parse.cells import problems
from alliance_check.parse.table.values import Row
from alliance_check.vocabulary.words import is_placeholder, read_said

_SPACES = re.compile(r"[\s.\-]")
_DATE = re.compile(
    r"(?:[0-9]{4}[-./ ][0-9]{1,2}[-./ ][0-9]{1,2}|"
    r"[0-9]{1,2}[-./ ][0-9]{1,2}[-./ ](?:[0-9]{2}){1,2})(?:[T ].*)?"
)
_AROUND = re.compile(
    r"(?:PIC\b[\s:.#-]*)?(?:(?P<plain>[0-9]{7,9})\.0|(?P<spaced>[0-9][0-9\s.\-]*?))"
    r"(?:\s*\([^()]*\))?",
    re.IGNORECASE,
)
"""A number with what people and programs write around it: "PIC: 999999999", "999999999.0"."""
_PIC_DIGITS = 9
_OID = re.compile(r"E[0-9]{8}")


def read_pic(row: Row) -> tuple[str, Problem | None]:
    """Return the participant identification code of a row: nine digits, or empty.

    A shorter number has lost its zeros. One digit over and over is a placeholder, and a date is
    no number.
    """
    text = row.text("pic")
    if _nothing(text):
        return "", None
    around = None if _DATE.fullmatch(text) else _AROUND.fullmatch(text)
    digits = "" if around is None else _SPACES.sub("", around["plain"] or around["spaced"])
    if digits.isascii() and digits.isdecimal() and len(digits) <= _PIC_DIGITS:
        pic = digits.zfill(_PIC_DIGITS)
        if len(set(pic)) > 1:
            return pic, None
        what = say('"{value}" is a placeholder, not a PIC (participant identification code)')
        return "", problems.unread(row, "pic", what, say("Write the PIC once it is known."))
    what = say('"{value}" is not a PIC (participant identification code)')
    return "", problems.unread(row, "pic", what, say("A PIC has nine digits."))


def read_oid(row: Row) -> tuple[str, Problem | None]:
    """Return the organisation id of a row: an E and eight digits, or empty."""
    text = row.text("oid")
    if _nothing(text):
        return "", None
    code = _SPACES.sub("", text).upper()
    if _OID.fullmatch(code):
        return code, None
    what = say('"{value}" is not an OID (organisation id)')
    return "", problems.unread(row, "oid", what, say("An OID is an E and eight digits."))


def _nothing(text: str) -> bool:
    return not text or read_said(text) is Said.BLANK or is_placeholder(text)

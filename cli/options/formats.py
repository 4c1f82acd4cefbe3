"""Every output format that the check can write, by the name by which people ask for it."""

from __future__ import annotations

from collections.abc import Mapping

from alliance_check.reports import FORMATS, Format

TERMINAL = "terminal"
SUMMARY = "markdown"
"""The format that is added to a summary file."""
_FOR_PEOPLE = Format("", "txt", what_if=True, advice=True, prose=True)


def formats() -> Mapping[str, Format]:
    """Return the report for people, which only the command line can draw, and all others."""
    return {TERMINAL: _FOR_PEOPLE, **FORMATS}

"""What can be taken away: the reports as the command writes them, and the template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from alliance_check import rulebook
from alliance_check.model.message import ENGLISH, shown_in
from alliance_check.page.judge import judged
from alliance_check.page.request import read_request
from alliance_check.reports import FORMATS


def report_file(form: str, text: str, sheets: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the reports on the sheets of a request in a format.

    What programs read is in English, whatever the language of the page.
    """
    request = read_request(text, sheets)
    found, made = judged(request), FORMATS[form]
    seen = found.across if made.across else ()
    with shown_in(ENGLISH if made.json else request.language):
        if made.binary:
            return made.content(found.results, batch=found.batch, across=seen)
        return made.render(found.results, batch=found.batch, across=seen).encode()


def template_file(lot: str, call: str, text: str) -> bytes:
    """Return the workbook to fill in for a lot of a call, or of the newest where none is named.

    :raises AllianceCheckError: when the call has no such lot.
    """
    from alliance_check.template import template

    loaded = rulebook.load_call(call or "latest")
    with shown_in(read_request(text).language):
        return template(loaded, rulebook.find_lot(loaded, lot))

"""Every word of the page itself, by the key under which its sources ask for it.

``data.making.page`` puts them into the page in each of its languages, so that it can be read
before Python has come. A word in braces is filled in by the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alliance_check.model.consortium import (
    EDUCATION,
    HEI,
    LABOUR,
    VET,
    Role,
)
from alliance_check.model.message import Message, say, shown_in
from alliance_check.rulebook import calls, load_call
from alliance_check.text.catalogue import language
from alliance_check.vocabulary.countries import country
from alliance_check.vocabulary.country_names import table
from alliance_check.vocabulary.kinds import KINDS, kind_label

LANGUAGES = {"en": "English", "nb": "Norsk bokmål"}
"""The languages of the page, each by its own name."""

WORDS: Mapping[str, Message] = {
    "title": say("Is this consortium eligible?"),
    "programme": say("Alliances for Innovation · Erasmus+"),
    "lead": say(
        "Drop the partner list of a proposal. Each rule of its lot is checked; for every no you "
        "get the cell, the clause and the way out."
    ),
    "private": say(
        "Nothing is uploaded: your sheet is checked by this page, on your own machine, and the "
        "page is not allowed to speak with anybody but the place it came from."
    ),
    "language": say("Language"),
    "skip": say("Skip to the answer"),
    "sheets": say("Your sheet"),
    "drop": say("Choose files, or drop them here"),
    "kinds": say("xlsx, xlsm, xls, ods, csv or tsv; of several you get a summary too"),
    "paste": say("Or paste a table"),
    "paste-help": say("Copy it from a spreadsheet, with its headers, and paste it here."),
    "paste-check": say("Check the pasted table"),
    "pasted": say("Pasted table"),
    "example": say("Show an example"),
    "remove": say("Remove {name}"),
    "clear": say("Remove all"),
    "chosen": say("Sheets"),
    "project": say("The project"),
    "project-help": say("Leave a field empty where the sheet says it."),
    "lot": say("Lot"),
    "lot-open": say("As the sheet says, else every lot"),
    "call": say("Call"),
    "call-open": say("As the sheet says, else 2023 and 2026"),
    "duration": say("Duration"),
    "duration-help": say("in months, or such as 2 years"),
    "grant": say("Grant applied for"),
    "total": say("Total costs"),
    "euro-help": say("in EUR, such as 1.2m"),
    "loading": say("Loading Python: {part} of {whole} MB"),
    "starting": say("Starting Python"),
    "warming": say("Reading the rulebooks"),
    "ready": say("Ready. Everything is on your machine."),
    "checking": say("Checking {name}"),
    "stop": say("Stop"),
    "stopped": say("Stopped. What you chose and typed is still here."),
    "again": say("Check again"),
    "no-python": say(
        "Python could not be loaded. The page needs a browser of the last three years, and a "
        "connection on the first visit."
    ),
    "no-script": say("This page needs JavaScript: it checks your sheet in the browser."),
    "answer": say("The answer"),
    "view": say("Show"),
    "view-all": say("All {number} files"),
    "what-if": say("What if"),
    "what-if-help": say("Try a change; the sheet itself stays as it is."),
    "what-if-many": say("Show one file to try changes on it, and to see what to ask."),
    "verb": say("Change"),
    "verb-drop": say("leave out a partner"),
    "verb-add": say("add a full partner"),
    "verb-confirm": say("take a partner as confirmed"),
    "verb-country": say("the country of a partner"),
    "verb-type": say("the type of a partner"),
    "verb-role": say("the role of a partner"),
    "verb-counts": say("what a partner counts as"),
    "verb-charter": say("whether a partner holds a charter (ECHE)"),
    "verb-pact": say("whether a partner is in the Pact for Skills"),
    "partner": say("Partner"),
    "country": say("Country"),
    "kind": say("Type"),
    "role": say("Role"),
    "counts-as": say("Counts as"),
    "yes-or-no": say("Yes or no"),
    "try": say("Try it"),
    "try-advice": say("Try the changes that the report proposes"),
    "undo": say("Take back: {change}"),
    "undo-all": say("Take back all"),
    "tried": say("Changes tried"),
    "with": say("With them: {line}"),
    "without": say("Without them: {line}"),
    "change-drop": say("without {partner}"),
    "change-add": say("with a new partner: {country}, {kind}"),
    "change-confirm": say("{partner} is confirmed"),
    "change-country": say("{partner} is in: {value}"),
    "change-type": say("{partner} is: {value}"),
    "change-role": say("{partner} takes part as: {value}"),
    "change-counts": say("{partner} counts as: {value}"),
    "change-charter": say("{partner} holds a charter: {value}"),
    "change-pact": say("{partner} is in the Pact for Skills: {value}"),
    "yes": say("yes"),
    "no": say("no"),
    "questions": say("What to ask"),
    "questions-help": say("The fewest questions that would decide it."),
    "downloads": say("To take with you"),
    "download-html": say("Report as a page (html)"),
    "download-xlsx": say("Report as a workbook (xlsx)"),
    "download-json": say("Report for programs (json)"),
    "template": say("A sheet to fill in"),
    "template-help": say(
        "A workbook with drop-downs and a tally, for the call chosen above or the newest."
    ),
    "download-template": say("Template for {lot}"),
    "making": say("Making {name}"),
    "made": say("{name} is in your downloads."),
    "failed": say("That did not work: {reason}"),
    "version": say("Version {version}, build {build}"),
    "offline": say("This page works without a connection, too."),
    "update": say("A newer version of this page is there."),
    "update-use": say("Use it now; the page starts anew"),
    "not-advice": say(
        "No legal advice: the Programme Guide of the call decides, and the agency reads it."
    ),
}
"""The words; ``verb-`` and ``change-`` say each way to change something, to choose and to list."""

_ROLES = {
    Role.COORDINATOR: say("coordinator"),
    Role.FULL_PARTNER: say("full partner"),
    Role.AFFILIATED_ENTITY: say("affiliated entity"),
    Role.ASSOCIATED_PARTNER: say("associated partner"),
}
_FUNCTIONS = {
    LABOUR: say("labour market actor"),
    EDUCATION: say("education and training provider"),
    HEI: say("higher education institution"),
    VET: say("vocational provider"),
    "neither": say("neither of them"),
}

Choices = list[tuple[str, str]]


def words_in(code: str) -> dict[str, Any]:
    """Return the words in a language, with what the lists of the page offer.

    A choice is the value that ``--what-if`` or ``--lot`` takes, and what people call it.
    """
    with shown_in(language(code)):
        return {
            "words": {key: str(message) for key, message in WORDS.items()},
            "lots": _lots(),
            "calls": [(call, call) for call in reversed(calls())],
            "country": sorted(
                ((c, str(country(c))) for c in table().english), key=lambda choice: choice[1]
            ),
            "kind": [(kind, str(Message(kind_label(kind)))) for kind in KINDS],
            "role": [(role.value, str(words)) for role, words in _ROLES.items()],
            "counts-as": [(name, str(words)) for name, words in _FUNCTIONS.items()],
        }


def _lots() -> Choices:
    lots = load_call("latest").lots
    return [
        (lot.id, str(say("Lot {number}, {title}", number=lot.number, title=Message(lot.title))))
        for lot in lots.values()
    ]

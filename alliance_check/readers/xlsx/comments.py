"""Read the comments of an Excel workbook: notes, and threads since 2018."""

from __future__ import annotations

import re

from alliance_check.readers.archive import Archive
from alliance_check.readers.limits import Budget, too_long
from alliance_check.readers.marks import Place, without_author
from alliance_check.readers.xlsx.sheet import place_of
from alliance_check.readers.xlsx.texts import Runs

_COMMENT_BYTES = 250
"""What one comment costs in memory on top of its text, about."""
_THREAD = "tc="
"""The start of the author of a note that Excel writes for programs without threads."""
# Such a note explains to older programs what it is, in the language of the one who wrote it.
_EXPLANATION = re.compile(
    r"\s*\[[^\]]*\].{0,1000}?https://go\.microsoft\.com/\S+\s+[^\n]*\n", re.DOTALL
)


def notes_of(archive: Archive, part: str, budget: Budget) -> dict[Place, str]:
    """Return the notes of a part ``comments``; what is struck through in them is left out."""
    found: dict[Place, str] = {}
    authors: list[str] = []
    runs = Runs(too_long(archive.name, "", archive.limits), archive.limits.cell)
    place, author = (0, 0), ""
    into: list[str] | None = None

    def open_author(_given: dict[str, str]) -> None:
        nonlocal into
        into = []

    def close_author() -> None:
        nonlocal into
        authors.append("".join(into or ()))
        budget.spend(_COMMENT_BYTES + 4 * len(authors[-1]))
        into = None

    def open_note(given: dict[str, str]) -> None:
        nonlocal place, author
        place, number = place_of(given.get("ref", "")), int(given.get("authorId", "0"))
        author = authors[number] if 0 <= number < len(authors) else ""
        runs.begin()

    def close_note() -> None:
        note = runs.left()
        if author.startswith(_THREAD):
            found_at = _EXPLANATION.match(note)
            note = note[found_at.end() :] if found_at else note
        if note := without_author(note, author):
            found[place] = note
        budget.spend(_COMMENT_BYTES + 4 * len(note))

    def text(piece: str) -> None:
        budget.spend(len(piece))
        if into is not None:
            into.append(piece)
        else:
            runs.text(piece)

    opened = {**runs.opened(), "author": open_author, "comment": open_note}
    closed = {**runs.closed(), "author": close_author, "comment": close_note}
    archive.parse(part, opened, closed, text)
    return found


def threads_of(archive: Archive, part: str, budget: Budget) -> dict[Place, str]:
    """Return the threads of a part ``threadedComments``, the texts of each joined in order."""
    found: dict[Place, list[str]] = {}
    place = (0, 0)
    into: list[str] | None = None

    def open_comment(given: dict[str, str]) -> None:
        nonlocal place
        place = place_of(given.get("ref", ""))

    def open_text(_given: dict[str, str]) -> None:
        nonlocal into
        into = []

    def close_text() -> None:
        nonlocal into
        if text := "".join(into or ()).strip():
            found.setdefault(place, []).append(text)
            budget.spend(_COMMENT_BYTES + 4 * len(text))
        into = None

    def text(piece: str) -> None:
        if into is not None:
            budget.spend(len(piece))
            into.append(piece)

    opened = {"threadedComment": open_comment, "text": open_text}
    archive.parse(part, opened, {"text": close_text}, text)
    return {place: " / ".join(texts) for place, texts in found.items()}

"""Text as GitHub shows it unchanged: no markup, no link, no mention, no reference.

Signs of Markdown and HTML become character references, which mean nothing to a parser. GitHub
looks for mentions, issue numbers and addresses in what is already rendered, where a reference is
the sign again; it never looks into code, so a word that could be one of them is set as code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from alliance_check.reports.escaping import visible

_WORDS = re.compile(r"\S+")
# @name, #12, GH-12, addresses, :smile:, $formula$, and what could be the hash of a commit.
_LIVE = re.compile(r"[@#$]|://|www\.|:[\w+-]+:|GH-\d|\b[0-9a-f]{7,40}\b", re.IGNORECASE)
_SIGNS = re.compile(r"[\\`*_{}\[\]<>&|~#+=$@^]|^[:-]+$")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_NUMBERED = re.compile(r"(\d+)([.)])")


def escaped(text: object) -> str:
    """Return the text for one place within a line of Markdown.

    >>> print(escaped("a|b *c*"), escaped("ask @me"))
    a&#124;b &#42;c&#42; ask <code>&#64;<!-- -->me</code>
    """
    return _WORDS.sub(_word, visible(str(text)).strip())


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of cells that are escaped already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _word(match: re.Match[str]) -> str:
    word = match.group()
    numbered = _NUMBERED.fullmatch(word)
    if numbered:  # would begin a list
        return f"{numbered[1]}&#{ord(numbered[2])};"
    if not _LIVE.search(word):
        return _SIGNS.sub(_reference, word)
    # The parser makes links of addresses even within code, but not across references; of an e-mail
    # address it does, but not across a comment.
    safe = _PUNCTUATION.sub(_reference, word)
    return f"<code>{safe.replace('&#64;', '&#64;<!-- -->')}</code>"


def _reference(match: re.Match[str]) -> str:
    return "".join(f"&#{ord(sign)};" for sign in match.group())

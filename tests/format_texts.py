"""What the tests of formats share: results to write, and texts that a sheet may hold."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from alliance_check.model.report import Failure, Result
from alliance_check.reports import FORMATS
from tests.made_reports import (
    HOSTILE,
    eligible,
    from_outside,
    report,
)

TEXT_FORMATS = tuple(name for name, form in FORMATS.items() if not form.binary)
BROKEN = Failure("broken.xlsx", 4, "unreadable-file", "broken.xlsx is damaged.", "0.1.0")
BATCH: Sequence[Result] = (report(), eligible(), from_outside(), BROKEN)

# What a sheet may hold to be taken for something else by one of the readers.
TRAPS = (
    *HOSTILE,
    "a|b\\|c \\\\| d",
    "`code` ``more``` `",
    "<script>alert(1)</script><img src=x onerror=y>",
    "<!-- --> & &amp; &#64; <b>",
    "@everyone ask me@evil.example and @team/one",
    "#123 GH-12 owner/repo#1 deadbeefcafe :smile: $x$",
    "[text](https://evil.example) ![i](http://evil.example/x.png) <https://evil.example>",
    "www.evil.example https://evil.example/a ftp://evil.example",
    "*bold* _it_ ~~no~~ [^1] [ ] [x]",
    "1. one",
    "12) two",
    "- item",
    "+ item",
    "# head",
    "> quote",
    "=== ---",
    "    indented",
    "::error file=x::evil",
    "%0A::error::evil %25 %3A",
    "##[error]evil",
    "a,b:c=d;e",
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "x;=1",
    'x;"=1',
    "＝1+1",
    "]]> <![CDATA[ \"quoted\" 'single'",
    "\x00\x08\x0b\ufffe\uffff",
    "{0} {{1}}",
    "?query#part%2f a b\u00f8",
    "C:\\x\\..\\y",
    "//host/x",
    "",
    " ",
)
_PIECES = st.sampled_from([t for t in TRAPS if t]) | st.characters()
TEXTS = st.lists(_PIECES, max_size=4).map("".join)


def written(name: str, *results: Result) -> str:
    return FORMATS[name].render(results, batch=len(results) > 1)

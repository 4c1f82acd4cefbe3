"""A page of text for people: broken to a width, coloured or not, in Unicode or in ASCII.

All text enters through :meth:`Page.text`, never as Rich markup, so that nothing from a sheet can
drive the terminal, become a link or break the layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from alliance_check.model.message import Message
from alliance_check.model.outcome import Outcome, Verdict
from alliance_check.reports.escaping import ascii_only, visible

from ..files.style import Style

_NARROW = 60
# Stands for the spaces inside an amount until lines are broken; no text from a sheet holds it.
_GLUE = "\ufdd0"
_AMOUNT = re.compile(r"\bEUR \d[\d ]*(?=\d)")
_SIGNS = {
    "met": "✓",
    "not-met": "✗",
    "to-check": "?",
    "not-checked": "–",
    "not-applicable": "–",
    "caution": "!",
    "other": "–",
    "arrow": "→",
    "full": "█",
    "open": "▒",
    "empty": "░",
}
_ASCII_SIGNS = {
    **_SIGNS,
    "met": "+",
    "not-met": "x",
    "not-checked": "-",
    "not-applicable": "-",
    "other": "-",
    "arrow": "->",
    "full": "#",
    "open": "?",
    "empty": ".",
}


VERDICT_STYLES: Mapping[Verdict | None, str] = {
    Verdict.ELIGIBLE: "bold green",
    Verdict.NOT_ELIGIBLE: "bold red",
    Verdict.UNDECIDED: "bold yellow",
    None: "bold magenta",
}
"""How a verdict looks; None where a file could not be judged."""
OUTCOME_STYLES: Mapping[Outcome, str] = {
    Outcome.MET: "green",
    Outcome.NOT_MET: "bold red",
    Outcome.TO_CHECK: "yellow",
    Outcome.NOT_CHECKED: "dim",
    Outcome.NOT_APPLICABLE: "dim",
}


class Styled(NamedTuple):
    """Words with the Rich style in which they are shown."""

    words: object | Text
    style: str


class Page:
    """Collects lines that are already broken to the width."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.narrow = style.width < _NARROW
        self._out = StringIO()
        self._console = Console(
            file=self._out,
            width=max(style.width, 20),
            color_system="standard" if style.colour else None,
            force_terminal=style.colour,
            no_color=not style.colour,
            legacy_windows=False,
            highlight=False,
            markup=False,
            emoji=False,
        )

    def safe(self, text: object) -> str:
        """Return a message, or a text of a sheet, as it may be shown here."""
        shown = visible(str(text)).replace(_GLUE, "?")
        shown = _AMOUNT.sub(lambda match: match[0].replace(" ", _GLUE), shown)
        return self._ascii(shown) if self.style.ascii else shown

    @staticmethod
    def _ascii(shown: str) -> str:
        return _GLUE.join(map(ascii_only, shown.split(_GLUE)))

    def text(self, *parts: object) -> Text:
        """Return one text of plain and styled parts; a ``Text`` is taken as it is.

        Whatever is a sentence is given as a message, whatever is neither comes from a sheet.
        """
        whole = Text()
        for part in parts:
            if isinstance(part, Text):
                whole.append_text(part)
            elif isinstance(part, Styled) and isinstance(part.words, Text):
                whole.append(part.words.plain, part.style)
            elif isinstance(part, Styled):
                whole.append(self.safe(part.words), part.style)
            else:
                whole.append(self.safe(part))
        return whole

    def sign(self, name: str) -> str:
        """Return a sign by its name, as it may be shown here."""
        return (_ASCII_SIGNS if self.style.ascii else _SIGNS)[name]

    def bullet(self, name: str, style: str = "dim") -> Text:
        """Return the start of an entry of a list: a sign, by its name, in a style."""
        return self.text("  ", Styled(self.sign(name), style), " ")

    def paragraph(self, body: object, start: Text | int = 0, hang: int | None = None) -> None:
        """Add a paragraph behind *start*, which is a text or a number of spaces.

        Its further lines stand *hang* columns from the edge, by default below the body. A start
        that would leave too little room gets a line of its own.
        """
        whole = body if isinstance(body, Text) else self.text(body)
        self.write_all(self.lines(whole, start, hang))

    def lines(self, body: Text, start: Text | int = 0, hang: int | None = None) -> list[Text]:
        """Return the lines of a paragraph."""
        first = Text(" " * start) if isinstance(start, int) else start
        width = self._console.width
        left = first.cell_len if hang is None else hang
        if width - left < min(24, width - 4):
            return [*self.lines(first, hang=2), *self.lines(body, 4)]
        if first.cell_len + body.cell_len <= width:
            return [Text.assemble(first, body)]
        room = width - max(left, first.cell_len)
        broken = body.wrap(self._console, room, overflow="fold")
        starts = [first, *[Text(" " * left)] * (len(broken) - 1)]
        return [Text.assemble(*pair) for pair in zip(starts, broken, strict=True)]

    def gap(self) -> None:
        """Add an empty line."""
        self.write(Text(""))

    def heading(self, title: Message) -> None:
        """Add an empty line and the title of a block."""
        self.gap()
        self.paragraph(self.text(Styled(title, "bold")), hang=2)

    def write_all(self, lines: Iterable[Text]) -> None:
        """Add lines as they stand."""
        for line in lines:
            self.write(line)

    def write(self, line: Text) -> None:
        """Add one line as it stands."""
        line.rstrip()
        self._console.print(line, no_wrap=True, overflow="ignore", crop=False)

    def result(self) -> str:
        """Return the whole page as text."""
        lines = self._out.getvalue().replace(_GLUE, " ").split("\n")
        return "\n".join(line.rstrip() for line in lines)


def joined(parts: Iterable[object], between: str) -> Iterator[object]:
    """Yield the parts with something between each two."""
    for number, part in enumerate(parts):
        if number:
            yield between
        yield part

"""README.md and the pages of docs/, with the blocks between their markers."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = (README, *sorted((ROOT / "docs").glob("*.md")))


def page_of(block: str) -> tuple[Path, str]:
    """Return the one page that holds a block, and what stands between its markers."""
    pattern = re.compile(rf"<!-- {block} -->\n(.*?)<!-- end -->", re.DOTALL)
    found = [(page, text) for page in PAGES for text in pattern.findall(page.read_text("utf-8"))]
    assert len(found) == 1, f"<!-- {block} --> … <!-- end --> stands {len(found)} times"
    return found[0]


def snippet(name: str) -> str:
    """Return what a page shows as a file: the lines of a snippet without their indent."""
    return dedent(page_of(f"snippet {name}")[1])


def shown_commands() -> list[str]:
    """Return every command that a page shows on a line of its own or in a table."""
    texts = [page.read_text("utf-8") for page in PAGES]
    lines = [line for text in texts for line in re.findall(r"^    (.+)$", text, re.MULTILINE)]
    cells = [cell for text in texts for cell in re.findall(r"\| `([^`]+)` \|", text)]
    return [shown for shown in (*lines, *cells) if shown.startswith("alliance-check ")]

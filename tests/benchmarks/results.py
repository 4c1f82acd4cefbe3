"""The page of results: one section a part, each with what it was measured on, and when."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from alliance_check import __version__
from tests.benchmarks.timing import Cost, digits, middle, processor, ratio, seconds
from tests.lock import ROOT

HERE = Path(__file__).parent
PAGE = HERE / "RESULTS.md"
HEAD = """\
# What it costs, beside what people would use instead

Written by `python -m tests.benchmarks`; do not edit. A ratio is the median over the rounds of a
run, in which every program has its turn, with the quartiles in brackets; it compares processor
time, since that hangs least on what else a machine does. Above 1 means that it takes longer than
what it is compared with. All programs are installed in environments of their own, warm on disk,
compiled. The peers answer other questions than alliance-check, and none of them gives a verdict:
each part says what they do.
"""


@dataclass(frozen=True)
class Goal:
    """What a ratio is to be at most, and which one is reached for."""

    says: str
    most: float
    reach: float | None
    reason: str

    def judged(self, found: float) -> str:
        """Return a sentence on what was found."""
        reach = "" if self.reach is None else f", reaching for {self.reach:g}"
        answer = "missed" if found > self.most else "reached"
        return f"**Goal** {self.says}: at most {self.most:g}{reach}; {digits(found)}, {answer}."


@dataclass(frozen=True)
class Table:
    """A table of the page; its first column is text, the others are numbers."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]

    def __str__(self) -> str:
        """Return it as markdown.

        >>> print(Table(("a", "b"), [("x|y", "1")]))
        | a | b |
        |---|---:|
        | x/y | 1 |
        """
        line = "|---|" + "---:|" * (len(self.header) - 1)
        rows = ["| " + " | ".join(c.replace("|", "/") for c in row) + " |" for row in self.rows]
        return "\n".join(["| " + " | ".join(self.header) + " |", line, *rows])


@dataclass(frozen=True)
class Section:
    """What a part found: *goals* by name with the number that was found, and *profiles*."""

    title: str
    text: str
    tables: Mapping[str, Table]
    goals: Mapping[str, float] = field(default_factory=dict)
    profiles: Mapping[str, Sequence[tuple[str, float]]] = field(default_factory=dict)
    notes: Sequence[str] = ()


def compared(what: str, found: Mapping[str, Sequence[Cost]], base: str) -> Table:
    """Return what each program costs, and its processor time in times of that of *base*."""
    least = processor(found[base])
    rows = [
        (
            name,
            seconds(middle(costs).processor),
            seconds(middle(costs).elapsed),
            str(ratio(processor(costs), least)),
        )
        for name, costs in found.items()
    ]
    return Table((what, "processor", "clock", f"times {base}"), rows)


def goals() -> dict[str, Goal]:
    """Return the goals by name."""
    found = tomllib.loads((HERE / "goals.toml").read_text("utf-8"))
    return {
        name: Goal(goal["says"], goal["most"], goal.get("reach"), goal["reason"])
        for name, goal in found.items()
    }


def missed(name: str, found: float) -> bool:
    """Say whether a goal is missed."""
    return found > goals()[name].most


def markdown(number: int, section: Section, measured_on: str) -> str:
    """Return a section of the page."""
    blocks = [f"## {number}. {section.title}", section.text.strip(), measured_on]
    for caption, table in section.tables.items():
        blocks += [caption, str(table)] if caption else [str(table)]
    for name, found in section.goals.items():
        goal = goals()[name]
        blocks.append(goal.judged(found))
        if missed(name, found):
            blocks[-1] += f" {goal.reason}".rstrip()
        if missed(name, found) and name in section.profiles:
            rows = [(module, f"{share:.0%}") for module, share in section.profiles[name]]
            blocks.append(str(Table(("where its time goes, by the profile", "share"), rows)))
    blocks += section.notes
    return "\n\n".join(blocks)


def put(page: str, number: int, text: str) -> str:
    """Return the page with a part replaced, or put at its place, and all others as they are.

    >>> put(put("Head\\n", 2, "two"), 1, "one")
    'Head\\n\\n<!-- part 1 -->\\none\\n<!-- end -->\\n\\n<!-- part 2 -->\\ntwo\\n<!-- end -->\\n'
    """
    pattern = r"<!-- part (\d+) -->\n(.*?)\n<!-- end -->\n"
    parts = {int(found[1]): found[2] for found in re.finditer(pattern, page, re.DOTALL)}
    parts[number] = text
    head = page.partition("<!-- part ")[0].rstrip("\n")
    blocks = [f"<!-- part {each} -->\n{parts[each]}\n<!-- end -->\n" for each in sorted(parts)]
    return "\n".join([f"{head}\n", *blocks])


def write(path: Path, number: int, text: str) -> None:
    """Write a part into the page, at once and whole."""
    page = path.read_text("utf-8") if path.exists() else HEAD
    # The head is this program's, and not what an older one wrote.
    parts = HEAD + "\n" + page[page.find("<!-- part ") :] if "<!-- part " in page else HEAD
    new = path.with_suffix(".new")
    new.write_text(put(parts, number, text), "utf-8", newline="\n")
    new.replace(path)


def measured_on(runs: int, versions: Mapping[str, str], load: float) -> str:
    """Return a line with when, on what and with which versions a part was measured.

    It holds no name of the machine and no path.
    """
    date = f"{datetime.now(UTC):%d %B %Y}".lstrip("0")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = os.cpu_count() or 1
    busy = "" if load < cores / 2 else " **The machine was not quiet: these are no final figures.**"
    names = ", ".join(f"{name} {version}" for name, version in versions.items())
    facts = [
        f"{date}, {runs} {'round' if runs == 1 else 'rounds'}",
        f"{_model()}, {cores} cores, {memory:.0f} GiB, {platform.system()}",
        f"load before it {load:.1f}",
        f"Python {platform.python_version()}, alliance-check {__version__}{_commit()}",
        *([names] if names else []),
    ]
    return f"*{'; '.join(facts)}.*{busy}"


def _model() -> str:
    try:
        found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text("utf-8"))
    except OSError:
        found = None
    return found[1].strip() if found else platform.machine()


def _commit() -> str:
    """Return the commit of the working tree, and whether files differ from it."""
    git = ["git", "-C", str(ROOT), "describe", "--always", "--dirty=, changed", "--exclude=*"]
    try:
        return f" ({subprocess.check_output(git, encoding='utf-8').strip()})"
    except (OSError, subprocess.CalledProcessError):
        return ""

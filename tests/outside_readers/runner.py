"""How the runner of GitHub Actions takes a line of output for a command.

The runner is no program to be called in a test; this follows what its documentation and its open
source say: a line that begins with two colons, a name, properties in key=value form divided by
commas, two colons, the text; and what stands for signs that would end a part is put back.
"""

from __future__ import annotations

from typing import NamedTuple

_IN_TEXT = (("%0D", "\r"), ("%0A", "\n"), ("%25", "%"))
_IN_PROPERTIES = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))
REGISTERED = {"error", "warning", "notice", "debug", "group", "endgroup", "add-mask", "echo"}


class Command(NamedTuple):
    name: str
    properties: dict[str, str]
    text: str


def commands(output: str) -> list[Command | None]:
    """Return of each line of output the command that it is; None where it is none."""
    lines = output.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [_command(line.strip()) for line in lines if line]


def _command(line: str) -> Command | None:
    end = line.find("::", 2)
    if not line.startswith("::") or end < 0:
        return None
    name, _, given = line[2:end].partition(" ")
    if name not in REGISTERED:
        return None
    pairs = [pair.split("=", 1) for pair in given.split(",") if pair]
    properties = {key: _back(value, _IN_PROPERTIES) for key, value in pairs}
    return Command(name, properties, _back(line[end + 2 :], _IN_TEXT))


def _back(text: str, signs: tuple[tuple[str, str], ...]) -> str:
    for escaped, sign in signs:
        text = text.replace(escaped, sign)
    return text

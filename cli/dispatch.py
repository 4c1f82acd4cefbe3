"""What the first argument decides: a command, or the check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from alliance_check.model.message import Message, listed, say

PROGRAM = "alliance-check"
_CHECK = ("commands.check", "check")

# Name of each command, and the module and function beside this one that it is.
COMMANDS: Mapping[str, tuple[str, str]] = {
    "rules": ("commands.rulebook", "rules"),
    "explain": ("commands.rulebook", "explain"),
    "calls": ("commands.rulebook", "calls"),
    "country": ("commands.rulebook", "country"),
    "inspect": ("commands.inspect", "inspect"),
    "portfolio": ("commands.portfolio", "portfolio"),
    "questions": ("commands.questions", "questions"),
    "tidy": ("commands.tidy", "tidy"),
    "template": ("commands.template", "template"),
    "diff": ("commands.diff", "diff"),
    "textconv": ("commands.textconv", "textconv"),
}


def split(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    """Return the command that the first argument names, if any, and the other arguments.

    >>> split(["rules", "--call", "2026"]), split(["./rules", "--lot", "1"])
    (('rules', ['--call', '2026']), (None, ['./rules', '--lot', '1']))
    """
    if arguments and arguments[0] in COMMANDS:
        return arguments[0], list(arguments[1:])
    return None, list(arguments)


def function_of(command: str | None) -> Any:
    """Return the function behind a command, or behind the check; only its module is loaded."""
    module, name = _CHECK if command is None else COMMANDS[command]
    return getattr(import_module(f".{module}", __package__), name)


def no_such_path(path: str) -> Message:
    """Return the sentence for a path that does not exist, with what else may have been meant."""
    from difflib import get_close_matches

    near = get_close_matches(path.lower(), COMMANDS, n=1, cutoff=0.6)
    if path in COMMANDS:
        return say(
            "There is no file or folder {path}; as a command {path} must come first.",
            path=repr(path),
        )
    if near:
        return say(
            "There is no file or folder {path}; did you mean the command {command}?",
            path=repr(path),
            command=near[0],
        )
    if path.isalpha():  # nothing in it speaks of a file
        return say(
            "There is no file, folder or command {path}; the commands are {commands}.",
            path=repr(path),
            commands=listed(COMMANDS),
        )
    return say("There is no file or folder {path}.", path=repr(path))

"""The language of a run: --lang, else the configuration's, else that of the locale.

The locale speaks for people only. What programs read stays English unless somebody chooses
another language.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar

from alliance_check.model.errors import WrongUsage
from alliance_check.model.message import ENGLISH, Language, shown_in
from alliance_check.text.catalogue import language, language_named, languages, locale_language

_OPTION = "--lang"
_chosen: ContextVar[Language | None] = ContextVar("the chosen language", default=None)


def run_language(arguments: Sequence[str]) -> AbstractContextManager[None]:
    """Enter the language that the arguments or the locale name, before they are parsed.

    Help texts and errors need it too. A language that is not known is left to the parser.
    """
    code = _typed(arguments)
    if code is not None:
        return _in_language(code)
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    return shown_in(language(locale_language(os.environ.get(name, "") for name in names)))


def configured_language(code: str | None) -> AbstractContextManager[None]:
    """Enter the language of a configuration, unless one was typed."""
    return nullcontext() if code is None or _chosen.get() else _in_language(code)


def program_language() -> AbstractContextManager[None]:
    """Enter the language of what programs read."""
    return shown_in(_chosen.get() or ENGLISH)


def read_language(text: str) -> str:
    """Return the code of a language with a catalogue.

    :raises WrongUsage: when there is none.
    """
    code = language_named(text)
    if code is None:
        raise WrongUsage(
            '--lang "{text}" has no catalogue; use {languages}.',
            text=text,
            languages=", ".join(languages()),
        )
    return code


@contextmanager
def _in_language(code: str) -> Iterator[None]:
    token = _chosen.set(language(code))
    try:
        with shown_in(language(code)):
            yield
    finally:
        _chosen.reset(token)


def _typed(arguments: Sequence[str]) -> str | None:
    for argument, after in zip(arguments, [*arguments[1:], ""], strict=False):
        if argument == _OPTION:
            return language_named(after)
        if argument.startswith(f"{_OPTION}="):
            return language_named(argument.partition("=")[2])
    return None

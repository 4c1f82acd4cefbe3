"""Load the catalogue of a language: ``data/locale/<language>/LC_MESSAGES/alliance-check.mo``."""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import cache

from alliance_check.model.message import ENGLISH, Language
from alliance_check.text.tables import bytes_of_table, names_in

NUMBER, SIGNS = "number", ("thousands separator", "decimal separator")
"""The context in which a catalogue holds the signs of numbers, and what they are."""
_RELATED = {"nn": "nb", "no": "nb"}
"""Languages whose readers are served by the catalogue of another."""


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a catalogue, English first."""
    return ("en", *(name for name in names_in("locale") if "." not in name))


def language_named(text: str) -> str | None:
    """Return the code of the language that a text or a locale names; None without a catalogue.

    >>> language_named("nb"), language_named("nn_NO.UTF-8"), language_named("C")
    ('nb', 'nb', 'en')
    >>> language_named("tlh")
    """
    code = text.replace("-", "_").split(".")[0].split("_")[0].lower()
    code = _RELATED.get(code, "en" if code in {"c", "posix"} else code)
    return code if code in languages() else None


def locale_language(environment: Iterable[str]) -> str:
    """Return the language of the first variable of a locale that is set; English if it has none."""
    set_first = next((value for value in environment if value), "en")
    return language_named(set_first) or "en"


@cache
def language(code: str) -> Language:
    """Return a language by its code, one of ``languages()``."""
    if code == "en":
        return ENGLISH
    from gettext import GNUTranslations

    path = f"locale/{code}/LC_MESSAGES/alliance-check.mo"
    found = GNUTranslations(io.BytesIO(bytes_of_table(path)))
    thousands, decimal = (found.pgettext(NUMBER, sign) for sign in SIGNS)
    return Language(code, found.gettext, found.ngettext, found.pgettext, thousands, decimal)

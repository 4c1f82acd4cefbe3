"""Phrases of a table, found exactly, and the parts into which a cell can be taken.

Case, accents, hyphens and spaces do not matter. Other signs do: "University / College" may name
two things, "University?" is a doubt; neither is the phrase "university college" or "university".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, cached_property

from alliance_check.text.folding import fold
from alliance_check.vocabulary.kinds import table_text

LONGEST = 300  # letters; what is longer is no type

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0f\ufeff]")
_AROUND = " \t\r\n\"“”„«»'‘’*†•·,.:"
_BULLET = re.compile(r"^-\s+")
_SIGNS = re.compile(r"[^\w\s'’.*-]|_|(?<=\s)-|-(?=\s)|\.(?=\s*\n|\s+\w{3})")
_SAME = str.maketrans(
    dict.fromkeys("–—\u2010\u2011\u2012\u2015\u2212", "-") | dict.fromkeys("`´ʼ′", "'")
)
_WORDS_OF_DOUBT = frozenset(
    fold(
        "no not non nor neither never without except excluding former formerly ex previously "
        "future planned possibly maybe perhaps probably potentially unlike versus instead "
        "ikke ikkje ingen inga uten utan tidligere tidlegare kanskje nicht kein keine keinen ohne "
        "ehemalige ehemaliger ehemals vielleicht weder noch pas aucun aucune sans ancien ancienne "
        "peut-être sin ningún ninguna antiguo antigua quizás senza nessun nessuna forse não nem "
        "sem nenhum talvez geen niet zonder voormalig voormalige misschien nie bez ani dawny były "
        "może nu fără niciun poate fost δεν όχι μη χωρίς πρώην ίσως inte icke inget inga tidigare "
        "kanske ingen uden tidligere måske ei eivät ilman entinen ehkä není nikoli bývalá nem "
        "volt nije nisu bivši ni nisi не без değil olmayan ekki"
    ).split()
)
_NOTHING = frozenset(
    fold(word)
    for word in (
        "|n/a|n.a.|na|nn|n.n.|tbc|tbd|tba|to be confirmed|to be defined|to be decided|"
        "to be determined|unknown|not known|none|null|nan|x|xx|xxx|ukjent|avklares|unbekannt|"
        "noch offen|offen|k.A.|inconnu|à confirmer|à définir|desconocido|por confirmar|"
        "por definir|sconosciuto|da confermare|da definire|desconhecido|a confirmar|a definir|"
        "onbekend|nog te bepalen|nieznany|do ustalenia|necunoscut|de confirmat|άγνωστο|okänd|"
        "ukendt|tuntematon"
    ).split("|")
)


class Phrases:
    """A table of phrases: what each means, and how it is written."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lines = dict(line.split(";", 1) for line in table_text(name).split("\n"))

    @cached_property
    def means(self) -> Mapping[str, tuple[str, ...]]:
        """What each phrase means, by its folded form."""
        apart = {line: _meaning(line) for line in set(self._lines.values())}
        return dict(zip(self._folded, map(apart.__getitem__, self._lines.values()), strict=True))

    @cached_property
    def written(self) -> Mapping[str, str]:
        """How each phrase is written, by its folded form."""
        return dict(zip(self._folded, self._lines, strict=True))

    @cached_property
    def _folded(self) -> list[str]:
        letters = _Letters({ord("\n"): "\n"})
        lines = "\n".join(self._lines).translate(letters).split("\n")
        return [" ".join(line.split()) for line in lines]

    def find(self, text: str) -> tuple[str, ...] | None:
        """Return what a text means; None when it is no phrase, or has signs of its own."""
        as_written = self._lines.get(text)
        if as_written is not None:
            return _meaning(as_written)
        means = self.means.get(folded := fold(text))
        if means is None or not (signs := _SIGNS.findall(text)):
            return means
        own = iter(_SIGNS.findall(plain(self.written[folded])))
        return means if all(sign in own for sign in signs) else None


def _meaning(line: str) -> tuple[str, ...]:
    return tuple(line.partition(";")[0].split())


class _Letters(dict[int, str]):
    """What becomes of each letter, so that a whole table is folded in a third of the time."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = fold(letter) or ("" if unicodedata.combining(letter) else " ")
        return self[code]


@cache
def phrases(table: str) -> Phrases:
    """Return a table whose first two columns are a phrase and what it means."""
    return Phrases(table)


def plain(text: str) -> str:
    """Return a cell's text with one kind of dash and without what nobody sees or means.

    >>> plain(" • “University – VET”* ")
    'University - VET'
    """
    seen = _UNSEEN.sub("", unicodedata.normalize("NFKC", text.translate(_SAME)))
    return _BULLET.sub("", seen.strip(_AROUND), count=1)


def blank(text: str) -> bool:
    """Return whether a cell holds nothing, or only a placeholder."""
    return fold(text) in _NOTHING


def denied(text: str) -> bool:
    """Return whether a text has a word that denies or doubts what stands beside it."""
    return not _WORDS_OF_DOUBT.isdisjoint(fold(text).split())


def parts_between(separator: re.Pattern[str], text: str) -> list[str]:
    """Return the parts of a text between separators, without the empty ones.

    >>> parts_between(re.compile("[;,]"), "SME; ,VET")
    ['SME', 'VET']
    """
    return [part for part in map(plain, separator.split(text)) if part]

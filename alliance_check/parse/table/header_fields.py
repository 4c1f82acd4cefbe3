"""What the rows of a header say together: groups of columns, their parts, and units."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from alliance_check.model.sheet import Content
from alliance_check.parse.table.values import FieldColumn, blank, text_of
from alliance_check.text.folding import fold
from alliance_check.vocabulary.dictionary import Dictionary
from alliance_check.vocabulary.headers import Header
from alliance_check.vocabulary.words import is_placeholder, is_total

_LONGEST = 120
"""No header is longer than this."""
_BARE_NAMES = frozenset({"name", "names", "navn", "namn", "nom", "nome", "nombre", "naam", "nazwa"})
_BARE_TYPES = frozenset(
    fold(word)
    for word in (
        *("type", "kind", "category", "profile", "typ", "kategorie", "kategori", "kategoria"),
        *("tipo", "tipología", "categoría", "catégorie", "categoria", "tipologia", "soort", "tip"),
        *("categorie", "rodzaj", "τύπος", "είδος", "κατηγορία", "tyyppi", "luokka"),
    )
)

MONEY = frozenset({"share", "total"})
_PACKAGE = re.compile(
    r"\b(?:wp|work[ -]?package|ap|arbeidspakke|arbeitspaket|lot de travail|pt|"
    r"paquete de trabajo|pacchetto di lavoro|werkpakket|arbetspaket|työpaketti|"
    r"year|y|år|jahr|année|año|anno|ano|jaar|rok|vuosi)"
    r"\s*\.?\s*[0-9]{1,2}\b",
    re.IGNORECASE,
)

_AMOUNT = re.compile(r"(?!20[0-9]{2}$)[0-9][0-9 .,]*")
"""A number that is no year."""
_REMARK = re.compile(r"\s*\(.*\)\s*$", re.DOTALL)
OF_PARTNERS = ("name", "country", "type", "role")
"""What tells of each partner, beside its money."""

Columns = Mapping[str, tuple[FieldColumn, ...]]
"""For each field its columns, the best first."""


def with_groups(
    row: tuple[Content, ...], above: tuple[Content, ...], words: Dictionary
) -> tuple[list[Content], bool]:
    """Return the headers of a row, read together with a row of group headings above it.

    A name below "Contact" is the name of a contact. Also say whether the row above had a part.
    """
    group, used = "", False
    texts: list[Content] = []
    for index in range(max(len(row), len(above))):
        content = row[index] if index < len(row) else ""
        over = text_of(above[index]) if index < len(above) else ""
        group = over or group
        text = content
        if group and (over or not blank(content)):
            joined = f"{group} {text_of(content)}"
            known = _header(joined, words) or _part(joined, words)
            text = joined if known else _total_of(group, content, words)
        used = used or text is not content
        texts.append(text)
    return texts, used


def divided(
    texts: Sequence[Content], columns: Columns, below: tuple[Content, ...], words: Dictionary
) -> Columns:
    """Return the fields of a whole header together with a row below that divides its groups.

    It may name the parts of an amount, or units; an amount of which a part is not known is unread.
    Empty where the row below is none of a header.
    """
    own = {columns[field][0].number for field in OF_PARTNERS if field in columns}
    under = {n: content for n, content in enumerate(below, start=1) if not blank(content)}
    if any(
        not isinstance(c, str) or (n in own and not _is_remark(c, words)) for n, c in under.items()
    ):
        return {}
    lower: list[Content] = []
    group, recognised = "", False
    for number in range(1, max(len(texts), len(below)) + 1):
        above = text_of(texts[number - 1]) if number <= len(texts) else ""
        group = above or group
        text, known = _below(group, under.get(number, ""), words, own=bool(above))
        recognised = recognised or known
        lower.append(text)
    return fields_of(lower, words) if recognised else {}


def _is_remark(text: str, words: Dictionary) -> bool:
    """Say whether a text only remarks on the header above it, and is no partner's own."""
    if not _REMARK.match(text):
        return False
    inside = text.strip(" ()")
    return not (is_placeholder(inside) or words.country(inside) or words.kinds(inside).kinds)


def _below(group: str, content: Content, words: Dictionary, *, own: bool) -> tuple[Content, bool]:
    """Return what a column is called by its group and the row below, and whether both belong.

    A group goes on over columns that have no heading of their *own*. Whatever stands below an
    amount is a part of it or its unit, and what is not known of them leaves it unread.
    """
    text = text_of(content)
    if not text or not group:
        return group if own else text, False
    if _header(f"{group} {text}", words) or _part(f"{group} {text}", words):
        return f"{group} {text}", True
    if _total_of(group, content, words) == group:
        return group, True
    money = _header(group, words) or _part(group, words)
    known = money is not None and money.field in MONEY and not _AMOUNT.fullmatch(text)
    return f"{group} ({text})", known


def two_rows(
    row: tuple[Content, ...], below: tuple[Content, ...], words: Dictionary
) -> list[Content]:
    """Return the headers of two rows, of which neither has all fields of a partner.

    The lower one is the more precise.
    """
    if not fields_of(below, words):
        return []
    group = ""
    texts: list[Content] = []
    for index in range(max(len(row), len(below))):
        upper = text_of(row[index]) if index < len(row) else ""
        lower = text_of(below[index]) if index < len(below) else ""
        group = upper or group
        joined, _ = _below(group, lower, words, own=bool(upper))
        texts.append(next((t for t in (joined, lower, upper) if _header(t, words)), joined))
    return texts


def fields_named(texts: Sequence[Content], words: Dictionary) -> set[str]:
    """Return the fields that headers name, without the parts of an amount."""
    return {header.field for text in texts if (header := _header(text, words)) is not None}


def fields_of(texts: Sequence[Content], words: Dictionary) -> Columns:
    """Return the columns of each field; *texts* are the headers from the first column on."""
    found: dict[str, list[FieldColumn]] = defaultdict(list)
    blocks = {0: 0}
    for number, content in enumerate(texts, start=1):
        blocks[number] = blocks[number - 1] + blank(content)
        header = _header(content, words)
        if (
            header is not None
            and header.field == "name"
            and not header.question
            and _asks(content, words)
        ):
            continue
        if header is not None:
            found[header.field].append(FieldColumn(number, header, text_of(content)))
            continue
        money = _part(content, words)
        if money is not None:
            found[money.field].append(FieldColumn(number, money, text_of(content), part=True))
    _settle_country(found)
    if "name" not in found and "acronym" in found:
        found["name"] = found["acronym"]
    for columns in found.values():
        columns.sort(key=_bare)
    name = found["name"][0].number if "name" in found else 0
    # Beyond a column without a header may stand another table, with countries of its own.
    for field in {"country", "type", "role"} & set(found):
        found[field].sort(key=lambda c: (abs(blocks[c.number] - blocks[name]), c.number < name))
    return {field: tuple(columns) for field, columns in found.items()}


def _settle_country(found: dict[str, list[FieldColumn]]) -> None:
    """Take a column such as "Location" for countries where no other one is."""
    every = [column for columns in found.values() for column in columns]
    doubtful = [column for column in every if column.header.otherwise == "country"]
    if "country" not in found and doubtful:
        found["country"] = doubtful


def _asks(content: Content, words: Dictionary) -> bool:
    """Say whether a header such as "Partner?" is answered by yes or no, and holds no names."""
    text = text_of(content)
    return text.endswith("?") and fold(text) not in words.own.columns


def _total_of(group: str, content: Content, words: Dictionary) -> Content:
    """Return the group where a column of money below it is called its total."""
    money = _header(group, words) if is_total(text_of(content)) else None
    return group if money is not None and money.field in MONEY else content


def _part(content: Content, words: Dictionary) -> Header | None:
    """Return the field of money of which a column holds the part of one work package or year."""
    if not isinstance(content, str) or not _PACKAGE.search(content):
        return None
    header = _header(_PACKAGE.sub(" ", content).strip(" -–:·/"), words)
    return header if header is not None and header.field in MONEY else None


def _bare(column: FieldColumn) -> bool:
    """Sort a bare "Name" or "Type" behind the name or the type of an organisation."""
    bare = {"name": _BARE_NAMES, "type": _BARE_TYPES}.get(column.header.field, frozenset())
    return fold(column.text) in bare


def _header(content: Content, words: Dictionary) -> Header | None:
    if not isinstance(content, str) or not content or len(content) > _LONGEST:
        return None
    return words.header(content)

"""Find the words of a role or a status inside a title, a bracket or a heading."""

from __future__ import annotations

from alliance_check.model.consortium import Presence, Role
from alliance_check.text.folding import fold
from alliance_check.vocabulary.remarks import Tone, read_remark
from alliance_check.vocabulary.words import read_presence, read_role


def names_role_or_status(text: str) -> Role | Presence | None:
    """Return the role or status that a text names; UNKNOWN where it is unclear which."""
    words = fold(text).split()
    for size in (3, 2, 1):
        for at in range(len(words) - size + 1):
            part = " ".join(words[at : at + size])
            role, singular = read_role(part), read_role(part.rstrip("s"))
            if Role.UNKNOWN not in {role} or singular is not Role.UNKNOWN:
                return role if role is not Role.UNKNOWN else singular
            status = read_presence(part) if len(part) > 3 else None
            if status is not None:
                return status
    return Presence.POSSIBLE if read_remark(text) is Tone.DOUBT else None

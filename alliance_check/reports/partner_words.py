"""What a partner is, in the words of every output for people."""

from __future__ import annotations

from collections.abc import Iterable

from alliance_check.model.consortium import (
    Group,
    Partner,
    Presence,
    Role,
)
from alliance_check.model.message import Items, Message, listed, say
from alliance_check.vocabulary.kinds import kind_label

ROLES = {
    Role.COORDINATOR: say("coordinator"),
    Role.FULL_PARTNER: say("full partner"),
    Role.AFFILIATED_ENTITY: say("affiliated entity"),
    Role.ASSOCIATED_PARTNER: say("associated partner"),
    Role.SUBCONTRACTOR: say("subcontractor"),
    Role.UNKNOWN: say("role not read"),
}
PRESENCES = {
    Presence.CONFIRMED: say("confirmed"),
    Presence.POSSIBLE: say("only possible"),
    Presence.DECLINED: say("declined"),
}
GROUPS = {
    Group.EU: say("Member State"),
    Group.ASSOCIATED: say("associated country"),
    Group.OTHER: say("third country not associated"),
    Group.EXCLUDED: say("excluded country"),
    Group.UNKNOWN: say("country not read"),
}


def called(partner: Partner) -> Message | str:
    """Return the name of a partner, or a word for one without."""
    return partner.name.strip() or say("(no name)")


def kind_words(kinds: Iterable[str]) -> Items:
    """Return what kinds of organisation a partner is; empty where its type was not read."""
    return listed(Message(kind_label(kind)) for kind in kinds)

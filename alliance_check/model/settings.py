"""What an office says of texts that the program does not understand.

A setting settles open texts and nothing else: a role, a status, a withdrawal or a country that was
read stays what it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from alliance_check.model.message import Message
from alliance_check.model.sheet import Remark

HARMLESS, IGNORE = "harmless", "ignore"
"""What is said of a text, and of a column."""


class SettingKind(Enum):
    """What a setting is about; its key in the configuration."""

    REMARK = "remarks"
    """A text that is harmless wherever it stands."""
    COLUMN = "columns"
    """A column, by its header, whose texts say nothing."""
    PARTNER = "confirm"
    """A partner, by the cell of its name or by its name, that takes part as its row says."""


class Setting(NamedTuple):
    """One thing that is said of open texts, and who says it: an option, or which file."""

    kind: SettingKind
    subject: str
    origin: str


@dataclass(frozen=True)
class Heeded:
    """A setting with the texts that it settled."""

    setting: Setting
    remarks: tuple[Remark, ...]


class Idle(NamedTuple):
    """A setting without effect, and why it has none."""

    setting: Setting
    why: Message

"""What is said of texts that were not understood, and of the settings that settle some."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from alliance_check.model.message import Message, Value, listed, say
from alliance_check.model.report import OpenText, Report
from alliance_check.model.settings import Setting, SettingKind
from alliance_check.model.sheet import Cell
from alliance_check.reports.places import places_of

OPEN_TEXT, HEEDED, IDLE = "open-text", "setting", "idle-setting"
_MOST = 3


class SettingLine(NamedTuple):
    """One sentence on one setting, and the cells that it settled."""

    kind: str
    setting: Setting
    sentence: Message
    cells: tuple[Cell, ...] = ()


def deciding_texts(report: Report) -> list[OpenText]:
    """Return the open texts on which the verdict hangs."""
    return [one for one in report.open_texts if one.decides]


def open_words(one: OpenText) -> Message:
    """Return what is not understood, and beside whom it stands."""
    whom = listed((name or str(cell) for cell, name in one.partners), _MOST)
    text, comment = one.remark.text, one.remark.comment
    if comment:
        return say('the comment "{text}" beside {whom} is not understood', text=text, whom=whom)
    return say('"{text}" beside {whom} is not understood', text=text, whom=whom)


def setting_lines(report: Report) -> Iterator[SettingLine]:
    """Yield what each setting settled, or why it settled nothing."""
    for heeded in report.settings:
        cells = tuple(remark.cell for remark in heeded.remarks)
        quoted = (say('{cell} "{text}"', cell=str(c), text=text) for c, text, _ in heeded.remarks)
        named = heeded.setting.kind is SettingKind.REMARK
        places = listed(places_of(cells)) if named else listed(quoted, _MOST)
        what = setting_words(heeded.setting)
        sentence = say("{what}, so this is not open: {places}", what=what, places=places)
        yield SettingLine(HEEDED, heeded.setting, sentence, cells)
    for idle in report.idle_settings:
        sentence = say(
            "{what}, without effect: {why}", what=setting_words(idle.setting), why=idle.why
        )
        yield SettingLine(IDLE, idle.setting, sentence)


def setting_words(setting: Setting) -> Message:
    """Return what a setting says, and where.

    >>> print(setting_words(Setting(SettingKind.COLUMN, "Notes", "alliance-check.toml")))
    alliance-check.toml ignores the column "Notes"
    """
    who: Value = say("an option") if setting.origin == "option" else setting.origin
    if setting.kind is SettingKind.REMARK:
        return say('{who} calls "{text}" harmless', who=who, text=setting.subject)
    if setting.kind is SettingKind.COLUMN:
        return say('{who} ignores the column "{header}"', who=who, header=setting.subject)
    return say("{who} confirms {partner}", who=who, partner=setting.subject)

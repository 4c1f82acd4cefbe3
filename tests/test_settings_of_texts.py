"""What an office says of texts that are not understood, and what that never overrules."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pytest

from alliance_check.model.consortium import Partner
from alliance_check.model.errors import AllianceCheckError
from alliance_check.model.settings import Setting, SettingKind
from alliance_check.parse import Named, Reading, parse_all
from alliance_check.pipeline import Options, check_file, read_book
from alliance_check.readers import read
from cli.files.style import formats
from tests.cli_runs import EIGHT, HEADER, Command
from tests.measured import calls
from tests.probed_sheets import commented
from tests.test_real_sheets import REAL, Line, lines

LOT = ("--lot", "innovation", "--call", "2026")
NOTES = (*HEADER, "Notes")
TEXT = "ask Anna"
SETTINGS = {
    "a text in the configuration": (f'[remarks]\n"{TEXT}" = "harmless"\n', ()),
    "a column in the configuration": ('[columns]\n"Notes" = "ignore"\n', ()),
    "a partner in the configuration": ('confirm = ["A9"]\n', ()),
    "a partner of one file": ('[[file]]\nglob = "p.csv"\nconfirm = ["Cámara del Sur"]\n', ()),
    "a column as option": ("", ("--map", "Notes=ignore")),
    "a partner by its cell": ("", ("--confirm", "A9")),
    "a partner by its name": ("", ("--confirm", "cámara DEL sur")),
}


def sheet(command: Command, last: str, name: str = "p.csv") -> str:
    """Write eight needed partners, the last of which has something beside it."""
    return command.sheet(name, [*((*row, "") for row in EIGHT[:-1]), (*EIGHT[-1], last)], NOTES)


def configure(command: Command, text: str) -> None:
    (command.folder / "alliance-check.toml").write_text(text, "utf-8")


# --- What a setting settles ----------------------------------------------------------------------


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_settles_an_open_text_and_the_report_names_it(
    command: Command, name: str
) -> None:
    configuration, options = SETTINGS[name]
    path = sheet(command, TEXT)
    before = command.json(path, *LOT)
    configure(command, configuration)
    after = command.json(path, *LOT, *options)
    assert (before.document["verdict"], after.document["verdict"]) == ("undecided", "eligible")
    assert after.document["open_texts"] == []
    (heeded,) = after.document["settings"]["heeded"]
    assert heeded["origin"] == ("option" if options else "alliance-check.toml")
    assert heeded["settled"] == [{"cell": "E9", "comment": False, "text": TEXT}]
    assert after.document["settings"]["idle"] == []


@pytest.mark.parametrize("name", formats())
def test_every_format_prints_a_setting_with_its_file(command: Command, name: str) -> None:
    configure(command, f'[remarks]\n"{TEXT}" = "harmless"\n"blue" = "harmless"\n')
    path = sheet(command, TEXT)
    out = command.shown(name, path, *LOT).out
    text = " ".join(out.replace("\\", "").replace("&quot;", '"').split())
    for part in (f'"{TEXT}"', '"blue"', "alliance-check.toml", "beside no partner"):
        assert part.strip('"') in text, f"{name} does not print {part}: {out}"


def test_a_folder_says_which_file_a_setting_touched(command: Command) -> None:
    configure(command, f'[remarks]\n"{TEXT}" = "harmless"\n')
    sheet(command, TEXT, "a/one.csv")
    sheet(command, "", "a/two.csv")
    out = " ".join(command("a", *LOT).out.split())
    assert f'one.csv: alliance-check.toml calls "{TEXT}" harmless' in out


@pytest.mark.parametrize("text", ["!", "★", "=>"])
def test_signs_are_settled_by_themselves_only(command: Command, text: str) -> None:
    configure(command, f'[remarks]\n{json.dumps(text)} = "harmless"\n')
    assert command(sheet(command, text), *LOT).code == 0
    assert command(sheet(command, "¤"), *LOT).code == 3


def test_an_own_word_settles_no_text(command: Command) -> None:
    words = f'"{TEXT}" = '
    configure(command, f'[roles]\n{words}"full partner"\n[types]\n{words}"enterprise"\n')
    assert command.json(sheet(command, TEXT), *LOT).document["verdict"] == "undecided"


def test_a_comment_is_settled_by_its_text_or_its_partner_and_by_no_column() -> None:
    rows = [NOTES, *((*row, "") for row in EIGHT)]
    content = commented(rows, {"E9": TEXT})

    def verdict(*settings: Setting) -> str:
        options = Options(lot="innovation", call="2026", settings=settings)
        return check_file(content, "p.xlsx", options)[0].verdict.value

    assert verdict() == "undecided"
    assert verdict(Setting(SettingKind.REMARK, TEXT.upper(), "option")) == "eligible"
    assert verdict(Setting(SettingKind.PARTNER, "Partners!A9", "option")) == "eligible"
    assert verdict(Setting(SettingKind.COLUMN, "Notes", "option")) == "undecided"


# --- What it never overrules ---------------------------------------------------------------------


def said_of(text: str, where: str) -> list[Sequence[str]]:
    """Return the table with a text beside the last partner, or in its cells."""
    name, country, kind, role = EIGHT[-1]
    last = {
        "notes": (name, country, kind, role, text, ""),
        "name": (f"{name} ({text.strip('()')})", country, kind, role, "", ""),
        "status": (name, country, kind, role, "", text),
        "type": (name, country, f"{kind} ({text.strip('()')})", role, "", ""),
    }[where]
    return [(*NOTES, "Status"), *((*row, "", "") for row in EIGHT[:-1]), last]


@pytest.mark.parametrize("where", ["notes", "name", "status", "type", "comment"])
@pytest.mark.parametrize(
    "text", ["sa nei", "withdrew", "(associated partner)", "TBC", "Withdrawn?"]
)
def test_no_setting_overrules_a_role_a_status_or_a_withdrawal(text: str, where: str) -> None:
    if where == "comment":
        content, name = commented(said_of("", "notes"), {"A9": text}), "p.xlsx"
    else:
        table = io.StringIO()
        csv.writer(table, delimiter=";").writerows(said_of(text, where))
        content, name = table.getvalue().encode(), "p.csv"
    options = Options(lot="innovation", call="2026")
    (before,) = check_file(content, name, options)
    texts = [text, text.strip("()"), f"{EIGHT[-1][0]} ({text.strip('()')})"]
    settings = [
        *(Setting(SettingKind.REMARK, one, "option") for one in texts),
        *(Setting(SettingKind.COLUMN, header, "option") for header in (*NOTES, "Status")),
        Setting(SettingKind.PARTNER, "A9", "option"),
    ]
    (after,) = check_file(content, name, replace(options, settings=tuple(settings)))
    assert before.verdict.value != "eligible"
    assert after.verdict is before.verdict
    assert without_texts(after.consortium.partners) == without_texts(before.consortium.partners)
    assert {one.setting for one in after.idle_settings} == set(settings)


def without_texts(partners: Sequence[Partner]) -> list[Partner]:
    return [replace(partner, open=()) for partner in partners]


def parsed(line: Line, folder: str, settings: tuple[Setting, ...]) -> list[Named]:
    path = REAL / folder / line["file"]
    options = Options(by=line["by"] or None, settings=settings)
    return list(parse_all(read_book(path.read_bytes(), path.name, options), options))


def of_everything(named: Sequence[Named]) -> tuple[Setting, ...]:
    """Return the settings that call everything in a sheet harmless."""
    table = named[0].table
    texts = {str(cell) for row in table.sheet.rows for cell in row if str(cell).strip()}
    texts |= set(table.sheet.comments.values())
    names = {row.cells["name"] for one in named for row in one.parsed.basis.rows}
    return tuple(
        Setting(kind, subject, "option")
        for kind, subjects in (
            (SettingKind.REMARK, texts),
            (SettingKind.COLUMN, set(table.headers) - {""}),
            (SettingKind.PARTNER, set(map(str, names))),
        )
        for subject in sorted(subjects)
    )


@pytest.mark.parametrize(
    ("folder", "line"),
    [pytest.param(f, one, id=f"{f}/{one['file']}") for f, one in lines() if f != "audit"],
)
def test_settings_of_everything_take_open_texts_from_real_sheets_and_nothing_else(
    folder: str, line: Line
) -> None:
    try:
        before = parsed(line, folder, ())
    except AllianceCheckError:
        return  # a sheet that is refused has no settings
    after = parsed(line, folder, of_everything(before))
    for one, other in zip(before, after, strict=True):
        was, now = one.parsed, other.parsed
        assert without_texts(now.consortium.partners) == without_texts(was.consortium.partners)
        assert now.consortium.project == was.consortium.project
        assert now.problems == was.problems


# --- What has no effect --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("setting", "why"),
    [
        ('[remarks]\n"blue" = "harmless"\n', 'calls "blue" harmless, without effect: it stands'),
        ('[remarks]\n"has left" = "harmless"\n', "E8: what is said there is not open"),
        ('[columns]\n"Color" = "ignore"\n', "there is no such column"),
        ('[columns]\n"Status" = "ignore"\n', "there is no such column"),
        ('[columns]\n"Role" = "ignore"\n', "what is said there is not open, and no setting"),
        ('confirm = ["A8"]\n', "confirms A8, without effect: what is said there is not open"),
        ('confirm = ["A12"]\n', "no partner is called so, nor does one stand there"),
        ('confirm = ["B9"]\n', "no partner is called so, nor does one stand there"),
    ],
)
def test_a_setting_without_effect_is_named(command: Command, setting: str, why: str) -> None:
    rows = [*((*row, "") for row in EIGHT[:-2]), (*EIGHT[-2], "has left"), (*EIGHT[-1], TEXT)]
    path = command.sheet("p.csv", rows, NOTES)
    configure(command, setting)
    (idle,) = command.json(path, *LOT).document["settings"]["idle"]
    assert why in f"{' '.join(command(path, *LOT).out.split())} {idle['why']}"


def test_a_setting_is_without_effect_only_where_it_has_none_in_the_whole_run(
    command: Command,
) -> None:
    configure(command, f'[remarks]\n"{TEXT}" = "harmless"\n"blue" = "harmless"\n')
    for name, text in (("a/1.csv", ""), ("a/2.csv", TEXT), ("a/3.csv", "")):
        sheet(command, text, name)
    found = command.json("a", *LOT).document["reports"]
    idle = [[one["subject"] for one in report["settings"]["idle"]] for report in found]
    assert idle == [["blue"], [], []]
    out = command("a", *LOT).out
    assert out.count("without effect") == 1


def test_the_lots_of_one_file_name_a_setting_without_effect_once(command: Command) -> None:
    configure(command, '[remarks]\n"blue" = "harmless"\n')
    out = command(sheet(command, TEXT), "--call", "2026").out
    assert out.count("without effect") == 1


# --- What the verdict hangs on -------------------------------------------------------------------


def test_the_report_names_each_open_text_with_its_partner_and_whether_it_decides(
    command: Command,
) -> None:
    path = sheet(command, TEXT)
    ran = command.json(path, *LOT)
    (found,) = ran.document["open_texts"]
    assert (found["cell"], found["text"], found["decides"]) == ("E9", TEXT, True)
    assert found["partners"] == [{"cell": "A9", "name": "Cámara del Sur"}]
    for way in (f'"{TEXT}" = "harmless"', '--map "Notes=ignore"', "--confirm A9"):
        assert way in found["way_out"]
    for name in ("markdown", "csv", "concise", "github", "sarif", "junit"):
        out = command.shown(name, path, *LOT).out
        assert "Cámara del Sur is not understood" in out, name


def test_a_text_beside_a_partner_who_can_be_spared_decides_nothing(command: Command) -> None:
    rows = [*((*row, "") for row in EIGHT), ("Filati", "Italy", "SME", "Full partner", TEXT)]
    path = command.sheet("p.csv", rows, NOTES)
    ran = command.json(path, *LOT)
    assert (ran.code, [one["decides"] for one in ran.document["open_texts"]]) == (0, [False])
    assert "is not understood" not in command(path, *LOT, "--format", "markdown").out


def test_nothing_hangs_on_a_text_where_a_rule_is_not_met(command: Command) -> None:
    rows = [*((*row, "") for row in EIGHT[:-2]), (*EIGHT[-1], TEXT)]
    ran = command.json(command.sheet("p.csv", rows, NOTES), *LOT)
    assert (ran.code, [one["decides"] for one in ran.document["open_texts"]]) == (1, [False])


def test_a_text_that_calls_no_names_stands_beside_everybody_once() -> None:
    text = "\n".join([*map(";".join, [HEADER, *EIGHT]), "", "two partners are not confirmed"])
    (report,) = check_file(text.encode(), "p.csv", Options(lot="innovation", call="2026"))
    (found,) = report.open_texts
    assert len(found.partners) == len(EIGHT)
    assert "--confirm" not in str(found.way_out)


def test_settings_cost_as_much_as_there_are_of_them_and_of_texts() -> None:
    def parse(size: int) -> None:
        lines = [f"Org {n} Nordhaug;Norway;University;Full partner;zorp {n}" for n in range(size)]
        settings = [
            Setting(kind, f"zorp {n}", "option") for kind in SettingKind for n in range(0, size, 2)
        ]
        book = read("\n".join([";".join(NOTES), *lines]).encode(), "p.csv")
        (one,) = parse_all(book, Reading(settings=tuple(settings)))
        assert len(one.parsed.basis.heeded) == size // 2

    parse(8)
    small, large = (calls(partial(parse, size)) for size in (150, 300))
    assert large < 2.3 * small

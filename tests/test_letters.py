"""Letters: to each partner its own open points, nothing of the others, and no file is lost."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest

from alliance_check.pipeline import Options, checked_file
from alliance_check.questions import questions
from cli.commands.questions.letters import letters_for, sender_of
from tests.cli_runs import EIGHT, UNREAD, Command
from tests.consortia import chance_of

HEADER = ("Partner name", "Country", "Organisation type", "Role", "Status", "PIC")
COLUMNS: tuple[Sequence[str], ...] = (
    ("Norway", "Germany", "France", "Germny", ""),
    ("University", "SME", "NGO", "Foundation", "xqq"),
    ("Full partner", "Full partner", "Full partner", "qxx"),
    ("confirmed", "confirmed", "reserve"),
)


def sheet(chance: random.Random) -> list[list[str]]:
    """Return a sheet in which much is open, with names and ids that no other text contains."""
    rows = [
        [f"Zeta{number:02}Y", *(chance.choice(cells) for cells in COLUMNS), f"9{number:02}876543"]
        for number in range(chance.randrange(9, 14))
    ]
    rows[0][1:5] = ["Norway", "University", "Coordinator", "confirmed"]
    return rows


def letters(
    rows: Sequence[Sequence[str]],
    lot: str | None = "innovation",
    header: Sequence[str] = HEADER,
    above: str = "",
) -> dict[str, str]:
    text = above + "\n".join(",".join(row) for row in (header, *rows))
    checked = checked_file(text.encode(), "p.csv", Options(lot=lot, advice=False))
    found = [(one.report, questions(one)) for one in checked]
    return {name: one.text(sender_of(found)) for name, one in letters_for(found).items()}


def test_no_letter_holds_anything_of_another_partner() -> None:
    written = 0
    for seed in range(16):
        rows = sheet(chance_of(f"letters {seed}"))
        for name, text in letters(rows).items():
            written += 1
            for number, row in enumerate(rows, start=2):
                if name != row[0].lower():
                    hidden = [row[5], *(f"{column}{number}" for column in "ABCDEF")]
                    hidden += [row[0]] if number > 2 else []  # the coordinator signs
                    found = [word for word in hidden if re.search(rf"\b{word}\b", text)]
                    assert not found, f"{name} names row {number}: {found}\n{text}"
    assert written > 100, "too few letters were written; change the seeds"


def test_every_question_to_a_partner_is_in_its_letter() -> None:
    rows = sheet(chance_of("letters 3"))
    text = "\n".join(",".join(row) for row in (HEADER, *rows))
    (one,) = checked_file(text.encode(), "p.csv", Options(lot="innovation", advice=False))
    found = questions(one)
    texts = letters_for([(one.report, found)])
    for question in found.questions:
        letter = " ".join(texts[question.point.name.lower()].text("me").split())
        assert str(question.point.ask) in letter
        assert all(str(finding.title) in letter for finding in question.rules)
        assert not re.search(r"\b[A-F][0-9]+\b", letter), "a partner does not have the sheet"


def test_a_letter_reads_like_one(command: Command) -> None:
    ran = command("questions", command.sheet("p.csv", UNREAD), "--lot", "1", "--letters", "out")
    assert ran.code == 0
    assert "1 letter written: out/bureau-nord.txt; beside it the same as .eml" in ran.out
    assert (command.folder / "out/bureau-nord.txt").read_text("utf-8") == (
        "To: Bureau Nord\n\n"
        "Subject: Alliances for Innovation 2023: one question to you\n\n"
        "Dear colleagues at Bureau Nord,\n\n"
        "we are preparing a proposal for the call Alliances for Innovation 2023 (Lot\n"
        "1 Alliances for Education and Enterprises), with your organisation as a\n"
        "partner. The call closes on 3 May 2023 17:00 (Brussels). Could you please\n"
        "answer this question in time?\n\n"
        "1. In which country is your organisation established?\n"
        '   Our list says "Germny".\n'
        "   Please give the name of the country.\n"
        "   Why we ask: excluded countries (Programme Guide 2023 p. 277).\n\n"
        "Thank you very much.\n\n"
        "[name of the sender], Nordvik universitet\n"
    )


CONTACTS = (*HEADER, "Contact person", "E-mail", "Address")
TITLED = "Project title,Green Skills for the North\n\n"


def asked() -> list[list[str]]:
    rows = [[*row, "confirmed", "", "", "", ""] for row in UNREAD]
    rows[-1][6:] = ["Kari Ås", "kari@nord.example", "Havnegata 1 Bodø"]
    return rows


def test_a_letter_names_the_proposal_and_goes_to_the_contact_at_its_address() -> None:
    (text,) = letters(asked(), header=CONTACTS, above=TITLED).values()
    head, subject, greeting, opening, *_ = text.split("\n\n")
    assert head == "To: Kari Ås, Bureau Nord, Havnegata 1 Bodø\nkari@nord.example"
    assert subject == "Subject: Green Skills for the North: one question to you"
    assert greeting == "Dear Kari Ås,"
    assert 'the proposal "Green Skills for the North" for the call' in " ".join(opening.split())


def test_a_letter_is_a_draft_of_a_mail_too(command: Command) -> None:
    rows = [",".join(row) for row in (CONTACTS, *asked())]
    (command.folder / "p.csv").write_text(TITLED + "\n".join(rows), "utf-8")
    arguments = ("questions", "p.csv", "--lot", "1", "--letters", "out")
    ran = command(*arguments, "--sender", "Ola Nordmann, Nordvik")
    assert ran.code == 0
    mail = message_from_bytes((command.folder / "out/bureau-nord.eml").read_bytes(), policy=SMTP)
    assert (mail["To"], mail["X-Unsent"]) == ("kari@nord.example", "1")
    assert mail["Subject"] == "Green Skills for the North: one question to you"
    assert mail["Date"] is None, "it hangs on no clock, so that it is the same in every run"
    body = mail.get_content()
    assert body.startswith("Dear Kari Ås,")
    assert body.rstrip().endswith("Ola Nordmann, Nordvik")
    text = (command.folder / "out/bureau-nord.txt").read_text("utf-8")
    assert text.endswith(body.replace("\r\n", "\n"))


def test_a_header_of_a_mail_cannot_be_made_by_a_sheet() -> None:
    rows = asked()
    rows[-1][0] = "Evil\nBcc: all@evil.example"
    rows[-1][7] = "kari@nord.example\\nBcc: all@evil.example"
    checked = checked_file(
        "\n".join(";".join(f'"{cell}"' for cell in row) for row in (CONTACTS, *rows)).encode(),
        "p.csv",
        Options(lot="innovation", advice=False),
    )
    found = [(one.report, questions(one)) for one in checked]
    (letter,) = letters_for(found).values()
    mail = message_from_bytes(letter.message("me\nBcc: all@evil.example"), policy=SMTP)
    assert mail["Bcc"] is None
    assert mail["To"] == "kari@nord.example"


def test_what_is_there_is_not_overwritten_and_nothing_is_written(command: Command) -> None:
    rows = (*UNREAD, ("Werk", "Frnce", "SME", "Full partner"))
    name = command.sheet("p.csv", rows)
    folder = command.folder / "out"
    folder.mkdir()
    (folder / "werk.txt").write_text("mine", "utf-8")
    ran = command("questions", name, "--lot", "1", "--letters", "out")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "alliance-check: --letters: 'out/werk.txt' exists already; nothing was written.\n"
    )
    assert [path.name for path in folder.iterdir()] == ["werk.txt"]
    assert (folder / "werk.txt").read_text("utf-8") == "mine"


def test_a_dangling_link_counts_as_there(command: Command) -> None:
    (command.folder / "out").mkdir()
    (command.folder / "out/bureau-nord.txt").symlink_to(command.folder / "elsewhere")
    name = command.sheet("p.csv", UNREAD)
    assert command("questions", name, "--lot", "1", "--letters", "out").code == 2
    assert not (command.folder / "elsewhere").exists()


def test_a_file_in_place_of_the_folder_is_refused_in_one_sentence(command: Command) -> None:
    name = command.sheet("p.csv", UNREAD)
    ran = command("questions", name, "--lot", "1", "--letters", name)
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert "--letters 'p.csv' cannot be written" in ran.err


def test_where_nobody_is_asked_no_folder_is_made(command: Command) -> None:
    ran = command("questions", command.sheet("p.csv", EIGHT), "--lot", "1", "--letters", "out")
    assert ran.code == 0
    assert "No letter is needed; none was written." in ran.out
    assert not (command.folder / "out").exists()


NAMES = ("../../etc", "CON", "nul.", "Ås/Bø", "Ås Bø", "as-bo", "Ωμέγα", "a" * 300, "COM¹", "…")


def file_names(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    rows = [["Norrtelje", "Norway", "University", "Coordinator", "confirmed", ""]]
    rows += [["Brenner V", "France", "VET provider", "Full partner", "confirmed", ""]]
    for number, country in enumerate(("Germany", "Spain", "Italy", "Poland", "Norway", "France")):
        kind = "SME" if number < 4 else "University"
        rows.append([f"Brenner {number}", country, kind, "Full partner", "confirmed", ""])
    rows += [
        [name, "Germny", "SME", "Full partner", "confirmed", f"99911122{n}"]
        for n, name in enumerate(names)
    ]
    yield from letters(rows).items()


def test_names_of_files_are_safe_and_all_different() -> None:
    found = dict(file_names(NAMES))
    assert len(found) == len(NAMES)
    assert all(re.fullmatch(r"[a-z0-9-]{1,75}", name) for name in found), sorted(found)
    assert len({name.lower() for name in found}) == len(NAMES)
    assert not found.keys() & {"con", "nul", "com1", "prn", "aux", "lpt1"}, "Windows reserves them"
    assert {"etc", "as-bo"} <= found.keys()


@pytest.mark.parametrize("lot", [None, "innovation"])
def test_one_letter_holds_the_questions_of_every_lot_once(lot: str | None) -> None:
    rows = [[*row, "confirmed", ""] for row in UNREAD]
    rows += [
        [
            f"Brenner {number}",
            country,
            "SME" if number % 2 else "University",
            "Full partner",
            "confirmed",
            "",
        ]
        for number, country in enumerate(("Italy", "Poland", "Greece", "Sweden", "Austria"))
    ]
    text = letters(rows, lot)["bureau-nord"]
    assert text.count("In which country") == 1
    assert ("Lot 2" in text) is (lot is None)


def test_letters_of_several_consortia_are_not_mixed(command: Command) -> None:
    rows = [[group, *row] for group in ("A", "B") for row in UNREAD]
    name = command.sheet("p.csv", rows, ("Proposal", "Partner name", "Country", "Type", "Role"))
    arguments = ("questions", name, "--lot", "1", "--by", "Proposal", "--letters", "out")
    ran = command(*arguments)
    assert ran.code == 2
    assert "--letters is about one consortium; name it with --project." in ran.err
    assert command(*arguments, "--project", "B").code == 0
    written = sorted(path.name for path in (command.folder / "out").iterdir())
    assert written == ["bureau-nord.eml", "bureau-nord.txt"]


def test_a_letter_cannot_carry_control_characters(tmp_path: Path) -> None:
    rows = [[*row, "confirmed", ""] for row in EIGHT]
    rows.append(["Evil\x1b[31m\u202eorg", "Germ\x07ny", "SME", "Full partner", "confirmed", ""])
    (text,) = letters(rows).values()
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert all(line.isprintable() for line in text.split("\n")), tmp_path

"""Whatever the bytes are: one sentence and exit 4, little work and memory, never a traceback."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliance_check.model.errors import AllianceCheckError
from alliance_check.readers import Limits, read
from tests.hostile import MIB, noisy
from tests.hostile_large import HONEST, LARGE, LIMITS, QUARTER, WHOLE
from tests.hostile_small import SMALL
from tests.measured import Cost, measured
from tests.sheets import PARTNERS, delimited, ods, packed, xls, xlsx, xlsx_parts

FILES = {**SMALL, **LARGE}
MOST_MEMORY = 150 * MIB
"""What reading may take under the default limits; under a quarter of them, a quarter of it."""
MOST_CALLS = 2_000_000

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="each file needs its own process")


def made(content: bytes | Callable[[], bytes]) -> bytes:
    return content() if callable(content) else content


def test_files_that_cannot_be_read_get_one_sentence_that_says_why_and_cost_little(
    tmp_path: Path,
) -> None:
    files = {name: made(content) for name, (content, _) in FILES.items()}
    costs = measured(files, tmp_path, QUARTER, counted=True)
    assert costs.keys() == FILES.keys()
    wrong = [fault for name, cost in costs.items() for fault in faults(name, cost, FILES[name][1])]
    assert not wrong, "\n".join(wrong)


def faults(name: str, cost: Cost, words: str) -> Iterator[str]:
    """Yield what is wrong with the answer to a file of which the sentence must hold *words*."""
    answer = f"{name}: {cost.outcome}: {cost.sentence}"
    if cost.outcome not in {"UnreadableFile", "TooLarge"}:
        yield f"{answer} (it must be refused)"
    if words not in cost.sentence:
        yield f"{answer} (it must say {words!r})"
    if not cost.sentence.startswith(name):
        yield f"{answer} (it must name the file)"
    if not re.fullmatch(r"[^\n]{20,400}\.", cost.sentence):
        yield f"{answer} (it must be one sentence on one line)"
    if cost.calls >= MOST_CALLS:
        yield f"{name}: {cost.calls} calls"
    yield from memory_faults(name, cost, MOST_MEMORY // 4)


def memory_faults(name: str, cost: Cost, most: int) -> Iterator[str]:
    if cost.memory >= most:
        yield f"{name}: {cost.memory / MIB:.0f} MiB"


@pytest.mark.parametrize(
    ("made", "limits"), [(HONEST, QUARTER), (WHOLE, LIMITS)], ids=["a quarter", "the whole"]
)
def test_large_or_strange_files_are_read_in_as_little_memory(
    made: Mapping[str, Callable[[], bytes]], limits: Limits, tmp_path: Path
) -> None:
    costs = measured({name: content() for name, content in made.items()}, tmp_path, limits)
    assert costs.keys() == made.keys()
    refused = [f"{name}: {cost.sentence}" for name, cost in costs.items() if cost.outcome != "read"]
    most = MOST_MEMORY * limits.unpacked_mib // LIMITS.unpacked_mib
    wrong = [*refused, *(f for n, cost in costs.items() for f in memory_faults(n, cost, most))]
    assert not wrong, "\n".join(wrong)


def test_links_to_other_files_are_not_followed() -> None:
    parts = xlsx_parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    links = "xl/_rels/workbook.xml.rels"
    parts[links] = str(parts[links]).replace(
        "</Relationships>",
        '<Relationship Id="rId9" Type="x/externalLink" Target="file:///dev/zero" '
        'TargetMode="External"/></Relationships>',
    )
    assert len(read(packed(parts), "a.xlsx").sheets[0].rows) == 1


def test_parts_that_no_sheet_needs_are_not_unpacked() -> None:
    parts = xlsx_parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    parts["xl/drawings/vmlDrawing1.vml"] = b"<br>" * 1000
    parts["xl/media/image1.png"] = noisy("\x89PNG", MIB)
    assert len(read(packed(parts), "a.xlsx").sheets[0].rows) == 1


SEEDS = {
    "a.xlsx": xlsx(PARTNERS),
    "a.xls": xls(PARTNERS),
    "a.ods": ods(PARTNERS),
    "a.csv": delimited(PARTNERS).encode(),
    "b.csv": delimited(PARTNERS, "\t").encode("utf-16"),
}
STRANGE = st.sampled_from(
    [b"", b"\0", b"<", b'"', b"-1", b"1048576", b"XFD1048576", b"99999999999", b"\xff" * 4]
)


@settings(max_examples=400)
@given(
    st.sampled_from(sorted(SEEDS)),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), STRANGE), min_size=1, max_size=4),
    st.floats(0.1, 1.5),
)
def test_changed_bytes_end_in_a_sentence_or_in_a_table(
    name: str, changes: list[tuple[float, bytes]], kept: float
) -> None:
    content = bytearray(SEEDS[name])
    for place, new in changes:
        at = int(place * len(content))
        content[at : at + max(len(new), 1)] = new or bytes([content[at] ^ 0x55])
    with contextlib.suppress(AllianceCheckError):
        read(bytes(content[: int(kept * len(content))]), name)


@settings(max_examples=400)
@given(
    st.sampled_from(["[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml", "sheet1.xml"]),
    st.floats(0, 1, exclude_max=True),
    STRANGE,
)
def test_changed_parts_of_a_workbook_end_in_a_sentence_or_in_a_table(
    part: str, place: float, new: bytes
) -> None:
    parts = {**xlsx_parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', "<si><t>x</t></si>")}
    whole = next(name for name in parts if name.endswith(part))
    content = bytearray(str(parts[whole]).encode())
    at = int(place * len(content))
    content[at : at + max(len(new), 1)] = new
    with contextlib.suppress(AllianceCheckError):
        read(packed({**parts, whole: bytes(content)}), "a.xlsx")


@settings(max_examples=200)
@given(st.binary(max_size=400), st.sampled_from(["a.csv", "-", "a.xlsx", "a.xls", "a.ods"]))
def test_any_bytes_end_in_a_sentence_or_in_a_table(content: bytes, name: str) -> None:
    for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        with contextlib.suppress(AllianceCheckError):
            read(start + content, name)

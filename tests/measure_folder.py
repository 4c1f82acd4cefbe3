"""Measures a folder of 1,000 proposals; ``python -m tests.measure_folder FOLDER [FRICTIONLESS]``.

Makes the folder where there is none, judges it, and prints the times as ratios to reading the same
files with nothing but python-calamine and csv, and to ``frictionless validate`` (its path may be
given) once for each file of a sample. The numbers hold on a machine that does nothing else.
"""

from __future__ import annotations

import csv
import gc
import io
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from alliance_check.compare.proposals import across
from alliance_check.model.errors import AllianceCheckError
from alliance_check.model.report import Failure, Report, Result
from alliance_check.pipeline import Options, check_file
from cli.files.sources import Source, content_of, select
from cli.jobs.pool import judge_all, processors
from tests.cli_runs import HEADER, text_of
from tests.sheets import ole2, xlsx

FILES, BROKEN, SAMPLE = 1000, 20, 50
COUNTRIES = ("Norway", "Germany", "DE", "France", "Spain", "Poland", "Italy", "PT", "Sverige")
TYPES = ("University", "VET provider", "SME", "Large enterprise", "Chamber of commerce", "NGO")
OPTIONS = Options(lot="innovation", fingerprint=False)


def make(folder: Path) -> None:
    """Write the files, the broken ones among them, always the same."""
    folder.mkdir(parents=True)
    dice = random.Random(2023)  # noqa: S311 - no secret
    broken = dict(zip(range(25, FILES, FILES // BROKEN), _broken(), strict=True))
    for number in range(FILES):
        if number in broken:
            suffix, content = broken[number]
            (folder / f"proposal-{number:04d}{suffix}").write_bytes(content)
        elif number % 2:
            (folder / f"proposal-{number:04d}.xlsx").write_bytes(xlsx((HEADER, *_rows(dice))))
        else:
            (folder / f"proposal-{number:04d}.csv").write_text(text_of(_rows(dice)), "utf-8")


def _rows(dice: random.Random) -> list[tuple[str, ...]]:
    return [
        (
            f"Organisation {dice.randrange(8000)}",
            dice.choice(COUNTRIES),
            dice.choice(TYPES),
            "Full partner" if number else "Coordinator",
        )
        for number in range(dice.randint(12, 40))
    ]


def _broken() -> list[tuple[str, bytes]]:
    """Return the suffix and the content of each broken file."""
    whole = xlsx((HEADER, ("Nord", "NO", "SME", "")))
    kinds: list[tuple[str, bytes]] = [
        (".xlsx", b"This is no zip file.\n" * 20),
        (".xlsx", b""),
        (".xlsx", ole2({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"y" * 5000})),
        (".xlsx", xlsx((HEADER,))),
        (".csv", whole),
        (".xlsx", whole[: len(whole) // 2]),
    ]
    # The large one stands once: it is there to be refused, not to fill the disk.
    large = (".csv", b"Partner name;Country\n" + b"Nord;NO\n" * 20_000_000)
    return [large, *(kinds[n % len(kinds)] for n in range(BROKEN - 1))]


def judge(source: Source) -> list[Result]:
    """Judge one file as the command does."""
    try:
        content = content_of(source, OPTIONS.limits.unpacked // 2)
        return list(check_file(content, source.name, OPTIONS))
    except AllianceCheckError as error:
        return [Failure(source.name, error.exit_code, error.code, error.sentence)]


def bare(paths: Sequence[Path]) -> None:
    """Read the files with nothing but the libraries."""
    from python_calamine import CalamineWorkbook

    for path in paths:
        content = path.read_bytes()
        if path.suffix == ".csv":
            list(csv.reader(io.StringIO(content.decode(), newline=""), delimiter=";"))
        else:
            CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def timed(work: Callable[[], object], times: int = 3) -> float:
    """Return the seconds of the quickest of a few runs."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def main(folder: Path, frictionless: str | None = None) -> None:
    """Make the folder, measure, and print."""
    # As the command arranges the collector, for the bare reading too.
    gc.set_threshold(100_000, 50, 100)
    if not folder.exists():
        make(folder)
    sources = select([str(folder)]).sources
    every = [result for _, results in judge_all(sources, judge) for result in results]
    lost = [result for result in every if isinstance(result, Failure)]
    print(f"{len(sources)} files: {len(every) - len(lost)} judged, {len(lost)} broken")  # noqa: T201
    for failure in lost:
        print(f"  {failure.exit_code} {failure.code}: {failure.sentence}")  # noqa: T201
    bad = {failure.file for failure in lost}
    good = [source for source in sources if source.name not in bad]
    _print(_times(good, sources))
    found = across([result for result in every if isinstance(result, Report)])
    print(f"across files: {dict(Counter(one.id for one in found))}")  # noqa: T201
    if frictionless is not None:
        _beside(frictionless, good)


def _times(good: Sequence[Source], every: Sequence[Source]) -> Mapping[str, float]:
    paths = [Path(source.path) for source in good]
    books = [source for source in good if source.path.endswith(".xlsx")]
    reports = [r for s in good for r in judge(s) if isinstance(r, Report)]

    def run(sources: Sequence[Source], jobs: int) -> Callable[[], object]:
        return lambda: list(judge_all(sources, judge, jobs))

    return {
        "bare reading": timed(partial(bare, paths)),
        "judged in one process": timed(run(good, 1)),
        f"judged in {processors()} processes": timed(run(good, processors())),
        "all of them, broken ones too": timed(run(every, processors()), 1),
        "bare reading of workbooks": timed(partial(bare, [Path(s.path) for s in books])),
        "workbooks in one process": timed(run(books, 1)),
        "across files": timed(lambda: across(reports)),
        **{f"{n} files, {j} processes": timed(run(good[:n], j)) for n in (16, 64) for j in (1, 2)},
    }


def _print(times: Mapping[str, float]) -> None:
    for name, seconds in times.items():
        print(f"{name}: {seconds:.3f} s = {seconds / times['bare reading']:.1f} × bare")  # noqa: T201
    ratio = times["workbooks in one process"] / times["bare reading of workbooks"]
    print(f"a further workbook: {ratio:.1f} × its bare reading")  # noqa: T201


def _beside(frictionless: str, good: Sequence[Source]) -> None:
    sample = good[:: max(len(good) // SAMPLE, 1)][:SAMPLE]

    def validate() -> None:
        for source in sample:
            path = Path(source.path)
            # It reads no file by an absolute path, and would be done at once.
            command = [str(Path(frictionless).absolute()), "validate", path.name]
            subprocess.run(command, cwd=path.parent, capture_output=True, check=True)

    theirs = timed(validate, 1) / len(sample)
    ours = timed(lambda: list(judge_all(good, judge, processors()))) / len(good)
    print(f"frictionless: {theirs:.3f} s a file, {theirs / ours:.0f} × ours")  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:3])

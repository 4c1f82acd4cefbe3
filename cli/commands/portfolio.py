"""``portfolio``: the verdicts of many consortia in one table, and what they come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from alliance_check import rulebook
from alliance_check.model.errors import WrongUsage
from alliance_check.model.message import Message, count, listed, say
from alliance_check.model.outcome import Verdict
from alliance_check.model.sheet import Workbook
from alliance_check.reports.escaping import visible

from ..files.paths import is_file
from ..files.sources import no_file, refuse_to_overwrite
from ..files.style import style_of
from ..files.write import OutputFile, deliver, write
from ..jobs.progress import watched
from ..options import declared as option

if TYPE_CHECKING:
    import pandas as pd

    from alliance_check.frames import Judged
    from alliance_check.frames.tally import Tally
    from alliance_check.pipeline import Options

_ROWS = 50_000
"""How many rows are judged before the bar moves; consortia are never parted."""
_SHOWN = 5
_NAMED = 10
_VERDICTS = (Verdict.ELIGIBLE.value, Verdict.NOT_ELIGIBLE.value, Verdict.UNDECIDED.value)


def portfolio(  # noqa: PLR0913 - one argument an option
    path: Annotated[
        str, typer.Argument(metavar="FILE", help="A table of partners (csv, xlsx, parquet).")
    ],
    *,
    by: option.By = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Where the verdicts go; ends in .csv, .xlsx, .parquet or .jsonl.",
        ),
    ] = None,
    lot: option.Lot = None,
    call: option.Call = None,
    strict: option.Strict = False,
    duration: option.Duration = None,
    grant: option.Grant = None,
    total: option.Total = None,
    lang: option.Lang = None,  # noqa: ARG001 - read by main()
) -> Callable[[], int]:
    """Judge all consortia of one table, and write a row for each of them.

    The summary counts the verdicts by lot and by country of the coordinator, and says which rules
    decide and who fails by one. Exit codes: 0 judged, whatever was found, 2 wrong usage, 4 the file
    is unusable.
    """

    def job() -> int:
        if by is None:
            raise WrongUsage(
                "portfolio needs --by: the header of the column that says to which consortium a "
                "row belongs."
            )
        if not is_file(path):
            raise WrongUsage(no_file("FILE", path))
        from alliance_check.pipeline import Options

        from ..files.tables import read_table, refuse_kind, table_bytes

        if output is not None:
            refuse_kind(output)
            refuse_to_overwrite(output, {path: "an input"})
        options = Options(
            lot=None if lot is None else rulebook.lot_named(lot),
            call=call,
            by=by,
            duration=duration,
            grant=grant,
            total=total,
            strict=strict,
        )
        table = read_table(path)
        judged = _judged(table, options)
        if output is not None:
            deliver([OutputFile("--output", output, table_bytes(judged.answers, output))])
        style = style_of()
        write(_text(judged, output), style)
        return 0

    return job


def _judged(table: pd.DataFrame | Workbook, options: Options) -> Judged:
    """Judge the table in parts of whole consortia, which a bar counts."""
    import pandas as pd

    from alliance_check.frames import Judged, judge_book, judge_frame

    if isinstance(table, Workbook):
        return judge_book(table, options)
    parts = list(_parts(table, str(options.by)))
    judged = (judge_frame(part, options) for part in parts)
    done = list(watched(judged, len(parts), fewest=2))
    coordinators = [country for one in done for country in one.coordinators]
    return Judged(pd.concat([one.answers for one in done]), coordinators)


def _parts(table: pd.DataFrame, by: str) -> Iterator[pd.DataFrame]:
    if len(table) <= _ROWS:
        yield table
        return
    import pandas as pd

    from alliance_check.frames import key_of

    codes, _ = pd.factorize(key_of(table, by), use_na_sentinel=False)
    part = codes // max(1, int(_ROWS * (codes.max() + 1) / len(table)))
    for number in range(int(part.max()) + 1):
        yield table[part == number]


def _text(judged: Judged, output: str | None) -> str:
    from alliance_check.frames.tally import tally

    counted = tally(judged.answers, judged.coordinators)
    lines = [*_head(judged, output), *_of_lots(counted), *_of_countries(counted)]
    lines += [*_of_rules(counted), *_near(counted)]
    return "".join(f"{line}\n" for line in lines)


def _head(judged: Judged, output: str | None) -> Iterator[Message | str]:
    number = judged.answers.index.nunique(dropna=False)
    yield count("{number} consortium.", "{number} consortia.", number=number)
    if output is not None:
        yield say("The verdicts are in {output}.", output=output)


def _of_lots(counted: Tally) -> Iterator[Message | str]:
    rows = {f"{call} {lot}": numbers for (call, lot), numbers in counted.lots.items()}
    yield from _table(say("By lot"), rows)


def _of_countries(counted: Tally) -> Iterator[Message | str]:
    from alliance_check.vocabulary.countries import country_name

    rows = {
        country_name(code) if code else str(say("not known")): numbers
        for code, numbers in counted.countries.items()
    }
    yield from _table(say("By country of the coordinator"), rows)


def _table(title: Message, rows: Mapping[str, Counter[str]]) -> Iterator[Message | str]:
    """Yield lines with the numbers of each verdict, the largest first."""
    heads = [str(title), *_VERDICTS]
    ordered = sorted(rows.items(), key=lambda row: (-row[1].total(), row[0]))
    cells = [heads, *([name, *(f"{n[v]}" for v in _VERDICTS)] for name, n in ordered)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    yield ""
    for name, *numbers in cells:
        right = (number.rjust(width) for number, width in zip(numbers, widths[1:], strict=True))
        yield "  ".join([name.ljust(widths[0]), *right])


def _of_rules(counted: Tally) -> Iterator[Message | str]:
    worst = sorted(counted.rules.items(), key=lambda rule: (-rule[1][0], -rule[1][1]))
    if worst:
        yield ""
        yield say("Rules that decide most often:")
    for rule, (bad, left) in worst[:_SHOWN]:
        yield say("  {rule}: not met {bad}, to check {left}", rule=rule, bad=bad, left=left)


def _near(counted: Tally) -> Iterator[Message | str]:
    if not counted.near:
        return
    yield ""
    names = listed((f"{visible(one.name)} ({one.lot}: {one.rule})" for one in counted.near), _NAMED)
    yield count(
        "One change away, because one rule alone is not met, by one: {names}.",
        "{number} are one change away, because one rule alone is not met, by one: {names}.",
        number=len(counted.near),
        names=names,
    )

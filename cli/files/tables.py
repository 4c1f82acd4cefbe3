"""Tables of pandas from files and to files: csv, xlsx, parquet, and JSON lines to write."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from alliance_check.model.errors import AllianceCheckError, UnreadableFile, WrongUsage
from alliance_check.model.message import either
from alliance_check.reports.csv_report import FORMULA
from alliance_check.reports.escaping import json_safe, visible

if TYPE_CHECKING:
    import pandas as pd

    from alliance_check.model.sheet import Workbook

T = TypeVar("T")

_MOST_ROWS = 2_000_000
"""More than a sheet can have."""
_SEPARATORS = ",;\t|"


def read_table(path: str) -> pd.DataFrame | Workbook:
    """Return the table in a file, its kind known by the ending of its name.

    :raises AllianceCheckError: when there is no such kind, or the file is not of it.
    """
    read = _of_kind(path, _READERS, "FILE")
    name = Path(path).name
    try:
        return read(Path(path))
    except AllianceCheckError:
        raise
    except OSError as error:
        raise UnreadableFile(
            "{name} cannot be read: {reason}.", name=name, reason=error.strerror or "damaged"
        ) from error
    except UnicodeDecodeError as error:
        raise UnreadableFile("{name} is not in UTF-8; save it as such.", name=name) from error
    except Exception as error:  # what pandas and its readers raise of damaged files has no end
        raise UnreadableFile(
            "{name} holds no table that can be read; save it once more as what its name says.",
            name=name,
        ) from error


def table_bytes(table: pd.DataFrame, path: str) -> bytes:
    """Return the file that holds a table, its kind known by the ending of its name.

    :raises WrongUsage: when there is no such kind, or no pyarrow for it.
    """
    return _of_kind(path, _WRITERS, "--output")(table)


def refuse_kind(path: str) -> None:
    """Refuse an output of a kind that is not written, before anything is read.

    :raises WrongUsage: when the ending of its name is not known.
    """
    _of_kind(path, _WRITERS, "--output")


def _of_kind(path: str, kinds: Mapping[str, T], what: str) -> T:
    suffix = Path(path).suffix.lower()
    if suffix not in kinds:
        raise WrongUsage(
            "{what} {path} must end in {kinds}.", what=what, path=repr(path), kinds=either(kinds)
        )
    if suffix == ".parquet" and find_spec("pyarrow") is None:
        raise WrongUsage(
            '{path} needs pyarrow; install it with pip install "alliance-check[parquet]".',
            path=repr(path),
        )
    return kinds[suffix]


def _read_csv(path: Path) -> pd.DataFrame:
    import pandas as pd

    with path.open(encoding="utf-8-sig") as file:
        header = file.readline()
    separator = max(_SEPARATORS, key=header.count)
    # "NA" is Namibia, and a code may begin with a nought.
    return pd.read_csv(path, sep=separator, dtype=str, keep_default_na=False, encoding="utf-8-sig")


def _read_xlsx(path: Path) -> Workbook:
    from alliance_check.readers import Limits, read

    # What is hidden or struck out in a workbook says something, and pandas would not see it.
    return read(path.read_bytes(), path.name, Limits(rows=_MOST_ROWS))


def _read_parquet(path: Path) -> pd.DataFrame:
    import pandas as pd

    return pd.read_parquet(path, engine="pyarrow")


def _harmless(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with its index as a column, and with no text that is a formula."""
    plain = table.reset_index()
    first = plain.columns[0]
    plain[first] = [
        FORMULA.sub(r"\1'", visible(one)) if isinstance(one, str) else one for one in plain[first]
    ]
    return plain.rename(columns={first: FORMULA.sub(r"\1'", visible(str(first)))})


def _csv(table: pd.DataFrame) -> bytes:
    return _harmless(table).to_csv(index=False, lineterminator="\r\n").encode("utf-8")


def _xlsx(table: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    _harmless(table).to_excel(buffer, index=False, freeze_panes=(1, 1))
    return buffer.getvalue()


def _parquet(table: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    table.to_parquet(buffer, engine="pyarrow")
    return buffer.getvalue()


def _json_lines(table: pd.DataFrame) -> bytes:
    lines = table.reset_index().to_json(orient="records", lines=True, force_ascii=False)
    return json_safe(lines).encode("utf-8", "surrogatepass")


_READERS: Mapping[str, Callable[[Path], pd.DataFrame | Workbook]] = {
    ".csv": _read_csv,
    ".xlsx": _read_xlsx,
    ".parquet": _read_parquet,
}
_WRITERS: Mapping[str, Callable[[pd.DataFrame], bytes]] = {
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".parquet": _parquet,
    ".jsonl": _json_lines,
}

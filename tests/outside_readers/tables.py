"""Pandas, as whoever analyses many proposals reads a csv."""

from __future__ import annotations

import io

import pandas as pd


def rows(text: str) -> list[dict[str, str]]:
    """Return the rows as pandas reads them, every cell as the text that it is."""
    frame = pd.read_csv(io.StringIO(text, newline=""), dtype=str, keep_default_na=False)
    return [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]

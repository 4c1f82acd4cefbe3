"""Read the tables that ship with the package.

``importlib.resources`` would do the same, but loads a dozen modules for it at every start.
"""

from __future__ import annotations

import os
from functools import cache


@cache
def _folder() -> str:
    from importlib import import_module

    # A string, because what is installed as alliance_check.data stands in data/ here.
    return str(import_module("alliance_check.data").__path__[0])


def text_of_table(name: str) -> str:
    """Return the text of a file of the package's data, by its path below that folder."""
    return bytes_of_table(name).decode()


def bytes_of_table(name: str) -> bytes:
    """Return the bytes of a file of the package's data, by its path below that folder."""
    with open(os.path.join(_folder(), *name.split("/")), "rb") as file:  # noqa: PTH118, PTH123
        return file.read()


def names_in(folder: str) -> list[str]:
    """Return the names of the files in a folder of the package's data, sorted."""
    return sorted(os.listdir(os.path.join(_folder(), folder)))  # noqa: PTH118, PTH208

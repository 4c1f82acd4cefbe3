"""What a result hangs on: the file, what is said of it, and the program itself."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

from alliance_check import __version__

_PARTS = ("alliance_check", "alliance_check.cli", "alliance_check.data")
_GUESSES = "pycountry"
"""The library that has a part in what is suggested."""


def program() -> str:
    """Return a fingerprint of this program and of its data, as they are now.

    A checkout that somebody works in has one version and many states, so its files decide.
    """
    digest = sha256(f"{__version__} {sys.version} {_version(_GUESSES)}".encode())
    for part in _PARTS:
        for path in sorted(_files(Path(import_module(part).__path__[0]))):
            digest.update(f"\n{part} {path.name} ".encode())
            digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return ""


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir():
            yield from _files(path) if path.name != "__pycache__" else ()
        else:
            yield path


def key_of(*parts: Any) -> str:
    """Return the key of everything that a result hangs on, equal in every process.

    :raises TypeError: when nobody has said how one of the values is told from others.
    """
    text = json.dumps([_told_apart(one) for one in parts], separators=(",", ":"))
    return sha256(text.encode("ascii")).hexdigest()


def _told_apart(value: Any) -> Any:
    """Return a value as JSON that no other value has."""
    kind = type(value).__name__
    if isinstance(value, Enum | Decimal | date):
        return [kind, str(value)]
    if value is None or isinstance(value, str | int):
        return value
    if is_dataclass(value):
        return [kind, {f.name: _told_apart(getattr(value, f.name)) for f in fields(value)}]
    if isinstance(value, Mapping):
        return [kind, [[_told_apart(k), _told_apart(v)] for k, v in value.items()]]
    if isinstance(value, frozenset):
        return [kind, sorted(map(json.dumps, map(_told_apart, value)))]
    if isinstance(value, tuple):
        return [kind, *map(_told_apart, value)]
    raise TypeError(f"nobody has said what tells one {kind} from another")

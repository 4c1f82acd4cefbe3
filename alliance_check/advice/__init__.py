"""What to change, how safe a yes is, and what would be if."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alliance_check.advice.changes import Change as Change
    from alliance_check.advice.changes import read_change as read_change
    from alliance_check.advice.repair import advise as advise
    from alliance_check.advice.what_if import Difference as Difference
    from alliance_check.advice.what_if import apply as apply
    from alliance_check.advice.what_if import differences as differences

_HOMES = {
    "Change": "changes",
    "Difference": "what_if",
    "advise": "repair",
    "apply": "what_if",
    "differences": "what_if",
    "read_change": "changes",
}
__all__ = list(_HOMES)


def __getattr__(name: str) -> object:
    """Load only the module of this name: most checks need no more than the margins."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

"""Check whether the consortium of an Alliances for Innovation proposal is eligible."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alliance_check.frames import check_frame as check_frame
    from alliance_check.model.report import Report as Report
    from alliance_check.pipeline import check as check

__version__ = "0.1.0"
_MODULES = {"Report": "model.report", "check": "pipeline", "check_frame": "frames"}
__all__ = ["Report", "__version__", "check", "check_frame"]


def __getattr__(name: str) -> object:
    """Load what others may use only when they ask for it, so that the command starts quickly."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)

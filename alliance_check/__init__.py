"""Checks whether the consortium of an Alliances for Innovation proposal is eligible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance_check.model.version import __version__

if TYPE_CHECKING:
    from alliance_check.frames import check_frame as check_frame
    from alliance_check.model.report import Report as Report
    from alliance_check.pipeline import check as check

__all__ = ["Report", "__version__", "check", "check_frame"]


def __getattr__(name: str) -> object:
    """Load what others may use only when it is asked for, so that the command starts quickly."""
    if name == "check":
        from alliance_check.pipeline import check

        return check
    if name == "check_frame":
        from alliance_check.frames import check_frame

        return check_frame
    if name == "Report":
        from alliance_check.model.report import Report

        return Report
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

"""The shape of a rule."""

from __future__ import annotations

from typing import Protocol

from alliance_check.model.consortium import Consortium
from alliance_check.model.report import Answer
from alliance_check.rules._terms import Terms


class Rule(Protocol):
    """A rule is a module: its docstring is its manual."""

    @property
    def ID(self) -> str:  # noqa: N802 - a module constant
        """The name of the rule, the same word everywhere."""

    @property
    def TITLE(self) -> str:  # noqa: N802 - a module constant
        """What it is about, in a few words."""

    def check(self, consortium: Consortium, terms: Terms) -> Answer:
        """Answer for one consortium under one clause."""
        ...

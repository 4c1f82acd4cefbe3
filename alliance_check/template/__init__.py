"""A workbook to fill in: the partners with drop-downs, the project, a live tally, the clauses.

Its labels are those of the Programme Guide and of the Portal, each of which the program reads. It
holds no macro and no formula that only one spreadsheet program has, and it shows no verdict.
"""

from __future__ import annotations

from alliance_check.template.build import template

__all__ = ["template"]

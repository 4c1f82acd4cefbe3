"""Junitparser and junit2html, which read JUnit XML as build servers do."""

from __future__ import annotations

from typing import NamedTuple

import junitparser
from junit2htmlreport.parser import Junit  # type: ignore[import-untyped]


class Case(NamedTuple):
    suite: str
    group: str
    name: str
    result: str
    kind: str
    message: str
    text: str
    output: str


def cases(document: str) -> list[Case]:
    """Return every test case as junitparser reads it."""
    suites = junitparser.JUnitXml.fromstring(document.encode("utf-8"))
    return [_case(suite, case) for suite in suites for case in suite]


def totals(document: str) -> list[tuple[int, int, int, int]]:
    """Return tests, failures, errors and skipped: as stated, then as junitparser counts them."""
    suites = junitparser.JUnitXml.fromstring(document.encode("utf-8"))
    stated = (suites.tests, suites.failures, suites.errors, suites.skipped)
    suites.update_statistics()  # type: ignore[no-untyped-call]
    return [stated, (suites.tests, suites.failures, suites.errors, suites.skipped)]


def outputs(document: str) -> list[str]:
    """Return the output of every suite."""
    suites = junitparser.JUnitXml.fromstring(document.encode("utf-8"))
    return [suite._elem.findtext("system-out", "") for suite in suites]  # noqa: SLF001


def page(document: str) -> str:
    """Return the page that junit2html makes of a document."""
    return str(Junit(xmlstring=document.encode("utf-8")).html())


def _case(suite: junitparser.TestSuite, case: junitparser.TestCase) -> Case:
    result = case.result[0] if case.result else None
    kind, message = (result.type, result.message) if result is not None else ("", "")
    word = "passed" if result is None else type(result).__name__.lower()
    text = "" if result is None else str(result.text or "")
    where = (str(suite.name), str(case.classname), str(case.name))
    return Case(*where, word, str(kind), str(message), text, str(case.system_out or ""))

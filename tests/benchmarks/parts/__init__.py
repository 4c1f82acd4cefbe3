"""The parts of the benchmark, one module each; the number of a part is its place in this list."""

from tests.benchmarks.parts import advice, countries, portfolios, start, whole_process, workbooks

PARTS = (whole_process, workbooks, countries, portfolios, advice, start)

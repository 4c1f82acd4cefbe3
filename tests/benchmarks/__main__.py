"""The command; ``python -m tests.benchmarks [--only 1,3] [--runs 15]``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks import environments, results
from tests.benchmarks.bench import TINY, Bench, Scale
from tests.benchmarks.parts import PARTS
from tests.benchmarks.timing import Failed

AT_HAND = frozenset({"script", "calamine"})
"""Peers whose packages the tests need anyway."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the parts that are asked for, print their tables, and write them into the page."""
    options = _options(arguments)
    load = os.getloadavg()[0]
    chosen = {number: part for number, part in enumerate(PARTS, 1) if number in options.only}
    wanted = sorted({peer for part in chosen.values() for peer in part.PEERS})
    lost = {} if options.tiny else _installed(wanted)
    there = frozenset(wanted) & AT_HAND if options.tiny else frozenset(wanted) - lost.keys()
    for number, part in chosen.items():
        print(f"{number}. {part.TITLE}", file=sys.stderr)
        with TemporaryDirectory() as folder:
            scale = TINY if options.tiny else Scale()
            bench = Bench(Path(folder), options.runs, scale, there, own=not options.tiny)
            section = part.measure(bench)
        notes = tuple(lost[peer] for peer in part.PEERS if peer in lost)
        versions: dict[str, str] = {}
        for peer in part.PEERS:
            versions |= environments.compared(peer) if peer in there else {}
        measured_on = results.measured_on(options.runs, versions, load)
        text = results.markdown(number, replace(section, notes=notes), measured_on)
        print(text, end="\n\n", flush=True)
        if options.output is not None:
            results.write(options.output, number, text)
    return 0


def _installed(wanted: Sequence[str]) -> dict[str, str]:
    """Install what is measured; return what is to be said of the peers that cannot be."""
    print("installing", file=sys.stderr)
    environments.install_ours()
    lost = {}
    for peer in wanted:
        try:
            environments.install_peer(peer)
        except environments.Missing as error:
            lost[peer] = f"{peer} could not be installed and is missing here: {error}"
            print(lost[peer], file=sys.stderr)
    return lost


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.benchmarks", description=__doc__)
    titles = ", ".join(f"{number} {part.TITLE}" for number, part in enumerate(PARTS, 1))
    every = ",".join(str(number) for number in range(1, len(PARTS) + 1))
    parser.add_argument("--only", type=_parts, default=every, help=f"parts, as 1,3: {titles}")
    parser.add_argument("--runs", type=_runs, default=15, help="rounds that count; 15 by default")
    parser.add_argument("--output", type=Path, help="the page; RESULTS.md beside this by default")
    tiny = "tiny files, nothing installed, and no page without --output: whether it works at all"
    parser.add_argument("--tiny", action="store_true", help=tiny)
    options = parser.parse_args(arguments)
    if options.output is None and not options.tiny:
        options.output = results.PAGE
    return options


def _parts(text: str) -> frozenset[int]:
    found = frozenset(int(word) if word.isdecimal() else 0 for word in text.split(","))
    if not found <= set(range(1, len(PARTS) + 1)):
        raise argparse.ArgumentTypeError(f"{text!r}: parts are 1 to {len(PARTS)}, as in 1,3")
    return found


def _runs(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r}: give a number from 1 on")
    return int(text)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (Failed, environments.Missing) as error:
        sys.exit(f"Nothing more could be measured: {error}")

"""What work costs, in calls of functions and in memory; seconds would hang on the machine.

Files are read in a process each, which is then asked.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from cProfile import Profile
from pathlib import Path
from typing import NamedTuple

from alliance_check.readers import Limits

# A child made by fork starts with the memory of its parent, who has all imports behind it, and
# its high-water mark is its own; one made by exec would inherit the mark of the test run.
_RUNNER = """
import json, os, pathlib, signal, sys
from cProfile import Profile
import alliance_check.readers.delimited, alliance_check.readers.xls.reader
import alliance_check.readers.zip_kind, alliance_check.readers.xlsx.reader
import alliance_check.readers.ods.reader
import csv, zipfile, xml.parsers.expat
from alliance_check.model.errors import AllianceCheckError
from alliance_check.readers import Limits, read

profile = Profile()

def outcome_of(path):
    signal.alarm(600)  # only against hanging
    content = path.read_bytes()
    try:
        given = content, path.name, limits
        book = profile.runcall(read, *given) if counted else read(*given)
    except AllianceCheckError as error:
        return type(error).__name__, error.sentence
    except BaseException as error:
        return "crash", f"{type(error).__name__}: {error}"
    return "read", ", ".join(f"{s.name} {len(s.rows)}" for s in book.sheets)

def measured(path):
    out, into = os.pipe()
    child = os.fork()
    if not child:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        answer = outcome_of(path) if path else profile.runcall(lambda: ("", ""))
        calls = sum(entry.callcount for entry in profile.getstats())
        os.write(into, json.dumps([*answer, calls]).encode()[:60000])
        os._exit(0)
    os.close(into)
    _, status, usage = os.wait4(child, 0)
    text = os.read(out, 65536)
    os.close(out)
    answer = json.loads(text) if text else ("crash", f"status {status}", 0)
    return *answer, usage.ru_maxrss

counted, limits, *paths = sys.argv[1:]
limits = Limits(*json.loads(limits))
# macOS counts bytes, the others KiB.
unit = 1 if sys.platform == "darwin" else 1024
nothing = measured(None)[3]
for path in map(pathlib.Path, paths):
    *rest, memory = measured(path)
    print(json.dumps([path.name, *rest, (memory - nothing) * unit]))
"""


class Cost(NamedTuple):
    """What came of reading a file: ``outcome`` is an error's class, ``read`` or ``crash``.

    ``calls`` is 0 where nobody counted them.
    """

    outcome: str
    sentence: str
    calls: int
    memory: int


def calls(work: Callable[[], object]) -> int:
    """Return how many functions, Python's own among them, a piece of work calls."""
    profile = Profile()
    profile.runcall(work)
    return sum(entry.callcount for entry in profile.getstats())


def measured(
    files: Mapping[str, bytes], folder: Path, limits: Limits, *, counted: bool = False
) -> dict[str, Cost]:
    """Return what reading each file costs in bytes of memory and, if asked for, in calls.

    Counting makes the reading of a large file three times as slow.
    """
    for name, content in files.items():
        (folder / name).write_bytes(content)
    paths = [str(folder / name) for name in files]
    ran = subprocess.run(
        [sys.executable, "-c", _RUNNER, "x" * counted, json.dumps(limits), *paths],
        capture_output=True,
        text=True,
        check=True,
    )
    return {name: Cost(*rest) for name, *rest in map(json.loads, ran.stdout.splitlines())}

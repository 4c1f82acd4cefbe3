"""What reading a file costs: each is read in a process of its own, which is then asked."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

# A child made by fork starts with the memory of its parent, who has all imports behind it, and
# its high-water mark is its own; one made by exec would inherit the mark of the test run.
_RUNNER = """
import json, os, pathlib, signal, sys
import alliance_check.readers.delimited, alliance_check.readers.xls.reader
import alliance_check.readers.zip_kind, alliance_check.readers.xlsx.reader
import alliance_check.readers.ods.reader
import python_calamine, csv, zipfile, xml.parsers.expat
from alliance_check.model.errors import AllianceCheckError
from alliance_check.readers import read

def told(path):
    signal.alarm(60)
    try:
        book = read(path.read_bytes(), path.name)
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
        os.write(into, json.dumps(told(path) if path else ("", "")).encode()[:60000])
        os._exit(0)
    os.close(into)
    _, status, usage = os.wait4(child, 0)
    text = os.read(out, 65536)
    os.close(out)
    outcome, sentence = json.loads(text) if text else ("crash", f"status {status}")
    return outcome, sentence, usage.ru_utime + usage.ru_stime, usage.ru_maxrss

# macOS tells bytes, the others KiB.
unit = 1 if sys.platform == "darwin" else 1024
nothing = measured(None)[3]
for path in map(pathlib.Path, sys.argv[1:]):
    *rest, memory = measured(path)
    print(json.dumps([path.name, *rest, (memory - nothing) * unit]))
"""


class Cost(NamedTuple):
    """What came of reading a file: ``outcome`` is an error's class, ``read`` or ``crash``."""

    outcome: str
    sentence: str
    seconds: float
    memory: int


def measured(files: Mapping[str, bytes], folder: Path) -> dict[str, Cost]:
    """Return what reading each file costs in seconds of the processor and bytes of memory."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    paths = [str(folder / name) for name in files]
    ran = subprocess.run(
        [sys.executable, "-c", _RUNNER, *paths], capture_output=True, text=True, check=True
    )
    return {name: Cost(*rest) for name, *rest in map(json.loads, ran.stdout.splitlines())}

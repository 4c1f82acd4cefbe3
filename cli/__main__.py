"""``python -m alliance_check.cli``: the same as the command."""

from __future__ import annotations

import sys

from .app import main

if __name__ == "__main__":
    sys.exit(main())

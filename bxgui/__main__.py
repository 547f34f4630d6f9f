"""`python -m bxgui` and the `bxgui` command."""

from __future__ import annotations

import sys

from bxgui.cli import main

if __name__ == "__main__":
    sys.exit(main())

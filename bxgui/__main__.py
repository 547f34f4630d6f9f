"""`python -m bxgui` and the `bxgui` command."""

from __future__ import annotations

import sys
from functools import partial

from bxgui import running, window_start


def main() -> int:
    """Run the command that the arguments name; returns the exit status."""
    asked = window_start.asked(sys.argv[1:])
    if asked is not None:
        return running.run(partial(window_start.open_window, asked))
    from bxgui.cli import main as run_command

    return run_command()


if __name__ == "__main__":
    sys.exit(main())

"""Where a store can lie: of other places SQLite itself tells nothing that helps."""

from __future__ import annotations

import os
import stat
from pathlib import Path

# SQLite keeps 512 bytes for a name, and the names of the files beside a store are longer by 8.
_MOST_BYTES = 504


def fault_of(path: Path) -> str:
    """Why no store can be at a path, and what to do; empty where one can."""
    size = len(os.fsencode(path.absolute()))
    if os.name == "posix" and size > _MOST_BYTES:
        return (
            f"The store has a path of {size} bytes, and the longest that SQLite takes has "
            f"{_MOST_BYTES}. Choose another folder with --data-dir."
        )
    try:
        is_file = stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return ""  # where there is none, or it is out of reach, opening it tells more
    if is_file:
        return ""
    return (
        f"{path} is no regular file, so no store can be there. Move it away, or choose another "
        "folder with --data-dir."
    )

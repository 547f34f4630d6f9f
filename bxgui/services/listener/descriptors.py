"""How many files, and so connections, this process may have open at once."""

from __future__ import annotations

import contextlib
import sys

if sys.platform != "win32":
    import resource


def open_files(wanted: int) -> int:
    """How many files may be open, at most `wanted`; a lower limit is raised where one may."""
    if sys.platform == "win32":
        return wanted
    limit, highest = resource.getrlimit(resource.RLIMIT_NOFILE)
    if limit == resource.RLIM_INFINITY:
        return wanted
    raised = wanted if highest == resource.RLIM_INFINITY else min(wanted, highest)
    if limit < raised:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (raised, highest))
            limit = raised
    return min(limit, wanted)

"""A library that makes every fsync of a process slower, as a busy or distant disk is."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from release.bench.trouble import NotMeasurable

DELAY_SECONDS = 0.005
_SOURCE = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>

static int slowly(const char *name, int descriptor)
{
    struct timespec delay = {0, %d};
    nanosleep(&delay, 0);
    return ((int (*)(int))dlsym(RTLD_NEXT, name))(descriptor);
}

int fsync(int descriptor) { return slowly("fsync", descriptor); }
int fdatasync(int descriptor) { return slowly("fdatasync", descriptor); }
"""


def build(folder: Path) -> Path:
    """Compile the library into a folder, for LD_PRELOAD; raises `NotMeasurable`."""
    compiler = shutil.which("cc")
    if sys.platform != "linux" or compiler is None:
        raise NotMeasurable("slowing fsync needs Linux and a C compiler (cc)")
    library = folder / "slow_fsync.so"
    made = subprocess.run(
        [compiler, "-shared", "-fPIC", "-O2", "-x", "c", "-", "-o", str(library), "-ldl"],
        input=_SOURCE % round(DELAY_SECONDS * 1e9),
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise NotMeasurable(f"cc could not compile the delay: {made.stderr.strip()[:200]}")
    return library

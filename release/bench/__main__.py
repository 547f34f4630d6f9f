"""The benchmarks: `python dev.py bench NAME` prints ratios measured in one run."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence

from release.bench import capture, form, send, start
from release.bench.trouble import BenchTrouble

BENCHMARKS: Mapping[str, Callable[[Sequence[str]], int]] = {
    "capture": capture.main,
    "form": form.main,
    "send": send.main,
    "start": start.main,
}


def main(arguments: Sequence[str]) -> int:
    """Run the benchmark that the first argument names."""
    name = arguments[0] if arguments else ""
    if name not in BENCHMARKS:
        sys.stderr.write(f"bench: no benchmark {name!r}; there are: {', '.join(BENCHMARKS)}\n")
        return 2
    try:
        return BENCHMARKS[name](arguments[1:])
    except KeyboardInterrupt:
        return 130
    except (BenchTrouble, OSError) as trouble:
        sys.stderr.write(f"bench: {trouble}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

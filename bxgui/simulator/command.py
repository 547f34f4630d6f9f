"""How a portal reads a command of a batch: `parse_url` and `parse_str` (contract §6)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bxgui.simulator.request import parse_str

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Command:
    """The method that a command names, and its parameters before anything is substituted."""

    method: str
    params: dict[str, object] = field(repr=False)


def read_command(text: str) -> Command:
    """Read `method?query`; what follows `#` is lost, what precedes `:` is taken for a scheme."""
    kept = _CONTROL.sub("_", text).partition("#")[0]
    path, _, query = kept.partition("?")
    scheme, colon, rest = path.partition(":")
    params = parse_str(query.encode("utf-8", "surrogateescape"))
    # Credentials of a command count for nothing: it runs with those of the batch.
    for name in ("auth", "access_token"):
        params.pop(name, None)
    return Command(rest if colon else scheme, params)

"""What is wrong with the names of return values: the portal compares them without regard to case.

Contract §8, rows 13 and 14. Without a schema nothing is known to be unknown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from bxgui.core.findings import Drop, Finding, FindingCode, Rename
from bxgui.core.nearest import nearest
from bxgui.core.schema import RuleProperty

# Looking for one takes milliseconds; who gives more wrong names gave those of another rule.
_MOST_SUGGESTIONS = 20


def unknown_names(
    known: Mapping[str, RuleProperty], names: Sequence[str], given: Collection[str]
) -> list[Finding]:
    """Names that are not in the schema; `known` and `given` hold lower-case names."""
    spelt = [entry.name for entry in known.values()]
    times = Counter(names)
    found: list[Finding] = []
    for row, name in enumerate(names):
        if not name or not known or name.lower() in known:
            continue
        like = nearest(name, spelt) if len(found) < _MOST_SUGGESTIONS else ""
        is_free = like and like.lower() not in given and times[name] == 1
        mend = Rename(like) if is_free else None
        found.append(Finding(FindingCode.UNKNOWN_NAME, name, row, wanted=like, mend=mend))
    return found


def repeated_names(names: Sequence[str]) -> list[Finding]:
    """Names that are given again further down, as they are or in another case."""
    found: list[Finding] = []
    # Of each name in lower case, the last spelling; and every spelling that comes later.
    later: dict[str, str] = {}
    spelt: set[str] = set()
    for row in range(len(names) - 1, -1, -1):
        name = names[row]
        if name in spelt:
            found.append(Finding(FindingCode.REPEATED_NAME, name, row, mend=Drop()))
        elif name.lower() in later:
            other = later[name.lower()]
            found.append(Finding(FindingCode.OTHER_CASE, name, row, wanted=other))
        spelt.add(name)
        later.setdefault(name.lower(), name)
    return found[::-1]

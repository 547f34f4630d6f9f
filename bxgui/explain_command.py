"""`bxgui explain`: what an error code of a portal means, without a portal or a store."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from difflib import get_close_matches

from bxgui.command_problem import ACCEPTED, USAGE, CommandProblem
from bxgui.core.explanations import BY_CODE, BY_KEY, CATALOGUE, Explanation, explanations_of

_EXECUTED = {
    "yes": "The portal executed the request.",
    "no": "The portal did not execute the request.",
    "perhaps": "The portal may have executed the request.",
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """What stands behind `bxgui explain`."""
    parser.add_argument(
        "code", nargs="?", metavar="CODE", help="a code of the portal or of the history; none: all"
    )


def explain(options: argparse.Namespace) -> int:
    """Print what a code means, or list every code."""
    from bxgui import terminal

    if options.code is None:
        found = CATALOGUE
    else:
        found = explanations_of(options.code)
        if not found:
            raise CommandProblem(_unknown(options.code), USAGE)
    if options.json:
        terminal.write_json(sys.stdout, [_document(entry) for entry in found])
    elif options.code is None:
        terminal.write_lines(sys.stdout, terminal.columns(_table()))
    else:
        terminal.write_lines(sys.stdout, _paragraphs(found))
    return ACCEPTED


def _unknown(code: str) -> str:
    known = {*BY_CODE, *BY_KEY}
    near = get_close_matches(code.upper(), known, 1) or get_close_matches(code.lower(), known, 1)
    advice = f"did you mean {near[0]}?" if near else "`bxgui explain` lists what is known."
    return f"{code!r} is no code that bxgui knows; {advice}"


def _table() -> list[tuple[str, ...]]:
    rows = [(", ".join(one.codes) or one.key, one.outcome.value, one.title) for one in CATALOGUE]
    return [("code", "outcome", "meaning"), *rows]


def _paragraphs(entries: Iterable[Explanation]) -> Iterable[str]:
    for number, entry in enumerate(entries):
        if number:
            yield ""
        yield f"{entry.outcome}: {entry.title}"
        yield from (entry.cause, entry.action, _EXECUTED[entry.executed], entry.link)


def _document(entry: Explanation) -> dict[str, object]:
    return {
        "key": entry.key,
        "codes": entry.codes,
        "outcome": entry.outcome.value,
        "title": entry.title,
        "cause": entry.cause,
        "action": entry.action,
        "executed": entry.executed,
        "link": entry.link,
    }

"""What a snippet says about itself, in comments above it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from bxgui.core.json_values import dump
from bxgui.core.shown_request import ShownRequest


def remarks(request: ShownRequest, *about: str) -> Iterator[str]:
    """Which variables to set first, what hiding them changed, and what else is to be known."""
    if request.secrets:
        yield f"Set in the environment first: {', '.join(names(request))}"
    if request.hides_numbers:
        yield "A number that is a secret, or repeats one, is sent as a text here."
    yield from filter(None, about)


def names(request: ShownRequest) -> list[str]:
    """The variables that stand in the place of secrets."""
    return [secret.name for secret in request.secrets]


def numbers_as_texts(language: str) -> str:
    """The remark on numbers that a language does not hold exactly."""
    return f"{language} does not hold every number here exactly: such are sent as texts of digits."


def spelling(request: ShownRequest, spell: Callable[[str], str] = str) -> str:
    """The remark on secrets that JSON, and `spell` after it, write in another way."""
    values = [secret.value for secret in request.secrets]
    if all(spell(dump(value)[1:-1]) == value for value in values):
        return ""
    return "The variables stand inside JSON: write in them what JSON writes between the quotes."


def commented(lines: Iterable[str], sign: str) -> str:
    """The remarks as lines of comment."""
    return "".join(f"{sign} {line}\n" for line in lines)

"""Many replies in one request, as far as PHP reads back the same values (contract §6)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from bxgui.core import phpform
from bxgui.core.explanations import BY_KEY, Outcome
from bxgui.core.json_values import JsonValue, Pairs
from bxgui.core.outcome import Answer, Verdict, classify
from bxgui.core.redact import MASK
from bxgui.core.rest_request import EVENT_TOKEN_PARAMETER

METHOD = "batch"
MOST_COMMANDS = 50
# The portal reads each command as a query, and of a query the first 1,000 variables.
_MOST_PAIRS = 1000
# Of a body beyond 8 MB, PHP as it comes reads nothing (contract §7).
_MOST_CHARACTERS = 4_000_000
# Wherever it finds these in a text, the portal may put what another command gave.
_REFERENCE = re.compile(r"\$(?:result|next|total|time|error)", re.IGNORECASE)


def command(method: str, members: Pairs) -> str | None:
    """The call of a method as a command; None where the portal would read other values.

    A query carries texts only: numbers, booleans, null and empty lists change or disappear on
    the way.
    """
    values = dict(members)
    if any(map(_REFERENCE.search, _texts(values))) or not _carried(values):
        return None
    query = phpform.encode(values)
    if query.count(b"&") >= _MOST_PAIRS or phpform.decode(query) != _as_php(values):
        return None
    return f"{method}?{query.decode('ascii')}"


def parts(commands: Sequence[str]) -> list[int]:
    """How many commands go in each of the requests that these take, in their order."""
    counts: list[int] = []
    size = 0
    for command in commands:
        size += len(command)
        if not counts or counts[-1] == MOST_COMMANDS or size > _MOST_CHARACTERS:
            counts.append(0)
            size = len(command)
        counts[-1] += 1
    return counts


def masked(command: str) -> str:
    """A command with `***` in the place of its event token, wherever that is repeated."""
    token = command.partition(f"{EVENT_TOKEN_PARAMETER}=")[2].partition("&")[0]
    return command.replace(token, MASK) if token else command


def parameters(commands: Mapping[str, str], authorization: Pairs) -> Pairs:
    """Those of a batch whose commands are all executed, whatever becomes of one."""
    listed: JsonValue = dict(commands)
    return [("halt", False), ("cmd", listed), *authorization]


def place(request: bytes, name: str) -> tuple[int, int] | None:
    """Which of how many commands this one is in a recorded request, counted from 1."""
    try:
        document = json.loads(request)
    except (ValueError, RecursionError):
        return None
    commands = document.get("cmd") if isinstance(document, dict) else None
    if not isinstance(commands, dict) or name not in commands:
        return None
    return list(commands).index(name) + 1, len(commands)


def verdicts(answer: Answer, names: Sequence[str], method: str) -> dict[str, Verdict]:
    """What became of each command, by its name.

    One answer for the whole batch, an error or an unreadable one, is the verdict on each.
    """
    parts = _parts(answer.body)
    if parts is None:
        whole = classify(answer, METHOD)
        if whole.outcome is Outcome.ACCEPTED:  # yet it tells of no command
            whole = Verdict(BY_KEY["no_result"], str(answer.status))
        return dict.fromkeys(names, whole)
    results, errors = parts
    found: dict[str, Verdict] = {}
    for name in names:
        if name in errors:
            found[name] = classify(_answer_of(errors[name]), method)
        elif name in results:
            found[name] = classify(_answer_of({"result": results[name]}, 200), method)
        else:
            found[name] = Verdict(BY_KEY["no_result"], str(answer.status))
    return found


def _parts(body: bytes) -> tuple[Mapping[str, object], Mapping[str, object]] | None:
    """Results and errors of a batch by name; PHP writes an empty map as a list."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return None
    result = document.get("result") if isinstance(document, dict) else None
    if not isinstance(result, dict) or "error" in document:
        return None
    results, errors = result.get("result"), result.get("result_error")
    return (
        results if isinstance(results, dict) else {},
        errors if isinstance(errors, dict) else {},
    )


def _answer_of(document: object, status: int = 400) -> Answer:
    """A command's part as the answer that a single call would have got; it has no status."""
    return Answer(status, json.dumps(document).encode())


def _texts(value: JsonValue) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _carried(value: JsonValue) -> bool:
    """Whether a query holds this value: a text, or a full list or map of such."""
    if isinstance(value, str):
        return not any("\ud800" <= character <= "\udfff" for character in value)
    inner = list(value.values()) if isinstance(value, dict) else value
    return isinstance(inner, list) and bool(inner) and all(map(_carried, inner))


def _as_php(value: JsonValue) -> object:
    """The value as PHP holds it: a list is a map of numbers, and so are digits for a name."""
    if isinstance(value, list):
        return {number: _as_php(inner) for number, inner in enumerate(value)}
    if isinstance(value, dict):
        return {phpform.canonical_key(name): _as_php(inner) for name, inner in value.items()}
    return value

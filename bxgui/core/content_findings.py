"""What a portal cannot take whatever the schema says (contract §3), and what it cannot keep."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from bxgui.core.findings import Finding, FindingCode, Replace, shown
from bxgui.core.json_values import JsonValue, is_whole, whole

_MOST_BYTES = 64 * 1024
_MOST_BYTES_OF_A_LETTER = 4
_GREATEST_INT = 2**63 - 1


def of_name(name: str) -> Finding | None:
    """What is wrong with a name, whatever the schema says."""
    if is_whole(name):
        return None
    return Finding(FindingCode.SURROGATE, name)


def of_content(name: str, value: JsonValue) -> list[Finding]:
    """What is wrong with a value, whatever its type."""
    leaves = list(_leaves(value))
    texts = [leaf for leaf in leaves if isinstance(leaf, str)]
    numbers = [leaf for leaf in leaves if isinstance(leaf, int | Decimal)]
    found = []
    if not all(map(is_whole, texts)):
        mended = _changed(value, _whole_leaf)
        mend = Replace(mended) if all(map(is_whole, _texts(mended))) else None
        found.append(Finding(FindingCode.SURROGATE, name, given=shown(value), mend=mend))
    if any(map(_is_long, texts)):
        found.append(Finding(FindingCode.LONG_TEXT, name))
    inexact = next((number for number in numbers if not _is_exact(number)), None)
    if inexact is not None:
        mend = Replace(_changed(value, _exact_leaf))
        found.append(Finding(FindingCode.INEXACT_NUMBER, name, given=shown(inexact), mend=mend))
    return found


def _leaves(value: JsonValue) -> Iterator[JsonValue]:
    """What a value is made of: texts, those of names included, numbers, true, false and null."""
    if isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _leaves(inner)
    else:
        yield value


def _texts(value: JsonValue) -> Iterator[str]:
    return (leaf for leaf in _leaves(value) if isinstance(leaf, str))


def _changed(value: JsonValue, change: Callable[[JsonValue], JsonValue]) -> JsonValue:
    """The value with every leaf but the names changed."""
    if isinstance(value, list):
        return [_changed(item, change) for item in value]
    if isinstance(value, dict):
        return {name: _changed(inner, change) for name, inner in value.items()}
    return change(value)


def _whole_leaf(leaf: JsonValue) -> JsonValue:
    return whole(leaf) if isinstance(leaf, str) else leaf


def _exact_leaf(leaf: JsonValue) -> JsonValue:
    return str(leaf) if isinstance(leaf, int | Decimal) and not _is_exact(leaf) else leaf


def _is_long(text: str) -> bool:
    if len(text) * _MOST_BYTES_OF_A_LETTER <= _MOST_BYTES:
        return False
    return len(text.encode("utf-8", "surrogatepass")) > _MOST_BYTES


def _is_exact(number: int | Decimal) -> bool:
    """Whether PHP reads the number as it is: greater integers become fractions there."""
    if isinstance(number, int):
        return -_GREATEST_INT <= number <= _GREATEST_INT
    return Decimal(repr(float(number))) == number

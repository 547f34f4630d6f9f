"""Registrations of all shapes, for properties that hold for each of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from bxgui.core.json_values import JsonValue
from bxgui.core.local_text import LocalText, plain
from bxgui.core.registration import Registration, RuleKind
from bxgui.core.schema import RuleProperty, ValueType

_AWKWARD = (
    *("", "a", "Да/Нет", "it's", 'say "x"', "back\\slash\\", "$name {$x} ${y}", "`tick`", "^^"),
    *("a\r\nb\t", "// no comment", "/* none */", "# none", "<?php", "?>", "\0", "\u2028", "😀"),
    *('^"^', "%25 &=+", "a,]}", "=>", '\\"', "\\\\", " a ", "TRUE", "1", "-0", "\x85", "curl -d x"),
)
_CHARACTERS = st.characters(exclude_categories=["Cs"])
TEXTS = st.one_of(st.sampled_from(_AWKWARD), st.text(_CHARACTERS, max_size=6))
NAMES = st.sampled_from(["a", "B", "approved", "Approved", "x_1", "Name", "code", "type", "auth"])
_NUMBERS = st.one_of(
    st.integers(), st.sampled_from([Decimal("1.50"), Decimal("-0.1"), Decimal("1E+3")])
)
_LANGUAGES = st.sampled_from(["ru", "en", "de", "ua", "zh-cn"])


def _nested(inner: st.SearchStrategy[JsonValue]) -> st.SearchStrategy[JsonValue]:
    maps = st.dictionaries(NAMES, inner, min_size=1, max_size=2)
    return st.one_of(st.lists(inner, max_size=2), maps)


# PHP knows no empty map, and none whose keys are numbers from 0 on.
VALUES = st.recursive(st.one_of(st.none(), st.booleans(), _NUMBERS, TEXTS), _nested, max_leaves=4)
_PRESENT = VALUES.filter(lambda value: value is not None)
_LOCAL_TEXTS = st.one_of(
    TEXTS.map(plain),
    st.dictionaries(_LANGUAGES, TEXTS, max_size=2).map(lambda found: LocalText((*found.items(),))),
)
_OPTION_KEYS = st.one_of(NAMES, st.sampled_from(["1", "20", "a b", "ключ", "-5", "01"]))
_TYPES = st.sampled_from(
    [(kind, kind.value) for kind in ValueType]
    + [(ValueType.STRING, ""), (ValueType.STRING, "UF:money"), (ValueType.BOOL, "BOOL")]
)


def _pairs(
    names: st.SearchStrategy[str], contents: st.SearchStrategy[Any]
) -> st.SearchStrategy[tuple[tuple[str, Any], ...]]:
    return st.dictionaries(names, contents, max_size=2).map(lambda found: (*found.items(),))


def _property(name: str, kind: tuple[ValueType, str], **fields: Any) -> RuleProperty:
    return RuleProperty(name, kind[0], type_name=kind[1], **fields)


_PROPERTIES = st.builds(
    _property,
    NAMES,
    _TYPES,
    title=_LOCAL_TEXTS,
    description=_LOCAL_TEXTS,
    required=st.booleans(),
    multiple=st.booleans(),
    options=_pairs(_OPTION_KEYS, _LOCAL_TEXTS),
    default=VALUES,
    others=_pairs(st.sampled_from(["SETTINGS", "SORT"]), _PRESENT),
)
SCHEMAS = st.lists(_PROPERTIES, max_size=2, unique_by=lambda entry: entry.name).map(tuple)
# As they are read: no attribute hides one of the others.
REGISTRATIONS = st.builds(
    Registration,
    code=st.sampled_from(["", "approve_invoice", "A.b-c_1"]),
    kind=st.sampled_from(RuleKind),
    name=_LOCAL_TEXTS,
    description=_LOCAL_TEXTS,
    properties=SCHEMAS,
    return_properties=SCHEMAS,
    document_type=st.one_of(st.just(()), st.tuples(TEXTS, TEXTS, TEXTS)),
    use_subscription=st.sampled_from([True, False, None]),
    handler=st.sampled_from(["", "https://app.example.org/handler?a=1&b=2"]),
    auth_user_id=st.one_of(st.none(), st.integers(0, 10**9)),
    filter=st.one_of(st.none(), st.dictionaries(NAMES, VALUES, min_size=1, max_size=2)),
    use_placement=st.sampled_from([True, False, None]),
    placement_handler=st.sampled_from(["", "https://app.example.org/p"]),
    others=_pairs(st.sampled_from(["SOMETHING", "ELSE"]), _PRESENT),
)

"""Registrations of all shapes, for properties that hold for each of them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from bxgui.core.json_values import JsonValue
from bxgui.core.local_text import LocalText, plain
from bxgui.core.registration import Registration, RuleKind
from bxgui.core.schema import RuleProperty, ValueType

_CHARACTERS = st.characters(exclude_categories=["Cs"])
TEXTS = st.one_of(
    st.sampled_from(
        ["a", "Да/Нет", "it's", 'say "x"', "back\\slash\\", "$name {$x} ${y}", "`tick`", "a\r\nb\t",
         "// no comment", "/* none */", "# none", "<?php", "?>", "\0", "\u2028", "😀",
         '^"^', "%25 &=+"]
    ),
    st.text(_CHARACTERS, max_size=8),
)  # fmt: skip
NAMES = st.from_regex(r"[a-zA-Z][a-zA-Z0-9_]{0,8}", fullmatch=True)
LANGUAGES = st.sampled_from(["ru", "en", "de", "ua", "zh-cn"])
_NUMBERS = st.one_of(
    st.integers(), st.decimals(allow_nan=False, allow_infinity=False, places=3).filter(bool)
)


def local_texts() -> st.SearchStrategy[LocalText]:
    maps = st.dictionaries(LANGUAGES, TEXTS, max_size=3)
    return st.one_of(TEXTS.map(plain), maps.map(lambda texts: LocalText(tuple(texts.items()))))


def values() -> st.SearchStrategy[JsonValue]:
    """Any value of a registration; PHP knows no empty map, and none whose keys are numbers."""
    plain_values = st.one_of(st.none(), st.booleans(), _NUMBERS, TEXTS)
    return st.recursive(
        plain_values,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, min_size=1, max_size=3)
        ),
        max_leaves=5,
    )


def present(value: JsonValue) -> bool:
    return value is not None


def rule_properties() -> st.SearchStrategy[RuleProperty]:
    typed = st.sampled_from([*ValueType]).map(lambda kind: (kind, kind.value))
    of_the_document = st.sampled_from(
        [(ValueType.STRING, ""), (ValueType.STRING, "UF:money"), (ValueType.BOOL, "BOOL")]
    )
    return st.builds(
        _property,
        NAMES,
        st.one_of(typed, of_the_document),
        title=local_texts(),
        description=local_texts(),
        required=st.booleans(),
        multiple=st.booleans(),
        options=_pairs(
            st.one_of(NAMES, st.sampled_from(["1", "20", "a b", "ключ"])), local_texts()
        ),
        default=values(),
        others=_pairs(st.sampled_from(["SETTINGS", "EDITABLE", "SORT"]), values().filter(present)),
    )


def _property(name: str, kind: tuple[ValueType, str], **fields: Any) -> RuleProperty:
    return RuleProperty(name, kind[0], type_name=kind[1], **fields)


def _pairs(
    names: st.SearchStrategy[str], contents: st.SearchStrategy[Any]
) -> st.SearchStrategy[tuple[tuple[str, Any], ...]]:
    return st.dictionaries(names, contents, max_size=3).map(lambda found: tuple(found.items()))


def schemas() -> st.SearchStrategy[tuple[RuleProperty, ...]]:
    return st.lists(rule_properties(), max_size=3, unique_by=lambda entry: entry.name).map(tuple)


def registrations() -> st.SearchStrategy[Registration]:
    """Registrations as they are read: none of the attributes hides one of the others."""
    return st.builds(
        Registration,
        code=st.one_of(st.just(""), NAMES),
        kind=st.sampled_from([*RuleKind]),
        name=local_texts(),
        description=local_texts(),
        properties=schemas(),
        return_properties=schemas(),
        document_type=st.one_of(st.just(()), st.tuples(TEXTS, TEXTS, TEXTS)),
        use_subscription=st.sampled_from([True, False, None]),
        handler=st.sampled_from(["", "https://app.example.org/handler?a=1&b=2"]),
        auth_user_id=st.one_of(st.none(), st.integers(0, 10**9)),
        filter=st.one_of(st.none(), st.dictionaries(NAMES, values(), min_size=1, max_size=2)),
        use_placement=st.sampled_from([True, False, None]),
        placement_handler=st.sampled_from(["", "https://app.example.org/p"]),
        others=_pairs(st.sampled_from(["SOMETHING", "ELSE"]), values().filter(present)),
    )

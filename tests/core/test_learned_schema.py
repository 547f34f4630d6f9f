from __future__ import annotations

from decimal import Decimal

import pytest

from bxgui.core.json_values import JsonValue, Pairs
from bxgui.core.learned_schema import learn, lessons
from bxgui.core.schema import RuleProperty, ValueType


def test_nothing_is_learned_from_nothing() -> None:
    assert learn([]) == ()


def test_names_come_in_the_order_and_spelling_of_the_newest_reply() -> None:
    newest: Pairs = [("Comment", "x"), ("approved", "Y")]
    older: Pairs = [("APPROVED", "N"), ("level", "1")]

    assert [entry.name for entry in learn([newest, older])] == ["Comment", "approved", "level"]


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["Y", "N", ""], ValueType.BOOL),
        ([True, False], ValueType.BOOL),
        (["y"], ValueType.STRING),
        (["0", "17", "-5"], ValueType.INT),
        ([17, "5"], ValueType.INT),
        (["007"], ValueType.STRING),
        (["+7"], ValueType.STRING),
        (["1" * 30], ValueType.STRING),
        (["1.5", "2", 3, Decimal("0.25")], ValueType.DOUBLE),
        (["1,5"], ValueType.STRING),
        (["04.05.2025"], ValueType.DATE),
        (["2025-05-04"], ValueType.DATE),
        (["04.05.2025 16:15", "04.05.2025 16:15:04"], ValueType.DATETIME),
        (["2025-05-04T16:15:04+03:00"], ValueType.DATETIME),
        (["2025-05-04T16:15Z"], ValueType.DATETIME),
        (["04.05.2025", "04.05.2025 16:15"], ValueType.STRING),
        (["45.05.2025"], ValueType.STRING),
        (["16:15"], ValueType.TIME),
        (["25:15"], ValueType.STRING),
        (["user_1", "user_20"], ValueType.USER),
        (["user_"], ValueType.STRING),
        (["Y", "1"], ValueType.STRING),
        (["a", "b\nc"], ValueType.TEXT),
        (["a"], ValueType.STRING),
        (["", None, []], ValueType.STRING),
        ([{"a": 1}], ValueType.STRING),
        (["1\n"], ValueType.TEXT),
    ],
)
def test_a_type_is_given_only_where_every_value_fits(
    values: list[JsonValue], kind: ValueType
) -> None:
    (entry,) = learn([[("a", value)] for value in values])

    assert entry.type is kind
    assert entry.type_name == kind.value


@pytest.mark.parametrize(
    ("values", "kind", "multiple"),
    [
        ([["1", "2"], "3"], ValueType.INT, True),
        ([[]], ValueType.STRING, True),
        ([[["user_1"]]], ValueType.USER, True),
        (["1"], ValueType.INT, False),
    ],
)
def test_a_list_makes_a_property_multiple(
    values: list[JsonValue], kind: ValueType, multiple: bool
) -> None:
    assert learn([[("a", value)] for value in values]) == (
        RuleProperty("a", kind, multiple=multiple, type_name=kind.value),
    )


def test_it_is_counted_how_many_replies_had_a_value() -> None:
    replies: list[Pairs] = [[("a", "1"), ("A", "2")], [("b", "")], [("a", "3")]]

    learned = lessons(replies)

    assert learned.replies == 3
    assert [(one.entry.name, one.replies) for one in learned.found] == [("a", 2), ("b", 1)]

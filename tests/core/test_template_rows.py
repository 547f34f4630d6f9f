from __future__ import annotations

import pytest

from bxgui.core.schema import ValueType
from bxgui.core.template_rows import as_template, escaped, with_variable
from bxgui.core.value_rows import ValueRow, to_pairs


@pytest.mark.parametrize("kind", [ValueType.INT, ValueType.DATE, ValueType.BOOL])
def test_a_variable_is_a_text_until_it_is_filled(kind: ValueType) -> None:
    row = as_template(ValueRow("Sum", kind, text="{{properties.sum}}"))

    assert to_pairs([row]) == [("Sum", "{{properties.sum}}")]


def test_one_variable_makes_texts_of_a_whole_list() -> None:
    row = as_template(ValueRow("Days", ValueType.INT, multiple=True, items=("1", "{{ts}}")))

    assert to_pairs([row]) == [("Days", ["1", "{{ts}}"])]


@pytest.mark.parametrize(
    "row",
    [
        ValueRow("Days", ValueType.INT, text="5"),
        ValueRow("Note", ValueType.TEXT, text="{{document_id.2}}"),
        ValueRow("Map", ValueType.JSON, text='{"a": "{{ts}}"}'),
    ],
)
def test_what_can_be_sent_as_it_is_keeps_its_type(row: ValueRow) -> None:
    assert as_template(row) is row


def test_what_was_typed_as_it_is_to_go_is_written_so_that_filling_leaves_it() -> None:
    assert escaped(ValueRow("A", text="{{x}}")).text == "{{{{x}}"
    assert escaped(ValueRow("A", multiple=True, items=("{{x}}", "y"))).items == ("{{{{x}}", "y")


def test_a_variable_is_put_behind_what_is_typed_and_is_sent() -> None:
    row = with_variable(ValueRow("Note", text="For ", sent=False), "{{document_id.2}}")

    assert (row.text, row.sent) == ("For {{document_id.2}}", True)


def test_a_variable_makes_a_text_of_a_value_and_one_more_item_of_a_list() -> None:
    single = with_variable(ValueRow("Days", ValueType.INT), "{{ts}}")
    several = with_variable(ValueRow("Who", ValueType.USER, multiple=True), "{{user_id}}")

    assert (single.type, single.text) == (ValueType.STRING, "{{ts}}")
    assert (several.type, several.items) == (ValueType.STRING, ("{{user_id}}",))

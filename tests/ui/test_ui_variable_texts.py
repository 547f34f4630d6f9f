from __future__ import annotations

import pytest

from bxgui.core.preset import Fault
from bxgui.ui.variable_texts import fault_text


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        (Fault("missing", "properties.sum", "Sum"), "Sum: This call has no “properties.sum”."),
        (
            Fault("unknown", "summ", "", "properties.sum"),
            "Log message: There is no variable “summ”. Did you mean “properties.sum”?",
        ),
        (
            Fault("secret", "event_token", "Sum", preset="Approve"),
            "Approve: Sum: “event_token” is a secret, and no preset tells it.",
        ),
        (
            Fault("format", "now|%1", "Sum"),
            "Sum: “now|%1”: only moments have a format, one of datetime, date, time, iso, unix.",
        ),
        (Fault("not_text", "code", "Sum"), "Sum: “code” holds bytes that are no text."),
        (
            Fault("broken", "now", "Sum"),
            "Sum: “{{now” is no variable. Write {{{{ for two braces as text.",
        ),
    ],
)
def test_a_fault_says_where_it_is_and_what_is_wrong(fault: Fault, text: str) -> None:
    assert fault_text(fault) == text

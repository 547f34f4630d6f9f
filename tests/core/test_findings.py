from __future__ import annotations

import pytest

from bxgui.core.finding_texts import (
    EVERY_TEXT,
    KINDS,
    MENDS,
    PLACE,
    SENTENCES,
    SUGGESTION,
    finding_text,
    mend_text,
)
from bxgui.core.findings import (
    Drop,
    Finding,
    FindingCode,
    Give,
    Mend,
    Rename,
    Replace,
    Severity,
    by_severity,
    errors,
    questions,
    shown,
)
from bxgui.core.json_values import JsonValue
from bxgui.core.nearest import nearest
from bxgui.core.schema import ValueType

ERROR = Finding(FindingCode.SURROGATE, "a", 1)
WARNING = Finding(FindingCode.UNKNOWN_NAME, "b", 0)
NOTE = Finding(FindingCode.RAW_VALUE, "c", 2)


def test_every_finding_matters_in_one_way() -> None:
    found = {severity: set[FindingCode]() for severity in Severity}
    for code in FindingCode:
        found[Finding(code).severity].add(code)

    assert found[Severity.ERROR] == {
        FindingCode.NO_NAME,
        FindingCode.BROKEN_JSON,
        FindingCode.UNREADABLE,
        FindingCode.SURROGATE,
        FindingCode.NO_TOKEN,
        FindingCode.NO_PORTAL,
    }
    assert found[Severity.NOTE] == {
        FindingCode.RAW_VALUE,
        FindingCode.TAKEN_AS_UTC,
        FindingCode.ACCESS_EXPIRED,
    }


def test_errors_stop_and_warnings_ask() -> None:
    found = [NOTE, WARNING, ERROR]

    assert errors(found) == [ERROR]
    assert questions(found) == [WARNING]


@pytest.mark.parametrize(
    ("waived", "asked"),
    [
        ({("unknown_name", "b")}, []),
        ({("unknown_name", "x")}, [WARNING]),
        ({("wrong_type", "b")}, [WARNING]),
    ],
)
def test_a_warning_that_is_waived_is_not_asked_again(
    waived: set[tuple[str, str]], asked: list[Finding]
) -> None:
    assert questions([WARNING], waived) == asked


def test_only_warnings_of_a_rule_can_be_waived() -> None:
    assert WARNING.waiver == ("unknown_name", "b")
    assert Finding(FindingCode.NOT_WAITING).waiver == ("not_waiting", "")
    for code in (
        FindingCode.SURROGATE,
        FindingCode.RAW_VALUE,
        FindingCode.NOT_TRUSTED,
        FindingCode.OTHER_ADDRESS,
        FindingCode.OTHER_APPLICATION_TOKEN,
        FindingCode.EXPIRED,
        FindingCode.ANSWERED_BEFORE,
        FindingCode.PERHAPS_ANSWERED,
    ):
        assert Finding(code).waiver is None


def test_what_matters_most_comes_first_and_then_the_order_of_the_values() -> None:
    expired, later = Finding(FindingCode.EXPIRED), Finding(FindingCode.UNKNOWN_NAME, "d", 9)

    assert by_severity([NOTE, expired, later, WARNING, ERROR]) == [
        ERROR,
        WARNING,
        later,
        expired,
        NOTE,
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("five", "five"),
        ("x" * 50, "x" * 40 + "…"),
        ("a\nb", "a\ufffdb"),
        (True, "true"),
        (["a", 1], '["a", 1]'),
        (["\ud83d"], '["\\ud83d"]'),
        ("\ud83d", "\ufffd"),
    ],
)
def test_a_value_is_quoted_shortly(value: JsonValue, text: str) -> None:
    assert shown(value) == text


def test_every_code_has_a_sentence_and_every_type_a_name() -> None:
    assert set(SENTENCES) == set(FindingCode)
    assert set(KINDS) == set(ValueType)
    assert set(MENDS) == {Rename, Replace, Drop, Give}
    assert set(EVERY_TEXT) == {
        *SENTENCES.values(),
        *KINDS.values(),
        *MENDS.values(),
        SUGGESTION,
        PLACE,
    }


@pytest.mark.parametrize(
    ("finding", "text"),
    [
        pytest.param(
            Finding(FindingCode.UNKNOWN_NAME, "Aproved", 0, wanted="Approved"),
            "“Aproved” is not a return property of this rule: the portal drops it. "
            "Did you mean “Approved”?",
            id="with_a_suggestion",
        ),
        pytest.param(
            Finding(FindingCode.UNKNOWN_NAME, "zzz", 0),
            "“zzz” is not a return property of this rule: the portal drops it.",
            id="without_a_suggestion",
        ),
        pytest.param(
            Finding(FindingCode.UNREADABLE, "Days", 0, given="five", kind=ValueType.INT),
            "“Days” is to be a whole number, and “five” is not. Correct it, or leave it out.",
            id="with_a_type",
        ),
        pytest.param(
            Finding(FindingCode.UNREADABLE, "%2", 0, given="%1 and %3", kind=ValueType.INT),
            "“%2” is to be a whole number, and “%1 and %3” is not. Correct it, or leave it out.",
            id="with_what_looks_like_a_place",
        ),
        pytest.param(
            Finding(
                FindingCode.UNREADABLE, "a", 0, given="{", kind=ValueType.JSON, line=2, column=7
            ),
            "“a” is to be JSON, and “{” is not. Correct it, or leave it out. "
            "Look at line 2, column 7.",
            id="with_a_place",
        ),
        pytest.param(
            Finding(FindingCode.BROKEN_JSON, given="Expecting value", line=1, column=6),
            "The JSON cannot be read: Expecting value. Look at line 1, column 6.",
            id="with_a_place_in_the_whole",
        ),
        pytest.param(
            Finding(FindingCode.OTHER_CASE, "a", 0, wanted="A"),
            "“a” and “A” are the same property: the portal does not look at capital letters. "
            "Leave one out.",
            id="with_another_name",
        ),
        pytest.param(
            Finding(FindingCode.REPEATED_NAME, "\x1b" + "x" * 80, 0),
            f"“\ufffd{'x' * 59}…” is given again further down: only the last one counts. "
            "Leave one out.",
            id="with_a_name_that_no_line_can_show",
        ),
    ],
)
def test_a_finding_is_told_in_sentences(finding: Finding, text: str) -> None:
    assert finding_text(finding) == text


def test_a_finding_is_told_in_the_language_of_its_reader() -> None:
    russian = {
        SENTENCES[FindingCode.UNREADABLE]: "«%1»: ожидается %3, а не «%2».",
        KINDS[ValueType.INT]: "целое число",
    }
    finding = Finding(FindingCode.UNREADABLE, "Days", 0, given="five", kind=ValueType.INT)

    assert (
        finding_text(finding, russian.__getitem__) == "«Days»: ожидается целое число, а не «five»."
    )


@pytest.mark.parametrize(
    ("mend", "text"),
    [
        (None, ""),
        (Rename("Approved"), "Rename it to “Approved”"),
        (Replace("Y"), "Send “Y”"),
        (Replace(["1", "2"]), 'Send “["1", "2"]”'),
        (Give("x"), "Send “x”"),
        (Drop(), "Do not send it"),
    ],
)
def test_a_mend_says_what_it_does(mend: Mend | None, text: str) -> None:
    assert mend_text(Finding(FindingCode.UNKNOWN_NAME, "a", 0, mend=mend)) == text


@pytest.mark.parametrize(
    ("text", "like"), [("aproved", "Approved"), ("COMENT", "Comment"), ("zzz", ""), ("", "")]
)
def test_the_nearest_word_is_found_in_any_case(text: str, like: str) -> None:
    assert nearest(text, ["Approved", "Comment"]) == like

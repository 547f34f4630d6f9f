from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from bxgui.core.dates import SITE_DATES, DateFormat, DateStyle
from bxgui.core.finding_texts import finding_text
from bxgui.core.findings import (
    Drop,
    Finding,
    FindingCode,
    Give,
    Mend,
    Rename,
    Replace,
    Severity,
)
from bxgui.core.json_values import JsonValue, Pairs
from bxgui.core.local_text import plain
from bxgui.core.schema import RuleProperty, ValueType
from bxgui.core.value_findings import of_rows, of_values
from bxgui.core.value_rows import ValueRow, from_values

APPROVED = RuleProperty("approved", ValueType.BOOL, required=True)
COMMENT = RuleProperty("Comment", ValueType.TEXT)
SCHEMA = (APPROVED, COMMENT)
OPTIONS = (("ok", plain("Fine")), ("no", plain("Refused")), ("0", plain("Nobody")))
NO_MEND = None
ISO = DateFormat(DateStyle.ISO)
AMERICAN = DateFormat(DateStyle.AMERICAN)

# Of a value for a property of a type: the code of what is found, and the value that its mend sends.
Told = tuple[str, JsonValue]
RIGHT: Told | None = None
RAW: Told = ("raw_value", None)
WRONG: Told = ("wrong_type", None)


def becomes(value: JsonValue, code: str = "wrong_type") -> Told:
    return code, value


SINGLE: dict[ValueType, list[tuple[JsonValue, Told | None]]] = {
    ValueType.STRING: [
        *((value, RIGHT) for value in ("x", "", "0", 0, 5, Decimal("1.5"))),
        (None, RAW),
        (True, WRONG),
        ({"a": 1}, WRONG),
        ([], becomes("", "list_for_single")),
        (["x"], becomes("x", "list_for_single")),
        (["x", "y"], ("list_for_single", None)),
        ([["x"]], ("list_for_single", None)),
    ],
    ValueType.TEXT: [("x\ny", RIGHT), (False, WRONG)],
    ValueType.BOOL: [
        ("Y", RIGHT),
        ("N", RIGHT),
        ("", RAW),
        (True, becomes("Y", "true_false")),
        (False, becomes("N", "true_false")),
        *((yes, becomes("Y")) for yes in ("y", "true", 1, "1", "да")),
        *((no, becomes("N")) for no in (0, "0", "no")),
        ("maybe", WRONG),
    ],
    ValueType.INT: [
        *((value, RIGHT) for value in (5, "5", "-5", "007")),
        *((value, RAW) for value in (0, "0", "", None)),
        (" 5", becomes("5")),
        ("1 000", becomes("1000")),
        ("five", WRONG),
        ("1.5", WRONG),
        (Decimal("1.5"), WRONG),
        (True, WRONG),
        (["five"], ("list_for_single", None)),
    ],
    ValueType.DOUBLE: [
        *((value, RIGHT) for value in (5, "5", "1.5", Decimal("1.5"), Decimal("1E+3"))),
        (Decimal(0), RAW),
        ("1,5", becomes("1.5")),
        ("much", WRONG),
    ],
    ValueType.DATE: [
        *((value, RIGHT) for value in ("31.12.2026", "31.12.2026 18:30", "1798731000", 1798731000)),
        ("", RAW),
        ("2026-12-31", becomes("31.12.2026")),
        ("2026-12-31T00:00:00+03:00", becomes("31.12.2026", "shifted_date")),
        ("2026-12-31T18:30:00+03:00", ("shifted_date", None)),
        ("31.02.2026", WRONG),
        ("tomorrow", WRONG),
        (0, WRONG),
    ],
    ValueType.DATETIME: [
        ("31.12.2026 18:30:00", RIGHT),
        ("2026-12-31T18:30:00Z", becomes("31.12.2026 18:30:00", "shifted_date")),
        ("2026-12-31T18:30:00", becomes("31.12.2026 18:30:00")),
        ("18:30", WRONG),
    ],
    ValueType.TIME: [("18:30", RIGHT), ("8:30", becomes("08:30")), ("late", WRONG)],
    ValueType.SELECT: [
        ("ok", RIGHT),
        ("0", RAW),
        (0, RAW),
        ("", RAW),
        ("Fine", becomes("ok", "unknown_option")),
        ("fin", becomes("ok", "unknown_option")),
        ("okk", becomes("ok", "unknown_option")),
        ("zzz", ("unknown_option", None)),
        (7, ("unknown_option", None)),
        (True, ("unknown_option", None)),
    ],
    ValueType.USER: [
        ("user_1", RIGHT),
        ("group_g1", RIGHT),
        ("1", becomes("user_1", "not_a_user")),
        (1, becomes("user_1", "not_a_user")),
        ("Ann", ("not_a_user", None)),
        (False, ("not_a_user", None)),
        ("", RAW),
    ],
    ValueType.FILE: [
        ("123", RIGHT),
        (123, RIGHT),
        (" 123", becomes("123", "not_a_file")),
        ("https://example.org/a.pdf", ("not_a_file", None)),
        ("aGVsbG8=", ("not_a_file", None)),
        (["a.pdf", "aGVsbG8="], ("not_a_file", None)),
        (["123"], becomes("123", "not_a_file")),
        ({"fileData": ["a.pdf", "aGVsbG8="]}, ("not_a_file", None)),
    ],
    ValueType.JSON: [(True, RIGHT), ([1], RIGHT), ({"a": None}, RIGHT)],
}
MULTIPLE: dict[ValueType, list[tuple[JsonValue, Told | None]]] = {
    ValueType.STRING: [
        ([], RIGHT),
        (["x", ""], RIGHT),
        ("x", becomes(["x"], "single_for_list")),
        ("", becomes([], "single_for_list")),
        (None, becomes([], "single_for_list")),
        ({"a": "x"}, ("single_for_list", None)),
        (["x", ["y"]], WRONG),
        ([True], WRONG),
    ],
    ValueType.INT: [
        (["1", 2], RIGHT),
        (["1", "0"], RAW),
        (["1", " 2", 3], becomes(["1", "2", 3])),
        (["1", " 2", "x"], WRONG),
        (" 5", becomes(["5"], "single_for_list")),
        ("five", ("single_for_list", None)),
    ],
    ValueType.BOOL: [([True, "N"], becomes(["Y", "N"], "true_false"))],
    ValueType.FILE: [(["1", ["a.pdf", "aGVsbG8="]], ("not_a_file", None))],
}


def told(finding: Finding) -> Told:
    mend = finding.mend
    assert mend is None or isinstance(mend, Replace)
    return finding.code.value, mend.value if mend else None


@pytest.mark.parametrize(
    ("kind", "multiple", "value", "expected"),
    [
        (kind, multiple, value, expected)
        for multiple, table in ((False, SINGLE), (True, MULTIPLE))
        for kind, cases in table.items()
        for value, expected in cases
    ],
)
def test_a_value_is_told_by_what_the_portal_makes_of_it(
    kind: ValueType, multiple: bool, value: JsonValue, expected: Told | None
) -> None:
    entry = RuleProperty("a", kind, multiple=multiple, options=OPTIONS)

    found = of_values([entry], [("A", value)])

    assert [told(finding) for finding in found] == ([] if expected is None else [expected])
    assert all((finding.name, finding.row, finding.kind) == ("A", 0, kind) for finding in found)


def test_every_type_is_in_the_table() -> None:
    assert set(SINGLE) == set(ValueType)


@pytest.mark.parametrize("value", ["five", 5])
def test_without_options_any_text_is_an_option(value: JsonValue) -> None:
    assert of_values([RuleProperty("a", ValueType.SELECT)], [("a", value)]) == []


@pytest.mark.parametrize(
    ("dates", "value", "expected"),
    [
        (ISO, "2026-12-31T18:30:00+03:00", RIGHT),
        (ISO, "31.12.2026", RIGHT),
        (ISO, "2026-12-31", becomes("2026-12-31T00:00:00+00:00")),
        (AMERICAN, "12/31/2026", RIGHT),
        (AMERICAN, "31.12.2026", becomes("12/31/2026")),
        (SITE_DATES, "12/31/2026", WRONG),
    ],
)
def test_dates_are_compared_with_the_format_of_the_portal(
    dates: DateFormat, value: str, expected: Told | None
) -> None:
    found = of_values([RuleProperty("a", ValueType.DATETIME)], [("a", value)], dates)

    assert [told(finding) for finding in found] == ([] if expected is None else [expected])


@pytest.mark.parametrize(
    ("value", "given"),
    [(["1", "five"], "five"), ({"a": [1]}, '{"a": [1]}'), ("x" * 99, "x" * 40 + "…")],
)
def test_what_was_found_is_quoted(value: JsonValue, given: str) -> None:
    entry = RuleProperty("a", ValueType.INT, multiple=isinstance(value, list))

    assert [finding.given for finding in of_values([entry], [("a", value)])] == [given]


@pytest.mark.parametrize(
    ("values", "findings"),
    [
        pytest.param([("approved", "Y"), ("Comment", "")], [], id="all_is_well"),
        pytest.param([("APPROVED", "Y"), ("comment", "")], [], id="case_does_not_matter"),
        pytest.param([("approved", "Y")], [], id="what_is_not_required_may_be_missing"),
        pytest.param(
            [("Comment", "x")],
            [Finding(FindingCode.REQUIRED_MISSING, "approved", kind=ValueType.BOOL)],
            id="missing",
        ),
        pytest.param(
            [("approved", "Y"), ("coment", "Y")],
            [
                Finding(
                    FindingCode.UNKNOWN_NAME,
                    "coment",
                    1,
                    wanted="Comment",
                    mend=Rename("Comment"),
                )
            ],
            id="the_nearest_is_spelt_as_in_the_schema",
        ),
        pytest.param(
            [("Aproved", "Y"), ("approved", "Y")],
            [Finding(FindingCode.UNKNOWN_NAME, "Aproved", 0, wanted="approved")],
            id="the_nearest_is_given_already",
        ),
        pytest.param(
            [("approved", "Y"), ("zzz", "Y")],
            [Finding(FindingCode.UNKNOWN_NAME, "zzz", 1)],
            id="unlike_any",
        ),
        pytest.param(
            [("approved", "Y"), ("Approved", "N"), ("approved", "N")],
            [
                Finding(FindingCode.REPEATED_NAME, "approved", 0, mend=Drop()),
                Finding(FindingCode.OTHER_CASE, "Approved", 1, wanted="approved"),
            ],
            id="repeated",
        ),
        pytest.param(
            [("approved", "Y"), ("", 1)],
            [Finding(FindingCode.NO_NAME, "", 1, given="1", mend=Drop())],
            id="without_a_name",
        ),
        pytest.param(
            [],
            [
                Finding(FindingCode.NO_VALUES),
                Finding(FindingCode.REQUIRED_MISSING, "approved", kind=ValueType.BOOL),
            ],
            id="nothing_at_all",
        ),
    ],
)
def test_names_are_compared_with_the_schema(values: Pairs, findings: list[Finding]) -> None:
    assert of_values(SCHEMA, values) == findings


def test_names_of_another_rule_get_no_suggestion_each() -> None:
    found = of_values([COMMENT], [(f"comment{number}", "x") for number in range(30)])

    assert [bool(finding.wanted) for finding in found] == [True] * 20 + [False] * 10


def test_without_a_schema_only_what_no_rule_could_take_is_found() -> None:
    assert of_values((), []) == []
    assert [f.code for f in of_values((), [("a", True), ("b", ["x"]), ("A", "")])] == [
        FindingCode.OTHER_CASE
    ]


@pytest.mark.parametrize(
    ("kind", "default", "mend"),
    [
        (ValueType.STRING, None, None),
        (ValueType.STRING, "", None),
        (ValueType.STRING, "x", Give("x")),
        (ValueType.STRING, "\ud83d", None),
        (ValueType.INT, "0", Give("0")),
        (ValueType.INT, "five", None),
        (ValueType.BOOL, True, Give("Y")),
        (ValueType.BOOL, "Y", Give("Y")),
    ],
)
def test_the_default_mends_a_required_value_that_is_missing(
    kind: ValueType, default: JsonValue, mend: Mend | None
) -> None:
    entry = RuleProperty("a", kind, required=True, default=default)

    (_, missing) = of_values([entry], [])

    assert missing.code is FindingCode.REQUIRED_MISSING
    assert missing.mend == mend


BROKEN = "a\ud83d"
MENDED = "a\ufffd"
LONG = "я" * 32 * 1024


@pytest.mark.parametrize(
    ("value", "code", "mend"),
    [
        (BROKEN, "surrogate", Replace(MENDED)),
        ([1, {"a": BROKEN}], "surrogate", Replace([1, {"a": MENDED}])),
        ({BROKEN: "x"}, "surrogate", None),
        (LONG + "x", "long_text", None),
        ({"a": ["x" * 65537]}, "long_text", None),
        (2**63, "inexact_number", Replace(str(2**63))),
        (-(2**63), "inexact_number", Replace(str(-(2**63)))),
        (Decimal("1E+400"), "inexact_number", Replace("1E+400")),
        (Decimal("0.12345678901234567890"), "inexact_number", Replace("0.12345678901234567890")),
        ({"a": [1, 2**64]}, "inexact_number", Replace({"a": [1, str(2**64)]})),
    ],
)
def test_what_no_portal_takes_as_it_is_is_found_without_a_schema(
    value: JsonValue, code: str, mend: Mend | None
) -> None:
    (found,) = of_values((), [("a", value)])

    assert (found.code.value, found.row, found.mend) == (code, 0, mend)


@pytest.mark.parametrize(
    "value",
    [
        LONG,
        "x" * 65536,
        2**63 - 1,
        Decimal("1.10"),
        Decimal("-0"),
        True,
        None,
        "\0",
        "👍",
        {"": []},
    ],
)
def test_what_a_portal_takes_as_it_is_is_no_finding(value: JsonValue) -> None:
    assert of_values((), [("a", value)]) == []


def test_half_of_a_character_in_a_name_is_found_too() -> None:
    assert of_values((), [(BROKEN, "x")]) == [Finding(FindingCode.SURROGATE, BROKEN, 0)]


def test_findings_come_in_the_order_of_their_weight() -> None:
    schema = (replace(APPROVED, required=False), COMMENT)
    found = of_values(schema, [("approved", ""), ("zzz", "x"), ("Comment", BROKEN)])

    assert [(finding.severity, finding.row) for finding in found] == [
        (Severity.ERROR, 2),
        (Severity.WARNING, 1),
        (Severity.NOTE, 0),
    ]


def test_rows_and_their_values_have_the_same_findings() -> None:
    values: Pairs = [("approved", True), ("Comment", ["x"]), ("coment", "x")]

    assert of_rows(SCHEMA, from_values(SCHEMA, values)) == of_values(SCHEMA, values)


def test_a_finding_names_its_row_among_those_that_are_not_sent() -> None:
    rows = [
        ValueRow("x", sent=False),
        ValueRow("zzz", text="1"),
        ValueRow("approved", ValueType.BOOL, sent=False, entry=APPROVED),
    ]

    assert [(f.code.value, f.row) for f in of_rows(SCHEMA, rows)] == [
        ("unknown_name", 1),
        ("required_missing", 2),
    ]


def test_a_required_value_may_have_no_row_yet() -> None:
    (nothing, missing) = of_rows(SCHEMA, [])

    assert (nothing.row, missing.row) == (None, None)


def test_a_text_that_is_no_value_of_its_type_is_an_error_and_nothing_else() -> None:
    rows = [
        ValueRow("approved", ValueType.BOOL, text="maybe", entry=APPROVED),
        ValueRow("aproved", ValueType.INT, multiple=True, items=("1", "five")),
    ]

    assert of_rows(SCHEMA, rows) == [
        Finding(FindingCode.UNREADABLE, "approved", 0, given="maybe", kind=ValueType.BOOL),
        Finding(FindingCode.UNREADABLE, "aproved", 1, given="five", kind=ValueType.INT),
    ]


def test_json_that_cannot_be_read_is_told_where_it_is() -> None:
    (found,) = of_rows([], [ValueRow("a", ValueType.JSON, text='{"b": 1,\n "c": }')])

    assert (found.code, found.name, found.row) == (FindingCode.UNREADABLE, "a", 0)
    assert (found.line, found.column) == (2, 7)


def test_the_name_of_a_value_that_cannot_be_read_is_given_all_the_same() -> None:
    rows = [
        ValueRow("approved", ValueType.BOOL, text="maybe", entry=APPROVED),
        ValueRow("aproved", text="Y"),
    ]

    (_, unknown) = of_rows(SCHEMA, rows)

    assert unknown == Finding(FindingCode.UNKNOWN_NAME, "aproved", 1, wanted="approved")


def test_dates_of_rows_are_those_of_the_portal() -> None:
    entry = RuleProperty("a", ValueType.DATE)
    rows = [ValueRow("a", ValueType.DATE, text="12/31/2026", entry=entry)]

    assert of_rows([entry], rows, AMERICAN) == []
    assert [f.code for f in of_rows([entry], rows)] == [FindingCode.UNREADABLE]


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("2026-12-31T10:00:00+03:00", "31.12.2026 10:00:00"),
        (" 2026-12-31T10:00:00Z", "31.12.2026 10:00:00"),
    ],
)
def test_an_offset_that_gets_lost_is_a_warning(text: str, sent: str) -> None:
    row = ValueRow("when", ValueType.DATETIME, text=text)

    (found,) = of_rows((), [row])

    assert (found.code, found.severity) == (FindingCode.DROPPED_OFFSET, Severity.WARNING)
    assert (found.name, found.row, found.wanted) == ("when", 0, sent)


@pytest.mark.parametrize(
    ("style", "sent"),
    [(DateStyle.ISO, "2026-12-31T10:00:00+00:00"), (DateStyle.UNIX, "1798711200")],
)
def test_a_date_that_is_taken_as_utc_is_a_note(style: DateStyle, sent: str) -> None:
    texts = ("2026-12-31T10:00:00+03:00", "31.12.2026 10:00")
    row = ValueRow("when", ValueType.DATETIME, multiple=True, items=texts)

    (found,) = of_rows((), [row], DateFormat(style))

    assert (found.code, found.severity) == (FindingCode.TAKEN_AS_UTC, Severity.NOTE)
    assert found.wanted == sent


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("2026-12-31T10:00:00+03:00", DateFormat(DateStyle.DOTTED, 180)),
        ("2026-12-31T10:00:00+03:00", ISO),
        ("31.12.2026 10:00", DateFormat(DateStyle.ISO, 180)),
        ("31.12.2026 10:00", SITE_DATES),
        ("1798711200", DateFormat(DateStyle.UNIX)),
        ("", ISO),
    ],
)
def test_a_date_whose_moment_is_clear_needs_no_word(text: str, dates: DateFormat) -> None:
    assert of_rows((), [ValueRow("when", ValueType.DATETIME, text=text)], dates) == []


@pytest.mark.parametrize(
    ("multiple", "value", "default", "mend"),
    [
        (False, "", None, NO_MEND),
        (False, None, "Fine", Replace("Fine")),
        (True, [], None, NO_MEND),
        (True, [""], ["a"], Replace(["a"])),
    ],
)
def test_a_required_value_that_is_sent_empty_is_a_warning(
    multiple: bool, value: JsonValue, default: JsonValue, mend: Mend | None
) -> None:
    entry = RuleProperty("a", required=True, multiple=multiple, default=default)

    (found,) = of_values([entry], [("a", value)])

    assert (found.code, found.severity) == (FindingCode.REQUIRED_EMPTY, Severity.WARNING)
    assert (found.name, found.row, found.mend) == ("a", 0, mend)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (ValueType.INT, "9223372036854775808"),
        (ValueType.INT, "-9223372036854775809"),
        (ValueType.INT, 2**63),
        (ValueType.INT, "9" * 5000),
        (ValueType.DOUBLE, "1e999"),
        (ValueType.DOUBLE, "-1e99999999999999999999"),
    ],
)
def test_a_number_that_the_portal_cannot_hold_is_a_warning(
    kind: ValueType, value: JsonValue
) -> None:
    (found,) = of_values([RuleProperty("a", kind)], [("a", value)])

    assert (found.code, found.severity) == (FindingCode.TOO_GREAT, Severity.WARNING)
    assert found.mend is None


@pytest.mark.parametrize(
    "value", ["9223372036854775807", "-9223372036854775808", "+" + "0" * 30 + "7"]
)
def test_the_greatest_numbers_are_held(value: str) -> None:
    assert of_values([RuleProperty("a", ValueType.INT)], [("a", value)]) == []


def test_of_a_value_that_does_not_count_nothing_else_is_said() -> None:
    found = of_values(SCHEMA, [("b", True), ("approved", 5), ("approved", "Y"), ("b", "")])

    assert [(one.code, one.row) for one in found] == [
        (FindingCode.REPEATED_NAME, 0),
        (FindingCode.REPEATED_NAME, 1),
        (FindingCode.UNKNOWN_NAME, 3),
    ]


def test_a_date_in_an_error_is_written_as_the_portal_is_sent_it() -> None:
    rows = [
        ValueRow("day", ValueType.DATE, text="x"),
        ValueRow("when", ValueType.DATETIME, text="x"),
    ]

    texts = [finding_text(found) for found in of_rows((), rows, AMERICAN)]

    assert "a date such as 12/31/2026, and" in texts[0]
    assert "a date such as 12/31/2026 18:30:00, and" in texts[1]

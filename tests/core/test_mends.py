from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bxgui.core.dates import DateFormat, DateStyle
from bxgui.core.findings import Finding, FindingCode, Give, Rename, errors
from bxgui.core.json_values import JsonValue, Pairs
from bxgui.core.local_text import plain
from bxgui.core.mends import mended, mended_values
from bxgui.core.schema import RuleProperty, ValueType
from bxgui.core.value_findings import of_rows, of_values
from bxgui.core.value_rows import ValueRow, from_values

OPTIONS = (("ok", plain("Fine")), ("no", plain("Refused")))
DAYS = RuleProperty("Days", ValueType.INT, required=True, default="3")
COMMENT = RuleProperty("Comment", ValueType.TEXT)
SCHEMA = (DAYS, COMMENT)

names = st.sampled_from(["Days", "days", "Dayz", "Comment", "coment", "x", "", "a\ud83d"])
BROKEN = "a\ud83d"
texts = st.sampled_from(
    [
        *("", "0", "5", " 5", "five", "Y", "yes", "1,5", "Fine", "okk", "1", "user_1", "8:30"),
        *("2026-12-31", "2026-12-31T18:30:00+03:00", "31.12.2026", "12/31/2026"),
        *(BROKEN, "x" * 70_000),
    ]
)
values: st.SearchStrategy[JsonValue] = st.recursive(
    texts | st.none() | st.booleans() | st.sampled_from([0, 5, 2**70, Decimal("1E+400")]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=4,
)
pairs = st.lists(st.tuples(names, values), max_size=4)
schemas = st.lists(
    st.builds(
        RuleProperty,
        st.sampled_from(["Days", "Comment", "X"]),
        st.sampled_from(ValueType),
        required=st.booleans(),
        multiple=st.booleans(),
        options=st.sampled_from([(), OPTIONS]),
        default=values,
    ),
    max_size=3,
    unique_by=lambda entry: entry.name,
)
date_formats = st.builds(DateFormat, st.sampled_from(DateStyle), st.sampled_from([None, 180]))
rows = st.lists(
    st.builds(ValueRow, names, st.sampled_from(ValueType), text=texts, sent=st.booleans())
    | st.builds(
        ValueRow,
        names,
        st.sampled_from(ValueType),
        multiple=st.just(True),
        items=st.lists(texts, max_size=2).map(tuple),
    ),
    max_size=3,
)


def tally(found: Sequence[Finding]) -> Counter[tuple[FindingCode, str]]:
    return Counter((finding.code, finding.name) for finding in found)


def assert_mended(finding: Finding, before: Sequence[Finding], after: Sequence[Finding]) -> None:
    kind = (finding.code, finding.name)
    assert tally(after)[kind] < tally(before)[kind]
    codes_before, codes_after = (
        Counter(found.code for found in errors(one)) for one in (before, after)
    )
    assert codes_after <= codes_before


@given(schemas, pairs, date_formats)
def test_a_mend_of_values_removes_its_finding_and_makes_no_error(
    schema: list[RuleProperty], given_values: Pairs, dates: DateFormat
) -> None:
    found = of_values(schema, given_values, dates)

    for finding in found:
        changed = mended_values(given_values, finding)
        if finding.mend is None:
            assert changed == given_values
        else:
            assert_mended(finding, found, of_values(schema, changed, dates))


@given(schemas, pairs, rows, date_formats)
def test_a_mend_of_rows_removes_its_finding_and_makes_no_error(
    schema: list[RuleProperty],
    given_values: Pairs,
    others: list[ValueRow],
    dates: DateFormat,
) -> None:
    given_rows = [*from_values(schema, given_values, dates), *others]
    found = of_rows(schema, given_rows, dates)

    for finding in found:
        changed = mended(given_rows, finding, dates)
        if finding.mend is None:
            assert changed == given_rows
        else:
            assert_mended(finding, found, of_rows(schema, changed, dates))


def test_a_corrected_name_fills_the_row_that_waits_for_it() -> None:
    rows = [
        ValueRow("Days", ValueType.INT, sent=False, entry=DAYS),
        ValueRow("Dayz", text="5"),
        ValueRow("x", text="y"),
    ]
    finding = Finding(FindingCode.UNKNOWN_NAME, "Dayz", 1, mend=Rename("Days"))

    assert mended(rows, finding) == [
        ValueRow("Days", ValueType.INT, text="5", entry=DAYS),
        ValueRow("x", text="y"),
    ]


def test_a_corrected_name_fills_the_row_that_was_spelt_with_other_capital_letters() -> None:
    rows = [ValueRow("Dayz", text="5"), ValueRow("DAYS", ValueType.INT, sent=False, entry=DAYS)]
    finding = Finding(FindingCode.UNKNOWN_NAME, "Dayz", 0, mend=Rename("Days"))

    assert mended(rows, finding) == [ValueRow("Days", ValueType.INT, text="5", entry=DAYS)]


def test_a_corrected_name_without_such_a_row_stays_where_it_is() -> None:
    finding = Finding(FindingCode.UNKNOWN_NAME, "Dayz", 0, mend=Rename("Days"))

    assert mended([ValueRow("Dayz", text="5")], finding) == [ValueRow("Days", text="5")]
    assert mended_values([("Dayz", "5")], finding) == [("Days", "5")]


def test_a_default_fills_its_row_or_makes_one() -> None:
    row = ValueRow("Days", ValueType.INT, sent=False, entry=DAYS)
    with_row = Finding(FindingCode.REQUIRED_MISSING, "Days", 0, mend=Give("3"))
    without = Finding(FindingCode.REQUIRED_MISSING, "Days", mend=Give("3"))

    assert mended([row], with_row) == [ValueRow("Days", ValueType.INT, text="3", entry=DAYS)]
    assert mended([], without) == [ValueRow("Days", text="3")]
    assert mended_values([("x", 1)], without) == [("x", 1), ("Days", "3")]

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bxgui.core.dates import (
    SITE_DATES,
    DateFormat,
    DateStyle,
    has_offset,
    is_read_by_portal,
    read_date,
    read_date_format,
    written_date,
)

MOSCOW = 3 * 60
SITE_IN_MOSCOW = DateFormat(DateStyle.DOTTED, MOSCOW)
AMERICAN = DateFormat(DateStyle.AMERICAN)
SLASHED = DateFormat(DateStyle.SLASHED)
DASHED = DateFormat(DateStyle.DASHED)
ISO = DateFormat(DateStyle.ISO)
ISO_IN_MOSCOW = DateFormat(DateStyle.ISO, MOSCOW)
UNIX = DateFormat(DateStyle.UNIX)
UNIX_IN_MOSCOW = DateFormat(DateStyle.UNIX, MOSCOW)

formats = st.builds(
    DateFormat, st.sampled_from(DateStyle), st.none() | st.integers(-14 * 60, 14 * 60)
)


@pytest.mark.parametrize(
    ("typed", "form", "sent"),
    [
        ("31.12.2026", SITE_DATES, "31.12.2026"),
        (" 1.2.2026 ", SITE_DATES, "01.02.2026"),
        ("31.12.2026 18:30", SITE_DATES, "31.12.2026 18:30:00"),
        ("31.12.2026 8:30:05", SITE_DATES, "31.12.2026 08:30:05"),
        ("2026-12-31", SITE_DATES, "31.12.2026"),
        ("2026-12-31T18:30", SITE_DATES, "31.12.2026 18:30:00"),
        ("2026-12-31 18:30:05.250", SITE_DATES, "31.12.2026 18:30:05"),
        ("2026-12-31T18:30:00+03:00", SITE_DATES, "31.12.2026 18:30:00"),
        ("2026-12-31T18:30:00Z", SITE_IN_MOSCOW, "31.12.2026 21:30:00"),
        ("2026-12-31t23:30:00z", SITE_IN_MOSCOW, "01.01.2027 02:30:00"),
        ("2026-12-31T18:30:00-0330", SITE_IN_MOSCOW, "01.01.2027 01:00:00"),
        ("31.12.2026 18:30", SITE_IN_MOSCOW, "31.12.2026 18:30:00"),
        ("12/31/2026 18:30", AMERICAN, "12/31/2026 18:30:00"),
        ("31.12.2026", AMERICAN, "12/31/2026"),
        ("1/2/2026", AMERICAN, "01/02/2026"),
        ("1/2/2026", SLASHED, "01/02/2026"),
        ("31/12/2026", SLASHED, "31/12/2026"),
        ("2026-1-2 8:30", DASHED, "2026-01-02 08:30:00"),
        ("31.12.2026 18:30", DASHED, "2026-12-31 18:30:00"),
        ("31.12.2026", ISO, "2026-12-31T00:00:00+00:00"),
        ("31.12.2026 18:30", ISO_IN_MOSCOW, "2026-12-31T18:30:00+03:00"),
        ("2026-12-31T18:30:00+05:00", ISO, "2026-12-31T18:30:00+05:00"),
        ("2026-12-31T18:30:00+05:00", ISO_IN_MOSCOW, "2026-12-31T16:30:00+03:00"),
        ("31.12.2026 18:30", UNIX, "1798741800"),
        ("31.12.2026 18:30", UNIX_IN_MOSCOW, "1798731000"),
        ("2026-12-31T18:30:00+03:00", UNIX, "1798731000"),
        ("1798731000", UNIX, "1798731000"),
    ],
)
def test_a_date_with_time_is_typed_as_people_do_and_sent_as_the_portal_is(
    typed: str, form: DateFormat, sent: str
) -> None:
    assert written_date(typed, form, with_time=True) == sent
    assert written_date(sent, form, with_time=True) == sent


@pytest.mark.parametrize(
    ("typed", "form", "sent"),
    [
        ("31.12.2026", SITE_DATES, "31.12.2026"),
        ("31.12.2026 00:00", SITE_DATES, "31.12.2026"),
        ("2026-12-31", AMERICAN, "12/31/2026"),
        ("31.12.2026", ISO_IN_MOSCOW, "2026-12-31T00:00:00+03:00"),
        ("2026-12-30T21:00:00Z", ISO_IN_MOSCOW, "2026-12-31T00:00:00+03:00"),
        ("31.12.2026", UNIX, "1798675200"),
        ("29.02.2028", SITE_DATES, "29.02.2028"),
        ("01.01.0001", DASHED, "0001-01-01"),
        ("31.12.2026 18:30", SITE_DATES, None),
        ("2026-12-31T18:30:00Z", ISO, None),
    ],
)
def test_a_date_has_no_time_but_midnight(typed: str, form: DateFormat, sent: str | None) -> None:
    assert written_date(typed, form, with_time=False) == sent


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "x",
        "31.02.2026",
        "29.02.2027",
        "00.01.2026",
        "31.13.2026",
        "31.12.26",
        "31.12.2026 24:00",
        "31.12.2026 18:60",
        "31.12.2026 18",
        "31.12.2026T18:30",
        "31.12.2026 18:30+03:00",
        "2026-12-31T18:30:00+99:00",
        "2026-02-30",
        "12/31/2026",
        "1798731000",
        "٣١.12.2026",
        "31.12.2026\nx",
    ],
)
@pytest.mark.parametrize("form", [SITE_DATES, DASHED, ISO])
def test_what_is_no_date_is_refused(typed: str, form: DateFormat) -> None:
    assert written_date(typed, form, with_time=True) is None


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("0001-01-01T00:00:00+05:00", SITE_IN_MOSCOW),
        ("9999-12-31T23:59:59-05:00", SITE_IN_MOSCOW),
        ("31/12/2026", AMERICAN),
        ("12/31/2026", SLASHED),
        ("123", UNIX),
    ],
)
def test_a_date_that_its_format_cannot_hold_is_refused(typed: str, form: DateFormat) -> None:
    assert written_date(typed, form, with_time=True) is None


@given(st.datetimes().map(lambda moment: moment.replace(microsecond=0)), formats)
def test_what_is_written_is_read_again_as_it_is(moment: object, form: DateFormat) -> None:
    sent = written_date(str(moment), form, with_time=True)

    if sent is None or (form.style is DateStyle.UNIX and not is_read_by_portal(sent, form)):
        return
    assert written_date(sent, form, with_time=True) == sent
    assert is_read_by_portal(sent, form)


@pytest.mark.parametrize(
    ("text", "form", "is_read"),
    [
        ("31.12.2026", SITE_DATES, True),
        ("31.12.2026 18:30", SITE_DATES, True),
        ("31.12.2026 18:30:00", SITE_DATES, True),
        ("31.02.2026", SITE_DATES, False),
        ("12/31/2026", SITE_DATES, False),
        ("2026-12-31", SITE_DATES, False),
        ("2026-12-31T18:30:00+03:00", SITE_DATES, False),
        ("2026-12-31T18:30:00+03:00", ISO, True),
        ("2026-12-31T18:30:00", ISO, False),
        ("31.12.2026", ISO, True),
        ("31.12.2026", UNIX, True),
        ("12/31/2026", AMERICAN, True),
        ("31.12.2026", AMERICAN, False),
        ("1798731000", SITE_DATES, True),
        ("123", SITE_DATES, False),
        ("tomorrow", SITE_DATES, False),
    ],
)
def test_the_portal_reads_its_own_format_and_timestamps(
    text: str, form: DateFormat, is_read: bool
) -> None:
    assert is_read_by_portal(text, form) is is_read


@pytest.mark.parametrize(
    ("text", "has_one"),
    [
        ("2026-12-31T18:30:00+03:00", True),
        ("2026-12-31 18:30Z", True),
        ("2026-12-31T18:30:00", False),
        ("2026-12-31", False),
        ("2026-02-31T18:30:00Z", False),
        ("31.12.2026", False),
    ],
)
def test_an_offset_is_seen(text: str, has_one: bool) -> None:
    assert has_offset(text) is has_one


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("DD.MM.YYYY", SITE_DATES),
        ("mm/dd/yyyy", AMERICAN),
        (" iso +03:00 ", ISO_IN_MOSCOW),
        ("UNIX Z", DateFormat(DateStyle.UNIX, 0)),
        ("ISO -0330", DateFormat(DateStyle.ISO, -210)),
        ("", None),
        ("DD.MM", None),
        ("ISO Moscow", None),
        ("ISO +15:00", None),
    ],
)
def test_a_format_is_named_by_a_text(text: str, form: DateFormat | None) -> None:
    assert read_date_format(text) == form


@given(formats)
def test_the_text_of_a_format_names_it(form: DateFormat) -> None:
    assert read_date_format(str(form)) == form


@pytest.mark.parametrize(
    ("text", "form", "moment"),
    [
        ("24.03.2026", SITE_DATES, "2026-03-24T00:00:00"),
        (" 24.03.2026 18:30 ", AMERICAN, "2026-03-24T18:30:00"),
        ("03/24/2026", AMERICAN, "2026-03-24T00:00:00"),
        ("2026-03-24T10:00:00+05:00", ISO_IN_MOSCOW, "2026-03-24T10:00:00"),
        ("03/24/2026", SITE_DATES, None),
        ("31.02.2026", SITE_DATES, None),
    ],
)
def test_a_date_is_read_on_its_own_clock(text: str, form: DateFormat, moment: str | None) -> None:
    expected = None if moment is None else datetime.fromisoformat(moment)
    assert read_date(text, form) == expected

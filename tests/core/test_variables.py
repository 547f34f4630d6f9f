from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from factories import ACCESS_TOKEN, EVENT_TOKEN, NOW, SENT_AT, WORKFLOW_ID, auth, call_detail
from hypothesis import given
from hypothesis import strategies as st

from bxgui.core.dates import DateFormat, DateStyle
from bxgui.core.json_values import JsonValue
from bxgui.core.plain_text import brief
from bxgui.core.records import Portal
from bxgui.core.template import Variable, parts
from bxgui.core.variables import (
    FORMATS,
    NAMES,
    CannotFill,
    Facts,
    Moment,
    as_text,
    available,
    facts_of,
    value_of,
)

ZONE = timezone(timedelta(hours=3))
PORTAL = Portal(
    1, "a", "a", "https://portal.example.org/rest/", "portal.example.org", "", NOW, NOW, NOW
)
LATER = NOW + timedelta(hours=20)
PROPERTIES = {
    "sum": "125000.50|RUB",
    "Items": ["one", "two"],
    "ITEMS": "another",
    "note": "",
    "nested": {"of": {"0": "zero", "2": "two"}},
    "Сумма": "7",
}


def local(moment: datetime) -> datetime:
    return moment.astimezone(ZONE)


def facts(**changes: object) -> Facts:
    call = call_detail(**{"properties": PROPERTIES} | changes)
    return facts_of(call, LATER, local)


def value(text: str, known: Facts | None = None) -> JsonValue:
    (variable,) = parts(f"{{{{{text}}}}}")
    assert isinstance(variable, Variable)
    return value_of(variable, facts() if known is None else known)


def problem(text: str, known: Facts | None = None) -> tuple[str, str]:
    with pytest.raises(CannotFill) as raised:
        value(text, known)
    return raised.value.code, raised.value.nearest


@pytest.mark.parametrize(
    ("text", "stands_for"),
    [
        ("properties.sum", "125000.50|RUB"),
        ("properties.note", ""),
        ("properties.Сумма", "7"),
        ("properties.Items", ["one", "two"]),
        ("properties.Items.0", "one"),
        ("properties.nested.of.2", "two"),
        ("document_id", ["crm", "CCrmDocumentDeal", "DEAL_42"]),
        ("document_id.2", "DEAL_42"),
        ("document_type.2", "DEAL"),
        ("workflow_id", WORKFLOW_ID),
        ("code", "approve_invoice"),
        ("user_id", "4"),
        ("portal", "portal.example.org"),
        ("ts", str(SENT_AT)),
        ("arrived_at", "04.03.2026 15:00:00"),
        ("now", "05.03.2026 11:00:00"),
        ("today", "05.03.2026"),
    ],
)
def test_variables_stand_for_what_the_call_tells(text: str, stands_for: JsonValue) -> None:
    assert value(text) == stands_for


@pytest.mark.parametrize(
    ("text", "stands_for"),
    [
        ("now|date", "05.03.2026"),
        ("now|time", "11:00"),
        ("now|iso", "2026-03-05T11:00:00+03:00"),
        ("now|unix", str(int(LATER.timestamp()))),
        ("today|datetime", "05.03.2026 00:00:00"),
        ("ts|datetime", "04.03.2026 15:00:00"),
        ("arrived_at|date", "04.03.2026"),
    ],
)
def test_moments_are_written_in_the_format_that_is_named(text: str, stands_for: str) -> None:
    assert value(text) == stands_for


@pytest.mark.parametrize(
    ("dates", "text", "stands_for"),
    [
        (DateFormat(DateStyle.AMERICAN), "now", "03/05/2026 11:00:00"),
        (DateFormat(DateStyle.SLASHED), "today", "05/03/2026"),
        (DateFormat(DateStyle.DASHED), "arrived_at|date", "2026-03-04"),
        (DateFormat(DateStyle.ISO), "now", "05.03.2026 11:00:00"),
        (DateFormat(DateStyle.UNIX), "today", "05.03.2026"),
        (DateFormat(DateStyle.DOTTED, -9 * 60), "now", "04.03.2026 23:00:00"),
        (DateFormat(DateStyle.DOTTED, -9 * 60), "today", "04.03.2026"),
        (DateFormat(DateStyle.ISO, 5 * 60), "now|time", "13:00"),
        (DateFormat(DateStyle.ISO, 5 * 60), "now|iso", "2026-03-05T13:00:00+05:00"),
        (DateFormat(DateStyle.ISO, 5 * 60), "now|unix", str(int(LATER.timestamp()))),
    ],
)
def test_moments_are_written_as_the_portal_of_the_call_reads_them(
    dates: DateFormat, text: str, stands_for: str
) -> None:
    call = replace(call_detail(), portal=replace(PORTAL, date_format=dates))

    assert value(text, facts_of(call, LATER, local)) == stands_for


@pytest.mark.parametrize(
    ("text", "stands_for"),
    [
        ("Properties.SUM", "125000.50|RUB"),
        ("properties.сумма", "7"),
        ("DOCUMENT_ID.2", "DEAL_42"),
        ("properties.ITEMS", "another"),
        ("properties.items", ["one", "two"]),
    ],
)
def test_names_are_found_exactly_first_and_then_in_any_case(
    text: str, stands_for: JsonValue
) -> None:
    assert value(text) == stands_for


@pytest.mark.parametrize(
    ("text", "stands_for"),
    [
        ("properties.gone|default:none", "none"),
        ("properties.note|default:none", "none"),
        ("properties.sum|default:none", "125000.50|RUB"),
        ("properties.gone|default:", ""),
        ("document_id.7|default:none", "none"),
    ],
)
def test_a_default_takes_the_place_of_what_is_missing_or_empty(text: str, stands_for: str) -> None:
    assert value(text) == stands_for


def test_a_default_stands_in_for_a_moment_too() -> None:
    assert value("ts|date|default:unknown", facts(ts=None)) == "unknown"


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("properties.summ", "properties.sum"),
        ("properties.Items.2", "properties.Items.1"),
        ("properties.Items.-1", "properties.Items.1"),
        ("properties.Items.²", "properties.Items.1"),
        ("properties.Items.99999999999999999999", "properties.Items.1"),
        ("properties.sum.0", "properties.sum"),
        ("document_id.3", "document_id.2"),
        ("properties.qqqqqqqqqqqqqqqqqqqqqqqqqqqqqq", ""),
        (f"properties.{'x' * 200}", ""),
    ],
)
def test_what_the_call_has_not_is_missing_and_the_nearest_is_named(text: str, nearest: str) -> None:
    assert problem(text) == ("missing", nearest)


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("propertes.sum", "properties.sum"),
        ("sum", "properties.sum"),
        ("documentid", "document_id"),
        ("auth.user_id", "user_id"),
        ("now.year", "now"),
        ("qqqqq|default:none", ""),
    ],
)
def test_what_no_call_has_is_unknown_whatever_its_default(text: str, nearest: str) -> None:
    assert problem(text) == ("unknown", nearest)


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("now|Date", "date"),
        ("now|dd.mm.yyyy", ""),
        ("properties.sum|date", ""),
        ("now|date|x", "date"),
    ],
)
def test_a_format_is_one_of_a_few_and_only_for_moments(text: str, nearest: str) -> None:
    assert problem(text) == ("format", nearest)


@pytest.mark.parametrize(
    "text",
    [
        "auth.access_token",
        "AUTH.Refresh_Token",
        "auth.application_token",
        "event_token",
        "event_token|default:none",
        "properties.access_token",
        "properties.copy",
        "properties.copies",
        "properties.copies.0",
        "properties.map",
        "properties.names",
        "properties",
    ],
)
def test_secrets_are_never_told(text: str) -> None:
    known = facts(
        properties={
            "access_token": "short",
            "copy": f"see {ACCESS_TOKEN}",
            "copies": [EVENT_TOKEN],
            "map": {"a": EVENT_TOKEN},
            "names": {"***": "a"},
        }
    )

    assert problem(text, known) == ("secret", "")
    assert text not in dict(available(known))


def test_a_number_stays_a_number() -> None:
    assert value("properties.n", {"properties": {"n": 7}}) == 7


def test_bytes_that_are_no_text_are_not_told() -> None:
    assert problem("properties.sum", facts(properties={"sum": "\udcff"})) == ("not_text", "")


def test_a_call_without_this_and_that_lacks_just_these() -> None:
    known = facts(
        properties=None, document_type=None, ts=None, auth=auth(user_id=None), workflow_id=None
    )

    assert [name for name, _ in available(known)] == [
        "document_id", "document_id.0", "document_id.1", "document_id.2",
        "code", "portal", "arrived_at", "now", "today",
    ]  # fmt: skip


@pytest.mark.parametrize("body", [b"***", b"\xff" * 9_000_000, b"event=ONAPPTEST"])
def test_a_body_that_is_no_call_tells_when_it_came(body: bytes) -> None:
    known = facts_of(call_detail(body), LATER, local)

    assert list(known) == ["code", "portal", "arrived_at", "now", "today"]


def test_a_moment_beyond_the_calendar_is_no_trouble() -> None:
    assert value("ts|date", facts(ts="999999999999999")) == "01.01.9999"


def test_a_menu_offers_every_variable_with_what_it_stands_for() -> None:
    assert available(facts()) == [
        ("properties.sum", "125000.50|RUB"),
        ("properties.Items", "one, two"),
        ("properties.Items.0", "one"),
        ("properties.Items.1", "two"),
        ("properties.ITEMS", "another"),
        ("properties.note", ""),
        ("properties.nested.of.0", "zero"),
        ("properties.nested.of.2", "two"),
        ("properties.Сумма", "7"),
        ("document_id", "crm, CCrmDocumentDeal, DEAL_42"),
        ("document_id.0", "crm"),
        ("document_id.1", "CCrmDocumentDeal"),
        ("document_id.2", "DEAL_42"),
        ("document_type", "crm, CCrmDocumentDeal, DEAL"),
        ("document_type.0", "crm"),
        ("document_type.1", "CCrmDocumentDeal"),
        ("document_type.2", "DEAL"),
        ("workflow_id", WORKFLOW_ID),
        ("code", "approve_invoice"),
        ("user_id", "4"),
        ("portal", "portal.example.org"),
        ("ts", str(SENT_AT)),
        ("arrived_at", "04.03.2026 15:00:00"),
        ("now", "05.03.2026 11:00:00"),
        ("today", "05.03.2026"),
    ]


def test_a_menu_stays_short_and_on_one_line_each() -> None:
    many = {"long": "a\nb \u202e" + "x" * 10_000} | {f"p{n}": "v" for n in range(1_000)}
    offered = available(facts(properties=many | {"a.b": "no name", "n" * 200: "no name"}))

    assert len(offered) < 250
    assert dict(offered)["properties.long"] == f"a b \ufffd{'x' * 75}…"[:81]
    assert "today" in dict(offered)


names = st.text(max_size=6) | st.sampled_from(["a", "A", "event_token", "0", "1"])
trees: st.SearchStrategy[JsonValue] = st.recursive(
    st.text(max_size=9) | st.just("***"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=12,
)
moments = st.builds(Moment, st.datetimes(timezones=st.just(UTC)), st.sampled_from(sorted(FORMATS)))
known_facts: st.SearchStrategy[Facts] = st.dictionaries(st.sampled_from(NAMES), trees | moments)


@given(known_facts)
def test_every_variable_that_is_offered_can_be_filled_with_what_was_shown(known: Facts) -> None:
    offered = available(known)

    filled = [" ".join(as_text(value(name, known)).split()) for name, _ in offered]
    assert [shown for _, shown in offered] == [brief(line, 80) for line in filled]


@given(known_facts, st.text(st.sampled_from("aA01.|:properties_nowd ") | st.characters()))
def test_any_variable_is_filled_or_cannot_be(known: Facts, text: str) -> None:
    for part in parts(f"{{{{{text}}}}}"):
        if isinstance(part, Variable):
            with suppress(CannotFill):
                as_text(value_of(part, known))

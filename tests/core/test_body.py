from __future__ import annotations

import json
from typing import Any

import pytest
from factories import EVENT_TOKEN, handler_body, handler_fields
from hypothesis import given
from hypothesis import strategies as st

from bxgui.core import body as bodies
from bxgui.core.body import FORM, JSON, decode, media_type, read, readable_fields
from bxgui.core.phpform import LIMITS, BodyRefused, Limits


def refusal_of(body: bytes, content_type: str = JSON, limits: Limits = LIMITS) -> BodyRefused:
    with pytest.raises(BodyRefused) as refused:
        decode(body, content_type, limits)
    return refused.value


@pytest.mark.parametrize(
    ("content_type", "kind"),
    [
        (None, FORM),
        ("", FORM),
        ("; charset=utf-8", FORM),
        ("application/x-www-form-urlencoded", FORM),
        ("Application/X-WWW-Form-Urlencoded; charset=UTF-8", FORM),
        ("application/json", JSON),
        (" application/JSON ;charset=utf-8", JSON),
        ("text/plain", "text/plain"),
        ("multipart/form-data; boundary=x", "multipart/form-data"),
    ],
)
def test_the_media_type_has_no_parameters_and_no_capitals(
    content_type: str | None, kind: str
) -> None:
    assert media_type(content_type) == kind


@pytest.mark.parametrize("content_type", [None, "", FORM, f"{FORM}; charset=utf-8"])
def test_a_form_is_the_form_that_php_reads(content_type: str | None) -> None:
    assert decode(b"a.b[]=1&c=%D0%96", content_type) == {"a_b": {0: "1"}, "c": "Ж"}


def test_a_call_is_the_same_as_a_form_and_as_json() -> None:
    form = decode(handler_body(), FORM)

    assert decode(json.dumps(handler_fields()).encode(), JSON) == form
    assert form["event_token"] == EVENT_TOKEN


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        pytest.param("{}", {}, id="nothing"),
        pytest.param('{"a": "x", "b": ""}', {"a": "x", "b": ""}, id="texts"),
        pytest.param('{"a": null}', {"a": ""}, id="null_is_empty"),
        pytest.param('{"a": true, "b": false}', {"a": "1", "b": "0"}, id="booleans_are_digits"),
        pytest.param('{"a": 7, "b": -0, "c": 1.50, "d": 1e400}', {"a": "7", "b": "-0", "c": "1.50",
                     "d": "1e400"}, id="numbers_are_as_written"),
        pytest.param('{"a": 123456789012345678901}', {"a": "123456789012345678901"}, id="a_long"),
        pytest.param('{"a": ["x", ["y"]]}', {"a": {0: "x", 1: {0: "y"}}}, id="lists_are_arrays"),
        pytest.param('{"a": {"1": "x", "01": "y"}}', {"a": {1: "x", "01": "y"}}, id="keys"),
        pytest.param('{"a": [], "b": {}}', {"a": {}, "b": {}}, id="empty_arrays"),
        pytest.param('{"a": 1, "a": 2}', {"a": "2"}, id="the_last_of_a_name"),
        pytest.param('{"a": "\\ud83d\\ude00 \\u0000"}', {"a": "😀 \0"}, id="escapes"),
        pytest.param('{"a": "Ж"}', {"a": "Ж"}, id="utf_8"),
        pytest.param(' {"a.b [": ""} ', {"a.b [": ""}, id="names_are_not_changed"),
    ],
)  # fmt: skip
def test_json_becomes_the_fields_that_a_form_would_give(text: str, fields: dict[str, Any]) -> None:
    decoded = decode(text.encode(), JSON)

    assert decoded == fields
    assert list(decoded) == list(fields)


def test_a_number_of_any_length_is_kept_digit_by_digit() -> None:
    assert decode(b'{"a": %s}' % (b"7" * 10_000), JSON) == {"a": "7" * 10_000}


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b'{"a": 1', id="cut_short"),
        pytest.param(b'{"a": 1} x', id="with_something_behind"),
        pytest.param(b"a=1", id="a_form"),
        pytest.param(b'[{"a": 1}]', id="a_list"),
        pytest.param(b'"text"', id="a_text"),
        pytest.param(b"null", id="null"),
        pytest.param(b'{"a": NaN}', id="not_a_number"),
        pytest.param(b'{"a": -Infinity}', id="infinity"),
        pytest.param(b'{"a": "\xff"}', id="not_utf_8"),
        pytest.param('{"a": 1}'.encode("utf-16"), id="utf_16"),
        pytest.param('\ufeff{"a": 1}'.encode(), id="a_byte_order_mark"),
        pytest.param(b'{"a": "\n"}', id="a_bare_line_break"),
        pytest.param(b'{"a": "\\ud800"}', id="half_a_character"),
        pytest.param(b'{"a": ["\\udfff"]}', id="the_other_half"),
        pytest.param(b'{"a": "\\ude00\\ud83d"}', id="halves_in_the_wrong_order"),
        pytest.param(b'{"\\ud800": ""}', id="half_a_character_in_a_name"),
        pytest.param(b'{"a": {"\\ud800": ""}}', id="in_a_name_further_down"),
        pytest.param(b"{'a': 1}", id="python"),
    ],
)
def test_what_is_no_json_object_is_refused(body: bytes) -> None:
    assert refusal_of(body).code == "json"


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data", "text/json", "json"])
def test_another_media_type_is_refused(kind: str) -> None:
    refusal = refusal_of(b"a=1", kind)

    assert refusal.code == "media_type"
    assert kind in str(refusal)


def test_a_refusal_quotes_no_endless_media_type() -> None:
    assert len(str(refusal_of(b"a=1", "x" * 10_000))) < 200


def test_json_at_the_limits_is_decoded_and_beyond_them_refused() -> None:
    limits = Limits(max_bytes=30, max_pairs=3, max_depth=2)

    assert decode(b'{"a": "xxxxxxxxxxxxxxxxxxxxx"}', JSON, limits) == {"a": "x" * 21}
    assert refusal_of(b'{"a": "xxxxxxxxxxxxxxxxxxxxxx"}', JSON, limits).code == "too_large"
    assert decode(b'{"a": [1, 2], "b": 3}', JSON, limits) == {"a": {0: "1", 1: "2"}, "b": "3"}
    assert refusal_of(b'{"a": [1, 2], "b": 3, "c":4}', JSON, limits).code == "too_many_pairs"
    assert refusal_of(b'{"a": [[], {}, [], []]}', JSON, limits).code == "too_many_pairs"
    assert "more than 3 values" in str(refusal_of(b'{"a": [1, 2, 3, 4]}', JSON, limits))
    assert decode(b'{"a": {"b": [1]}}', JSON, limits) == {"a": {"b": {0: "1"}}}
    assert refusal_of(b'{"a": {"b": [[1]]}}', JSON, limits).code == "too_deep"
    assert "more than 2 levels" in str(refusal_of(b'{"a": {"b": [[1]]}}', JSON, limits))


def test_json_nested_beyond_what_python_reads_is_refused() -> None:
    assert refusal_of(b'{"a": ' + b"[" * 200_000).code == "too_deep"


def test_the_same_depth_is_allowed_in_a_form_and_in_json() -> None:
    for depth in range(LIMITS.max_depth - 1, LIMITS.max_depth + 2):
        form = b"a" + b"[b]" * depth + b"=1"
        document = b'{"a": ' + b'{"b": ' * depth + b"1" + b"}" * depth + b"}"
        if depth <= LIMITS.max_depth:
            assert decode(form, FORM) == decode(document, JSON)
        else:
            assert refusal_of(form, FORM).code == refusal_of(document, JSON).code == "too_deep"


@given(st.binary() | st.text(alphabet='{}[]":,\\ud8af0 \n').map(str.encode), st.booleans())
def test_decoding_refuses_or_succeeds(body: bytes, is_json: bool) -> None:
    try:
        fields = decode(body, JSON if is_json else FORM)
    except BodyRefused:
        fields = {}
    json.dumps(fields, ensure_ascii=False).encode("utf-8", "surrogateescape")


def test_readable_fields_have_lists_where_php_has_them() -> None:
    assert readable_fields(b"a[]=1&b[x]=2", FORM) == {"a": ["1"], "b": {"x": "2"}}
    assert readable_fields(b'{"a": [1]}', JSON) == {"a": ["1"]}


def test_a_body_that_is_not_understood_has_no_readable_fields() -> None:
    assert readable_fields(b"<xml/>", "text/xml") is None


def test_secrets_are_cut_out_of_the_kind_of_body_it_is() -> None:
    form, document = b'event_token={"event_token": "x"}', b'{"event_token": "x&event_token=y"}'

    assert read(form, FORM).cut.masked == b"event_token=***"
    assert read(document, JSON).cut.masked == b'{"event_token": "***"}'
    assert read(form, None).cut.masked == b"event_token=***"


def test_an_empty_form_has_neither_fields_nor_secrets() -> None:
    reading = read(b"", FORM)

    assert (reading.fields, reading.cut.masked, reading.cut.cuts) == ({}, b"", ())


def test_the_names_of_the_media_types_are_those_of_the_wire() -> None:
    assert (bodies.FORM, bodies.JSON) == ("application/x-www-form-urlencoded", "application/json")


@pytest.mark.parametrize(
    ("raw", "properties"),
    [
        (b"properties%5Ba%5D=1&code=x", {"a": "1"}),
        (b"code=x", {}),
        (b"&" * 30_000, {}),
        (b"&".join(b"a%d=1" % number for number in range(20_001)), {}),
    ],
)
def test_properties_are_an_empty_map_where_there_are_none(raw: bytes, properties: object) -> None:
    assert bodies.properties_of(raw, None) == properties

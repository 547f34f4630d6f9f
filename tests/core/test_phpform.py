"""Form bodies as PHP 8.3 reads and writes them; every row of the tables was checked against PHP."""

from __future__ import annotations

import json
import string
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from factories import PAYLOADS
from hypothesis import given
from hypothesis import strategies as st

from bxgui.core import phpform
from bxgui.core.phpform import LIMITS, BodyRefused, Limits, decode, encode, parse, to_json

Fields = dict[str | int, Any]

FORMS = sorted(path.stem for path in PAYLOADS.glob("*.form"))
# Parts of forms that mean something to PHP, or nearly do.
NASTY = [
    *(b"a", b"b", b"_", b"[", b"]", b"[]", b".", b"=", b"&", b" ", b"+", b"\0", b"\t", b"\n", b";"),
    *(b"0", b"1", b"-1", b"-", b"[0]", b"[1]", b"[-5]", b"[01]", b"[-0]", b"[1.5]", b"[ ]", b"[a"),
    *(b"%5B", b"%5D", b"%5b", b"%00", b"%20", b"%26", b"%3D", b"%2B", b"%2E", b"%", b"%zz", b"%4"),
    *(b"\xff", b"%ff", b"%D0%96", b"\xd9\xa1", b"[9223372036854775807]", b"a=1&a[]=2&a[b]=3"),
]
# Good escapes, bad ones, and what decoders of other formats take for one.
ESCAPES = [
    *(b"%41", b"%d0", b"%0A", b"%", b"%%", b"%4", b"%zz", b"%25", b"%3D", b"=", b"=41", b"=\n"),
    *(
        b"%\n",
        b"%\r\n",
        b"%\r",
        b"\r\n",
        b"\n",
        b"\r",
        b" ",
        b"\t",
        b"_",
        b"+",
        b"a",
        b"\0",
        b"\xff",
    ),
]
bodies = st.lists(st.sampled_from(NASTY), max_size=30).map(b"".join)


def in_order(tree: object) -> object:
    """A tree in which the order of keys counts, and 1 is not "1"."""
    if isinstance(tree, dict):
        return [(key, in_order(value)) for key, value in tree.items()]
    return tree


def http_build_query(variables: Fields) -> bytes:
    """What PHP's function of this name writes, written down a second time."""

    def quoted(text: str) -> str:
        plain = string.ascii_letters + string.digits + "-_."
        return "".join(
            "+" if byte == 0x20 else chr(byte) if chr(byte) in plain else f"%{byte:02X}"
            for byte in text.encode("utf-8", "surrogateescape")
        )

    def written(name: str, value: object) -> list[str]:
        if value is None:
            return []
        if isinstance(value, (dict, list)):
            members = value.items() if isinstance(value, dict) else enumerate(value)
            return [
                pair
                for key, inner in members
                for pair in written(f"{name}%5B{quoted(str(key))}%5D", inner)
            ]
        text = {True: "1", False: "0"}[value] if isinstance(value, bool) else str(value)
        return [f"{name}={quoted(text)}"]

    return "&".join(
        pair for key, value in variables.items() for pair in written(quoted(str(key)), value)
    ).encode("ascii")


def received(value: object) -> object:
    """What a script finds of a value that went through `http_build_query`; None for nothing."""
    if isinstance(value, (dict, list)):
        members = value.items() if isinstance(value, dict) else enumerate(value)
        arrived = {
            int(key) if is_integer(str(key)) else key: received(inner) for key, inner in members
        }
        return {key: inner for key, inner in arrived.items() if inner is not None} or None
    if isinstance(value, bool):
        return "1" if value else "0"
    return None if value is None else str(value)


def is_integer(key: str) -> bool:
    """Whether PHP writes this integer in just this way, and can hold it."""
    try:
        return str(int(key)) == key and -(2**63) <= int(key) < 2**63
    except ValueError:
        return False


def refusal_of(body: bytes, limits: Limits = LIMITS) -> str | None:
    """The code of the refusal; None for a body that is decoded."""
    try:
        decode(body, limits)
    except BodyRefused as refusal:
        return refusal.code
    return None


texts = st.text() | st.binary().map(lambda raw: raw.decode("utf-8", "surrogateescape"))
# Names that PHP does not change: `]` ends an index, one white space is no index.
top_names = st.text(st.characters(exclude_characters="[. \0", codec="utf-8"), min_size=1)
inner_names = st.text(st.characters(exclude_characters="]\0", codec="utf-8"), min_size=1).filter(
    lambda name: name not in " \t\n\v\f\r"
) | st.integers(-(2**64), 2**64).map(str)
scalars = st.none() | st.booleans() | st.integers() | texts


def trees(names: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    return st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4),
        max_leaves=20,
    )


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        # Pairs
        pytest.param(b"", {}, id="nothing"),
        pytest.param(b"a=1&b=2", {"a": "1", "b": "2"}, id="pairs_are_split_at_ampersands"),
        pytest.param(b"b=1&a=2&b=3", {"b": "3", "a": "2"}, id="the_last_of_a_name_in_first_place"),
        pytest.param(b"&&a=1&&", {"a": "1"}, id="nothing_between_ampersands"),
        pytest.param(b"a;b=1", {"a;b": "1"}, id="a_semicolon_splits_nothing"),
        pytest.param(b"b=1=2", {"b": "1=2"}, id="the_first_equals_sign_ends_the_name"),
        pytest.param(b"a", {"a": ""}, id="no_equals_sign_is_an_empty_value"),
        pytest.param(b"a%3Db", {"a=b": ""}, id="an_escaped_equals_sign_ends_no_name"),
        pytest.param(b"a%26b=1%262", {"a&b": "1&2"}, id="an_escaped_ampersand_splits_nothing"),
        pytest.param(b"=1", {}, id="no_name"),
        # Escapes
        pytest.param(b"a=b+c%20d", {"a": "b c d"}, id="plus_is_a_space"),
        pytest.param(b"a=%2B", {"a": "+"}, id="an_escaped_plus_is_a_plus"),
        pytest.param(b"a=%D0%B0%d0%b1", {"a": "аб"}, id="escapes_of_either_case"),
        pytest.param(b"a=%zz%4&b=%", {"a": "%zz%4", "b": "%"}, id="a_bad_escape_stays"),
        pytest.param(b"a=%%41", {"a": "%A"}, id="a_bad_escape_before_a_good_one"),
        pytest.param(b"a=%2541", {"a": "%41"}, id="decoded_once"),
        pytest.param(b"a=\xff%FE", {"a": "\udcff\udcfe"}, id="bytes_that_are_not_utf_8_stay"),
        pytest.param(b"\xff=1", {"\udcff": "1"}, id="in_a_name_too"),
        pytest.param(b"a=1\x002%003", {"a": "1\x002\x003"}, id="a_value_may_hold_nul"),
        # Names
        pytest.param(b"a%5Bb%5D=1", {"a": {"b": "1"}}, id="a_name_is_unescaped_first"),
        pytest.param(b"  a=1", {"a": "1"}, id="leading_spaces_are_dropped"),
        pytest.param(b"\ta=1", {"\ta": "1"}, id="a_leading_tab_is_not"),
        pytest.param(b"+a=1&%20b=2", {"a": "1", "b": "2"}, id="however_a_space_is_written"),
        pytest.param(b"   =1", {}, id="a_name_of_spaces_is_none"),
        pytest.param(b"a.b c=1", {"a_b_c": "1"}, id="dot_and_space_become_underscores"),
        pytest.param(b".=1", {"_": "1"}, id="a_dot_alone"),
        pytest.param(b"a =1", {"a_": "1"}, id="a_space_at_the_end_too"),
        pytest.param(b"a.b[c.d e]=1", {"a_b": {"c.d e": "1"}}, id="but_not_inside_brackets"),
        pytest.param(b"a\0b=1", {"a": "1"}, id="nul_ends_a_name"),
        pytest.param(b"a%00[b]=1", {"a": "1"}, id="an_escaped_nul_too"),
        pytest.param(b"a[b%00]=1", {"a_b": "1"}, id="nul_before_the_bracket_leaves_it_open"),
        pytest.param(b"%00=1", {}, id="nothing_before_nul"),
        pytest.param(b"[a]=1&[=2&[]=3", {}, id="a_name_begins_with_no_bracket"),
        pytest.param(b"]=1", {"]": "1"}, id="a_closing_bracket_is_a_letter"),
        pytest.param(b"a]b=1", {"a]b": "1"}, id="also_inside_a_name"),
        pytest.param(b"%5Ba%5D=1", {}, id="an_escaped_bracket_is_a_bracket"),
        # Brackets
        pytest.param(b"a[b][c]=1", {"a": {"b": {"c": "1"}}}, id="brackets_nest"),
        pytest.param(b"a[b]=1&a[c]=2", {"a": {"b": "1", "c": "2"}}, id="an_array_grows"),
        pytest.param(b"a[]=x&a[]=y", {"a": {0: "x", 1: "y"}}, id="empty_brackets_append"),
        pytest.param(b"a[ ]=x&a[%09]=y", {"a": {0: "x", 1: "y"}}, id="so_does_one_white_space"),
        pytest.param(b"a[  ]=x", {"a": {"  ": "x"}}, id="two_spaces_are_a_key"),
        pytest.param(b"a[ b]=x", {"a": {" b": "x"}}, id="a_space_before_a_key_stays"),
        pytest.param(b"a[%1C]=x", {"a": {"\x1c": "x"}}, id="a_separator_is_no_white_space"),
        pytest.param(b"a[][]=x&a[][]=y", {"a": {0: {0: "x"}, 1: {0: "y"}}}, id="each_its_own"),
        pytest.param(b"a[]=x&a[b]=y&a[]=z", {"a": {0: "x", "b": "y", 1: "z"}}, id="beside_keys"),
        pytest.param(b"a[b]c=1", {"a": {"b": "1"}}, id="text_behind_a_bracket_is_dropped"),
        pytest.param(b"a[b]c[d]=1", {"a": {"b": "1"}}, id="with_all_that_follows_it"),
        pytest.param(b"a[b].c=1", {"a": {"b": "1"}}, id="a_dot_behind_a_bracket_is_text"),
        pytest.param(b"a[b]]=1", {"a": {"b": "1"}}, id="a_bracket_closed_twice"),
        pytest.param(b"a[[b]]=1", {"a": {"[b": "1"}}, id="a_bracket_opened_twice"),
        pytest.param(b"a[b[c]=1", {"a": {"b[c": "1"}}, id="an_opening_bracket_inside_a_key"),
        pytest.param(b"a[b=1", {"a_b": "1"}, id="an_open_bracket_becomes_an_underscore"),
        pytest.param(b"a[=1", {"a_": "1"}, id="at_the_end_too"),
        pytest.param(b"a[b.c d[e=1", {"a_b_c_d_e": "1"}, id="and_so_does_what_follows_it"),
        pytest.param(b"a[b][c=1", {"a": {"b": "1"}}, id="deeper_down_it_is_dropped"),
        pytest.param(b"a[][c=1", {"a": {0: "1"}}, id="behind_empty_brackets_too"),
        # Keys
        pytest.param(b"a[0]=x&a[5]=y", {"a": {0: "x", 5: "y"}}, id="digits_are_an_integer"),
        pytest.param(b"7=x&-3=y", {7: "x", -3: "y"}, id="a_variable_may_be_an_integer"),
        pytest.param(
            b"a[01]=1&a[-0]=2&a[1.5]=3&a[+1]=4&a[ 1]=5&a[1e1]=6",
            {"a": {"01": "1", "-0": "2", "1.5": "3", " 1": "5", "1e1": "6"}},
            id="other_numbers_are_text",
        ),
        pytest.param("a[١]=1".encode(), {"a": {"١": "1"}}, id="foreign_digits_are_text"),
        pytest.param(
            b"a[9223372036854775807]=1&a[9223372036854775808]=2",
            {"a": {2**63 - 1: "1", "9223372036854775808": "2"}},
            id="the_greatest_integer",
        ),
        pytest.param(
            b"a[-9223372036854775808]=1&a[-9223372036854775809]=2",
            {"a": {-(2**63): "1", "-9223372036854775809": "2"}},
            id="the_least_integer",
        ),
        pytest.param(b"a[5]=x&a[]=y", {"a": {5: "x", 6: "y"}}, id="appending_goes_on_from_it"),
        pytest.param(b"a[5]=x&a[2]=y&a[]=z", {"a": {5: "x", 2: "y", 6: "z"}}, id="from_greatest"),
        pytest.param(b"a[-5]=x&a[]=y", {"a": {-5: "x", -4: "y"}}, id="below_zero_as_well"),
        pytest.param(b"a[01]=x&a[]=y", {"a": {"01": "x", 0: "y"}}, id="text_does_not_count"),
        pytest.param(
            b"a[9223372036854775807]=x&a[]=y&a[][b]=z",
            {"a": {2**63 - 1: "x"}},
            id="nothing_goes_behind_the_greatest",
        ),
        pytest.param(
            b"a[9223372036854775806]=x&a[]=y&a[]=z",
            {"a": {2**63 - 2: "x", 2**63 - 1: "y"}},
            id="but_still_at_the_greatest",
        ),
        pytest.param(b"a[1]=x&a[0]=y", {"a": {1: "x", 0: "y"}}, id="order_is_the_order_of_arrival"),
        # Conflicts
        pytest.param(b"a=1&a[b]=2", {"a": {"b": "2"}}, id="a_scalar_gives_way_to_an_array"),
        pytest.param(b"a[b]=2&a=1", {"a": "1"}, id="an_array_gives_way_to_a_scalar"),
        pytest.param(b"a[b]=1&a[b][c]=2", {"a": {"b": {"c": "2"}}}, id="inside_an_array_too"),
        pytest.param(b"a[b]=1&a[c]=2&a=3&a[d]=4", {"a": {"d": "4"}}, id="entirely"),
        pytest.param(b"a=1&b=2&a[]=3", {"a": {0: "3"}, "b": "2"}, id="in_the_same_place"),
        pytest.param(b"a[]=x&a[0]=y&a[]=z", {"a": {0: "y", 1: "z"}}, id="a_replaced_element"),
        pytest.param(b"a.b=1&a_b=2", {"a_b": "2"}, id="names_that_become_the_same"),
    ],
)
def test_a_form_is_read_as_php_reads_it(body: bytes, fields: Fields) -> None:
    assert in_order(decode(body)) == in_order(fields)


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        pytest.param({}, b"", id="nothing"),
        pytest.param({"a": "1", "b": "2"}, b"a=1&b=2", id="pairs"),
        pytest.param({"a": None, "b": [], "c": {}, "d": {"e": [None]}}, b"", id="null_vanishes"),
        pytest.param({"a": ""}, b"a=", id="an_empty_text_does_not"),
        pytest.param({"a": [None, "x"]}, b"a%5B1%5D=x", id="a_hole_keeps_the_indexes"),
        pytest.param({"a": True, "b": False}, b"a=1&b=0", id="booleans_are_digits"),
        pytest.param({"a": {"b": ["x"]}}, b"a%5Bb%5D%5B0%5D=x", id="brackets_are_escaped"),
        pytest.param({"": {"a": ["x"]}}, b"%5Ba%5D%5B0%5D=x", id="below_an_empty_name_too"),
        pytest.param({"a b": {"c d": " "}}, b"a+b%5Bc+d%5D=+", id="a_space_is_a_plus"),
        pytest.param({"a": "~-_.,/"}, b"a=%7E-_.%2C%2F", id="a_tilde_is_escaped"),
        pytest.param({"a": "Ж\udcff"}, b"a=%D0%96%FF", id="bytes_are_escaped_one_by_one"),
        pytest.param({5: 6, "a": 2**70}, b"5=6&a=1180591620717411303424", id="integers"),
        pytest.param({"a": 1.5, "b": 3.0, "c": -0.0}, b"a=1.5&b=3&c=-0", id="fractions"),
        pytest.param({"a": 0.1 + 0.2, "b": 1 / 3}, b"a=0.3&b=0.33333333333333", id="14_digits"),
        pytest.param({"a": 1e14, "b": 1.25e25}, b"a=1.0E%2B14&b=1.25E%2B25", id="great_numbers"),
        pytest.param({"a": 1e-5, "b": -1.5e-9}, b"a=1.0E-5&b=-1.5E-9", id="small_numbers"),
    ],
)
def test_a_form_is_written_as_php_writes_it(fields: Fields, body: bytes) -> None:
    assert encode(fields) == body


@pytest.mark.parametrize("name", FORMS)
def test_a_recorded_form_decodes_to_its_recorded_fields(name: str) -> None:
    fields = json.loads((PAYLOADS / f"{name}.json").read_text("utf-8"))
    decoded = to_json(decode((PAYLOADS / f"{name}.form").read_bytes()))

    assert in_order(decoded) == in_order(fields)


@pytest.mark.parametrize("name", FORMS)
def test_recorded_fields_encode_to_their_recorded_form(name: str) -> None:
    fields = json.loads((PAYLOADS / f"{name}.json").read_text("utf-8"))

    assert encode(fields) == (PAYLOADS / f"{name}.form").read_bytes()


def test_there_are_recorded_forms() -> None:
    assert len(FORMS) > 20


@given(st.dictionaries(top_names, trees(inner_names), max_size=5))
def test_what_php_encodes_is_decoded(fields: Fields) -> None:
    decoded = decode(http_build_query(fields), Limits(max_depth=100))

    assert in_order(decoded) == in_order(received(fields) or {})


@given(st.dictionaries(st.text(), trees(st.text()), max_size=5))
def test_encode_writes_what_php_writes(fields: Fields) -> None:
    assert encode(fields) == http_build_query(fields)


@given(bodies | st.binary())
def test_decoding_refuses_or_succeeds(body: bytes) -> None:
    limits = Limits(max_bytes=50, max_pairs=5, max_depth=3)
    pairs_sent = len([segment for segment in body.split(b"&") if segment])
    levels = max((len(steps) - 1 for steps in parse(body).shape.steps), default=0)

    assert (refusal_of(body, limits) is not None) == (
        len(body) > 50 or pairs_sent > 5 or levels > 3
    )


@given(bodies)
def test_the_fields_of_any_form_can_be_written_and_read_again(body: bytes) -> None:
    fields = decode(body, Limits(max_depth=40))

    assert in_order(decode(encode(fields), Limits(max_depth=40))) == in_order(fields)


@given(bodies | st.binary())
def test_a_form_tells_where_the_names_and_the_values_of_a_body_lie(body: bytes) -> None:
    form = parse(body)
    starts = form.starts()

    assert b"&".join(form.segments) == body
    for number, segment in enumerate(body.split(b"&")):
        raw_name, _, raw_value = segment.partition(b"=")
        name, value_start = form.shape.names[number], form.value_start(number)
        assert form.shape.steps[number] == phpform.split_name(name)
        assert name == phpform.unquote(raw_name)
        assert form.texts[number] == phpform.unquote(raw_value)
        assert segment[: form.shape.lengths[number]] == raw_name
        assert segment[value_start:] == raw_value
        assert body[starts[number] : starts[number + 1] - 1] == segment


@given(st.lists(st.sampled_from(ESCAPES), max_size=12).map(b"".join) | st.binary())
def test_escapes_are_read_as_the_standard_library_reads_them(raw: bytes) -> None:
    text = phpform.unquote(raw)

    assert text.encode("utf-8", "surrogateescape") == unquote_to_bytes(raw.replace(b"+", b" "))


def one_by_one(body: bytes) -> Fields:
    """The variables of a form, each put where its name says as it comes."""
    root = phpform.PhpArray()
    for segment in body.split(b"&"):
        name, _, value = segment.partition(b"=")
        steps = phpform.split_name(phpform.unquote(name))
        if steps:
            array = root
            for key in steps[:-1]:
                array = array.branch(key)
            array.place(steps[-1], phpform.unquote(value))
    return root


@given(bodies | st.binary(), st.lists(st.sampled_from(NASTY), max_size=3).map(b"".join))
def test_a_known_shape_is_filled_as_an_unknown_one(body: bytes, other: bytes) -> None:
    same_names = b"&".join(
        segment.partition(b"=")[0] + b"=" + other.replace(b"&", b"") for segment in body.split(b"&")
    )

    for one in (body, same_names, body):
        assert in_order(decode(one, Limits(max_depth=40))) == in_order(one_by_one(one))


def form_of_names(number: int, name: str = "a{}") -> bytes:
    return "&".join(name.format(one) + "=x" for one in range(number)).encode()


def test_what_the_names_of_a_form_tell_is_remembered() -> None:
    shape = parse(b"a[b]=1&c=2").shape

    assert parse(b"a[b]=&c").shape is shape
    assert parse(b"a%5Bb]=1&c=2").shape is not shape


@pytest.mark.parametrize(
    ("body", "remembered"),
    [
        pytest.param(form_of_names(300), True, id="many"),
        pytest.param(form_of_names(301), False, id="too_many"),
        pytest.param(b"a" * 8192, True, id="long"),
        pytest.param(b"a" * 8193, False, id="too_long"),
        pytest.param(form_of_names(100, "a" * 81 + "{}"), False, id="too_long_together"),
        pytest.param(b"a=" + b"x" * 10_000, True, id="values_do_not_count"),
    ],
)
def test_unusual_names_are_not_remembered(body: bytes, remembered: bool) -> None:
    assert (parse(body).shape is parse(body).shape) == remembered


def test_not_all_names_that_ever_came_are_remembered() -> None:
    first = parse(b"first=1").shape

    for number in range(200):
        parse(b"name_%d=1" % number)

    assert parse(b"first=1").shape is not first


def test_a_list_is_a_list_only_when_its_keys_are_counted_from_zero() -> None:
    fields = decode(b"a[]=x&a[]=y&b[1]=x&c[1]=x&c[0]=y&d[0]=x&d[k]=y&e[0][0]=x")

    assert to_json(fields) == {
        "a": ["x", "y"],
        "b": {"1": "x"},
        "c": {"1": "x", "0": "y"},
        "d": {"0": "x", "k": "y"},
        "e": [["x"]],
    }


def test_more_variables_than_php_takes_are_decoded_in_full() -> None:
    names = [f"field_{number}" for number in range(1500)]
    body = encode(
        {"event_token": "t", "properties": dict.fromkeys(names, "x"), "auth": {"access_token": "s"}}
    )

    fields = decode(body)

    assert fields["properties"] == dict.fromkeys(names, "x")
    assert fields["auth"] == {"access_token": "s"}


def test_the_limits_leave_room_for_what_portals_send() -> None:
    assert Limits() == LIMITS == Limits(max_bytes=8_388_608, max_pairs=20_000, max_depth=16)


def body_of_bytes(number: int) -> bytes:
    return b"a=" + b"x" * (number - 2)


def body_of_pairs(number: int) -> bytes:
    return b"&".join([b"a[]=x"] * number)


def body_of_levels(number: int) -> bytes:
    return b"a" + b"[b]" * number + b"=x"


@pytest.mark.parametrize(
    ("body_of", "limit", "code"),
    [
        (body_of_bytes, LIMITS.max_bytes, "too_large"),
        (body_of_pairs, LIMITS.max_pairs, "too_many_pairs"),
        (body_of_levels, LIMITS.max_depth, "too_deep"),
    ],
)
def test_a_body_beyond_a_limit_is_refused_and_one_at_the_limit_is_whole(
    body_of: Callable[[int], bytes], limit: int, code: str
) -> None:
    at_the_limit = body_of(limit)

    assert encode(decode(at_the_limit)).count(b"x") == at_the_limit.count(b"x")
    with pytest.raises(BodyRefused, match=f"{limit + 1}.* limit is {limit}") as refused:
        decode(body_of(limit + 1))
    assert refused.value.code == code


def test_nothing_between_ampersands_counts_as_no_pair() -> None:
    assert decode(b"&&&a=1&&&b=2&&&", Limits(max_pairs=2)) == {"a": "1", "b": "2"}
    with pytest.raises(BodyRefused):
        decode(b"&&&a=1&&&b=2&&&", Limits(max_pairs=1))


def test_names_that_php_ignores_count_as_pairs() -> None:
    with pytest.raises(BodyRefused):
        decode(b"=1&=2&=3", Limits(max_pairs=2))


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param(b"a" + b"[b]" * 700_000 + b"=1", "too_deep", id="levels"),
        pytest.param(b"a" + b"[" * 2_000_000 + b"=1", None, id="open_brackets"),
        pytest.param(b"[" * 2_000_000, None, id="brackets_without_a_name"),
        pytest.param(b"%" * 2_000_000, None, id="bad_escapes"),
        pytest.param(b"&" * 2_000_000, None, id="empty_pairs"),
        pytest.param(b"a[999999999999]=1&" * 20_000, None, id="great_indexes"),
    ],
)
def test_a_malicious_body_is_dealt_with_quickly(body: bytes, code: str | None) -> None:
    assert refusal_of(body) == code

from __future__ import annotations

import json
from decimal import Decimal
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bxgui.core import phpform
from bxgui.core.batch import command, masked, parameters, parts, place, verdicts
from bxgui.core.json_values import JsonValue
from bxgui.core.outcome import Answer

SEND = "bizproc.event.send"


def read_back(text: str) -> object:
    """The parameters as PHP reads them."""
    method, _, query = text.partition("?")
    assert method == SEND
    return phpform.to_json(phpform.decode(query.encode()))


def batch_answer(result: object, errors: object) -> Answer:
    return Answer(200, json.dumps({"result": {"result": result, "result_error": errors}}).encode())


def test_a_reply_becomes_a_command() -> None:
    made = command(SEND, [("EVENT_TOKEN", "a|b.c"), ("RETURN_VALUES", {"Sum": "1 000+5%"})])

    assert made == f"{SEND}?EVENT_TOKEN=a%7Cb.c&RETURN_VALUES%5BSum%5D=1+000%2B5%25"


@pytest.mark.parametrize(
    "text",
    ["", "+", "#", "~", "a&b=c", "%41", "a#b?c", "line\nbreak\r\n", "Согласовано", "😀", "m:1?x=2",
     "$", "$5", "100 $", "[x]", "  spaces  ", "\0"],
)  # fmt: skip
def test_a_text_is_read_back_as_it_was(text: str) -> None:
    made = command(SEND, [("RETURN_VALUES", {"a": text, "b": [text, text]})])

    assert made is not None
    assert "#" not in made
    assert read_back(made) == {"RETURN_VALUES": {"a": text, "b": [text, text]}}


@pytest.mark.parametrize(
    "value",
    [None, True, False, 0, 5, Decimal("1.50"), [], {}, ["a", None], {"x": []}, {"x": {"y": 1}},
     "\ud800"],
)  # fmt: skip
def test_what_a_query_cannot_carry_goes_singly(value: JsonValue) -> None:
    assert command(SEND, [("RETURN_VALUES", {"a": value})]) is None


@pytest.mark.parametrize(
    "text", ["$result[1]", "x $RESULT[a] y", "$next", "$total[x]", "$time", "$error[0][a]"]
)
def test_what_the_portal_would_take_for_another_command_s_result_goes_singly(text: str) -> None:
    assert command(SEND, [("LOG_MESSAGE", text)]) is None
    assert command(SEND, [("RETURN_VALUES", {text: "a"})]) is None


@pytest.mark.parametrize("name", ["a[b", "a]b", "a\0b", "", " x"])
def test_a_name_that_php_reads_otherwise_goes_singly_or_is_read_back(name: str) -> None:
    made = command(SEND, [("RETURN_VALUES", {name: "v"})])

    assert made is None or phpform.decode(made.partition("?")[2].encode()) == {
        "RETURN_VALUES": {name: "v"}
    }


def test_more_variables_than_a_query_may_have_go_singly() -> None:
    def values(count: int) -> JsonValue:
        return {f"v{number}": "x" for number in range(count)}

    assert command(SEND, [("RETURN_VALUES", values(1000))]) is not None
    assert command(SEND, [("RETURN_VALUES", values(1001))]) is None


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
values = st.recursive(
    texts | st.none() | st.booleans() | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(texts, values, min_size=1, max_size=4))
def test_a_command_is_read_back_as_the_same_values_whatever_they_are(
    given_values: dict[str, JsonValue],
) -> None:
    made = command(SEND, [("RETURN_VALUES", given_values)])

    if made is not None:
        read = phpform.decode(made.partition("?")[2].encode())
        assert list(read) == ["RETURN_VALUES"]
        assert sorted(parse_qsl(made.partition("?")[2], keep_blank_values=True))
        assert json.dumps(phpform.to_json(read["RETURN_VALUES"])).count("null") == 0


def test_a_batch_executes_every_command() -> None:
    commands = {"r2": "m?a=2", "r1": "m?a=1"}

    made = parameters(commands, [("auth", "secret")])

    assert made == [("halt", False), ("cmd", commands), ("auth", "secret")]


@pytest.mark.parametrize(
    ("sizes", "counts"),
    [
        ([], []),
        ([1] * 50, [50]),
        ([1] * 101, [50, 50, 1]),
        ([3_000_000, 1_000_000, 1], [2, 1]),
        ([9_000_000, 9_000_000], [1, 1]),
    ],
)
def test_commands_share_a_request_as_far_as_the_portal_reads_it(
    sizes: list[int], counts: list[int]
) -> None:
    assert parts(["x" * size for size in sizes]) == counts


def test_each_command_has_its_own_verdict() -> None:
    gone = {"error": "404", "error_description": "The business process is not found."}
    denied = {"error": "ACCESS_DENIED", "error_description": "Access denied!"}

    found = verdicts(
        batch_answer({"r1": True}, {"r2": gone, "r3": denied}), ["r1", "r2", "r3", "r4"], SEND
    )

    assert {name: verdict.explanation.key for name, verdict in found.items()} == {
        "r1": "accepted",
        "r2": "workflow_gone",
        "r3": "token_not_recognised",
        "r4": "no_result",
    }


def test_empty_maps_are_lists() -> None:
    gone = {"error": "423", "error_description": "hung"}

    assert (
        verdicts(batch_answer({"r1": True}, []), ["r1"], SEND)["r1"].explanation.key == "accepted"
    )
    found = verdicts(batch_answer([], {"r1": gone}), ["r1"], SEND)
    assert found["r1"].explanation.key == "workflow_busy"


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        (Answer(401, b'{"error":"expired_token","error_description":"x"}'), "access_expired"),
        (Answer(503, b'{"error":"QUERY_LIMIT_EXCEEDED"}'), "rate_limit"),
        (Answer(502, b"<html>"), "server_error"),
        (Answer(200, b'{"result":{"result":{"r1":tr'), "unreadable_answer"),
        (Answer(302, b"", "https://elsewhere.example"), "moved"),
        (Answer(200, b'{"result":[],"error":"WRONG_ENCODING"}'), "answer_not_encoded"),
    ],
)
def test_one_answer_for_the_whole_batch_is_the_verdict_on_each(answer: Answer, key: str) -> None:
    found = verdicts(answer, ["r1", "r2"], SEND)

    assert [verdict.explanation.key for verdict in found.values()] == [key, key]


def test_an_answer_that_is_no_batch_s_tells_nothing_of_a_command() -> None:
    found = verdicts(Answer(200, b'{"result":true}'), ["r1"], SEND)

    assert found["r1"].explanation.outcome == "unknown"


def test_shown_command_has_no_event_token_even_where_a_value_repeats_it() -> None:
    made = command(SEND, [("EVENT_TOKEN", "a|b.c"), ("RETURN_VALUES", {"Sum": "a|b.c and more"})])

    assert made is not None
    assert masked(made) == f"{SEND}?EVENT_TOKEN=***&RETURN_VALUES%5BSum%5D=***+and+more"
    assert masked("profile?") == "profile?"


@pytest.mark.parametrize(
    ("request_body", "found"),
    [
        (b'{"halt": false, "cmd": {"reply_4": "m?a=1", "reply_7": "m?a=2"}}', (2, 2)),
        (b'{"cmd": {"reply_4": "m"}}', None),
        (b'{"cmd": ["m"]}', None),
        (b'{"EVENT_TOKEN": "***"}', None),
        (b"[]", None),
        (b"no JSON", None),
    ],
)
def test_a_command_is_found_among_those_of_its_request(
    request_body: bytes, found: tuple[int, int] | None
) -> None:
    assert place(request_body, "reply_7") == found

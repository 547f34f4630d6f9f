from __future__ import annotations

import copied
import factories
import pytest

from bxgui.core.json_values import JsonProblem
from bxgui.core.records import ACTIVITY_LOG, Reply
from bxgui.core.rest_request import reply_request


def test_answer_carries_token_values_message_and_access_token() -> None:
    request = copied.request([("A", "ж"), ("B", [1])], "done")

    assert request.url == "https://portal.example.org/rest/bizproc.event.send"
    assert request.body.decode() == (
        f'{{"EVENT_TOKEN": "{factories.EVENT_TOKEN}", "RETURN_VALUES": {{"A": "ж", "B": [1]}}, '
        f'"LOG_MESSAGE": "done", "auth": "{factories.ACCESS_TOKEN}"}}'
    )


def test_answer_without_values_and_message_leaves_both_out() -> None:
    assert copied.parameters(copied.request([]).body).keys() == {"EVENT_TOKEN", "auth"}


def test_log_message_goes_without_values() -> None:
    reply = Reply(1, ACTIVITY_LOG, [("A", "1")], "half way")
    call = copied.handler_call()

    request = reply_request(copied.access(call), reply, call, copied.AGENT)

    assert request.url == "https://portal.example.org/rest/bizproc.activity.log"
    assert copied.parameters(request.body).keys() == {"EVENT_TOKEN", "LOG_MESSAGE", "auth"}


def test_of_a_name_given_twice_the_last_value_goes() -> None:
    request = copied.request([("A", "1"), ("B", "2"), ("A", "3")])

    assert copied.parameters(request.body)["RETURN_VALUES"] == {"A": "3", "B": "2"}


def test_http_adds_its_own_headers_around_those_of_the_request() -> None:
    request = copied.request([("A", "ж")], endpoint="https://portal.example.org:8443/rest/")

    assert request.wire_headers == (
        ("Host", "portal.example.org:8443"),
        ("Accept", "application/json"),
        ("Accept-Encoding", "gzip"),
        ("Content-Type", "application/json"),
        ("User-Agent", copied.AGENT),
        ("Content-Length", str(len(request.body))),
    )


def test_what_is_not_json_makes_no_request() -> None:
    with pytest.raises(JsonProblem):
        copied.request([("A", "\ud800")])


def test_its_repr_tells_no_secret() -> None:
    shown = repr(copied.request(copied.REPEATS, f"Token {factories.REFRESH_TOKEN}"))

    assert not any(secret in shown for secret in copied.SECRETS)

from __future__ import annotations

import copied
import factories
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bxgui.core.json_values import Pairs, dump
from bxgui.core.rest_request import Secret, json_request
from bxgui.core.shown_request import joined, shown


def written(text: str) -> str:
    """A text with `$NAME` in the place of its marks."""
    return joined(text, str, lambda name: f"${name}", "")


def test_revealed_request_is_what_goes_out_byte_for_byte() -> None:
    request = copied.request([("A", "ж")], "done")

    assert shown(request, revealed=True).raw == (
        b"POST /rest/bizproc.event.send HTTP/1.1\r\n"
        b"Host: portal.example.org\r\n"
        b"Accept: application/json\r\n"
        b"Accept-Encoding: gzip\r\n"
        b"Content-Type: application/json\r\n"
        b"User-Agent: bxgui/test\r\n"
        b"Content-Length: %d\r\n"
        b"\r\n" % len(request.body)
    ) + request.body  # fmt: skip


def test_masked_request_differs_in_its_secrets_only() -> None:
    request = copied.request([("A", "ж")], f"Token {factories.REFRESH_TOKEN}.")
    expected = shown(request, revealed=True).raw
    for secret in copied.SECRETS:
        expected = expected.replace(secret.encode(), b"***")

    assert shown(request, revealed=False).raw == expected


def test_short_code_of_a_webhook_is_hidden_in_the_address() -> None:
    code = Secret("BX_WEBHOOK_CODE", "k3y0fh00k")
    endpoint = f"https://portal.example.org/rest/1/{code.value}/"
    request = json_request(endpoint, "bizproc.event.send", [("A", "b")], "bxgui/test", [code])

    masked = shown(request, revealed=False)

    assert written(masked.url) == (
        "https://portal.example.org/rest/1/$BX_WEBHOOK_CODE/bizproc.event.send"
    )
    assert code.value.encode() not in masked.raw
    assert masked.secrets == (code,)


@given(values=copied.pairs, log=st.text(st.characters(exclude_categories=["Cs"])))
def test_with_its_secrets_put_back_a_masked_body_is_the_one_that_goes_out(
    values: Pairs, log: str
) -> None:
    request = copied.request(values, log)

    masked = shown(request, revealed=False)

    by_name = dict(masked.secrets)
    body = joined(masked.body, str, lambda name: dump(by_name[name])[1:-1], "")
    if masked.hides_numbers:
        sent, put_back = copied.parameters(request.body), copied.parameters(body)
        assert copied.agree(sent, put_back, texts_for_numbers=True)
    else:
        assert body == request.body.decode()


@given(values=copied.pairs, log=st.text(st.characters(exclude_categories=["Cs"])))
def test_masked_request_tells_no_secret(values: Pairs, log: str) -> None:
    raw = shown(copied.request(values, log), revealed=False).raw.decode()

    assert not any(secret in raw for secret in copied.SECRETS)


def test_secrets_have_variables_named_for_what_they_are() -> None:
    request = copied.request(copied.REPEATS, f"Token {factories.APPLICATION_TOKEN}.")

    found = shown(request, revealed=False)

    assert written(found.body) == (
        '{"EVENT_TOKEN": "$BX_EVENT_TOKEN", "RETURN_VALUES": {"quoted token": "<$BX_EVENT_TOKEN>", '
        '"$BX_ACCESS_TOKEN": "$BX_APPLICATION_TOKEN", '
        '"refresh": ["$BX_REFRESH_TOKEN$BX_REFRESH_TOKEN"], "access_token": "$BX_VALUE_1", '
        '"client_secret": ["$BX_VALUE_2", "$BX_VALUE_3"]}, '
        '"LOG_MESSAGE": "Token $BX_APPLICATION_TOKEN.", "auth": "$BX_ACCESS_TOKEN"}'
    )
    assert found.secrets == (
        Secret("BX_EVENT_TOKEN", factories.EVENT_TOKEN),
        Secret("BX_ACCESS_TOKEN", factories.ACCESS_TOKEN),
        Secret("BX_REFRESH_TOKEN", factories.REFRESH_TOKEN),
        Secret("BX_APPLICATION_TOKEN", factories.APPLICATION_TOKEN),
        Secret("BX_VALUE_1", "short"),
        Secret("BX_VALUE_2", "a'b"),
        Secret("BX_VALUE_3", "12"),
    )
    assert found.hides_numbers


def test_token_too_short_to_be_recognised_is_hidden_in_its_own_place() -> None:
    auth = factories.auth(refresh_token=None, application_token=None)
    values: Pairs = [("A", "abc"), ("access_token", "")]
    request = copied.request(values, "abc", event_token="abc", auth=auth)

    body = written(shown(request, revealed=False).body)

    assert body.startswith('{"EVENT_TOKEN": "$BX_EVENT_TOKEN", "RETURN_VALUES": {"A": "abc", ')
    assert '"access_token": ""' in body


def test_number_that_repeats_a_token_is_hidden_as_a_text() -> None:
    token = "12345678901234567890"

    found = shown(copied.request([("A", int(token)), ("B", 1)], event_token=token), revealed=False)

    assert '{"A": "$BX_EVENT_TOKEN", "B": 1}' in written(found.body)
    assert found.hides_numbers


def test_address_and_headers_that_repeat_a_token_hide_it() -> None:
    endpoint = f"https://{factories.APPLICATION_TOKEN}.ru/{factories.ACCESS_TOKEN}/"

    found = shown(copied.request([], endpoint=endpoint), revealed=False)

    assert (
        written(found.url) == "https://$BX_APPLICATION_TOKEN.ru/$BX_ACCESS_TOKEN/bizproc.event.send"
    )
    assert found.raw.startswith(b"POST /***/bizproc.event.send HTTP/1.1\r\nHost: ***.ru\r\n")
    assert written(found.host) == "$BX_APPLICATION_TOKEN.ru"


def test_request_without_known_secrets_hides_what_stands_in_secret_places() -> None:
    members: Pairs = [("access_token", "abc"), ("auth", "def"), ("open", True)]
    request = json_request(copied.ENDPOINT, "app.info", members, copied.AGENT)

    body = written(shown(request, revealed=False).body)

    assert body == '{"access_token": "$BX_VALUE_1", "auth": "$BX_VALUE_2", "open": true}'


@pytest.mark.parametrize("revealed", [False, True])
def test_its_repr_tells_no_secret(revealed: bool) -> None:
    found = repr(shown(copied.request(copied.REPEATS), revealed=revealed))

    assert not any(secret in found for secret in copied.SECRETS)


def test_text_without_anything_is_an_empty_text() -> None:
    assert joined("", lambda text: f"<{text}>", str, "+") == "<>"

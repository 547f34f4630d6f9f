from __future__ import annotations

import json

import factories
import pytest
from posts import NAMES, recorded, secrets_in

from bxgui.core import rejections
from bxgui.core.rejections import PREVIEW_BYTES, preview, status_of


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("broken_off", 0),
        ("too_slow", 408),
        ("no_length", 411),
        ("too_large", 413),
        ("media_type", 415),
        ("content_encoding", 415),
        ("head_too_large", 431),
        ("not_allowed", 403),
        ("no_room", 503),
        ("too_many_connections", 503),
        ("json", 400),
        ("too_many_pairs", 400),
    ],
)
def test_a_reason_has_its_status(code: str, status: int) -> None:
    assert status_of(code) == status


@pytest.mark.parametrize(
    "body",
    [
        b"access_token=brief",
        b'{"text": "{\\"access_token\\":\\"brief\\"}"',
        b'name="auth[access_token]"\r\n\r\nbrief\r\n',
        b"<access_token>\n  brief\n</access_token>",
        b"X-Api-Key: brief\r\n",
    ],
    ids=["form", "json in json", "multipart", "xml", "header"],
)
def test_a_preview_shows_no_named_secret_however_short(body: bytes) -> None:
    assert b"brief" not in preview(body)


@pytest.mark.parametrize("name", NAMES)
def test_a_preview_of_a_recorded_post_shows_none_of_its_secrets(name: str) -> None:
    body, query = recorded(name)

    shown = preview(body) + preview(query)

    assert not [secret for secret in secrets_in(body, query) if secret in shown]


@pytest.mark.parametrize(
    "body",
    [
        factories.handler_body(),
        json.dumps(factories.handler_fields()).encode() + b",NaN}",
        json.dumps(factories.handler_fields()).encode("utf-16"),
        f"<auth><access_token>{factories.ACCESS_TOKEN}</access_token></auth>".encode(),
        f"--x\r\n\r\nname=event_token\r\n\r\n{factories.EVENT_TOKEN}\r\n--x--".encode(),
        f"Authorization: Bearer {factories.ACCESS_TOKEN}\r\n".encode(),
        f"app_sid={factories.APPLICATION_TOKEN}; {factories.REFRESH_TOKEN.upper()}".encode(),
    ],
    ids=["form", "json", "utf-16", "xml", "multipart", "header", "loose"],
)
def test_a_preview_shows_no_token_in_whatever_shape_it_comes(body: bytes) -> None:
    shown = preview(body).lower().decode()

    for token in (
        factories.EVENT_TOKEN,
        factories.ACCESS_TOKEN,
        factories.REFRESH_TOKEN,
        factories.APPLICATION_TOKEN,
    ):
        assert not any(token[i : i + 12].lower() in shown for i in range(0, len(token) - 12, 4))


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (b"<a>Invoice 42 \xd0\xbe\xd0\xba</a>", "<a>Invoice 42 ок</a>"),
        (b"", ""),
        (b"a\0b\xff", "ab\ufffd"),
        (b"client_secret=short&sum=5", "client_secret=***&sum=5"),
        (b'{"auth": {"access_token": "x"}}', '{"auth": {"access_token": "***"}}'),
        (b"auth%5Baccess_token%5D=x&b=1", "auth%5Baccess_token%5D=***&b=1"),
        (b"auth[access_token]=x&b=1", "auth[access_token]=***&b=1"),
        (b"POST /h/abc HTTP/1.1\r\nHost: x", "POST /h/*** HTTP/1.1\r\nHost: x"),
        (b"Cookie: a=1\r\nHost: x", "Cookie: ***\r\nHost: x"),
        (b"application/x-www-form-urlencoded", "application/x-www-form-urlencoded"),
    ],
)
def test_a_preview_leaves_what_is_no_secret(raw: bytes, shown: str) -> None:
    assert preview(raw).decode() == shown


def test_a_preview_is_short() -> None:
    assert len(preview("ж ".encode() * 100_000)) <= PREVIEW_BYTES
    assert len(rejections.preview(b"\0" * 10_000_000)) == 0

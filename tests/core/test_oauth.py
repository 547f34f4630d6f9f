from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from bxgui.core.oauth import (
    Application,
    Tokens,
    code_of,
    consent_address,
    exchange_request,
    read_tokens,
    refresh_request,
    server_of,
    token_address,
)
from bxgui.core.outcome import Answer, Verdict

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
APPLICATION = Application("local.1", "the secret")
RESPONSES = Path(__file__).resolve().parents[1] / "responses"


def answer(**fields: object) -> Answer:
    return Answer(200, json.dumps({"access_token": "a", "refresh_token": "r", **fields}).encode())


@pytest.mark.parametrize(
    ("server", "address"),
    [
        ("https://oauth.bitrix.info/rest/", "https://oauth.bitrix.info/oauth/token/"),
        ("https://oauth.bitrix24.tech/rest/", "https://oauth.bitrix24.tech/oauth/token/"),
        ("http://oauth.bitrix.info/rest/", ""),
        ("https://oauth.bitrix.info.example.org/rest/", ""),
        ("https://oauth.bitrix.info@example.org/rest/", ""),
        ("https://oauth.bitrix.info:8443/rest/", ""),
        ("https://example.org/rest/", ""),
        ("http://127.0.0.1:8080/rest/", ""),
        ("", ""),
    ],
)
def test_a_client_secret_goes_to_no_server_that_a_call_makes_up(server: str, address: str) -> None:
    assert token_address(server) == address


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost:8080", "[::1]:8080"])
def test_a_practice_portal_grants_tokens_itself(host: str) -> None:
    assert token_address(f"http://{host}/rest/", practice=True) == f"http://{host}/oauth/token/"
    assert token_address("http://10.0.0.1/rest/", practice=True) == ""


def test_tokens_are_renewed_by_a_form() -> None:
    assert parse_qs(refresh_request(APPLICATION, "r+1").decode()) == {
        "grant_type": ["refresh_token"],
        "refresh_token": ["r+1"],
        "client_id": ["local.1"],
        "client_secret": ["the secret"],
    }


def test_a_code_is_exchanged_by_a_form() -> None:
    assert parse_qs(exchange_request(APPLICATION, "c").decode())["code"] == ["c"]


def test_consent_is_asked_on_a_page_of_the_portal_without_the_secret() -> None:
    address = consent_address("https://portal.example.org/rest/", "local.1", "s&1")

    assert address == ("https://portal.example.org/oauth/authorize/?client_id=local.1&state=s%261")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://app.example/back?code=c1&state=s1&domain=x", ("c1", "s1")),
        ("?code=c1&state=s1", ("c1", "s1")),
        ("code=c1", ("c1", "")),
        (" c1 \n", ("c1", "")),
        ("https://app.example/back?error=denied", ("", "")),
        ("https://app.example/back", ("", "")),
        ("", ("", "")),
        ("https://[x/?code=c1&state=s1", ("", "")),
        ("https://ex\u2100mple.org/?code=c1", ("", "")),
        ("c\ud8001", ("", "")),
        ("code=c1&state=\ud800", ("", "")),
    ],
)
def test_a_code_is_found_in_whatever_a_person_pastes(text: str, found: tuple[str, str]) -> None:
    assert code_of(text) == found


def test_a_grant_is_read_from_a_real_answer() -> None:
    recorded = json.loads((RESPONSES / "36-oauth-refresh-ok.json").read_text("utf-8"))

    tokens = read_tokens(Answer(200, json.dumps(recorded["body"]).encode()), NOW)

    assert isinstance(tokens, Tokens)
    assert tokens.access_token == recorded["body"]["access_token"]
    assert tokens.refresh_token == recorded["body"]["refresh_token"]
    assert tokens.endpoint == "https://portal.bitrix24.com/rest/"
    assert tokens.expires_at == NOW + timedelta(hours=1)
    assert tokens.access_token not in repr(tokens)


@pytest.mark.parametrize(
    ("fields", "expires_at"),
    [
        ({"expires_in": 60}, NOW + timedelta(minutes=1)),
        ({"expires_in": "60"}, NOW + timedelta(minutes=1)),
        ({"expires": int(NOW.timestamp()) + 5}, NOW + timedelta(seconds=5)),
        ({"expires": "soon", "expires_in": True}, NOW + timedelta(hours=1)),
        ({}, NOW + timedelta(hours=1)),
    ],
)
def test_how_long_tokens_live_is_reckoned_by_our_clock(
    fields: dict[str, object], expires_at: datetime
) -> None:
    tokens = read_tokens(answer(**fields), NOW)

    assert isinstance(tokens, Tokens)
    assert tokens.expires_at == expires_at


@pytest.mark.parametrize(
    ("status", "body", "key"),
    [
        (200, b'{"error":"wrong_client"}', "client_refused"),
        (400, b'{"error":"invalid_client"}', "client_refused"),
        (400, b'{"error":"invalid_grant"}', "refresh_refused"),
        (401, b'{"error":"PAYMENT_REQUIRED"}', "tariff"),
        (401, b'{"error":"NOT_INSTALLED"}', "application_removed"),
        (200, b"{}", "no_result"),
        (500, b"<html>", "server_error"),
    ],
)
def test_a_refusal_is_a_verdict_whatever_its_status(status: int, body: bytes, key: str) -> None:
    verdict = read_tokens(Answer(status, body), NOW)

    assert isinstance(verdict, Verdict)
    assert verdict.explanation.key == key


@pytest.mark.parametrize(
    ("text", "server"),
    [
        ("https://hook.example.com/h?code=1&server_domain=oauth.bitrix.info", "oauth.bitrix.info"),
        ("?code=1&server_domain=127.0.0.1:8080", "127.0.0.1:8080"),
        ("code=1", ""),
        ("bare", ""),
    ],
)
def test_browser_is_told_who_grants_tokens(text: str, server: str) -> None:
    assert server_of(text) == server

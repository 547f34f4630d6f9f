"""OAuth as Bitrix24 speaks it: addresses, requests and answers (contract §4)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

from bxgui.core.endpoint import endpoint_host, portal_endpoint
from bxgui.core.outcome import Answer, Verdict, classify

# A call is unauthenticated and names the server that a client secret would go to: only these are
# believed, and for a practice portal this computer.
AUTHORIZATION_HOSTS = frozenset({"oauth.bitrix.info", "oauth.bitrix24.tech"})
DEFAULT_SERVER = "https://oauth.bitrix.info/rest/"
_LIFE = timedelta(hours=1)
_METHOD = "oauth"


@dataclass(frozen=True, slots=True)
class Application:
    """The pair by which the authorization server knows an application."""

    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tokens:
    """What an authorization server grants; the refresh token has replaced the one before it."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_at: datetime
    endpoint: str = ""
    member_id: str = ""
    user_id: str = ""
    scope: str = ""


def token_address(server_endpoint: str, *, practice: bool = False) -> str:
    """Where tokens are granted; empty unless the address is that of an authorization server.

    `practice` believes addresses on this computer too.
    """
    endpoint = portal_endpoint(server_endpoint)
    parts = urlsplit(endpoint)
    host = endpoint_host(endpoint)
    believed = parts.scheme == "https" and host in AUTHORIZATION_HOSTS
    if believed or (practice and parts.hostname in {"127.0.0.1", "localhost", "::1"}):
        return f"{parts.scheme}://{host}/oauth/token/"
    return ""


def refresh_request(application: Application, refresh_token: str) -> bytes:
    """The form that asks for new tokens."""
    return _form(application, grant_type="refresh_token", refresh_token=refresh_token)


def exchange_request(application: Application, code: str) -> bytes:
    """The form that turns the code of a person's consent into tokens; a code lives 30 seconds."""
    return _form(application, grant_type="authorization_code", code=code)


def consent_address(endpoint: str, client_id: str, state: str) -> str:
    """The page of a portal on which a person consents to the application."""
    parts = urlsplit(endpoint)
    query = urlencode({"client_id": client_id, "state": state})
    return f"{parts.scheme}://{parts.netloc}/oauth/authorize/?{query}"


def code_of(text: str) -> tuple[str, str]:
    """Code and state of what a browser was sent back with: an address, a query, or a bare code."""
    query = _query(text)
    if "=" in query:
        fields = parse_qs(query)
        code, state = fields.get("code", [""])[0], fields.get("state", [""])[0]
    else:
        code, state = ("" if "://" in text else query), ""
    return (code, state) if code.isascii() and state.isascii() else ("", "")


def server_of(text: str) -> str:
    """Host of the authorization server that a browser was sent back with; empty for none."""
    return parse_qs(_query(text)).get("server_domain", [""])[0]


def _query(text: str) -> str:
    typed = text.strip()
    if "://" not in typed:
        return typed.lstrip("?")
    try:
        return urlsplit(typed).query
    except ValueError:  # what stands for its host is none
        return ""


def read_tokens(answer: Answer, now: datetime) -> Tokens | Verdict:
    """The tokens granted, or the verdict on an answer without them; HTTP 200 proves nothing."""
    verdict = classify(answer, _METHOD, "access_token")
    if verdict.explanation.key != "accepted":
        return verdict
    document = json.loads(answer.body)
    return Tokens(
        access_token=_text(document, "access_token"),
        refresh_token=_text(document, "refresh_token"),
        expires_at=_expiry(document, now),
        endpoint=portal_endpoint(_text(document, "client_endpoint")),
        member_id=_text(document, "member_id"),
        user_id=_text(document, "user_id"),
        scope=_text(document, "scope"),
    )


def _form(application: Application, **fields: str) -> bytes:
    pair = {"client_id": application.client_id, "client_secret": application.client_secret}
    return urlencode({**fields, **pair}).encode("ascii")


def _text(document: Mapping[str, object], name: str) -> str:
    value = document.get(name)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _expiry(document: Mapping[str, object], now: datetime) -> datetime:
    """By our own clock where the answer tells how long: the server's may differ."""
    life, moment = _text(document, "expires_in"), _text(document, "expires")
    if life.isdecimal() and len(life) < 10:
        return now + timedelta(seconds=int(life))
    if moment.isdecimal() and len(moment) < 12:
        return datetime.fromtimestamp(int(moment), UTC)
    return now + _LIFE

"""A decoded body becomes a handler call, an application event, an opening, or none of these."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bxgui.core.endpoint import endpoint_host, portal_endpoint
from bxgui.core.phpform import Key, Tree, to_json

_TOKEN = re.compile(
    r"(?P<workflow>[^|]+)\|(?P<activity>A\d+(?:_\d+)*)\|(?P<event>[A-Za-z0-9]+)"
    r"(?P<signature>\.[0-9a-f]{64})?\Z"
)
_MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class EventToken:
    """An event token; opaque to the portal's callers, its shape is only read for display."""

    text: str
    workflow_id: str
    activity_name: str
    signed: bool

    @classmethod
    def parse(cls, text: str) -> EventToken:
        """Read the parts of a token; unknown shapes are tokens too (contract §1.2)."""
        match = _TOKEN.match(text)
        if match is None:
            return cls(text, "", "", signed=False)
        return cls(text, match["workflow"], match["activity"], signed=bool(match["signature"]))


@dataclass(frozen=True, slots=True)
class Auth:
    """The `auth` block of a POST; what the portal left out is empty or None."""

    access_token: str = ""
    refresh_token: str = ""
    application_token: str = ""
    expires: int | None = None
    expires_in: int | None = None
    scope: str = ""
    domain: str = ""
    client_endpoint: str = ""
    server_endpoint: str = ""
    member_id: str = ""
    user_id: str = ""
    status: str = ""

    @property
    def endpoint(self) -> str:
        """The address of the portal's REST interface; empty where none is given, or a doubtful."""
        if self.client_endpoint:
            return portal_endpoint(self.client_endpoint)
        return portal_endpoint(f"https://{self.domain}/rest/") if self.domain else ""

    @property
    def host(self) -> str:
        """Host, and port where it is not the scheme's own, of the portal."""
        return endpoint_host(self.endpoint)

    @property
    def portal_key(self) -> str:
        """What identifies the portal: its member id, or its host where none was sent."""
        return self.member_id or (f"host:{self.host}" if self.host else "")


@dataclass(frozen=True, slots=True)
class HandlerCall:
    """One POST of an automation rule or activity to its handler."""

    event_token: EventToken
    workflow_id: str
    code: str
    document_id: tuple[str, ...]
    document_type: tuple[str, ...]
    properties: object
    use_subscription: str | None
    timeout_seconds: int
    sent_at: int | None
    auth: Auth

    @property
    def waits(self) -> bool:
        """Only `Y` makes the workflow wait for an answer (contract §1.2)."""
        return self.use_subscription == "Y"


@dataclass(frozen=True, slots=True)
class AppEvent:
    """A life-cycle event of the application, such as ONAPPINSTALL."""

    event: str
    data: object
    auth: Auth


@dataclass(frozen=True, slots=True)
class AppOpening:
    """A person opened the application's page or a placement of it."""

    placement: str
    options: str
    auth: Auth


@dataclass(frozen=True, slots=True)
class NotForUs:
    """Not an application rule's call; `reason` is a code the window turns into text."""

    reason: str
    auth: Auth


Recognised: TypeAlias = HandlerCall | AppEvent | AppOpening | NotForUs


def recognise(fields: Mapping[Key, Tree], query: Mapping[Key, Tree]) -> Recognised:
    """Tell what a POST is by its fields and the fields of its query."""
    if _text(fields.get("event_token")):
        return _handler_call(fields)
    if event := _text(fields.get("event")):
        return AppEvent(event.upper(), to_json(fields.get("data", {})), _auth(fields.get("auth")))
    if "AUTH_ID" in fields or "PLACEMENT" in fields:
        return _opening(fields, query)
    return NotForUs(_why_not(fields), _auth(fields.get("auth")))


def _why_not(fields: Mapping[Key, Tree]) -> str:
    if not fields:
        return "empty"
    if "event_token" in fields:
        return "empty_event_token"
    if "document_id" in fields and "auth" in fields:
        return "built_in_webhook"
    return "unknown_shape"


def _handler_call(fields: Mapping[Key, Tree]) -> HandlerCall:
    token = EventToken.parse(_text(fields.get("event_token")))
    use_subscription = fields.get("use_subscription")
    return HandlerCall(
        event_token=token,
        workflow_id=_text(fields.get("workflow_id")) or token.workflow_id,
        code=_text(fields.get("code")),
        document_id=_texts(fields.get("document_id")),
        document_type=_texts(fields.get("document_type")),
        properties=_properties(fields.get("properties")),
        use_subscription=use_subscription if isinstance(use_subscription, str) else None,
        timeout_seconds=_number(fields.get("timeout_duration")) or 0,
        sent_at=_number(fields.get("ts")),
        auth=_auth(fields.get("auth")),
    )


def _opening(fields: Mapping[Key, Tree], query: Mapping[Key, Tree]) -> AppOpening:
    domain = _text(query.get("DOMAIN") or fields.get("DOMAIN"))
    auth = Auth(
        access_token=_text(fields.get("AUTH_ID")),
        refresh_token=_text(fields.get("REFRESH_ID")),
        application_token=_text(fields.get("APPLICATION_TOKEN")),
        expires_in=_number(fields.get("AUTH_EXPIRES")),
        scope=_text(fields.get("APPLICATION_SCOPE")),
        domain=domain,
        server_endpoint=_text(fields.get("SERVER_ENDPOINT")),
        member_id=_text(fields.get("member_id")),
        status=_text(fields.get("status")),
    )
    return AppOpening(_text(fields.get("PLACEMENT")), _text(fields.get("PLACEMENT_OPTIONS")), auth)


def _auth(block: Tree | None) -> Auth:
    if not isinstance(block, dict):
        return Auth()
    text = {name: inner for name, inner in block.items() if isinstance(inner, str)}.get
    return Auth(
        access_token=text("access_token", ""),
        refresh_token=text("refresh_token", ""),
        application_token=text("application_token", ""),
        expires=_number(text("expires")),
        expires_in=_number(text("expires_in")),
        scope=text("scope", ""),
        domain=text("domain", ""),
        client_endpoint=text("client_endpoint", ""),
        server_endpoint=text("server_endpoint", ""),
        member_id=text("member_id", ""),
        user_id=text("user_id", ""),
        status=text("status", ""),
    )


def _text(value: Tree | None) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Tree | None) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(_text(inner) for inner in value.values()) if value else ()


def _properties(value: Tree | None) -> object:
    """A map, even where the names happen to be 0..n-1; a robot without properties has none."""
    if isinstance(value, dict):
        return {
            str(name): inner if isinstance(inner, str) else to_json(inner)
            for name, inner in value.items()
        }
    return {}


def _number(value: Tree | None) -> int | None:
    text = _text(value).strip()
    is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_number else None

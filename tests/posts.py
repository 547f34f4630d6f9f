"""POSTs as a portal sends them: recorded ones, made ones, and the secrets they carry."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

import factories

from bxgui.core.records import Arrival

FORM = "application/x-www-form-urlencoded"
FOLDER = factories.PAYLOADS
NAMES = sorted(path.stem for path in FOLDER.glob("*.form"))
NOW = factories.NOW
_SECRET = {
    "access_token",
    "app_sid",
    "application_token",
    "auth_id",
    "event_token",
    "refresh_id",
    "refresh_token",
}


def recorded(name: str) -> tuple[bytes, bytes]:
    """Body and query of a recorded payload."""
    query = FOLDER / f"{name}.query"
    return (FOLDER / f"{name}.form").read_bytes(), query.read_bytes() if query.exists() else b""


def recorded_fields(name: str) -> dict[str, object]:
    """The decoding that belongs to a recorded payload."""
    document: dict[str, object] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return document


def secrets_in(*forms: bytes) -> set[bytes]:
    """The secret values of forms, found without the program's own decoder."""
    return {
        value.encode()
        for form in forms
        for name, value in parse_qsl(form.decode("latin-1"))
        if len(value) > 5 and name.replace("]", "").split("[")[-1].lower() in _SECRET
    }


@dataclass(frozen=True, slots=True)
class Post:
    """A handler call to be; every part has a default."""

    number: int = 1
    code: str = "approve_invoice"
    endpoint: str = "https://portal.example.org/rest/"
    member_id: str = factories.MEMBER_ID
    application_token: str = factories.APPLICATION_TOKEN
    document: str = "DEAL_42"
    use_subscription: str = "Y"
    timeout: int = 0
    properties: dict[str, str] = field(default_factory=dict)

    @property
    def token(self) -> str:
        return f"62c6c762f552c6.20116410|A1_{self.number}|{self.number:032d}.{factories.SIGNATURE}"

    @property
    def access_token(self) -> str:
        return f"{self.number:06d}62006d64d6008a39670000000400000013d2a43a6ada270691286d33cd6909d4"

    @property
    def refresh_token(self) -> str:
        return f"{self.number:06d}62002cb1e100889386000000040000009117e51cd4d87cd1c32b3c4cb5abf9f9"

    @property
    def secrets(self) -> set[bytes]:
        return {
            text.encode()
            for text in (self.token, self.access_token, self.refresh_token, self.application_token)
            if text
        }

    @property
    def body(self) -> bytes:
        """The form in the order in which portals send it."""
        return urlencode(
            [
                ("workflow_id", "62c6c762f552c6.20116410"),
                ("code", self.code),
                ("document_id[0]", "crm"),
                ("document_id[1]", "CCrmDocumentDeal"),
                ("document_id[2]", self.document),
                ("event_token", self.token),
                *((f"properties[{name}]", value) for name, value in self.properties.items()),
                ("use_subscription", self.use_subscription),
                ("timeout_duration", self.timeout),
                ("ts", int(NOW.timestamp())),
                ("auth[access_token]", self.access_token),
                ("auth[expires]", int(NOW.timestamp()) + 3600),
                ("auth[domain]", urlsplit(self.endpoint).netloc),
                ("auth[client_endpoint]", self.endpoint),
                *([("auth[member_id]", self.member_id)] if self.member_id else []),
                ("auth[refresh_token]", self.refresh_token),
                *(
                    [("auth[application_token]", self.application_token)]
                    if self.application_token
                    else []
                ),
            ]
        ).encode()

    def arrival(self, at: datetime = NOW) -> Arrival:
        """The POST as the handler hands it on."""
        return Arrival(at, self.body, FORM, headers=(("content-type", FORM),), peer="127.0.0.1:9")


@dataclass(frozen=True, slots=True)
class AppPost:
    """An event of the application, or with no event the opening of its page, to be."""

    event: str = "ONAPPINSTALL"
    endpoint: str = "https://portal.example.org/rest/"
    member_id: str = factories.MEMBER_ID
    application_token: str = factories.APPLICATION_TOKEN

    @property
    def body(self) -> bytes:
        """The form as portals send it; an opening tells its host in the query."""
        fields = {
            "event": self.event,
            "ts": str(int(NOW.timestamp())),
            "auth[domain]": urlsplit(self.endpoint).netloc,
            "auth[client_endpoint]": self.endpoint,
            "auth[member_id]": self.member_id,
            "auth[application_token]": self.application_token,
        }
        if not self.event:
            fields = {
                "AUTH_ID": factories.ACCESS_TOKEN,
                "member_id": self.member_id,
                "APPLICATION_TOKEN": self.application_token,
                "PLACEMENT": "DEFAULT",
            }
        return urlencode([(name, value) for name, value in fields.items() if value]).encode()

    def arrival(self, at: datetime = NOW) -> Arrival:
        """The POST as the handler hands it on."""
        query = b"" if self.event else b"DOMAIN=" + urlsplit(self.endpoint).netloc.encode()
        return Arrival(at, self.body, FORM, query)

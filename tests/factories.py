"""Bodies, fields and moments that tests of several layers share."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bxgui.core import phpform, redact
from bxgui.core.deadlines import TokenState
from bxgui.core.records import CallDetail, CallKind, TokenRow

PAYLOADS = Path(__file__).parent / "payloads"
RESPONSES = Path(__file__).parent / "responses"

# The moment at which the calls below are sent.
NOW = datetime(2026, 3, 4, 12, 0, 0, tzinfo=UTC)
SENT_AT = int(NOW.timestamp())

WORKFLOW_ID = "69a81ec0a1b2c3.12345678"
SIGNATURE = "dc189941acf780de956fe5d1483d7a598ac5d960c71f2731a0ce76f67ca8980a"
EVENT_TOKEN = f"{WORKFLOW_ID}|A1_2|kJ4mZ8qXw1Lr7vTy3Nc6Bd9Fg2Hs5Pk0.{SIGNATURE}"
ACCESS_TOKEN = "c02ba869006d64d6008a39670000000400000013d2a43a6ada270691286d33cd6909d4"
REFRESH_TOKEN = "40b3cf69002cb1e100889386000000040000009117e51cd4d87cd1c32b3c4cb5abf9f9"
APPLICATION_TOKEN = "e25113e99112cc31280d6899af94a3c7"
MEMBER_ID = "8b7f8b97acc97187c257354d2c366eb5"


def payload(name: str) -> bytes:
    """A recorded body, such as `payload("01-deal-robot-minimal.form")`."""
    return (PAYLOADS / name).read_bytes()


def auth(**changes: object) -> dict[str, object]:
    """The `auth` block of a call; a field changed to None is left out of a body."""
    return {
        "access_token": ACCESS_TOKEN,
        "expires": str(SENT_AT + 3600),
        "expires_in": "3600",
        "scope": "crm,bizproc",
        "domain": "portal.example.org",
        "server_endpoint": "https://oauth.bitrix.info/rest/",
        "status": "L",
        "client_endpoint": "https://portal.example.org/rest/",
        "member_id": MEMBER_ID,
        "user_id": "4",
        "refresh_token": REFRESH_TOKEN,
        "application_token": APPLICATION_TOKEN,
    } | changes


def handler_fields(**changes: object) -> dict[str, object]:
    """The fields of a call that waits, in the order in which portals send them."""
    return {
        "workflow_id": WORKFLOW_ID,
        "code": "approve_invoice",
        "document_id": ["crm", "CCrmDocumentDeal", "DEAL_42"],
        "document_type": ["crm", "CCrmDocumentDeal", "DEAL"],
        "event_token": EVENT_TOKEN,
        "properties": {"amount": "125000.50|RUB"},
        "use_subscription": "Y",
        "timeout_duration": "0",
        "ts": str(SENT_AT),
        "auth": auth(),
    } | changes


def handler_body(**changes: object) -> bytes:
    """The form of a call that waits; a field changed to None is left out."""
    return phpform.encode(handler_fields(**changes))


def call_detail(body: bytes | None = None, /, **changes: object) -> CallDetail:
    """A stored call that waits, its secrets masked; `changes` are those of `handler_fields`."""
    row = TokenRow(
        id=1,
        kind=CallKind.TOKEN,
        state=TokenState.WAITING,
        rule="approve_invoice",
        portal="portal.example.org",
        document="DEAL_42",
        arrived_at=NOW,
        deadline=None,
        deliveries=1,
        attempts=0,
        use_subscription="Y",
        token="6…0a",
    )
    return CallDetail(
        row=row,
        body=redact.cut_form(handler_body(**changes)).masked if body is None else body,
        query=b"",
        content_type="application/x-www-form-urlencoded",
        headers=(),
        peer="",
        last_arrived_at=NOW,
        access_expires_at=None,
        has_secrets=True,
        endpoint="https://portal.example.org/rest/",
        application_digest="",
        portal=None,
    )

"""A data folder for the window to start on."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from bxgui.core import phpform
from bxgui.core.records import Arrival
from bxgui.services.intake import prepare
from bxgui.services.store import Store
from bxgui.services.vault import new_key
from bxgui.services.workspace import utc_now

_AT_ONCE = 1000
_FORM = "application/x-www-form-urlencoded"
_AUTH: Mapping[str, str] = {
    "access_token": "6f1c" * 16,
    "domain": "portal.example.org",
    "client_endpoint": "https://portal.example.org/rest/",
    "member_id": "a1" * 16,
    "application_token": "c3" * 16,
}


def filled(scratch: Path, calls: int) -> Path:
    """A data folder with so many calls, whose listener takes any port."""
    data = scratch / f"{calls}"
    key, began = new_key("this is a benchmark"), utc_now() - timedelta(days=1)
    with closing(Store.open(data)) as store:
        for first in range(0, calls, _AT_ONCE):
            numbers = range(first, min(first + _AT_ONCE, calls))
            store.calls.record([prepare(_arrival(number, began), key) for number in numbers])
    (data / "settings.toml").write_text("[listener]\nport = 0\n", "utf-8")
    return data


def _arrival(number: int, began: datetime) -> Arrival:
    """A short call: what it carries is not in the list."""
    body = phpform.encode(
        {
            "workflow_id": "64469df9236b51.49284520",
            "code": "approve_invoice",
            "document_id": ["crm", "CCrmDocumentDeal", f"DEAL_{number}"],
            "document_type": ["crm", "CCrmDocumentDeal", "DEAL"],
            "event_token": f"64469df9236b51.49284520|A1_2_3|{number:032}",
            "use_subscription": "Y",
            "auth": dict(_AUTH),
        }
    )
    return Arrival(began + timedelta(milliseconds=number), body, _FORM)

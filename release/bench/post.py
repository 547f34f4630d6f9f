"""The POST that is measured: a handler call of about 4 KB, no two of them alike."""

from __future__ import annotations

import random
from collections.abc import Sequence
from urllib.parse import urlsplit

from bxgui.core import phpform

# Where a call's own number stands: 16 digits in its tokens, its document and its texts.
_NUMBER = "0123456789876543"
_WORKFLOW = "64469df9236b51.49284520"
_SENTENCE = (
    "Согласовать счёт № {number} от ООО «Северный ветер» до конца недели. "
    "Проверить: {what}; замечания записать."
)
_WANTED = ("сумма и НДС", "срок поставки", "договор", "реквизиты")


def pieces(url: str) -> Sequence[bytes]:
    """A POST in pieces: joined by a number of 16 digits they are the call of that number."""
    body = _body()
    where = urlsplit(url)
    head = (
        f"POST {where.path} HTTP/1.1\r\n"
        f"Host: {where.netloc}\r\n"
        "User-Agent: Bitrix24 Webhook Engine\r\n"
        "Accept: */*\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return (head.encode() + body).split(_NUMBER.encode())


def body_bytes() -> int:
    """The length of a call's body."""
    return len(_body())


def _body() -> bytes:
    """The fields of a call in the order in which portals send them (contract §1.2)."""
    hexadecimal = random.Random(3)  # noqa: S311 - tokens of nobody, the same in every run

    def secret(digits: int) -> str:
        return f"{hexadecimal.getrandbits(4 * digits):0{digits}x}"

    return phpform.encode(
        {
            "workflow_id": _WORKFLOW,
            "code": "approve_invoice",
            "document_id": ["crm", "CCrmDocumentDeal", f"DEAL_{_NUMBER}"],
            "document_type": ["crm", "CCrmDocumentDeal", "DEAL"],
            "event_token": f"{_WORKFLOW}|A16026_14419_49235|{_NUMBER * 2}.{secret(64)}",
            "properties": _properties(),
            "use_subscription": "Y",
            "timeout_duration": "600",
            "ts": "1682349658",
            "auth": {
                "access_token": _NUMBER + secret(54),
                "expires": "1682353258",
                "expires_in": "3600",
                "scope": "crm,bizproc,lists,disk,task,user,im,calendar",
                "domain": "portal.example.org",
                "server_endpoint": "https://oauth.bitrix.info/rest/",
                "status": "L",
                "client_endpoint": "https://portal.example.org/rest/",
                "member_id": secret(32),
                "user_id": "73",
                "refresh_token": _NUMBER + secret(54),
                "application_token": secret(32),
            },
        }
    )


def _properties() -> dict[str, object]:
    return {
        **{
            f"Comment{place}": _SENTENCE.format(number=_NUMBER, what=what)
            for place, what in enumerate(_WANTED, 1)
        },
        "Title": f"Invoice {_NUMBER}, approval by the head of the department",
        "Amount": "125000.50|RUB",
        "Approver": "user_73",
        "Deadline": "04.05.2025 16:15:04",
        "Urgent": "N",
        "Files": ["10452", "10453", ""],
        "Department": "Отдел продаж",
        "Note": "",
        "Links": "https://portal.example.org/crm/deal/details/42/",
    }

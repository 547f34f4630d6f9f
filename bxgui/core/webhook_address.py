"""The address of an incoming webhook, as a person pastes it whole: most of it is a secret."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bxgui.core.endpoint import portal_endpoint

_PATH = re.compile(
    r"(?P<base>(?:/[A-Za-z0-9_.-]+)*?/rest/)(?P<user>[0-9]+)/(?P<code>[^/]+)(?:/.*)?\Z"
)
_CODE = re.compile(r"[A-Za-z0-9]{8,64}\Z")


class NotAWebhook(ValueError):
    """A text that is no webhook's address; `code` names why. The text itself is in no message."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where the portal's methods are, whose rights the webhook has, and its secret code."""

    endpoint: str
    user_id: str
    code: str = field(repr=False)

    @property
    def address(self) -> str:
        """The address under which the webhook calls methods; it holds the secret."""
        return f"{self.endpoint}{self.user_id}/{self.code}/"


def read_webhook(text: str) -> Webhook:
    """The webhook of an address, with or without a method behind it; raises `NotAWebhook`.

    Codes: `not_an_address`, `not_rest` for an address without `/rest/USER/CODE/`, `not_a_code`.
    """
    typed = text.strip()
    try:
        parts = urlsplit(typed)
    except ValueError as error:
        raise NotAWebhook("not_an_address") from error
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise NotAWebhook("not_an_address")
    found = _PATH.match(parts.path)
    if found is None:
        raise NotAWebhook("not_rest")
    if not _CODE.match(found["code"]):
        raise NotAWebhook("not_a_code")
    endpoint = portal_endpoint(f"{parts.scheme}://{parts.netloc}{found['base']}")
    if not endpoint:
        raise NotAWebhook("not_an_address")
    return Webhook(endpoint, found["user"], found["code"])

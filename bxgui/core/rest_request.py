"""The request that carries a reply to a portal, exactly as it goes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlsplit

from bxgui.core.authorization import Access
from bxgui.core.handler_call import HandlerCall
from bxgui.core.json_values import Pairs, dump_object
from bxgui.core.records import EVENT_SEND, Headers, Reply

EVENT_TOKEN_PARAMETER = "EVENT_TOKEN"  # noqa: S105
ACCESS_TOKEN_PARAMETER = "auth"  # noqa: S105


class Secret(NamedTuple):
    """A text that is not shown unasked; `name` is the variable that stands in its place."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class RestRequest:
    """One POST of a JSON object to a method of a portal."""

    endpoint: str
    method: str
    headers: Headers
    parameters: Pairs = field(repr=False)
    body: bytes = field(repr=False)
    secrets: tuple[Secret, ...] = field(default=(), repr=False)

    @property
    def url(self) -> str:
        """The address it goes to."""
        return f"{self.endpoint}{self.method}"

    @property
    def wire_headers(self) -> Headers:
        """Its headers with those that HTTP adds, in the order in which they go out."""
        host = ("Host", urlsplit(self.url).netloc)
        return (host, *self.headers, ("Content-Length", str(len(self.body))))


def json_request(
    endpoint: str, method: str, parameters: Pairs, user_agent: str, secrets: Sequence[Secret] = ()
) -> RestRequest:
    """A request with these parameters; raises `JsonProblem` for what is not JSON."""
    headers = (
        ("Accept", "application/json"),
        ("Accept-Encoding", "gzip"),
        ("Content-Type", "application/json"),
        ("User-Agent", user_agent),
    )
    body = dump_object(parameters).encode("utf-8")
    return RestRequest(endpoint, method, headers, parameters, body, tuple(secrets))


def reply_parameters(reply: Reply, event_token: str) -> Pairs:
    """What a reply says, to whom it says it, and nothing that authorizes it."""
    parameters: Pairs = [(EVENT_TOKEN_PARAMETER, event_token)]
    if reply.method == EVENT_SEND and reply.values:
        # Of repeated names the portal takes the last.
        parameters.append(("RETURN_VALUES", dict(reply.values)))
    if reply.log_message:
        parameters.append(("LOG_MESSAGE", reply.log_message))
    return parameters


def reply_request(access: Access, reply: Reply, call: HandlerCall, user_agent: str) -> RestRequest:
    """The request that carries a reply to a call; raises `JsonProblem` for what is not JSON."""
    parameters = [*reply_parameters(reply, call.event_token.text), *access.members]
    secrets = (
        Secret("BX_EVENT_TOKEN", call.event_token.text),
        Secret("BX_ACCESS_TOKEN", access.token),
        Secret("BX_REFRESH_TOKEN", call.auth.refresh_token),
        Secret("BX_APPLICATION_TOKEN", call.auth.application_token),
        *(Secret("BX_WEBHOOK_CODE", code.decode()) for code in access.secrets),
    )
    return json_request(access.endpoint, reply.method, parameters, user_agent, secrets)

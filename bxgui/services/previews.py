"""What a reply would send, to look at or to copy; nothing is sent or stored here."""

from __future__ import annotations

from dataclasses import dataclass, field

from bxgui.core.copying import WANT_A_TOKEN, CopyAs, snippet
from bxgui.core.records import Reply
from bxgui.core.rest_request import ACCESS_TOKEN_PARAMETER
from bxgui.core.shown_request import shown
from bxgui.services.replies import Outbox, Prepared, ReplyProblem

# Where the request would carry secrets to an address that nobody trusts.
_NOT_REVEALED = frozenset({"no_portal", "not_trusted", "other_address"})


@dataclass(frozen=True, slots=True)
class Preview:
    """A request byte for byte; `problem` is what keeps it from being sent now."""

    raw: bytes = field(repr=False)
    problem: ReplyProblem | None

    @property
    def text(self) -> str:
        """The request as text: the lines of its head, an empty line, and its body."""
        head, _, body = self.raw.decode("utf-8").partition("\r\n\r\n")
        return head.replace("\r\n", "\n") + "\n\n" + body


@dataclass(frozen=True, slots=True)
class Snippet:
    """Code that makes a request; `problem` is what keeps bxgui from sending it now."""

    text: str = field(repr=False)
    problem: ReplyProblem | None


def preview(outbox: Outbox, reply: Reply, *, revealed: bool) -> Preview:
    """The request of a reply; raises `ReplyProblem` for none, or none that may be revealed."""
    prepared = _prepared(outbox, reply, revealed=revealed)
    return Preview(shown(prepared.request, revealed=revealed).raw, prepared.problem)


def copied(outbox: Outbox, reply: Reply, kind: CopyAs, *, revealed: bool) -> Snippet:
    """Code that makes the request of a reply; raises what `preview` does."""
    prepared = _prepared(outbox, reply, revealed=revealed)
    if kind in WANT_A_TOKEN and ACCESS_TOKEN_PARAMETER not in dict(prepared.request.parameters):
        message = (
            "The reply would go by the incoming webhook, and this code is written for an access "
            "token. Copy it as cURL, PowerShell, HTTPie or Python instead."
        )
        raise ReplyProblem("no_token_to_copy", message)
    return Snippet(snippet(prepared.request, kind, revealed=revealed), prepared.problem)


def _prepared(outbox: Outbox, reply: Reply, *, revealed: bool) -> Prepared:
    prepared = outbox.prepared(reply)
    problem = prepared.problem
    if revealed and problem is not None and problem.code in _NOT_REVEALED:
        raise problem
    return prepared

"""One exchange with a portal for one reply, or for up to fifty that share it.

An attempt is stored before its first byte goes out, and its outcome before anything else is done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeAlias
from urllib.parse import unquote_plus

from bxgui.core import batch
from bxgui.core.authorization import Access, refuses_source
from bxgui.core.endpoint import endpoint_host
from bxgui.core.outcome import Failure, Verdict, classify, classify_failure
from bxgui.core.records import CallDetail, Exchange, Portal
from bxgui.core.rest_request import EVENT_TOKEN_PARAMETER, RestRequest, json_request
from bxgui.services.authorization import Authorization
from bxgui.services.authorization_problem import AuthorizationProblem
from bxgui.services.given_back import GivenBack
from bxgui.services.portal_client import USER_AGENT, PortalClient
from bxgui.services.processes import THIS_PROCESS
from bxgui.services.queue_item import Conclusion, QueueItem
from bxgui.services.reply_requests import ReplyProblem, ReplyRequests
from bxgui.services.store import Store, StoreProblem
from bxgui.services.store.conclusions import Concluded
from bxgui.services.store.replies import command_name
from bxgui.services.store.turns import NotYet

# What the portal says when it has had as many requests as it takes.
_FULL = "rate_limit"


class Pauses(Protocol):
    """Decides when a reply is tried again."""

    def note(self, items: Sequence[QueueItem], verdicts: Sequence[Verdict], answer: bytes) -> None:
        """Learn from what an exchange with the portal has shown."""

    def pause(self, item: QueueItem, verdict: Verdict) -> float | None:
        """Seconds until a reply is tried again after this, when it is due; None for never."""

    def not_yet(self, seconds: float) -> None:
        """Learn how long the portal has had enough requests, from whichever program."""

    def paused(self) -> None:
        """Learn that somebody has paused the portal."""


# A reply is over, or tried again when it is due.
Next: TypeAlias = Conclusion | None


class Sending:
    """Makes the attempts of one program; safe for the threads of several portals."""

    def __init__(
        self,
        store: Store,
        client: PortalClient,
        authorization: Authorization,
        requests: ReplyRequests,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._client = client
        self._authorization = authorization
        self._requests = requests
        self._clock = clock
        self.given_back = GivenBack(store)

    def send(self, items: Sequence[QueueItem], pauses: Pauses) -> dict[QueueItem, Next]:
        """Try to send replies to one portal, in one exchange; what comes next for each of them."""
        done: dict[QueueItem, Next] = {}
        calls, portal = self._sendable(items, done)
        going = [item for item in items if item not in done]
        if portal is None:
            return done
        asked = _Asked(portal, calls[going[0].reply.call_id] if len(going) == 1 else None, pauses)
        try:
            self._exchange(asked, self._access(asked, going[0]), going, done)
        except AuthorizationProblem as problem:
            for item in going:
                done[item] = self._unauthorized(item, problem, pauses)
        except Exception as problem:  # noqa: BLE001 - whatever it is, it belongs to whoever asked
            self._keep_back([item for item in going if item not in done], problem, done)
        return done

    def give_up(self, items: Sequence[QueueItem]) -> list[Conclusion]:
        """What becomes of replies for which there is no time left: what their last try left."""
        self.given_back.settle(*items)
        return [item.last or item.over() for item in items]

    def _sendable(
        self, items: Sequence[QueueItem], done: dict[QueueItem, Next]
    ) -> tuple[Mapping[int, CallDetail], Portal | None]:
        """Trust may have been taken back while the replies were in the queue."""
        portal = None
        try:
            calls = self._requests.calls([item.reply for item in items])
        except Exception as problem:  # noqa: BLE001 - as in `send`
            self._keep_back(items, problem, done)
            return {}, None
        for item in items:
            call, yes = calls.get(item.reply.call_id), item.terms.suspicious_too
            try:
                portal = self._requests.destination(item.reply, call, suspicious_too=yes)
            except ReplyProblem as problem:
                self._keep_back([item], problem, done)
        return calls, portal

    def _keep_back(
        self, items: Sequence[QueueItem], problem: Exception, done: dict[QueueItem, Next]
    ) -> None:
        self.given_back.settle(*items)
        done |= {item: item.over(problem=problem) for item in items}

    def _access(self, asked: _Asked, item: QueueItem) -> Access:
        known, portal = item.access, asked.portal
        # Since the last try, the portal may have moved.
        if known is not None and endpoint_host(known.endpoint) == endpoint_host(portal.endpoint):
            return known
        return self._authorization.access(portal, asked.call)

    def _unauthorized(
        self,
        item: QueueItem,
        problem: AuthorizationProblem,
        pauses: Pauses,
        attempt_id: int | None = None,
    ) -> Next:
        """Nothing authorizes a reply: for now, or for good."""
        if attempt_id is None:
            item.tries += 1
        seconds = None if problem.verdict is None else pauses.pause(item, problem.verdict)
        item.last = item.over(attempt_id, problem=ReplyProblem(problem.code, str(problem)))
        if seconds is not None:
            return None
        self.given_back.settle(item)
        return item.last

    def _exchange(
        self,
        asked: _Asked,
        access: Access,
        items: Sequence[QueueItem],
        done: dict[QueueItem, Next],
    ) -> None:
        write = self._single if len(items) == 1 else _batch
        request = write(access, items)
        begun = self._begun(items, asked.pauses, done)
        if not begun:
            return
        if len(begun) < len(items):  # the others were taken back
            request = write(access, list(begun))
        exchange, verdicts = self._sent(asked.portal, access, request, list(begun))
        told = list(verdicts.values())
        asked.pauses.note(list(verdicts), told, exchange.response_body)
        seconds = {item: asked.pauses.pause(item, verdict) for item, verdict in verdicts.items()}
        self._finish(request, exchange, begun, self._concluded(verdicts, seconds))
        for item, attempt_id in begun.items():
            item.access = access
            item.last = item.over(attempt_id, verdicts[item])
            done[item] = item.last if seconds[item] is None else None
        if any(verdict.explanation.key == _FULL for verdict in told):
            self._note_full(asked.portal)
        self._ask_otherwise(asked, access, begun, verdicts, done)

    def _note_full(self, portal: Portal) -> None:
        """Tell the other programs; without that, the portal tells them."""
        with suppress(StoreProblem):
            self._store.turns.fill(portal.id, self._clock())

    def _single(self, access: Access, items: Sequence[QueueItem]) -> RestRequest:
        return self._requests.request(items[0].reply, access)

    def _begun(
        self, items: Sequence[QueueItem], pauses: Pauses, done: dict[QueueItem, Next]
    ) -> dict[QueueItem, int]:
        """The attempts that have begun; a reply that was taken back meanwhile has none."""
        now, generation = self._clock(), items[0].generation
        try:
            if len(items) == 1:
                reply_id = items[0].reply_id
                found = {
                    reply_id: self._store.replies.begin_attempt(
                        reply_id, THIS_PROCESS, now, generation
                    )
                }
            else:
                ids = [item.reply_id for item in items]
                found = self._store.replies.begin_batch(ids, THIS_PROCESS, now, generation)
        except StoreProblem as problem:
            if problem.code == "settled":
                found = {}
            elif _holds_back(problem, pauses):
                done |= dict.fromkeys(items)
                return {}
            else:
                raise
        begun = {item: found[item.reply_id] for item in items if item.reply_id in found}
        done |= {item: item.over() for item in items if item not in begun}
        for item in begun:
            item.tries += 1
        return begun

    def _sent(
        self, portal: Portal, access: Access, request: RestRequest, items: Sequence[QueueItem]
    ) -> tuple[Exchange, dict[QueueItem, Verdict]]:
        tokens = () if request.method != batch.METHOD else _tokens(items)
        exchange, answer = self._client.ask(
            request, secrets=(*access.secrets, *tokens), reach=portal.reach
        )
        if isinstance(answer, Failure):
            return exchange, dict.fromkeys(items, classify_failure(answer))
        if request.method != batch.METHOD:
            return exchange, dict.fromkeys(items, classify(answer, request.method))
        names = {command_name(item.reply_id): item for item in items}
        found = batch.verdicts(answer, list(names), items[0].reply.method)
        return exchange, {names[name]: verdict for name, verdict in found.items()}

    def _concluded(
        self, verdicts: Mapping[QueueItem, Verdict], seconds: Mapping[QueueItem, float | None]
    ) -> dict[QueueItem, Concluded]:
        """What is stored of it; what may be tried with another access stays open meanwhile."""
        now = self._clock()
        concluded = {}
        for item, verdict in verdicts.items():
            pause = 0.0 if _refuses_access(verdict) else seconds[item]
            again_at = None if pause is None else now + timedelta(seconds=pause)
            concluded[item] = Concluded(verdict, again_at)
        return concluded

    def _finish(
        self,
        request: RestRequest,
        exchange: Exchange,
        begun: Mapping[QueueItem, int],
        concluded: Mapping[QueueItem, Concluded],
    ) -> None:
        try:
            if request.method == batch.METHOD:
                by_attempt = {begun[item]: one for item, one in concluded.items()}
                generation = next(iter(begun)).generation
                self._store.replies.finish_batch(exchange, by_attempt, generation)
            else:
                ((item, one),) = concluded.items()
                self._store.replies.finish_attempt(
                    begun[item], exchange, one.verdict, one.again_at, item.generation
                )
        except StoreProblem as problem:
            message = f"The reply was sent, but what came of it could not be stored. {problem}"
            raise ReplyProblem("outcome_not_stored", message) from problem

    def _ask_otherwise(
        self,
        asked: _Asked,
        tried: Access,
        begun: Mapping[QueueItem, int],
        verdicts: Mapping[QueueItem, Verdict],
        done: dict[QueueItem, Next],
    ) -> None:
        """Try what was refused because of who asked again, with what authorizes it better."""
        items = [item for item, verdict in verdicts.items() if _refuses_access(verdict)]
        if not items:
            return
        other, failed = None, None
        try:
            verdict = verdicts[items[0]]
            other = self._authorization.access_after(asked.portal, tried, verdict, asked.call)
        except AuthorizationProblem as problem:
            failed = problem
        for item in items:
            item.access = other
            if other is not None:
                done[item] = None
            elif failed is not None:
                done[item] = self._unauthorized(item, failed, asked.pauses, begun[item])
            else:
                self.given_back.settle(item)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The portal, the call that is answered if it is but one, and what decides on pauses."""

    portal: Portal
    call: CallDetail | None
    pauses: Pauses


def _batch(access: Access, items: Sequence[QueueItem]) -> RestRequest:
    commands = {command_name(item.reply_id): item.command or "" for item in items}
    members = batch.parameters(commands, access.members)
    return json_request(access.endpoint, batch.METHOD, members, USER_AGENT)


def _holds_back(problem: StoreProblem, pauses: Pauses) -> bool:
    """Whether replies have to wait, as the pauses learn."""
    if isinstance(problem, NotYet):
        pauses.not_yet(problem.seconds)
        return True
    if problem.code == "paused":
        pauses.paused()
        return True
    return False


def _refuses_access(verdict: Verdict) -> bool:
    return refuses_source(verdict.explanation.key)


def _tokens(items: Sequence[QueueItem]) -> list[bytes]:
    """The event tokens in the commands, as they stand there and as the portal may repeat them."""
    found = []
    for item in items:
        _, _, rest = (item.command or "").partition(f"{EVENT_TOKEN_PARAMETER}=")
        text, _, _ = rest.partition("&")
        found += [text.encode(), unquote_plus(text).encode()]
    return found

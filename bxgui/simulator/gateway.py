"""From an HTTP request to what goes back: faults, limits, REST and OAuth; all of it recorded."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from threading import Condition

from bxgui.simulator import oauth, rest
from bxgui.simulator.answers import HTML_TYPE, Answer, html
from bxgui.simulator.engine import Effect
from bxgui.simulator.faults import Fault, FaultName, FaultQueue
from bxgui.simulator.limiter import LeakyBucket
from bxgui.simulator.portal import Portal
from bxgui.simulator.refusals import RATE_LIMIT, WRONG_ENCODING
from bxgui.simulator.request import HttpRequest, RestRequest, read_params, read_rest
from bxgui.simulator.rest import Executed

_KEPT_EXCHANGES = 1000


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and what became of it; `status` 0 means that no answer was sent."""

    number: int
    at: float
    request: HttpRequest
    method: str
    params: Mapping[str, object] = field(repr=False)
    status: int = 0
    error: str = ""
    effect: Effect | None = None
    fault: FaultName | None = None


@dataclass(frozen=True, slots=True)
class _Reaction:
    """What goes back, None for a reset connection, and how long that is held back."""

    answer: Answer | None
    error: str = ""
    effect: Effect | None = None
    delay: float = 0


class Gateway:
    """Answers requests in the name of a portal; safe for threads.

    `wait` sleeps for a slow answer, `on_exchange` is told of every request before it is answered.
    """

    def __init__(
        self,
        portal: Portal,
        *,
        wait: Callable[[float], object],
        on_exchange: Callable[[Exchange], None],
        limiter: LeakyBucket | None = None,
    ) -> None:
        self.faults = FaultQueue()
        self._portal = portal
        self._wait = wait
        self._on_exchange = on_exchange
        self._limiter = limiter
        self._changed = Condition()
        self._exchanges: deque[Exchange] = deque(maxlen=_KEPT_EXCHANGES)
        self._count = 0

    @property
    def exchanges(self) -> list[Exchange]:
        """The last requests, the oldest first."""
        with self._changed:
            return list(self._exchanges)

    def wait_for_exchanges(self, count: int, timeout: float = 10) -> list[Exchange]:
        """The last requests, as soon as `count` have come in all; raises `TimeoutError`."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._count >= count, timeout):
                raise TimeoutError(f"{self._count} of {count} requests have come")
            return list(self._exchanges)

    def handle(self, request: HttpRequest) -> Answer | None:
        """The answer to a request; None stands for a connection to be reset."""
        call = read_rest(request)
        method = oauth.METHOD if request.path in oauth.PATHS else call.method if call else ""
        fault = self.faults.take(method) if method else None
        reaction = self._react(request, call, fault)
        exchange = Exchange(
            0,
            self._portal.clock(),
            request,
            method,
            call.params if call else read_params(request),
            reaction.answer.status if reaction.answer else 0,
            reaction.error,
            reaction.effect,
            fault.name if fault else None,
        )
        self._record(exchange)
        if reaction.delay:
            self._wait(reaction.delay)
        return reaction.answer

    def _record(self, exchange: Exchange) -> None:
        with self._changed:
            self._count += 1
            numbered = replace(exchange, number=self._count)
            self._exchanges.append(numbered)
            self._changed.notify_all()
        self._on_exchange(numbered)

    def _react(
        self, request: HttpRequest, call: RestRequest | None, fault: Fault | None
    ) -> _Reaction:
        if fault is not None:
            instead = self._instead(request, fault)
            if instead is not None:
                return instead
        done = self._execute(request, call)
        if fault is None:
            return _Reaction(done.answer, done.error, done.effect)
        return self._spoiled(done, fault)

    def _execute(self, request: HttpRequest, call: RestRequest | None) -> Executed:
        if request.path in oauth.PATHS:
            return oauth.execute(self._portal, request)
        if call is None:
            return Executed(html(404, "404 Not Found"))
        if self._limiter is not None and not self._limiter.admits(request.peer):
            return rest.refused_with(self._portal, RATE_LIMIT)
        return rest.execute(self._portal, call, secure=request.secure)

    def _instead(self, request: HttpRequest, fault: Fault) -> _Reaction | None:
        """What happens in place of an execution; None where the request is executed."""
        refusal = fault.refusal(self._portal.settings.language)
        if refusal is not None:
            refused = rest.refused_with(self._portal, refusal)
            return _Reaction(refused.answer, refused.error)
        if fault.name is FaultName.RESET_BEFORE:
            return _Reaction(None)
        if fault.name is FaultName.REDIRECT:
            return _Reaction(_redirect(request, fault.location))
        page = _PAGES.get(fault.name)
        return None if page is None else _Reaction(page)

    def _spoiled(self, done: Executed, fault: Fault) -> _Reaction:
        """An execution whose answer is late, damaged or lost."""
        reaction = _Reaction(done.answer, done.error, done.effect)
        if fault.name is FaultName.RESET_AFTER:
            return replace(reaction, answer=None)
        if fault.name is FaultName.SLOW:
            return replace(reaction, delay=fault.seconds)
        if fault.name is FaultName.HTTP200_ERROR:
            refused = rest.refused_with(self._portal, WRONG_ENCODING, done.effect)
            return _Reaction(refused.answer, refused.error, done.effect)
        kept = len(done.answer.body) // 2 if fault.name is FaultName.TRUNCATED_JSON else 0
        return replace(reaction, answer=replace(done.answer, body=done.answer.body[:kept]))


_PAGES = {
    FaultName.HTML_500: html(500, "500 Internal Server Error"),
    FaultName.HTML_502: html(502, "502 Bad Gateway"),
    FaultName.PORTAL404: html(403, "portal404"),
}


def _redirect(request: HttpRequest, location: str) -> Answer:
    """A renamed portal: the same path at another host, unless `location` has a path itself."""
    base = location or "https://renamed.example.org"
    target = base if base.count("/") > 2 else f"{base}{request.path}"
    return Answer(302, b"", (("Location", target), ("Content-Type", HTML_TYPE)))

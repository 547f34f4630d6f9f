"""From an HTTP request to what goes back: faults, limits, REST and OAuth; all of it recorded."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from threading import Condition

from bxgui.simulator import authorization, oauth, rest
from bxgui.simulator.answers import HTML_TYPE, Answer, html
from bxgui.simulator.batch import Done
from bxgui.simulator.engine import Effect
from bxgui.simulator.faults import Fault, FaultName, FaultQueue
from bxgui.simulator.limiter import LeakyBucket
from bxgui.simulator.portal import Portal
from bxgui.simulator.refusals import RATE_LIMIT, WRONG_ENCODING
from bxgui.simulator.request import HttpRequest, RestRequest, read_params, read_rest
from bxgui.simulator.rest import Executed

_KEPT_EXCHANGES = 1000
_PHRASES = {int(status): status.phrase for status in HTTPStatus}


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and what became of it; `status` 0 means that no answer was sent.

    `commands` are those of a batch that were dealt with.
    """

    number: int
    at: float
    request: HttpRequest
    method: str
    params: Mapping[str, object] = field(repr=False)
    status: int = 0
    error: str = ""
    effect: Effect | None = None
    fault: FaultName | None = None
    commands: tuple[Done, ...] = ()

    @property
    def effects(self) -> list[Effect]:
        """What it did to workflows, by itself or by its commands."""
        found = [self.effect, *(done.effect for done in self.commands)]
        return [effect for effect in found if effect is not None]


@dataclass(frozen=True, slots=True)
class _Route:
    """What a request is for: the name of its method, its parameters, what executes it."""

    method: str
    params: Mapping[str, object]
    run: Callable[[], Executed]


class Gateway:
    """Answers requests in the name of a portal; safe for threads.

    `wait` sleeps for a slow answer, `on_exchange` is told of every request before it is answered.
    Requests of REST are admitted by `limiter`, if there is one.
    """

    def __init__(
        self,
        portal: Portal,
        *,
        wait: Callable[[float], object],
        on_exchange: Callable[[Exchange], None],
    ) -> None:
        self.faults = FaultQueue()
        self.limiter: LeakyBucket | None = None
        self._portal = portal
        self._wait = wait
        self._on_exchange = on_exchange
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
        return self._answer(request, self._portal_route(request))

    def handle_oauth(self, request: HttpRequest) -> Answer | None:
        """The answer of the OAuth server."""
        return self._answer(request, self._oauth_route(request))

    def handle_moved(self, request: HttpRequest) -> Answer:
        """The answer at an address that the portal had before it was renamed."""
        answer = _redirect(request, self._portal.base)
        self._record(request, self._portal_route(request), Executed(answer))
        return answer

    def _portal_route(self, request: HttpRequest) -> _Route:
        if request.path in authorization.PATHS:
            return _Route(
                authorization.METHOD,
                read_params(request),
                lambda: authorization.execute(self._portal, request),
            )
        call = read_rest(request)
        if call is None:
            return _nowhere(request)
        return _Route(call.method, call.params, lambda: self._rest(request, call))

    def _oauth_route(self, request: HttpRequest) -> _Route:
        if request.path not in oauth.PATHS:
            return _nowhere(request)
        return _Route(
            oauth.METHOD, read_params(request), lambda: oauth.execute(self._portal, request)
        )

    def _rest(self, request: HttpRequest, call: RestRequest) -> Executed:
        if self.limiter is not None and not self.limiter.admits(request.peer):
            return rest.refused_with(self._portal, RATE_LIMIT)
        meet = self.faults.take_for_command
        return rest.execute(self._portal, call, meet=meet, secure=request.secure)

    def _answer(self, request: HttpRequest, route: _Route) -> Answer | None:
        fault = self.faults.take(route.method) if route.method else None
        done = self._done(request, route, fault)
        self._record(request, route, done, fault)
        if fault is not None and fault.name is FaultName.SLOW:
            self._wait(fault.seconds)
        return done.answer

    def _record(
        self, request: HttpRequest, route: _Route, done: Executed, fault: Fault | None = None
    ) -> None:
        exchange = Exchange(
            0,
            self._portal.clock(),
            request,
            route.method,
            route.params,
            done.answer.status if done.answer else 0,
            done.error,
            done.effect,
            fault.name if fault else None,
            done.commands,
        )
        with self._changed:
            self._count += 1
            numbered = replace(exchange, number=self._count)
            self._exchanges.append(numbered)
            self._changed.notify_all()
        self._on_exchange(numbered)

    def _done(self, request: HttpRequest, route: _Route, fault: Fault | None) -> Executed:
        if fault is None:
            return route.run()
        return self._instead(request, fault) or self._spoiled(route.run(), fault)

    def _instead(self, request: HttpRequest, fault: Fault) -> Executed | None:
        """What happens in place of an execution; None where the request is executed."""
        refusal = fault.refusal(self._portal.settings.language)
        if refusal is not None:
            return rest.refused_with(self._portal, refusal)
        if fault.name is FaultName.RESET_BEFORE:
            return Executed(None)
        if fault.name is FaultName.REDIRECT:
            return Executed(_redirect(request, fault.location))
        page = _page(fault)
        return None if page is None else Executed(page)

    def _spoiled(self, done: Executed, fault: Fault) -> Executed:
        """An execution whose answer is damaged or lost."""
        if fault.name is FaultName.SLOW or done.answer is None:
            return done
        if fault.name is FaultName.RESET_AFTER:
            return replace(done, answer=None)
        if fault.name is FaultName.HTTP200_ERROR:
            refused = rest.refused_with(self._portal, WRONG_ENCODING)
            return replace(done, answer=refused.answer, error=refused.error)
        kept = len(done.answer.body) // 2 if fault.name is FaultName.TRUNCATED_JSON else 0
        return replace(done, answer=replace(done.answer, body=done.answer.body[:kept]))


_PAGES = {FaultName.HTML_500: 500, FaultName.HTML_502: 502}


def _page(fault: Fault) -> Answer | None:
    """What stands in front of PHP, where the fault lies there."""
    if fault.name is FaultName.PORTAL404:
        return html(403, "portal404")
    if fault.name is FaultName.PLAIN_500:
        return Answer(500, b"Internal Server Error", (("Content-Type", "text/plain"),))
    status = _PAGES.get(fault.name, fault.status)
    return html(status, f"{status} {_PHRASES.get(status, 'Error')}") if status else None


def _nowhere(request: HttpRequest) -> _Route:
    return _Route("", read_params(request), lambda: Executed(html(404, "404 Not Found")))


def _redirect(request: HttpRequest, location: str) -> Answer:
    """A renamed portal: the same path at another host, unless `location` has a path itself."""
    base = location or "https://renamed.example.org"
    target = base if base.count("/") > 2 else f"{base}{request.target}"
    return Answer(302, b"", (("Location", target), ("Content-Type", HTML_TYPE)))

"""REST requests: who calls, which method, which answer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bxgui.simulator import batch, methods
from bxgui.simulator.accounts import Caller
from bxgui.simulator.answers import Answer, refusal, success, time_block
from bxgui.simulator.batch import Batch, Done, Meet
from bxgui.simulator.condition import check_caller, check_site
from bxgui.simulator.engine import Effect
from bxgui.simulator.portal import Portal
from bxgui.simulator.refusals import (
    HTTPS_REQUIRED,
    INTERNAL_ERROR,
    NO_AUTH_FOUND,
    WRONG_ENCODING,
    Refusal,
    Refused,
)
from bxgui.simulator.request import RestRequest


@dataclass(frozen=True, slots=True)
class Executed:
    """A request the portal has dealt with; `error` is empty after a success.

    No answer stands for a connection that broke; `commands` are those of a batch.
    """

    answer: Answer | None
    error: str = ""
    effect: Effect | None = None
    commands: tuple[Done, ...] = ()


def execute(portal: Portal, request: RestRequest, *, meet: Meet, secure: bool = False) -> Executed:
    """Run a request; every refusal is an answer too. `meet` gives the faults of commands."""
    started = portal.clock()
    try:
        check_site(portal.condition)
        if request.method != batch.METHOD:
            methods.find(request.method)
        caller = _caller(portal, request, secure=secure)
        if request.method == batch.METHOD:
            return _batch(portal, caller, request, meet, started)
        result = methods.run(portal, caller, request.method, request.params)
    except Refused as refused:
        return refused_with(portal, refused.refusal)
    if result.crashed:
        return refused_with(portal, INTERNAL_ERROR, result.effect)
    document = result.document()
    document["time"] = time_block(portal, request.method, started)
    return _written(portal, document, Executed(None, effect=result.effect))


def refused_with(portal: Portal, reason: Refusal, effect: Effect | None = None) -> Executed:
    """An error answer."""
    return Executed(refusal(portal, reason), str(reason.code), effect)


def _batch(
    portal: Portal, caller: Caller, request: RestRequest, meet: Meet, started: float
) -> Executed:
    """A batch is not counted by the limit on time, its commands are."""
    work = Batch(portal, caller, meet)
    work.run(request.params)
    executed = Executed(None, commands=tuple(work.done))
    if work.broken:
        return executed
    if work.crashed:
        return replace(refused_with(portal, INTERNAL_ERROR), commands=executed.commands)
    time = time_block(portal, request.method, started)
    return _written(portal, {"result": work.result(), "time": time}, executed)


def _written(portal: Portal, document: dict[str, object], executed: Executed) -> Executed:
    """What was done, with its answer; one that cannot be encoded is an error with HTTP 200."""
    try:
        return replace(executed, answer=success(portal, document))
    except ValueError:
        error = refused_with(portal, WRONG_ENCODING)
        return replace(executed, answer=error.answer, error=error.error)


def _caller(portal: Portal, request: RestRequest, *, secure: bool) -> Caller:
    check_caller(portal.condition, webhook=request.webhook is not None)
    if request.webhook is not None:
        if portal.settings.webhooks_need_https and not secure:
            raise Refused(HTTPS_REQUIRED)
        return portal.accounts.by_webhook(*request.webhook)
    if not request.token:
        raise Refused(NO_AUTH_FOUND)
    return portal.accounts.by_token(request.token)

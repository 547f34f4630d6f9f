"""REST requests: who calls, which method, which answer."""

from __future__ import annotations

from dataclasses import dataclass

from bxgui.simulator import methods
from bxgui.simulator.accounts import Caller
from bxgui.simulator.answers import Answer, refusal, success
from bxgui.simulator.engine import Effect
from bxgui.simulator.portal import Portal
from bxgui.simulator.refusals import HTTPS_REQUIRED, INTERNAL_ERROR, NO_AUTH_FOUND, Refusal, Refused
from bxgui.simulator.request import RestRequest


@dataclass(frozen=True, slots=True)
class Executed:
    """A request the portal has dealt with; `error` is empty after a success."""

    answer: Answer
    error: str = ""
    effect: Effect | None = None


def execute(portal: Portal, request: RestRequest, *, secure: bool = False) -> Executed:
    """Run a request; every refusal is an answer too."""
    started = portal.clock()
    try:
        method = methods.find(request.method)
        caller = _caller(portal, request, secure=secure)
        result = methods.call(portal, caller, method, request.params)
    except Refused as refused:
        return refused_with(portal, refused.refusal)
    if result.effect is not None and result.effect.failed:
        return refused_with(portal, INTERNAL_ERROR, result.effect)
    return Executed(success(portal, result.value, started), effect=result.effect)


def refused_with(portal: Portal, reason: Refusal, effect: Effect | None = None) -> Executed:
    """An error answer."""
    return Executed(refusal(portal, reason), str(reason.code), effect)


def _caller(portal: Portal, request: RestRequest, *, secure: bool) -> Caller:
    if request.webhook is not None:
        if portal.settings.webhooks_need_https and not secure:
            raise Refused(HTTPS_REQUIRED)
        return portal.accounts.by_webhook(*request.webhook)
    if not request.token:
        raise Refused(NO_AUTH_FOUND)
    return portal.accounts.by_token(request.token)

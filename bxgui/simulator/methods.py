"""The REST methods of a portal."""

from __future__ import annotations

from collections.abc import Callable

from bxgui.simulator.accounts import Caller
from bxgui.simulator.condition import check_confirmation
from bxgui.simulator.information import INFORMATION
from bxgui.simulator.instances import INSTANCES
from bxgui.simulator.method import Method, Params, Result, upper
from bxgui.simulator.portal import Portal
from bxgui.simulator.refusals import (
    ACCESS_DENIED,
    APPLICATION_CONTEXT,
    INSUFFICIENT_SCOPE,
    METHOD_NOT_FOUND,
    TIME_LIMIT,
    Refused,
)
from bxgui.simulator.rules import RuleKind


def find(name: str) -> Method:
    """A method by its name in lower case; raises `Refused`."""
    method = METHODS.get(name)
    if method is None:
        raise Refused(METHOD_NOT_FOUND)
    return method


def run(portal: Portal, caller: Caller, name: str, params: Params) -> Result:
    """Run a method for a caller who may, and count the time it takes; raises `Refused`."""
    method = find(name)
    if method.scopes and caller.scope.isdisjoint(method.scopes):
        raise Refused(INSUFFICIENT_SCOPE)
    if portal.operating.blocked(name):
        raise Refused(TIME_LIMIT)
    if caller.application:
        check_confirmation(portal.confirmations.get(name))
    started = portal.clock()
    try:
        return method.run(portal, caller, params)
    finally:
        portal.operating.charge(name, portal.clock() - started)


def _event_send(portal: Portal, caller: Caller, params: Params) -> Result:  # noqa: ARG001
    given = upper(params)
    effect = portal.engine.send_event(
        given.get("EVENT_TOKEN"), given.get("RETURN_VALUES"), given.get("LOG_MESSAGE")
    )
    return Result(value=True, effect=effect, crashed=effect.failed)


def _activity_log(portal: Portal, caller: Caller, params: Params) -> Result:  # noqa: ARG001
    given = upper(params)
    effect = portal.engine.write_log(given.get("EVENT_TOKEN"), given.get("LOG_MESSAGE"))
    return Result(value=True, effect=effect)


def _managed(kind: RuleKind, act: Callable[[Portal, RuleKind, Params], object]) -> Method:
    """A method on rules: for the application, with an administrator's token."""

    def run(portal: Portal, caller: Caller, params: Params) -> Result:
        if not caller.application:
            raise Refused(APPLICATION_CONTEXT)
        if not caller.user.admin:
            raise Refused(ACCESS_DENIED)
        return Result(act(portal, kind, upper(params)))

    return Method(run)


def _add(portal: Portal, kind: RuleKind, params: Params) -> object:
    portal.rules.add(kind, params)
    return True


def _update(portal: Portal, kind: RuleKind, params: Params) -> object:
    portal.rules.update(kind, params.get("CODE"), params.get("FIELDS"))
    return True


def _delete(portal: Portal, kind: RuleKind, params: Params) -> object:
    portal.rules.delete(kind, params.get("CODE"))
    return True


def _list(portal: Portal, kind: RuleKind, params: Params) -> object:  # noqa: ARG001
    return portal.rules.codes(kind)


METHODS: dict[str, Method] = {
    "bizproc.event.send": Method(_event_send),
    "bizproc.activity.log": Method(_activity_log),
    **INFORMATION,
    **INSTANCES,
    **{
        f"bizproc.{kind}.{verb}": _managed(kind, act)
        for kind in RuleKind
        for verb, act in (("add", _add), ("update", _update), ("delete", _delete), ("list", _list))
    },
}

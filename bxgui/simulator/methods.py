"""The REST methods of a portal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bxgui.simulator.accounts import Caller
from bxgui.simulator.engine import Effect
from bxgui.simulator.portal import Portal
from bxgui.simulator.refusals import (
    ACCESS_DENIED,
    APPLICATION_CONTEXT,
    INSUFFICIENT_SCOPE,
    METHOD_NOT_FOUND,
    Refused,
)
from bxgui.simulator.rules import RuleKind

Params: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Result:
    """What a method gives back, and what it did to a workflow."""

    value: object
    effect: Effect | None = None


Run: TypeAlias = Callable[[Portal, Caller, Params], Result]


@dataclass(frozen=True, slots=True)
class Method:
    """A REST method; `scope` is empty where any token will do."""

    run: Run
    scope: str = "bizproc"


def find(name: str) -> Method:
    """A method by its name in lower case; raises `Refused`."""
    method = METHODS.get(name)
    if method is None:
        raise Refused(METHOD_NOT_FOUND)
    return method


def call(portal: Portal, caller: Caller, method: Method, params: Params) -> Result:
    """Run a method for a caller whose scope allows it; raises `Refused`."""
    if method.scope and method.scope not in caller.scope:
        raise Refused(INSUFFICIENT_SCOPE)
    return method.run(portal, caller, params)


def _event_send(portal: Portal, caller: Caller, params: Params) -> Result:  # noqa: ARG001
    given = _upper(params)
    effect = portal.engine.send_event(
        given.get("EVENT_TOKEN"), given.get("RETURN_VALUES"), given.get("LOG_MESSAGE")
    )
    return Result(value=True, effect=effect)


def _activity_log(portal: Portal, caller: Caller, params: Params) -> Result:  # noqa: ARG001
    given = _upper(params)
    effect = portal.engine.write_log(given.get("EVENT_TOKEN"), given.get("LOG_MESSAGE"))
    return Result(value=True, effect=effect)


def _managed(kind: RuleKind, act: Callable[[Portal, RuleKind, Params], object]) -> Method:
    """A method on rules: for the application, with an administrator's token."""

    def run(portal: Portal, caller: Caller, params: Params) -> Result:
        if not caller.application:
            raise Refused(APPLICATION_CONTEXT)
        if not caller.user.admin:
            raise Refused(ACCESS_DENIED)
        return Result(act(portal, kind, _upper(params)))

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


def _app_info(portal: Portal, caller: Caller, params: Params) -> Result:  # noqa: ARG001
    if not caller.application:
        raise Refused(APPLICATION_CONTEXT)
    info = {
        "ID": 1,
        "CODE": portal.accounts.client_id,
        "VERSION": 1,
        "STATUS": portal.settings.status,
        "INSTALLED": portal.accounts.installed,
        "PAYMENT_EXPIRED": "N" if portal.settings.paid else "Y",
        "DAYS": None,
        "LANGUAGE_ID": portal.settings.language,
        "LICENSE": "simulator",
    }
    return Result(info)


def _scope(portal: Portal, caller: Caller, params: Params) -> Result:  # noqa: ARG001
    return Result(sorted(caller.scope))


def _profile(portal: Portal, caller: Caller, params: Params) -> Result:  # noqa: ARG001
    user = caller.user
    name = "Administrator" if user.admin else "Employee"
    return Result(
        {"ID": str(user.id), "ADMIN": user.admin, "NAME": name, "LAST_NAME": "", "TIME_ZONE": ""}
    )


def _server_time(portal: Portal, caller: Caller, params: Params) -> Result:  # noqa: ARG001
    now = datetime.fromtimestamp(portal.clock(), portal.settings.zone)
    return Result(now.isoformat(timespec="seconds"))


def _upper(params: Params) -> dict[str, object]:
    """Parameters by their names in capitals; of names that differ in case the last counts."""
    return {name.upper(): value for name, value in params.items()}


METHODS: dict[str, Method] = {
    "bizproc.event.send": Method(_event_send),
    "bizproc.activity.log": Method(_activity_log),
    "app.info": Method(_app_info, scope=""),
    "scope": Method(_scope, scope=""),
    "profile": Method(_profile, scope=""),
    "server.time": Method(_server_time, scope=""),
    **{
        f"bizproc.{kind}.{verb}": _managed(kind, act)
        for kind in RuleKind
        for verb, act in (("add", _add), ("update", _update), ("delete", _delete), ("list", _list))
    },
}

"""Methods that tell who calls, for what, and when."""

from __future__ import annotations

from datetime import datetime

from bxgui.simulator.accounts import Caller
from bxgui.simulator.method import Method, Params, Result
from bxgui.simulator.portal import Portal
from bxgui.simulator.refusals import APPLICATION_CONTEXT, Refused


def _app_info(portal: Portal, caller: Caller, params: Params) -> Result:  # noqa: ARG001
    if not caller.application:
        raise Refused(APPLICATION_CONTEXT)
    accounts, language = portal.accounts, portal.settings.language
    expired = accounts.days_left is not None and accounts.days_left < 0
    info = {
        "ID": 1,
        "CODE": accounts.client_id,
        "VERSION": 1,
        "STATUS": portal.settings.status,
        "INSTALLED": accounts.installed,
        "PAYMENT_EXPIRED": "Y" if expired else "N",
        "DAYS": accounts.days_left,
        "LANGUAGE_ID": language,
        "LICENSE": f"{language}_std",
        "LICENSE_TYPE": "std",
        "LICENSE_FAMILY": "std",
    }
    return Result(info)


def _scope(portal: Portal, caller: Caller, params: Params) -> Result:  # noqa: ARG001
    return Result(sorted(caller.scope))


def _profile(portal: Portal, caller: Caller, params: Params) -> Result:  # noqa: ARG001
    user = caller.user
    profile = {
        "ID": str(user.id),
        "ADMIN": user.admin,
        "NAME": user.name,
        "LAST_NAME": "",
        "PERSONAL_GENDER": "",
        "TIME_ZONE": "",
    }
    return Result(profile)


def _user_current(portal: Portal, caller: Caller, params: Params) -> Result:  # noqa: ARG001
    user = caller.user
    current = {
        "ID": str(user.id),
        "ACTIVE": user.active,
        "NAME": user.name,
        "LAST_NAME": "",
        "IS_ONLINE": "Y",
        "UF_DEPARTMENT": [1],
    }
    return Result(current)


def _server_time(portal: Portal, caller: Caller, params: Params) -> Result:  # noqa: ARG001
    now = datetime.fromtimestamp(portal.clock(), portal.settings.zone)
    return Result(now.isoformat(timespec="seconds"))


INFORMATION = {
    "app.info": Method(_app_info, scopes=()),
    "scope": Method(_scope, scopes=()),
    "profile": Method(_profile, scopes=()),
    "server.time": Method(_server_time, scopes=()),
    "user.current": Method(_user_current, scopes=("user", "user_brief", "user_basic")),
}

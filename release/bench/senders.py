"""Ways to answer all calls of a portal: ours, the official SDK's, and a bare loop."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import requests
from b24pysdk.credentials import BitrixApp, BitrixToken
from b24pysdk.errors import BitrixAPIQueryLimitExceeded

from bxgui.core.deadlines import TokenState
from bxgui.core.portal_settings import PortalSettings
from bxgui.core.preset import Preset
from bxgui.core.rate import USUAL_RATE, Rate
from bxgui.core.reach import Reach
from bxgui.core.records import EVENT_SEND, Arrival, Reply
from bxgui.core.redact import digest
from bxgui.services.intake import prepare, recognise_arrival
from bxgui.services.store import Store
from bxgui.services.vault import StoreKey, new_key
from bxgui.services.workspace import Workspace, utc_now
from release.bench.send_portal import AUTHORITY, RULE, Facts
from release.bench.trouble import BenchTrouble

COMMENT = "Approved by the accountant, № 10 from 12.03"
LOG = "Approved"
_FORM = "application/x-www-form-urlencoded"
_UNLIMITED = Rate(1e6, 10**6)
_PATIENCE_SECONDS = 1.0

# Answers all calls of the portal whose facts are in a folder; returns the seconds that took.
Send = Callable[[Path, bool], float]


def ours(folder: Path, limited: bool) -> float:
    """Many at once, from the values to the last result."""
    with closing(_workspace(folder, limited)) as workspace:
        ids = _waiting(workspace)
        begun = time.perf_counter()
        plan = workspace.many.plan(ids, Preset("", [("Comment", COMMENT)], LOG))
        results = workspace.many.send(plan).wait()
        seconds = time.perf_counter() - begun
    if any(one.outcome != "accepted" for one in results):
        raise BenchTrouble("not every reply of ours was accepted")
    return seconds


def ours_singly(folder: Path, limited: bool) -> float:
    """Each as a reply of its own, when the one before has its outcome: as a person answers."""
    with closing(_workspace(folder, limited)) as workspace:
        ids = _waiting(workspace)
        begun = time.perf_counter()
        for call_id in ids:
            workspace.submit(Reply(call_id, EVENT_SEND, [("Comment", COMMENT)], LOG)).result()
        return time.perf_counter() - begun


def bare(folder: Path, _limited: bool) -> float:
    """A loop over one session of requests, that stores nothing and checks the status only."""
    facts = Facts.read(folder)
    begun = time.perf_counter()
    with requests.Session() as session:
        session.trust_env = False
        for token in facts.tokens:
            body = {"auth": facts.access_token, **_parameters(token)}
            url, authority = f"{facts.endpoint}{EVENT_SEND}", str(folder / AUTHORITY)
            session.post(url, json=body, verify=authority, timeout=70).raise_for_status()
    return time.perf_counter() - begun


def sdk(folder: Path, _limited: bool) -> float:
    """The official SDK, one by one; what it gives up at the portal's limit is sent again."""
    facts, client = _sdk(folder)
    begun = time.perf_counter()
    for token in facts.tokens:
        while True:
            try:
                client.call_method(EVENT_SEND, _parameters(token))
                break
            except BitrixAPIQueryLimitExceeded:
                time.sleep(_PATIENCE_SECONDS)
    return time.perf_counter() - begun


def sdk_batches(folder: Path, _limited: bool) -> float:
    """The official SDK in its own batches."""
    facts, client = _sdk(folder)
    begun = time.perf_counter()
    client.call_batches([(EVENT_SEND, _parameters(token)) for token in facts.tokens])
    return time.perf_counter() - begun


def _parameters(token: str) -> dict[str, object]:
    return {"event_token": token, "return_values": {"Comment": COMMENT}, "log_message": LOG}


def _sdk(folder: Path) -> tuple[Facts, BitrixToken]:
    facts = Facts.read(folder)
    os.environ["REQUESTS_CA_BUNDLE"] = str(folder / AUTHORITY)
    os.environ["NO_PROXY"] = "127.0.0.1,localhost"
    app = BitrixApp(client_id=facts.client_id, client_secret=facts.client_secret)
    token = BitrixToken(
        domain=facts.domain,
        auth_token=facts.access_token,
        refresh_token=facts.refresh_token,
        bitrix_app=app,
    )
    return facts, token


def _workspace(folder: Path, limited: bool) -> Workspace:
    """A workspace in which all calls of the portal wait, and the portal is trusted."""
    key = new_key("this is a benchmark")
    store = Store.open(folder / "data")
    _catch(store, key, Facts.read(folder))
    (portal,) = store.portals.all()
    rate = USUAL_RATE if limited else _UNLIMITED
    reach = Reach(ca_file=str(folder / AUTHORITY))
    store.portal_register.change(portal.id, PortalSettings(rate=rate, reach=reach))
    return Workspace(store, lambda _: key)


def _catch(store: Store, key: StoreKey, facts: Facts) -> None:
    arrivals = [Arrival(utc_now(), body.encode("ascii"), _FORM) for body in facts.bodies]
    store.calls.record([prepare(arrival, key) for arrival in arrivals])
    auth = recognise_arrival(arrivals[0]).auth
    (portal,) = store.portals.all()
    token = digest(auth.application_token)
    store.portals.trust(portal.id, auth.endpoint, auth.host, token, utc_now())


def _waiting(workspace: Workspace) -> list[int]:
    rule = workspace.presets.rule(RULE)
    return workspace.store.calls.of_rule(rule.id, TokenState.WAITING, utc_now())

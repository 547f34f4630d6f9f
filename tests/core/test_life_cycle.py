from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from factories import MEMBER_ID, NOW

from bxgui.core.handler_call import AppEvent, AppOpening, Auth, NotForUs, Recognised
from bxgui.core.life_cycle import (
    Effect,
    LifeCycle,
    effect_of,
    life_cycle_of,
    life_cycle_of_stored,
    offers_trust,
)
from bxgui.core.records import CallDetail, CallKind, Portal, Suspicion, TokenRow

PORTAL = Portal(
    id=1,
    key=MEMBER_ID,
    member_id=MEMBER_ID,
    endpoint="https://portal.example.org/rest/",
    host="portal.example.org",
    application_digest="kept",
    trusted_at=None,
    first_seen=NOW,
    last_seen=NOW,
    installed_at=NOW,
)
TRUSTED = replace(PORTAL, trusted_at=NOW)
GONE = replace(PORTAL, gone_at=NOW)
FREE = replace(PORTAL, installed_at=None)


def event(
    name: str,
    digest: str = "kept",
    portal: Portal | None = PORTAL,
    *,
    kind: CallKind = CallKind.EVENT,
    suspicion: Suspicion = Suspicion.NONE,
    endpoint: str = PORTAL.endpoint,
) -> CallDetail:
    row = TokenRow(
        id=1,
        kind=kind,
        state=None,
        rule=name,
        portal=PORTAL.host,
        document="",
        arrived_at=NOW,
        deadline=None,
        deliveries=1,
        attempts=0,
        use_subscription=None,
        token="",
        suspicion=suspicion,
    )
    return CallDetail(
        row=row,
        body=b"",
        query=b"",
        content_type=None,
        headers=(),
        peer="",
        last_arrived_at=NOW,
        access_expires_at=None,
        has_secrets=True,
        endpoint=endpoint,
        application_digest=digest,
        portal=portal,
    )


@pytest.mark.parametrize(
    ("recognised", "told"),
    [
        (AppEvent("ONAPPINSTALL", {}, Auth()), LifeCycle.INSTALL),
        (AppEvent("ONAPPUPDATE", {}, Auth()), LifeCycle.INSTALL),
        (AppEvent("ONAPPUNINSTALL", {}, Auth()), LifeCycle.UNINSTALL),
        (AppEvent("ONAPPTEST", {}, Auth()), LifeCycle.NONE),
        (AppOpening("DEFAULT", "", Auth()), LifeCycle.OPENING),
        (NotForUs("empty", Auth()), LifeCycle.NONE),
    ],
)
def test_a_post_tells_of_the_application(recognised: Recognised, told: LifeCycle) -> None:
    assert life_cycle_of(recognised) is told


@pytest.mark.parametrize(
    ("name", "digest", "portal", "effect"),
    [
        ("ONAPPINSTALL", "kept", PORTAL, Effect.INSTALLED),
        ("ONAPPUPDATE", "kept", TRUSTED, Effect.INSTALLED),
        ("ONAPPINSTALL", "other", TRUSTED, Effect.OTHER_INSTALLATION),
        ("ONAPPINSTALL", "", PORTAL, Effect.NO_TOKEN),
        ("ONAPPINSTALL", "kept", None, Effect.NO_PORTAL),
        ("ONAPPUNINSTALL", "kept", GONE, Effect.REMOVED),
        ("ONAPPUNINSTALL", "kept", PORTAL, Effect.BACK),
        ("ONAPPUNINSTALL", "other", GONE, Effect.OTHER_REMOVAL),
        ("ONAPPUNINSTALL", "kept", FREE, Effect.NO_KEPT_TOKEN),
        ("ONAPPUNINSTALL", "", TRUSTED, Effect.NO_TOKEN),
        ("ONAPPTEST", "kept", PORTAL, None),
    ],
)
def test_an_event_says_what_it_did(
    name: str, digest: str, portal: Portal | None, effect: Effect | None
) -> None:
    assert effect_of(event(name, digest, portal)) is effect


def test_a_rule_that_is_called_like_an_event_is_none() -> None:
    assert effect_of(event("ONAPPINSTALL", kind=CallKind.TOKEN)) is None


@pytest.mark.parametrize(
    ("call", "offered"),
    [
        (event("ONAPPINSTALL"), True),
        (event("ONAPPINSTALL", portal=TRUSTED), False),
        (event("ONAPPINSTALL", portal=TRUSTED, suspicion=Suspicion.ADDRESS), True),
        (event("ONAPPINSTALL", "x", TRUSTED, suspicion=Suspicion.APPLICATION_TOKEN), True),
        (event("ONAPPINSTALL", endpoint=""), False),
        (event("ONAPPINSTALL", portal=None), False),
        (event("ONAPPINSTALL", ""), False),
        (event("ONAPPUNINSTALL", portal=GONE), False),
    ],
)
def test_trust_is_offered_from_installations_that_name_an_address(
    call: CallDetail, offered: bool
) -> None:
    assert offers_trust(call) is offered


@pytest.mark.parametrize(
    ("digest", "trusted_at", "installed_at", "keeps"),
    [
        ("x", None, None, False),
        ("x", NOW, None, True),
        ("x", None, NOW, True),
        ("", NOW, None, False),
    ],
)
def test_a_token_is_kept_from_an_installation_or_by_trust(
    digest: str, trusted_at: datetime | None, installed_at: datetime | None, keeps: bool
) -> None:
    portal = replace(
        PORTAL, application_digest=digest, trusted_at=trusted_at, installed_at=installed_at
    )

    assert portal.keeps_token is keeps


@pytest.mark.parametrize(
    ("kind", "name", "told"),
    [
        (CallKind.EVENT, "ONAPPINSTALL", LifeCycle.INSTALL),
        (CallKind.EVENT, "ONAPPUNINSTALL", LifeCycle.UNINSTALL),
        (CallKind.EVENT, "ONCRMDEALADD", LifeCycle.NONE),
        (CallKind.OPENING, "DEFAULT", LifeCycle.OPENING),
        (CallKind.TOKEN, "ONAPPINSTALL", LifeCycle.NONE),
    ],
)
def test_a_stored_post_tells_what_it_told_when_it_came(
    kind: CallKind, name: str, told: LifeCycle
) -> None:
    assert life_cycle_of_stored(kind, name) is told

from __future__ import annotations

from datetime import timedelta

import pytest
from posts import FORM, NOW, Post, recorded
from sqlalchemy import select, update

from bxgui.core.dates import SITE_DATES, DateFormat, DateStyle
from bxgui.core.records import Arrival, Portal, Stored, Suspicion
from bxgui.core.redact import digest
from bxgui.services.intake import prepare
from bxgui.services.store import Store
from bxgui.services.store.tables import portals, rules
from bxgui.services.vault import StoreKey

LATER = NOW + timedelta(hours=1)
HOME = Post(number=1)
FORGED_TOKEN = Post(number=2, application_token="f" * 32)
FORGED_HOST = Post(number=3, endpoint="https://evil.example.net/rest/")


def record(store: Store, key: StoreKey, *posts: Post) -> list[Stored]:
    return store.calls.record([prepare(post.arrival(), key) for post in posts])


def only_portal(store: Store) -> Portal:
    (portal,) = store.portals.all()
    return portal


def trust(store: Store, post: Post) -> None:
    host = post.endpoint.split("/")[2]
    application = digest(post.application_token) if post.application_token else ""
    store.portals.trust(only_portal(store).id, post.endpoint, host, application, LATER)


def suspicion(store: Store, call_id: int) -> Suspicion:
    return store.calls.rows([call_id], NOW)[0].suspicion


def test_first_call_makes_its_portal_and_its_rule_and_trusts_neither(
    store: Store, key: StoreKey
) -> None:
    record(store, key, HOME)

    assert only_portal(store) == Portal(
        id=1,
        key=HOME.member_id,
        member_id=HOME.member_id,
        endpoint=HOME.endpoint,
        host="portal.example.org",
        application_digest=digest(HOME.application_token),
        trusted_at=None,
        first_seen=NOW,
        last_seen=NOW,
        calls=1,
    )
    with store.database.read() as connection:
        found = connection.execute(select(rules.c.portal_id, rules.c.code)).all()
    assert [tuple(row) for row in found] == [(1, "approve_invoice")]


def test_second_call_of_a_rule_makes_nothing_new(store: Store, key: StoreKey) -> None:
    record(store, key, HOME, Post(number=2))

    with store.database.read() as connection:
        assert len(connection.execute(select(rules)).all()) == 1
    assert only_portal(store).calls == 2


def test_portal_without_a_member_id_is_known_by_its_host(store: Store, key: StoreKey) -> None:
    record(store, key, Post(member_id=""))

    assert only_portal(store).key == "host:portal.example.org"
    assert store.portals.by_key("host:portal.example.org") == only_portal(store)


def test_call_that_names_no_portal_makes_none(store: Store, key: StoreKey) -> None:
    (stored,) = store.calls.record([prepare(Arrival(NOW, b"event_token=x&code=y", FORM), key)])

    detail = store.calls.detail(stored.call_id, NOW)
    assert store.portals.all() == []
    assert detail is not None
    assert detail.portal is None


def test_portals_are_listed_with_the_one_heard_of_last_first(store: Store, key: StoreKey) -> None:
    first, second = Post(number=1, member_id="a" * 32), Post(number=2, member_id="b" * 32)
    store.calls.record([prepare(first.arrival(NOW), key)])
    store.calls.record([prepare(second.arrival(LATER), key)])

    assert [portal.member_id[0] for portal in store.portals.all()] == ["b", "a"]
    assert store.portals.by_key("c" * 32) is None


def test_untrusted_portal_follows_the_address_its_calls_name(store: Store, key: StoreKey) -> None:
    record(store, key, HOME, FORGED_HOST)

    assert only_portal(store).endpoint == FORGED_HOST.endpoint
    assert suspicion(store, 2) is Suspicion.NONE


@pytest.mark.parametrize(
    ("forged", "mark"),
    [
        (FORGED_TOKEN, Suspicion.APPLICATION_TOKEN),
        (FORGED_HOST, Suspicion.ADDRESS),
        (Post(number=4, application_token=""), Suspicion.APPLICATION_TOKEN),
        (Post(number=5, endpoint="https://portal.example.org:8443/rest/"), Suspicion.ADDRESS),
    ],
    ids=["token", "host", "no token", "port"],
)
def test_call_unlike_the_trusted_portal_is_marked_and_changes_nothing(
    store: Store, key: StoreKey, forged: Post, mark: Suspicion
) -> None:
    record(store, key, HOME)
    trust(store, HOME)
    trusted = only_portal(store)

    (stored,) = record(store, key, forged)

    after = only_portal(store)
    assert suspicion(store, stored.call_id) is mark
    assert (after.endpoint, after.host, after.application_digest, after.trusted_at) == (
        trusted.endpoint,
        trusted.host,
        trusted.application_digest,
        LATER,
    )


def test_call_like_the_trusted_portal_is_not_marked(store: Store, key: StoreKey) -> None:
    record(store, key, HOME)
    trust(store, HOME)

    (stored,) = record(store, key, Post(number=9))

    assert suspicion(store, stored.call_id) is Suspicion.NONE


def test_trust_judges_the_calls_that_are_there_already(store: Store, key: StoreKey) -> None:
    record(store, key, HOME, FORGED_TOKEN, FORGED_HOST)

    trust(store, HOME)
    first = [suspicion(store, call_id) for call_id in (1, 2, 3)]
    trust(store, FORGED_TOKEN)
    second = [suspicion(store, call_id) for call_id in (1, 2, 3)]

    assert first == [Suspicion.NONE, Suspicion.APPLICATION_TOKEN, Suspicion.ADDRESS]
    assert second == [Suspicion.APPLICATION_TOKEN, Suspicion.NONE, Suspicion.ADDRESS]


def test_trust_in_one_portal_says_nothing_about_another(store: Store, key: StoreKey) -> None:
    record(store, key, HOME)
    trust(store, HOME)
    other = Post(number=2, member_id="b" * 32, endpoint="https://other.example.org/rest/")

    (stored,) = record(store, key, other)

    portal = store.portals.by_key("b" * 32)
    assert portal is not None
    assert not portal.trusted
    assert suspicion(store, stored.call_id) is Suspicion.NONE


def test_distrust_takes_the_trust_back(store: Store, key: StoreKey) -> None:
    record(store, key, HOME)
    trust(store, HOME)

    store.portals.distrust(only_portal(store).id)

    assert not only_portal(store).trusted


def test_different_addresses_and_tokens_are_told_the_newest_first(
    store: Store, key: StoreKey
) -> None:
    record(store, key, HOME, FORGED_HOST, FORGED_TOKEN, Post(number=7))

    seen = store.portals.sightings(only_portal(store).id)

    assert [(one.host, one.application_digest) for one in seen] == [
        ("portal.example.org", digest(HOME.application_token)),
        ("portal.example.org", digest(FORGED_TOKEN.application_token)),
        ("evil.example.net", digest(HOME.application_token)),
    ]


@pytest.mark.parametrize(
    "endpoint",
    ["https://user:password@portal.example.org/rest/", "https://portal.example.org@evil.net/"],
)
def test_address_with_a_user_name_is_no_address(store: Store, key: StoreKey, endpoint: str) -> None:
    record(store, key, Post(endpoint=endpoint))

    assert only_portal(store).endpoint == ""


def test_rule_keeps_the_registration_it_is_given_last(store: Store, key: StoreKey) -> None:
    record(store, key, HOME)
    portal = only_portal(store)

    store.portals.keep_registration(portal.id, HOME.code, {"RETURN_PROPERTIES": {"A": {}}}, NOW)
    store.portals.keep_registration(portal.id, HOME.code, {"RETURN_PROPERTIES": {"B": {}}}, NOW)
    store.portals.keep_registration(portal.id, "never_called", {}, NOW)

    detail = store.calls.detail(1, NOW)
    assert detail is not None
    assert [entry.name for entry in detail.schema] == ["B"]


@pytest.mark.parametrize("name", ["40-event-onappinstall-2020", "49-placement-robot-settings"])
def test_posts_without_a_token_make_portals_but_no_rules(
    store: Store, key: StoreKey, name: str
) -> None:
    body, query = recorded(name)

    store.calls.record([prepare(Arrival(NOW, body, FORM, query), key)])

    with store.database.read() as connection:
        assert connection.execute(select(rules)).all() == []
    assert not only_portal(store).trusted


def test_format_of_dates_that_a_newer_program_chose_is_the_usual_one(
    store: Store, key: StoreKey
) -> None:
    record(store, key, HOME)
    with store.database.write() as connection:
        connection.execute(update(portals).values(date_format="YYYYMMDD"))

    assert only_portal(store).date_format == SITE_DATES


def test_format_of_dates_outlives_later_calls(store: Store, key: StoreKey) -> None:
    record(store, key, HOME)
    iso = DateFormat(DateStyle.ISO, 180)

    store.portals.set_date_format(only_portal(store).id, iso)
    record(store, key, FORGED_TOKEN)

    assert only_portal(store).date_format == iso

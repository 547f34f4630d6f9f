"""What posts of the application do to a portal, and what nobody can do from outside."""

from __future__ import annotations

import tempfile
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from posts import FORM, NOW, AppPost, Post, recorded

from bxgui.core.records import Arrival, CallDetail, CallKind, Portal, Suspicion
from bxgui.core.redact import digest
from bxgui.services.intake import prepare
from bxgui.services.store import Store
from bxgui.services.vault import StoreKey, new_key

HOUR = timedelta(hours=1)
OURS, OTHER = Post().application_token, "f" * 32
EVIL = "https://evil.example.net/rest/"
CALL = Post(number=1)
INSTALL = AppPost()
OTHER_INSTALL = AppPost(application_token=OTHER)
UNINSTALL = AppPost("ONAPPUNINSTALL")
OPENING = AppPost("", application_token="")


class Portals:
    """A store with one portal in it; each post is stored alone, an hour after the one before."""

    def __init__(self, store: Store, key: StoreKey) -> None:
        self.store = store
        self._key = key
        self.now = NOW
        self._calls = 0

    def take(self, *posts: Post | AppPost) -> list[int]:
        """Store posts; returns the ids of their calls."""
        return [self.take_at(self._pass_by(), post) for post in posts]

    def take_at(self, at: datetime, post: Post | AppPost) -> int:
        (stored,) = self.store.calls.record([prepare(post.arrival(at), self._key)])
        return stored.call_id

    def take_together(self, *posts: Post | AppPost) -> list[int]:
        """Store posts in one transaction."""
        prepared = [prepare(post.arrival(self._pass_by()), self._key) for post in posts]
        return [stored.call_id for stored in self.store.calls.record(prepared)]

    def trust(self, call_id: int) -> None:
        """Trust what a call shows, as the user does."""
        call = self.call(call_id)
        self.store.portals.trust(
            self.only.id,
            call.endpoint,
            call.row.portal,
            call.application_digest,
            self._pass_by(),
        )

    def call(self, call_id: int) -> CallDetail:
        found = self.store.calls.detail(call_id, self.now)
        assert found is not None
        return found

    def suspicions(self, *ids: int) -> list[Suspicion]:
        return [self.call(call_id).row.suspicion for call_id in ids]

    @property
    def only(self) -> Portal:
        (portal,) = self.store.portals.all()
        return portal

    def _pass_by(self) -> datetime:
        self.now += HOUR
        return self.now


@pytest.fixture
def portals(store: Store, key: StoreKey) -> Portals:
    return Portals(store, key)


def kept(portal: Portal) -> tuple[object, ...]:
    """All that a portal's posts may or may not change."""
    return (
        portal.endpoint,
        portal.host,
        portal.application_digest,
        portal.trusted_at,
        portal.installed_at,
        portal.gone_at,
    )


def test_recorded_installation_makes_a_portal_that_is_not_trusted(
    store: Store, key: StoreKey
) -> None:
    body, query = recorded("40-event-onappinstall-2020")

    store.calls.record([prepare(Arrival(NOW, body, FORM, query), key)])

    (portal,) = store.portals.all()
    assert portal.host == "b24-xls1o8.bitrix24.ru"
    assert portal.application_digest == digest("d3c3c684656b5490034e385e1c72b619")
    assert portal.installed_at == NOW
    assert not portal.trusted
    assert portal.gone_at is None


@pytest.mark.parametrize("event", ["ONAPPINSTALL", "ONAPPUPDATE", "OnAppInstall"])
def test_installation_gives_an_untrusted_portal_its_address_and_token(
    portals: Portals, event: str
) -> None:
    forged = Post(number=1, endpoint=EVIL, application_token=OTHER)
    portals.take(forged, AppPost(event))

    portal = portals.only
    assert portal.endpoint == INSTALL.endpoint
    assert portal.application_digest == digest(OURS)
    assert portal.installed_at == portals.now
    assert not portal.trusted


def test_calls_do_not_change_the_token_of_an_installation(portals: Portals) -> None:
    portals.take(INSTALL)
    before = kept(portals.only)

    ours, other, none = portals.take(
        CALL,
        Post(number=2, endpoint=EVIL, application_token=OTHER),
        Post(number=3, application_token=""),
    )

    assert kept(portals.only) == before
    assert portals.suspicions(ours, other, none) == [
        Suspicion.NONE,
        Suspicion.APPLICATION_TOKEN,
        Suspicion.APPLICATION_TOKEN,
    ]


def test_installation_judges_the_calls_that_are_there_already(portals: Portals) -> None:
    ours, other = portals.take(CALL, Post(number=2, application_token=OTHER))
    before = portals.suspicions(ours, other)

    portals.take(INSTALL)

    assert before == [Suspicion.NONE, Suspicion.NONE]
    assert portals.suspicions(ours, other) == [Suspicion.NONE, Suspicion.APPLICATION_TOKEN]


def test_portal_that_is_not_trusted_is_that_of_its_last_installation(portals: Portals) -> None:
    first, call = portals.take(INSTALL, CALL)

    (second,) = portals.take(OTHER_INSTALL)

    assert portals.only.application_digest == digest(OTHER)
    assert portals.suspicions(first, call, second) == [
        Suspicion.APPLICATION_TOKEN,
        Suspicion.APPLICATION_TOKEN,
        Suspicion.NONE,
    ]


def test_installation_without_an_application_token_is_a_post_like_others(
    portals: Portals,
) -> None:
    nameless = AppPost(application_token="")
    portals.take(nameless)
    unknown = portals.only
    portals.take(INSTALL)
    before = kept(portals.only)

    (call_id,) = portals.take(nameless)

    assert unknown.installed_at is None
    assert kept(portals.only) == before
    assert portals.suspicions(call_id) == [Suspicion.APPLICATION_TOKEN]


def test_call_with_the_kept_token_moves_an_untrusted_portal(portals: Portals) -> None:
    moved = "https://moved.example.org/rest/"
    portals.take(INSTALL, Post(number=1, endpoint=moved))

    assert portals.only.endpoint == moved


def test_update_of_a_trusted_portal_is_noted(portals: Portals) -> None:
    (call_id,) = portals.take(CALL)
    portals.trust(call_id)
    trusted = portals.only

    (event,) = portals.take(AppPost("ONAPPUPDATE"))

    assert portals.only.installed_at == portals.now
    assert kept(portals.only)[:4] == kept(trusted)[:4]
    assert portals.suspicions(event) == [Suspicion.NONE]


def test_installation_with_another_token_changes_no_trusted_portal(portals: Portals) -> None:
    install, call = portals.take(INSTALL, CALL)
    portals.trust(call)
    before = kept(portals.only)

    (event,) = portals.take(OTHER_INSTALL)

    assert kept(portals.only) == before
    assert portals.suspicions(install, call, event) == [
        Suspicion.NONE,
        Suspicion.NONE,
        Suspicion.APPLICATION_TOKEN,
    ]


def test_portal_is_trusted_anew_from_its_installation(portals: Portals) -> None:
    (old,) = portals.take(CALL)
    portals.trust(old)
    event, new = portals.take(OTHER_INSTALL, Post(number=2, application_token=OTHER))
    arrived = portals.call(event).row.arrived_at

    portals.trust(event)

    assert portals.only.application_digest == digest(OTHER)
    assert portals.only.installed_at == arrived
    assert portals.suspicions(old, event, new) == [
        Suspicion.APPLICATION_TOKEN,
        Suspicion.NONE,
        Suspicion.NONE,
    ]


def test_trust_in_another_token_forgets_the_installation(portals: Portals) -> None:
    _, call = portals.take(INSTALL, Post(number=2, application_token=OTHER))

    portals.trust(call)

    assert portals.only.installed_at is None


def test_opening_moves_an_untrusted_portal_and_keeps_its_token(portals: Portals) -> None:
    portals.take(INSTALL)
    moved = "https://moved.example.org/rest/"

    opening, forged = portals.take(
        AppPost("", endpoint=moved, application_token=""),
        AppPost("", endpoint=EVIL, application_token=OTHER),
    )

    assert portals.only.endpoint == moved
    assert portals.only.application_digest == digest(OURS)
    assert portals.suspicions(opening, forged) == [Suspicion.NONE, Suspicion.APPLICATION_TOKEN]


def test_opening_makes_a_portal_and_changes_no_trusted_one(portals: Portals) -> None:
    portals.take(OPENING)
    made = portals.only
    (call,) = portals.take(CALL)
    portals.trust(call)
    before = kept(portals.only)

    same, elsewhere = portals.take(OPENING, AppPost("", endpoint=EVIL, application_token=""))

    assert made.endpoint == INSTALL.endpoint
    assert not made.trusted
    assert kept(portals.only) == before
    assert portals.suspicions(same, elsewhere) == [Suspicion.NONE, Suspicion.ADDRESS]
    portals.trust(call)
    assert portals.suspicions(same, elsewhere) == [Suspicion.NONE, Suspicion.ADDRESS]


@pytest.mark.parametrize("trusted", [True, False])
def test_removal_with_the_kept_token_marks_the_portal_gone(portals: Portals, trusted: bool) -> None:
    (install,) = portals.take(INSTALL)
    if trusted:
        portals.trust(install)

    (event,) = portals.take(UNINSTALL)
    removed = portals.now
    portals.take(CALL, UNINSTALL)

    assert portals.only.gone_at == removed
    assert portals.only.trusted is trusted
    assert portals.suspicions(event) == [Suspicion.NONE]


@pytest.mark.parametrize("token", [OTHER, ""])
@pytest.mark.parametrize("trusted", [True, False])
def test_removal_with_another_token_or_none_is_only_recorded(
    portals: Portals, trusted: bool, token: str
) -> None:
    (install,) = portals.take(INSTALL)
    if trusted:
        portals.trust(install)
    before = kept(portals.only)

    (event,) = portals.take(AppPost("ONAPPUNINSTALL", endpoint=EVIL, application_token=token))

    assert kept(portals.only) == before
    assert portals.suspicions(event) == [
        Suspicion.ADDRESS if trusted else Suspicion.APPLICATION_TOKEN
    ]


def test_removal_from_a_portal_that_keeps_no_token_is_only_recorded(portals: Portals) -> None:
    portals.take(CALL)
    before = kept(portals.only)

    ids = portals.take(UNINSTALL, AppPost("ONAPPUNINSTALL", EVIL, application_token=OTHER))

    assert kept(portals.only) == before
    assert portals.suspicions(*ids) == [Suspicion.NONE, Suspicion.NONE]


def test_recorded_removal_from_an_unknown_portal_makes_it_known_and_not_gone(
    store: Store, key: StoreKey
) -> None:
    body, query = recorded("42-event-onappuninstall")

    store.calls.record([prepare(Arrival(NOW, body, FORM, query), key)])

    (portal,) = store.portals.all()
    assert (portal.installed_at, portal.gone_at, portal.trusted_at) == (None, None, None)


@pytest.mark.parametrize("trusted", [True, False])
def test_installation_after_a_removal_brings_the_portal_back(
    portals: Portals, trusted: bool
) -> None:
    (install,) = portals.take(INSTALL)
    if trusted:
        portals.trust(install)
    portals.take(UNINSTALL)

    portals.take(INSTALL)

    assert portals.only.gone_at is None
    assert portals.only.installed_at == portals.now


def test_installation_with_another_token_leaves_a_trusted_portal_gone(portals: Portals) -> None:
    (install,) = portals.take(INSTALL)
    portals.trust(install)
    portals.take(UNINSTALL)
    before = kept(portals.only)

    (event,) = portals.take(OTHER_INSTALL)
    gone = kept(portals.only)
    portals.trust(event)

    assert gone == before
    assert portals.only.gone_at is None


def test_trust_brings_a_portal_back(portals: Portals) -> None:
    install, _ = portals.take(INSTALL, UNINSTALL)

    portals.trust(install)

    assert portals.only.gone_at is None


def test_posts_that_reach_the_store_late_count_by_their_arrival(portals: Portals) -> None:
    """They may have waited in an emergency file."""
    portals.take(INSTALL, UNINSTALL, OTHER_INSTALL)
    installed = portals.only
    portals.take_at(NOW, UNINSTALL)
    portals.take_at(NOW, AppPost("ONAPPUNINSTALL", application_token=OTHER))
    portals.take_at(NOW, INSTALL)
    late = portals.only
    portals.take(AppPost("ONAPPUNINSTALL", application_token=OTHER))
    removed = portals.now
    portals.take_at(NOW, OTHER_INSTALL)

    assert kept(late) == kept(installed)
    assert portals.only.gone_at == removed


def test_portal_trusted_without_an_application_token_keeps_none(portals: Portals) -> None:
    (nameless,) = portals.take(Post(number=1, application_token=""))
    portals.trust(nameless)
    before = kept(portals.only)

    ids = portals.take(
        CALL,
        Post(number=2, application_token=""),
        UNINSTALL,
        AppPost("ONAPPUNINSTALL", application_token=""),
        INSTALL,
        AppPost(application_token=""),
    )

    assert kept(portals.only) == before
    assert set(portals.suspicions(*ids)) == {Suspicion.NONE}


def test_trust_taken_back_leaves_the_token_of_the_installation(portals: Portals) -> None:
    (install,) = portals.take(INSTALL)
    portals.trust(install)
    portals.store.portals.distrust(portals.only.id)

    (call,) = portals.take(Post(number=1, application_token=OTHER))

    assert portals.only.application_digest == digest(OURS)
    assert portals.suspicions(call) == [Suspicion.APPLICATION_TOKEN]


def test_event_that_names_no_portal_makes_none(store: Store, key: StoreKey) -> None:
    store.calls.record([prepare(Arrival(NOW, b"event=ONAPPINSTALL", FORM), key)])

    assert store.portals.all() == []


def test_installation_judges_the_calls_of_its_own_transaction(portals: Portals) -> None:
    other = [Post(number=n, application_token=OTHER) for n in (1, 2)]

    first, _, second = portals.take_together(other[0], INSTALL, other[1])

    assert portals.only.application_digest == digest(OURS)
    assert portals.suspicions(first, second) == [Suspicion.APPLICATION_TOKEN] * 2


def test_posts_of_one_transaction_count_in_their_order(portals: Portals) -> None:
    portals.take_together(INSTALL, UNINSTALL, INSTALL)
    back = portals.only
    portals.take_together(UNINSTALL, INSTALL, UNINSTALL)

    assert back.gone_at is None
    assert portals.only.gone_at == portals.now


def test_installation_between_equal_calls_judges_both(portals: Portals) -> None:
    calls = [Post(number=n) for n in (1, 2)]

    first, _, second = portals.take_together(calls[0], OTHER_INSTALL, calls[1])

    assert portals.only.application_digest == digest(OTHER)
    assert portals.suspicions(first, second) == [Suspicion.APPLICATION_TOKEN] * 2


ENDPOINTS = st.sampled_from([CALL.endpoint, EVIL])
STRANGE_TOKENS = st.sampled_from([OTHER, "e" * 32, ""])
TOKENS = st.sampled_from([OURS, OTHER, "e" * 32, ""])


class PortalLife(RuleBasedStateMachine):
    """The portal, and strangers who know everything but its application token, post in turns."""

    @initialize()
    def open_store(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._store = Store.open(Path(self._folder.name))
        self.portals = Portals(self._store, new_key("this is a test"))
        self.ids: list[int] = []
        self.number = 0

    def teardown(self) -> None:
        with self._folder, closing(self._store):
            pass

    @property
    def known(self) -> Portal | None:
        found = self._store.portals.all()
        return found[0] if found else None

    def take(self, post: Post | AppPost) -> int:
        (call_id,) = self.portals.take(post)
        self.ids.append(call_id)
        return call_id

    def call_of(self, endpoint: str, token: str) -> Post:
        self.number += 1
        return Post(number=self.number, endpoint=endpoint, application_token=token)

    @rule(endpoint=ENDPOINTS)
    def portal_calls(self, endpoint: str) -> None:
        self.take(self.call_of(endpoint, OURS))

    @rule(event=st.sampled_from(["ONAPPINSTALL", "ONAPPUPDATE", "ONAPPUNINSTALL", "ONAPPTEST", ""]))
    def portal_tells(self, event: str) -> None:
        self.take(AppPost(event))

    @rule(endpoint=ENDPOINTS, token=STRANGE_TOKENS)
    def stranger_calls(self, endpoint: str, token: str) -> None:
        self.stranger_posts(self.call_of(endpoint, token))

    @rule(
        event=st.sampled_from(["ONAPPUNINSTALL", "ONAPPTEST", ""]),
        endpoint=ENDPOINTS,
        token=STRANGE_TOKENS,
    )
    def stranger_tells(self, event: str, endpoint: str, token: str) -> None:
        self.stranger_posts(AppPost(event, endpoint=endpoint, application_token=token))

    @rule(endpoint=ENDPOINTS, token=STRANGE_TOKENS)
    def stranger_installs(self, endpoint: str, token: str) -> None:
        post = AppPost(endpoint=endpoint, application_token=token)
        portal = self.known
        if portal is not None and portal.trusted:
            self.stranger_posts(post)
        else:
            self.take(post)
            assert self.known is not None
            assert not self.known.trusted

    def stranger_posts(self, post: Post | AppPost) -> None:
        """Nothing that is kept changes, and no suspicion is cleared."""
        before, judged = self.known, self.portals.suspicions(*self.ids)
        earlier = list(self.ids)
        call_id = self.take(post)
        after = self.known
        assert after is not None
        assert self.portals.suspicions(*earlier) == judged
        if before is None:
            assert (after.trusted_at, after.installed_at, after.gone_at) == (None, None, None)
            return
        # Whoever installed it has its token; here that may be a stranger.
        if before.application_digest == digest(post.application_token):
            return
        opened = isinstance(post, AppPost) and not post.event and not post.application_token
        if before.trusted or (before.keeps_token and not opened):
            assert kept(after) == kept(before)
        else:
            first = 2 if before.keeps_token else 3
            assert kept(after)[first:] == kept(before)[first:]
        if before.keeps_token and not opened:
            assert self.portals.suspicions(call_id) != [Suspicion.NONE]

    @precondition(lambda self: self.ids)
    @rule(data=st.data())
    def user_trusts(self, data: st.DataObject) -> None:
        call_id = data.draw(st.sampled_from(self.ids))
        self.portals.trust(call_id)
        call, portal = self.portals.call(call_id), self.known
        assert portal is not None
        assert portal.trusted
        assert portal.application_digest == call.application_digest
        assert portal.gone_at is None
        assert call.row.suspicion is Suspicion.NONE

    @precondition(lambda self: self.ids)
    @rule()
    def user_takes_trust_back(self) -> None:
        self._store.portals.distrust(self.portals.only.id)

    @invariant()
    def calls_are_marked_by_what_is_kept(self) -> None:
        portal = self.known
        for call_id in self.ids:
            call = self.portals.call(call_id)
            assert call.row.suspicion is expected(portal, call)


def expected(portal: Portal | None, call: CallDetail) -> Suspicion:
    if portal is None:
        return Suspicion.NONE
    if portal.trusted_at is not None and call.row.portal != portal.host:
        return Suspicion.ADDRESS
    from_nowhere = call.row.kind is CallKind.OPENING and not call.application_digest
    if not portal.keeps_token or from_nowhere:
        return Suspicion.NONE
    same = call.application_digest == portal.application_digest
    return Suspicion.NONE if same else Suspicion.APPLICATION_TOKEN


TestPortalLife = PortalLife.TestCase
TestPortalLife.settings = settings(max_examples=20, stateful_step_count=30, deadline=None)

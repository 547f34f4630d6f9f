from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from portal_server import PortalServer, portal
from posts import FORM, NOW, Post, recorded

from bxgui.core.body import readable_fields
from bxgui.core.dates import SITE_DATES, DateFormat, DateStyle
from bxgui.core.deadlines import TokenState
from bxgui.core.findings import Finding, FindingCode
from bxgui.core.listing import TokenQuery
from bxgui.core.records import EVENT_SEND, Arrival, Reply, Suspicion
from bxgui.core.redact import digest
from bxgui.services.intake import prepare
from bxgui.services.paths import Paths
from bxgui.services.portal_book import UnknownPortal
from bxgui.services.store import Store, StoreProblem
from bxgui.services.vault import SecretsLocked, StoreKey, new_key
from bxgui.services.workspace import (
    AmbiguousPortal,
    Workspace,
    utc_now,
)

WAIT = 20


class CountingKeyring:
    """Gives the same key each time, and counts how often it is asked."""

    def __init__(self, key: StoreKey) -> None:
        self.key = key
        self.asked_for: list[str] = []

    def __call__(self, store_id: str) -> StoreKey:
        self.asked_for.append(store_id)
        return self.key


@pytest.fixture
def keyring(key: StoreKey) -> CountingKeyring:
    return CountingKeyring(key)


@pytest.fixture
def workspace(tmp_path: Path, keyring: CountingKeyring) -> Iterator[Workspace]:
    opened = Workspace(Store.open(tmp_path / "data"), keyring, lambda: NOW)
    with closing(opened):
        yield opened


@pytest.fixture
def server() -> Iterator[PortalServer]:
    with portal() as running:
        yield running


def record(workspace: Workspace, key: StoreKey, *arrivals: Arrival) -> list[int]:
    prepared = [prepare(arrival, key) for arrival in arrivals]
    return [stored.call_id for stored in workspace.store.calls.record(prepared)]


def test_keyring_is_asked_once_and_only_when_a_secret_is_needed(
    workspace: Workspace, keyring: CountingKeyring, key: StoreKey
) -> None:
    (call_id,) = record(workspace, key, Post().arrival())
    workspace.rows(workspace.token_ids(TokenQuery()))
    workspace.call(call_id)
    workspace.counts()
    before = list(keyring.asked_for)

    workspace.reveal(call_id)
    workspace.reveal(call_id)

    assert before == []
    assert keyring.asked_for == [workspace.store.id]


def test_revealed_call_is_what_came(workspace: Workspace, key: StoreKey) -> None:
    body, query = recorded("47-install-post-placement-default")
    (call_id,) = record(workspace, key, Arrival(NOW, body, FORM, query))

    clear = workspace.reveal(call_id)

    assert clear is not None
    assert (clear.body, clear.query) == (body, query)
    assert workspace.reveal(4711) is None


def test_call_without_secrets_is_revealed_without_the_keyring(
    workspace: Workspace, keyring: CountingKeyring, key: StoreKey
) -> None:
    (call_id,) = record(workspace, key, Arrival(NOW, b"a=1", FORM))

    clear = workspace.reveal(call_id)

    assert clear is not None
    assert clear.body == b"a=1"
    assert keyring.asked_for == []


def test_call_sealed_under_a_lost_key_stays_closed(workspace: Workspace) -> None:
    (call_id,) = record(workspace, new_key("of another program"), Post().arrival())

    with pytest.raises(SecretsLocked):
        workspace.reveal(call_id)


def test_portal_is_trusted_at_the_only_address_its_calls_name(
    workspace: Workspace, key: StoreKey
) -> None:
    post = Post()
    record(workspace, key, post.arrival())

    trusted = workspace.trust(post.member_id)

    assert trusted.trusted_at == NOW
    assert trusted.endpoint == post.endpoint
    assert trusted.application_digest == digest(post.application_token)
    assert workspace.portals() == [trusted]


def test_several_hosts_have_to_be_told_apart_by_the_user(
    workspace: Workspace, key: StoreKey
) -> None:
    home = Post(number=1)
    forged = Post(number=2, endpoint="https://evil.example.net/rest/")
    genuine, other = record(workspace, key, home.arrival(), forged.arrival())

    with pytest.raises(AmbiguousPortal) as caught:
        workspace.trust(home.member_id)
    still_untrusted = not workspace.portals()[0].trusted
    trusted = workspace.trust(home.member_id, "portal.example.org")

    assert [(one.call_id, one.host) for one in caught.value.seen] == [
        (other, "evil.example.net"),
        (genuine, "portal.example.org"),
    ]
    assert still_untrusted
    assert trusted.endpoint == home.endpoint
    rows = workspace.rows([genuine, other])
    assert [row.suspicion for row in rows] == [Suspicion.NONE, Suspicion.ADDRESS]


@pytest.mark.parametrize(
    "forged",
    [
        Post(number=2, endpoint="https://portal.example.org/other/"),
        Post(number=2, application_token="f" * 32),
    ],
)
def test_a_forged_call_of_the_same_host_does_not_choose_what_is_trusted(
    workspace: Workspace, key: StoreKey, forged: Post
) -> None:
    genuine, _ = record(workspace, key, Post(number=1).arrival(), forged.arrival())

    with pytest.raises(AmbiguousPortal):
        workspace.trust(forged.member_id, "portal.example.org")
    call = workspace.call(genuine)
    assert call is not None
    trusted = workspace.trust_call(call)

    assert trusted.endpoint == Post().endpoint
    assert trusted.application_digest == digest(Post().application_token)


@pytest.mark.parametrize(
    ("portal_key", "host"), [("unknown", None), (Post().member_id, "elsewhere.example.org")]
)
def test_only_what_calls_name_can_be_trusted(
    workspace: Workspace, key: StoreKey, portal_key: str, host: str | None
) -> None:
    record(workspace, key, Post().arrival())

    with pytest.raises(UnknownPortal):
        workspace.trust(portal_key, host)

    assert not workspace.portals()[0].trusted


def test_portal_whose_calls_name_no_usable_address_cannot_be_trusted(
    workspace: Workspace, key: StoreKey
) -> None:
    post = Post(endpoint="https://user:password@portal.example.org/rest/")
    record(workspace, key, post.arrival())

    with pytest.raises(UnknownPortal):
        workspace.trust(post.member_id)

    assert not workspace.portals()[0].trusted


@pytest.mark.parametrize(
    "later",
    [
        b"PLACEMENT=DEFAULT&AUTH_ID=0123456789abcdef&member_id=%s",
        b"event=ONAPPUNINSTALL&auth[domain]=portal.example.org&auth[member_id]=%s",
    ],
    ids=["the page was opened", "the application was removed"],
)
def test_post_without_an_application_token_does_not_spoil_the_trust(
    workspace: Workspace, key: StoreKey, later: bytes
) -> None:
    post = Post()
    body = later % post.member_id.encode()
    query = b"DOMAIN=portal.example.org"
    call_id, _ = record(workspace, key, post.arrival(), Arrival(NOW, body, FORM, query))

    workspace.trust(post.member_id)

    assert workspace.rows([call_id])[0].suspicion is Suspicion.NONE


def test_call_is_trusted_with_its_own_address_and_token(
    workspace: Workspace, key: StoreKey
) -> None:
    home = Post(number=1)
    other = Post(number=2, application_token="f" * 32)
    first, second = record(workspace, key, home.arrival(), other.arrival())
    call = workspace.call(first)
    assert call is not None

    trusted = workspace.trust_call(call)

    assert trusted.application_digest == digest(home.application_token)
    rows = workspace.rows([first, second])
    assert [row.suspicion for row in rows] == [Suspicion.NONE, Suspicion.APPLICATION_TOKEN]


def test_call_of_no_portal_cannot_be_trusted(workspace: Workspace, key: StoreKey) -> None:
    (call_id,) = record(workspace, key, Arrival(NOW, b"event_token=x&code=y", FORM))
    call = workspace.call(call_id)
    assert call is not None

    with pytest.raises(UnknownPortal):
        workspace.trust_call(call)


def test_trust_is_taken_back_from_known_portals_only(workspace: Workspace, key: StoreKey) -> None:
    post = Post()
    record(workspace, key, post.arrival())
    workspace.trust(post.member_id)

    workspace.distrust(post.member_id)

    assert not workspace.portals()[0].trusted
    with pytest.raises(UnknownPortal):
        workspace.distrust("unknown")


def test_draft_is_the_last_reply_to_the_token_or_to_its_rule(
    workspace: Workspace, key: StoreKey, server: PortalServer
) -> None:
    posts = [Post(number=n, endpoint=server.endpoint) for n in (1, 2)]
    first, second = record(workspace, key, *(post.arrival() for post in posts))
    workspace.trust(posts[0].member_id)
    nothing = workspace.draft(first)

    reply = Reply(first, EVENT_SEND, [("A", "1")], "x")
    workspace.submit(reply).result(WAIT)

    assert nothing is None
    assert workspace.draft(first) == reply
    assert workspace.draft(second) == reply


def test_everything_a_reply_leaves_can_be_looked_at(
    workspace: Workspace, key: StoreKey, server: PortalServer
) -> None:
    post = Post(endpoint=server.endpoint)
    (call_id,) = record(workspace, key, post.arrival())
    workspace.trust(post.member_id)

    sent = workspace.submit(Reply(call_id, EVENT_SEND, [], "")).result(WAIT)

    assert [row.id for row in workspace.history()] == [sent.row.id]
    assert workspace.history(errors=True) == []
    assert workspace.attempt(sent.row.id) == sent
    assert workspace.counts().by_state == {TokenState.ACCEPTED: 1}


def test_waiting_token_is_put_aside_and_taken_back(workspace: Workspace, key: StoreKey) -> None:
    (call_id,) = record(workspace, key, Post().arrival())

    workspace.dismiss(call_id, dismissed=True)
    aside = workspace.rows([call_id])[0].state
    workspace.dismiss(call_id, dismissed=False)

    assert aside is TokenState.DISMISSED
    assert workspace.rows([call_id])[0].state is TokenState.WAITING


def test_opening_settles_what_a_stopped_process_left(tmp_path: Path, key: StoreKey) -> None:
    with closing(Store.open(tmp_path)) as store:
        (stored,) = store.calls.record([prepare(Post().arrival(), key)])
        reply = Reply(stored.call_id, EVENT_SEND, [], "")
        reply_id = store.replies.create(reply, "0:0:dead", NOW)
        store.replies.begin_attempt(reply_id, "0:0:dead", NOW)

    with closing(Workspace.open(Paths.of(tmp_path))) as opened:
        assert opened.rows([stored.call_id])[0].state is TokenState.UNKNOWN


def test_store_that_cannot_be_settled_is_closed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[Store] = []
    close = Store.close

    def note_and_close(store: Store) -> None:
        closed.append(store)
        close(store)

    def fail(*_: object) -> int:
        raise StoreProblem("corrupt", "The store is damaged.")

    monkeypatch.setattr(Store, "close", note_and_close)
    monkeypatch.setattr("bxgui.services.store.replies.Replies.recover", fail)

    with pytest.raises(StoreProblem):
        Workspace.open(Paths.of(tmp_path))

    assert len(closed) == 1
    gc.collect()


def test_store_that_cannot_be_settled_just_now_is_open_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> int:
        raise StoreProblem("disk_full", "The disk is full.")

    monkeypatch.setattr("bxgui.services.store.replies.Replies.recover", fail)

    with closing(Workspace.open(Paths.of(tmp_path))) as opened:
        assert opened.portals() == []


def test_store_that_cannot_be_written_is_read(
    tmp_path: Path, key: StoreKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Store.open(tmp_path)) as store:
        store.calls.record([prepare(Post().arrival(), key)])
    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr(Store, "open", read_only)

    with closing(Workspace.open_to_read(Paths.of(tmp_path))) as opened:
        ids = list(opened.token_ids(TokenQuery()))
        with pytest.raises(StoreProblem) as caught:
            opened.dismiss(1, dismissed=True)

    assert ids == [1]
    assert caught.value.code == "read_only"
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(("version", "code"), [("2", "read_only"), ("999", "newer")])
def test_store_of_another_version_is_not_read_where_it_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, code: str
) -> None:
    with closing(Store.open(tmp_path)) as store, store.database.write() as connection:
        connection.exec_driver_sql(
            "UPDATE meta SET value = ? WHERE name = 'schema_version'", (version,)
        )

    with pytest.raises(StoreProblem) as caught:
        Store.open_to_read(tmp_path)

    assert caught.value.code == code


def test_store_that_cannot_even_be_read_says_why_it_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Store, "open", read_only)

    with pytest.raises(StoreProblem) as caught:
        Workspace.open_to_read(Paths.of(tmp_path))

    assert caught.value.code == "read_only"


def read_only(*_: object) -> Store:
    raise StoreProblem("read_only", "The store cannot be written.")


def test_fields_are_shown_with_their_secrets_masked(workspace: Workspace, key: StoreKey) -> None:
    (call_id,) = record(workspace, key, Post(properties={"Сумма": "7"}).arrival())
    call = workspace.call(call_id)
    assert call is not None

    fields = readable_fields(call.body, call.content_type)

    assert isinstance(fields, dict)
    assert fields["properties"] == {"Сумма": "7"}
    assert fields["event_token"] == "***"
    assert fields["auth"]["access_token"] == "***"
    assert fields["document_id"] == ["crm", "CCrmDocumentDeal", "DEAL_42"]


def test_fields_of_a_body_that_reads_no_more_without_its_secrets_are_none(
    workspace: Workspace, key: StoreKey
) -> None:
    body = b'{"event_token": "x", "auth": {"access_token": 123456}}'
    (call_id,) = record(workspace, key, Arrival(NOW, body, "application/json"))
    call = workspace.call(call_id)
    assert call is not None

    assert readable_fields(call.body, call.content_type) is None


def test_clock_tells_an_aware_moment() -> None:
    assert utc_now().utcoffset() is not None


def test_portal_is_sent_dates_in_the_format_chosen_for_it(
    workspace: Workspace, key: StoreKey
) -> None:
    post, american = Post(), DateFormat(DateStyle.AMERICAN, -300)
    (call_id,) = record(workspace, key, post.arrival())
    before = workspace.portals()[0].date_format

    changed = workspace.set_date_format(post.member_id, american)

    call = workspace.call(call_id)
    assert call is not None
    assert (before, changed.date_format, call.date_format) == (SITE_DATES, american, american)
    with pytest.raises(UnknownPortal):
        workspace.set_date_format("unknown", american)


def test_only_what_a_finding_allows_is_waived(workspace: Workspace, key: StoreKey) -> None:
    (call_id,) = record(workspace, key, Post().arrival())

    workspace.waive(
        call_id,
        [
            Finding(FindingCode.UNKNOWN_NAME, "Aproved", 0),
            Finding(FindingCode.EXPIRED),
            Finding(FindingCode.SURROGATE, "a", 1),
        ],
    )
    waived = workspace.waived(call_id)
    workspace.ask_again(call_id)

    assert waived == {("unknown_name", "Aproved")}
    assert workspace.waived(call_id) == frozenset()


def test_a_finding_of_several_that_are_waived_is_asked_about_again(
    workspace: Workspace, key: StoreKey
) -> None:
    (call_id,) = record(workspace, key, Post().arrival())
    unknown = Finding(FindingCode.UNKNOWN_NAME, "Aproved", 0)
    missing = Finding(FindingCode.REQUIRED_MISSING, "Approved")
    workspace.waive(call_id, [unknown, missing])

    workspace.ask_again(call_id, [unknown, Finding(FindingCode.EXPIRED)])

    assert workspace.waived(call_id) == {("required_missing", "Approved")}

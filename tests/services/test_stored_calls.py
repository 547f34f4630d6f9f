from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from posts import FORM, NAMES, NOW, Post, recorded, secrets_in

from bxgui.core.deadlines import TokenState
from bxgui.core.listing import Group, SortKey, TokenQuery
from bxgui.core.records import EVENT_SEND, Arrival, CallKind, Reply, Stored, TokenRow
from bxgui.core.redact import masked_headers
from bxgui.services.intake import prepare
from bxgui.services.store import Store
from bxgui.services.vault import StoreKey

MINUTE = timedelta(minutes=1)


def record(store: Store, key: StoreKey, *posts: Post) -> list[Stored]:
    """Store posts as if each came a minute after the one before."""
    arrivals = [post.arrival(NOW + number * MINUTE) for number, post in enumerate(posts)]
    return store.calls.record([prepare(arrival, key) for arrival in arrivals])


def documents(store: Store, query: TokenQuery, now: datetime = NOW) -> list[str]:
    return [row.document for row in store.calls.rows(store.calls.ids(query, now), now)]


def row_of(store: Store, call_id: int, now: datetime = NOW) -> TokenRow:
    return store.calls.rows([call_id], now)[0]


def test_call_is_stored_with_what_the_list_shows(store: Store, key: StoreKey) -> None:
    post = Post(timeout=600)

    (stored,) = record(store, key, post)

    assert stored == Stored(
        call_id=stored.call_id,
        kind=CallKind.TOKEN,
        state=TokenState.WAITING,
        rule="approve_invoice",
        document="DEAL_42",
        portal="portal.example.org",
        deliveries=1,
    )
    assert row_of(store, stored.call_id) == TokenRow(
        id=stored.call_id,
        kind=CallKind.TOKEN,
        state=TokenState.WAITING,
        rule="approve_invoice",
        portal="portal.example.org",
        document="DEAL_42",
        arrived_at=NOW,
        deadline=NOW + timedelta(seconds=600),
        deliveries=1,
        attempts=0,
        use_subscription="Y",
        token=f"62c6…{post.token[-5:]}",
    )


def test_token_that_comes_again_is_counted_and_not_doubled(store: Store, key: StoreKey) -> None:
    (first,) = record(store, key, Post(number=1))
    later = Post(number=1, document="DEAL_43").arrival(NOW + MINUTE)

    twice = store.calls.record([prepare(later, key), prepare(later, key)])

    assert [stored.call_id for stored in twice] == [first.call_id] * 2
    assert [stored.deliveries for stored in twice] == [2, 3]
    assert list(store.calls.ids(TokenQuery(), NOW)) == [first.call_id]
    detail = store.calls.detail(first.call_id, NOW)
    assert detail is not None
    assert detail.row.document == "DEAL_42"
    assert detail.row.deliveries == 3
    assert detail.row.arrived_at == NOW
    assert detail.last_arrived_at == NOW + MINUTE


def test_posts_without_a_token_are_entries_of_their_own_each_time(
    store: Store, key: StoreKey
) -> None:
    body, query = recorded("40-event-onappinstall-2020")
    arrival = Arrival(NOW, body, FORM, query)

    first, second = store.calls.record([prepare(arrival, key), prepare(arrival, key)])

    assert first.call_id != second.call_id
    assert (first.kind, first.state, first.rule) == (CallKind.EVENT, None, "ONAPPINSTALL")
    assert list(store.calls.ids(TokenQuery(), NOW)) == []
    others = store.calls.ids(TokenQuery(group=Group.OTHERS), NOW)
    assert list(others) == [second.call_id, first.call_id]
    assert store.calls.counts(NOW).others == 2
    assert store.calls.counts(NOW).tokens == 0


def test_all_arrivals_of_a_batch_are_stored_or_none(store: Store, key: StoreKey) -> None:
    good = prepare(Post(number=1).arrival(), key)
    bad = replace(prepare(Post(number=2).arrival(), key), headers=((b"", b""),))  # type: ignore[arg-type]

    with pytest.raises(TypeError):
        store.calls.record([good, bad])

    assert list(store.calls.ids(TokenQuery(), NOW)) == []


def test_unknown_ids_are_left_out_and_the_order_asked_for_is_kept(
    store: Store, key: StoreKey
) -> None:
    first, second = record(store, key, Post(number=1), Post(number=2))

    rows = store.calls.rows([second.call_id, 4711, first.call_id], NOW)

    assert [row.id for row in rows] == [second.call_id, first.call_id]
    assert store.calls.rows([], NOW) == []
    assert store.calls.detail(4711, NOW) is None
    assert store.calls.sealed(4711) is None


def test_list_of_any_length_is_fetched(store: Store, key: StoreKey) -> None:
    (stored,) = record(store, key, Post())

    rows = store.calls.rows([stored.call_id, *range(1000, 301_000)], NOW)

    assert [row.id for row in rows] == [stored.call_id]


@pytest.mark.parametrize(
    ("sort", "ascending"),
    [
        (SortKey.ARRIVED, ["b", "C", "a", "d"]),
        (SortKey.DOCUMENT, ["a", "b", "C", "d"]),
        (SortKey.RULE, ["a", "b", "C", "d"]),
        (SortKey.DEADLINE, ["d", "a", "b", "C"]),
        (SortKey.STATE, ["C", "b", "a", "d"]),
    ],
)
def test_list_is_sorted_by_the_column_asked_for(
    store: Store, key: StoreKey, sort: SortKey, ascending: list[str]
) -> None:
    record(
        store,
        key,
        Post(number=1, document="b", code="b"),
        Post(number=2, document="C", code="C", use_subscription="N"),
        Post(number=3, document="a", code="A", timeout=600),
        Post(number=4, document="d", code="d", timeout=60),
    )

    query = TokenQuery(sort=sort, descending=False)
    downward = documents(store, query._replace(descending=True))

    assert documents(store, query) == ascending
    if sort is SortKey.DEADLINE:
        assert downward == ["a", "d", "C", "b"]
    else:
        assert downward == ascending[::-1]


def test_token_without_a_deadline_never_expires_and_one_with_it_does(
    store: Store, key: StoreKey
) -> None:
    record(store, key, Post(number=1, timeout=0), Post(number=2, timeout=600))
    expired = TokenQuery(state=TokenState.EXPIRED)
    waiting = TokenQuery(state=TokenState.WAITING)
    just_before = NOW + MINUTE + timedelta(seconds=599)
    at_the_deadline = NOW + MINUTE + timedelta(seconds=600)

    assert list(store.calls.ids(expired, just_before)) == []
    assert list(store.calls.ids(expired, at_the_deadline)) == [2]
    assert list(store.calls.ids(waiting, at_the_deadline)) == [1]
    assert row_of(store, 2, just_before).state is TokenState.WAITING
    assert row_of(store, 2, at_the_deadline).state is TokenState.EXPIRED
    assert store.calls.counts(just_before).by_state == {TokenState.WAITING: 2}
    assert store.calls.counts(at_the_deadline).by_state == {
        TokenState.WAITING: 1,
        TokenState.EXPIRED: 1,
    }


def test_deadline_counts_from_the_first_delivery(store: Store, key: StoreKey) -> None:
    post = Post(timeout=600)
    record(store, key, post)
    store.calls.record([prepare(post.arrival(NOW + MINUTE), key)])

    assert row_of(store, 1).deadline == NOW + timedelta(seconds=600)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["ёлка", "DEAL_1"]),
        ("deal_1", ["DEAL_1"]),
        ("ЁЛКА", ["ёлка"]),
        ("согласие", ["ёлка"]),
        ("СОГЛАСИЕ ёлка", ["ёлка"]),
        ("СОГЛАСИЕ deal_1", []),
        ("approve", ["ёлка", "DEAL_1"]),
        ("portal.example.org", ["ёлка", "DEAL_1"]),
        ("62c6c762f552c6", ["ёлка", "DEAL_1"]),
        ("%", ["DEAL_1"]),
        ("_", ["ёлка", "DEAL_1"]),
        ("DEAL%1", []),
        ("\\", []),
        ("'", []),
    ],
)
def test_search_finds_words_whatever_their_case(
    store: Store, key: StoreKey, text: str, found: list[str]
) -> None:
    record(
        store,
        key,
        Post(number=1, document="DEAL_1", properties={"Rate": "10 %"}),
        Post(number=2, document="ёлка", properties={"Text": "Нужно СоГлАсИе директора"}),
    )

    assert documents(store, TokenQuery(text=text)) == found
    assert store.calls.counts(NOW, text=text).tokens == len(found)


def test_posts_without_a_token_are_searched_too(store: Store, key: StoreKey) -> None:
    for name in ("40-event-onappinstall-2020", "49-placement-robot-settings"):
        body, query = recorded(name)
        store.calls.record([prepare(Arrival(NOW, body, FORM, query), key)])

    def found(text: str) -> list[str]:
        ids = store.calls.ids(TokenQuery(group=Group.OTHERS, text=text), NOW)
        return [row.rule for row in store.calls.rows(ids, NOW)]

    assert found("onAppInstall") == ["ONAPPINSTALL"]
    assert len(found("")) == 2
    assert found("nothing of this kind") == []
    assert store.calls.counts(NOW, text="onappinstall").others == 1


def test_search_never_finds_a_secret(store: Store, key: StoreKey) -> None:
    post = Post()
    record(store, key, post)

    for secret in post.secrets:
        assert documents(store, TokenQuery(text=secret.decode())) == []


def test_list_and_counts_keep_to_one_portal(store: Store, key: StoreKey) -> None:
    record(
        store,
        key,
        Post(number=1, document="here", member_id="a" * 32),
        Post(number=2, document="there", member_id="b" * 32),
    )
    there = store.portals.by_key("b" * 32)
    assert there is not None

    assert documents(store, TokenQuery(portal_id=there.id)) == ["there"]
    assert store.calls.counts(NOW, portal_id=there.id).tokens == 1


def test_only_a_waiting_token_is_dismissed_and_it_can_be_taken_back(
    store: Store, key: StoreKey
) -> None:
    record(store, key, Post(number=1), Post(number=2, use_subscription="N"))

    for call_id in (1, 2):
        store.calls.dismiss(call_id, dismissed=True)
    dismissed = [row_of(store, call_id).state for call_id in (1, 2)]
    for call_id in (1, 2):
        store.calls.dismiss(call_id, dismissed=False)
    taken_back = [row_of(store, call_id).state for call_id in (1, 2)]

    assert dismissed == [TokenState.DISMISSED, TokenState.NOT_WAITING]
    assert taken_back == [TokenState.WAITING, TokenState.NOT_WAITING]


def test_token_that_is_being_answered_is_not_dismissed(store: Store, key: StoreKey) -> None:
    record(store, key, Post())
    store.replies.create(Reply(1, EVENT_SEND, [], ""), "1:x", NOW)

    store.calls.dismiss(1, dismissed=True)

    assert row_of(store, 1).state is TokenState.SENDING


def test_moments_come_back_to_the_microsecond_and_in_utc(store: Store, key: StoreKey) -> None:
    odd = datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    store.calls.record([prepare(Post().arrival(odd), key)])

    arrived = row_of(store, 1).arrived_at

    assert arrived == odd
    assert arrived.tzinfo is UTC


def test_detail_holds_everything_but_the_secrets(store: Store, key: StoreKey) -> None:
    post = Post(properties={"Amount": "7"})
    headers = (("content-type", FORM), ("cookie", "private"), ("x", "ÿ"))
    arrival = replace(post.arrival(), headers=headers, query=b"APP_SID=abcdef0123456789&a=b")
    store.calls.record([prepare(arrival, key)])

    detail = store.calls.detail(1, NOW)

    assert detail is not None
    assert not [secret for secret in post.secrets if secret in detail.body]
    assert detail.body.count(b"***") == 4
    assert detail.query == b"APP_SID=***&a=b"
    assert detail.headers == tuple(masked_headers(headers))
    assert ("cookie", "***") in detail.headers
    assert detail.content_type == FORM
    assert detail.peer == "127.0.0.1:9"
    assert detail.has_secrets
    assert detail.endpoint == "https://portal.example.org/rest/"
    assert detail.access_expires_at == NOW + timedelta(hours=1)
    assert detail.portal is not None
    assert not detail.portal.trusted
    assert detail.schema == ()


def test_detail_carries_the_schema_once_the_registration_is_known(
    store: Store, key: StoreKey
) -> None:
    record(store, key, Post())
    portal = store.portals.all()[0]
    store.portals.keep_registration(
        portal.id,
        "approve_invoice",
        {"RETURN_PROPERTIES": {"Approved": {"TYPE": "bool", "NAME": "Согласие"}}},
        NOW,
    )

    detail = store.calls.detail(1, NOW)

    assert detail is not None
    assert [(entry.name, entry.type.value, entry.title.read("ru")) for entry in detail.schema] == [
        ("Approved", "bool", "Согласие")
    ]


def test_no_secret_of_any_payload_is_in_any_file(
    store: Store, key: StoreKey, tmp_path: Path
) -> None:
    secrets: set[bytes] = set()
    for name in NAMES:
        body, query = recorded(name)
        store.calls.record([prepare(Arrival(NOW, body, FORM, query), key)])
        secrets |= secrets_in(body, query)
    document = {"event_token": "1|A1|json-token-of-sixteen", "auth": {"access_token": "s3cr3t/ü"}}
    body = json.dumps(document).encode()
    store.calls.record([prepare(Arrival(NOW, body, "application/json"), key)])
    secrets |= {b"json-token-of-sixteen", "s3cr3t/ü".encode(), b"s3cr3t/\\u00fc"}
    headers = (("authorization", "Bearer very-secret-header"), ("cookie", "very-secret-cookie"))
    store.calls.record([prepare(Arrival(NOW, b"a=1", FORM, headers=headers), key)])
    secrets |= {b"very-secret-header", b"very-secret-cookie"}

    written = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    assert len(secrets) > 40
    assert {"store.sqlite3", "store.sqlite3-wal", "store.sqlite3-shm"} <= written.keys()
    for name, content in written.items():
        assert not [secret for secret in secrets if secret in content], name


def test_secret_repeated_elsewhere_in_a_body_is_not_in_any_file(
    store: Store, key: StoreKey, tmp_path: Path
) -> None:
    post = Post()
    echoed = post.body + b"&" + urlencode({"properties[Note]": f"see {post.token} please"}).encode()
    store.calls.record([prepare(Arrival(NOW, echoed, FORM), key)])

    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert post.token.encode() not in content
            assert post.token.rpartition("|")[2].encode() not in content


def test_property_named_like_a_secret_is_treated_as_one(
    store: Store, key: StoreKey, tmp_path: Path
) -> None:
    post = Post(properties={"access_token": "kept apart", "Note": "kept here"})
    record(store, key, post)

    assert documents(store, TokenQuery(text="here")) == ["DEAL_42"]
    assert documents(store, TokenQuery(text="apart")) == []
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or b"kept apart" not in path.read_bytes()

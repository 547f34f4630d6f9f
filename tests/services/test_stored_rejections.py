"""Rejected posts: what is kept of them, and that there are never too many."""

from __future__ import annotations

from datetime import timedelta

import pytest
from posts import FORM, NOW, Post

from bxgui.core.listing import Group, TokenQuery
from bxgui.core.records import Arrival, CallKind, Rejection
from bxgui.services.intake import prepare, prepare_rejection, reopen
from bxgui.services.store import Store, rejections
from bxgui.services.store.recording import PreparedCall
from bxgui.services.vault import SecretsLocked, StoreKey, new_key

BODY = Post().body + b"&bad=%FF\xff"


def rejection(
    key: StoreKey, body: bytes = BODY, number: int = 0, *, at_handler: bool = True
) -> PreparedCall:
    arrival = Arrival(NOW + timedelta(seconds=number), body, FORM, b"auth_id=a1b2", peer="x:1")
    return prepare_rejection(
        Rejection(arrival, 400, "json", "the JSON is not an object", at_handler=at_handler), key
    )


def rejected_ids(store: Store) -> list[int]:
    return sorted(store.calls.ids(TokenQuery(group=Group.REJECTED), NOW))


def test_a_rejected_post_is_listed_apart_with_its_reason(store: Store, key: StoreKey) -> None:
    store.calls.record([prepare(Post().arrival(), key)])
    store.calls.reject([rejection(key)])

    (call_id,) = rejected_ids(store)
    (row,) = store.calls.rows([call_id], NOW)
    detail = store.calls.detail(call_id, NOW)
    counts = store.calls.counts(NOW)
    assert (row.kind, row.state, row.reason) == (
        CallKind.REJECTED,
        None,
        "the JSON is not an object",
    )
    assert detail is not None
    assert (detail.status, detail.peer, detail.portal) == (400, "x:1", None)
    assert (counts.tokens, counts.others, counts.rejected) == (1, 0, 1)


def test_its_body_is_shown_masked_and_kept_whole(store: Store, key: StoreKey) -> None:
    store.calls.reject([rejection(key)])

    (call_id,) = rejected_ids(store)
    sealed = store.calls.sealed(call_id)
    assert sealed is not None
    shown = sealed.body + sealed.query
    arrival = reopen(sealed, key)
    assert (arrival.body, arrival.query) == (BODY, b"auth_id=a1b2")
    assert not [secret for secret in Post().secrets if secret in shown]
    assert b"a1b2" not in shown
    with pytest.raises(SecretsLocked):
        reopen(sealed, new_key("another"))


def test_of_what_did_not_reach_the_handler_only_the_preview_is_kept(
    store: Store, key: StoreKey
) -> None:
    store.calls.reject([rejection(key, at_handler=False)])

    (call_id,) = rejected_ids(store)
    detail = store.calls.detail(call_id, NOW)
    assert detail is not None
    assert not detail.has_secrets


def test_the_newest_make_the_oldest_go(
    store: Store, key: StoreKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rejections, "MOST_KEPT", 3)
    for number in range(5):
        store.calls.reject([rejection(key, number=number)])

    assert rejected_ids(store) == [3, 4, 5]
    with store.database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM bodies").scalar_one() == 3


def test_large_ones_make_more_of_the_oldest_go_and_the_newest_stays_whatever_its_size(
    store: Store, key: StoreKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rejections, "MOST_BYTES", 25_000)
    for number, size in enumerate((10_000, 10_000, 10_000)):
        store.calls.reject([rejection(key, b"x" * size, number)])
    two_of_three = rejected_ids(store)
    store.calls.reject([rejection(key, b"x" * 100_000, 9)])

    assert two_of_three == [2, 3]
    assert rejected_ids(store) == [4]


def test_strangers_do_not_push_out_what_reached_the_handler(
    store: Store, key: StoreKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rejections, "MOST_KEPT", 2)
    store.calls.reject([rejection(key)])
    for number in range(5):
        store.calls.reject([rejection(key, number=number, at_handler=False)])

    assert rejected_ids(store) == [1, 5, 6]


def test_calls_are_never_dropped_for_rejections(
    store: Store, key: StoreKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rejections, "MOST_KEPT", 1)
    store.calls.record([prepare(Post(number).arrival(), key) for number in range(3)])
    store.calls.record([prepare(Arrival(NOW, b"event=X", FORM), key)])
    for number in range(3):
        store.calls.reject([rejection(key, number=number)])

    counts = store.calls.counts(NOW)
    assert (counts.tokens, counts.others, counts.rejected) == (3, 1, 1)

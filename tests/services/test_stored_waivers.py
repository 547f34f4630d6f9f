from __future__ import annotations

from posts import Post

from bxgui.services.intake import prepare
from bxgui.services.store import Store
from bxgui.services.vault import StoreKey

UNKNOWN = ("unknown_name", "Aproved")
MISSING = ("required_missing", "Approved")


def record(store: Store, key: StoreKey, *posts: Post) -> list[int]:
    prepared = [prepare(post.arrival(), key) for post in posts]
    return [stored.call_id for stored in store.calls.record(prepared)]


def test_a_waiver_is_for_every_call_of_its_rule_and_for_no_other(
    store: Store, key: StoreKey
) -> None:
    first, second, other_rule, other_portal = record(
        store,
        key,
        Post(number=1),
        Post(number=2),
        Post(number=3, code="get_days"),
        Post(number=4, member_id="0" * 32, endpoint="https://other.example.org/rest/"),
    )

    store.waivers.add(first, [UNKNOWN, MISSING])

    assert store.waivers.of_call(second) == {UNKNOWN, MISSING}
    assert store.waivers.of_call(other_rule) == frozenset()
    assert store.waivers.of_call(other_portal) == frozenset()


def test_a_waiver_is_remembered_once(store: Store, key: StoreKey) -> None:
    (call_id,) = record(store, key, Post())

    store.waivers.add(call_id, [UNKNOWN])
    store.waivers.add(call_id, [UNKNOWN, MISSING])
    store.waivers.add(call_id, [])

    assert store.waivers.of_call(call_id) == {UNKNOWN, MISSING}


def test_waivers_of_one_rule_are_forgotten_together(store: Store, key: StoreKey) -> None:
    call_id, other_rule = record(store, key, Post(number=1), Post(number=2, code="get_days"))
    store.waivers.add(call_id, [UNKNOWN, MISSING])
    store.waivers.add(other_rule, [UNKNOWN])

    store.waivers.clear(call_id)

    assert store.waivers.of_call(call_id) == frozenset()
    assert store.waivers.of_call(other_rule) == {UNKNOWN}


def test_one_waiver_is_forgotten_and_the_others_stay(store: Store, key: StoreKey) -> None:
    call_id, other_rule = record(store, key, Post(number=1), Post(number=2, code="get_days"))
    store.waivers.add(call_id, [UNKNOWN, MISSING])
    store.waivers.add(other_rule, [UNKNOWN])

    store.waivers.remove(call_id, [UNKNOWN])
    store.waivers.remove(call_id, [])

    assert store.waivers.of_call(call_id) == {MISSING}
    assert store.waivers.of_call(other_rule) == {UNKNOWN}


def test_a_call_that_does_not_exist_keeps_no_waiver(store: Store) -> None:
    store.waivers.add(7, [UNKNOWN])

    assert store.waivers.of_call(7) == frozenset()

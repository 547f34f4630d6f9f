from __future__ import annotations

from datetime import timedelta

from posts import NOW

from bxgui.services.store import Store
from bxgui.services.store.listener_paths import ListenerPath

WEEK = timedelta(days=7)


def test_first_path_is_made_at_the_first_use_and_stays(store: Store) -> None:
    assert store.listener_paths.all() == []

    (first,) = store.listener_paths.honoured(NOW)

    assert len(first.secret) == 32
    assert first == ListenerPath(first.secret, NOW)
    assert store.listener_paths.honoured(NOW + WEEK) == [first]
    assert store.listener_paths.all() == [first]


def test_former_path_is_honoured_until_its_date(store: Store) -> None:
    (first,) = store.listener_paths.honoured(NOW)

    second = store.listener_paths.rotate(NOW, NOW + WEEK)

    assert second.secret != first.secret
    former = ListenerPath(first.secret, NOW, NOW + WEEK)
    assert store.listener_paths.honoured(NOW) == [second, former]
    assert store.listener_paths.honoured(NOW + WEEK) == [second]
    assert store.listener_paths.all() == [second, former]


def test_former_path_can_be_given_up_at_once(store: Store) -> None:
    store.listener_paths.honoured(NOW)

    second = store.listener_paths.rotate(NOW, NOW)

    assert store.listener_paths.honoured(NOW) == [second]


def test_rotation_shortens_an_earlier_promise_and_lengthens_none(store: Store) -> None:
    (first,) = store.listener_paths.honoured(NOW)
    second = store.listener_paths.rotate(NOW, NOW + WEEK)
    third = store.listener_paths.rotate(NOW, NOW + 2 * WEEK)

    assert [(one.secret, one.honoured_until) for one in store.listener_paths.all()] == [
        (third.secret, None),
        (second.secret, NOW + 2 * WEEK),
        (first.secret, NOW + WEEK),
    ]

    fourth = store.listener_paths.rotate(NOW, NOW)

    assert store.listener_paths.honoured(NOW) == [fourth]
    assert len(store.listener_paths.all()) == 4


def test_store_that_was_never_used_can_be_rotated(store: Store) -> None:
    made = store.listener_paths.rotate(NOW, NOW + WEEK)

    assert store.listener_paths.honoured(NOW) == [made]

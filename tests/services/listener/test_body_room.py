from __future__ import annotations

from collections.abc import Callable

import pytest

from bxgui.core.phpform import BodyRefused
from bxgui.services.listener.body_room import SMALL_BYTES, Body, BodyRoom

MB = 1024 * 1024


def giving_way(times: int) -> Callable[[], bool]:
    """Bodies of which so many can give way."""
    left = iter([True] * times)
    return lambda: next(left, False)


def test_small_bodies_find_room_where_great_ones_have_taken_theirs() -> None:
    room = BodyRoom(MB)
    great = Body(room, MB)
    great.add(b"a" * MB)

    with pytest.raises(BodyRefused):
        Body(room, MB).add(b"a")
    with pytest.raises(BodyRefused):
        Body(room, None).add(b"a" * (SMALL_BYTES + 1))
    Body(room, SMALL_BYTES).add(b"a" * SMALL_BYTES)
    Body(room, None).add(b"a" * SMALL_BYTES)
    with pytest.raises(BodyRefused):
        Body(room, 1).add(b"a")


def test_body_takes_its_room_until_it_is_forgotten() -> None:
    room = BodyRoom(10)
    body = Body(room, 10)
    body.add(b"a" * 10)

    assert body.hand_on() == b"a" * 10
    assert not room.take(2)
    body.forget()
    body.forget()
    assert room.take(10)
    assert not room.take(2)


def test_body_that_is_cut_takes_the_room_of_its_beginning() -> None:
    room = BodyRoom(10)
    body = Body(room, 10)
    body.add(b"ab" * 5)

    body.cut(3)

    assert room.take(7)
    assert not room.take(2)
    assert body.hand_on() == b"aba"


def test_body_that_gives_way_is_waited_for_within_bounds() -> None:
    room = BodyRoom(10, giving_way(2))

    assert room.take(10)
    assert [room.take(8 * MB) for _ in range(5)] == [True, True, True, False, False]

"""The room that bodies take in memory: that of each, and what all may take together."""

from __future__ import annotations

from collections.abc import Callable

from bxgui.core import rejections
from bxgui.core.phpform import BodyRefused

MANY_BODIES = 128 * 1024 * 1024
# What portals send is far smaller.
SMALL_BYTES = 64 * 1024
_SHARE_FOR_SMALL_ONES = 8
# What may come before a body that gives way has given its room back.
_MEANWHILE_BYTES = 16 * 1024 * 1024


def _no_room() -> bool:
    return False


def no_room_for_bodies() -> BodyRefused:
    """Why a body has to give way, or is not taken at all."""
    return BodyRefused(rejections.NO_ROOM, "too many bodies are under way")


class BodyRoom:
    """What all bodies may take together; small ones find some room where great ones find none.

    When there is none, `make_room` may have another body give way, which it does a moment later.
    """

    def __init__(self, most: int = MANY_BODIES, make_room: Callable[[], bool] = _no_room) -> None:
        self._left = most
        self._for_small_ones = most // _SHARE_FOR_SMALL_ONES
        self._make_room = make_room
        self._room_is_coming = False

    def take(self, size: int, *, small: bool = False) -> bool:
        """Whether there is room for so many bytes more; another body may have to give way."""
        self._left -= size
        if self._left >= (-self._for_small_ones if small else 0):
            return True
        if self._room_is_coming and self._left >= -_MEANWHILE_BYTES:
            return True
        self._room_is_coming = self._make_room()
        if not self._room_is_coming:
            self._left += size
        return self._room_is_coming

    def give_back(self, size: int) -> None:
        """So many bytes are no longer kept."""
        self._left += size
        self._room_is_coming = False


class Body:
    """A body as it comes, with the room that it takes until it is forgotten."""

    __slots__ = ("_bytes", "_declared", "_room", "_taken")

    def __init__(self, room: BodyRoom, declared: int | None) -> None:
        self._room = room
        self._declared = declared
        self._bytes = bytearray()
        self._taken = 0

    def __len__(self) -> int:
        return len(self._bytes)

    def add(self, part: bytes) -> None:
        """Keep what comes; raises `BodyRefused` where there is no room for it."""
        whole = len(self._bytes) + len(part) if self._declared is None else self._declared
        if not self._room.take(len(part), small=whole <= SMALL_BYTES):
            raise no_room_for_bodies()
        self._taken += len(part)
        self._bytes += part

    def cut(self, size: int) -> None:
        """Forget all but the beginning."""
        del self._bytes[size:]
        self._room.give_back(self._taken - len(self._bytes))
        self._taken = len(self._bytes)

    def hand_on(self) -> bytes:
        """The bytes, which are no longer kept here, and take their room all the same."""
        whole = bytes(self._bytes)
        self._bytes.clear()
        return whole

    def forget(self) -> None:
        """Give the room back."""
        self._bytes.clear()
        self._room.give_back(self._taken)
        self._taken = 0

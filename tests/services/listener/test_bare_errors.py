from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from datetime import timedelta

import pytest
from posts import FORM, NOW, Post

from bxgui.core.phpform import BodyRefused
from bxgui.core.records import Arrival, Stored
from bxgui.services.listener.bare_errors import bare
from bxgui.services.listener.capture import Capture
from bxgui.services.store.recording import PreparedCall
from bxgui.services.vault import StoreKey

pytestmark = pytest.mark.usefixtures("no_collector")
# A moment of no other test's.
AT = NOW + timedelta(days=4711)
TOO_DEEP = b"a" + b"[a]" * 99 + b"=1"


class Large:
    """Stands for what nobody wants to keep in memory."""


def fail(held: object) -> None:
    raise KeyError(held)


class FailingKeeping:
    """Fails with an error that has a cause, and rings of its own."""

    wants_tending = False

    def record(self, calls: Sequence[PreparedCall]) -> list[Stored]:
        try:
            fail(calls)
        except KeyError as cause:
            ring = cause
            raise LookupError from ring
        raise AssertionError

    def tend(self) -> None:
        raise AssertionError

    def close(self) -> None:
        return


@pytest.fixture
def no_collector() -> Iterator[None]:
    """Rings are found only much later."""
    was_enabled = gc.isenabled()
    gc.collect()
    gc.disable()
    yield
    if was_enabled:
        gc.enable()


def raised() -> tuple[Exception, weakref.ref[Large]]:
    """An error in a ring with its own frames, and what those hold."""
    large = Large()
    held = weakref.ref(large)
    try:
        try:
            fail(large)
        except KeyError as cause:
            raise LookupError("lost") from cause
    except LookupError as error:
        kept = error
    return kept, held


def test_error_that_is_bare_keeps_nothing_in_memory() -> None:
    error, held = raised()
    assert held() is not None

    assert bare(error) is error

    assert held() is None
    assert str(error) == "lost"
    assert (error.__cause__, error.__context__, error.__traceback__) == (None, None, None)


@pytest.mark.parametrize(("body", "failure"), [(Post().body, LookupError), (TOO_DEEP, BodyRefused)])
def test_call_that_was_not_stored_is_not_kept_in_memory(
    key: StoreKey, body: bytes, failure: type[Exception]
) -> None:
    async def take(capture: Capture) -> None:
        with suppress(failure):
            await capture.take(Arrival(AT, body, FORM))

    with closing(Capture(FailingKeeping(), lambda _: None, key)) as capture:
        asyncio.run(take(capture))

    kept = [one for one in gc.get_objects() if isinstance(one, (Arrival, PreparedCall))]
    assert [one for one in kept if one.arrived_at == AT] == []

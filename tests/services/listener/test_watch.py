from __future__ import annotations

import logging
import threading
from contextlib import closing

import pytest
from listening import WAIT

from bxgui.services.listener.watch import Watch


def test_every_look_is_taken_again_and_again_until_the_watch_is_closed() -> None:
    looks: list[str] = []
    enough = threading.Event()

    def second() -> None:
        looks.append("second")
        if len(looks) >= 4:
            enough.set()

    with closing(Watch([lambda: looks.append("first"), second], seconds=0.001)):
        assert enough.wait(WAIT)
    taken = list(looks)

    assert taken[:4] == ["first", "second", "first", "second"]
    assert looks == taken


def test_look_that_fails_is_told_without_its_text_and_hinders_no_other(
    caplog: pytest.LogCaptureFixture,
) -> None:
    looked = threading.Event()

    def failing() -> None:
        raise ValueError("/h/secret")

    with closing(Watch([failing, looked.set], seconds=0.001)):
        assert looked.wait(WAIT)

    assert {record.levelno for record in caplog.records} == {logging.ERROR}
    assert "ValueError" in caplog.text
    assert "secret" not in caplog.text
    caplog.clear()

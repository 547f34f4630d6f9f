from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bxgui.services.listener import announcer as announcer_module
from bxgui.services.listener.announcer import Announcer


@dataclass
class Pipe:
    """Both ends of a pipe."""

    reading: int
    writing: int

    def close_reading(self) -> None:
        if self.reading >= 0:
            os.close(self.reading)
        self.reading = -1

    def close_writing(self) -> None:
        if self.writing >= 0:
            os.close(self.writing)
        self.writing = -1

    def everything(self) -> bytes:
        """What is in the pipe, to its end."""
        self.close_writing()
        parts = []
        while part := os.read(self.reading, 65536):
            parts.append(part)
        return b"".join(parts)


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    made = Pipe(*os.pipe())
    yield made
    made.close_reading()
    made.close_writing()


def test_program_reads_json_and_a_person_reads_text(pipe: Pipe) -> None:
    for as_json in (True, False):
        announcer = Announcer(pipe.writing, as_json=as_json)
        announcer.say("сохранено: 7", event="stored", document="сделка")
        announcer.close()

    first, second = pipe.everything().decode().splitlines()
    assert json.loads(first) == {"event": "stored", "document": "сделка"}
    assert second == "сохранено: 7"


def test_text_that_cannot_be_written_is_replaced(pipe: Pipe) -> None:
    announcer = Announcer(pipe.writing, as_json=False)
    announcer.say("a\udcffb")
    announcer.close()

    assert pipe.everything() == b"a?b\n"


def test_text_of_several_lines_stays_one_line(pipe: Pipe) -> None:
    announcer = Announcer(pipe.writing, as_json=False)
    announcer.say("stored: a\nstored: forged\r\x1b[2J")
    announcer.close()

    written = pipe.everything()
    assert written.count(b"\n") == 1
    assert b"\x1b" not in written
    assert b"\r" not in written


def test_lines_come_whole_and_in_order(pipe: Pipe) -> None:
    announcer = Announcer(pipe.writing, as_json=False)
    for number in range(500):
        announcer.say(f"line {number}")
    announcer.close()

    assert pipe.everything().decode().split("\n")[:-1] == [f"line {n}" for n in range(500)]


def test_reader_that_stalls_costs_lines_and_holds_nobody_up(
    pipe: Pipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcer_module, "_MOST_WAITING", 10)
    monkeypatch.setattr(announcer_module, "_FLUSH_SECONDS", 0.01)
    announcer = Announcer(pipe.writing, as_json=False)
    line = "x" * 65_000
    for _ in range(100):
        announcer.say(line)
    announcer.close()

    stuck = announcer._thread.is_alive()
    read = 0
    while announcer._thread.is_alive() and read < 65_001 * 12:
        read += len(os.read(pipe.reading, 65536))
        announcer.close()

    assert stuck
    announcer._thread.join(20)
    assert not announcer._thread.is_alive()


def test_reader_that_has_left_is_survived(pipe: Pipe) -> None:
    announcer = Announcer(pipe.writing, as_json=False)
    pipe.close_reading()

    announcer.say("to nobody")
    announcer.say("to nobody either")
    announcer.close()

    assert not announcer._thread.is_alive()

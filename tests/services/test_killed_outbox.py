"""A program that is killed while it sends: nothing is sent twice, nothing is forgotten."""

from __future__ import annotations

import base64
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sending import WAIT, Desk, answer, desk, outbox_of
from simulated import SEND

from bxgui.core.deadlines import TokenState
from bxgui.core.explanations import Outcome
from bxgui.core.queued import Waits
from bxgui.services.store import Store
from bxgui.services.vault import StoreKey

TESTS = Path(__file__).parents[1]
WAITING, ACCEPTED, UNKNOWN = TokenState.WAITING, TokenState.ACCEPTED, TokenState.UNKNOWN
SENDING = TokenState.SENDING

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL")


@pytest.fixture
def real(store: Store, key: StoreKey) -> Iterator[Desk]:
    with desk(store, key, real_time=True) as made:
        yield made


def start(made: Desk, ids: list[int], steps: str, *, together: bool) -> subprocess.Popen[bytes]:
    way = "together" if together else "singly"
    folder = made.store.database.path.parent
    command = [sys.executable, "killed_outbox.py", str(folder), way, steps, *map(str, ids)]
    child = subprocess.Popen(command, cwd=TESTS, stdin=subprocess.PIPE)
    assert child.stdin is not None
    child.stdin.write(base64.b64encode(made.key.secret) + b"\n")
    child.stdin.flush()
    return child


def killed(made: Desk, ids: list[int], steps: str, *, together: bool = False) -> None:
    """Have a program queue replies to these calls, and die at the step."""
    with start(made, ids, steps, together=together) as child:
        assert child.wait(WAIT) == -signal.SIGKILL


def sends(made: Desk) -> int:
    return len(made.client.served.requests)


def restarted(made: Desk) -> list[tuple[int, Waits]]:
    """What a program that starts now finds in the queue."""
    made.outbox.recover()
    return [(one.call_id, one.waits) for one in made.outbox.queue()]


@pytest.mark.parametrize(
    ("steps", "states", "requests"),
    [
        ("after create", (SENDING, WAITING), 0),
        ("before begin", (SENDING, SENDING), 0),
        ("after begin", (UNKNOWN, SENDING), 0),
        ("before ask", (UNKNOWN, SENDING), 0),
        ("after ask", (UNKNOWN, SENDING), 1),
        ("before finish", (UNKNOWN, SENDING), 1),
        ("after finish", (ACCEPTED, SENDING), 1),
    ],
)
def test_killed_between_two_steps(
    real: Desk, steps: str, states: tuple[TokenState, TokenState], requests: int
) -> None:
    ids = [real.caught(), real.caught()]

    killed(real, ids, steps)
    held = restarted(real)

    after = [real.state(call_id) for call_id in ids]
    queued = [call_id for call_id, state in zip(ids, states, strict=True) if state is SENDING]
    assert tuple(after) == states
    assert held == [(call_id, Waits.HELD) for call_id in queued]
    assert sends(real) == requests
    resumed = real.outbox.resume()
    outcomes = [future.result(WAIT).row.outcome for future in resumed.values()]
    assert outcomes == [Outcome.ACCEPTED] * len(queued)
    assert sends(real) == requests + len(queued)
    assert [real.state(one) for one in ids if one not in queued] == [
        state for state in states if state is not SENDING
    ]


def test_killed_while_the_portal_works_on_the_reply(real: Desk) -> None:
    ids = [real.caught(), real.caught()]
    kill: list[Callable[[], None]] = []
    real.client.served._on_exchange = lambda _: kill.pop()()
    with start(real, ids, "", together=False) as child:
        kill.append(child.kill)
        assert child.wait(WAIT) == -signal.SIGKILL
    real.client.served._on_exchange = None

    held = restarted(real)

    assert [real.state(call_id) for call_id in ids] == [UNKNOWN, SENDING]
    assert held == [(ids[1], Waits.HELD)]
    assert sends(real) == 1


def test_killed_between_two_tries(real: Desk) -> None:
    call_id = real.caught()
    real.client.served.faults.add("locked", method=SEND)

    killed(real, [call_id], "after finish")
    held = restarted(real)
    (future,) = real.outbox.resume().values()

    assert held == [(call_id, Waits.HELD)]
    assert future.result(WAIT).row.outcome is Outcome.ACCEPTED
    assert real.keys(call_id) == ["workflow_busy", "accepted"]


@pytest.mark.parametrize(
    ("steps", "state", "requests"),
    [
        ("after create", SENDING, 0),
        ("before begin_batch", SENDING, 0),
        ("after begin_batch", UNKNOWN, 0),
        ("before ask", UNKNOWN, 0),
        ("after ask", UNKNOWN, 1),
        ("before finish_batch", UNKNOWN, 1),
        ("after finish_batch", ACCEPTED, 1),
    ],
)
def test_killed_while_many_go_together(
    real: Desk, steps: str, state: TokenState, requests: int
) -> None:
    ids = [real.caught() for _ in range(3)]

    killed(real, ids, steps, together=True)
    held = restarted(real)

    assert [real.state(call_id) for call_id in ids] == [state] * 3
    assert held == ([(call_id, Waits.HELD) for call_id in ids] if state is SENDING else [])
    assert sends(real) == requests


def test_many_that_were_queued_together_go_together_when_they_are_resumed(real: Desk) -> None:
    ids = [real.caught() for _ in range(3)]
    killed(real, ids, "after create", together=True)

    futures = real.outbox.resume()
    for future in futures.values():
        future.result(WAIT)

    assert [real.state(call_id) for call_id in ids] == [ACCEPTED] * 3
    assert sends(real) == 1


def test_a_second_program_that_starts_meanwhile_touches_nothing(real: Desk) -> None:
    call_id = real.caught()
    real.outbox.pause()
    real.outbox.submit(answer(call_id))
    with closing(outbox_of(real.store, real.key, real.time.moment)) as other:
        settled, taken = other.recover(), other.resume_reply(1)

    assert settled == 0
    assert taken == {}
    assert real.state(call_id) is SENDING

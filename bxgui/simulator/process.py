"""A simulated portal as a process: it posts calls, and tells in lines what the portal did."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import cycle, islice
from queue import SimpleQueue
from threading import Event, Thread, current_thread, main_thread
from typing import TextIO

from bxgui.simulator.catalogue import SCENARIOS
from bxgui.simulator.delivery import Delivery
from bxgui.simulator.faults import Fault
from bxgui.simulator.gateway import Exchange
from bxgui.simulator.lines import Lines, delivery_line, portal_line, request_lines
from bxgui.simulator.pipe_commands import Commands, pipe_of
from bxgui.simulator.server import SimulatedPortal


def run(
    *,
    port: int = 0,
    handler: str = "",
    calls: int | None = None,
    json_lines: bool = False,
    interval: float = 0,
    faults: Sequence[Fault] = (),
    stdin: TextIO | None,
    stdout: TextIO,
) -> int:
    """Be a portal until SIGTERM, SIGINT or, with JSON lines, the end of a piped `stdin`.

    Posts `calls` calls to the handler, one of each scenario unless told how many, `interval`
    seconds apart. Returns the exit status; raises `PortTaken`, or `OSError` when nobody reads
    what it writes any more.
    """
    stops: SimpleQueue[None] = SimpleQueue()
    stopping = Event()
    lines = Lines(stdout, lambda: stops.put(None), as_json=json_lines)

    def tell_request(exchange: Exchange) -> None:
        for line in request_lines(exchange):
            lines.write(line)

    def tell_delivery(delivery: Delivery) -> None:
        lines.write(delivery_line(delivery, served.portal.rules[delivery.call.rule_code]))

    served = SimulatedPortal(port=port, on_exchange=tell_request, on_delivery=tell_delivery)
    for fault in faults:
        served.faults.add(fault)
    with _signals(lambda: stops.put(None)), served:
        lines.write(portal_line(served))
        count = len(SCENARIOS) if calls is None else calls
        if handler:
            _in_background(lambda: _post(served, handler, count, interval, stopping))
        pipe = pipe_of(stdin) if json_lines else None
        if pipe is not None:
            commands = Commands(served, handler, lines)
            _in_background(lambda: commands.obey(pipe, lambda: stops.put(None)))
        stops.get()
        stopping.set()
    if lines.failure is not None:
        raise lines.failure
    return 0


def _post(
    served: SimulatedPortal, handler: str, count: int, interval: float, stopping: Event
) -> None:
    for number, scenario in enumerate(islice(cycle(SCENARIOS), count)):
        if stopping.wait(interval if number else 0):
            return
        served.deliver(scenario, handler)


def _in_background(work: Callable[[], None]) -> None:
    Thread(target=work, daemon=True).start()


@contextmanager
def _signals(stop: Callable[[], None]) -> Iterator[None]:
    """Stop at SIGINT and SIGTERM; handlers can be set in the main thread only."""
    if current_thread() is not main_thread():
        yield
        return
    chosen = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda *_: stop()) for number in chosen]
    try:
        yield
    finally:
        for number, handler in zip(chosen, before, strict=True):
            with suppress(ValueError, TypeError):
                signal.signal(number, handler)

"""How fast calls are caught, and how soon they are answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from release.bench import listeners, load, mitmdump, post, slow_fsync
from release.bench.listeners import Listener
from release.bench.load import Done, Job
from release.bench.plan import Plan
from release.bench.rounds import in_turn
from release.bench.table import Line, Missing, Row, Target
from release.bench.trouble import BenchTrouble, NotMeasurable

_WARMING_CALLS = 200
_RATE = 200
_PERCENT = 99


def throughput(plan: Plan) -> Iterator[Row]:
    """Captures a second, against storing nothing and against one commit for each call."""
    variants = (listeners.AS_IT_IS, listeners.STORING_NOTHING, listeners.ONE_COMMIT_EACH)
    for connections in plan.connections:
        job = Job("", connections, plan.seconds)
        with _listening(plan, variants) as running:
            before = _processor_seconds(running)
            done = _rounds(plan, _urls(running), job)
            after = _processor_seconds(running)
        ours, nothing, one_each = map(_rates, done.values())
        where = f"{connections} connections"
        yield Line(f"captures, {where} / storing nothing", "/s", ours, nothing, _at_least(0.35))
        yield Line(f"captures, {where} / one commit each", "/s", ours, one_each, _at_least(1.5))
        taken = [
            f"{name} {1e6 * (after[name] - before[name]) / _calls(all_of_it):,.0f} us"
            for name, all_of_it in done.items()
        ]
        yield f"  the listener's processor time for a call: {', '.join(taken)}"


def slow_disk(plan: Plan) -> Iterator[Row]:
    """Captures a second where each fsync takes 5 ms longer, against one commit for each call."""
    variants = (listeners.AS_IT_IS, listeners.ONE_COMMIT_EACH)
    for connections in plan.connections:
        what = f"fsync + 5 ms, {connections} connections / one commit each"
        job = Job("", connections, plan.seconds)
        with plan.scratch() as built, ExitStack() as stack:
            try:
                slowed = slow_fsync.build(Path(built))
            except NotMeasurable as reason:
                yield Missing(what, _at_least(20), str(reason))
                continue
            running = stack.enter_context(_listening(plan, variants, slowed))
            ours, one_each = map(_rates, _rounds(plan, _urls(running), job).values())
        yield _slowed(Line(what, "/s", ours, one_each, _at_least(20)))


def _slowed(line: Line) -> Row:
    """The line, if one commit each is as slow as the delay makes it."""
    if max(line.compared) < 1 / slow_fsync.DELAY_SECONDS:
        return line
    return Missing(line.what, line.target, "the delay does not reach this SQLite")


def latency(plan: Plan) -> Iterator[Row]:
    """How long answers take at a rate that a portal may reach, against storing nothing."""
    variants = (listeners.AS_IT_IS, listeners.STORING_NOTHING)
    for connections in plan.connections:
        # Twice as long: one call of a hundred counts.
        job = Job("", connections, 2 * plan.seconds, rate=_RATE)
        with _listening(plan, variants) as running:
            done = _rounds(plan, _urls(running), job)
        what = f"p99 at {_RATE}/s, {connections} connections / storing nothing"
        ours, nothing = (_milliseconds(one, _PERCENT) for one in done.values())
        yield Line(what, "ms", ours, nothing, Target("<=", 3))
        ours, nothing = (_milliseconds(one, 50) for one in done.values())
        yield Line(what.replace("p99", "p50"), "ms", ours, nothing, None)


def against_mitmdump(plan: Plan) -> Iterator[Row]:
    """Captures a second, against mitmdump writing its flow file."""
    job = Job("", plan.connections[0], plan.seconds)
    what = f"captures, {job.connections} connections / mitmdump"
    if plan.without_mitmdump:
        yield Missing(what, _at_least(5), "left out")
        return
    try:
        version = mitmdump.install()
    except NotMeasurable as reason:
        yield Missing(what, _at_least(5), str(reason))
        return
    with (
        plan.scratch() as folder,
        mitmdump.running(Path(folder)) as (url, flows),
        _listening(plan, (listeners.AS_IT_IS,)) as running,
    ):
        done = _rounds(plan, {**_urls(running), "mitmdump": url}, job)
        ours, theirs = map(_rates, done.values())
        if flows.stat().st_size < _calls(done["mitmdump"]) * post.body_bytes():
            raise BenchTrouble("mitmdump wrote less than it answered")
    yield Line(f"{what} {version}", "/s", ours, theirs, _at_least(5))


@contextmanager
def _listening(
    plan: Plan, variants: Sequence[str], preload: Path | None = None
) -> Iterator[Mapping[str, Listener]]:
    """A fresh listener of each variant, after a few calls that do not count."""
    with ExitStack() as stack:
        running = {}
        for variant in variants:
            folder = Path(stack.enter_context(plan.scratch()))
            started = stack.enter_context(listeners.running(variant, folder, preload))
            load.run(Job(started.url, plan.connections[0], calls=_WARMING_CALLS))
            running[variant] = started
        yield running


def _urls(running: Mapping[str, Listener]) -> dict[str, str]:
    return {name: one.url for name, one in running.items()}


def _processor_seconds(running: Mapping[str, Listener]) -> dict[str, float]:
    return {name: one.processor_seconds for name, one in running.items()}


def _rounds(plan: Plan, urls: Mapping[str, str], job: Job) -> dict[str, list[Done]]:
    """What came of a job at each address in each round."""
    jobs = {name: partial(load.run, replace(job, url=url)) for name, url in urls.items()}
    return in_turn(plan.rounds, jobs)


def _calls(done: Sequence[Done]) -> int:
    return sum(one.calls for one in done)


def _rates(done: Sequence[Done]) -> list[float]:
    return [one.per_second for one in done]


def _milliseconds(done: Sequence[Done], percent: int) -> list[float]:
    return [1000 * one.latency(percent) for one in done]


def _at_least(bound: float) -> Target:
    return Target(">=", bound)

"""One set of values for many tokens of a rule: planned, looked at, sent, cancelled."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bxgui.core.call_findings import of_call
from bxgui.core.deadlines import TokenState
from bxgui.core.findings import Finding, by_severity
from bxgui.core.many import ManyResult, Plan, PlannedReply
from bxgui.core.preset import Filled, Preset, VariableProblem
from bxgui.core.records import EVENT_SEND, CallDetail, Method, Reply
from bxgui.core.retrying import Patience
from bxgui.core.value_findings import of_values
from bxgui.services.presets import RulePresets
from bxgui.services.queue_item import Conclusion, ManyReply
from bxgui.services.replies import Command, Outbox, ReplyProblem
from bxgui.services.store import Store

Progress = Callable[[ManyResult], None]


class ManyReplies:
    """Plans replies to many tokens, and sends them in as few requests as the portal allows."""

    def __init__(
        self,
        store: Store,
        outbox: Outbox,
        presets: RulePresets,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._outbox = outbox
        self._presets = presets
        self._clock = clock

    def of_same_rule(self, call_id: int, call_ids: Sequence[int]) -> list[int]:
        """Those of these calls that are tokens of a call's rule, in the same portal."""
        rule = self._store.rules.of_call(call_id)
        return [] if rule is None else self._store.calls.among(rule.id, call_ids)

    def waiting_of_rule(self, call_id: int) -> list[int]:
        """The tokens of a call's rule that wait, those that came first before others."""
        rule = self._store.rules.of_call(call_id)
        if rule is None:
            return []
        return self._store.calls.of_rule(rule.id, TokenState.WAITING, self._clock())

    def plan(self, call_ids: Sequence[int], content: Preset, method: Method = EVENT_SEND) -> Plan:
        """What would go out for each of these calls, the content's variables filled from it.

        Sends nothing. Blocks for the store and, once, for the keyring.
        """
        generation = self._store.database.generation
        calls = self._store.calls.details(call_ids, self._clock())
        filled = [self._filled(call, content, method) for call in calls]
        written = [(one.reply, one.call) for one in filled if one.reply is not None]
        commands = iter(self._outbox.commands(written))
        planned = (one if one.reply is None else _with(one, next(commands)) for one in filled)
        return Plan(tuple(planned), generation)

    def send(
        self,
        plan: Plan,
        progress: Progress | None = None,
        patience: Patience | None = None,
    ) -> ManyRun:
        """Queue all that can go, in one step; raises `StoreProblem` when nothing could be stored.

        `progress` hears of each result, in another thread, before `wait` ends.
        """
        run = ManyRun(self._outbox, progress or _nothing)
        run.begin(plan, patience)
        return run

    def _filled(self, call: CallDetail, content: Preset, method: Method) -> PlannedReply:
        try:
            filled = self._presets.fill(content, call)
        except VariableProblem as problem:
            return PlannedReply(call, faults=problem.faults)
        values = [] if method != EVENT_SEND else filled.values
        reply = Reply(call.row.id, method, values, filled.log_message)
        return PlannedReply(call, reply, self._findings(call, filled, method))

    def _findings(self, call: CallDetail, filled: Filled, method: Method) -> tuple[Finding, ...]:
        found = of_call(call, self._clock())
        if method == EVENT_SEND:
            of_reply = of_values(call.schema, filled.values, call.date_format)
            found = by_severity([*of_reply, *found])
        return tuple(found)


class ManyRun:
    """Replies on their way."""

    def __init__(self, outbox: Outbox, progress: Progress) -> None:
        self._outbox = outbox
        self._progress = progress
        self._changed = threading.Condition()
        self._results: dict[int, ManyResult] = {}
        self._reply_ids: list[int] = []
        self._generation = 0
        self._order: list[int] = []

    @property
    def total(self) -> int:
        """How many replies there are."""
        return len(self._order)

    @property
    def results(self) -> list[ManyResult]:
        """What is over, in the order of the plan."""
        with self._changed:
            return [self._results[one] for one in self._order if one in self._results]

    def begin(self, plan: Plan, patience: Patience | None) -> None:
        """Queue what can go of a plan."""
        going = [one for one in plan.going if one.reply is not None and one.call.portal is not None]
        self._order = [one.call.row.id for one in going]
        many = [
            ManyReply(one.call.portal.id, one.reply, one.command)
            for one in going
            if one.reply is not None and one.call.portal is not None
        ]
        self._generation = generation = plan.generation
        ids = self._outbox.submit_all(many, self._on_over, generation=generation, patience=patience)
        self._reply_ids = [reply_id for reply_id in ids if reply_id is not None]
        for call_id, reply_id in zip(self._order, ids, strict=True):
            if reply_id is None:
                message = "A reply to this token is being sent. Wait for its outcome."
                self._note(ManyResult(call_id, code="already_sending", problem=message))

    def cancel(self) -> None:
        """Take back what is not on its way yet; raises `StoreProblem`."""
        self._outbox.cancel_all(self._reply_ids, self._generation)

    def wait(self, seconds: float | None = None) -> list[ManyResult]:
        """The results, as soon as there are all; raises `TimeoutError`."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self._results) == self.total, seconds):
                raise TimeoutError
        return self.results

    def _on_over(self, conclusion: Conclusion) -> None:
        problem = conclusion.problem
        self._note(
            ManyResult(
                conclusion.call_id,
                None if problem is not None else conclusion.verdict,
                conclusion.attempt_id,
                getattr(problem, "code", "bug") if problem is not None else "",
                str(problem) if problem is not None else "",
            )
        )

    def _note(self, result: ManyResult) -> None:
        self._progress(result)
        with self._changed:
            self._results[result.call_id] = result
            self._changed.notify_all()


def _with(planned: PlannedReply, command: Command) -> PlannedReply:
    if isinstance(command, ReplyProblem):
        return replace(planned, code=command.code, problem=str(command))
    return replace(planned, command=command)


def _nothing(_result: ManyResult) -> None:
    """Nobody wants to hear."""

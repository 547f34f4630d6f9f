"""The outbox: a reply is stored before it is sent, and sent by its portal's one worker."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TypeAlias

from bxgui.core.handler_call import HandlerCall
from bxgui.core.queued import OpenReply, QueuedReply, TakenOver, Terms, shown_queue
from bxgui.core.records import AttemptDetail, CallDetail, Portal, Reply
from bxgui.core.retrying import Patience
from bxgui.services.authorization import Authorization
from bxgui.services.authorization_problem import AuthorizationProblem
from bxgui.services.lane import Lane
from bxgui.services.pace import Pace
from bxgui.services.portal_client import PortalClient
from bxgui.services.portal_pauses import PortalPauses
from bxgui.services.processes import THIS_PROCESS, is_alive
from bxgui.services.queue_item import Conclusion, ManyReply, QueueItem
from bxgui.services.reply_requests import Prepared, ReplyProblem, ReplyRequests
from bxgui.services.sending import Sending
from bxgui.services.store import Store, StoreProblem
from bxgui.services.vault import StoreKey

__all__ = ["Command", "Outbox", "Prepared", "ReplyProblem"]

# A reply as a command of a batch: None where it has to go alone, or why it cannot go.
Command: TypeAlias = str | ReplyProblem | None


class Outbox:
    """Sends replies, in order, with one worker per portal.

    What is queued is in the store: it outlives this program, and other programs see it.
    """

    def __init__(
        self,
        store: Store,
        client: PortalClient,
        key: Callable[[], StoreKey],
        clock: Callable[[], datetime],
        authorization: Authorization,
        *,
        patience: Callable[[], Patience] = Patience,
        pace: Pace | None = None,
    ) -> None:
        self._store = store
        self._client = client
        self._clock = clock
        self._patience = patience
        self._pace = pace or Pace()
        self._authorization = authorization
        self._requests = ReplyRequests(store, key, clock)
        self._sending = Sending(store, client, authorization, self._requests, clock)
        self._lanes: dict[int, Lane] = {}
        self._lock = threading.Lock()
        self._listeners: list[Callable[[], None]] = []

    def submit(
        self, reply: Reply, *, suspicious_too: bool = False, patience: Patience | None = None
    ) -> Future[AttemptDetail]:
        """Store a reply and queue it; raises `ReplyProblem` or `StoreProblem` when it cannot go.

        `suspicious_too` is the user's explicit yes to a call with another application token. The
        future has the last attempt, or is cancelled when the reply was taken back before any.
        """
        generation = self._store.database.generation
        call = self._requests.calls([reply]).get(reply.call_id)
        portal = self._requests.destination(reply, call, suspicious_too=suspicious_too)
        self._check_access(portal, call)
        self._requests.check(reply)
        self._sending.given_back.settle()
        allowed = patience or self._patience()
        terms = Terms(suspicious_too, False, allowed.attempts, allowed.seconds)
        now, replies = self._clock(), self._store.replies
        reply_id = replies.create(reply, THIS_PROCESS, now, terms, generation)
        future: Future[AttemptDetail] = Future()
        tell = partial(self._conclude, future)
        self._put(portal.id, [QueueItem(reply_id, generation, reply, terms, allowed, tell)])
        return future

    def submit_all(
        self,
        new: Sequence[ManyReply],
        tell: Callable[[Conclusion], None],
        *,
        generation: int,
        patience: Patience | None = None,
    ) -> list[int | None]:
        """Store replies in one step and queue them; those with a command may go together.

        Returns their ids, None for one whose token is being sent to. `tell` hears, in another
        thread, what became of each of them; what may be sent is looked at before each is. The
        calls are those of a generation of the store: raises `StoreProblem` `replaced`.
        """
        self._sending.given_back.settle()
        allowed = patience or self._patience()
        terms = Terms(False, True, allowed.attempts, allowed.seconds)
        plain = [one.reply for one in new]
        now, replies = self._clock(), self._store.replies
        ids = replies.create_all(plain, THIS_PROCESS, now, terms, generation)
        by_portal: dict[int, list[QueueItem]] = {}
        for reply_id, one in zip(ids, new, strict=True):
            if reply_id is not None:
                item = QueueItem(reply_id, generation, one.reply, terms, allowed, tell)
                item.command = one.command
                by_portal.setdefault(one.portal_id, []).append(item)
        for portal_id, items in by_portal.items():
            self._put(portal_id, items)
        return ids

    def prepared(self, reply: Reply) -> Prepared:
        """The request that `submit` would send, and what keeps it from being sent; sends nothing.

        A portal that is not trusted is no obstacle. Raises `ReplyProblem` when there is no request.
        """
        try:
            return self._requests.prepared(reply, self._authorization.at_hand)
        except AuthorizationProblem as problem:
            raise ReplyProblem(problem.code, str(problem)) from problem

    def handler_call(self, call_id: int) -> HandlerCall:
        """A stored call with its secrets; raises `ReplyProblem` when they cannot be had."""
        return self._requests.handler_call(call_id)

    def commands(self, planned: Sequence[tuple[Reply, CallDetail]]) -> list[Command]:
        """What replies to these calls are in a batch; nothing is sent or stored."""
        written = self._requests.commands([reply for reply, _ in planned])
        known: dict[int, ReplyProblem | None] = {}
        found: list[Command] = []
        for (reply, call), command in zip(planned, written, strict=True):
            try:
                portal = self._requests.destination(reply, call)
                if portal.id not in known:
                    known[portal.id] = self._access_problem(portal)
                found.append(known[portal.id] or command)
            except ReplyProblem as problem:
                found.append(problem)
        return found

    def queue(self) -> list[QueuedReply]:
        """What is being sent or waits for it, by every program, in the order in which it goes.

        What another program has taken back waits here no more, and what one had begun to send
        that has stopped is settled.
        """
        self._sending.given_back.settle()
        generation = self._store.database.generation
        waiting = [(lane, lane.waiting(generation)) for _, lane in self._known_lanes()]
        found = self._store.queue.open()
        still_open = {one.reply_id for one in found}
        for lane, reply_ids in waiting:
            self._end(lane, reply_ids - still_open, generation)
        alive = frozenset(owner for owner in {one.owner for one in found} if is_alive(owner))
        if any(one.begun and one.owner not in alive for one in found):
            found = self._settled_queue(found)
        holds = {portal: lane.hold for portal, lane in self._known_lanes() if lane.hold}
        return shown_queue(found, alive, holds, self._clock(), THIS_PROCESS)

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call this, in any thread, whenever the queue may look different; it must not raise."""
        self._listeners.append(listener)

    def pause(self, portal_id: int | None = None) -> None:
        """Begin nothing more for a portal, or for any; other programs do not either."""
        self._store.queue.pause(portal_id, self._clock())
        self._look()

    def resume(self, portal_id: int | None = None) -> dict[int, Future[AttemptDetail]]:
        """Go on with a portal, or with all, and with what stopped programs had queued for them.

        Returns what is taken over from those, by the ids of the replies.
        """
        usual, generation = self._patience(), self._store.database.generation
        self._store.queue.pause(portal_id, None)
        taken = self._store.queue.take_over(
            THIS_PROCESS, is_alive, portal_id, generation=generation
        )
        self._look()
        return self._go_on_with(taken, usual, generation)

    def resume_reply(self, reply_id: int) -> dict[int, Future[AttemptDetail]]:
        """Go on with one reply that a stopped program had queued; as `resume`."""
        return self.resume_all([reply_id])

    def resume_all(
        self, reply_ids: Sequence[int], generation: int | None = None
    ) -> dict[int, Future[AttemptDetail]]:
        """As `resume_reply`, in one step.

        Whoever has kept the ids says of which generation of the store they are.
        """
        usual = self._patience()
        if generation is None:
            generation = self._store.database.generation
        taken = self._store.queue.take_over(
            THIS_PROCESS, is_alive, reply_ids=reply_ids, generation=generation
        )
        return self._go_on_with(taken, usual, generation)

    def cancel(self, reply_id: int) -> bool:
        """Take a reply back, as long as nothing of it is on its way; whether that was so.

        Its token is in the state that it had before, or that the tries have left it in.
        """
        return bool(self.cancel_all([reply_id]))

    def cancel_all(self, reply_ids: Sequence[int], generation: int | None = None) -> list[int]:
        """As `cancel`, in one step; returns those that were taken back.

        Whoever has kept the ids says of which generation of the store they are.
        """
        if generation is None:
            generation = self._store.database.generation
        withdrawn = self._store.replies.withdraw(reply_ids, generation)
        for _, lane in self._known_lanes():
            self._end(lane, frozenset(withdrawn), generation)
        self._tell_change()
        return withdrawn

    def recover(self) -> int:
        """Settle what stopped processes had begun to send; returns how many replies that were."""
        return self._store.replies.recover(is_alive)

    def close(self) -> None:
        """Finish what is being sent; what is queued behind it stays in the queue, for later."""
        with self._lock:
            lanes = list(self._lanes.values())
            self._lanes.clear()
        for end in (Lane.stop, Lane.close):
            for item in [item for lane in lanes for item in end(lane)]:
                item.tell(item.over())
        self._client.close()

    def _settled_queue(self, found: list[OpenReply]) -> list[OpenReply]:
        """The queue without what stopped programs had begun to send, if that can be stored."""
        try:
            self.recover()
        except StoreProblem:
            return found
        return self._store.queue.open()

    def _check_access(self, portal: Portal, call: CallDetail | None) -> None:
        try:
            self._authorization.check(portal, call)
        except AuthorizationProblem as problem:
            raise ReplyProblem(problem.code, str(problem)) from problem

    def _access_problem(self, portal: Portal) -> ReplyProblem | None:
        try:
            self._check_access(portal, None)
        except ReplyProblem as problem:
            return problem
        return None

    def _go_on_with(
        self, taken: Sequence[TakenOver], usual: Patience, generation: int
    ) -> dict[int, Future[AttemptDetail]]:
        futures: dict[int, Future[AttemptDetail]] = {}
        by_portal: dict[int, list[QueueItem]] = {}
        for one in taken:
            future: Future[AttemptDetail] = Future()
            futures[one.reply_id] = future
            terms, tell = one.terms, partial(self._conclude, future)
            allowed = replace(usual, attempts=terms.most_tries, seconds=terms.most_seconds)
            item = QueueItem(one.reply_id, generation, one.reply, terms, allowed, tell)
            if terms.together:
                # What is wrong with one that has no request is told when it is sent alone.
                (command,) = self._requests.commands([one.reply])
                item.command = None if isinstance(command, ReplyProblem) else command
            item.tries = one.tries
            by_portal.setdefault(one.portal_id, []).append(item)
        for portal_id, items in by_portal.items():
            self._put(portal_id, items)
        return futures

    def _conclude(self, future: Future[AttemptDetail], conclusion: Conclusion) -> None:
        if conclusion.problem is not None:
            future.set_exception(conclusion.problem)
        elif conclusion.attempt_id is None:
            future.cancel()
        else:
            self._tell_attempt(future, conclusion.attempt_id)

    def _tell_attempt(self, future: Future[AttemptDetail], attempt_id: int) -> None:
        reason = "It is gone from the store."
        try:
            attempt = self._store.replies.attempt(attempt_id)
        except StoreProblem as problem:
            attempt, reason = None, str(problem)
        if attempt is not None:
            future.set_result(attempt)
            return
        message = f"The reply was sent, but what came of it cannot be read. {reason}"
        future.set_exception(ReplyProblem("outcome_not_stored", message))

    def _put(self, portal_id: int, items: Sequence[QueueItem]) -> None:
        with self._lock:
            lane = self._lanes.get(portal_id)
            if lane is None:
                lane = self._lanes[portal_id] = self._new_lane(portal_id)
        lane.put(items)
        self._tell_change()

    def _new_lane(self, portal_id: int) -> Lane:
        return Lane(
            f"portal {portal_id}",
            self._sending,
            PortalPauses(self._clock, self._pace),
            partial(self._store.queue.is_paused, portal_id),
            self._pace,
            self._tell_change,
        )

    def _known_lanes(self) -> list[tuple[int, Lane]]:
        with self._lock:
            return list(self._lanes.items())

    def _end(self, lane: Lane, reply_ids: frozenset[int], generation: int) -> None:
        """Replies that are closed in the store are over here too."""
        for item in lane.remove(reply_ids, generation) if reply_ids else ():
            item.tell(item.over())

    def _look(self) -> None:
        for _, lane in self._known_lanes():
            lane.look()
        self._tell_change()

    def _tell_change(self) -> None:
        for listener in self._listeners:
            listener()

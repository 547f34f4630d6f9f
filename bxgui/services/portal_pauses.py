"""When a portal takes the next request, and when a reply that it did not execute is repeated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bxgui.core import retrying
from bxgui.core.outcome import Outcome, Verdict
from bxgui.core.queued import Hold
from bxgui.services.pace import Pace
from bxgui.services.queue_item import QueueItem

# Sums of the same seconds may differ.
_SLACK_SECONDS = 0.001


class PortalPauses:
    """What is known of one portal's patience, and of ours with it. Belongs to one thread."""

    def __init__(self, clock: Callable[[], datetime], pace: Pace) -> None:
        self._clock = clock
        self._pace = pace
        self._failures = 0
        self._until = self._turn_at = 0.0
        self._chance = 0.5
        self._free_at: dict[str, float] = {}
        self.hold: Hold | None = None
        # Or perhaps so: the store knows.
        self.is_paused = True

    def seconds(self) -> float:
        """Until there may be another request."""
        return max(self._until, self._turn_at) - self._pace.now()

    def outlast(self, item: QueueItem) -> bool:
        """Whether the time for a reply that was tried is over before there may be another try."""
        if item.first_try is None:
            return False
        return self._until > item.first_try + item.patience.seconds + _SLACK_SECONDS

    def note(self, items: Sequence[QueueItem], verdicts: Sequence[Verdict], answer: bytes) -> None:
        """Learn from what an exchange with the portal has shown."""
        self._chance = self._pace.chance()
        if any(verdict.outcome is Outcome.ACCEPTED for verdict in verdicts):
            moment = retrying.free_at(answer)
            if moment is not None:
                self._free_at[items[0].reply.method] = moment
        holding = next((one for one in verdicts if retrying.holds_others(one)), None)
        if holding is None:
            self._failures, self.hold = 0, None
            return
        now = self._pace.now()
        self._failures += 1
        seconds = self._least(holding, items[0])
        self._until = now + seconds
        self.hold = Hold(self._clock() + timedelta(seconds=seconds), holding.explanation.key)

    def pause(self, item: QueueItem, verdict: Verdict) -> float | None:
        """Seconds until a reply is tried again after this, when it is due; None for never."""
        now = self._pace.now()
        if item.first_try is None:
            item.first_try = now
        if not retrying.heals(verdict):
            return None
        holds = retrying.holds_others(verdict)
        least = self._least(verdict, item) if holds else 0.0
        waited = now - item.first_try
        seconds = retrying.pause(item.patience, item.tries, waited, self._chance, least)
        if seconds is not None:
            item.due = now + seconds
            # It keeps its place before those that have not been tried.
            self._until = max(self._until, item.due) if holds else self._until
        return seconds

    def not_yet(self, seconds: float) -> None:
        """Learn how long the portal has had enough requests, from whichever program."""
        self._turn_at = self._pace.now() + seconds

    def paused(self) -> None:
        """Learn that somebody has paused the portal."""
        self.is_paused = True

    def _least(self, verdict: Verdict, item: QueueItem) -> float:
        """How long the portal will surely take nothing; the longer, the more often it did not."""
        if retrying.is_blocked(verdict):
            free_at = self._free_at.get(item.reply.method)
            return retrying.blocked_seconds(free_at, self._clock().timestamp())
        return retrying.growing(item.patience, self._failures, self._chance)

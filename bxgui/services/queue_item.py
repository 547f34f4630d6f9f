"""A reply in the hands of the program that sends it, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from bxgui.core.authorization import Access
from bxgui.core.outcome import Verdict
from bxgui.core.queued import Terms
from bxgui.core.records import Reply
from bxgui.core.retrying import Patience


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What became of a reply in the end: its last attempt, or the problem that kept it back.

    It has neither when the reply was taken back, or was left in the queue.
    """

    reply_id: int
    call_id: int
    attempt_id: int | None = None
    verdict: Verdict | None = None
    problem: Exception | None = None


@dataclass(frozen=True, slots=True)
class ManyReply:
    """One of many replies: where it goes, and as which command, where it need not go alone."""

    portal_id: int
    reply: Reply
    command: str | None = field(default=None, repr=False)


@dataclass(eq=False, slots=True)
class QueueItem:
    """A reply to be sent, and told of when it is over.

    Its id means something in this generation of the store. `command` is what it is among those of
    a batch, None where it goes alone. `due` and `first_try` are seconds of the pace. `access` is
    what the next try is made with, once that is known, `last` what the last one has come to.
    """

    reply_id: int
    generation: int
    reply: Reply
    terms: Terms
    patience: Patience
    tell: Callable[[Conclusion], None]
    command: str | None = field(default=None, repr=False)
    tries: int = 0
    due: float = 0.0
    first_try: float | None = None
    access: Access | None = None
    last: Conclusion | None = None

    def over(
        self,
        attempt_id: int | None = None,
        verdict: Verdict | None = None,
        problem: Exception | None = None,
    ) -> Conclusion:
        """The conclusion that this reply has come to."""
        return Conclusion(self.reply_id, self.reply.call_id, attempt_id, verdict, problem)

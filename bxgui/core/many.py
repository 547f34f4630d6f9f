"""Many replies that say the same: what goes out for each token, and what became of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from bxgui.core.batch import MOST_COMMANDS
from bxgui.core.explanations import Outcome
from bxgui.core.findings import Finding, Waiver, errors, questions
from bxgui.core.outcome import Verdict
from bxgui.core.preset import Fault
from bxgui.core.records import CallDetail, Reply


@dataclass(frozen=True, slots=True)
class PlannedReply:
    """What would go out for one token; `reply` is None where `faults` keep it from being filled.

    `problem` is why it cannot be sent at all, and `code` names that. `command` is what it is in a
    batch, None where it goes alone.
    """

    call: CallDetail
    reply: Reply | None = None
    findings: tuple[Finding, ...] = ()
    faults: tuple[Fault, ...] = ()
    code: str = ""
    problem: str = ""
    command: str | None = field(default=None, repr=False)

    @property
    def goes(self) -> bool:
        """Whether it can be sent; what there is to ask about it is another matter."""
        return self.reply is not None and not self.problem and not errors(self.findings)


@dataclass(frozen=True, slots=True)
class Plan:
    """The replies in the order in which they go out, those that cannot go among them.

    Their calls are those of a generation of the store.
    """

    replies: tuple[PlannedReply, ...]
    generation: int = 0

    @property
    def going(self) -> tuple[PlannedReply, ...]:
        """Those that can be sent."""
        return tuple(one for one in self.replies if one.goes)

    @property
    def requests(self) -> int:
        """How many requests they take when nothing is repeated."""
        together: dict[int, int] = {}
        alone = 0
        for one in self.going:
            if one.command is None or one.call.portal is None:
                alone += 1
            else:
                portal_id = one.call.portal.id
                together[portal_id] = together.get(portal_id, 0) + 1
        return alone + sum(-(-count // MOST_COMMANDS) for count in together.values())

    def asked_about(self, waived: Collection[Waiver] = ()) -> tuple[PlannedReply, ...]:
        """Those that can be sent, and that a person should be asked about before."""
        return tuple(one for one in self.going if questions(one.findings, waived))

    def only(self, call_ids: Collection[int]) -> Plan:
        """The same for some of the tokens."""
        some = tuple(one for one in self.replies if one.call.row.id in call_ids)
        return Plan(some, self.generation)


@dataclass(frozen=True, slots=True)
class ManyResult:
    """What became of one token's reply: a verdict, a problem, or neither if it was taken back."""

    call_id: int
    verdict: Verdict | None = None
    attempt_id: int | None = None
    code: str = ""
    problem: str = ""

    @property
    def outcome(self) -> Outcome | None:
        """The outcome of its last attempt, if there was one."""
        return None if self.verdict is None else self.verdict.outcome


def unsent(results: Iterable[ManyResult]) -> list[int]:
    """The tokens whose replies were surely not executed, and may be sent again as they are."""
    return [one.call_id for one in results if one.outcome in {None, Outcome.RETRY_LATER}]


def counted(results: Sequence[ManyResult]) -> dict[str, int]:
    """How many came to what: outcomes by their names, `not_sent` and `taken_back`."""
    counts: dict[str, int] = {}
    for one in results:
        name = "not_sent" if one.problem else "taken_back"
        if one.outcome is not None:
            name = one.outcome.value
        counts[name] = counts.get(name, 0) + 1
    return counts

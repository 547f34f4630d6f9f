"""Many replies that say the same: what goes out for each token, and what became of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from bxgui.core import batch
from bxgui.core.explanations import Outcome
from bxgui.core.findings import Finding, FindingCode, Waiver, errors, questions
from bxgui.core.outcome import Verdict
from bxgui.core.preset import Fault
from bxgui.core.records import CallDetail, Reply

_NO_LONGER_WAITING = frozenset(
    {
        FindingCode.EXPIRED,
        FindingCode.NOT_WAITING,
        FindingCode.ANSWERED_BEFORE,
        FindingCode.PERHAPS_ANSWERED,
    }
)


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
    def is_late(self) -> bool:
        """Whether its token no longer waits, or an earlier reply may have been executed."""
        return any(one.code in _NO_LONGER_WAITING for one in self.findings)

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
        together: dict[int, list[str]] = {}
        alone = 0
        for one in self.going:
            if one.command is None or one.call.portal is None:
                alone += 1
            else:
                together.setdefault(one.call.portal.id, []).append(one.command)
        return alone + sum(len(batch.parts(commands)) for commands in together.values())

    def asked_about(self, waived: Collection[Waiver] = ()) -> tuple[PlannedReply, ...]:
        """Those that can be sent, and that a person should be asked about before."""
        return tuple(one for one in self.going if questions(one.findings, waived))

    def asked_how_often(self, waived: Collection[Waiver] = ()) -> list[tuple[Finding, int]]:
        """What is to be asked about, each thing once, and how many of the replies it is about.

        Where it differs from reply to reply, the finding is that of the first of them.
        """
        found: dict[tuple[FindingCode, str], tuple[Finding, int]] = {}
        for one in self.going:
            asked = {(each.code, each.name): each for each in questions(one.findings, waived)}
            for kind, finding in asked.items():
                first, count = found.get(kind, (finding, 0))
                found[kind] = (first, count + 1)
        return list(found.values())

    def only(self, call_ids: Collection[int]) -> Plan:
        """The same for some of the tokens."""
        some = tuple(one for one in self.replies if one.call.row.id in call_ids)
        return Plan(some, self.generation)


# Of the problems that keep a reply back, those that may have come after it was sent.
_PERHAPS_SENT = frozenset({"outcome_not_stored", "bug"})


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
        """The outcome of its last attempt, if there was one; a problem may leave it unknown."""
        if self.code in _PERHAPS_SENT:
            return Outcome.UNKNOWN
        return None if self.verdict is None else self.verdict.outcome

    @property
    def came_to(self) -> str:
        """Its outcome by name, `not_sent` or `taken_back`."""
        if self.outcome is not None:
            return self.outcome.value
        return "not_sent" if self.problem else "taken_back"


def unsent(results: Iterable[ManyResult]) -> list[int]:
    """The tokens whose replies were surely not executed, and may be sent again as they are."""
    return [one.call_id for one in results if one.outcome in {None, Outcome.RETRY_LATER}]


def counted(results: Sequence[ManyResult]) -> dict[str, int]:
    """How many came to what: outcomes by their names, `not_sent` and `taken_back`."""
    counts: dict[str, int] = {}
    for one in results:
        counts[one.came_to] = counts.get(one.came_to, 0) + 1
    return counts

"""Plans and results of many replies in the words of the window."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QCoreApplication

from bxgui.core.findings import Waiver, errors, questions
from bxgui.core.json_values import dump_object
from bxgui.core.many import ManyResult, Plan, PlannedReply, counted
from bxgui.core.plain_text import brief
from bxgui.core.records import ACTIVITY_LOG, Reply
from bxgui.core.rule import Rule
from bxgui.ui import texts
from bxgui.ui.finding_texts import finding_text
from bxgui.ui.problem_texts import told
from bxgui.ui.questions import one_line
from bxgui.ui.variable_texts import fault_text

translate = QCoreApplication.translate
_LONGEST = 300
_COUNTED = ("accepted", "refused", "retry_later", "unknown", "not_sent", "taken_back")


def rule_text(rule: Rule) -> str:
    """A rule and the portal that it is sent to."""
    return f"{one_line(rule.code)} ({one_line(rule.host or rule.portal)})"


def content_text(reply: Reply) -> str:
    """What goes out, in a line."""
    parts = [] if reply.method == ACTIVITY_LOG else [dump_object(reply.values)]
    if reply.log_message:
        log = translate("Many", "log: %1").replace("%1", reply.log_message)
        parts.append(log)
    return brief("  ".join(parts), _LONGEST)


def left_out_text(one: PlannedReply) -> str:
    """Why a reply cannot go; empty where it can."""
    if one.faults:
        return " ".join(map(fault_text, one.faults[:1]))
    if one.problem:
        return told(one.problem)
    wrong = errors(one.findings)
    return finding_text(wrong[0]) if wrong else ""


def remarks(one: PlannedReply, waived: Collection[Waiver]) -> list[str]:
    """What is to be known of a reply before it goes, what matters most first."""
    if not one.goes:
        return [left_out_text(one)]
    return [finding_text(finding) for finding in questions(one.findings, waived)]


def plan_text(plan: Plan, ticked: Collection[int]) -> str:
    """What sending those ticked would do."""
    chosen = plan.only(ticked)
    left = len(plan.replies) - len(chosen.going)
    text = translate("Many", "To be sent: %1. Requests: %2. Left out: %3.")
    text = text.replace("%1", str(len(chosen.going)))
    return text.replace("%2", str(chosen.requests)).replace("%3", str(left))


def outcome_text(name: str) -> str:
    """What became of a reply, or that it is not over."""
    return {
        "": translate("Many", "under way"),
        "accepted": translate("Many", "accepted"),
        "refused": translate("Many", "refused"),
        "retry_later": translate("Many", "not executed"),
        "unknown": translate("Many", "unknown"),
        "not_sent": translate("Many", "not sent"),
        "taken_back": translate("Many", "taken back"),
    }[name]


def counts_text(results: Sequence[ManyResult], pending: int = 0) -> str:
    """How many came to what."""
    counts = counted(results)
    parts = [f"{outcome_text(name)}: {counts[name]}" for name in _COUNTED if name in counts]
    if pending:
        parts.append(f"{outcome_text('')}: {pending}")
    return " · ".join(parts)


def explained_text(result: ManyResult) -> str:
    """What a result means, in a line."""
    if result.problem:
        return told(result.problem)
    if result.verdict is None:
        return translate("Many", "Taken back before it was sent. The token waits as before.")
    return texts.explained(result.verdict.explanation.title)


def advice_text(result: ManyResult) -> str:
    """What a result means and what to do now, in sentences."""
    verdict = result.verdict
    if verdict is None:
        return explained_text(result)
    found = verdict.explanation
    return " ".join(map(texts.explained, filter(None, (found.title, found.cause, found.action))))

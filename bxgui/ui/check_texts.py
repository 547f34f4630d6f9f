"""What a portal told of a workflow, in the words of the window."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from bxgui.core.authorization import Source
from bxgui.core.explanations import BY_KEY
from bxgui.core.workflow_life import MEANINGS, WorkflowLife
from bxgui.ui import texts, time_texts
from bxgui.ui.problem_texts import told

if TYPE_CHECKING:
    from bxgui.services.workflow_check import WorkflowCheck

translate = QCoreApplication.translate


def check_text(check: WorkflowCheck, at: datetime) -> str:
    """What is known now, what of it is not, who was asked, and when."""
    lines = [_meaning(check), _changed(check), _asked(check, at)]
    return "\n".join(filter(None, lines))


def _meaning(check: WorkflowCheck) -> str:
    if check.life is not WorkflowLife.NOT_TOLD:
        return translate("Workflow", MEANINGS[check.life])
    entry = BY_KEY.get(check.code)
    if entry is None:
        why = told(check.text)
    else:
        why = f"{texts.explained(entry.title)} {texts.explained(entry.cause)}"
    text = translate("Workflow", "What became of the workflow is not known: %1")
    return text.replace("%1", why)


def _changed(check: WorkflowCheck) -> str:
    moment = check.told.changed_at if check.told is not None else None
    if moment is None:
        return ""
    text = translate("Workflow", "By the portal's clock it last changed at %1.")
    return text.replace("%1", time_texts.moment_text(moment))


def _asked(check: WorkflowCheck, at: datetime) -> str:
    if check.source is None:
        text = translate("Workflow", "The portal was not asked (%1).")
    else:
        text = translate("Workflow", "Asked at %1 with %2.").replace("%2", _source(check.source))
    return text.replace("%1", time_texts.moment_text(at))


def _source(source: Source) -> str:
    return {
        Source.CALL: translate("Workflow", "the call's own access token"),
        Source.APPLICATION: translate("Workflow", "the application's tokens"),
        Source.WEBHOOK: translate("Workflow", "the incoming webhook"),
    }[source]

"""What can be done with a portal."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from bxgui.core.authorization import Source

translate = QCoreApplication.translate


class PortalTask(StrEnum):
    """What a person asks for on the portals' page, about one portal."""

    TRUST = "trust"
    DISTRUST = "distrust"
    SETTINGS = "settings"
    DATES = "dates"
    MOVE = "move"
    FORGET = "forget"
    ENTER_WEBHOOK = "enter_webhook"
    REMOVE_WEBHOOK = "remove_webhook"
    ENTER_APPLICATION = "enter_application"
    REMOVE_APPLICATION = "remove_application"
    LOG_IN = "log_in"


# Those that send something to the portal, or keep what is to be sent: only where it is trusted.
NEEDS_TRUST = frozenset(
    {
        PortalTask.MOVE,
        PortalTask.ENTER_WEBHOOK,
        PortalTask.ENTER_APPLICATION,
        PortalTask.LOG_IN,
    }
)
# Those that make sense once a source was entered.
NEEDS_SOURCE = frozenset(
    {PortalTask.REMOVE_WEBHOOK, PortalTask.REMOVE_APPLICATION, PortalTask.LOG_IN}
)
OF_SOURCE: dict[Source, tuple[PortalTask, ...]] = {
    Source.CALL: (),
    Source.APPLICATION: (
        PortalTask.LOG_IN,
        PortalTask.ENTER_APPLICATION,
        PortalTask.REMOVE_APPLICATION,
    ),
    Source.WEBHOOK: (PortalTask.ENTER_WEBHOOK, PortalTask.REMOVE_WEBHOOK),
}


def task_text(task: PortalTask) -> str:
    """A task as buttons name it."""
    return {
        PortalTask.TRUST: translate("PortalTasks", "Trust…"),
        PortalTask.DISTRUST: translate("PortalTasks", "Take the trust back…"),
        PortalTask.SETTINGS: translate("PortalTasks", "Settings…"),
        PortalTask.DATES: translate("PortalTasks", "Dates…"),
        PortalTask.MOVE: translate("PortalTasks", "Move…"),
        PortalTask.FORGET: translate("PortalTasks", "Forget…"),
        PortalTask.ENTER_WEBHOOK: translate("PortalTasks", "Enter…"),
        PortalTask.REMOVE_WEBHOOK: translate("PortalTasks", "Remove…"),
        PortalTask.ENTER_APPLICATION: translate("PortalTasks", "Enter…"),
        PortalTask.REMOVE_APPLICATION: translate("PortalTasks", "Remove…"),
        PortalTask.LOG_IN: translate("PortalTasks", "Log in…"),
    }[task]


def task_name(task: PortalTask) -> str:
    """A task in full, as a tooltip and a screen reader tell it."""
    return {
        PortalTask.TRUST: translate("PortalTasks", "Let replies and secrets go to this portal"),
        PortalTask.DISTRUST: translate("PortalTasks", "Send nothing to this portal any more"),
        PortalTask.SETTINGS: translate("PortalTasks", "Name, rate, CA file and plain http"),
        PortalTask.DATES: translate("PortalTasks", "How this portal is sent dates"),
        PortalTask.MOVE: translate("PortalTasks", "Follow the portal to a new address"),
        PortalTask.FORGET: translate("PortalTasks", "Forget secrets, settings and trust"),
        PortalTask.ENTER_WEBHOOK: translate(
            "PortalTasks", "Enter the address of an incoming webhook"
        ),
        PortalTask.REMOVE_WEBHOOK: translate("PortalTasks", "Remove the incoming webhook"),
        PortalTask.ENTER_APPLICATION: translate(
            "PortalTasks", "Enter the application's client id and secret"
        ),
        PortalTask.REMOVE_APPLICATION: translate(
            "PortalTasks", "Remove the application's client id, secret and tokens"
        ),
        PortalTask.LOG_IN: translate("PortalTasks", "Authorize the application in a browser"),
    }[task]

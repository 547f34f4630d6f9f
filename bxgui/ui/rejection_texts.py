"""A post that was not taken, in words: how its sender was answered, why, and what to do."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from bxgui.core.records import CallDetail
from bxgui.ui.problem_texts import told

translate = QCoreApplication.translate


def answered_text(status: int | None) -> str:
    """What the sender was answered, in a word or two."""
    if not status:
        return translate("Rejections", "not answered")
    return translate("Rejections", "HTTP %1").replace("%1", str(status))


def notice_text(call: CallDetail) -> str:
    """What happened with a rejected post, and what to do about it."""
    if call.status:
        text = translate(
            "Rejections", "This post was not taken, and was answered with HTTP %1: %2."
        )
    else:
        text = translate("Rejections", "This post was not taken: %2.")
    text = text.replace("%1", str(call.status)).replace("%2", told(call.reason).rstrip("."))
    return f"{text} {_advice(call.status or 0)}"


def _advice(status: int) -> str:
    return {
        0: translate(
            "Rejections",
            "Its sender had gone before all of it had come. If it was your portal, its workflow "
            "waits in vain: look at the time limits of your tunnel or proxy, and start the "
            "workflow again.",
        ),
        403: translate(
            "Rejections",
            "If it was your portal, add its network under ⋯ Listener settings and start the "
            "workflow again.",
        ),
        408: translate(
            "Rejections",
            "Something between the portal and this computer is too slow. Look at your tunnel or "
            "proxy, and start the workflow again.",
        ),
        413: translate(
            "Rejections",
            "If it was your rule, have it send less: the workflow waits in vain until it is "
            "started again.",
        ),
        415: translate(
            "Rejections",
            "Bitrix24 sends forms. What came in another format comes from another program, and "
            "needs nothing; if it is yours, have it send a form or JSON.",
        ),
        503: translate(
            "Rejections",
            "The listener had no room for it at that moment. If it was your portal, start the "
            "workflow again; if it happens often, somebody floods the address: make a new one "
            "under ⋯ New secret address, or name the networks that may post.",
        ),
    }.get(
        status,
        translate(
            "Rejections",
            "Bitrix24 does not send such posts: most come from programs that try out addresses, "
            "and need nothing. If it was your portal, look at your tunnel or proxy, and start the "
            "workflow again.",
        ),
    )

"""The life of an application in a portal, in the words of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from bxgui.core.life_cycle import Effect
from bxgui.core.records import Portal
from bxgui.ui.time_texts import moment_text

translate = QCoreApplication.translate


def effect_text(effect: Effect) -> str:
    """What an event of the application did to its portal, or why it did nothing."""
    return {
        Effect.INSTALLED: translate(
            "LifeCycle",
            "The application was installed or updated in this portal. Calls with another "
            "application token than this one are marked.",
        ),
        Effect.REMOVED: translate(
            "LifeCycle",
            "The application was removed from this portal: the portal will refuse replies.",
        ),
        Effect.BACK: translate(
            "LifeCycle",
            "The application was removed from this portal, and installed again or trusted since.",
        ),
        Effect.NO_PORTAL: translate(
            "LifeCycle", "The event does not say which portal it comes from: it changed nothing."
        ),
        Effect.NO_TOKEN: translate(
            "LifeCycle", "The event carries no application token: it proves nothing."
        ),
        Effect.NO_KEPT_TOKEN: translate(
            "LifeCycle",
            "The event changed nothing: no application token is kept that could prove it.",
        ),
        Effect.OTHER_INSTALLATION: translate(
            "LifeCycle",
            "The event carries another application token than the one kept for its portal, so it "
            "changed nothing. If you have installed the application anew, trust the portal from "
            "here.",
        ),
        Effect.OTHER_REMOVAL: translate(
            "LifeCycle",
            "The event carries another application token than the one kept for its portal, so it "
            "changed nothing. It may be forged.",
        ),
    }[effect]


def gone_text(portal: Portal | None) -> str:
    """That replies to a portal are in vain, because the application was removed from it."""
    if portal is None or portal.gone_at is None:
        return ""
    return translate(
        "LifeCycle",
        "The application was removed from this portal on %1: the portal will refuse replies.",
    ).replace("%1", moment_text(portal.gone_at))

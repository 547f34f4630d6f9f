"""What the window says of a portal that has moved."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from bxgui.core.moves import Move, MoveObstacle
from bxgui.core.plain_text import brief
from bxgui.ui.send_question import Wording

translate = QCoreApplication.translate
_LONGEST_ON_BUTTON = 32


def move_text(move: Move) -> str:
    """Where the portal says that it is, and why bxgui cannot follow it there if it cannot."""
    text = {
        None: translate(
            "Move", "At %1 the portal says that it is at %2 now. Nothing has gone there yet."
        ),
        MoveObstacle.NO_ADDRESS: translate(
            "Move",
            "The redirect names no address of a portal, so bxgui cannot follow it. A page where "
            "people sign in, for example, is none.",
        ),
        MoveObstacle.PLAIN_HTTP: translate(
            "Move",
            "At %1 the portal says that it is at %2 now, by plain http. bxgui sends no secrets "
            "over that, so it cannot follow. Have the portal name its https address, or allow "
            "plain http for the new host where portals are moved: Portals, Move.",
        ),
        MoveObstacle.ALREADY_THERE: translate(
            "Move", "bxgui has the portal at %2 by now: the reply can be sent again there."
        ),
    }[move.obstacle]
    return text.replace("%1", move.old_host).replace("%2", move.new_host)


def short_host(host: str) -> str:
    """A host as a button can show it; the card has all of it."""
    return brief(host, _LONGEST_ON_BUTTON)


def follow_wording(move: Move, named: str) -> Wording:
    """The question before a portal is followed."""
    title = translate("Move", "Follow the portal from %1 to %2?")
    text = translate(
        "Move",
        "bxgui will keep %2 as the address of this portal. What authorizes requests to it, "
        "secrets entered by hand among them, goes to %2 from then on, and so does this reply to "
        "%3 with its event token. Nothing goes to %1 any more.\n"
        "Say yes only if you know that this is your portal's new address.",
    )
    for place, value in (("%1", move.old_host), ("%2", move.new_host), ("%3", named)):
        title, text = title.replace(place, value), text.replace(place, value)
    return Wording(title, text, translate("Move", "&Follow and send"))

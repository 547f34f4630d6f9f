"""Why replies wait, in the words of the window."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QIcon

from bxgui.core.queued import QueuedReply, Waits
from bxgui.ui import theme, time_texts

translate = QCoreApplication.translate
# What goes out at once is not worth a word: it would only flicker.
_BRIEF = timedelta(seconds=1)
_LOUDEST_FIRST = (Waits.HELD, Waits.PAUSED, Waits.REPEAT, Waits.PORTAL)
_MARKS: dict[Waits, tuple[theme.Tint, theme.Shape]] = {
    Waits.SENDING: (theme.CALM, "ring"),
    Waits.TURN: (theme.CALM, "ring"),
    Waits.REPEAT: (theme.WARN, "clock"),
    Waits.PORTAL: (theme.WARN, "clock"),
    Waits.PAUSED: (theme.WARN, "pause"),
    Waits.HELD: (theme.WARN, "pause"),
}


def mark_of(waits: Waits) -> tuple[theme.Tint, theme.Shape]:
    """The colour and the shape that stand for a reason to wait."""
    return _MARKS[waits]


def queued_icon(waits: Waits, size: int = 14) -> QIcon:
    """The mark of a token whose answer waits in the queue."""
    tint, shape = mark_of(waits)
    return theme.mark(shape, tint.colour, size)


def is_brief(one: QueuedReply, now: datetime) -> bool:
    """Whether a reply has only just been queued, and nothing keeps it back."""
    goes = one.waits is Waits.TURN or (one.waits is Waits.SENDING and one.tries <= 1)
    # The clock may have been set back since.
    return goes and not one.explanation and abs(now - one.created_at) < _BRIEF


def state_text(waits: Waits) -> str:
    """The state of a token whose answer waits in the queue, as the list names it."""
    return translate("Queue", "Held") if waits is Waits.HELD else translate("Queue", "Queued")


def state_meaning(waits: Waits) -> str:
    """What such a state means, in a sentence."""
    if waits is Waits.HELD:
        return translate("Queue", "The reply was not sent before bxgui was closed.")
    return translate("Queue", "A reply waits in the queue, and has not been executed.")


def waits_text(one: QueuedReply, now: datetime) -> str:
    """Why a reply waits: `try 3 of 8 in 0:12`."""
    if one.waits is Waits.TURN and one.tries:
        text = translate("Queue", "try %1 of %2 comes next")
    else:
        text = {
            Waits.SENDING: translate("Queue", "try %1 of %2 is on its way"),
            Waits.TURN: translate("Queue", "its turn"),
            Waits.REPEAT: translate("Queue", "try %1 of %2 in %3"),
            Waits.PORTAL: translate("Queue", "the portal, until %4"),
            Waits.PAUSED: translate("Queue", "paused"),
            Waits.HELD: translate("Queue", "held: bxgui was closed"),
        }[one.waits]
    return _filled(text, one, now)


def progress_text(one: QueuedReply, now: datetime) -> str:
    """What is to be known of a reply in the form of its call."""
    if one.waits is Waits.TURN and one.tries:
        text = translate("Queue", "The reply is repeated: try %1 of %2 comes next.")
    else:
        text = {
            Waits.SENDING: translate("Queue", "The reply is on its way: try %1 of %2."),
            Waits.TURN: translate("Queue", "The reply waits its turn. Its place in the queue: %5."),
            Waits.REPEAT: translate("Queue", "The reply is repeated: try %1 of %2 in %3."),
            Waits.PORTAL: translate("Queue", "The reply waits: the portal takes nothing until %4."),
            Waits.PAUSED: translate("Queue", "The reply waits: sending to its portal is paused."),
            Waits.HELD: translate("Queue", "The reply was not sent before bxgui was closed."),
        }[one.waits]
    return _filled(text, one, now)


def loudest(replies: Sequence[QueuedReply], *, paused: bool) -> Waits:
    """Of the reasons to wait, the one that a person can do most about."""
    found = {one.waits for one in replies} | ({Waits.PAUSED} if paused else set())
    return next((one for one in _LOUDEST_FIRST if one in found), Waits.SENDING)


def summary_text(replies: Sequence[QueuedReply], *, paused: bool, now: datetime) -> str:
    """How many replies wait, and for what: `Queue 3: next try in 0:12`."""
    text = translate("Queue", "Queue %1") if replies else translate("Queue", "Queue")
    reason = _reason(replies, loudest(replies, paused=paused), now)
    return text.replace("%1", str(len(replies))) + (f": {reason}" if reason else "")


def _reason(replies: Sequence[QueuedReply], waits: Waits, now: datetime) -> str:
    if waits is Waits.HELD:
        count = sum(one.waits is Waits.HELD for one in replies)
        return translate("Queue", "%1 held").replace("%1", str(count))
    if waits is Waits.PAUSED:
        return translate("Queue", "paused")
    coming = [one.next_try_at for one in replies if one.next_try_at is not None]
    if not coming:
        return ""
    return translate("Queue", "next try in %1").replace("%1", _left(min(coming), now))


def _filled(text: str, one: QueuedReply, now: datetime) -> str:
    number = one.tries if one.waits is Waits.SENDING else one.tries + 1
    moment = one.next_try_at
    parts = (
        ("%1", str(number)),
        ("%2", str(one.may_try)),
        ("%3", _left(moment, now) if moment is not None else ""),
        ("%4", f"{moment.astimezone():%H:%M:%S}" if moment is not None else ""),
        ("%5", str(one.position)),
    )
    for place, part in parts:
        text = text.replace(place, part)
    return text


def _left(moment: datetime, now: datetime) -> str:
    return time_texts.countdown_text(moment, now) if moment > now + timedelta(seconds=1) else "0:00"

"""What authorizes requests to a portal, and what it may do there, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from bxgui.core.authorization import Source
from bxgui.core.explanations import Explanation
from bxgui.core.plain_text import brief
from bxgui.core.records import Portal
from bxgui.ui import texts, theme, time_texts
from bxgui.ui.problem_texts import told
from bxgui.ui.theme import Shape, Tint

if TYPE_CHECKING:
    from bxgui.services.portal_facts import SourceFacts
    from bxgui.services.source_report import SourceReport

translate = QCoreApplication.translate
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Told:
    """Sentences with the mark of what they mean."""

    text: str
    tint: Tint
    shape: Shape


def source_name(source: Source) -> str:
    """A source as the page names it."""
    return {
        Source.CALL: translate("Portals", "Tokens of its calls"),
        Source.APPLICATION: translate("Portals", "The application"),
        Source.WEBHOOK: translate("Portals", "An incoming webhook"),
    }[source]


def source_told(
    source: Source, at_hand: Mapping[Source, SourceFacts], portal: Portal, now: datetime
) -> Told:
    """In which state a source is, among those at hand, and whose it is."""
    found = at_hand.get(source)
    if found is None:
        return Told(_missing(source), theme.QUIET, "dash")
    if found.host != portal.host:
        text = translate(
            "Portals",
            "Not used: entered for %1, and the portal is at %2 now. Enter it again.",
        )
        return Told(_filled(text, found.host, portal.host), theme.BAD, "cross")
    if found.problem is not None:
        refused = translate("Portals", "Not used any more, because it was refused.")
        return Told(_lines([refused, explained(found.problem)]), theme.BAD, "cross")
    if source is Source.CALL:
        return _call_told(found, now)
    if source is Source.APPLICATION and not found.has_tokens:
        return _without_tokens(found, has_call=Source.CALL in at_hand)
    return Told(_lines([_works_until(found, now), _whose(found)]), theme.GOOD, "check")


def report_told(report: SourceReport, said: str) -> Told:
    """What a source may do, as the portal has just said; why not, unless that was said already."""
    if not report.works:
        text, why = translate("Portals", "Tested: refused (%1)."), told(report.problem)
        text = _filled(text, report.code or translate("Portals", "without a code"))
        return Told(text if why in said else f"{text} {why}", theme.BAD, "cross")
    sentences = [_person(report)]
    if report.application:
        text = translate("Portals", "It is the application %1.")
        sentences.append(_filled(text, report.application))
    scopes = ", ".join(report.scopes) or translate("Portals", "none")
    sentences.append(_filled(translate("Portals", "Permissions: %1."), scopes))
    if report.answers:
        sentences.append(translate("Portals", "Replies can be sent with it."))
        return Told(" ".join(sentences), theme.GOOD, "check")
    text = translate("Portals", "No reply can be sent with it: it lacks the permission bizproc.")
    return Told(" ".join([*sentences, text]), theme.WARN, "warning")


def explained(entry: Explanation) -> str:
    """Title, cause and what to do, in the user's language."""
    return " ".join(map(texts.explained, (entry.title, entry.cause, entry.action)))


def _missing(source: Source) -> str:
    return {
        Source.CALL: translate(
            "Portals", "No call with an access token is kept. The next one brings it."
        ),
        Source.APPLICATION: translate("Portals", "No client id and secret are entered."),
        Source.WEBHOOK: translate("Portals", "No address is entered."),
    }[source]


def _call_told(found: SourceFacts, now: datetime) -> Told:
    moment = time_texts.moment_text(found.expires_at) if found.expires_at is not None else ""
    if found.is_usable(now):
        text = translate("Portals", "The newest is valid until %1.")
        return Told(_filled(text, moment), theme.GOOD, "check")
    text = translate("Portals", "The newest expired at %1. The next call brings another.")
    return Told(_filled(text, moment), theme.WARN, "clock")


def _without_tokens(found: SourceFacts, *, has_call: bool) -> Told:
    if has_call:
        text = translate("Portals", "It gets its tokens by the newest call, with the next request.")
        return Told(_lines([text, _whose(found)]), theme.CALM, "info")
    text = translate("Portals", "No tokens yet: log in, or wait for a call.")
    return Told(_lines([text, _whose(found)]), theme.WARN, "warning")


def _works_until(found: SourceFacts, now: datetime) -> str:
    if found.source is Source.WEBHOOK:
        return translate("Portals", "Its address is kept.")
    if found.expires_at is None or found.expires_at <= now:
        return translate("Portals", "Authorized. Its token is renewed with the next request.")
    text = translate("Portals", "Authorized. Its token is valid until %1, then renewed by itself.")
    return _filled(text, time_texts.moment_text(found.expires_at))


def _whose(found: SourceFacts) -> str:
    """User, permissions and since when, as far as they are known."""
    parts = []
    if found.user_id:
        parts.append(_filled(translate("Portals", "User %1"), found.user_id))
    if found.scope:
        scope = ", ".join(filter(None, found.scope.replace(",", " ").split()))
        parts.append(_filled(translate("Portals", "Permissions: %1"), scope))
    if found.since is not None:
        parts.append(_filled(translate("Portals", "Since %1"), time_texts.moment_text(found.since)))
    return " · ".join(parts)


def _person(report: SourceReport) -> str:
    if report.admin is None:
        text = translate("Portals", "Tested: works for user %1.")
    elif report.admin:
        text = translate("Portals", "Tested: works for user %1, an administrator.")
    else:
        text = translate("Portals", "Tested: works for user %1, who is no administrator.")
    person = " ".join(filter(None, (report.user_id, report.user)))
    return _filled(text, person or translate("Portals", "unknown"))


def _filled(text: str, *values: str) -> str:
    """Values come from the portal: each is shown on one line."""
    for number, value in enumerate(values, 1):
        text = text.replace(f"%{number}", brief(value, _LONGEST))
    return text


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(filter(None, lines))

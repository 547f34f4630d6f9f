"""A portal as it is known and set up, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from bxgui.core.authorization import Source
from bxgui.core.plain_text import brief
from bxgui.core.records import Portal
from bxgui.core.redact import fingerprint
from bxgui.ui import theme, time_texts
from bxgui.ui.portals.source_texts import Told, explained

if TYPE_CHECKING:
    from bxgui.services.portal_facts import PortalFacts, SourceFacts
    from bxgui.services.store.exchanges import LastError

translate = QCoreApplication.translate
_LONGEST = 200
_LONGEST_TITLE = 60


def portal_title(portal: Portal) -> str:
    """What to call a portal, on one line."""
    return brief(portal.title, _LONGEST_TITLE)


def portal_told(facts: PortalFacts, now: datetime) -> Told:
    """Whether a portal is trusted, and requests can be made to it."""
    portal = facts.portal
    if not portal.trusted:
        return Told(translate("Portals", "not trusted"), theme.QUIET, "ring")
    if portal.gone:
        return Told(translate("Portals", "trusted, application removed"), theme.WARN, "warning")
    if any(_is_ready(one, facts, now) for one in facts.sources):
        return Told(translate("Portals", "trusted"), theme.GOOD, "check")
    return Told(translate("Portals", "trusted, not authorized"), theme.WARN, "warning")


def trust_text(portal: Portal) -> str:
    """What trust, or the lack of it, means."""
    if portal.trusted_at is not None:
        text = translate("Portals", "Trusted since %1: replies and secrets may go to this address.")
        return text.replace("%1", time_texts.moment_text(portal.trusted_at))
    return translate(
        "Portals", "Not trusted: nothing is sent to it, and no secret can be entered for it."
    )


def fact_rows(facts: PortalFacts) -> Iterator[tuple[str, str]]:
    """What is known of a portal, each with its name; empty for a setting that is not made."""
    portal = facts.portal
    none = translate("Portals", "none")
    yield translate("Portals", "Address"), brief(portal.endpoint, _LONGEST) or none
    not_known = translate("Portals", "not known yet")
    yield translate("Portals", "Member id"), brief(portal.member_id, _LONGEST) or not_known
    yield translate("Portals", "Application token"), _token_text(portal)
    yield translate("Portals", "Calls"), _calls_text(portal)
    yield translate("Portals", "Dates"), str(portal.date_format)
    yield translate("Portals", "Rate"), _rate_text(portal)
    yield translate("Portals", "CA file"), brief(portal.reach.ca_file, _LONGEST)
    yield translate("Portals", "Plain http"), _http_text(portal)
    never = translate("Portals", "never")
    success = time_texts.moment_text(facts.last_success) if facts.last_success else never
    yield translate("Portals", "Last success"), success
    error = facts.last_error
    yield translate("Portals", "Last error"), never if error is None else _error_text(error)


def _is_ready(one: SourceFacts, facts: PortalFacts, now: datetime) -> bool:
    """Whether a request can be made by a source; an application gets tokens by a call too."""
    if one.host != facts.portal.host or not one.is_usable(now):
        return False
    has_call = any(other.source is Source.CALL for other in facts.sources)
    return one.source is not Source.APPLICATION or one.has_tokens or has_call


def _token_text(portal: Portal) -> str:
    token = fingerprint(portal.application_digest)
    parts = [token or translate("Portals", "none")]
    if portal.gone_at is not None:
        parts.append(translate("Portals", "application removed %1"))
        parts[-1] = parts[-1].replace("%1", time_texts.moment_text(portal.gone_at))
    elif portal.installed_at is not None:
        parts.append(translate("Portals", "application installed %1"))
        parts[-1] = parts[-1].replace("%1", time_texts.moment_text(portal.installed_at))
    return " · ".join(parts)


def _calls_text(portal: Portal) -> str:
    if not portal.calls:
        return translate("Portals", "none yet")
    text = translate("Portals", "%1, the last at %2").replace("%1", str(portal.calls))
    return text.replace("%2", time_texts.moment_text(portal.last_seen))


def _rate_text(portal: Portal) -> str:
    text = translate("Portals", "%1 requests a second, %2 at once")
    text = text.replace("%1", QLocale().toString(portal.rate.per_second, "g", 6))
    return text.replace("%2", str(portal.rate.burst))


def _http_text(portal: Portal) -> str:
    host = brief(portal.reach.plain_http_host, _LONGEST)
    return translate("Portals", "allowed to %1").replace("%1", host) if host else ""


def _error_text(error: LastError) -> str:
    when = f"{time_texts.moment_text(error.at)} · {brief(error.method, _LONGEST)}"
    why = explained(error.explanation) if error.explanation is not None else ""
    return f"{when}\n{why or brief(error.description, _LONGEST)}"

"""The life of an application in a portal, as its posts tell it (contract §1.5)."""

from __future__ import annotations

from enum import StrEnum

from bxgui.core.handler_call import AppEvent, AppOpening, Recognised
from bxgui.core.records import CallDetail, CallKind, Portal, Suspicion


class LifeCycle(StrEnum):
    """What a post tells of the application; nothing but that it is there, if a plain one."""

    NONE = ""
    INSTALL = "install"
    UNINSTALL = "uninstall"
    OPENING = "opening"


INSTALL_EVENTS = ("ONAPPINSTALL", "ONAPPUPDATE")
_EVENTS = {
    **dict.fromkeys(INSTALL_EVENTS, LifeCycle.INSTALL),
    "ONAPPUNINSTALL": LifeCycle.UNINSTALL,
}


def life_cycle_of(recognised: Recognised) -> LifeCycle:
    """What a post tells of the application."""
    if isinstance(recognised, AppEvent):
        return _EVENTS.get(recognised.event, LifeCycle.NONE)
    return LifeCycle.OPENING if isinstance(recognised, AppOpening) else LifeCycle.NONE


def life_cycle_of_stored(kind: CallKind, name: str) -> LifeCycle:
    """What a stored post told of the application; `name` is that of its event."""
    if kind is CallKind.EVENT:
        return _EVENTS.get(name, LifeCycle.NONE)
    return LifeCycle.OPENING if kind is CallKind.OPENING else LifeCycle.NONE


class Effect(StrEnum):
    """What an event of the application did to its portal, or why it did nothing."""

    INSTALLED = "installed"
    REMOVED = "removed"
    BACK = "back"
    NO_PORTAL = "no_portal"
    NO_TOKEN = "no_token"  # noqa: S105
    NO_KEPT_TOKEN = "no_kept_token"  # noqa: S105
    OTHER_INSTALLATION = "other_installation"
    OTHER_REMOVAL = "other_removal"


def effect_of(call: CallDetail) -> Effect | None:
    """What a stored event did, seen from today; None for a post that tells of no such thing."""
    if call.row.kind is not CallKind.EVENT:
        return None
    event = _EVENTS.get(call.row.rule)
    if event is None:
        return None
    if call.portal is None:
        return Effect.NO_PORTAL
    if not call.application_digest:
        return Effect.NO_TOKEN
    installs = event is LifeCycle.INSTALL
    return (_of_install if installs else _of_uninstall)(call.application_digest, call.portal)


def offers_trust(call: CallDetail) -> bool:
    """Whether the user may trust a portal, or trust it anew, from this event."""
    if effect_of(call) not in {Effect.INSTALLED, Effect.OTHER_INSTALLATION} or not call.endpoint:
        return False
    trusted = call.portal is not None and call.portal.trusted
    return not trusted or call.row.suspicion is not Suspicion.NONE


def _of_install(digest: str, portal: Portal) -> Effect:
    right = digest == portal.application_digest
    return Effect.INSTALLED if right else Effect.OTHER_INSTALLATION


def _of_uninstall(digest: str, portal: Portal) -> Effect:
    if not portal.keeps_token:
        return Effect.NO_KEPT_TOKEN
    if digest != portal.application_digest:
        return Effect.OTHER_REMOVAL
    return Effect.REMOVED if portal.gone else Effect.BACK

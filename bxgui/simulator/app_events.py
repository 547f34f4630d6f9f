"""Events of the application's life, as a portal posts them (contract §1.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bxgui.core import phpform


class AppChange(StrEnum):
    """What an administrator does with the application."""

    INSTALL = "install"
    UPDATE = "update"
    UNINSTALL = "uninstall"


@dataclass(frozen=True, slots=True)
class OutgoingEvent:
    """An event on its way to a handler, with its fields in the order of the wire."""

    name: str
    fields: Mapping[str, object] = field(repr=False)

    @property
    def body(self) -> bytes:
        """The form as PHP's `http_build_query` writes it."""
        return phpform.encode(self.fields)


def event_data(change: AppChange, language: str) -> dict[str, object]:
    """The `data` of a change's event."""
    return {
        AppChange.INSTALL: {"VERSION": 1, "LANGUAGE_ID": language},
        AppChange.UPDATE: {"VERSION": 2, "PREVIOUS_VERSION": 1, "LANGUAGE_ID": language},
        AppChange.UNINSTALL: {"LANGUAGE_ID": language, "CLEAN": 0},
    }[change]

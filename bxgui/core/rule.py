"""Rules of portals, as the store knows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bxgui.core.registration import Registration


class RuleProblem(Exception):
    """A rule that is not there, or not the only one; the text says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a portal: how often it called, and its registration if anybody gave it to us."""

    id: int
    code: str
    portal_id: int
    portal: str
    host: str
    calls: int
    first_seen: datetime
    registration: Registration | None = None

    @property
    def has_schema(self) -> bool:
        """Whether its return properties are known."""
        return self.registration is not None and bool(self.registration.return_properties)

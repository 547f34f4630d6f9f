"""Rules of portals, as the store knows them."""

from __future__ import annotations

from collections.abc import Sequence
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


def the_only(found: Sequence[Rule], code: str, portal: str = "") -> Rule:
    """The rule that was looked for by its code, and perhaps its portal; raises `RuleProblem`."""
    if not found and portal:
        raise RuleProblem("no_rule", f"No rule {code} is known in the portal {portal}.")
    if not found:
        raise RuleProblem("no_rule", f"No rule {code} is known.")
    if len(found) > 1:
        hosts = ", ".join(rule.host or rule.portal for rule in found)
        raise RuleProblem("several_rules", f"Several portals have a rule {code}: {hosts}.")
    return found[0]

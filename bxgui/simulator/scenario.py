"""What a workflow is about: its document, the rule it has reached, and how it goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

Triple: TypeAlias = tuple[str, str, str]

DEAL = "CCrmDocumentDeal"


class Course(StrEnum):
    """What a workflow does when its step has closed."""

    ENDS = "ends"
    GOES_ON = "goes_on"
    FAILS = "fails"


@dataclass(frozen=True, slots=True)
class Scenario:
    """One workflow at one rule: `rounds` calls in all, `timeout_duration` in seconds, 0 = none."""

    rule_code: str
    document_id: Triple = ("crm", DEAL, "DEAL_42")
    document_type: Triple = ("crm", DEAL, "DEAL")
    properties: Mapping[str, object] = field(default_factory=dict)
    timeout_duration: int = 0
    course: Course = Course.ENDS
    rounds: int = 1

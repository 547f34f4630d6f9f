"""How one portal differs from others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta, timezone, tzinfo
from enum import StrEnum

MOSCOW = timezone(timedelta(hours=3))


class GoneAnswer(StrEnum):
    """What cores of different age answer when the workflow is gone (contract §8 row 6, §9.1)."""

    TEXT_CODE = "text_code"
    NUMBER_CODE = "number_code"
    CORE_CODE = "core_code"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class PortalSettings:
    """Language of errors, age of the core, zone, scope of the application; times in seconds.

    `operating_limit` is what a method may take in ten minutes: 480 in the cloud, 420 or None,
    which is off, in a box.
    """

    language: str = "en"
    gone_answer: GoneAnswer = GoneAnswer.TEXT_CODE
    zone: tzinfo = MOSCOW
    scope: tuple[str, ...] = ("crm", "bizproc")
    status: str = "L"
    access_life: int = 3600
    refresh_life: int = 30 * 24 * 3600
    webhooks_need_https: bool = False
    operating_limit: float | None = 480

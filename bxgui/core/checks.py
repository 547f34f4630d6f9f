"""What a look at the installation has found, one check at a time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad it is: only a problem keeps calls from being caught, kept or answered."""

    OK = "ok"
    NOTE = "note"
    WARNING = "warning"
    PROBLEM = "problem"


class Subject(StrEnum):
    """What a check is about."""

    SETTINGS = "settings"
    KEYRING = "keyring"
    STORE = "store"
    FILES = "files"
    DISK = "disk"
    CERTIFICATE = "certificate"
    PORT = "port"
    ADDRESS = "address"
    TEST_CALL = "test call"


@dataclass(frozen=True, slots=True)
class Check:
    """One sentence on one subject, and what to do about it; it holds no secret."""

    subject: Subject
    severity: Severity
    text: str
    advice: str = ""

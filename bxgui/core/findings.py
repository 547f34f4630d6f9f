"""What a person should know before a reply goes out, because the portal will not say it after."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from bxgui.core.dates import SITE_DATES, DateFormat
from bxgui.core.json_values import JsonValue, editable
from bxgui.core.plain_text import brief
from bxgui.core.schema import ValueType


class Severity(StrEnum):
    """An error stops a reply, a warning asks before it goes, a note only informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class FindingCode(StrEnum):
    """All that can be found: in the values of a reply, then in the call that it answers."""

    NO_NAME = "no_name"
    BROKEN_JSON = "broken_json"
    UNREADABLE = "unreadable"
    SURROGATE = "surrogate"
    UNKNOWN_NAME = "unknown_name"
    REPEATED_NAME = "repeated_name"
    OTHER_CASE = "other_case"
    NO_VALUES = "no_values"
    REQUIRED_MISSING = "required_missing"
    REQUIRED_EMPTY = "required_empty"
    WRONG_TYPE = "wrong_type"
    TRUE_FALSE = "true_false"
    SHIFTED_DATE = "shifted_date"
    DROPPED_OFFSET = "dropped_offset"
    TAKEN_AS_UTC = "taken_as_utc"
    UNKNOWN_OPTION = "unknown_option"
    NOT_A_USER = "not_a_user"
    NOT_A_FILE = "not_a_file"
    LIST_FOR_SINGLE = "list_for_single"
    SINGLE_FOR_LIST = "single_for_list"
    LONG_TEXT = "long_text"
    TOO_GREAT = "too_great"
    INEXACT_NUMBER = "inexact_number"
    RAW_VALUE = "raw_value"

    NO_TOKEN = "no_token"  # noqa: S105
    NO_PORTAL = "no_portal"
    NOT_TRUSTED = "not_trusted"
    OTHER_ADDRESS = "other_address"
    OTHER_APPLICATION_TOKEN = "other_application_token"  # noqa: S105
    EXPIRED = "expired"
    NOT_WAITING = "not_waiting"
    ANSWERED_BEFORE = "answered_before"
    PERHAPS_ANSWERED = "perhaps_answered"
    ACCESS_EXPIRED = "access_expired"


# What is neither is a warning: the portal would drop it, or store it wrongly, without a word.
_ERRORS = frozenset(
    {
        FindingCode.NO_NAME,
        FindingCode.BROKEN_JSON,
        FindingCode.UNREADABLE,
        FindingCode.SURROGATE,
        FindingCode.NO_TOKEN,
        FindingCode.NO_PORTAL,
    }
)
_NOTES = frozenset({FindingCode.RAW_VALUE, FindingCode.TAKEN_AS_UTC, FindingCode.ACCESS_EXPIRED})
# Warnings of one call or of its portal: an answer to them says nothing of the rule's next call.
_OF_ONE_CALL = frozenset(
    {
        FindingCode.NOT_TRUSTED,
        FindingCode.OTHER_ADDRESS,
        FindingCode.OTHER_APPLICATION_TOKEN,
        FindingCode.EXPIRED,
        FindingCode.ANSWERED_BEFORE,
        FindingCode.PERHAPS_ANSWERED,
    }
)


@dataclass(frozen=True, slots=True)
class Rename:
    """Give the value another name."""

    to: str


@dataclass(frozen=True, slots=True)
class Replace:
    """Send another value in its place."""

    value: JsonValue


@dataclass(frozen=True, slots=True)
class Drop:
    """Do not send the value."""


@dataclass(frozen=True, slots=True)
class Give:
    """Send a value that is missing."""

    value: JsonValue


Mend: TypeAlias = Rename | Replace | Drop | Give
Waiver: TypeAlias = tuple[str, str]
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, in words that need no look at the reply: `finding_texts` has the sentence.

    `row` counts from 0 among the values, or the rows, that were looked at; None where it is about
    none of them. `given` shows what was found there, shortened, and `wanted` another name, option
    or value that may be meant. `kind` is the type that the schema names, of which `dates` has
    examples. `line` and `column` count from 1 where JSON cannot be read.
    """

    code: FindingCode
    name: str = ""
    row: int | None = None
    given: str = ""
    wanted: str = ""
    kind: ValueType | None = None
    mend: Mend | None = None
    line: int = 0
    column: int = 0
    dates: DateFormat = SITE_DATES

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        if self.code in _ERRORS:
            return Severity.ERROR
        return Severity.NOTE if self.code in _NOTES else Severity.WARNING

    @property
    def waiver(self) -> Waiver | None:
        """What is remembered of a warning that is not to be asked again for the call's rule."""
        can_be = self.severity is Severity.WARNING and self.code not in _OF_ONE_CALL
        return (self.code.value, self.name) if can_be else None


def shown(value: JsonValue) -> str:
    """A value as a sentence quotes it: texts as they are, others as JSON, all shortened."""
    return brief(value if isinstance(value, str) else editable(value), _SHOWN)


def errors(found: Iterable[Finding]) -> list[Finding]:
    """What stops a reply."""
    return [finding for finding in found if finding.severity is Severity.ERROR]


def questions(found: Iterable[Finding], waived: Collection[Waiver] = ()) -> list[Finding]:
    """The warnings to ask about before a reply goes: those that are not waived."""
    return [
        finding
        for finding in found
        if finding.severity is Severity.WARNING and finding.waiver not in waived
    ]


def by_severity(found: Iterable[Finding]) -> list[Finding]:
    """The findings, what matters most first, and those of a value in the order of the values."""
    order = list(Severity)
    return sorted(
        found,
        key=lambda finding: (
            order.index(finding.severity),
            finding.row is None,
            finding.row or 0,
        ),
    )

"""Registrations in the words of the window; `core.registration_sentences` has the English ones."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

from bxgui.core import registration_sentences as sentences
from bxgui.core.json_values import JsonValue, editable
from bxgui.core.plain_text import brief
from bxgui.core.registration import Registration, RuleKind
from bxgui.core.registration_changes import Change, ChangeKind
from bxgui.core.registration_rules import RegistrationFinding
from bxgui.core.registration_text import Remark, TextProblem
from bxgui.core.schema import RuleProperty, ValueType, type_name
from bxgui.ui import language
from bxgui.ui.questions import one_line

translate = QCoreApplication.translate
_LONGEST = 120


def problem_text(problem: TextProblem) -> str:
    """Why a text is no registration, and where."""
    return sentences.problem_text(problem, _said)


def remark_text(remark: Remark) -> str:
    """How something in a text was read, and where it stands."""
    text = translate("Registrations", "Line %1: %2").replace("%1", str(remark.line))
    return text.replace("%2", sentences.remark_text(remark, _said))


def finding_text(finding: RegistrationFinding) -> str:
    """What is wrong with a registration."""
    return sentences.finding_text(finding, _said)


def change_text(change: Change) -> str:
    """What becomes of a field of the rule."""
    if change.kind is ChangeKind.REMOVED:
        text = translate("Registrations", "%1 is removed: it was %2.")
    elif change.kind is ChangeKind.ADDED:
        text = translate("Registrations", "%1 is new: %3.")
    else:
        text = translate("Registrations", "%1 is changed from %2 to %3.")
    return _filled(text, change.field, value_text(change.before), value_text(change.after))


def change_word(change: Change) -> str:
    """What becomes of a property, as its line tells it."""
    words = {
        ChangeKind.ADDED: translate("Registrations", "new"),
        ChangeKind.REMOVED: translate("Registrations", "removed"),
        ChangeKind.MOVED: translate("Registrations", "moved"),
        ChangeKind.CHANGED: translate("Registrations", "changed: %1"),
    }
    return words[change.kind].replace("%1", ", ".join(change.parts))


def kind_text(kind: RuleKind) -> str:
    """Whether it is an automation rule or an activity."""
    return {
        RuleKind.ROBOT: translate("Registrations", "automation rule"),
        RuleKind.ACTIVITY: translate("Registrations", "activity"),
        RuleKind.UNKNOWN: translate("Registrations", "automation rule or activity"),
    }[kind]


def facts_text(registration: Registration) -> str:
    """What a registration tells of the rule itself, on one line."""
    waits = {
        True: translate("Registrations", "waits for a reply"),
        False: translate("Registrations", "does not wait"),
        None: "",
    }[registration.use_subscription]
    facts = (
        one_line(registration.code),
        one_line(registration.name.read(language.current())),
        kind_text(registration.kind),
        waits,
    )
    return " · ".join(filter(None, facts))


def type_text(entry: RuleProperty) -> str:
    """A property's type as it is registered."""
    return brief(type_name(entry), _LONGEST) or ValueType.STRING.value


def options_text(entry: RuleProperty) -> str:
    """The options of a property, keys with their titles."""
    said = language.current()
    pairs = ((key, title.read(said)) for key, title in entry.options)
    shown = (key if title in {"", key} else f"{key} = {title}" for key, title in pairs)
    return brief("; ".join(shown), _LONGEST)


def value_text(value: JsonValue) -> str:
    """A value on one line; nothing for none."""
    if value is None:
        return ""
    return brief(value if isinstance(value, str) else editable(value), _LONGEST)


def _filled(text: str, *given: str) -> str:
    """The text with its places filled at once: what fills one may look like another."""
    return re.sub("%[123]", lambda place: given[int(place[0][1]) - 1], text)


def _said(text: str) -> str:
    """A text of the core in the user's language."""
    return QCoreApplication.translate("Registrations", text)

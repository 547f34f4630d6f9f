"""Presets: named return values and log message of a rule, with variables filled from a call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bxgui.core.json_values import JsonValue, Pairs
from bxgui.core.plain_text import brief
from bxgui.core.rule import Rule
from bxgui.core.template import Broken, Variable, escape, parts
from bxgui.core.variables import CannotFill, Facts, as_text, value_of

LONGEST_NAME = 100
# Nobody mends more at a time.
_MOST_FAULTS = 50
_LONGEST_SHOWN = 60


class PresetProblem(Exception):
    """A preset that cannot be kept or found; `code` names why, the text says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Preset:
    """Named return values and log message; their texts may hold variables, names may not."""

    name: str
    values: Pairs = field(default_factory=list)
    log_message: str = ""
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """What a preset says for one call."""

    values: Pairs
    log_message: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A variable that cannot be filled: the code of `CannotFill`, or `broken`; how it is written.

    `place` is the name of the value, empty for the log message; `preset` is named where there are
    several.
    """

    code: str
    variable: str
    place: str
    nearest: str = ""
    preset: str = ""


class VariableProblem(ValueError):
    """Variables that cannot be filled: nothing is."""

    code = "variables"

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        names = dict.fromkeys(fault.variable for fault in faults)
        super().__init__(f"Variables that cannot be filled: {', '.join(names)}.")


@dataclass(frozen=True, slots=True)
class PresetMenu:
    """What can be begun with: the rule's presets, the one used last first, and the last reply.

    `last` is nameless, and None while the rule has not been answered.
    """

    rule: Rule
    presets: tuple[Preset, ...]
    last: Preset | None


@dataclass(frozen=True, slots=True)
class Imported:
    """Names of the presets that an import added, replaced, and left as they were."""

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()


def clean_name(text: str) -> str:
    """A preset's name, its words one space apart; raises `PresetProblem` for what is none."""
    name = " ".join(text.split())
    if not name:
        raise PresetProblem("no_name", "A preset needs a name.")
    if not name.isprintable():
        raise PresetProblem(
            "bad_name", "The name of a preset holds a character that cannot be seen."
        )
    if len(name) > LONGEST_NAME:
        message = f"The name of a preset has at most {LONGEST_NAME} characters."
        raise PresetProblem("long_name", message)
    return name


def fill(preset: Preset, facts: Facts) -> Filled:
    """Values and log message for the call that tells these facts; raises `VariableProblem`.

    A text that is one variable and nothing else becomes what the variable stands for, a list
    included; a variable beside other text, or in the log message, is inserted as text.
    """
    filler = _Filler(facts)
    filled = filler.filled(preset)
    if filler.faults:
        raise VariableProblem(list(filler.faults))
    return filled


def lasting_faults(preset: Preset) -> list[Fault]:
    """What is wrong with the variables of a preset whatever call it is filled from."""
    filler = _Filler({})
    filler.filled(preset)
    return [fault for fault in filler.faults if fault.code != "missing"]


def as_sent(values: Pairs, log_message: str) -> Preset:
    """A nameless preset that is filled to exactly these values, variables or not."""
    return Preset("", [(name, _escaped(value)) for name, value in values], escape(log_message))


class _Filler:
    """Fills values one by one and notes, once each, the variables that it cannot fill."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._place = ""
        self.faults: dict[Fault, None] = {}

    def filled(self, preset: Preset) -> Filled:
        values: Pairs = []
        for name, value in preset.values:
            self._place = name
            values.append((name, self._value(value)))
        self._place = ""
        return Filled(values, as_text(self._text(preset.log_message)))

    def _value(self, value: JsonValue) -> JsonValue:
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, list):
            return [self._value(item) for item in value]
        if isinstance(value, dict):
            return {name: self._value(item) for name, item in value.items()}
        return value

    def _text(self, text: str) -> JsonValue:
        filled: list[JsonValue] = []
        for part in parts(text):
            if len(self.faults) >= _MOST_FAULTS:
                break
            filled.append(part if isinstance(part, str) else self._stands_for(part))
        return filled[0] if len(filled) == 1 else "".join(map(as_text, filled))

    def _stands_for(self, part: Variable | Broken) -> JsonValue:
        if isinstance(part, Broken):
            self._note("broken", part.text)
            return ""
        try:
            return value_of(part, self._facts)
        except CannotFill as problem:
            self._note(problem.code, part.text, problem.nearest)
            return ""

    def _note(self, code: str, variable: str, nearest: str = "") -> None:
        fault = Fault(code, brief(variable.strip(), _LONGEST_SHOWN), self._place, nearest)
        self.faults[fault] = None


def _escaped(value: JsonValue) -> JsonValue:
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, list):
        return [_escaped(item) for item in value]
    if isinstance(value, dict):
        return {name: _escaped(item) for name, item in value.items()}
    return value

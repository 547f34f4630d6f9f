"""Presets of a rule as one JSON document, for another computer or another portal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bxgui.core.json_values import JsonProblem, JsonValue, Pairs, dump_object, parse_object
from bxgui.core.plain_text import brief
from bxgui.core.preset import Preset, PresetProblem, VariableProblem, clean_name, lasting_faults

KIND = "bxgui-presets"
VERSION = 1
_DOCUMENT = ("kind", "version", "rule", "presets")
_PRESET = ("name", "values", "log_message")
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class PresetFile:
    """What a document holds: the rule's code, and presets in their order."""

    rule: str
    presets: tuple[Preset, ...]


def write_presets(rule: str, presets: Sequence[Preset]) -> str:
    """The document of these presets; raises `JsonProblem` for half of a character."""
    members: Pairs = [
        ("kind", KIND),
        ("version", VERSION),
        ("rule", rule),
        ("presets", [preset_json(preset) for preset in presets]),
    ]
    return f"{dump_object(members, indent=2)}\n"


def preset_json(preset: Preset) -> dict[str, JsonValue]:
    """A preset as a document holds it."""
    names = [name for name, _ in preset.values]
    values: JsonValue = dict(preset.values)
    if len(set(names)) < len(names):
        # An object would lose a value whose name is given twice.
        values = [[name, value] for name, value in preset.values]
    return {"name": preset.name, "values": values, "log_message": preset.log_message}


def read_presets(text: str) -> PresetFile:
    """The presets of a document, all of them valid.

    Raises `PresetProblem`, which says what is wrong and where, or `VariableProblem`.
    """
    try:
        document = dict(parse_object(text.removeprefix("\ufeff")))
    except JsonProblem as problem:
        message = (
            f"The presets are not JSON, line {problem.line}, column {problem.column}: "
            f"{problem.message}."
        )
        raise PresetProblem("file", message) from problem
    _check_kind(document)
    rule, found = document.get("rule"), document.get("presets")
    if not isinstance(rule, str) or not rule:
        raise PresetProblem("file", "The document does not name the rule of its presets.")
    if not isinstance(found, list):
        raise PresetProblem("file", "The document has no list of presets.")
    presets = [_preset(number, one) for number, one in enumerate(found, 1)]
    _check_names([preset.name for preset in presets])
    _check_variables(presets)
    return PresetFile(rule, tuple(presets))


def _check_kind(document: Mapping[str, JsonValue]) -> None:
    version = document.get("version")
    if document.get("kind") != KIND or type(version) is not int or version < 1:
        message = f'The document holds no presets of bxgui: its kind is not "{KIND}".'
        raise PresetProblem("file", message)
    if version > VERSION:
        message = (
            f"The presets were written by a newer bxgui (version {version}; this one knows "
            f"{VERSION}). Update bxgui."
        )
        raise PresetProblem("newer_file", message)
    # A misspelt member would be lost without a word.
    for name in document.keys() - set(_DOCUMENT):
        message = f"{_shown(name)} is not known in a document of presets."
        raise PresetProblem("file", message)


def _preset(number: int, found: JsonValue) -> Preset:
    if not isinstance(found, dict):
        raise PresetProblem("file", f"Preset {number} is not an object in braces.")
    for name in found.keys() - set(_PRESET):
        raise PresetProblem("file", f"{_shown(name)} is not known in preset {number}.")
    given, log_message = found.get("name"), found.get("log_message", "")
    if not isinstance(given, str):
        raise PresetProblem("file", f"The name of preset {number} is not a text.")
    if not isinstance(log_message, str):
        raise PresetProblem("file", f"The log_message of preset {number} is not a text.")
    try:
        name = clean_name(given)
    except PresetProblem as problem:
        message = f"Preset {number} cannot be kept. {problem}"
        raise PresetProblem("file", message) from problem
    return Preset(name, _values(number, found.get("values", {})), log_message)


def _values(number: int, found: JsonValue) -> Pairs:
    """Values written as an object, or as a list of a name and a value each."""
    if isinstance(found, dict):
        return list(found.items())
    pairs: Pairs = []
    for item in found if isinstance(found, list) else [found]:
        if not isinstance(item, list) or len(item) != 2 or not isinstance(item[0], str):
            message = f"The values of preset {number} are neither an object nor a list of pairs."
            raise PresetProblem("file", message)
        pairs.append((item[0], item[1]))
    return pairs


def _check_names(names: Sequence[str]) -> None:
    first: dict[str, int] = {}
    for number, name in enumerate(names, 1):
        if name in first:
            message = f"Presets {first[name]} and {number} have the same name {_shown(name)}."
            raise PresetProblem("file", message)
        first[name] = number


def _check_variables(presets: Sequence[Preset]) -> None:
    faults = [
        replace(fault, preset=preset.name) for preset in presets for fault in lasting_faults(preset)
    ]
    if faults:
        raise VariableProblem(faults)


def _shown(name: str) -> str:
    return f'"{brief(name, _LONGEST_SHOWN)}"'

"""Registrations, and what is to be said of them, as lines for reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bxgui.core.defaults import default_items
from bxgui.core.json_values import JsonValue
from bxgui.core.local_text import LocalText
from bxgui.core.registration import Registration, RuleKind
from bxgui.core.registration_rules import RegistrationFinding
from bxgui.core.registration_sentences import finding_text, remark_text
from bxgui.core.registration_text import Remark
from bxgui.core.rule import Rule
from bxgui.core.schema import RuleProperty, type_name

_KINDS = {
    RuleKind.ROBOT: "an automation rule",
    RuleKind.ACTIVITY: "an activity",
    RuleKind.UNKNOWN: "a rule",
}


def remark_line(remark: Remark) -> str:
    """A remark, and the line it is about."""
    return f"line {remark.line}: {remark_text(remark)}"


def finding_line(finding: RegistrationFinding) -> str:
    """A finding, and how much it matters."""
    return f"{finding.severity}: {finding_text(finding)}"


def finding_json(finding: RegistrationFinding) -> dict[str, JsonValue]:
    """A finding as `bxgui rules import --json` prints it."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "where": [*finding.where],
        "text": finding_text(finding),
    }


def remark_json(remark: Remark) -> dict[str, JsonValue]:
    """A remark as `bxgui rules import --json` prints it."""
    return {
        "code": remark.code,
        "where": [*remark.where],
        "line": remark.line,
        "column": remark.column,
        "text": remark_text(remark),
    }


def rule_text(rule: Rule) -> str:
    """A rule and its portal."""
    return f"{rule.code} of {rule.host or rule.portal}"


def rule_json(rule: Rule) -> dict[str, JsonValue]:
    """A rule and its portal, as the commands name them in JSON."""
    return {"rule": rule.code, "portal": rule.host, "key": rule.portal}


def rule_rows(rules: Sequence[Rule]) -> list[tuple[str, ...]]:
    """A table of rules."""
    table: list[tuple[str, ...]] = [("rule", "portal", "name", "calls", "return properties")]
    for rule in rules:
        kept = rule.registration
        table.append(
            (
                rule.code,
                rule.host or rule.portal,
                kept.name.read("en") if kept else "",
                str(rule.calls),
                str(len(kept.return_properties)) if kept else "not known",
            )
        )
    return table


def registration_lines(registration: Registration) -> Iterator[str]:
    """A registration for reading."""
    yield f"  {_KINDS[registration.kind]}"
    facts = {
        "name": _local(registration.name),
        "description": _local(registration.description),
        "waits for a reply": {True: "yes", False: "no", None: ""}[registration.use_subscription],
        "handler": registration.handler,
        "user": "" if registration.auth_user_id is None else str(registration.auth_user_id),
        "document type": ", ".join(registration.document_type),
        "also": ", ".join(_also(registration)),
    }
    yield from (f"  {name}: {fact}" for name, fact in facts.items() if fact)
    for title, schema in (
        ("properties", registration.properties),
        ("return properties", registration.return_properties),
    ):
        if schema:
            yield f"  {title}"
            yield from schema_lines(schema)


def schema_lines(schema: Iterable[RuleProperty]) -> Iterator[str]:
    """A schema for reading, a line for each property and one for what describes it."""
    for entry in schema:
        facts = [
            type_name(entry) or entry.type.value,
            "required" if entry.required else "",
            "multiple" if entry.multiple else "",
            _local(entry.title),
            _options(entry),
            _default(entry),
        ]
        yield f"    {entry.name}: {', '.join(filter(None, facts))}"
        if entry.description.texts:
            yield f"      {_local(entry.description)}"


def _also(registration: Registration) -> Iterator[str]:
    if registration.filter:
        yield "FILTER"
    if registration.use_placement is not None:
        yield "USE_PLACEMENT"
    if registration.placement_handler:
        yield "PLACEMENT_HANDLER"
    yield from (name for name, _ in registration.others)


def _options(entry: RuleProperty) -> str:
    options = (f"{key} = {_local(title) or key}" for key, title in entry.options)
    return f"one of {'; '.join(options)}" if entry.options else ""


def _default(entry: RuleProperty) -> str:
    items = default_items(entry)
    return f"{'; '.join(items)} by default" if items else ""


def _local(text: LocalText) -> str:
    """The text in every language it is in."""
    if len(text.texts) <= 1:
        return text.read("")
    return " / ".join(f"{language}: {one}" for language, one in text.texts)

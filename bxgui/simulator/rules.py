"""Rules: automation rules ("robots") and activities, as an application registers them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from urllib.parse import urlsplit

from bxgui.simulator.locking import Lock, Locked, locked
from bxgui.simulator.refusals import (
    ALREADY_INSTALLED,
    RULE_NOT_FOUND,
    UNSUPPORTED_PROTOCOL,
    WRONG_HANDLER_URL,
    Refused,
    invalid_rule,
)

_CODE = re.compile(r"[a-z0-9.\-_]+\Z", re.IGNORECASE)
_KEY = re.compile(r"[a-z][a-z0-9_]*\Z", re.IGNORECASE)


class RuleKind(StrEnum):
    """Where a rule can be used: in automation, or in the designer of workflows."""

    ROBOT = "robot"
    ACTIVITY = "activity"


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered rule; property maps are in the shape of the registration (contract §10)."""

    code: str
    kind: RuleKind = RuleKind.ROBOT
    name: str | Mapping[str, str] = ""
    properties: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    return_properties: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    use_subscription: str | None = "Y"
    handler: str = ""
    auth_user_id: int = 1

    @property
    def waits(self) -> bool:
        """Whether a step of this rule waits for the application's answer."""
        return self.use_subscription == "Y"

    def registration(self) -> dict[str, object]:
        """The parameters of `bizproc.robot.add` that make this rule."""
        fields: dict[str, object] = {
            "CODE": self.code,
            "HANDLER": self.handler,
            "AUTH_USER_ID": self.auth_user_id,
            "NAME": self.name,
            "PROPERTIES": self.properties,
            "RETURN_PROPERTIES": self.return_properties,
        }
        if self.use_subscription is not None:
            fields["USE_SUBSCRIPTION"] = self.use_subscription
        return fields


class RuleBook(Locked):
    """The rules of the application on one portal; a code serves one rule of either kind."""

    def __init__(self, lock: Lock) -> None:
        super().__init__(lock)
        self._rules: dict[str, Rule] = {}

    @locked
    def __getitem__(self, code: str) -> Rule:
        return self._rules[code]

    @locked
    def put(self, rule: Rule) -> None:
        """Keep a rule without the checks of a registration."""
        self._rules[rule.code] = rule

    @locked
    def add(self, kind: RuleKind, fields: Mapping[str, object]) -> None:
        """Register a rule; raises `Refused`."""
        rule = _read(Rule("", kind, use_subscription=None), fields)
        if rule.code in self._rules:
            raise Refused(ALREADY_INSTALLED)
        self.put(rule)

    @locked
    def update(self, kind: RuleKind, code: object, changes: object) -> None:
        """Change the fields given; raises `Refused`."""
        rule = self._found(kind, code)
        if not isinstance(changes, Mapping) or not changes:
            raise Refused(invalid_rule("No fields to update!"))
        changed = {str(name).upper(): value for name, value in changes.items()}
        self.put(_read(rule, {**rule.registration(), **changed, "CODE": rule.code}))

    @locked
    def delete(self, kind: RuleKind, code: object) -> None:
        """Remove a rule; raises `Refused`."""
        del self._rules[self._found(kind, code).code]

    @locked
    def codes(self, kind: RuleKind) -> list[str]:
        """The codes of one kind, in the order of their registration."""
        return [rule.code for rule in self._rules.values() if rule.kind is kind]

    @locked
    def clear(self) -> None:
        """Forget every rule, as a portal does when the application is updated or removed."""
        self._rules.clear()

    def _found(self, kind: RuleKind, code: object) -> Rule:
        rule = self._rules.get(_checked_code(code))
        if rule is None or rule.kind is not kind:
            raise Refused(RULE_NOT_FOUND)
        return rule


def _read(rule: Rule, fields: Mapping[str, object]) -> Rule:
    code = _checked_code(fields.get("CODE"))
    handler = _checked_handler(fields.get("HANDLER"))
    name = fields.get("NAME")
    if not name:
        raise Refused(invalid_rule("Empty activity NAME!"))
    subscription = fields.get("USE_SUBSCRIPTION")
    return replace(
        rule,
        code=code,
        handler=handler,
        name=name if isinstance(name, Mapping) else str(name),
        properties=_checked_properties(fields.get("PROPERTIES")),
        return_properties=_checked_properties(fields.get("RETURN_PROPERTIES")),
        use_subscription=None if subscription is None else ("Y" if subscription == "Y" else "N"),
        auth_user_id=_user_id(fields.get("AUTH_USER_ID")),
    )


def _checked_code(code: object) -> str:
    if not code:
        raise Refused(invalid_rule("Empty activity code!"))
    if not isinstance(code, str) or not _CODE.match(code):
        raise Refused(invalid_rule("Wrong activity code!"))
    return code


def _checked_handler(handler: object) -> str:
    url = handler if isinstance(handler, str) else ""
    scheme, colon, _ = url.partition("://")
    if not colon or scheme not in {"http", "https"}:
        raise Refused(UNSUPPORTED_PROTOCOL)
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    if host.find(".") < 1:
        raise Refused(WRONG_HANDLER_URL)
    return url


def _checked_properties(properties: object) -> dict[str, Mapping[str, object]]:
    if isinstance(properties, list):
        properties = dict(enumerate(properties))
    if not isinstance(properties, Mapping):
        return {}
    checked: dict[str, Mapping[str, object]] = {}
    for key, schema in properties.items():
        if not _KEY.match(str(key)):
            raise Refused(invalid_rule(f"Wrong property key ({key})!"))
        checked[str(key)] = schema if isinstance(schema, Mapping) else {}
    return checked


def _user_id(value: object) -> int:
    return int(value) if isinstance(value, int | str) and str(value).isdecimal() else 1

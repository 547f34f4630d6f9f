"""Presets as a user works with them: chosen for a call, filled from it, kept, carried elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bxgui.core import preset, variables
from bxgui.core.json_values import JsonProblem, dump
from bxgui.core.preset import (
    Filled,
    Imported,
    Preset,
    PresetMenu,
    PresetProblem,
    VariableProblem,
    clean_name,
)
from bxgui.core.preset_file import write_presets
from bxgui.core.records import CallDetail
from bxgui.core.rule import Rule, RuleProblem, the_only
from bxgui.services.store import Store


class RulePresets:
    """The presets of rules in a store. Methods raise `PresetProblem` for what is not there."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def menu(self, call_id: int) -> PresetMenu:
        """What a reply to this call can begin with."""
        rule = self.rule_of(call_id)
        return PresetMenu(rule, tuple(self.of_rule(rule)), self.last_reply(call_id))

    def rule_of(self, call_id: int) -> Rule:
        """The rule whose presets fit a call."""
        rule = self._store.rules.of_call(call_id)
        if rule is None:
            message = f"Call {call_id} belongs to no rule of a portal, so it has no presets."
            raise PresetProblem("no_rule", message)
        return rule

    def rules(self, code: str = "", portal: str = "") -> list[Rule]:
        """Rules by code, and by their portal's key, host or name; all where neither is given."""
        return self._store.rules.all(code, portal)

    def rule(self, code: str, portal: str = "") -> Rule:
        """The only rule of this code, in the portal of this key, host or name if one is given."""
        try:
            return the_only(self.rules(code, portal), code, portal)
        except RuleProblem as problem:
            raise PresetProblem(problem.code, str(problem)) from problem

    def rule_to_be(self, code: str, portal: str = "") -> Rule:
        """As `rule`; in the only portal that it can be meant for, the rule is made if need be."""
        portals = [one for one in self._store.portals.all() if not portal or one.goes_by(portal)]
        if self.rules(code, portal) or len(portals) != 1:
            return self.rule(code, portal)
        return self._store.rules.see(portals[0].id, code, self._clock())

    def of_rule(self, rule: Rule) -> list[Preset]:
        """The presets of a rule, the one used last first."""
        return self._store.presets.of_rule(rule.id)

    def named(self, rule: Rule, name: str) -> Preset:
        """The preset of this name."""
        for one in self.of_rule(rule):
            if one.name == name:
                return one
        raise PresetProblem("no_preset", f"There is no preset {name} for this rule.")

    def last_reply(self, call_id: int) -> Preset | None:
        """The last answer to a call of the same rule, filled to exactly what was sent then."""
        reply = self._store.replies.last_reply_to_rule(call_id)
        return None if reply is None else preset.as_sent(reply.values, reply.log_message)

    def facts(self, call: CallDetail) -> variables.Facts:
        """What variables are filled with from this call at this moment."""
        return variables.facts_of(call, self._clock(), datetime.astimezone)

    def fill(self, chosen: Preset, call: CallDetail) -> Filled:
        """The preset for this call; raises `VariableProblem` where anything is missing."""
        return preset.fill(chosen, self.facts(call))

    def save(self, rule: Rule, new: Preset) -> bool:
        """Keep a preset, in the place of one of the same name; whether there was one.

        Raises `VariableProblem` for variables that no call can fill.
        """
        return self._store.presets.save(rule.id, _keepable(new), self._clock())

    def edit(self, rule: Rule, name: str, new: Preset) -> str:
        """Keep a preset in the place of the one of a name; the name that it has now.

        Raises `VariableProblem` for variables that no call can fill.
        """
        kept = _keepable(new)
        self._store.presets.edit(rule.id, name, kept)
        return kept.name

    def rename(self, rule: Rule, name: str, new_name: str) -> None:
        """Give a preset another name, which is not taken."""
        self._store.presets.rename(rule.id, name, clean_name(new_name))

    def delete(self, rule: Rule, name: str) -> None:
        """Remove a preset."""
        self._store.presets.delete(rule.id, name)

    def mark_used(self, rule: Rule, name: str) -> None:
        """Put a preset first in its menu."""
        self._store.presets.mark_used(rule.id, name, self._clock())

    def export(self, rule: Rule) -> str:
        """The document of all presets of a rule."""
        return write_presets(rule.code, self.of_rule(rule))

    def import_all(self, rule: Rule, new: Sequence[Preset], *, replace: bool) -> Imported:
        """Keep all presets of a document, or none; a name that is taken only with `replace`."""
        kept = [_keepable(one) for one in new]
        return self._store.presets.add_all(rule.id, kept, self._clock(), replace=replace)


def _keepable(new: Preset) -> Preset:
    """The preset as it can be kept, or the problem with it."""
    kept = replace(new, name=clean_name(new.name))
    faults = preset.lasting_faults(kept)
    if faults:
        raise VariableProblem(faults)
    try:
        dump([kept.log_message, *(value for _, value in kept.values)])
        for name, _ in kept.values:
            dump(name)
    except JsonProblem as problem:
        raise PresetProblem("bad_value", f"{problem.message}.") from problem
    return kept

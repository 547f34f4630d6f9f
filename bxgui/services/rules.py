"""Rules as a user works with them: their registrations imported, looked up, learned, forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bxgui.core.findings import Waiver
from bxgui.core.learned_schema import Lessons, lessons
from bxgui.core.records import Portal
from bxgui.core.registration import Registration, merged, to_document
from bxgui.core.registration_text import Read
from bxgui.core.rule import Rule, RuleProblem, the_only
from bxgui.core.schema import RuleProperty
from bxgui.services.store import Store

_REPLIES_TO_LEARN_FROM = 20
_OFFER: Waiver = ("schema_offer", "")


@dataclass(frozen=True, slots=True)
class SchemaOffer:
    """A rule of which nothing is kept, and how many of its replies can be learned from."""

    rule: Rule
    replies: int


class PortalRules:
    """The rules of the portals in a store. Methods raise `RuleProblem` for what is not there."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def all(self, code: str = "", portal: str = "") -> list[Rule]:
        """Rules by code, and by their portal's key, host or name; all where neither is given."""
        return self._store.rules.all(code, portal)

    def of_call(self, call_id: int) -> Rule | None:
        """The rule of a call; None for a call that has none, or names no portal."""
        return self._store.rules.of_call(call_id)

    def only(self, code: str, portal: str = "") -> Rule:
        """The only rule of this code, in the portal of this key, host or name if one is given."""
        return the_only(self.all(code, portal), code, portal)

    def portal_for(self, code: str, portal: str = "") -> Portal:
        """The only portal that a registration of this code can be meant for.

        That is the one of this key, host or name if one is given, else the one that has the rule,
        else the only one.
        """
        known = self._store.portals.all()
        if portal:
            known = [one for one in known if one.goes_by(portal)]
        having = {rule.portal_id for rule in self.all(code, portal)}
        chosen = [one for one in known if one.id in having] or known
        if len(chosen) == 1:
            return chosen[0]
        if chosen:
            hosts = ", ".join(one.host or one.key for one in chosen)
            message = f"Several portals may have the rule {code}: {hosts}."
            raise RuleProblem("several_portals", message)
        if portal:
            raise RuleProblem("no_portal", f"No portal is known as {portal}.")
        message = "No portal is known yet. Catch a call first: a registration belongs to a portal."
        raise RuleProblem("no_portal", message)

    def proposed(self, read: Read, code: str, portal: Portal | None) -> Registration:
        """What would be kept of what was read: where it is not whole, the rest stays as it is."""
        rules = [] if portal is None or read.is_whole else self.all(code, portal.key)
        kept = next((rule.registration for rule in rules), None)
        registration = merged(kept, read.registration)
        return merged(registration, Registration(code=code))

    def keep(self, portal: Portal, code: str, registration: Registration) -> Rule:
        """Keep a rule's registration in the place of another."""
        document = to_document(registration)
        self._store.portals.keep_registration(portal.id, code, document, self._clock())
        return self.only(code, portal.key)

    def change(self, rule: Rule, registration: Registration) -> Rule | None:
        """Keep a registration that was made of the rule's; None where another is kept by now."""
        if self.only(rule.code, rule.portal).registration != rule.registration:
            return None
        document = to_document(registration)
        self._store.portals.keep_registration(rule.portal_id, rule.code, document, self._clock())
        return self.only(rule.code, rule.portal)

    def forget(self, rule: Rule) -> None:
        """Remove a rule's registration; its calls and presets stay."""
        self._store.rules.forget(rule.id)

    def learned(self, rule: Rule) -> tuple[RuleProperty, ...]:
        """The properties that the last replies to a rule show, to be offered to its user."""
        return tuple(one.entry for one in self.lessons(rule).found)

    def lessons(self, rule: Rule) -> Lessons:
        """What the last replies to a rule show, and how many of them."""
        return lessons(self._store.rules.returned(rule.id, _REPLIES_TO_LEARN_FROM))

    def offer(self, call_id: int) -> SchemaOffer | None:
        """What a call's rule needs a schema for; None where one is kept, or nobody wants one."""
        rule = self.of_call(call_id)
        if rule is None or rule.registration is not None:
            return None
        if _OFFER in self._store.waivers.of_call(call_id):
            return None
        return SchemaOffer(rule, self.lessons(rule).replies)

    def decline_offer(self, call_id: int) -> None:
        """Offer no more to give the rule of a call a schema."""
        self._store.waivers.add(call_id, [_OFFER])

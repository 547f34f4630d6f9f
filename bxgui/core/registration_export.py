"""Registrations for other programs: as a document, and as the call that makes them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bxgui.core.json_values import JsonValue, dump
from bxgui.core.redact import MASK
from bxgui.core.registration import Registration, RuleKind, to_document

# Neither is an address or a token to anybody: a portal refuses them.
HANDLER_PLACEHOLDER = "PUT_THE_HANDLER_ADDRESS_HERE"
AUTH_PLACEHOLDER = "PUT_AN_ACCESS_TOKEN_HERE"


@dataclass(frozen=True, slots=True)
class RegistrationCall:
    """A REST method, and the JSON body that it wants."""

    method: str
    body: dict[str, JsonValue]

    @property
    def text(self) -> str:
        """The body as it is sent."""
        return dump(self.body, 2)


def export_json(registration: Registration) -> str:
    """The registration as a JSON document, which `read_text` understands."""
    return dump(to_document(registration), 2)


def export_call(registration: Registration, handler: str = "") -> RegistrationCall:
    """The call that registers the rule; what nobody told is a placeholder in it.

    The handler's address is the one given here, else the one registered. An address whose secret is
    masked is not known. A rule that returns something waits, unless it was registered not to.
    """
    kind = RuleKind.ACTIVITY if registration.kind is RuleKind.ACTIVITY else RuleKind.ROBOT
    waits = registration.use_subscription
    if waits is None:
        waits = bool(registration.return_properties)
    filled = replace(
        registration,
        kind=RuleKind.UNKNOWN,
        handler=handler or _known(registration.handler) or HANDLER_PLACEHOLDER,
        use_subscription=waits,
        placement_handler=_known(registration.placement_handler),
    )
    body = to_document(filled) | {"auth": AUTH_PLACEHOLDER}
    return RegistrationCall(f"bizproc.{kind.value}.add", body)


def _known(address: str) -> str:
    """A registered address, or a placeholder for one that leads nowhere with its mask."""
    return HANDLER_PLACEHOLDER if MASK in address else address

"""The engine of workflows: starts them, announces their steps, takes answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from random import Random

from bxgui.core import phpform
from bxgui.simulator import randomness
from bxgui.simulator.conversion import is_falsy
from bxgui.simulator.event_tokens import Event, TokenSigner
from bxgui.simulator.locking import Lock, Locked, locked
from bxgui.simulator.refusals import (
    ACCESS_DENIED,
    EMPTY_LOG_MESSAGE,
    ENGINE_EXCEPTION,
    Refused,
    workflow_gone,
    workflow_locked,
)
from bxgui.simulator.rules import RuleBook
from bxgui.simulator.scenario import Scenario
from bxgui.simulator.settings import GoneAnswer, PortalSettings
from bxgui.simulator.workflows import Workflow, WorkflowState, WorkflowView


@dataclass(frozen=True, slots=True)
class OutgoingCall:
    """A call on its way to a handler, with its fields in the order of the wire."""

    workflow_id: str
    rule_code: str
    document_id: str
    event_token: str = field(repr=False)
    fields: Mapping[str, object] = field(repr=False)

    @property
    def body(self) -> bytes:
        """The form as PHP's `http_build_query` writes it."""
        return phpform.encode(self.fields)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a request did to a workflow; nothing, unless `effective`.

    `next_call` announces the next round of a loop. `failed` says that a later step broke.
    """

    workflow_id: str
    rule_code: str
    document_id: str
    state: WorkflowState
    effective: bool = False
    applied: Mapping[str, object] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    log_message: str = ""
    next_call: OutgoingCall | None = None
    failed: bool = False


class Engine(Locked):
    """The workflows of a portal; `auth` gives the `auth` block of a call for a user."""

    def __init__(
        self,
        lock: Lock,
        settings: PortalSettings,
        rules: RuleBook,
        auth: Callable[[int, bool], Mapping[str, object]],
        *,
        clock: Callable[[], float],
        source: Random,
    ) -> None:
        super().__init__(lock)
        self._settings = settings
        self._rules = rules
        self._auth = auth
        self._clock = clock
        self._random = source
        self._signer = TokenSigner(source.randbytes(32))
        self._workflows: dict[str, Workflow] = {}

    @locked
    def start(self, scenario: Scenario, *, with_tokens: bool = True) -> OutgoingCall:
        """Start a workflow; it stands at its rule. Raises `KeyError` for an unknown rule."""
        rule = self._rules[scenario.rule_code]
        now = self._clock()
        workflow_id = randomness.workflow_id(self._random, now)
        event = Event(workflow_id, randomness.activity_name(self._random), "")
        workflow = Workflow(workflow_id, rule, scenario, event, now, rounds_left=scenario.rounds)
        self._workflows[workflow_id] = workflow
        return self._announce(workflow, with_tokens=with_tokens)

    @locked
    def workflow(self, workflow_id: str) -> WorkflowView:
        """A workflow as it is now; raises `KeyError`."""
        workflow = self._workflows[workflow_id]
        workflow.expire(self._clock())
        return workflow.view(self._signer.sign(workflow.event))

    @locked
    def workflows(self) -> list[WorkflowView]:
        """Every workflow that was ever started, the oldest first."""
        return [self.workflow(workflow_id) for workflow_id in self._workflows]

    @locked
    def lock(self, workflow_id: str) -> None:
        """Let a workflow be executing; after five minutes of that it hangs."""
        self._workflows[workflow_id].lock(self._clock())

    @locked
    def unlock(self, workflow_id: str) -> None:
        """Let a workflow stand where it stood before it was locked."""
        self._workflows[workflow_id].unlock()

    @locked
    def damage(self, workflow_id: str) -> None:
        """Let a workflow be one that the engine cannot resume."""
        self._workflows[workflow_id].damaged = True

    @locked
    def repair(self, workflow_id: str) -> None:
        """Let a damaged workflow be whole again."""
        self._workflows[workflow_id].damaged = False

    @locked
    def end(self, workflow_id: str) -> None:
        """Let a workflow come to its end by itself."""
        self._workflows[workflow_id].state = WorkflowState.ENDED

    @locked
    def delete(self, workflow_id: str) -> None:
        """Delete a workflow as an administrator does."""
        self._workflows[workflow_id].state = WorkflowState.DELETED

    @locked
    def delete_document(self, workflow_id: str) -> None:
        """Delete the document of a workflow, which the portal notices when it next loads it."""
        self._workflows[workflow_id].document_exists = False

    @locked
    def send_event(self, token: object, values: object, log_message: object) -> Effect:
        """Answer an event token; raises `Refused`."""
        event = self._opened(token)
        workflow = self._loaded(event)
        if not workflow.waits_for(event):
            return _effect(workflow)
        applied, dropped = workflow.apply(values, self._settings.zone)
        text = workflow.write(log_message)
        workflow.close(self._clock())
        failed = workflow.state is WorkflowState.EXECUTING
        call = self._announce(workflow) if workflow.rounds_left and not failed else None
        return replace(
            _effect(workflow),
            effective=True,
            applied=applied,
            dropped=dropped,
            log_message=text,
            next_call=call,
            failed=failed,
        )

    @locked
    def write_log(self, token: object, message: object) -> Effect:
        """Write a line to the log of a workflow that goes on waiting; raises `Refused`."""
        event = self._opened(token)
        if is_falsy(message):
            raise Refused(EMPTY_LOG_MESSAGE)
        workflow = self._loaded(event)
        effect = _effect(workflow)
        if workflow.waits_for(event):
            return replace(effect, effective=True, log_message=workflow.write(message))
        return effect

    def _opened(self, token: object) -> Event:
        event = self._signer.open(token)
        if event is None:
            raise Refused(ACCESS_DENIED)
        return event

    def _loaded(self, event: Event) -> Workflow:
        """The workflow under its lock, a gone one only where the portal would say `true`."""
        workflow = self._workflows[event.workflow_id]
        workflow.expire(self._clock())
        code = _GONE_CODES.get(self._settings.gone_answer)
        if workflow.state.gone and code is not None:
            raise Refused(workflow_gone(self._settings.language, code))
        if workflow.state is WorkflowState.EXECUTING:
            raise Refused(workflow_locked(self._settings.language))
        if workflow.damaged:
            raise Refused(ENGINE_EXCEPTION)
        if not workflow.document_exists:
            workflow.state = WorkflowState.TERMINATED
        return workflow

    def _announce(self, workflow: Workflow, *, with_tokens: bool = True) -> OutgoingCall:
        now = self._clock()
        workflow.open(randomness.event_id(self._random), now)
        token = self._signer.sign(workflow.event)
        rule, scenario = workflow.rule, workflow.scenario
        fields: dict[str, object] = {
            "workflow_id": workflow.id,
            "code": rule.code,
            "document_id": scenario.document_id,
            "document_type": scenario.document_type,
            "event_token": token,
            "properties": {key: scenario.properties.get(key, "") for key in rule.properties},
            "use_subscription": rule.use_subscription,
            "timeout_duration": scenario.timeout_duration,
            "ts": int(now),
            "auth": self._auth(rule.auth_user_id, with_tokens),
        }
        return OutgoingCall(workflow.id, rule.code, scenario.document_id[2], token, fields)


_GONE_CODES: dict[GoneAnswer, str | int] = {
    GoneAnswer.TEXT_CODE: "404",
    GoneAnswer.NUMBER_CODE: 404,
    GoneAnswer.CORE_CODE: "ERROR_CORE",
}


def _effect(workflow: Workflow) -> Effect:
    document = workflow.scenario.document_id[2]
    return Effect(workflow.id, workflow.rule.code, document, workflow.state)

"""Asks a portal whether the workflow of a call lives, hangs or is gone; changes nothing there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from bxgui.core import workflow_life
from bxgui.core.authorization import Access, Source, refuses_source
from bxgui.core.body import decode
from bxgui.core.handler_call import HandlerCall, recognise
from bxgui.core.outcome import Verdict
from bxgui.core.phpform import BodyRefused
from bxgui.core.records import CallDetail, Portal
from bxgui.core.rest_request import json_request
from bxgui.core.workflow_life import MEANINGS, Told, WorkflowLife
from bxgui.services.authorization import Authorization
from bxgui.services.authorization_problem import AuthorizationProblem
from bxgui.services.portal_client import USER_AGENT, PortalClient
from bxgui.services.store import Store

# An administrator's webhook may do what the application of a call may not.
_WANTS_ANOTHER = frozenset({"rights", "method_not_found", "application_context"})


@dataclass(frozen=True, slots=True)
class WorkflowCheck:
    """What is known of a call's workflow; `text` says what it means, or why nobody could be asked.

    `code` is `lives`, `runs`, `hangs` or `gone`, else names why that is not known.
    """

    life: WorkflowLife
    code: str
    text: str
    workflow_id: str = ""
    source: Source | None = None
    told: Told | None = None


class WorkflowChecks:
    """Asks with one source of authorization after another, until one is allowed to know."""

    def __init__(
        self,
        store: Store,
        client: PortalClient,
        authorization: Authorization,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._client = client
        self._authorization = authorization
        self._clock = clock

    def check(self, call: CallDetail) -> WorkflowCheck:
        """What the portal tells of a call's workflow now. Blocks for as long as that takes."""
        workflow_id, portal = _workflow_id(call), call.portal
        if not workflow_id:
            return _not_told("no_workflow", "The call does not say which workflow it belongs to.")
        if portal is None:
            message = "The call does not say which portal it comes from."
            return _not_told("no_portal", message, workflow_id)
        if not portal.trusted:
            message = f"The portal {portal.host or portal.key} is not trusted yet."
            return _not_told("not_trusted", message, workflow_id)
        found = None
        for source in portal.settings.order:
            asked = self._with(source, portal, call, workflow_id)
            if asked.life is not WorkflowLife.NOT_TOLD:
                return asked
            # What the portal itself said counts for more than a source that was never entered.
            if found is None or (asked.source is not None and found.source is None):
                found = asked
            if asked.source is not None and not _may_differ(asked.code):
                break
        if found is None:
            raise AssertionError
        return found

    def _with(
        self, source: Source, portal: Portal, call: CallDetail, workflow_id: str
    ) -> WorkflowCheck:
        try:
            access = self._authorization.only(portal, source, call)
            verdict, told = self._ask(portal, access, workflow_id)
            if verdict.explanation.key == "access_expired" and source is Source.APPLICATION:
                access = self._authorization.renew(portal, access, call)
                verdict, told = self._ask(portal, access, workflow_id)
        except AuthorizationProblem as problem:
            return _not_told(problem.code, str(problem), workflow_id)
        if told is None or told.life is WorkflowLife.NOT_TOLD:
            return _refused(verdict, source, workflow_id)
        return WorkflowCheck(
            told.life, told.life.value, MEANINGS[told.life], workflow_id, source, told
        )

    def _ask(self, portal: Portal, access: Access, workflow_id: str) -> tuple[Verdict, Told | None]:
        method = workflow_life.METHOD
        members = [*workflow_life.parameters(workflow_id), *access.members]
        request = json_request(access.endpoint, method, members, USER_AGENT)
        exchange, verdict = self._client.call(request, secrets=access.secrets, reach=portal.reach)
        self._store.exchanges.record(portal.id, method, exchange, verdict)
        if verdict.explanation.key != "accepted":
            return verdict, None
        return verdict, workflow_life.read(exchange.response_body, workflow_id, self._clock())


def _may_differ(code: str) -> bool:
    """Whether another source may be told what this one was not."""
    return refuses_source(code) or code in _WANTS_ANOTHER


def _refused(verdict: Verdict, source: Source, workflow_id: str) -> WorkflowCheck:
    entry = verdict.explanation
    if entry.key == "accepted":
        text = "The portal's answer does not tell of this workflow."
        return WorkflowCheck(WorkflowLife.NOT_TOLD, "not_told", text, workflow_id, source)
    text = f"{entry.title} {entry.cause}"
    return WorkflowCheck(WorkflowLife.NOT_TOLD, entry.key, text, workflow_id, source)


def _not_told(code: str, text: str, workflow_id: str = "") -> WorkflowCheck:
    return WorkflowCheck(WorkflowLife.NOT_TOLD, code, text, workflow_id)


def _workflow_id(call: CallDetail) -> str:
    """That of a stored body: a workflow's id is no secret."""
    with suppress(BodyRefused):
        found = recognise(decode(call.body, call.content_type), {})
        if isinstance(found, HandlerCall):
            return found.workflow_id or found.event_token.workflow_id
    return ""

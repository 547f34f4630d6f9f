from __future__ import annotations

from collections.abc import Iterator

import pytest
from posts import FORM, NOW, Post
from sending import WAIT, Desk, desk
from simulated import rule

from bxgui.core.authorization import Source
from bxgui.core.records import Arrival
from bxgui.core.workflow_life import METHOD, WorkflowLife
from bxgui.services.authorization import Authorization
from bxgui.services.intake import prepare
from bxgui.services.portal_client import PortalClient
from bxgui.services.portal_secrets import PortalSecrets
from bxgui.services.store import Store
from bxgui.services.vault import StoreKey
from bxgui.services.workflow_check import WorkflowCheck, WorkflowChecks


@pytest.fixture
def made(store: Store, key: StoreKey) -> Iterator[Desk]:
    with desk(store, key) as one:
        yield one


def checked(made: Desk, call_id: int) -> WorkflowCheck:
    client = PortalClient(made.time.moment, read_seconds=WAIT)
    secrets = made.secrets or PortalSecrets(lambda: made.store.id)
    authorization = Authorization(made.store, client, lambda: made.key, secrets, made.time.moment)
    call = made.store.calls.detail(call_id, made.time.moment())
    assert call is not None
    try:
        return WorkflowChecks(made.store, client, authorization, made.time.moment).check(call)
    finally:
        client.close()


def start(made: Desk, user_id: int) -> tuple[str, int]:
    """A workflow and its call, whose access token is that of a user: 1 is an administrator."""
    made.client.served.portal.rules.put(rule(auth_user_id=user_id))
    outgoing = made.client.start()
    return outgoing.workflow_id, made.catch(outgoing.body)


def test_workflow_that_waits_lives(made: Desk) -> None:
    workflow_id, call_id = start(made, 1)

    found = checked(made, call_id)

    assert (found.life, found.code, found.source) == (WorkflowLife.LIVES, "lives", Source.CALL)
    assert found.workflow_id == workflow_id
    assert found.told is not None
    assert found.told.changed_at is not None


def test_workflow_that_hangs_is_told_from_one_that_runs(made: Desk) -> None:
    workflow_id, call_id = start(made, 1)
    made.client.served.portal.engine.lock(workflow_id)

    runs = checked(made, call_id)
    made.time.clock.advance(301)
    hangs = checked(made, call_id)

    assert (runs.life, hangs.life) == (WorkflowLife.RUNS, WorkflowLife.HANGS)


def test_workflow_that_has_ended_is_gone(made: Desk) -> None:
    workflow_id, call_id = start(made, 1)
    made.client.served.portal.engine.end(workflow_id)

    assert checked(made, call_id).life is WorkflowLife.GONE


def test_nothing_of_the_workflow_is_changed_and_no_attempt_is_made(made: Desk) -> None:
    workflow_id, call_id = start(made, 1)
    before = made.client.served.portal.engine.workflow(workflow_id)

    checked(made, call_id)

    assert made.client.served.portal.engine.workflow(workflow_id) == before
    assert made.attempts(call_id) == []
    assert [one.method for one in made.store.exchanges.of_portal(made.portal.id)] == [METHOD]


def test_who_may_not_know_says_so(made: Desk) -> None:
    _, call_id = start(made, 7)

    found = checked(made, call_id)

    assert (found.life, found.code) == (WorkflowLife.NOT_TOLD, "rights")
    assert found.text == "Access denied. The method needs an administrator."


def test_webhook_of_an_administrator_is_told_what_the_call_is_not(made: Desk) -> None:
    workflow_id, call_id = start(made, 7)
    made.enter_webhook()

    found = checked(made, call_id)

    assert (found.life, found.source) == (WorkflowLife.LIVES, Source.WEBHOOK)
    assert found.workflow_id == workflow_id


def test_tokens_of_the_application_are_renewed_once(made: Desk) -> None:
    _, call_id = start(made, 1)
    made.enter_application()
    made.client.served.portal.accounts.expire_access_tokens()

    found = checked(made, call_id)

    assert (found.life, found.source) == (WorkflowLife.LIVES, Source.APPLICATION)


def test_portal_that_does_not_answer_is_not_asked_otherwise(made: Desk) -> None:
    _, call_id = start(made, 1)
    made.enter_webhook()
    made.client.served.faults.add("html_502", method=METHOD)

    found = checked(made, call_id)

    assert (found.life, found.code) == (WorkflowLife.NOT_TOLD, "server_error")
    assert len(made.client.served.requests) == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (Post().body, "not_trusted"),
        (b"event_token=opaque&code=x&auth[member_id]=m", "no_workflow"),
        (b"event_token=opaque&workflow_id=5.5&code=x", "no_portal"),
        (b"event=ONAPPTEST", "no_workflow"),
    ],
)
def test_call_that_cannot_be_asked_about_says_why(made: Desk, body: bytes, code: str) -> None:
    (stored,) = made.store.calls.record([prepare(Arrival(NOW, body, FORM), made.key)])

    found = checked(made, stored.call_id)

    assert (found.life, found.code) == (WorkflowLife.NOT_TOLD, code)
    assert made.client.served.requests == []

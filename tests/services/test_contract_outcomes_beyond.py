"""Rows 48 to 63 of the contract: registrations, batches and tokens as our client takes them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from contract_rows import numbers, rows
from sending import Desk, desk
from simulated import SEND, Client, command, registration, served

from bxgui.core import batch
from bxgui.core.authorization import Access, Source
from bxgui.core.json_values import Pairs
from bxgui.core.oauth import Application
from bxgui.core.outcome import Failure
from bxgui.core.rest_request import json_request
from bxgui.services.authorization import Authorization
from bxgui.services.authorization_problem import AuthorizationProblem
from bxgui.services.portal_client import USER_AGENT, PortalClient
from bxgui.services.portal_secrets import Secrets
from bxgui.services.store import Store
from bxgui.services.vault import StoreKey
from bxgui.simulator.app_events import AppChange
from bxgui.simulator.condition import Condition

ADD, LIST = "bizproc.robot.add", "bizproc.robot.list"


@dataclass(frozen=True)
class RegistrationRow:
    """A method with these parameters, who calls it, and the explanation that comes of it."""

    number: int
    given: str
    expected: str
    method: str = ADD
    parameters: Callable[[], dict[str, object]] = registration
    user_id: int = 1
    webhook: bool = False
    before: str = ""


def with_(**changes: object) -> Callable[[], dict[str, object]]:
    return lambda: registration(**changes)


REGISTRATIONS = [
    RegistrationRow(48, "by webhook", "application_context", webhook=True),
    RegistrationRow(49, "by an employee", "rights", user_id=7),
    RegistrationRow(50, "no code", "rule_invalid", parameters=with_(CODE="")),
    RegistrationRow(50, "no name", "rule_invalid", parameters=with_(NAME="")),
    RegistrationRow(51, "a list of properties", "rule_invalid", parameters=with_(PROPERTIES=[""])),
    RegistrationRow(52, "the code of a robot", "rule_exists", before=ADD),
    RegistrationRow(53, "ftp", "handler_address", parameters=with_(HANDLER="ftp://h.example/")),
    RegistrationRow(53, "no dot", "handler_address", parameters=with_(HANDLER="http://localhost/")),
    RegistrationRow(54, "a list", "accepted", LIST, parameters=dict),
    RegistrationRow(
        55, "an unknown code", "rule_missing", "bizproc.robot.delete", lambda: {"CODE": "nothing"}
    ),
    RegistrationRow(56, "the rule was there before", "accepted", LIST, dict, before=ADD),
]


def called(client: Client, row: RegistrationRow, method: str) -> str:
    """What a call of ours comes to."""
    endpoint = client.served.endpoint
    if row.webhook:
        endpoint = f"http://127.0.0.1:{client.served.port}{client.webhook()}"
    token = client.served.portal.accounts.issue(row.user_id).access_token
    given: Pairs = json.loads(json.dumps(row.parameters())).items() or []
    members = [*given, *([] if row.webhook else [("auth", token)])]
    ours = PortalClient(lambda: datetime.now(UTC))
    try:
        _, verdict = ours.call(json_request(endpoint, method, members, USER_AGENT))
    finally:
        ours.close()
    return verdict.explanation.key


@rows(REGISTRATIONS)
def test_registration_comes_to_what_the_contract_says(row: RegistrationRow) -> None:
    with served() as client:
        client.served.portal.rules.clear()
        if row.before:
            first = RegistrationRow(0, "", "accepted")
            assert called(client, first, row.before) == "accepted"

        assert called(client, row, row.method) == row.expected


@dataclass(frozen=True)
class BatchRow:
    """Commands of one batch, and the explanation of each; None for a batch that we never send."""

    number: int
    given: str
    commands: dict[str, str]
    expected: tuple[str, ...]


BATCHES = [
    BatchRow(
        57,
        "every command fails",
        {"a": f"{SEND}?event_token=abc", "b": "no.such"},
        ("token_not_recognised", "method_not_found"),
    ),
    BatchRow(
        58,
        "51 commands",
        {f"c{n}": "scope" for n in range(51)},
        ("accepted",) * 50 + ("unknown_code",),
    ),
]


@rows(BATCHES)
def test_batch_comes_to_what_the_contract_says(row: BatchRow) -> None:
    with served() as client:
        members = batch.parameters(row.commands, [("auth", client.token)])
        request = json_request(client.served.endpoint, batch.METHOD, members, USER_AGENT)
        ours = PortalClient(lambda: datetime.now(UTC))
        try:
            _, answer = ours.ask(request)
        finally:
            ours.close()

    assert not isinstance(answer, Failure)
    found = batch.verdicts(answer, list(row.commands), SEND)
    assert tuple(one.explanation.key for one in found.values()) == row.expected


def test_row_59_what_the_portal_would_replace_is_never_in_a_batch_of_ours() -> None:
    members: Pairs = [("EVENT_TOKEN", "a"), ("RETURN_VALUES", {"Comment": "at $result[a]"})]

    assert batch.command(SEND, members) is None
    assert command(SEND, {"Comment": "at $result[a]"})  # though it can be written


@dataclass(frozen=True)
class TokenRow:
    """What a renewal of ours comes to when the authorization server is so."""

    number: int
    given: str
    expected: str
    client_id: str = ""
    client_secret: str = ""
    prepare: Callable[[Desk], object] = lambda _made: None


def unpaid(made: Desk) -> None:
    made.client.served.portal.condition = Condition.SUBSCRIPTION_ENDED


def removed(made: Desk) -> None:
    made.client.served.portal.change_application(AppChange.UNINSTALL)


def old(made: Desk) -> None:
    made.time.clock.advance(31 * 24 * 3600)


TOKENS = [
    TokenRow(60, "a wrong client_id", "client_refused", client_id="local.unknown"),
    TokenRow(61, "a wrong client_secret", "client_refused", client_secret="wrong"),
    TokenRow(62, "a refresh token that is too old", "refresh_refused", prepare=old),
    TokenRow(63, "an application that is not paid", "tariff", prepare=unpaid),
    TokenRow(63, "an application that is not installed", "application_removed", prepare=removed),
]


@rows(TOKENS)
def test_renewal_comes_to_what_the_contract_says(
    store: Store, key: StoreKey, row: TokenRow
) -> None:
    with desk(store, key) as made:
        made.caught()
        made.enter_application()
        accounts = made.client.served.portal.accounts
        application = Application(
            row.client_id or accounts.client_id, row.client_secret or accounts.client_secret
        )
        made.enter(Secrets(application))
        row.prepare(made)

        assert renewed(made) == row.expected


def renewed(made: Desk) -> str:
    client = PortalClient(made.time.moment)
    assert made.secrets is not None
    clock = made.time.moment
    authorization = Authorization(made.store, client, lambda: made.key, made.secrets, clock)
    expired = Access(Source.APPLICATION, made.portal.endpoint, "expired")
    try:
        authorization.renew(made.portal, expired)
    except AuthorizationProblem as problem:
        return problem.code
    finally:
        client.close()
    return "accepted"


def test_no_row_of_the_tables_is_left_out() -> None:
    assert numbers([*REGISTRATIONS, *BATCHES, *TOKENS]) == [n for n in range(48, 64) if n != 59]

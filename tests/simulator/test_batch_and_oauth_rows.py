"""Rows 57 to 63 of the contract: batches and new tokens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from unittest.mock import ANY

import pytest
from contract_rows import ENDED, WAITS, Row, answered, exactly, numbers, rows
from simulated import SEND, Client, Clock, Reply, command, portal, recorded, served

from bxgui.simulator.app_events import AppChange
from bxgui.simulator.condition import Condition
from bxgui.simulator.engine import OutgoingCall

Act = Callable[[Client], Reply]

NOW = "2026-09-21T17:13:21+03:00"
SCOPE = ["bizproc", "crm"]


def sends(**values: object) -> Callable[[OutgoingCall], str]:
    """A command that answers the call with values."""
    return lambda call: command(SEND, {"event_token": call.event_token, "return_values": values})


@dataclass(frozen=True)
class BatchRow:
    """Commands, what came of them, and what became of the step that one of them answers."""

    number: int
    given: str
    commands: Mapping[str, str | Callable[[OutgoingCall], str]] | list[str]
    result: object = field(default_factory=list)
    errors: object = field(default_factory=list)
    state: str = WAITS
    applied: Mapping[str, object] = field(default_factory=dict)


BATCHES = [
    BatchRow(
        57,
        "every command fails",
        {"a": "no.such", "b": f"{SEND}?event_token=abc", "c": "user.current"},
        errors={"a": "ERROR_METHOD_NOT_FOUND", "b": "ACCESS_DENIED", "c": "insufficient_scope"},
    ),
    BatchRow(57, "there are no commands", {}),
    BatchRow(
        57,
        "one command fails",
        {"a": "no.such", "b": sends(days="3")},
        {"b": True},
        {"a": "ERROR_METHOD_NOT_FOUND"},
        ENDED,
        {"days": "3"},
    ),
    BatchRow(57, "commands with numbers", ["scope", "scope"], [SCOPE, SCOPE]),
    BatchRow(
        57,
        "commands with numbers, the first one fails",
        ["no.such", "scope"],
        {"1": SCOPE},
        ["ERROR_METHOD_NOT_FOUND"],
    ),
    BatchRow(
        58,
        "51 commands",
        ["scope"] * 51,
        [SCOPE] * 50,
        {"50": "ERROR_BATCH_LENGTH_EXCEEDED"},
    ),
    BatchRow(
        58,
        "a batch in a batch",
        {"a": "batch?cmd[b]=scope"},
        errors={"a": "ERROR_BATCH_METHOD_NOT_ALLOWED"},
    ),
    BatchRow(
        59,
        "$result[…] is a whole text",
        {"a": "server.time", "b": sends(Comment="$result[a]")},
        {"a": NOW, "b": True},
        state=ENDED,
        applied={"Comment": NOW},
    ),
    BatchRow(
        59,
        "$result[…] inside a text",
        {"a": "server.time", "b": sends(Comment="at $result[a], see $result too")},
        {"a": NOW, "b": True},
        state=ENDED,
        applied={"Comment": f"at {NOW} see $result too"},
    ),
    BatchRow(
        59,
        "a path leads to an array",
        {"a": "scope", "b": sends(tags="$result[a]", Comment="$result[a][1]")},
        {"a": SCOPE, "b": True},
        state=ENDED,
        applied={"tags": SCOPE, "Comment": "crm"},
    ),
    BatchRow(
        59,
        "a path to nothing leads to what is there",
        {"a": "server.time", "b": sends(Comment="$result[x]")},
        {"a": NOW, "b": True},
        state=ENDED,
        applied={"Comment": {"a": NOW}},
    ),
    BatchRow(
        59,
        "a path to nothing before anything was done",
        {"a": sends(Comment="$result[x]")},
        {"a": True},
        state=ENDED,
        applied={"Comment": []},
    ),
    BatchRow(
        59,
        "what names nothing stays",
        {"a": sends(Comment="$5, $result, $results and $Result[x]!")},
        {"a": True},
        state=ENDED,
        applied={"Comment": "$5, $result, $results and "},
    ),
    BatchRow(
        59,
        "$error, $time and $total",
        {
            "a": "no.such",
            "b": "bizproc.workflow.instances",
            "c": sends(Comment="$error[a][error]", days="$total[b]", tags="$time[b][date_start]"),
        },
        {"b": ANY, "c": True},
        errors={"a": "ERROR_METHOD_NOT_FOUND"},
        state=ENDED,
        applied={"Comment": "ERROR_METHOD_NOT_FOUND", "days": 1, "tags": NOW},
    ),
]


@rows(BATCHES)
def test_a_batch_does_as_the_contract_says(row: BatchRow) -> None:
    with served(portal(Clock())) as client:
        call = client.start()
        reply = client.batch(_written(row.commands, call))
        view = client.view(call)

    answer = reply.json["result"]
    assert reply.status == 200
    assert _codes(answer["result_error"]) == row.errors
    assert answer["result"] == row.result
    assert (view.state, exactly(view.applied)) == (row.state, exactly(row.applied))


def _written(
    commands: Mapping[str, str | Callable[[OutgoingCall], str]] | list[str], call: OutgoingCall
) -> object:
    if isinstance(commands, list):
        return commands
    return {key: text if isinstance(text, str) else text(call) for key, text in commands.items()}


def _codes(errors: object) -> object:
    if isinstance(errors, list):
        return [error["error"] for error in errors]
    assert isinstance(errors, dict)
    return {key: error["error"] for key, error in errors.items()}


def test_row_57_empty_maps_are_lists() -> None:
    with served() as client:
        reply = client.batch({"a": "no.such"})

    assert reply.json["result"] == {
        "result": [],
        "result_error": {
            "a": {"error": "ERROR_METHOD_NOT_FOUND", "error_description": "Method not found!"}
        },
        "result_total": [],
        "result_next": [],
        "result_time": [],
    }


def test_row_59_an_array_inside_a_text_is_a_fatal_error_after_what_was_done() -> None:
    """PHP 8 refuses to put an array into a text; the commands before are executed all the same."""
    with served() as client:
        first, second = client.start(), client.start()
        commands = [sends(days="1")(first), sends(Comment="see $result[foo] there")(second)]

        reply = client.batch(commands)

        assert reply.error == (500, "INTERNAL_SERVER_ERROR")
        assert (client.state(first), client.state(second)) == (ENDED, WAITS)


def renew(**changes: str) -> Act:
    return lambda client: client.renew(**changes)


def renew_twice(client: Client) -> Reply:
    token = client.served.portal.accounts.issue().refresh_token
    client.renew(refresh_token=token)
    return client.renew(refresh_token=token)


def renew_with_the_new_one(client: Client) -> Reply:
    return client.renew(refresh_token=client.renew().json["refresh_token"])


def renew_late(client: Client) -> Reply:
    token = client.served.portal.accounts.issue().refresh_token
    client.clock.advance(30 * 24 * 3600)
    return client.renew(refresh_token=token)


def renew_unpaid(client: Client) -> Reply:
    client.served.portal.condition = Condition.SUBSCRIPTION_ENDED
    return client.renew()


def renew_removed(client: Client) -> Reply:
    client.served.portal.change_application(AppChange.UNINSTALL)
    return client.renew()


TOKENS = [
    Row(60, "a wrong client_id", renew(client_id="local.unknown"), 200, "wrong_client"),
    Row(61, "a wrong client_secret", renew(client_secret="wrong"), 400, "invalid_client"),
    Row(62, "a bad refresh token", renew(refresh_token="wrong"), 400, "invalid_grant"),
    Row(62, "a used-up refresh token", renew_twice, 400, "invalid_grant"),
    Row(62, "the new refresh token", renew_with_the_new_one),
    Row(62, "a refresh token that is too old", renew_late, 400, "invalid_grant"),
    Row(
        63,
        "an application that is not paid",
        renew_unpaid,
        401,
        "PAYMENT_REQUIRED",
        "Payment required",
    ),
    Row(63, "an application that is not installed", renew_removed, 401, "NOT_INSTALLED"),
]


@rows(TOKENS)
def test_the_oauth_server_answers_as_the_contract_says(row: Row) -> None:
    with served(portal(Clock())) as client:
        reply = row.act(client)

    assert answered(reply) == (row.status, row.error, row.text)


def test_no_row_of_the_tables_is_left_out() -> None:
    assert numbers([*BATCHES, *TOKENS]) == list(range(57, 64))


@pytest.mark.parametrize(
    ("name", "act"),
    [
        ("37-oauth-invalid-grant", renew(refresh_token="wrong")),
        ("38-oauth-wrong-client-http-200", renew(client_id="local.unknown")),
    ],
)
def test_refused_renewals_equal_recorded_ones(name: str, act: Act) -> None:
    expected = recorded(name)

    with served() as client:
        reply = act(client)

    assert (reply.status, reply.json) == (expected["http_status"], expected["body"])

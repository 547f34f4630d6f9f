"""Rows 48 to 56 of the contract: rules are registered, listed, removed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from contract_rows import Row, answered, numbers, rows
from simulated import Client, Reply, recorded, registration, served

from bxgui.simulator.app_events import AppChange

VALIDATION = "ERROR_ACTIVITY_VALIDATION_FAILURE"
INSTALLED = "ERROR_ACTIVITY_ALREADY_INSTALLED"
LIST = "bizproc.robot.list"
CODE = registration()["CODE"]

Act = Callable[[Client], Reply]


@dataclass(frozen=True)
class RobotRow(Row):
    """A row that tells which robots are there afterwards; `act` gets a client."""

    robots: tuple[str, ...] = ()


def add(kind: str = "robot", **changes: Any) -> Act:
    return lambda client: client.call(f"bizproc.{kind}.add", registration(**changes))


def add_by_form(**changes: Any) -> Act:
    return lambda client: client.form("bizproc.robot.add", registration(**changes))


def delete(code: str, kind: str = "robot") -> Act:
    return lambda client: client.call(f"bizproc.{kind}.delete", {"CODE": code})


def listed(client: Client) -> Reply:
    return client.call(LIST)


def by_webhook(client: Client) -> Reply:
    body = json.dumps(registration()).encode()
    return client.post(f"{client.webhook()}bizproc.robot.add", body)


def by_employee(verb: str) -> Act:
    """By user 7, who is no administrator; the token of user 1 is there again afterwards."""

    def act(client: Client) -> Reply:
        employee = Client(client.served, client.served.portal.accounts.issue(7).access_token)
        return employee.call(f"bizproc.robot.{verb}", registration())

    return act


def then(first: Act, *others: Act) -> Act:
    """Acts in their order; the answer is that of the last one."""

    def act(client: Client) -> Reply:
        reply = first(client)
        for other in others:
            reply = other(client)
        return reply

    return act


def application(change: AppChange) -> Act:
    def act(client: Client) -> Reply:
        client.served.portal.change_application(change)
        return client.call(LIST)

    return act


ROWS = [
    RobotRow(
        48,
        "robot.add by webhook",
        by_webhook,
        403,
        "ACCESS_DENIED",
        "Access denied! Application context required",
    ),
    *(
        RobotRow(
            49,
            f"robot.{verb} by an employee",
            by_employee(verb),
            403,
            "ACCESS_DENIED",
            "Access denied!",
        )
        for verb in ("add", "update", "delete", "list")
    ),
    RobotRow(50, "no CODE", add(CODE=None), 400, VALIDATION, "Empty activity code!"),
    RobotRow(50, "an empty CODE", add(CODE=""), 400, VALIDATION, "Empty activity code!"),
    RobotRow(50, "a bad CODE", add(CODE="score lead"), 400, VALIDATION, "Wrong activity code!"),
    RobotRow(50, "no NAME", add(NAME=""), 400, VALIDATION, "Empty activity NAME!"),
    RobotRow(
        50,
        "a bad key of a property",
        add(PROPERTIES={"1st": {}}),
        400,
        VALIDATION,
        "Wrong property key (1st)!",
    ),
    RobotRow(
        50,
        "a bad key of a return property",
        add(RETURN_PROPERTIES={"a-b": {}}),
        400,
        VALIDATION,
        "Wrong property key (a-b)!",
    ),
    RobotRow(
        51,
        "PROPERTIES[]= in a form",
        add_by_form(PROPERTIES=[""]),
        400,
        VALIDATION,
        "Wrong property key (0)!",
    ),
    *(
        RobotRow(
            52,
            f"the code of a robot for a {kind}",
            then(add(), add(kind)),
            400,
            INSTALLED,
            "Activity or Robot already installed!",
            (CODE,),
        )
        for kind in ("robot", "activity")
    ),
    *(
        RobotRow(
            53,
            f"the handler {url!r}",
            add(HANDLER=url),
            400,
            "ERROR_UNSUPPORTED_PROTOCOL",
            "Unsupported handler protocol",
        )
        for url in ("ftp://hook.example.com/", "HTTPS://hook.example.com/", "")
    ),
    *(
        RobotRow(
            53,
            f"the handler {url!r}",
            add(HANDLER=url),
            400,
            "ERROR_WRONG_HANDLER_URL",
            "Wrong handler URL",
        )
        for url in ("http://localhost/h", "https://.example/h")
    ),
    *(
        RobotRow(53, f"the handler {url!r}", add(HANDLER=url), robots=(CODE,))
        for url in ("http://127.0.0.1:8080/", "https://10.0.0.5/")
    ),
    RobotRow(54, "a list of none", listed),
    RobotRow(
        54,
        "a list of those of a kind",
        then(add(CODE="first"), add("activity", CODE="second"), add(CODE="third"), listed),
        robots=("first", "third"),
    ),
    RobotRow(
        55,
        "an unknown code",
        delete("nothing"),
        400,
        "ERROR_ACTIVITY_NOT_FOUND",
        "Activity or Robot not found!",
    ),
    RobotRow(
        55,
        "the code of another kind",
        then(add(), delete(CODE, "activity")),
        400,
        "ERROR_ACTIVITY_NOT_FOUND",
        "Activity or Robot not found!",
        (CODE,),
    ),
    RobotRow(55, "a code that is there", then(add(), delete(CODE))),
    RobotRow(56, "the application is updated", then(add(), application(AppChange.UPDATE))),
    RobotRow(
        56,
        "the application is removed and installed again",
        then(add(), application(AppChange.UNINSTALL), application(AppChange.INSTALL)),
    ),
]


@rows(ROWS)
def test_the_portal_answers_as_the_contract_says(row: RobotRow) -> None:
    with served() as client:
        client.served.portal.rules.clear()
        reply = row.act(client)
        robots = client.call(LIST).json["result"]

    assert answered(reply) == (row.status, row.error, row.text)
    assert robots == list(row.robots)


def test_no_row_of_the_table_is_left_out() -> None:
    assert numbers(ROWS) == list(range(48, 57))


@pytest.mark.parametrize(
    ("name", "act"),
    [
        ("12-robot-add-webhook-context", by_webhook),
        ("13-robot-add-already-installed", then(add(), add())),
        ("14-robot-add-empty-properties-form", add_by_form(PROPERTIES=[""])),
        ("16-robot-delete-not-found", delete("nothing")),
    ],
)
def test_errors_of_registrations_equal_recorded_ones(name: str, act: Act) -> None:
    expected = recorded(name)

    with served() as client:
        client.served.portal.rules.clear()
        reply = act(client)

    assert (reply.status, reply.json) == (expected["http_status"], expected["body"])

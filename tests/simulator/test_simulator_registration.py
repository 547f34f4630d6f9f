"""Rows 48 to 56 of the contract: rules are registered, changed, listed, removed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from simulated import Client, Reply, recorded, served

from bxgui.simulator.app_events import AppChange
from bxgui.simulator.catalogue import RULES


@pytest.fixture
def client() -> Iterator[Client]:
    with served() as ready:
        ready.served.portal.rules.clear()
        yield ready


def fields(**changes: Any) -> dict[str, Any]:
    return {
        "CODE": "score_lead",
        "HANDLER": "https://hook.example.com/h",
        "AUTH_USER_ID": 1,
        "USE_SUBSCRIPTION": "Y",
        "NAME": {"en": "Score a lead", "ru": "Оценить лид"},
        "PROPERTIES": {"source": {"Name": "Source", "Type": "string"}},
        "RETURN_PROPERTIES": {"score": {"Name": "Score", "Type": "int"}},
    } | changes


def add(client: Client, kind: str = "robot", **changes: Any) -> Reply:
    return client.call(f"bizproc.{kind}.add", fields(**changes))


def test_row_48_a_webhook_registers_nothing(client: Client) -> None:
    expected = recorded("12-robot-add-webhook-context")
    code = client.served.portal.accounts.add_webhook()
    reply = client.post(f"/rest/1/{code}/bizproc.robot.add", json.dumps(fields()).encode())

    assert (reply.status, reply.json) == (expected["http_status"], expected["body"])


@pytest.mark.parametrize("verb", ["add", "update", "delete", "list"])
def test_row_49_only_administrators_manage_rules(client: Client, verb: str) -> None:
    client.token = client.served.portal.accounts.issue(7).access_token

    reply = client.call(f"bizproc.robot.{verb}", fields())

    assert reply.error == (403, "ACCESS_DENIED")
    assert reply.json["error_description"] == "Access denied!"


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"CODE": ""}, "Empty activity code!"),
        ({"CODE": None}, "Empty activity code!"),
        ({"CODE": "score lead"}, "Wrong activity code!"),
        ({"NAME": ""}, "Empty activity NAME!"),
        ({"PROPERTIES": {"1st": {}}}, "Wrong property key (1st)!"),
        ({"RETURN_PROPERTIES": {"a-b": {}}}, "Wrong property key (a-b)!"),
    ],
)
def test_row_50_a_registration_that_breaks_a_rule(
    client: Client, changes: dict[str, Any], text: str
) -> None:
    reply = add(client, **changes)

    assert reply.error == (400, "ERROR_ACTIVITY_VALIDATION_FAILURE")
    assert reply.json["error_description"] == text
    assert client.call("bizproc.robot.list").json["result"] == []


def test_row_51_an_empty_list_of_properties_in_a_form(client: Client) -> None:
    expected = recorded("14-robot-add-empty-properties-form")

    reply = client.form("bizproc.robot.add", fields(PROPERTIES=[""]))

    assert (reply.status, reply.json) == (expected["http_status"], expected["body"])


@pytest.mark.parametrize("kind", ["robot", "activity"])
def test_row_52_a_code_serves_one_rule_of_either_kind(client: Client, kind: str) -> None:
    expected = recorded("13-robot-add-already-installed")
    assert add(client).json["result"] is True

    reply = add(client, kind)

    assert (reply.status, reply.json) == (expected["http_status"], expected["body"])


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("ftp://hook.example.com/", "ERROR_UNSUPPORTED_PROTOCOL"),
        ("HTTPS://hook.example.com/", "ERROR_UNSUPPORTED_PROTOCOL"),
        ("", "ERROR_UNSUPPORTED_PROTOCOL"),
        ("http://localhost/h", "ERROR_WRONG_HANDLER_URL"),
        ("https://.example/h", "ERROR_WRONG_HANDLER_URL"),
        ("http://127.0.0.1:8080/", None),
        ("https://10.0.0.5/", None),
    ],
)
def test_row_53_the_address_of_a_handler(client: Client, url: str, error: str | None) -> None:
    reply = add(client, HANDLER=url)

    assert reply.error == (400 if error else 200, error)


def test_row_54_lists_are_of_codes_by_kind(client: Client) -> None:
    assert client.call("bizproc.robot.list").json["result"] == []

    add(client, CODE="first")
    add(client, "activity", CODE="second")
    add(client, CODE="third")

    assert client.call("bizproc.robot.list").json["result"] == ["first", "third"]
    assert client.call("bizproc.activity.list").json["result"] == ["second"]


def test_row_55_an_unknown_rule_cannot_be_removed(client: Client) -> None:
    expected = recorded("16-robot-delete-not-found")

    reply = client.call("bizproc.robot.delete", {"CODE": "nothing"})

    assert (reply.status, reply.json) == (expected["http_status"], expected["body"])


def test_row_55_a_robot_is_not_an_activity(client: Client) -> None:
    add(client)

    reply = client.call("bizproc.activity.delete", {"CODE": "score_lead"})

    assert reply.error == (400, "ERROR_ACTIVITY_NOT_FOUND")
    assert client.call("bizproc.robot.delete", {"code": "score_lead"}).json["result"] is True
    assert client.call("bizproc.robot.list").json["result"] == []


def test_row_56_an_update_of_the_application_removes_its_rules(client: Client) -> None:
    add(client)

    client.served.portal.change_application(AppChange.UPDATE)

    assert client.call("bizproc.robot.list").json["result"] == []


def test_an_update_changes_only_what_it_names(client: Client) -> None:
    add(client)
    changes = {"USE_SUBSCRIPTION": "N", "HANDLER": "https://other.example.com/h"}

    reply = client.call("bizproc.robot.update", {"CODE": "score_lead", "FIELDS": changes})

    rule = client.served.portal.rules["score_lead"]
    assert reply.json["result"] is True
    assert (rule.use_subscription, rule.handler) == ("N", "https://other.example.com/h")
    assert rule.return_properties == fields()["RETURN_PROPERTIES"]


def test_an_update_is_checked_as_a_registration_is(client: Client) -> None:
    add(client)

    def update(code: str, changes: object) -> object:
        return client.call("bizproc.robot.update", {"CODE": code, "FIELDS": changes}).json["error"]

    assert update("nothing", {"NAME": "x"}) == "ERROR_ACTIVITY_NOT_FOUND"
    assert update("score_lead", {}) == "ERROR_ACTIVITY_VALIDATION_FAILURE"
    assert update("score_lead", {"HANDLER": "ftp://x.y/"}) == "ERROR_UNSUPPORTED_PROTOCOL"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.code))
def test_rules_of_the_catalogue_can_be_registered(client: Client, rule: Any) -> None:
    reply = client.call(f"bizproc.{rule.kind}.add", rule.registration())

    assert reply.json["result"] is True
    assert client.served.portal.rules[rule.code] == rule

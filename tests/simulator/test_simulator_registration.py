"""Rules are changed by an update, and those of the catalogue can be registered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from simulated import Client, Reply, registration, served

from bxgui.simulator.catalogue import RULES


@pytest.fixture
def client() -> Iterator[Client]:
    with served() as ready:
        ready.served.portal.rules.clear()
        yield ready


def add(client: Client, kind: str = "robot", **changes: Any) -> Reply:
    return client.call(f"bizproc.{kind}.add", registration(**changes))


def test_an_update_changes_only_what_it_names(client: Client) -> None:
    add(client)
    changes = {"USE_SUBSCRIPTION": "N", "HANDLER": "https://other.example.com/h"}

    reply = client.call("bizproc.robot.update", {"CODE": "score_lead", "FIELDS": changes})

    rule = client.served.portal.rules["score_lead"]
    assert reply.json["result"] is True
    assert (rule.use_subscription, rule.handler) == ("N", "https://other.example.com/h")
    assert rule.return_properties == registration()["RETURN_PROPERTIES"]


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

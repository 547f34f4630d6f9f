"""Rows 60 to 63 of the contract: renewing tokens."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from simulated import NOW, Client, Clock, Reply, portal, recorded, served, served_with

from bxgui.simulator.app_events import AppChange


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(clock: Clock) -> Iterator[Client]:
    with served_with(clock) as ready:
        yield ready


def renew(client: Client, verb: str = "GET", **changes: Any) -> Reply:
    accounts = client.served.portal.accounts
    fields = {
        "grant_type": "refresh_token",
        "client_id": accounts.client_id,
        "client_secret": accounts.client_secret,
        "refresh_token": accounts.issue(7).refresh_token,
    } | changes
    text = urlencode(fields)
    if verb == "GET":
        return client.get(f"/oauth/token/?{text}")
    return client.post("/oauth/token/", text.encode(), "application/x-www-form-urlencoded")


@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_new_tokens_work_and_look_like_recorded_ones(client: Client, verb: str) -> None:
    reply = renew(client, verb)

    document = reply.json
    expected = recorded("36-oauth-refresh-ok")
    assert reply.status == 200
    assert reply.headers["Content-Type"] == expected["headers"]["Content-Type"]
    assert {name: type(value) for name, value in document.items()} == {
        name: type(value) for name, value in expected["body"].items()
    }
    assert document["client_endpoint"] == client.served.endpoint
    assert document["member_id"] == client.served.portal.member_id
    client.token = document["access_token"]
    assert client.call("profile").json["result"]["ID"] == "7"


def test_tokens_have_their_time_and_user_inside(client: Client) -> None:
    document = renew(client).json

    def parts(token: str) -> tuple[int, int, int]:
        moment = int.from_bytes(bytes.fromhex(token[:8]), "little")
        return len(token), moment, int(token[24:32], 16)

    assert parts(document["access_token"]) == (70, int(NOW) + 3600, 7)
    assert parts(document["refresh_token"]) == (70, int(NOW) + 30 * 24 * 3600, 7)
    assert document["expires"] == int(NOW) + 3600


def test_row_60_a_wrong_client_is_told_so_with_http_200(client: Client) -> None:
    reply = renew(client, client_id="local.unknown")

    assert (reply.status, reply.json) == (200, recorded("38-oauth-wrong-client-http-200")["body"])


def test_row_61_a_wrong_secret(client: Client) -> None:
    assert renew(client, client_secret="wrong").error == (400, "invalid_client")


def test_row_62_a_bad_refresh_token(client: Client) -> None:
    assert renew(client, refresh_token="wrong").error == (400, "invalid_grant")


def test_row_62_a_refresh_token_is_used_up_by_a_renewal(client: Client) -> None:
    token = client.served.portal.accounts.issue().refresh_token

    first = renew(client, refresh_token=token)

    assert renew(client, refresh_token=token).error == (400, "invalid_grant")
    assert renew(client, refresh_token=first.json["refresh_token"]).status == 200


def test_row_62_a_refused_renewal_uses_nothing_up(client: Client) -> None:
    token = client.served.portal.accounts.issue().refresh_token

    renew(client, refresh_token=token, client_secret="wrong")

    assert renew(client, refresh_token=token).status == 200


def test_row_62_an_old_refresh_token(client: Client, clock: Clock) -> None:
    token = client.served.portal.accounts.issue().refresh_token

    clock.advance(30 * 24 * 3600)

    assert renew(client, refresh_token=token).error == (400, "invalid_grant")


def test_row_63_an_application_that_is_not_installed(client: Client) -> None:
    client.served.portal.change_application(AppChange.UNINSTALL)

    assert renew(client).error == (401, "NOT_INSTALLED")


def test_row_63_an_application_that_is_not_paid() -> None:
    with served(portal(paid=False)) as client:
        assert renew(client).error == (401, "PAYMENT_REQUIRED")


def test_another_grant_is_no_valid_request(client: Client) -> None:
    assert renew(client, grant_type="password").error == (400, "invalid_request")


def test_a_dismissed_user_is_renewed_and_then_refused(client: Client) -> None:
    client.served.portal.accounts.dismiss(7)

    client.token = renew(client).json["access_token"]

    assert client.call("profile").error == (401, "authorization_error")


def test_renewals_meet_faults_of_their_own(client: Client) -> None:
    client.served.faults.add("html_502", method="oauth.token")

    assert client.call("profile").status == 200
    assert renew(client).status == 502
    assert json.loads(renew(client).raw)["user_id"] == 7

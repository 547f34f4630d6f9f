"""The OAuth server: new tokens for a refresh token, the first ones for a code."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from simulated import NOW, Client, Clock, Reply, recorded, served_with

from bxgui.simulator.app_events import AppChange


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(clock: Clock) -> Iterator[Client]:
    with served_with(clock) as ready:
        yield ready


@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_new_tokens_work_and_look_like_recorded_ones(client: Client, verb: str) -> None:
    reply = client.renew(verb)

    document = reply.json
    expected = recorded("36-oauth-refresh-ok")
    assert reply.status == 200
    assert reply.headers["Content-Type"] == expected["headers"]["Content-Type"]
    assert {name: type(value) for name, value in document.items()} == {
        name: type(value) for name, value in expected["body"].items()
    }
    assert document["client_endpoint"] == client.served.endpoint
    assert document["server_endpoint"] == f"http://{document['domain']}/rest/"
    assert document["domain"] != client.served.portal.domain
    assert document["member_id"] == client.served.portal.member_id
    client.token = document["access_token"]
    assert client.call("profile").json["result"]["ID"] == "7"


def test_tokens_have_their_time_and_user_inside(client: Client) -> None:
    document = client.renew().json

    def parts(token: str) -> tuple[int, int, int]:
        moment = int.from_bytes(bytes.fromhex(token[:8]), "little")
        return len(token), moment, int(token[24:32], 16)

    assert parts(document["access_token"]) == (70, int(NOW) + 3600, 7)
    assert parts(document["refresh_token"]) == (70, int(NOW) + 30 * 24 * 3600, 7)
    assert document["expires"] == int(NOW) + 3600


def test_a_refused_renewal_uses_nothing_up(client: Client) -> None:
    token = client.served.portal.accounts.issue().refresh_token

    client.renew(refresh_token=token, client_secret="wrong")

    assert client.renew(refresh_token=token).status == 200


def test_another_grant_is_no_valid_request(client: Client) -> None:
    assert client.renew(grant_type="password").error == (400, "invalid_request")


def test_a_dismissed_user_is_renewed_and_then_refused(client: Client) -> None:
    client.served.portal.accounts.dismiss(7)

    client.token = client.renew().json["access_token"]

    assert client.call("profile").error == (401, "authorization_error")


def test_renewals_meet_faults_of_their_own(client: Client) -> None:
    client.served.faults.add("html_502", method="oauth.token")

    assert client.call("profile").status == 200
    assert client.renew().status == 502
    assert json.loads(client.renew().raw)["user_id"] == 7


def test_the_portal_itself_gives_no_tokens(client: Client) -> None:
    assert client.get("/oauth/token/?grant_type=refresh_token").status == 404


def test_the_oauth_server_is_no_portal(client: Client) -> None:
    host = client.served.portal.oauth_domain

    assert client.request("GET", f"/rest/scope?auth={client.token}", host=host).status == 404


def authorize(client: Client, **fields: str) -> Reply:
    asked = {"client_id": client.served.portal.accounts.client_id} | fields
    return client.get(f"/oauth/authorize/?{urlencode(asked)}")


def code_of(reply: Reply) -> str:
    return parse_qs(urlsplit(reply.headers["Location"]).query)["code"][0]


def redeem(client: Client, code: str, **changes: str) -> Reply:
    return client.renew(grant_type="authorization_code", code=code, **changes)


@pytest.mark.parametrize(
    ("registered", "asked", "target"),
    [
        ("", "http://127.0.0.1:9/take?key=1", "http://127.0.0.1:9/take?key=1&"),
        ("https://app.example.com/oauth", "", "https://app.example.com/oauth?"),
        ("https://app.example.com/oauth", "https://evil.example", "https://app.example.com/oauth?"),
    ],
)
def test_the_browser_is_sent_on_with_a_code(
    client: Client, registered: str, asked: str, target: str
) -> None:
    client.served.portal.accounts.redirect_uri = registered

    reply = authorize(client, state="s 1", redirect_uri=asked, response_type="code")

    location = reply.headers["Location"]
    fields = dict(parse_qsl(urlsplit(location).query))
    assert reply.status == 302
    assert location.startswith(target)
    assert len(fields.pop("code")) == 70
    assert {name: fields[name] for name in fields if name != "key"} == {
        "state": "s 1",
        "domain": client.served.portal.domain,
        "member_id": client.served.portal.member_id,
        "scope": "crm,bizproc",
        "server_domain": client.served.portal.oauth_domain,
    }


def test_the_page_shows_the_code_where_there_is_no_address(client: Client) -> None:
    reply = authorize(client)

    shown = re.search(r"<body>(\w{70})</body>", reply.raw.decode())
    assert reply.status == 200
    assert shown is not None
    assert redeem(client, shown[1]).status == 200


def test_another_application_gets_no_code(client: Client) -> None:
    assert authorize(client, client_id="local.unknown").status == 403

    client.served.portal.change_application(AppChange.UNINSTALL)
    assert authorize(client).status == 403


def test_a_code_gives_the_first_tokens_once(client: Client, clock: Clock) -> None:
    code = code_of(authorize(client, redirect_uri="http://127.0.0.1:9/"))
    clock.advance(29)

    first, second = redeem(client, code), redeem(client, code)

    client.token = first.json["access_token"]
    assert client.call("profile").json["result"]["ID"] == "1"
    assert client.renew(refresh_token=first.json["refresh_token"]).status == 200
    assert second.error == (400, "invalid_grant")


def test_a_code_lives_thirty_seconds(client: Client, clock: Clock) -> None:
    code = client.served.portal.accounts.issue_code()
    clock.advance(30)

    assert redeem(client, code).error == (400, "expired_token")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"client_id": "local.unknown"}, (200, "wrong_client")),
        ({"client_secret": "wrong"}, (400, "invalid_client")),
        ({"code": "wrong"}, (400, "invalid_grant")),
    ],
)
def test_a_refused_exchange_uses_no_code_up(
    client: Client, changes: dict[str, str], error: tuple[int, str]
) -> None:
    code = client.served.portal.accounts.issue_code()
    fields = {"grant_type": "authorization_code", "code": code}

    assert client.renew(**fields | changes).error == error
    assert client.renew(**fields).status == 200

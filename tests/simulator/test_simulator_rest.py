"""How a portal reads requests and writes answers, beyond the rows of the contract."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from http.client import HTTPConnection

import pytest
from simulated import NOW, SEND, WAIT, Client, Clock, Reply, recorded, served_with

from bxgui.simulator.answers import php_json


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(clock: Clock) -> Iterator[Client]:
    with served_with(clock) as ready:
        yield ready


def body(client: Client, **params: object) -> bytes:
    return json.dumps({"auth": client.token, **params}).encode()


def _bad_token(client: Client) -> Reply:
    return client.call(SEND, {"event_token": "abc"})


def _with_fault(name: str) -> Callable[[Client], Reply]:
    def provoke(client: Client) -> Reply:
        client.served.faults.add(name)
        return client.call(SEND)

    return provoke


def _with_scope_crm(client: Client) -> Reply:
    client.token = client.served.portal.accounts.issue(scope=("crm",)).access_token
    return client.call(SEND)


_PROVOKED: dict[str, Callable[[Client], Reply]] = {
    "02-event-send-bad-token": _bad_token,
    "21-expired-token-with-dot": _with_fault("expired_token"),
    "23-no-auth-found": lambda client: client.post("/rest/scope", b"{}"),
    "24-query-limit-exceeded": _with_fault("rate_limit"),
    "25-operation-time-limit": _with_fault("time_limit"),
    "26-method-not-found": lambda client: client.call("no.such.method"),
    "27-insufficient-scope": _with_scope_crm,
    "28-webhook-invalid-credentials": lambda client: client.get("/rest/1/wrong/scope"),
    "30-commercial-plan-only": _with_fault("free_plan"),
    "35-portal-deleted": _with_fault("portal_deleted"),
}


@pytest.mark.parametrize("name", _PROVOKED)
def test_errors_equal_recorded_ones(client: Client, name: str) -> None:
    expected = recorded(name)

    reply = _PROVOKED[name](client)

    assert (reply.status, reply.json) == (expected["http_status"], expected["body"])


def test_answers_carry_the_headers_of_a_portal(client: Client) -> None:
    expected: Mapping[str, str] = recorded("01-event-send-ok")["headers"]

    headers = client.call("scope").headers

    kept = {
        "Server",
        "Content-Type",
        "Transfer-Encoding",
        "Connection",
        "Expires",
        "Cache-Control",
        "Pragma",
        "Access-Control-Allow-Origin",
        "Access-Control-Allow-Headers",
        "X-Content-Type-Options",
        "X-Frame-Options",
    }
    assert {name: headers[name] for name in kept} == {name: expected[name] for name in kept}


def test_json_is_written_as_php_writes_it() -> None:
    value = {"a": "«Я» <b>/'\"\\ & 😀", "n": 2.0, "f": 1.5, "e": [], "t": True, "z": None}

    assert php_json(value) == (
        rb'{"a":"\u00ab\u042f\u00bb \u003Cb\u003E\/\u0027\u0022\\ \u0026 \ud83d\ude00",'
        rb'"n":2,"f":1.5,"e":[],"t":true,"z":null}'
    )
    assert json.loads(php_json(value)) == value


def test_the_time_block_tells_the_time_of_the_portal(client: Client) -> None:
    time = client.call("scope").json["time"]

    assert time["start"] == NOW
    assert time["date_start"] == "2026-09-21T17:13:21+03:00"
    assert time["operating_reset_at"] == int(NOW) + 600


def test_answers_are_compressed_for_those_who_ask(client: Client) -> None:
    headers = {"Accept-Encoding": "gzip, deflate, br"}

    reply = client.post("/rest/scope", body(client), headers=headers)

    assert reply.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(reply.raw))["result"] == ["bizproc", "crm"]


@pytest.mark.parametrize(
    "path",
    [
        "/rest/server.time",
        "/rest/server.time.json",
        "/rest/server.time/",
        "/rest/server.time.json/",
        "/rest/Server.TIME",
    ],
)
def test_paths_of_a_method(client: Client, path: str) -> None:
    reply = client.post(path, body(client))

    assert reply.json["result"] == "2026-09-21T17:13:21+03:00"


@pytest.mark.parametrize("path", ["/", "/rest", "/rest/", "/api/profile"])
def test_other_paths_are_not_rest(client: Client, path: str) -> None:
    assert client.get(path).status == 404


@pytest.mark.parametrize("name", ["auth", "access_token"])
def test_the_token_may_stand_in_the_query(client: Client, name: str) -> None:
    assert client.get(f"/rest/scope?{name}={client.token}").status == 200


def test_the_bearer_wins_over_auth_and_auth_over_access_token(client: Client) -> None:
    good, bad = client.token, "0" * 70
    bearer = {"Authorization": f"Bearer {good}"}
    both = json.dumps({"auth": good, "access_token": bad}).encode()
    client.token = bad

    assert client.post("/rest/scope", body(client), headers=bearer).status == 200
    assert client.post("/rest/scope", both).status == 200
    assert client.call("scope").error == (401, "invalid_token")


def test_the_token_is_no_parameter_of_the_method(client: Client) -> None:
    client.call("scope", {"access_token": "x", "a": 1})

    [exchange] = client.served.requests
    assert exchange.params == {"a": 1}


def test_json_wins_over_the_query(client: Client) -> None:
    client.post("/rest/scope?a=1&b%5B%5D=2", body(client, a=3))

    [exchange] = client.served.requests
    assert exchange.params == {"a": 3, "b": ["2"]}


def test_forms_lose_what_php_does_not_read(client: Client) -> None:
    many = "&".join(f"a{number}=1" for number in range(1000))
    written = f"{many}&auth={client.token}".encode()
    form = "application/x-www-form-urlencoded"

    assert client.post("/rest/scope", written, form).status == 200
    assert client.post("/rest/scope", b"a=1&" + written, form).error == (401, "NO_AUTH_FOUND")
    assert (
        client.post("/rest/scope", body(client, **{f"a{n}": 1 for n in range(2000)})).status == 200
    )


def test_methods_about_the_caller(client: Client) -> None:
    info = client.call("app.info").json["result"]

    assert client.call("scope").json["result"] == ["bizproc", "crm"]
    assert client.call("profile").json["result"]["ADMIN"] is True
    assert info["CODE"] == client.served.portal.accounts.client_id
    assert info["INSTALLED"] is True


def test_app_info_tells_what_is_paid_for(client: Client) -> None:
    unlimited = client.call("app.info").json["result"]
    client.served.portal.accounts.days_left = -3
    expired = client.call("app.info").json["result"]

    assert (unlimited["PAYMENT_EXPIRED"], unlimited["DAYS"]) == ("N", None)
    assert (expired["PAYMENT_EXPIRED"], expired["DAYS"]) == ("Y", -3)


@pytest.mark.parametrize("scope", ["user", "user_brief", "user_basic"])
def test_the_current_user_needs_a_scope_of_users(client: Client, scope: str) -> None:
    assert client.call("user.current").error == (401, "insufficient_scope")
    assert client.get(f"{client.webhook(7, (scope,))}user.current").json["result"]["ID"] == "7"


def test_app_info_is_for_applications(client: Client) -> None:
    code = client.served.portal.accounts.add_webhook()

    assert client.get(f"/rest/1/{code}/app.info").error == (403, "ACCESS_DENIED")


def test_a_connection_serves_many_requests(client: Client) -> None:
    connection = HTTPConnection("127.0.0.1", client.served.port, timeout=WAIT)
    statuses = []
    for _ in range(3):
        connection.request("GET", f"/rest/scope?auth={client.token}")
        answer = connection.getresponse()
        answer.read()
        statuses.append(answer.status)
        kept = connection.sock
    connection.close()

    assert statuses == [200, 200, 200]
    assert kept is not None

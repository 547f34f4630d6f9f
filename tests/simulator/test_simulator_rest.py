"""Rows 26 to 47 of the contract: how requests are read, and which of them get no further."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from http.client import HTTPConnection

import pytest
from simulated import NOW, SEND, WAIT, Client, Clock, Reply, bucket, recorded, served, served_with

from bxgui.simulator.accounts import User
from bxgui.simulator.answers import php_json
from bxgui.simulator.app_events import AppChange


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(clock: Clock) -> Iterator[Client]:
    with served_with(clock) as ready:
        yield ready


def body(client: Client, **params: object) -> bytes:
    return json.dumps({"auth": client.token, **params}).encode()


def test_row_26_a_request_without_credentials(client: Client) -> None:
    reply = client.post("/rest/profile", b"{}")

    assert reply.error == (401, "NO_AUTH_FOUND")
    assert reply.json["error_description"] == "Wrong authorization data"


@pytest.mark.parametrize(
    "text",
    [
        '{"auth": "TOKEN"',
        '{"auth": "TOKEN", "a": NaN}',
        '{"auth": "TOKEN", "a": "\\ud800"}',
        '{"auth": "TOKEN", "a": "\t"}',
        '\ufeff{"auth": "TOKEN"}',
        '{"auth": "TOKEN", "a": ' + "[" * 600 + "]" * 600 + "}",
        '"TOKEN"',
    ],
    ids=["cut", "NaN", "surrogate", "control", "mark", "depth", "scalar"],
)
def test_row_27_json_that_php_refuses_leaves_no_credentials(client: Client, text: str) -> None:
    written = text.replace("TOKEN", client.token).encode("utf-8")

    assert client.post("/rest/profile", written).error == (401, "NO_AUTH_FOUND")


def test_row_27_invalid_utf8_leaves_no_credentials(client: Client) -> None:
    written = body(client, a="x").replace(b'"x"', b'"\xff"')

    assert client.post("/rest/profile", written).error == (401, "NO_AUTH_FOUND")


@pytest.mark.parametrize("content_type", ["text/plain", "application/JSON", "text/json"])
def test_row_28_json_of_another_type_is_read_as_a_form(client: Client, content_type: str) -> None:
    reply = client.post("/rest/profile", body(client), content_type)

    assert reply.error == (401, "NO_AUTH_FOUND")


def test_row_28_json_with_a_charset_is_json(client: Client) -> None:
    reply = client.post("/rest/profile", body(client), "application/json; charset=utf-8")

    assert reply.status == 200


def test_row_29_an_expired_token(client: Client, clock: Clock) -> None:
    clock.advance(3600)

    assert client.call("profile").error == (401, "expired_token")


def test_row_30_a_token_of_another_portal(client: Client) -> None:
    client.token = "0" * 70

    assert client.call("profile").error == (401, "invalid_token")


def test_row_31_a_removed_application(client: Client) -> None:
    client.served.portal.change_application(AppChange.UNINSTALL)

    assert client.call("profile").error == (401, "ERROR_OAUTH")


def test_row_32_a_user_without_access_to_the_application(client: Client) -> None:
    client.served.portal.accounts.put_user(User(1, app_access=False))

    assert client.call("profile").error == (401, "user_access_error")


def test_row_33_a_dismissed_user(client: Client) -> None:
    client.served.portal.accounts.dismiss(1)

    assert client.call("profile").error == (401, "authorization_error")


@pytest.mark.parametrize("token", ["", "wrong"])
def test_row_34_an_unknown_method_is_found_before_the_credentials(
    client: Client, token: str
) -> None:
    client.token = token

    assert client.call("bizproc.event.sent").error == (404, "ERROR_METHOD_NOT_FOUND")


def test_row_35_the_bucket_drains_two_requests_a_second(clock: Clock) -> None:
    with served(limiter=bucket(clock)) as client:
        assert {client.call("scope").status for _ in range(50)} == {200}
        refused = client.call("scope")

        assert refused.error == (503, "QUERY_LIMIT_EXCEEDED")
        assert "Retry-After" not in refused.headers

        clock.advance(1)
        assert [client.call("scope").status for _ in range(3)] == [200, 200, 503]


def test_row_40_a_wrong_webhook(client: Client) -> None:
    assert client.get("/rest/1/wrong/profile").error == (401, "INVALID_CREDENTIALS")


def test_row_41_a_webhook_over_http_where_the_portal_minds() -> None:
    with served_with(webhooks_need_https=True) as client:
        code = client.served.portal.accounts.add_webhook()

        assert client.get(f"/rest/1/{code}/profile").error == (401, "INVALID_REQUEST")


@pytest.mark.parametrize(
    ("fault", "status", "error"),
    [
        pytest.param("time_limit", 429, "OPERATION_TIME_LIMIT", id="row_36"),
        pytest.param("free_plan", 401, "ACCESS_DENIED", id="row_37"),
        pytest.param("subscription_ended", 401, "PAYMENT_REQUIRED", id="row_38"),
        pytest.param("overload", 401, "OVERLOAD_LIMIT", id="row_39"),
        pytest.param("portal_deleted", 403, "PORTAL_DELETED", id="row_42"),
        pytest.param("connection_error", 401, "CONNECTION_ERROR", id="row_44"),
        pytest.param("http200_error", 200, "WRONG_ENCODING", id="row_46"),
        pytest.param("confirm_waiting", 401, "METHOD_CONFIRM_WAITING", id="row_47"),
        pytest.param("confirm_denied", 403, "METHOD_CONFIRM_DENIED", id="row_47"),
    ],
)
def test_states_of_a_portal_that_are_asked_for(
    client: Client, fault: str, status: int, error: str
) -> None:
    client.served.faults.add(fault)

    assert client.call("profile").error == (status, error)
    assert client.call("profile").status == 200


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

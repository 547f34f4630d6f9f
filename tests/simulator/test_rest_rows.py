"""Rows 26 to 47 of the contract: how requests are read, and which of them get no further."""

from __future__ import annotations

import json

import pytest
from contract_rows import ENDED, Act, StepRow, after, check, numbers, rows
from simulated import SEND, Client, Clock, Reply, portal, served, served_with

from bxgui.simulator.accounts import User
from bxgui.simulator.app_events import AppChange
from bxgui.simulator.condition import Condition, Confirmation
from bxgui.simulator.engine import OutgoingCall
from bxgui.simulator.limiter import ENTERPRISE, STANDARD, Plan

WRONG_AUTH = "Wrong authorization data"
NO_METHOD = "Method not found!"
BLOCKED = "Method is blocked due to operation time limit."
OVERLOAD = "REST API is blocked due to overload."
DEFAULT_LOG = ("Received application response",)


def send(client: Client, call: OutgoingCall) -> Reply:
    return client.send(call)


def by_webhook(client: Client, call: OutgoingCall) -> Reply:
    fields = {"event_token": call.event_token}
    return client.post(f"{client.webhook()}{SEND}", json.dumps(fields).encode())


def post(text: str, content_type: str = "application/json") -> Act:
    """A body as it is, with the token in the place of TOKEN."""

    def act(client: Client, _: OutgoingCall) -> Reply:
        body = text.replace("TOKEN", client.token).encode("utf-8", "surrogateescape")
        return client.post(f"/rest/{SEND}", body, content_type)

    return act


def method(name: str, token: str | None = None) -> Act:
    def act(client: Client, _: OutgoingCall) -> Reply:
        client.token = client.token if token is None else token
        return client.call(name)

    return act


def in_condition(condition: Condition, act: Act) -> Act:
    def prepare(client: Client, _: OutgoingCall) -> None:
        client.served.portal.condition = condition

    return after(prepare, act)


def confirmed(confirmation: Confirmation, act: Act) -> Act:
    def prepare(client: Client, _: OutgoingCall) -> None:
        client.served.portal.confirmations[SEND] = confirmation

    return after(prepare, act)


def with_fault(fault: str, act: Act) -> Act:
    return after(lambda client, _: client.served.faults.add(fault, method=SEND), act)


def user_is(user: User, act: Act) -> Act:
    return after(lambda client, _: client.served.portal.accounts.put_user(user), act)


def full_bucket(plan: Plan, act: Act) -> Act:
    def prepare(client: Client, _: OutgoingCall) -> None:
        served = {client.call("scope").status for _ in range(int(plan.capacity))}
        assert served == {200}

    return after(prepare, act)


def taking(seconds: float, act: Act, name: str = SEND) -> Act:
    return after(lambda client, _: client.served.portal.operating.charge(name, seconds), act)


def later(seconds: float, act: Act) -> Act:
    return after(lambda client, _: client.clock.advance(seconds), act)


def without_application(act: Act) -> Act:
    return after(
        lambda client, _: client.served.portal.change_application(AppChange.UNINSTALL), act
    )


def of_another_portal(client: Client, call: OutgoingCall) -> Reply:
    client.token = portal(seed=8).accounts.issue().access_token
    return client.send(call)


def wrong_webhook(client: Client, _: OutgoingCall) -> Reply:
    return client.get(f"/rest/1/wrong/{SEND}")


def at_the_old_address(client: Client, call: OutgoingCall) -> Reply:
    old = client.served.portal.domain
    client.served.rename()
    body = json.dumps({"auth": client.token, "event_token": call.event_token}).encode()
    json_type = {"Content-Type": "application/json"}
    return client.request("POST", f"/rest/{SEND}", body, json_type, old)


REFUSED_JSON = {
    "cut": '{"auth": "TOKEN"',
    "NaN": '{"auth": "TOKEN", "a": NaN}',
    "half a pair": '{"auth": "TOKEN", "a": "\\ud800"}',
    "a control character": '{"auth": "TOKEN", "a": "\t"}',
    "a byte order mark": '\ufeff{"auth": "TOKEN"}',
    "600 levels": '{"auth": "TOKEN", "a": ' + "[" * 600 + "]" * 600 + "}",
    "a text": '"TOKEN"',
    "bytes that are not UTF-8": '{"auth": "TOKEN", "a": "\udcff"}',
}

ROWS = [
    StepRow(26, "no credentials", post("{}"), 401, "NO_AUTH_FOUND", WRONG_AUTH),
    *(
        StepRow(27, f"JSON with {name}", post(text), 401, "NO_AUTH_FOUND", WRONG_AUTH)
        for name, text in REFUSED_JSON.items()
    ),
    *(
        StepRow(
            28, f"JSON as {kind}", post('{"auth": "TOKEN"}', kind), 401, "NO_AUTH_FOUND", WRONG_AUTH
        )
        for kind in ("text/plain", "application/JSON", "text/json")
    ),
    StepRow(
        29,
        "an expired token",
        later(3600, send),
        401,
        "expired_token",
        "The access token provided has expired.",
    ),
    StepRow(
        30,
        "a token of another portal",
        of_another_portal,
        401,
        "invalid_token",
        "Unable to get application by token",
    ),
    StepRow(
        31,
        "the application is removed",
        without_application(send),
        401,
        "ERROR_OAUTH",
        "Application not installed",
    ),
    StepRow(
        31,
        "the same in other cores",
        with_fault("refusal:401:APPLICATION_NOT_FOUND", send),
        401,
        "APPLICATION_NOT_FOUND",
    ),
    StepRow(
        32,
        "a user without right to the application",
        user_is(User(1, app_access=False), send),
        401,
        "user_access_error",
        "The user does not have access to the application.",
    ),
    StepRow(
        33,
        "a dismissed user",
        user_is(User(1, active=False), send),
        401,
        "authorization_error",
        "Unable to authorize user",
    ),
    *(
        StepRow(
            34,
            f"an unknown method with {kind}",
            method("bizproc.event.sent", token),
            404,
            "ERROR_METHOD_NOT_FOUND",
            NO_METHOD,
        )
        for kind, token in (("a token", None), ("no token", ""), ("a wrong token", "wrong"))
    ),
    *(
        StepRow(
            35,
            f"request {plan.capacity + 1} at once",
            full_bucket(plan, send),
            503,
            "QUERY_LIMIT_EXCEEDED",
            "Too many requests",
            options={"plan": plan},
        )
        for plan in (STANDARD, ENTERPRISE)
    ),
    StepRow(
        35,
        "the same half a second later",
        full_bucket(STANDARD, later(0.5, send)),
        state=ENDED,
        log=DEFAULT_LOG,
        options={"plan": STANDARD},
    ),
    StepRow(
        36,
        "the method took more than 480 s",
        taking(480.1, send),
        429,
        "OPERATION_TIME_LIMIT",
        BLOCKED,
    ),
    StepRow(36, "the method took 480 s", taking(480, send), state=ENDED, log=DEFAULT_LOG),
    StepRow(
        36,
        "another method took more",
        taking(600, send, "scope"),
        state=ENDED,
        log=DEFAULT_LOG,
    ),
    StepRow(
        36,
        "more than 420 s in a box",
        taking(421, send),
        429,
        "OPERATION_TIME_LIMIT",
        BLOCKED,
        settings={"operating_limit": 420},
    ),
    StepRow(
        36,
        "a box without the limit",
        taking(1000, send),
        state=ENDED,
        log=DEFAULT_LOG,
        settings={"operating_limit": None},
    ),
    StepRow(
        36,
        "ten minutes later",
        taking(500, later(600, send)),
        state=ENDED,
        log=DEFAULT_LOG,
    ),
    StepRow(
        37,
        "a free plan",
        in_condition(Condition.FREE_PLAN, send),
        401,
        "ACCESS_DENIED",
        "REST is available only on commercial plans.",
    ),
    StepRow(
        37,
        "a free plan, by webhook",
        in_condition(Condition.FREE_PLAN, by_webhook),
        401,
        "ACCESS_DENIED",
        "REST is available only by subscription",
    ),
    StepRow(
        38,
        "the Market subscription is over",
        in_condition(Condition.SUBSCRIPTION_ENDED, send),
        401,
        "PAYMENT_REQUIRED",
        "Subscription has been ended",
    ),
    StepRow(
        39,
        "blocked for overload",
        in_condition(Condition.OVERLOADED, send),
        401,
        "OVERLOAD_LIMIT",
        OVERLOAD,
    ),
    StepRow(
        39,
        "the same by webhook",
        in_condition(Condition.OVERLOADED, by_webhook),
        401,
        "OVERLOAD_LIMIT",
        OVERLOAD,
    ),
    StepRow(
        39,
        "the same by older documentation",
        with_fault("refusal:503:OVERLOAD_LIMIT", send),
        503,
        "OVERLOAD_LIMIT",
    ),
    StepRow(
        40,
        "a wrong webhook code",
        wrong_webhook,
        401,
        "INVALID_CREDENTIALS",
        "Invalid request credentials",
    ),
    StepRow(
        41,
        "a webhook over http",
        by_webhook,
        401,
        "INVALID_REQUEST",
        "Https required.",
        settings={"webhooks_need_https": True},
    ),
    StepRow(
        42,
        "the portal is closed",
        in_condition(Condition.CLOSED, send),
        403,
        "PORTAL_DELETED",
        "Portal was deleted",
    ),
    StepRow(
        42,
        "the same, an unknown method",
        in_condition(Condition.CLOSED, method("no.such")),
        403,
        "PORTAL_DELETED",
        "Portal was deleted",
    ),
    *(
        StepRow(
            42,
            f"the same in SDKs and older documentation, {status}",
            with_fault(f"refusal:{status}:PORTAL_DELETED", send),
            status,
            "PORTAL_DELETED",
        )
        for status in (410, 500)
    ),
    StepRow(43, "the portal is renamed", at_the_old_address, 302),
    StepRow(
        44,
        "the portal does not reach its OAuth server",
        in_condition(Condition.OAUTH_UNREACHABLE, send),
        401,
        "CONNECTION_ERROR",
        "Error connecting to authorization server",
    ),
    StepRow(
        44,
        "the same, and then it does",
        in_condition(Condition.OAUTH_UNREACHABLE, in_condition(Condition.OPEN, send)),
        state=ENDED,
        log=DEFAULT_LOG,
    ),
    StepRow(
        44,
        "a webhook does not need it",
        in_condition(Condition.OAUTH_UNREACHABLE, by_webhook),
        state=ENDED,
        log=DEFAULT_LOG,
    ),
    *(
        StepRow(45, f"a fault in front of PHP: {fault}", with_fault(fault, send), status)
        for fault, status in (
            ("portal404", 403),
            ("html_500", 500),
            ("html_502", 502),
            ("plain_500", 500),
        )
    ),
    StepRow(
        46,
        "an answer that cannot be encoded",
        user_is(User(1, name="\udcff"), method("profile")),
        200,
        "WRONG_ENCODING",
        "Wrong request encoding",
    ),
    StepRow(
        46,
        "the same after the execution",
        with_fault("http200_error", send),
        200,
        "WRONG_ENCODING",
        "Wrong request encoding",
        ENDED,
        log=DEFAULT_LOG,
    ),
    StepRow(
        47,
        "a method that waits for a confirmation",
        confirmed(Confirmation.WAITING, send),
        401,
        "METHOD_CONFIRM_WAITING",
        "Waiting for confirmation",
    ),
    StepRow(
        47,
        "a method that was denied",
        confirmed(Confirmation.DENIED, send),
        403,
        "METHOD_CONFIRM_DENIED",
        "Method call denied",
    ),
]


@rows(ROWS)
def test_the_portal_answers_as_the_contract_says(row: StepRow) -> None:
    check(row)


def test_no_row_of_the_table_is_left_out() -> None:
    assert numbers(ROWS) == list(range(26, 48))


def test_row_28_json_with_a_charset_is_json() -> None:
    with served() as client:
        body = json.dumps({"auth": client.token}).encode()

        assert client.post("/rest/scope", body, "application/json; charset=utf-8").status == 200


def test_row_35_the_bucket_drains_two_requests_a_second() -> None:
    clock = Clock()
    with served(portal(clock), plan=STANDARD) as client:
        assert {client.call("scope").status for _ in range(50)} == {200}
        refused = client.call("scope")

        assert refused.status == 503
        assert "Retry-After" not in refused.headers

        clock.advance(1)
        assert [client.call("scope").status for _ in range(3)] == [200, 200, 503]


def test_row_35_a_limit_comes_and_goes() -> None:
    with served() as client:
        client.served.limit(Plan(1, 0))
        limited = [client.call("scope").status for _ in range(2)]
        client.served.limit(None)

        assert limited == [200, 503]
        assert client.call("scope").status == 200


def test_row_36_answers_tell_when_a_part_of_the_time_is_free_again() -> None:
    clock = Clock()
    with served(portal(clock)) as client:
        operating = client.served.portal.operating
        start = int(clock.now)
        operating.charge("scope", 300)
        clock.advance(100)
        operating.charge("scope", 100)
        busy = client.call("scope").json["time"]
        clock.advance(500)
        freed = client.call("scope").json["time"]

    assert (busy["operating"], busy["operating_reset_at"]) == (400, start + 600)
    assert (freed["operating"], freed["operating_reset_at"]) == (100, start + 700)


def test_row_36_a_box_without_the_limit_tells_nothing_of_it() -> None:
    with served_with(operating_limit=None) as client:
        time = client.call("scope").json["time"]

    assert [name for name in time if name.startswith("operating")] == []


@pytest.mark.parametrize("path", [SEND, f"{SEND}.json?a=1"])
def test_row_43_the_request_is_repeated_where_the_portal_is_now(path: str) -> None:
    with served() as client:
        call, old = client.start(), client.served.portal.domain
        client.served.rename()
        body = json.dumps({"auth": client.token, "event_token": call.event_token}).encode()
        json_type = {"Content-Type": "application/json"}
        moved = client.request("POST", f"/rest/{path}", body, json_type, old)
        before = client.state(call)
        renamed = client.served.portal.domain
        repeated = client.request("POST", f"/rest/{path}", body, json_type, renamed)
        seen = [(each.method, each.status) for each in client.served.requests]

    assert renamed.startswith("localhost:")
    assert moved.headers["Location"] == f"http://{renamed}/rest/{path}"
    assert before == "waiting"
    assert repeated.json["result"] is True
    assert seen == [(SEND, 302), (SEND, 200)]


def test_row_43_a_followed_redirect_that_turns_into_get_loses_the_body() -> None:
    with served() as client:
        client.served.rename()

        reply = client.request("GET", f"/rest/{SEND}", host=client.served.portal.domain)

    assert reply.error == (401, "NO_AUTH_FOUND")


def test_row_43_calls_name_the_new_address() -> None:
    with served() as client:
        client.served.rename()
        auth = client.start().fields["auth"]

        assert isinstance(auth, dict)
        assert auth["client_endpoint"] == client.served.endpoint
        assert auth["domain"].startswith("localhost:")


def test_row_43_a_portal_can_be_renamed_again() -> None:
    with served() as client:
        first = client.served.portal.domain
        client.served.rename()
        second = client.served.portal.domain
        client.served.rename()
        newest = client.served.portal.domain

        locations = [
            client.request("GET", "/rest/scope", host=host).headers["Location"]
            for host in (first, second)
        ]

    assert locations == [f"http://{newest}/rest/scope"] * 2


def test_row_47_a_webhook_is_asked_for_no_confirmation() -> None:
    with served() as client:
        client.served.portal.confirmations["scope"] = Confirmation.WAITING

        assert client.get(f"{client.webhook()}scope").status == 200

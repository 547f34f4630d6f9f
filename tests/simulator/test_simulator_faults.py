"""Faults do to a request what their names say."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.client import HTTPException

import pytest
from simulated import LOG, SEND, WAIT, Client, Reply, recorded, served

from bxgui.simulator.engine import OutgoingCall
from bxgui.simulator.faults import Fault, FaultName, FaultQueue, UnknownFault
from bxgui.simulator.refusals import Refusal


@pytest.fixture
def client() -> Iterator[Client]:
    with served() as ready:
        yield ready


def sent_with(client: Client, fault: str) -> tuple[OutgoingCall, Reply]:
    client.served.faults.add(fault, method=SEND)
    call = client.start()
    return call, client.send(call, {"days": 1})


@pytest.mark.parametrize(
    ("fault", "state"), [("reset_before", "waiting"), ("reset_after", "ended")]
)
def test_a_reset_connection_hides_whether_the_portal_executed(
    client: Client, fault: str, state: str
) -> None:
    with pytest.raises(ConnectionResetError):
        sent_with(client, fault)

    [exchange] = client.served.requests
    [workflow] = client.served.portal.engine.workflows()
    assert (exchange.status, exchange.fault) == (0, fault)
    assert workflow.state == state


@pytest.mark.parametrize(
    ("fault", "status", "text"),
    [
        ("html_500", 500, b"500 Internal Server Error"),
        ("html_502", 502, b"502 Bad Gateway"),
        ("page:404", 404, b"404 Not Found"),
        ("page:504", 504, b"504 Gateway Timeout"),
        ("portal404", 403, b"portal404"),
    ],
)
def test_pages_in_front_of_the_portal_execute_nothing(
    client: Client, fault: str, status: int, text: bytes
) -> None:
    call, reply = sent_with(client, fault)

    assert (reply.status, reply.headers["Content-Type"]) == (status, "text/html; charset=utf-8")
    assert text in reply.raw
    assert client.state(call) == "waiting"


def test_the_page_of_a_closed_portal_equals_the_recorded_one(client: Client) -> None:
    _, reply = sent_with(client, "portal404")

    assert reply.raw.decode() == recorded("43-portal-gone-html")["body"]


@pytest.mark.parametrize(
    ("fault", "location"),
    [
        ("redirect", f"https://renamed.example.org/rest/{SEND}"),
        ("redirect:https://new.example.org", f"https://new.example.org/rest/{SEND}"),
        ("redirect:http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x"),
    ],
)
def test_a_renamed_portal_points_to_its_new_host(client: Client, fault: str, location: str) -> None:
    call, reply = sent_with(client, fault)

    assert (reply.status, reply.headers["Location"]) == (302, location)
    assert client.state(call) == "waiting"


def test_half_an_answer_is_not_json_but_was_executed(client: Client) -> None:
    call, reply = sent_with(client, "truncated_json")

    assert reply.status == 200
    assert reply.raw.startswith(b'{"result":true')
    with pytest.raises(json.JSONDecodeError):
        json.loads(reply.raw)
    assert client.state(call) == "ended"


def test_an_empty_answer_was_executed(client: Client) -> None:
    call, reply = sent_with(client, "empty_body")

    assert (reply.status, reply.raw) == (200, b"")
    assert client.state(call) == "ended"


def test_an_error_with_http_200_was_executed(client: Client) -> None:
    call, reply = sent_with(client, "http200_error")

    assert reply.error == (200, "WRONG_ENCODING")
    assert client.state(call) == "ended"


@pytest.mark.parametrize(
    ("fault", "status", "error"),
    [
        ("rate_limit", 503, "QUERY_LIMIT_EXCEEDED"),
        ("time_limit", 429, "OPERATION_TIME_LIMIT"),
        ("locked", 400, "423"),
        ("expired_token", 401, "expired_token"),
        ("engine_exception", 400, "0"),
        ("free_plan", 401, "ACCESS_DENIED"),
        ("subscription_ended", 401, "PAYMENT_REQUIRED"),
        ("overload", 401, "OVERLOAD_LIMIT"),
        ("portal_deleted", 403, "PORTAL_DELETED"),
        ("connection_error", 401, "CONNECTION_ERROR"),
        ("confirm_waiting", 401, "METHOD_CONFIRM_WAITING"),
        ("confirm_denied", 403, "METHOD_CONFIRM_DENIED"),
        ("refusal:402:PAY_FIRST", 402, "PAY_FIRST"),
    ],
)
def test_refusals_execute_nothing_and_heal(
    client: Client, fault: str, status: int, error: str
) -> None:
    call, reply = sent_with(client, fault)

    assert reply.error == (status, error)
    assert client.state(call) == "waiting"
    assert client.send(call).status == 200


def test_a_slow_answer_is_held_back_after_the_execution() -> None:
    let_go = threading.Event()
    waits: list[float] = []

    def wait(seconds: float) -> object:
        waits.append(seconds)
        return let_go.wait(WAIT)

    with served(wait=wait) as client:
        client.served.faults.add("slow:45", method=SEND)
        call = client.start()
        replies: list[Reply] = []
        sender = threading.Thread(target=lambda: replies.append(client.send(call)))
        sender.start()
        client.served.wait_for_requests(1)
        state_before_the_answer = client.state(call)
        answered_before = list(replies)
        let_go.set()
        sender.join(WAIT)

    assert (state_before_the_answer, answered_before) == ("ended", [])
    assert waits == [45]
    assert [reply.status for reply in replies] == [200]


def test_stopping_lets_slow_answers_go() -> None:
    failures: list[Exception] = []

    def send(client: Client, call: OutgoingCall) -> None:
        try:
            client.send(call)
        except (OSError, HTTPException) as failure:
            failures.append(failure)

    with served() as client:
        client.served.faults.add("slow:3600")
        sender = threading.Thread(target=send, args=(client, client.start()))
        sender.start()
        client.served.wait_for_requests(1)

    sender.join(WAIT)
    assert not sender.is_alive()


def test_faults_wait_for_their_method_in_order(client: Client) -> None:
    client.served.faults.add("html_502", method=LOG)
    client.served.faults.add("locked", method=SEND, count=2)
    client.served.faults.add("html_500")
    call = client.start()

    statuses = [client.send(call).status for _ in range(4)]

    assert statuses == [400, 400, 500, 200]
    assert len(client.served.faults) == 1
    assert client.call(LOG, {"event_token": call.event_token}).status == 502


def test_a_fault_can_let_requests_come_through_before(client: Client) -> None:
    client.served.faults.add("html_502", method=LOG, skip=1)
    client.served.faults.add("locked", method=SEND, skip=2, count=2)
    call = client.start()

    statuses = [client.send(call).json.get("error") for _ in range(5)]

    assert statuses == [None, "404", "423", "423", "404"]
    assert len(client.served.faults) == 1


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("reset_after", Fault(FaultName.RESET_AFTER)),
        (" slow ", Fault(FaultName.SLOW)),
        ("slow:0.5", Fault(FaultName.SLOW, seconds=0.5)),
        ("redirect:https://a.b:8443", Fault(FaultName.REDIRECT, location="https://a.b:8443")),
        ("refusal:410:GONE", Fault(FaultName.REFUSAL, answer=Refusal(410, "GONE"))),
        ("page:403", Fault(FaultName.PAGE, status=403)),
    ],
)
def test_faults_can_be_written(text: str, fault: Fault) -> None:
    assert Fault.parse(text) == fault


@pytest.mark.parametrize("text", ["", "explode", "slow:soon", "Reset_After", "refusal", "page:x"])
def test_what_names_no_fault_is_refused_with_the_names(text: str) -> None:
    with pytest.raises(UnknownFault, match="reset_after"):
        Fault.parse(text)


@pytest.mark.parametrize("count", [0, -1, 10**9])
def test_a_fault_comes_a_sensible_number_of_times(count: int) -> None:
    with pytest.raises(ValueError, match="times"):
        FaultQueue().add("locked", count=count)


def test_every_name_spoils_one_request(client: Client) -> None:
    arguments = {FaultName.SLOW: ":0", FaultName.REFUSAL: ":418:TEAPOT", FaultName.PAGE: ":503"}
    for name in FaultName:
        client.served.faults.clear()
        client.served.faults.add(f"{name}{arguments.get(name, '')}")
        try:
            reply = client.call("scope")
        except ConnectionResetError:
            continue
        if name is not FaultName.SLOW:
            assert reply.status != 200 or reply.raw[-1:] != b"}" or "error" in reply.json, name
        assert len(client.served.faults) == 0

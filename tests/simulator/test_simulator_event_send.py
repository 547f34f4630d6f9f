"""Answers to event tokens, beyond the rows of the contract."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from simulated import SEND, Client, Clock, served, served_with


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(clock: Clock) -> Iterator[Client]:
    with served_with(clock) as ready:
        yield ready


def test_an_accepted_reply_tells_the_time_it_took(client: Client) -> None:
    reply = client.send(client.start())

    assert set(reply.json["time"]) == {
        "start",
        "finish",
        "duration",
        "processing",
        "date_start",
        "date_finish",
        "operating_reset_at",
        "operating",
    }


def test_a_refused_reply_tells_no_time(client: Client) -> None:
    assert "time" not in client.call(SEND).json


def test_a_reply_just_before_the_deadline_counts(client: Client, clock: Clock) -> None:
    call = client.start(timeout_duration=60)

    clock.advance(59.9)

    assert client.send(call, {"days": 1}).status == 200
    assert client.applied(call) == {"days": 1}


@pytest.mark.parametrize(
    ("name", "value", "stored"),
    [
        ("Approved", "N", "N"),
        ("Approved", True, True),
        ("days", 5, 5),
        ("tags", ["a", "b"], ["a", "b"]),
        ("tags", "a", "a"),
        ("Comment", ["a"], ["a"]),
        ("due", "04.05.2025", "04.05.2025"),
        ("due", "2025-05-04T23:30:00+0000", "05.05.2025"),
        ("at", "1790000001", "21.09.2026 17:13:21"),
        ("at", "soon", "soon"),
        ("clock", "09:30", "09:30"),
        ("clock", "25:00", None),
        ("scan", "118", 118),
    ],
)
def test_values_are_stored_by_their_type(
    client: Client, name: str, value: object, stored: object
) -> None:
    call = client.start()

    client.send(call, {name: value})

    assert client.applied(call)[name] == stored


def test_form_requests_are_answered_too(client: Client) -> None:
    call = client.start()

    reply = client.form(
        SEND,
        {
            "EVENT_TOKEN": call.event_token,
            "RETURN_VALUES": {"tags": ["срочно", "50% & more"], "Approved": True},
        },
    )

    assert reply.json["result"] is True
    assert client.applied(call) == {"tags": ["срочно", "50% & more"], "Approved": "1"}


def test_a_loop_announces_the_next_round_with_another_token(client: Client) -> None:
    first = client.start(rounds=2)

    client.send(first, {"days": 1})

    [exchange] = client.served.requests
    assert exchange.effect is not None
    second = exchange.effect.next_call
    assert second is not None
    assert second.workflow_id == first.workflow_id
    assert second.event_token.split("|")[1] == first.event_token.split("|")[1]
    assert second.event_token != first.event_token
    assert client.send(first, {"days": 9}).status == 200
    assert client.applied(first) == {"days": 1}
    assert client.send(second, {"days": 2}).status == 200
    assert client.state(first) == "ended"


def test_each_request_tells_what_the_portal_applied() -> None:
    with served() as client:
        call = client.start()
        client.send(call, {"APPROVED": "Y", "Aproved": "N"})

        [exchange] = client.served.wait_for_requests(1)

    assert (exchange.method, exchange.status, exchange.error) == (SEND, 200, "")
    assert exchange.effect is not None
    assert exchange.effect.rule_code == "ask"
    assert exchange.effect.applied == {"Approved": "Y"}
    assert exchange.effect.dropped == ("Aproved",)
    assert exchange.effect.state == "ended"

"""Rows 1 to 25 of the contract, over real sockets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from simulated import LOG, SEND, Client, Clock, portal, rule, scenario, served, served_with

from bxgui.simulator.scenario import Course
from bxgui.simulator.settings import GoneAnswer


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(clock: Clock) -> Iterator[Client]:
    with served_with(clock) as ready:
        yield ready


def test_row_1_values_reach_the_workflow_and_the_step_closes(client: Client) -> None:
    call = client.start()

    reply = client.send(call, {"Approved": "Y", "Comment": "Fine"})

    assert reply.status == 200
    assert reply.json["result"] is True
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
    assert client.applied(call) == {"Approved": "Y", "Comment": "Fine"}
    assert client.state(call) == "ended"


def test_row_2_a_reply_without_values_closes_the_step(client: Client) -> None:
    call = client.start()

    assert client.call(SEND, {"event_token": call.event_token}).status == 200
    assert client.applied(call) == {}
    assert client.state(call) == "ended"


@pytest.mark.parametrize("method", [SEND, LOG])
@pytest.mark.parametrize("token", [None, ["a"], {"a": "b"}, 5, "", "abc", "a|b|c", "é|b|c.d"])
def test_row_3_what_is_no_token_is_denied(client: Client, method: str, token: object) -> None:
    reply = client.call(method, {"event_token": token, "log_message": "Hello"})

    assert reply.error == (403, "ACCESS_DENIED")
    assert reply.json["error_description"] == "Access denied!"
    assert "time" not in reply.json


def test_row_3_a_missing_token_is_denied(client: Client) -> None:
    assert client.call(SEND).error == (403, "ACCESS_DENIED")


@pytest.mark.parametrize("position", [0, 20, -65, -1])
def test_row_4_one_changed_character_is_denied(client: Client, position: int) -> None:
    call = client.start()
    letters = list(call.event_token)
    letters[position] = "0" if letters[position] != "0" else "1"

    reply = client.call(SEND, {"event_token": "".join(letters)})

    assert reply.error == (403, "ACCESS_DENIED")
    assert client.state(call) == "waiting"


def test_row_4_a_token_without_its_signature_is_denied(client: Client) -> None:
    token = client.start().event_token.rpartition(".")[0]

    assert client.call(SEND, {"event_token": token}).error == (403, "ACCESS_DENIED")


def test_row_5_a_token_of_another_portal_is_denied(client: Client) -> None:
    foreign = portal(seed=8).engine.start(scenario())

    assert client.send(foreign).error == (403, "ACCESS_DENIED")


@pytest.mark.parametrize("end", ["end", "delete"])
def test_row_6_a_workflow_that_is_gone_is_not_found(client: Client, end: str) -> None:
    call = client.start()
    getattr(client.served.portal.engine, end)(call.workflow_id)

    reply = client.send(call, {"Approved": "Y"})

    assert reply.error == (400, "404")
    assert reply.json["error_description"] == "The business process is not found."


@pytest.mark.parametrize(
    ("answer", "status", "error"),
    [
        (GoneAnswer.NUMBER_CODE, 400, 404),
        (GoneAnswer.CORE_CODE, 400, "ERROR_CORE"),
        (GoneAnswer.ACCEPTED, 200, None),
    ],
)
def test_row_6_portals_of_another_age(answer: GoneAnswer, status: int, error: object) -> None:
    with served_with(gone_answer=answer) as client:
        call = client.start()
        client.send(call)

        assert client.send(call).error == (status, error)


def test_row_7_a_locked_workflow_can_be_answered_later(client: Client) -> None:
    call = client.start()
    client.served.portal.engine.lock(call.workflow_id)

    assert client.send(call).error == (400, "423")

    client.served.portal.engine.unlock(call.workflow_id)
    assert client.send(call, {"days": 3}).status == 200
    assert client.applied(call) == {"days": 3}


@pytest.mark.parametrize(
    ("prepare", "text"),
    [
        ("delete", "Бизнес-процесс не найден"),
        ("lock", "Бизнес-процесс завис либо выполняется в данный момент"),
    ],
    ids=["row_6", "row_7"],
)
def test_rows_6_and_7_in_russian(prepare: str, text: str) -> None:
    with served_with(language="ru") as client:
        call = client.start()
        getattr(client.served.portal.engine, prepare)(call.workflow_id)

        assert client.send(call).json["error_description"] == text


def test_row_8_a_second_reply_changes_nothing_in_a_later_step(client: Client) -> None:
    call = client.start(course=Course.GOES_ON)
    client.send(call, {"days": 3})

    reply = client.send(call, {"days": 4})

    assert reply.json["result"] is True
    assert client.applied(call) == {"days": 3}
    assert client.state(call) == "running"


def test_row_9_a_second_reply_to_an_ended_workflow_is_not_found(client: Client) -> None:
    call = client.start()
    client.send(call)

    assert client.send(call).error == (400, "404")


@pytest.mark.parametrize(
    ("course", "error", "state"),
    [(Course.GOES_ON, (200, None), "running"), (Course.ENDS, (400, "404"), "ended")],
)
def test_row_10_a_reply_after_the_deadline_has_no_effect(
    client: Client, clock: Clock, course: Course, error: object, state: str
) -> None:
    call = client.start(timeout_duration=60, course=course)

    clock.advance(60)

    assert client.send(call, {"days": 1}).error == error
    assert client.state(call) == state
    assert client.applied(call) == {}


def test_row_10_a_reply_just_before_the_deadline_counts(client: Client, clock: Clock) -> None:
    call = client.start(timeout_duration=60)

    clock.advance(59.9)

    assert client.send(call, {"days": 1}).status == 200
    assert client.applied(call) == {"days": 1}


@pytest.mark.parametrize("subscription", ["N", None])
@pytest.mark.parametrize(
    ("course", "error"), [(Course.GOES_ON, (200, None)), (Course.ENDS, (400, "404"))]
)
def test_row_11_a_step_that_does_not_wait_takes_nothing(
    client: Client, subscription: str | None, course: Course, error: object
) -> None:
    client.served.portal.rules.put(rule(use_subscription=subscription))
    call = client.start(course=course)

    assert client.send(call, {"days": 1}).error == error
    assert client.applied(call) == {}


def test_row_12_a_deleted_document_terminates_the_workflow(client: Client) -> None:
    call = client.start()
    client.served.portal.engine.delete_document(call.workflow_id)

    assert client.send(call, {"days": 1}).json["result"] is True
    assert client.state(call) == "terminated"
    assert client.send(call).error == (400, "404")


def test_row_13_unknown_names_are_dropped_in_silence(client: Client) -> None:
    call = client.start()

    assert client.send(call, {"Aproved": "Y", "days": "2"}).json["result"] is True
    assert client.applied(call) == {"days": "2"}
    assert client.served.portal.engine.workflow(call.workflow_id).dropped == ("Aproved",)


def test_row_14_names_may_differ_in_case(client: Client) -> None:
    call = client.start()

    client.send(call, {"APPROVED": "Y", "DAYS": "2"})

    assert client.applied(call) == {"Approved": "Y", "days": "2"}


@pytest.mark.parametrize("values", ["Y", 5, False, ["Y"]])
def test_row_15_values_that_are_no_map_close_the_step(client: Client, values: object) -> None:
    call = client.start()

    assert client.send(call, values).status == 200
    assert client.applied(call) == {}
    assert client.state(call) == "ended"


@pytest.mark.parametrize("value", ["", 0, "0", False, []])
@pytest.mark.parametrize("name", ["Approved", "due", "clock", "scan"])
def test_row_16_falsy_values_are_stored_raw(client: Client, name: str, value: object) -> None:
    call = client.start()

    client.send(call, {name: value})

    stored = client.applied(call)[name]
    assert (type(stored), stored) == (type(value), value)


@pytest.mark.parametrize("params", [{}, {"log_message": 5}, {"log_message": ["x"]}])
def test_row_17_the_default_log_message(client: Client, params: dict[str, Any]) -> None:
    call = client.start()

    client.send(call, **params)

    log = client.served.portal.engine.workflow(call.workflow_id).log
    assert log == ("Received application response",)


def test_row_17_the_log_message_given(client: Client) -> None:
    call = client.start()

    client.send(call, log_message="Checked by the accountant")

    log = client.served.portal.engine.workflow(call.workflow_id).log
    assert log == ("Checked by the accountant",)


@pytest.mark.parametrize("message", ["", None, "0", []])
def test_row_18_an_empty_log_message_is_refused(client: Client, message: object) -> None:
    call = client.start()

    reply = client.call(LOG, {"event_token": call.event_token, "log_message": message})

    assert reply.error == (400, "ERROR_EMPTY_LOG_MESSAGE")
    assert reply.json["error_description"] == "Empty log message!"


def test_row_19_the_token_is_checked_before_the_log_message(client: Client) -> None:
    reply = client.call(LOG, {"event_token": "abc", "log_message": ""})

    assert reply.error == (403, "ACCESS_DENIED")


def test_row_20_a_log_message_leaves_the_step_waiting(client: Client) -> None:
    call = client.start()

    reply = client.call(LOG, {"EVENT_TOKEN": call.event_token, "LOG_MESSAGE": "Still looking"})

    assert reply.json["result"] is True
    assert client.state(call) == "waiting"
    assert client.served.portal.engine.workflow(call.workflow_id).log == ("Still looking",)


def test_row_20_a_log_message_of_a_closed_step_is_not_written(client: Client) -> None:
    call = client.start(course=Course.GOES_ON)
    client.send(call, log_message="Done")

    assert client.call(LOG, {"event_token": call.event_token, "log_message": "Late"}).status == 200
    assert client.served.portal.engine.workflow(call.workflow_id).log == ("Done",)


def test_row_21_an_exception_of_the_engine(client: Client) -> None:
    client.served.faults.add("engine_exception", method=SEND)

    reply = client.send(client.start())

    assert reply.error == (400, "0")
    assert reply.json["error_description"] == "CanNotResumeInstance"


def test_row_22_a_later_step_that_breaks_leaves_the_workflow_locked(client: Client) -> None:
    call = client.start(course=Course.FAILS)

    assert client.send(call, {"days": 1}).status == 500
    assert client.applied(call) == {"days": 1}
    assert client.send(call).error == (400, "423")


def test_row_23_a_webhook_with_the_scope_is_enough(client: Client) -> None:
    code = client.served.portal.accounts.add_webhook(7)
    call = client.start()
    body = json.dumps({"event_token": call.event_token, "return_values": {"days": 1}}).encode()

    assert client.post(f"/rest/7/{code}/{SEND}.json", body).json["result"] is True
    assert client.applied(call) == {"days": 1}


def test_row_24_a_token_without_the_scope_is_refused(client: Client) -> None:
    client.token = client.served.portal.accounts.issue(scope=("crm",)).access_token

    assert client.send(client.start()).error == (401, "insufficient_scope")


@pytest.mark.parametrize("value", ["iVBORw0KGgo=", ["scan.png", "iVBORw0KGgo="], {"id": 3}])
def test_row_25_the_content_of_a_file_is_not_stored(client: Client, value: object) -> None:
    call = client.start()

    client.send(call, {"scan": value})

    assert client.applied(call)["scan"] in (None, [None, None])


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

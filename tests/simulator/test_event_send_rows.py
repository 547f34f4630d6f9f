"""Rows 1 to 25 of the contract: `bizproc.event.send` and `bizproc.activity.log`."""

from __future__ import annotations

import json

from contract_rows import (
    ENDED,
    LOCKED,
    RUNS,
    TERMINATED,
    Act,
    StepRow,
    after,
    check,
    numbers,
    rows,
)
from simulated import LOG, SEND, Client, Reply, portal, scenario

from bxgui.simulator.engine import OutgoingCall
from bxgui.simulator.scenario import Course
from bxgui.simulator.settings import GoneAnswer

DENIED = "Access denied!"
GONE = "The business process is not found."
HUNG = "The workflow is hung or being executed"
DEFAULT_LOG = ("Received application response",)
GOES_ON = {"course": Course.GOES_ON}
IN_A_MINUTE = {"timeout_duration": 60}


def send(values: object = None, **params: object) -> Act:
    return lambda client, call: client.send(call, values, **params)


def log(message: object, token: object = None) -> Act:
    def act(client: Client, call: OutgoingCall) -> Reply:
        given = token or call.event_token
        return client.call(LOG, {"event_token": given, "log_message": message})

    return act


def as_token(token: object, method: str = SEND) -> Act:
    fields = {"event_token": token, "log_message": "Hello"}
    return lambda client, _: client.call(method, fields)


def without_token(client: Client, _: OutgoingCall) -> Reply:
    return client.call(SEND)


def without_values(client: Client, call: OutgoingCall) -> Reply:
    return client.call(SEND, {"event_token": call.event_token})


def changed(position: int) -> Act:
    """The token with one other character."""

    def act(client: Client, call: OutgoingCall) -> Reply:
        letters = list(call.event_token)
        letters[position] = "0" if letters[position] != "0" else "1"
        return client.call(SEND, {"event_token": "".join(letters)})

    return act


def unsigned(client: Client, call: OutgoingCall) -> Reply:
    return client.call(SEND, {"event_token": call.event_token.rpartition(".")[0]})


def of_another_portal(client: Client, _: OutgoingCall) -> Reply:
    return client.send(portal(seed=8).engine.start(scenario()))


def engine(name: str, act: Act) -> Act:
    """An act, once something has been done to the workflow in the portal."""

    def prepare(client: Client, call: OutgoingCall) -> None:
        getattr(client.served.portal.engine, name)(call.workflow_id)

    return after(prepare, act)


def in_a_minute(act: Act) -> Act:
    return after(lambda client, _: client.clock.advance(60), act)


def by_webhook(client: Client, call: OutgoingCall) -> Reply:
    fields = {"event_token": call.event_token, "return_values": {"days": 1}}
    return client.post(f"{client.webhook(7)}{SEND}.json", json.dumps(fields).encode())


def with_scope(*scope: str) -> Act:
    def act(client: Client, call: OutgoingCall) -> Reply:
        client.token = client.served.portal.accounts.issue(scope=scope).access_token
        return client.send(call)

    return act


FALSY: tuple[object, ...] = ("", 0, "0", False, [])
NO_TEXTS: tuple[object, ...] = ("", None, "0", [])

ROWS = [
    StepRow(
        1,
        "a valid token, values of registered keys",
        send({"Approved": "Y", "Comment": "Fine"}),
        state=ENDED,
        applied={"Approved": "Y", "Comment": "Fine"},
        log=DEFAULT_LOG,
    ),
    StepRow(2, "no RETURN_VALUES", without_values, state=ENDED, log=DEFAULT_LOG),
    StepRow(3, "no token", without_token, 403, "ACCESS_DENIED", DENIED),
    *(
        StepRow(
            3,
            f"{token!r} as token of {method}",
            as_token(token, method),
            403,
            "ACCESS_DENIED",
            DENIED,
        )
        for method in (SEND, LOG)
        for token in (None, ["a"], {"a": "b"}, 5, "", "abc", "a|b|c", "é|b|c.d")
    ),
    *(
        StepRow(4, f"character {n} of the token changed", changed(n), 403, "ACCESS_DENIED", DENIED)
        for n in (0, 20, -65, -1)
    ),
    StepRow(4, "a token without its signature", unsigned, 403, "ACCESS_DENIED", DENIED),
    StepRow(5, "a token of another portal", of_another_portal, 403, "ACCESS_DENIED", DENIED),
    StepRow(6, "the workflow has ended", engine("end", send()), 400, "404", GONE, ENDED),
    StepRow(6, "the workflow is deleted", engine("delete", send()), 400, "404", GONE, "deleted"),
    StepRow(
        6,
        "the same in a core of mid-2025",
        engine("end", send()),
        400,
        404,
        GONE,
        ENDED,
        settings={"gone_answer": GoneAnswer.NUMBER_CODE},
    ),
    StepRow(
        6,
        "the same in the oldest cores",
        engine("end", send()),
        400,
        "ERROR_CORE",
        GONE,
        ENDED,
        settings={"gone_answer": GoneAnswer.CORE_CODE},
    ),
    StepRow(
        6,
        "the same by the newest documentation",
        engine("end", send()),
        state=ENDED,
        settings={"gone_answer": GoneAnswer.ACCEPTED},
    ),
    StepRow(
        6,
        "the same in Russian",
        engine("end", send()),
        400,
        "404",
        "Бизнес-процесс не найден",
        ENDED,
        settings={"language": "ru"},
    ),
    StepRow(7, "the workflow is executing", engine("lock", send()), 400, "423", HUNG, LOCKED),
    StepRow(
        7,
        "the same in Russian",
        engine("lock", send()),
        400,
        "423",
        "Бизнес-процесс завис либо выполняется в данный момент",
        LOCKED,
        settings={"language": "ru"},
    ),
    StepRow(
        7,
        "the same a little later",
        engine("lock", engine("unlock", send({"days": 3}))),
        state=ENDED,
        applied={"days": 3},
        log=DEFAULT_LOG,
    ),
    StepRow(
        8,
        "the same token twice, the workflow goes on",
        after(send({"days": 3}), send({"days": 4})),
        state=RUNS,
        applied={"days": 3},
        log=DEFAULT_LOG,
        start=GOES_ON,
    ),
    StepRow(
        9,
        "the same token twice, the workflow has ended",
        after(send({"days": 3}), send({"days": 4})),
        400,
        "404",
        GONE,
        ENDED,
        {"days": 3},
        DEFAULT_LOG,
    ),
    StepRow(
        10,
        "the step has timed out, the workflow goes on",
        in_a_minute(send({"days": 1})),
        state=RUNS,
        start=GOES_ON | IN_A_MINUTE,
    ),
    StepRow(
        10,
        "the step has timed out, the workflow has ended",
        in_a_minute(send({"days": 1})),
        400,
        "404",
        GONE,
        ENDED,
        start=IN_A_MINUTE,
    ),
    *(
        StepRow(
            11,
            f"use_subscription is {flag}, the workflow goes on",
            send({"days": 1}),
            state=RUNS,
            start=GOES_ON,
            rule={"use_subscription": flag},
        )
        for flag in ("N", None)
    ),
    *(
        StepRow(
            11,
            f"use_subscription is {flag}, the workflow has ended",
            send({"days": 1}),
            400,
            "404",
            GONE,
            ENDED,
            rule={"use_subscription": flag},
        )
        for flag in ("N", None)
    ),
    StepRow(
        12,
        "the document is deleted meanwhile",
        engine("delete_document", send({"days": 1})),
        state=TERMINATED,
    ),
    StepRow(
        12,
        "the same, once more",
        engine("delete_document", after(send(), send())),
        400,
        "404",
        GONE,
        TERMINATED,
    ),
    StepRow(
        13,
        "an unknown key",
        send({"Aproved": "Y", "days": "2"}),
        state=ENDED,
        applied={"days": "2"},
        log=DEFAULT_LOG,
    ),
    StepRow(
        14,
        "keys in another case",
        send({"APPROVED": "Y", "DAYS": "2"}),
        state=ENDED,
        applied={"Approved": "Y", "days": "2"},
        log=DEFAULT_LOG,
    ),
    *(
        StepRow(15, f"RETURN_VALUES is {values!r}", send(values), state=ENDED, log=DEFAULT_LOG)
        for values in ("Y", 5, False, ["Y"])
    ),
    *(
        StepRow(
            16,
            f"{name} is {value!r}",
            send({name: value}),
            state=ENDED,
            applied={name: value},
            log=DEFAULT_LOG,
        )
        for name in ("Approved", "due", "clock", "scan")
        for value in FALSY
    ),
    *(
        StepRow(
            17,
            f"LOG_MESSAGE is {message!r}",
            send(log_message=message),
            state=ENDED,
            log=DEFAULT_LOG,
        )
        for message in (None, 5, ["x"])
    ),
    StepRow(
        17,
        "LOG_MESSAGE is a text",
        send(log_message="Checked by the accountant"),
        state=ENDED,
        log=("Checked by the accountant",),
    ),
    *(
        StepRow(
            18,
            f"activity.log with {message!r}",
            log(message),
            400,
            "ERROR_EMPTY_LOG_MESSAGE",
            "Empty log message!",
        )
        for message in NO_TEXTS
    ),
    StepRow(19, "activity.log, no text, a bad token", log("", "abc"), 403, "ACCESS_DENIED", DENIED),
    StepRow(20, "activity.log while the step waits", log("Still looking"), log=("Still looking",)),
    StepRow(
        20,
        "activity.log when it waits no more",
        after(send(log_message="Done"), log("Late")),
        state=RUNS,
        log=("Done",),
        start=GOES_ON,
    ),
    StepRow(
        21, "an exception in the engine", engine("damage", send()), 400, "0", "CanNotResumeInstance"
    ),
    StepRow(
        21,
        "the same, once it is repaired",
        engine("damage", engine("repair", send())),
        state=ENDED,
        log=DEFAULT_LOG,
    ),
    StepRow(
        22,
        "an error of PHP in a later step",
        send({"days": 1}),
        500,
        "INTERNAL_SERVER_ERROR",
        "Internal server error",
        LOCKED,
        {"days": 1},
        DEFAULT_LOG,
        {"course": Course.FAILS},
    ),
    StepRow(
        22,
        "the same, once more",
        after(send({"days": 1}), send({"days": 2})),
        400,
        "423",
        HUNG,
        LOCKED,
        {"days": 1},
        DEFAULT_LOG,
        {"course": Course.FAILS},
    ),
    StepRow(
        23,
        "a webhook with the scope bizproc",
        by_webhook,
        state=ENDED,
        applied={"days": 1},
        log=DEFAULT_LOG,
    ),
    StepRow(
        24,
        "no scope bizproc",
        with_scope("crm"),
        401,
        "insufficient_scope",
        "The request requires higher privileges than provided by the access token",
    ),
    *(
        StepRow(
            25,
            f"a file as {value!r}",
            send({"scan": value}),
            state=ENDED,
            applied={"scan": stored},
            log=DEFAULT_LOG,
        )
        for value, stored in (
            ("iVBORw0KGgo=", None),
            (["scan.png", "iVBORw0KGgo="], [None, None]),
            ({"id": 3}, None),
        )
    ),
]


@rows(ROWS)
def test_the_portal_answers_as_the_contract_says(row: StepRow) -> None:
    check(row)


def test_no_row_of_the_table_is_left_out() -> None:
    assert numbers(ROWS) == list(range(1, 26))

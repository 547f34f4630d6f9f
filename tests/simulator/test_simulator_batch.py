"""Batches beyond the rows of the contract: how commands are read, limited and spoiled (§6)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from simulated import SEND, Client, Clock, command, portal, recorded, served, served_with

from bxgui.simulator.limiter import Plan
from bxgui.simulator.scenario import Course
from bxgui.simulator.settings import GoneAnswer


@pytest.fixture
def client() -> Iterator[Client]:
    with served(portal(Clock())) as ready:
        yield ready


def answer_to(event_token: str, **values: object) -> str:
    return command(SEND, {"event_token": event_token, "return_values": values})


def errors(reply: object) -> dict[str, str]:
    assert isinstance(reply, dict)
    return {key: error["error"] for key, error in reply.items()}


def test_a_batch_looks_like_a_recorded_one(client: Client) -> None:
    expected = recorded("17-batch-ok")["body"]["result"]
    client.token = client.served.portal.accounts.issue(scope=("user", "bizproc")).access_token

    reply = client.batch({"get_user": "user.current", "list": "bizproc.workflow.instances"})

    result = reply.json["result"]
    assert set(result) == set(expected)
    assert {name: type(value) for name, value in result["result"]["get_user"].items()} == {
        name: type(value) for name, value in expected["result"]["get_user"].items()
    }
    assert result["result_error"] == expected["result_error"]
    assert result["result_total"] == {"list": 0}
    assert result["result_next"] == expected["result_next"]
    assert set(result["result_time"]["get_user"]) >= set(expected["result_time"]["get_user"])


def test_fifty_tokens_are_answered_by_one_request(client: Client) -> None:
    calls = [client.start() for _ in range(50)]

    reply = client.batch(
        {call.workflow_id: answer_to(call.event_token, days="2") for call in calls}
    )

    [exchange] = client.served.requests
    assert reply.json["result"]["result"] == {call.workflow_id: True for call in calls}
    assert {client.state(call) for call in calls} == {"ended"}
    assert [done.key for done in exchange.commands] == [call.workflow_id for call in calls]
    assert [effect.workflow_id for effect in exchange.effects] == [c.workflow_id for c in calls]


@pytest.mark.parametrize("halt", [1, True, "1", "yes"])
def test_halt_stops_at_the_first_error(client: Client, halt: object) -> None:
    reply = client.batch({"a": "scope", "b": "no.such", "c": "scope"}, halt=halt)

    result = reply.json["result"]
    assert (list(result["result"]), list(result["result_error"])) == (["a"], ["b"])


@pytest.mark.parametrize("halt", [0, False, "0", "", None])
def test_without_halt_every_command_is_run(client: Client, halt: object) -> None:
    reply = client.batch({"a": "no.such", "b": "scope"}, halt=halt)

    assert list(reply.json["result"]["result"]) == ["b"]


def test_a_batch_may_come_as_a_form(client: Client) -> None:
    call = client.start()
    command_text = answer_to(call.event_token, Comment="50% & more ~ + #1", tags=["a", "b"])

    reply = client.form("batch", {"halt": 0, "cmd": {"a": command_text}})

    assert reply.json["result"]["result"] == {"a": True}
    assert client.applied(call) == {"Comment": "50% & more ~ + #1", "tags": ["a", "b"]}


@pytest.mark.parametrize(
    ("query", "applied"),
    [
        ("return_values[Comment]=a#b&return_values[days]=1", {"Comment": "a"}),
        ("return_values[Comment]=a%23b", {"Comment": "a#b"}),
        ("return_values[Comment]=a+b", {"Comment": "a b"}),
        ("return_values[Comment]=a%2Bb", {"Comment": "a+b"}),
        ("return_values[Comment]=a\nb", {"Comment": "a_b"}),
        ("return_values[Comment]=a%0Ab", {"Comment": "a\nb"}),
        ("return_values[Comment]=a~b%7E", {"Comment": "a~b~"}),
        ("return_values[tags][]=", {"tags": [""]}),
        ("return_values[days]=", {"days": ""}),
        ("return_values[Comment]=1%3A80%3Fa%3Db", {"Comment": "1:80?a=b"}),
        ("return_values[Comment]=x:80", {"Comment": "x:80"}),
    ],
)
def test_a_command_is_read_as_php_reads_it(
    client: Client, query: str, applied: dict[str, object]
) -> None:
    call = client.start()
    token = command("", {"event_token": call.event_token})[1:]

    reply = client.batch({"a": f"{SEND}?{token}&{query}"})

    assert reply.json["result"]["result"] == {"a": True}
    assert client.applied(call) == applied


@pytest.mark.parametrize(
    "text", ["m:1?x=2", "scope:80", "?a=1", "", "scope/", "scope.json", "#scope"]
)
def test_what_names_no_method_is_not_found(client: Client, text: str) -> None:
    reply = client.batch({"a": text})

    assert errors(reply.json["result"]["result_error"]) == {"a": "ERROR_METHOD_NOT_FOUND"}


@pytest.mark.parametrize("text", [None, 5, ["scope"], {"a": "scope"}])
def test_what_is_no_text_is_passed_over(client: Client, text: object) -> None:
    reply = client.batch({"a": text, "b": "Scope"})

    result = reply.json["result"]
    assert (list(result["result"]), result["result_error"]) == (["b"], [])


@pytest.mark.parametrize("cmd", [None, "scope", 5])
def test_no_commands_are_no_error(client: Client, cmd: object) -> None:
    assert client.batch(cmd).json["result"]["result"] == []


def test_a_command_has_a_thousand_variables(client: Client) -> None:
    tokens = [command("", {"event_token": client.start().event_token})[1:] for _ in range(2)]
    others = ["&".join(f"a{n}=1" for n in range(count)) for count in (999, 1000)]

    reply = client.batch(
        {"a": f"{SEND}?{others[0]}&{tokens[0]}", "b": f"{SEND}?{others[1]}&{tokens[1]}"}
    )

    assert list(reply.json["result"]["result"]) == ["a"]
    assert errors(reply.json["result"]["result_error"]) == {"b": "ACCESS_DENIED"}


def test_commands_run_with_the_credentials_of_the_batch(client: Client) -> None:
    reply = client.batch({"a": "profile?auth=wrong&access_token=wrong"})

    assert reply.json["result"]["result"]["a"]["ID"] == "1"


def test_a_batch_without_credentials_is_refused_as_a_whole(client: Client) -> None:
    client.token = ""

    assert client.batch(["scope"]).error == (401, "NO_AUTH_FOUND")


def test_a_webhook_may_send_a_batch(client: Client) -> None:
    reply = client.get(f"{client.webhook(7)}batch?cmd[a]=scope&cmd[b]=profile")

    assert reply.json["result"]["result"]["a"] == ["bizproc"]
    assert reply.json["result"]["result"]["b"]["ID"] == "7"


def test_pages_of_a_list_are_told_by_command(client: Client) -> None:
    for _ in range(51):
        client.start()

    result = client.batch({"a": "bizproc.workflow.instances"}).json["result"]

    assert (result["result_total"], result["result_next"]) == ({"a": 51}, {"a": 50})


def test_a_batch_counts_as_one_request() -> None:
    with served(portal(Clock()), plan=Plan(2, 0)) as client:
        statuses = [client.batch(["scope"] * 50).status for _ in range(3)]

    assert statuses == [200, 200, 503]


def test_the_limit_on_time_is_for_the_commands_and_not_for_the_batch(client: Client) -> None:
    operating = client.served.portal.operating
    operating.charge("batch", 1000)
    operating.charge("scope", 481)

    reply = client.batch({"a": "scope", "b": "profile"})

    result = reply.json["result"]
    assert errors(result["result_error"]) == {"a": "OPERATION_TIME_LIMIT"}
    assert list(result["result"]) == ["b"]
    assert result["result_time"]["b"]["operating"] == 0


def test_gone_workflows_are_told_by_command() -> None:
    with served_with(gone_answer=GoneAnswer.TEXT_CODE) as client:
        lives, gone, locked = (client.start() for _ in range(3))
        client.served.portal.engine.end(gone.workflow_id)
        client.served.portal.engine.lock(locked.workflow_id)

        result = client.batch([answer_to(c.event_token) for c in (lives, gone, locked)]).json[
            "result"
        ]

    assert result["result"] == [True]
    assert errors(result["result_error"]) == {"1": "404", "2": "423"}


def test_an_error_of_php_ends_the_batch_where_it_stands(client: Client) -> None:
    calls = [client.start(), client.start(course=Course.FAILS), client.start()]

    reply = client.batch([answer_to(call.event_token, days="1") for call in calls])

    assert reply.error == (500, "INTERNAL_SERVER_ERROR")
    assert [client.state(call) for call in calls] == ["ended", "executing", "waiting"]


@pytest.mark.parametrize(("fault", "executed"), [("reset_before", 2), ("reset_after", 3)])
def test_a_connection_breaks_in_the_middle_of_a_batch(
    client: Client, fault: str, executed: int
) -> None:
    calls = [client.start() for _ in range(5)]
    client.served.faults.add(fault, method=SEND, skip=2)

    with pytest.raises(ConnectionResetError):
        client.batch([answer_to(call.event_token) for call in calls])

    [exchange] = client.served.requests
    assert exchange.status == 0
    assert len(exchange.commands) == executed
    assert [client.state(call) for call in calls].count("ended") == executed


def test_one_command_meets_a_refusal(client: Client) -> None:
    calls = [client.start() for _ in range(3)]
    client.served.faults.add("locked", method=SEND, skip=1)

    result = client.batch([answer_to(call.event_token) for call in calls]).json["result"]

    assert errors(result["result_error"]) == {"1": "423"}
    assert [client.state(call) for call in calls] == ["ended", "waiting", "ended"]
    [exchange] = client.served.requests
    assert [done.fault for done in exchange.commands] == [None, "locked", None]


def test_faults_without_a_method_are_for_the_whole_batch(client: Client) -> None:
    client.served.faults.add("locked")
    client.served.faults.add("html_502", method=SEND)

    assert client.batch(["scope"]).error == (400, "423")
    assert client.batch([answer_to("abc")]).status == 200
    assert len(client.served.faults) == 1

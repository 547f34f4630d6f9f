"""`bizproc.workflow.instances`: whether a workflow lives, hangs or is gone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from simulated import Client, Clock, portal, served

from bxgui.simulator.engine import OutgoingCall
from bxgui.simulator.scenario import Course

METHOD = "bizproc.workflow.instances"
STARTED = "2026-09-21T17:13:21+03:00"


@pytest.fixture
def client() -> Iterator[Client]:
    with served(portal(Clock())) as ready:
        yield ready


def found(client: Client, call: OutgoingCall) -> list[object]:
    result: list[object] = client.call(METHOD, {"filter": {"ID": call.workflow_id}}).json["result"]
    return result


def test_a_workflow_that_lives(client: Client) -> None:
    client.start()
    call = client.start()

    assert found(client, call) == [
        {"ID": call.workflow_id, "MODIFIED": STARTED, "OWNED_UNTIL": None}
    ]


def test_a_workflow_that_hangs_was_owned_until_long_ago(client: Client) -> None:
    call = client.start(course=Course.FAILS)
    client.send(call)
    client.clock.advance(3000)

    assert found(client, call) == [
        {
            "ID": call.workflow_id,
            "MODIFIED": STARTED,
            "OWNED_UNTIL": "2026-09-21T17:18:21+03:00",
        }
    ]


def test_a_workflow_that_was_unlocked_is_owned_by_nobody(client: Client) -> None:
    call = client.start()
    client.served.portal.engine.lock(call.workflow_id)
    client.served.portal.engine.unlock(call.workflow_id)

    assert client.view(call).owned_until is None


def test_an_answer_modifies_a_workflow_that_goes_on(client: Client) -> None:
    call = client.start(course=Course.GOES_ON)
    client.clock.advance(60)
    client.send(call)

    assert found(client, call) == [
        {"ID": call.workflow_id, "MODIFIED": "2026-09-21T17:14:21+03:00", "OWNED_UNTIL": None}
    ]


@pytest.mark.parametrize("end", ["end", "delete"])
def test_a_workflow_that_is_gone(client: Client, end: str) -> None:
    call = client.start()
    getattr(client.served.portal.engine, end)(call.workflow_id)

    assert found(client, call) == []


def test_all_fields_and_the_older_name(client: Client) -> None:
    call = client.start()
    names = [
        *("ID", "MODIFIED", "OWNED_UNTIL", "MODULE_ID", "ENTITY", "DOCUMENT_ID"),
        *("STARTED", "STARTED_BY", "TEMPLATE_ID"),
    ]

    reply = client.call("bizproc.workflow.instance.list", {"SELECT": [*names, "NOTHING"]})

    assert reply.json["total"] == 1
    assert reply.json["result"] == [
        {
            "ID": call.workflow_id,
            "MODIFIED": STARTED,
            "OWNED_UNTIL": None,
            "MODULE_ID": "crm",
            "ENTITY": "CCrmDocumentDeal",
            "DOCUMENT_ID": "DEAL_42",
            "STARTED": STARTED,
            "STARTED_BY": "1",
            "TEMPLATE_ID": "1",
        }
    ]


@pytest.mark.parametrize(
    ("condition", "documents"),
    [
        ({}, ["c", "b", "a"]),
        ({"<STARTED": "2026-09-21T17:14:21+03:00"}, ["a"]),
        ({">=STARTED": "2026-09-21T14:14:21Z"}, ["c", "b"]),
        ({"!DOCUMENT_ID": "b"}, ["c", "a"]),
        ({"DOCUMENT_ID": ["a", "b"]}, ["b", "a"]),
        ({">STARTED_BY": 0, "NOTHING": "x", "%ID": "x"}, ["c", "b", "a"]),
        ({"STARTED": "soon"}, []),
        ({"<=STARTED_BY": "x"}, []),
    ],
)
def test_conditions(client: Client, condition: dict[str, object], documents: list[str]) -> None:
    for name in ("a", "b", "c"):
        client.start(document_id=("crm", "CCrmDocumentDeal", name))
        client.clock.advance(60)

    reply = client.call(METHOD, {"select": ["DOCUMENT_ID"], "filter": condition})

    assert [row["DOCUMENT_ID"] for row in reply.json["result"]] == documents


def test_order(client: Client) -> None:
    for name in ("b", "a", "c"):
        client.start(document_id=("crm", "CCrmDocumentDeal", name))

    reply = client.call(METHOD, {"select": ["DOCUMENT_ID"], "order": {"DOCUMENT_ID": "ASC"}})

    assert [row["DOCUMENT_ID"] for row in reply.json["result"]] == ["a", "b", "c"]


def test_fifty_to_a_page(client: Client) -> None:
    for _ in range(60):
        client.start()

    first = client.call(METHOD).json
    second = client.call(METHOD, {"start": first["next"]}).json

    assert (len(first["result"]), first["total"], first["next"]) == (50, 60, 50)
    assert (len(second["result"]), second["total"]) == (10, 60)
    assert "next" not in second
    assert len({row["ID"] for row in first["result"] + second["result"]}) == 60


def test_only_administrators_are_told(client: Client) -> None:
    employee, administrator = client.webhook(7), client.webhook(1)

    assert client.get(f"{administrator}{METHOD}").json["result"] == []
    assert client.get(f"{employee}{METHOD}").error == (403, "ACCESS_DENIED")

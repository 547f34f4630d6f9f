"""Calls as they reach a handler, byte for byte."""

from __future__ import annotations

import re
import socket

import pytest
from simulated import NOW, Clock, handler, payload, portal, rule, scenario, served

from bxgui.core import phpform
from bxgui.core.handler_call import EventToken, HandlerCall, recognise
from bxgui.simulator.catalogue import RULES, SCENARIOS, rule_for
from bxgui.simulator.engine import OutgoingCall
from bxgui.simulator.portal import Portal
from bxgui.simulator.scenario import Scenario


def started(of: Portal, *, with_tokens: bool = True) -> OutgoingCall:
    return of.engine.start(scenario(), with_tokens=with_tokens)


def unseeded() -> Portal:
    made = Portal(clock=Clock())
    made.rules.put(rule())
    return made


def names(body: bytes) -> list[bytes]:
    """Names of the variables, those of properties left out."""
    found = [pair.partition(b"=")[0] for pair in body.strip().split(b"&")]
    return [name for name in found if not name.startswith(b"properties")]


def test_the_body_is_what_php_writes() -> None:
    of = portal()
    of.move("http://127.0.0.1:8080")
    call = of.engine.start(scenario(properties={"subject": "Счёт № 5~ a&b=c/d+e%"}))
    auth = call.fields["auth"]
    assert isinstance(auth, dict)

    expected = (
        f"workflow_id={call.workflow_id}&code=ask"
        "&document_id%5B0%5D=crm&document_id%5B1%5D=CCrmDocumentDeal&document_id%5B2%5D=DEAL_42"
        "&document_type%5B0%5D=crm&document_type%5B1%5D=CCrmDocumentDeal&document_type%5B2%5D=DEAL"
        f"&event_token={call.event_token.replace('|', '%7C')}"
        "&properties%5Bsubject%5D=%D0%A1%D1%87%D1%91%D1%82+%E2%84%96+5%7E+a%26b%3Dc%2Fd%2Be%25"
        f"&use_subscription=Y&timeout_duration=0&ts={int(NOW)}"
        f"&auth%5Baccess_token%5D={auth['access_token']}&auth%5Bexpires%5D={int(NOW) + 3600}"
        "&auth%5Bexpires_in%5D=3600&auth%5Bscope%5D=crm%2Cbizproc"
        "&auth%5Bdomain%5D=127.0.0.1%3A8080"
        "&auth%5Bserver_endpoint%5D=https%3A%2F%2Foauth.example.org%2Frest%2F&auth%5Bstatus%5D=L"
        "&auth%5Bclient_endpoint%5D=http%3A%2F%2F127.0.0.1%3A8080%2Frest%2F"
        f"&auth%5Bmember_id%5D={of.member_id}&auth%5Buser_id%5D=1"
        f"&auth%5Brefresh_token%5D={auth['refresh_token']}"
        f"&auth%5Bapplication_token%5D={of.application_token}"
    )
    assert call.body == expected.encode("ascii")


@pytest.mark.parametrize(
    ("recording", "subscription", "with_tokens"),
    [
        ("01-deal-robot-minimal.form", "Y", True),
        ("13-deal-use-subscription-N.form", "N", True),
        ("20-dynamic-smart-process-multiple.form", "Y", True),
        ("09-deal-no-use-subscription-dates-bools.form", None, True),
        ("26-auth-without-user-tokens.form", "Y", False),
    ],
)
def test_fields_come_in_the_order_of_recordings(
    recording: str, subscription: str | None, with_tokens: bool
) -> None:
    of = portal()
    of.rules.put(rule(use_subscription=subscription))

    assert names(started(of, with_tokens=with_tokens).body) == names(payload(recording))


def test_a_rule_without_properties_sends_no_such_key() -> None:
    of = portal()
    of.rules.put(rule(properties={}))

    body = started(of).body

    assert b"properties" not in body
    assert names(body) == names(payload("25-no-properties-key.form"))


def test_every_registered_property_is_sent_and_no_other() -> None:
    of = portal()
    of.rules.put(rule(properties={"a": {}, "b": {}, "c": {}}))

    call = of.engine.start(scenario(properties={"b": ["x", ""], "d": "dropped"}))

    assert b"properties%5Ba%5D=&properties%5Bb%5D%5B0%5D=x&properties%5Bb%5D%5B1%5D=" in call.body
    assert b"dropped" not in call.body


def test_identifiers_have_the_shapes_of_a_portal() -> None:
    of = portal()
    call = started(of)

    assert re.fullmatch(r"[0-9a-f]{13}[0-9]\.[0-9]{8}", call.workflow_id)
    assert int(call.workflow_id[:8], 16) == int(NOW)
    assert re.fullmatch(
        re.escape(call.workflow_id) + r"\|A\d+_\d+_\d+_\d+\|[A-Za-z0-9]{32}\.[0-9a-f]{64}",
        call.event_token,
    )
    assert EventToken.parse(call.event_token).signed
    assert re.fullmatch(r"[0-9a-f]{32}", of.member_id)
    assert re.fullmatch(r"[0-9a-f]{32}", of.application_token)


def test_two_portals_have_nothing_in_common() -> None:
    first, second = started(unseeded()), started(unseeded())

    assert first.event_token != second.event_token
    assert first.workflow_id != second.workflow_id


def test_secrets_stay_out_of_representations() -> None:
    call = started(portal())

    assert call.event_token not in repr(call)
    assert str(call.fields["auth"]) not in repr(call)


def test_a_call_is_posted_as_the_queue_server_posts_it() -> None:
    with served() as client, handler() as hook:
        delivery = client.served.deliver(scenario(), hook.url)
        post = hook.next()

    assert delivery.status == 200
    assert post.path == "/h/in?key=1"
    assert post.body == delivery.call.body
    assert post.header("User-Agent") == "Bitrix24 Webhook Engine"
    assert post.header("Content-Type") == "application/x-www-form-urlencoded"
    assert post.fields["auth"]["client_endpoint"] == client.served.endpoint


@pytest.mark.parametrize("status", [404, 500, 503])
def test_a_call_comes_once_whatever_the_handler_answers(status: int) -> None:
    with served() as client, handler(status) as hook:
        delivery = client.served.deliver(scenario(), hook.url)
        hook.next()

        assert delivery.status == status
        assert hook.posts.empty()
        assert client.state(delivery.call) == "waiting"


def test_a_handler_that_is_not_there_is_noted() -> None:
    with socket.socket() as taken, served() as client:
        taken.bind(("127.0.0.1", 0))
        delivery = client.served.deliver(scenario(), f"http://127.0.0.1:{taken.getsockname()[1]}/")

        assert delivery.status is None
        assert delivery.failure.startswith("ConnectionRefusedError")
        assert client.served.deliveries == [delivery]


@pytest.mark.parametrize("url", ["", "hook.example.com", "ftp://127.0.0.1/", "http://127.0.0.1:x/"])
def test_what_is_no_url_is_noted(url: str) -> None:
    with served() as client:
        delivery = client.served.deliver(scenario(), url)

    assert delivery.status is None
    assert delivery.failure.startswith("ValueError")


def test_the_next_round_of_a_loop_is_posted_after_the_answer() -> None:
    with served() as client, handler() as hook:
        client.served.deliver(scenario(rounds=3), hook.url)
        tokens = []
        for day in range(3):
            fields = hook.next().fields
            tokens.append(fields["event_token"])
            reply = client.call(
                "bizproc.event.send",
                {"event_token": fields["event_token"], "return_values": {"days": day}},
            )
            assert reply.status == 200
        deliveries = client.served.wait_for_deliveries(3)
        workflow = client.served.portal.engine.workflow(fields["workflow_id"])

    assert len(set(tokens)) == 3
    assert {delivery.call.workflow_id for delivery in deliveries} == {workflow.id}
    assert (workflow.answers, workflow.state) == (3, "ended")
    assert hook.posts.empty()


@pytest.mark.parametrize("chosen", SCENARIOS, ids=lambda chosen: str(chosen.rule_code))
def test_scenarios_of_the_catalogue_are_calls_of_a_handler(chosen: Scenario) -> None:
    of = Portal()
    for known in RULES:
        of.rules.put(known)

    call = of.engine.start(chosen)

    found = recognise(phpform.decode(call.body), {})
    assert isinstance(found, HandlerCall)
    assert found.code == chosen.rule_code
    assert set(chosen.properties) <= set(rule_for(chosen.rule_code).properties)
    waits = rule_for(chosen.rule_code).waits
    assert of.engine.workflow(call.workflow_id).state == ("waiting" if waits else "running")


def test_calls_of_a_rule_are_told_by_its_code() -> None:
    with served() as client, handler() as hook:
        client.served.deliver("get_days", hook.url)
        fields = hook.next().fields
        with pytest.raises(KeyError):
            client.served.deliver("no_such_rule", hook.url)

    assert fields["timeout_duration"] == "60"
    assert fields["document_id"] == ["lists", "BizprocDocument", "99813"]

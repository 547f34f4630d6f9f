"""The official SDK as an independent client, over https."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme
from b24pysdk import Client as SdkClient
from b24pysdk.api.requesters.bitrix_oauth_requester import BitrixOAuthRequester
from b24pysdk.credentials import BitrixApp, BitrixToken, BitrixWebhook
from b24pysdk.errors import (
    BitrixAPIAccessDenied,
    BitrixAPIBadRequest,
    BitrixAPIInvalidToken,
    BitrixAPINotFound,
    BitrixAPIOverloadLimit,
    BitrixAPIPortalDeleted,
    BitrixAPIUnauthorized,
    BitrixResponse302JSONDecodeError,
)
from b24pysdk.errors.oauth import BitrixOAuthInvalidGrant
from simulated import Client, Clock, portal, rule, served

from bxgui.simulator.condition import Condition


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> Iterator[Client]:
    bundle = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(bundle))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(tls)
    with served(portal(clock), tls=tls) as ready:
        monkeypatch.setattr(BitrixOAuthRequester, "_OAUTH_TOKEN_URL", ready.served.oauth_url)
        yield ready


def token(client: Client, **changes: Any) -> Any:
    accounts = client.served.portal.accounts
    issued = accounts.issue()
    fields = {
        "domain": client.served.portal.domain,
        "auth_token": issued.access_token,
        "refresh_token": issued.refresh_token,
        "bitrix_app": BitrixApp(client_id=accounts.client_id, client_secret=accounts.client_secret),
    } | changes
    return BitrixToken(**fields)


def test_an_answer_is_accepted_and_applied(client: Client) -> None:
    call = client.start()
    bizproc = SdkClient(token(client)).bizproc

    response = bizproc.event.send(
        event_token=call.event_token,
        return_values={"Approved": "Y", "tags": ["срочно"], "nothing": 1},
        log_message="By the SDK",
    ).response

    assert response.result is True
    assert client.applied(call) == {"Approved": "Y", "tags": ["срочно"]}
    assert client.served.portal.engine.workflow(call.workflow_id).log == ("By the SDK",)


def test_a_log_message_is_written(client: Client) -> None:
    call = client.start()

    response = (
        SdkClient(token(client))
        .bizproc.activity.log(event_token=call.event_token, log_message="Looking into it")
        .response
    )

    assert response.result is True
    assert client.state(call) == "waiting"
    assert client.served.portal.engine.workflow(call.workflow_id).log == ("Looking into it",)


def test_errors_have_the_classes_of_the_sdk(client: Client) -> None:
    call = client.start()
    send = SdkClient(token(client)).bizproc.event.send
    foreign = SdkClient(token(client, auth_token="0" * 70)).bizproc.event.send

    with pytest.raises(BitrixAPIAccessDenied):
        _ = send(event_token="abc", return_values={}).response
    with pytest.raises(BitrixAPIInvalidToken):
        _ = foreign(event_token=call.event_token, return_values={}).response
    client.served.portal.engine.end(call.workflow_id)
    with pytest.raises(BitrixAPIBadRequest) as gone:
        _ = send(event_token=call.event_token, return_values={}).response
    assert gone.value.json_response["error"] == "404"
    with pytest.raises(BitrixAPINotFound):
        _ = token(client).call_method("no.such.method")


def test_an_expired_token_is_renewed_at_the_oauth_server(client: Client, clock: Clock) -> None:
    call = client.start()
    credentials = token(client)
    before = credentials.auth_token
    clock.advance(3600)

    response = (
        SdkClient(credentials)
        .bizproc.event.send(event_token=call.event_token, return_values={"days": 5})
        .response
    )

    assert response.result is True
    assert client.applied(call) == {"days": 5}
    assert credentials.auth_token != before
    methods = [(exchange.method, exchange.error) for exchange in client.served.requests]
    assert methods == [
        ("bizproc.event.send", "expired_token"),
        ("oauth.token", ""),
        ("bizproc.event.send", ""),
    ]


def test_a_code_gives_the_first_tokens(client: Client) -> None:
    accounts = client.served.portal.accounts
    app = BitrixApp(client_id=accounts.client_id, client_secret=accounts.client_secret)

    renewed = app.get_oauth_token(accounts.issue_code())

    assert renewed.member_id == client.served.portal.member_id
    assert renewed.client_endpoint == client.served.endpoint
    given = token(client, auth_token=renewed.oauth_token.access_token)
    assert SdkClient(given).profile().response.result["ADMIN"] is True
    with pytest.raises(BitrixOAuthInvalidGrant):
        app.get_oauth_token("wrong")


def test_a_bad_refresh_token_is_an_invalid_grant(client: Client, clock: Clock) -> None:
    credentials = token(client, refresh_token="wrong")
    clock.advance(3600)

    with pytest.raises(BitrixOAuthInvalidGrant):
        _ = SdkClient(credentials).bizproc.robot.list().response


def test_rules_are_registered_and_listed(client: Client) -> None:
    robots = SdkClient(token(client)).bizproc.robot

    added = robots.add(
        code="by_sdk",
        handler="https://hook.example.com/h",
        name="By the SDK",
        use_subscription=True,
        return_properties={"days": {"Name": "Days", "Type": "int"}},
    ).response
    listed = robots.list().response

    assert added.result is True
    assert "by_sdk" in listed.result
    assert client.served.portal.rules["by_sdk"].waits
    assert robots.delete(code="by_sdk").response.result is True


def test_an_incoming_webhook_over_https(client: Client) -> None:
    client.served.portal.rules.put(rule())
    call = client.start()
    code = client.served.portal.accounts.add_webhook()
    webhook = BitrixWebhook(domain=client.served.portal.domain, webhook_token=f"1/{code}")

    response = (
        SdkClient(webhook)
        .bizproc.event.send(event_token=call.event_token, return_values={"days": 2})
        .response
    )

    assert response.result is True
    assert client.applied(call) == {"days": 2}


def test_a_batch_answers_many_tokens(client: Client) -> None:
    calls = [client.start() for _ in range(3)]
    gone = client.start()
    client.served.portal.engine.end(gone.workflow_id)
    values = {"Approved": "Y", "Comment": "50% & more ~ + #1, срочно", "tags": ["a", "b"]}
    methods = {
        call.workflow_id: (
            "bizproc.event.send",
            {"event_token": call.event_token, "return_values": values},
        )
        for call in [*calls, gone]
    }

    response = token(client).call_batch(methods)

    [exchange] = client.served.requests
    assert response["result"]["result"] == {call.workflow_id: True for call in calls}
    assert response["result"]["result_error"][gone.workflow_id]["error"] == "404"
    assert [client.applied(call) for call in calls] == [values] * 3
    assert (exchange.method, len(exchange.commands)) == ("batch", 4)


def test_a_batch_of_a_sequence_is_numbered(client: Client) -> None:
    sdk = SdkClient(token(client))

    response = sdk.call_batch([sdk.profile(), sdk.profile()]).response

    assert [profile["ID"] for profile in response.result.result] == ["1", "1"]
    assert response.result.result_error == []


def test_a_batch_renews_an_expired_token_once(client: Client, clock: Clock) -> None:
    credentials = token(client)
    clock.advance(3600)

    response = credentials.call_batch({"a": ("scope", {}), "b": ("no.such", {})})

    assert response["result"]["result"] == {"a": ["bizproc", "crm"]}
    methods = [(exchange.method, exchange.error) for exchange in client.served.requests]
    assert methods == [("batch", "expired_token"), ("oauth.token", ""), ("batch", "")]


def test_more_commands_than_a_batch_holds_are_split(client: Client) -> None:
    calls = [client.start() for _ in range(120)]
    methods = [("bizproc.event.send", {"event_token": call.event_token}) for call in calls]

    response = token(client).call_batches(methods)

    assert list(response["result"]["result"].values()) == [True] * 120
    assert [exchange.method for exchange in client.served.requests] == ["batch"] * 3
    assert {client.state(call) for call in calls} == {"ended"}


def test_a_webhook_sends_a_batch(client: Client) -> None:
    code = client.served.portal.accounts.add_webhook(7, ("bizproc", "user"))
    webhook = BitrixWebhook(domain=client.served.portal.domain, webhook_token=f"7/{code}")

    response = webhook.call_batch({"me": ("user.current", {}), "may": ("scope", {})})

    assert response["result"]["result"]["me"]["ID"] == "7"
    assert response["result"]["result"]["may"] == ["bizproc", "user"]


def test_a_webhook_lists_workflows(client: Client) -> None:
    call = client.start()
    code = client.served.portal.accounts.add_webhook()
    webhook = BitrixWebhook(domain=client.served.portal.domain, webhook_token=f"1/{code}")

    response = (
        SdkClient(webhook)
        .bizproc.workflow.instances(select=["ID"], filter={"ID": call.workflow_id})
        .response
    )

    assert response.result == [{"ID": call.workflow_id}]
    assert response.total == 1


def test_a_renamed_portal_is_told_with_its_new_address(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The SDK would go on without the port, so it is only asked where."""
    credentials = token(client)
    client.served.rename()
    monkeypatch.setattr(BitrixToken, "_AUTO_CHANGED_DOMAIN", False)

    with pytest.raises(BitrixResponse302JSONDecodeError) as moved:
        credentials.call_method("profile")

    assert moved.value.redirect_url == f"{client.served.endpoint}profile.json"
    assert moved.value.new_domain == "localhost"
    credentials.domain = client.served.portal.domain
    assert credentials.call_method("profile")["result"]["ID"] == "1"


@pytest.mark.parametrize(
    ("condition", "failure"),
    [
        (Condition.CLOSED, BitrixAPIPortalDeleted),
        (Condition.FREE_PLAN, BitrixAPIAccessDenied),
        (Condition.OVERLOADED, BitrixAPIOverloadLimit),
        (Condition.SUBSCRIPTION_ENDED, BitrixAPIUnauthorized),
        (Condition.OAUTH_UNREACHABLE, BitrixAPIUnauthorized),
    ],
)
def test_conditions_of_a_portal_have_classes_of_the_sdk(
    client: Client, condition: Condition, failure: type[Exception]
) -> None:
    client.served.portal.condition = condition

    with pytest.raises(failure):
        token(client).call_method("profile")

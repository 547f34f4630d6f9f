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
)
from b24pysdk.errors.oauth import BitrixOAuthInvalidGrant
from simulated import Client, Clock, portal, rule, served


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
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
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

from __future__ import annotations

import json
from typing import Any

import pytest
from factories import (
    ACCESS_TOKEN,
    APPLICATION_TOKEN,
    EVENT_TOKEN,
    MEMBER_ID,
    PAYLOADS,
    REFRESH_TOKEN,
    SENT_AT,
    SIGNATURE,
    WORKFLOW_ID,
    auth,
    handler_body,
)

from bxgui.core.handler_call import (
    AppEvent,
    AppOpening,
    Auth,
    EventToken,
    HandlerCall,
    NotForUs,
    Recognised,
    recognise,
)
from bxgui.core.phpform import decode

CALLS = sorted(
    path.stem
    for path in PAYLOADS.glob("*.json")
    if "event_token" in json.loads(path.read_text("utf-8"))
)


def recorded(name: str) -> Recognised:
    query = PAYLOADS / f"{name}.query"
    return recognise(
        decode((PAYLOADS / f"{name}.form").read_bytes()),
        decode(query.read_bytes() if query.exists() else b""),
    )


def recorded_fields(name: str) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads((PAYLOADS / f"{name}.json").read_text("utf-8"))
    return fields


def call(**changes: object) -> HandlerCall:
    recognised = recognise(decode(handler_body(**changes)), {})
    assert isinstance(recognised, HandlerCall)
    return recognised


def kind_of(body: bytes, query: bytes = b"") -> Recognised:
    return recognise(decode(body), decode(query))


@pytest.mark.parametrize("name", CALLS)
def test_a_recorded_call_says_what_its_fields_say(name: str) -> None:
    fields, recognised = recorded_fields(name), recorded(name)

    assert isinstance(recognised, HandlerCall)
    assert recognised.event_token.text == fields["event_token"]
    assert recognised.workflow_id == fields["workflow_id"]
    assert recognised.code == fields["code"]
    assert list(recognised.document_id) == fields["document_id"]
    assert list(recognised.document_type) == fields.get("document_type", [])
    assert recognised.properties == (fields.get("properties") or {})
    assert recognised.use_subscription == fields.get("use_subscription")
    assert recognised.waits == (fields.get("use_subscription") == "Y")
    assert str(recognised.timeout_seconds) == fields.get("timeout_duration", "0")
    assert recognised.sent_at == (int(fields["ts"]) if "ts" in fields else None)
    for key, value in fields["auth"].items():
        assert str(getattr(recognised.auth, key)) == value


def test_there_are_recorded_calls() -> None:
    assert len(CALLS) > 10


@pytest.mark.parametrize(
    ("name", "event"),
    [
        ("40-event-onappinstall-2020", "ONAPPINSTALL"),
        ("42-event-onappuninstall", "ONAPPUNINSTALL"),
        ("43-event-onapptest", "ONAPPTEST"),
    ],
)
def test_a_recorded_event_of_the_application(name: str, event: str) -> None:
    fields, recognised = recorded_fields(name), recorded(name)

    assert isinstance(recognised, AppEvent)
    assert recognised.event == event
    assert recognised.data == fields["data"]
    assert recognised.auth.application_token == fields["auth"]["application_token"]
    assert recognised.auth.access_token == fields["auth"].get("access_token", "")


@pytest.mark.parametrize(
    ("name", "placement"),
    [
        ("47-install-post-placement-default", "DEFAULT"),
        ("49-placement-robot-settings", "BIZPROC_AUTOMATION_DESIGNER"),
    ],
)
def test_a_recorded_opening_of_the_application(name: str, placement: str) -> None:
    fields, recognised = recorded_fields(name), recorded(name)

    assert isinstance(recognised, AppOpening)
    assert recognised.placement == placement
    assert recognised.options == fields["PLACEMENT_OPTIONS"]
    assert recognised.auth == Auth(
        access_token=fields["AUTH_ID"],
        refresh_token=fields["REFRESH_ID"],
        expires_in=3600,
        domain="b24-39jz7m.bitrix24.com",
        member_id=fields["member_id"],
        status="L",
    )


def test_the_built_in_webhook_robot_is_not_for_us() -> None:
    recognised = recorded("18-native-webhook-robot-near-miss")

    assert isinstance(recognised, NotForUs)
    assert recognised.reason == "built_in_webhook"
    assert recognised.auth.host == "b24-3dbdm9.bitrix24.by"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"&&", "empty"),
        (b"event_token=", "empty_event_token"),
        (b"event_token[]=x", "empty_event_token"),
        (b"document_id[]=x&auth[domain]=y", "built_in_webhook"),
        (b"document_id[]=x", "unknown_shape"),
        (b"auth[domain]=y", "unknown_shape"),
        (b"event=&a=b", "unknown_shape"),
        (b"event[]=ONAPPINSTALL", "unknown_shape"),
        (b"EVENT_TOKEN=x", "unknown_shape"),
    ],
)
def test_what_is_not_for_us_says_why(body: bytes, reason: str) -> None:
    recognised = kind_of(body)

    assert isinstance(recognised, NotForUs)
    assert recognised.reason == reason


def test_what_is_not_for_us_still_says_where_it_comes_from() -> None:
    recognised = kind_of(b"a=b&auth[domain]=portal.example.org&auth[member_id]=m")

    assert recognised.auth == Auth(domain="portal.example.org", member_id="m")


def test_a_whole_call() -> None:
    assert call() == HandlerCall(
        event_token=EventToken(EVENT_TOKEN, WORKFLOW_ID, "A1_2", signed=True),
        workflow_id=WORKFLOW_ID,
        code="approve_invoice",
        document_id=("crm", "CCrmDocumentDeal", "DEAL_42"),
        document_type=("crm", "CCrmDocumentDeal", "DEAL"),
        properties={"amount": "125000.50|RUB"},
        use_subscription="Y",
        timeout_seconds=0,
        sent_at=SENT_AT,
        auth=Auth(
            access_token=ACCESS_TOKEN,
            refresh_token=REFRESH_TOKEN,
            application_token=APPLICATION_TOKEN,
            expires=SENT_AT + 3600,
            expires_in=3600,
            scope="crm,bizproc",
            domain="portal.example.org",
            client_endpoint="https://portal.example.org/rest/",
            server_endpoint="https://oauth.bitrix.info/rest/",
            member_id=MEMBER_ID,
            user_id="4",
            status="L",
        ),
    )


def test_a_token_alone_is_a_call() -> None:
    recognised = kind_of(b"event_token=x")

    assert recognised == HandlerCall(
        event_token=EventToken("x", "", "", signed=False),
        workflow_id="",
        code="",
        document_id=(),
        document_type=(),
        properties={},
        use_subscription=None,
        timeout_seconds=0,
        sent_at=None,
        auth=Auth(),
    )


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"event_token=x&event=ONAPPTEST&AUTH_ID=y", HandlerCall),
        (b"event=ONAPPTEST&AUTH_ID=y", AppEvent),
        (b"AUTH_ID=", AppOpening),
        (b"PLACEMENT=", AppOpening),
    ],
)
def test_the_first_sign_decides(body: bytes, kind: type) -> None:
    assert isinstance(kind_of(body), kind)


@pytest.mark.parametrize(
    ("use_subscription", "waits"), [("Y", True), ("N", False), ("y", False), ("1", False)]
)
def test_only_a_capital_y_makes_the_workflow_wait(use_subscription: str, waits: bool) -> None:
    assert call(use_subscription=use_subscription).waits is waits


def test_a_call_without_use_subscription_does_not_wait() -> None:
    recognised = call(use_subscription=None)

    assert recognised.use_subscription is None
    assert not recognised.waits


def test_use_subscription_that_is_no_text_is_none() -> None:
    assert call(use_subscription=["Y"]).use_subscription is None


@pytest.mark.parametrize(
    ("properties", "read"),
    [
        pytest.param(None, {}, id="absent"),
        pytest.param({}, {}, id="empty"),
        pytest.param("x", {}, id="a_text"),
        pytest.param({"a": "x", "b": ["y", "z"]}, {"a": "x", "b": ["y", "z"]}, id="with_a_list"),
        pytest.param({"a": {"1": "y"}}, {"a": {"1": "y"}}, id="with_a_gap"),
        pytest.param({"0": "x", "1": "y"}, {"0": "x", "1": "y"}, id="named_by_numbers"),
    ],
)
def test_properties_are_a_map(properties: object, read: dict[str, Any]) -> None:
    assert call(properties=properties).properties == read


def test_a_workflow_id_that_was_not_sent_is_read_from_the_token() -> None:
    assert call(workflow_id=None).workflow_id == WORKFLOW_ID
    assert call(workflow_id="other").workflow_id == "other"


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (None, ()),
        ([], ()),
        ("DEAL_1", ("DEAL_1",)),
        ("", ("",)),
        (["crm", "", "DEAL_1"], ("crm", "", "DEAL_1")),
        ({"1": "crm", "2": ["x"]}, ("crm", "")),
    ],
)
def test_a_document_is_as_many_texts_as_were_sent(sent: object, read: tuple[str, ...]) -> None:
    recognised = call(document_id=sent, document_type=sent)

    assert recognised.document_id == recognised.document_type == read


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("1790000001", 1790000001),
        (" 7 ", 7),
        ("0", 0),
        ("9" * 15, 10**15 - 1),
        ("1" * 16, None),
        ("", None),
        ("-1", None),
        ("1.5", None),
        ("0x10", None),
        ("١", None),
        (["1"], None),
    ],
)
def test_numbers_are_digits_only(sent: object, read: int | None) -> None:
    recognised = call(ts=sent, timeout_duration=sent, auth=auth(expires=sent, expires_in=sent))

    assert recognised.sent_at == read
    assert recognised.timeout_seconds == (read or 0)
    assert (recognised.auth.expires, recognised.auth.expires_in) == (read, read)


@pytest.mark.parametrize("block", [None, "text", ["x"], {}])
def test_a_call_may_have_no_authorization(block: object) -> None:
    assert call(auth=block).auth == Auth()


def test_a_call_may_have_no_tokens_of_a_user() -> None:
    recognised = call(auth=auth(access_token=None, refresh_token=None, expires=None))

    assert recognised.auth.access_token == recognised.auth.refresh_token == ""
    assert recognised.auth.expires is None
    assert recognised.auth.application_token == APPLICATION_TOKEN


def test_the_name_of_an_event_is_in_capitals() -> None:
    recognised = kind_of(b"event=OnAppInstall&data[VERSION]=1&data[x][]=y&auth[status]=L")

    assert recognised == AppEvent("ONAPPINSTALL", {"VERSION": "1", "x": ["y"]}, Auth(status="L"))


def test_an_opening_names_its_portal_in_the_query() -> None:
    fields = b"AUTH_ID=x&DOMAIN=in-the-body.example.org"

    assert kind_of(fields, b"DOMAIN=portal.example.org").auth.host == "portal.example.org"
    assert kind_of(fields).auth.host == "in-the-body.example.org"


def test_an_opening_may_carry_more_than_the_recorded_ones() -> None:
    recognised = kind_of(
        b"AUTH_ID=a&APPLICATION_TOKEN=t&APPLICATION_SCOPE=crm&SERVER_ENDPOINT=https://o/rest/"
    )

    assert recognised == AppOpening(
        "",
        "",
        Auth(
            access_token="a",
            application_token="t",
            scope="crm",
            server_endpoint="https://o/rest/",
        ),
    )


@pytest.mark.parametrize(
    ("text", "workflow_id", "activity_name", "signed"),
    [
        (EVENT_TOKEN, WORKFLOW_ID, "A1_2", True),
        (f"w|A46952_54845_71166_96628|abc.{SIGNATURE}", "w", "A46952_54845_71166_96628", True),
        (f"w|A1|abc.{SIGNATURE}", "w", "A1", True),
        ("w|A1|abc", "w", "A1", False),
        ("w|A1|abc.", "", "", False),
        (f"w|A1|abc.{SIGNATURE[1:]}", "", "", False),
        (f"w|A1|abc.{SIGNATURE}0", "", "", False),
        (f"w|A1|abc.{SIGNATURE}\n", "", "", False),
        (f"w|A1|abc.{SIGNATURE.upper()}", "", "", False),
        (f"|A1|abc.{SIGNATURE}", "", "", False),
        (f"w|B1|abc.{SIGNATURE}", "", "", False),
        (f"w|A1_|abc.{SIGNATURE}", "", "", False),
        (f"w|A1||abc.{SIGNATURE}", "", "", False),
        ("anything", "", "", False),
    ],
)
def test_the_parts_of_an_event_token(
    text: str, workflow_id: str, activity_name: str, signed: bool
) -> None:
    token = EventToken.parse(text)

    assert (token.workflow_id, token.activity_name, token.signed) == (
        workflow_id,
        activity_name,
        signed,
    )
    assert token.text == text


@pytest.mark.parametrize(
    ("block", "endpoint", "host"),
    [
        (Auth(), "", ""),
        (Auth(domain="a.ru"), "https://a.ru/rest/", "a.ru"),
        (Auth(client_endpoint="https://a.ru/rest/"), "https://a.ru/rest/", "a.ru"),
        (Auth(client_endpoint="https://a.ru/rest"), "https://a.ru/rest/", "a.ru"),
        (Auth(client_endpoint="https://a.ru/rest//"), "https://a.ru/rest/", "a.ru"),
        (Auth(client_endpoint="https://a.ru/rest/", domain="oauth.bitrix.info"),
         "https://a.ru/rest/", "a.ru"),
        (Auth(client_endpoint="http://127.0.0.1:8080/rest/"), "http://127.0.0.1:8080/rest/",
         "127.0.0.1:8080"),
    ],
)  # fmt: skip
def test_the_address_of_a_portal(block: Auth, endpoint: str, host: str) -> None:
    assert (block.endpoint, block.host) == (endpoint, host)


@pytest.mark.parametrize(
    ("block", "key"),
    [
        (Auth(member_id="m", domain="a.ru"), "m"),
        (Auth(domain="a.ru"), "host:a.ru"),
        (Auth(client_endpoint="https://a.ru:8443/rest/"), "host:a.ru:8443"),
        (Auth(), ""),
        (Auth(client_endpoint="nonsense"), ""),
    ],
)
def test_a_portal_is_known_by_its_member_id_or_else_its_host(block: Auth, key: str) -> None:
    assert block.portal_key == key

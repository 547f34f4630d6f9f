from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from posts import FORM, NAMES, NOW, Post, recorded, recorded_fields, secrets_in

from bxgui.core.deadlines import TokenState
from bxgui.core.handler_call import HandlerCall
from bxgui.core.life_cycle import LifeCycle
from bxgui.core.phpform import BodyRefused
from bxgui.core.records import Arrival, CallKind
from bxgui.core.redact import digest
from bxgui.services.intake import prepare, recognise_arrival, reopen
from bxgui.services.store.calls import SealedCall
from bxgui.services.store.recording import PreparedCall
from bxgui.services.vault import SecretsLocked, StoreKey, new_key


def sealed(call: PreparedCall) -> SealedCall:
    return SealedCall(
        call.kind,
        call.body,
        call.query,
        call.content_type,
        call.sealed,
        call.key_id,
        call.arrived_at,
    )


@pytest.mark.parametrize("name", NAMES)
def test_payload_is_put_together_again_byte_for_byte(name: str, key: StoreKey) -> None:
    body, query = recorded(name)
    arrival = Arrival(NOW, body, FORM, query)

    prepared = prepare(arrival, key)

    assert reopen(sealed(prepared), key) == arrival
    shown = repr(replace(prepared, sealed=None)).encode()
    assert not [secret for secret in secrets_in(body, query) if secret in shown]


@pytest.mark.parametrize("name", NAMES)
def test_kind_follows_from_the_fields(name: str, key: StoreKey) -> None:
    body, query = recorded(name)
    fields = recorded_fields(name)

    prepared = prepare(Arrival(NOW, body, FORM, query), key)

    expected = CallKind.OTHER
    if "event_token" in fields:
        expected = CallKind.TOKEN
    elif "event" in fields:
        expected = CallKind.EVENT
    elif "PLACEMENT" in fields:
        expected = CallKind.OPENING
    assert prepared.kind is expected
    if expected is CallKind.TOKEN:
        waits = fields.get("use_subscription") == "Y"
        assert prepared.state is (TokenState.WAITING if waits else TokenState.NOT_WAITING)
        assert prepared.token_digest == digest(str(fields["event_token"]))
        assert prepared.rule == fields["code"]


@pytest.mark.parametrize(
    ("name", "event"),
    [
        ("40-event-onappinstall-2020", LifeCycle.INSTALL),
        ("42-event-onappuninstall", LifeCycle.UNINSTALL),
        ("43-event-onapptest", LifeCycle.NONE),
        ("47-install-post-placement-default", LifeCycle.OPENING),
        ("01-deal-robot-minimal", LifeCycle.NONE),
        ("18-native-webhook-robot-near-miss", LifeCycle.NONE),
    ],
)
def test_portal_is_told_what_became_of_the_application(
    name: str, event: LifeCycle, key: StoreKey
) -> None:
    body, query = recorded(name)

    assert prepare(Arrival(NOW, body, FORM, query), key).sighting.event is event


@pytest.mark.parametrize(
    "body",
    [
        b"event_token=abc%FF%00def&code=%C3%28&auth[access_token]=\xff\xfe\x00secret",
        b"\xff=\xff&event_token=\xfe",
        b"event_token=a%zz&event_token=%7C&&&=&x",
        b"",
        b"&",
        "event_token=токен&code=правило".encode("cp1251"),
    ],
)
def test_bytes_that_are_not_utf8_survive(body: bytes, key: StoreKey) -> None:
    prepared = prepare(Arrival(NOW, body, FORM), key)

    assert reopen(sealed(prepared), key).body == body
    for text in (prepared.rule, prepared.token_short, prepared.search_text):
        text.encode("utf-8")
        assert "\0" not in text


def test_header_bytes_that_are_no_text_are_replaced(key: StoreKey) -> None:
    arrival = Arrival(NOW, b"a=1", "application/x-www-form-urlencoded; \0", headers=(("x", "a\0"),))

    prepared = prepare(arrival, key)

    assert prepared.headers == (("x", "a\ufffd"),)
    assert prepared.content_type == "application/x-www-form-urlencoded; \ufffd"


def test_secrets_of_the_query_are_cut_and_come_back(key: StoreKey) -> None:
    query = b"DOMAIN=portal.example.org&APP_SID=0123456789abcdef0123&auth[refresh_token]=r%20r"

    prepared = prepare(Arrival(NOW, b"PLACEMENT=DEFAULT", FORM, query), key)

    assert prepared.query == b"DOMAIN=portal.example.org&APP_SID=***&auth[refresh_token]=***"
    assert reopen(sealed(prepared), key).query == query


def test_json_is_taken_too(key: StoreKey) -> None:
    document = {
        "event_token": Post().token,
        "code": "json_rule",
        "use_subscription": "Y",
        "auth": {"access_token": "a/b-secret-of-length", "member_id": "m"},
    }
    body = json.dumps(document).replace("/", "\\/").encode()

    prepared = prepare(Arrival(NOW, body, "application/json; charset=utf-8"), key)

    assert prepared.kind is CallKind.TOKEN
    assert prepared.rule == "json_rule"
    assert b"secret-of-length" not in prepared.body
    assert Post().token.encode() not in prepared.body
    assert reopen(sealed(prepared), key).body == body


@pytest.mark.parametrize(
    "token", [b'"\\u0061bcdefghijklmnop"', b"12345678901234567890", b'["abcdefghijklmnop"]']
)
def test_json_secret_is_cut_however_it_is_written(key: StoreKey, token: bytes) -> None:
    body = b'{"event_token": "x|A1|y", "auth": {"access_token": %s}, "code": "x"}' % token

    prepared = prepare(Arrival(NOW, body, "application/json"), key)

    assert prepared.kind is CallKind.TOKEN
    assert prepared.rule == "x"
    assert b"bcdefghij" not in prepared.body
    assert b"234567890" not in prepared.body
    assert "bcdefghij" not in prepared.search_text
    assert "234567890" not in prepared.search_text
    assert reopen(sealed(prepared), key).body == body


def test_post_without_secrets_needs_no_key(key: StoreKey) -> None:
    prepared = prepare(Arrival(NOW, b"a=1", FORM, b"b=2"), key)

    assert prepared.sealed is None
    assert prepared.key_id is None
    assert reopen(sealed(prepared), None) == Arrival(NOW, b"a=1", FORM, b"b=2")


def test_without_its_key_a_call_stays_closed(key: StoreKey) -> None:
    prepared = prepare(Post().arrival(), key)

    for wrong in (None, new_key("")):
        with pytest.raises(SecretsLocked):
            reopen(sealed(prepared), wrong)


@pytest.mark.parametrize("part", ["body", "query"])
def test_secrets_do_not_open_in_another_body(key: StoreKey, part: str) -> None:
    call = sealed(prepare(Arrival(NOW, Post().body, FORM, b"APP_SID=0123456789"), key))
    spoilt = {part: getattr(call, part) + b"&x=1"}

    with pytest.raises(SecretsLocked):
        reopen(replace(call, **spoilt), key)


def test_secrets_of_one_call_do_not_open_in_another(key: StoreKey) -> None:
    one = sealed(prepare(Post(number=1).arrival(), key))
    other = sealed(prepare(Post(number=2, document="DEAL_7").arrival(), key))

    with pytest.raises(SecretsLocked):
        reopen(replace(one, sealed=other.sealed), key)


@pytest.mark.parametrize(
    ("body", "media_type", "code"),
    [
        (b"<a/>", "text/xml", "media_type"),
        (b"{", "application/json", "json"),
        (b"a" + b"[x]" * 17, FORM, "too_deep"),
    ],
)
def test_what_cannot_be_decoded_is_refused(
    body: bytes, media_type: str, code: str, key: StoreKey
) -> None:
    with pytest.raises(BodyRefused) as caught:
        prepare(Arrival(NOW, body, media_type), key)

    assert caught.value.code == code


def test_reopened_call_is_recognised_with_its_secrets(key: StoreKey) -> None:
    post = Post(properties={"Amount": "7"})

    call = recognise_arrival(reopen(sealed(prepare(post.arrival(), key)), key))

    assert isinstance(call, HandlerCall)
    assert call.event_token.text == post.token
    assert call.auth.access_token == post.access_token
    assert call.properties == {"Amount": "7"}


def test_deadline_and_access_are_counted_from_what_the_call_says(key: StoreKey) -> None:
    prepared = prepare(Post(timeout=90).arrival(NOW + timedelta(seconds=3)), key)

    assert prepared.deadline == NOW + timedelta(seconds=93)
    assert prepared.access_expires_at == NOW + timedelta(hours=1)

from __future__ import annotations

import hashlib
import json
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from factories import (
    ACCESS_TOKEN,
    APPLICATION_TOKEN,
    EVENT_TOKEN,
    PAYLOADS,
    REFRESH_TOKEN,
    auth,
    handler_body,
    handler_fields,
)
from hypothesis import given
from hypothesis import strategies as st

from bxgui.core import phpform
from bxgui.core.redact import (
    MASK,
    Cut,
    CutBody,
    cut_form,
    cut_json,
    digest,
    fingerprint,
    is_secret,
    masked_headers,
    restore,
    short_token,
)

SECRET_NAMES = {
    *("access_token", "app_sid", "application_token", "auth_id"),
    *("client_secret", "event_token", "refresh_id", "refresh_token"),
}
SECRETS = (EVENT_TOKEN, ACCESS_TOKEN, REFRESH_TOKEN, APPLICATION_TOKEN)
RECORDED = sorted(path.name for path in PAYLOADS.iterdir() if path.suffix in {".form", ".query"})

names = st.sampled_from([*sorted(SECRET_NAMES), "auth", "code", "properties", "ACCESS_TOKEN", "x"])
tokens = st.text("0123456789abcdef|_.Ж/\"\\'é\n", min_size=16, max_size=40)
texts = st.one_of(st.text(), tokens, tokens.map(lambda token: f"see {token}, please"))
documents = st.recursive(
    texts | st.booleans() | st.none() | st.integers(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=6),
    max_leaves=20,
)


def secrets_of(value: object, secret: bool = False) -> set[str]:
    """The texts and numbers inside secret fields of a document."""
    if isinstance(value, dict):
        found = [secrets_of(v, secret or k.lower() in SECRET_NAMES) for k, v in value.items()]
        return set().union(*found)
    if isinstance(value, list):
        return set().union(*(secrets_of(inner, secret) for inner in value))
    if not secret or value is None or isinstance(value, bool) or value == "":
        return set()
    return {str(value)}


def texts_of(value: object) -> set[str]:
    """Every name and text of a document."""
    if isinstance(value, dict):
        return set(value).union(*(texts_of(inner) for inner in value.values()))
    if isinstance(value, list):
        return set().union(*(texts_of(inner) for inner in value))
    return {value} if isinstance(value, str) else set()


def with_escapes(text: str) -> str:
    """A JSON text with every character escaped."""
    units = text.encode("utf-16-be").hex()
    return '"' + "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4)) + '"'


def with_numbers_quoted(cut: CutBody) -> bytes:
    """Masked JSON in which the place of a number can be read as well."""
    masked = cut.masked
    for offset in reversed([cut.offset for cut in cut.cuts]):
        if masked[offset - 1 : offset] != b'"':
            masked = masked[:offset] + b'"***"' + masked[offset + 3 :]
    return masked


def secret_values(body: bytes) -> set[str]:
    """The values that a form has under the names of secrets."""
    form = phpform.parse(body)
    return {
        text
        for steps, text in zip(form.shape.steps, form.texts, strict=True)
        if {"event_token", "access_token"} & set(steps)
    }


@pytest.mark.parametrize("file", RECORDED)
def test_a_recorded_body_is_masked_and_restored(file: str) -> None:
    body = (PAYLOADS / file).read_bytes()
    secrets = [
        value
        for name, _, value in (pair.partition(b"=") for pair in body.split(b"&"))
        if value
        and unquote_to_bytes(name).decode().rstrip("]").split("[")[-1].lower() in SECRET_NAMES
    ]

    cut = cut_form(body)

    assert [cut.value for cut in cut.cuts] == secrets
    assert not [secret for secret in secrets if secret in cut.masked]
    assert restore(cut) == body


def test_a_form_keeps_everything_but_its_secrets() -> None:
    cut = cut_form(handler_body())

    assert cut.masked == phpform.encode(
        handler_fields(
            event_token="***",
            auth=auth(access_token="***", refresh_token="***", application_token="***"),
        )
    ).replace(b"%2A%2A%2A", b"***")
    assert [cut.value for cut in cut.cuts] == [
        phpform.encode({"": secret})[1:] for secret in SECRETS
    ]


def test_json_keeps_everything_but_its_secrets() -> None:
    fields = handler_fields()

    cut = cut_json(json.dumps(fields).encode())

    assert json.loads(cut.masked) == handler_fields(
        event_token="***",
        auth=auth(access_token="***", refresh_token="***", application_token="***"),
    )


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"event_token=secret", id="plain"),
        pytest.param(b"EVENT_TOKEN=secret", id="in_capitals"),
        pytest.param(b"event%5Ftoken=secret", id="escaped"),
        pytest.param(b" event.token=secret", id="as_php_would_name_it"),
        pytest.param(b"event_token[]=secret", id="as_a_list"),
        pytest.param(b"event_token[a][b]=secret", id="with_more_below"),
        pytest.param(b"auth[access_token]=secret", id="below_another_name"),
        pytest.param(b"data[x][Refresh_Token]=secret", id="deeper"),
        pytest.param(b"access_token=secret&access_token=other", id="replaced_by_another"),
        pytest.param(b"access_token[a]=secret&access_token=", id="replaced_by_nothing"),
    ],
)
def test_a_secret_field_of_a_form_is_cut_however_it_is_written(body: bytes) -> None:
    cut = cut_form(body)

    assert b"secret" not in cut.masked
    assert b"***" in cut.masked
    assert restore(cut) == body


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b'{"event_token": "secret"}', id="plain"),
        pytest.param(b'{"EVENT_TOKEN"\t:\n"secret"}', id="in_capitals_and_spaced"),
        pytest.param(b'{"event\\u005ftoken": "secret"}', id="escaped_name"),
        pytest.param(b'{"auth": {"x": [{"access_token": "secret"}]}}', id="deeper"),
        pytest.param(b'{"event_token": ["secret"]}', id="in_a_list"),
        pytest.param(b'{"event_token": {"a": ["x", {"b": "secret"}]}}', id="with_more_below"),
        pytest.param(b'{"event_token": [[], {}, "secret"]}', id="behind_empty_ones"),
        pytest.param(b'{"access_token": "secret", "access_token": "o"}', id="replaced_by_another"),
        pytest.param(b'[{"access_token": "secret"}]', id="not_an_object"),
    ],
)
def test_a_secret_field_of_json_is_cut_however_it_is_written(body: bytes) -> None:
    cut = cut_json(body)

    assert b"secret" not in cut.masked
    assert json.loads(cut.masked)
    assert restore(cut) == body


@pytest.mark.parametrize("number", [b"1234567", b"-1.5e+10", b"0", b"9" * 30, b"9" * 5000])
def test_a_number_in_a_secret_field_is_cut(number: bytes) -> None:
    body = b'{"a": 7, "access_token": %s, "b": true}' % number

    assert cut_json(body).masked == b'{"a": 7, "access_token": ***, "b": true}'


@pytest.mark.parametrize("value", ["true", "false", "null", '""', "{}", "[]"])
def test_what_can_be_no_secret_is_not_cut(value: str) -> None:
    body = f'{{"access_token": {value}, "code": "true"}}'.encode()

    assert cut_json(body) == CutBody(body, ())


def test_a_short_secret_is_cut_only_where_it_is_one() -> None:
    form = b"auth[access_token]=1&properties[a]=1&access_tokens=1"
    document = b'{"access_token": "Y", "use_subscription": "Y", "Y": "access_token"}'

    assert cut_form(form).masked == b"auth[access_token]=***&properties[a]=1&access_tokens=1"
    assert cut_json(document).masked == (
        b'{"access_token": "***", "use_subscription": "Y", "Y": "access_token"}'
    )


def test_a_field_after_a_secret_one_is_no_secret() -> None:
    body = b'{"event_token": {"a": ["x"]}, "code": "y", "auth": [{"access_token": "z"}, "w"]}'

    assert cut_json(body).masked == (
        b'{"event_token": {"a": ["***"]}, "code": "y", "auth": [{"access_token": "***"}, "w"]}'
    )


@pytest.mark.parametrize(
    "copy",
    [
        pytest.param(EVENT_TOKEN.replace("|", "%7C"), id="written_alike"),
        pytest.param(EVENT_TOKEN, id="not_escaped"),
        pytest.param("".join(f"%{ord(character):02x}" for character in EVENT_TOKEN), id="escaped"),
        pytest.param(f"see+{EVENT_TOKEN}+please", id="inside_a_text"),
        pytest.param("%7B%22event_token%22%3A%22" + EVENT_TOKEN + "%22%7D", id="inside_json"),
    ],
)
@pytest.mark.parametrize("place", ["properties[a]=%s", "%s=1", "a[%s]=1", "=%s", "[x]=%s", "%s"])
def test_a_copy_of_a_token_elsewhere_in_a_form_is_cut(copy: str, place: str) -> None:
    body = b"first=1&" + (place % copy).encode() + b"&" + handler_body()

    cut = cut_form(body)

    assert EVENT_TOKEN not in phpform.unquote(cut.masked)
    assert cut.masked.startswith(b"first=1&")
    assert restore(cut) == body


@pytest.mark.parametrize(
    "copy",
    [
        pytest.param(json.dumps(EVENT_TOKEN), id="written_alike"),
        pytest.param(with_escapes(EVENT_TOKEN), id="escaped"),
        pytest.param(json.dumps(f'the "token": {EVENT_TOKEN}\n'), id="inside_a_text"),
        pytest.param(json.dumps(json.dumps({"event_token": EVENT_TOKEN})), id="inside_json"),
    ],
)
@pytest.mark.parametrize("place", ['"properties": {"a": [%s]}', '"a": {%s: 1}', "%s : 1"])
def test_a_copy_of_a_token_elsewhere_in_json_is_cut(copy: str, place: str) -> None:
    body = f'{{"first": 1, {place % copy}, {json.dumps(handler_fields())[1:]}'.encode()

    cut = cut_json(body)

    assert not [text for text in texts_of(json.loads(cut.masked)) if EVENT_TOKEN in text]
    assert cut.masked.startswith(b'{"first": 1, ')
    assert restore(cut) == body


def test_secrets_of_which_one_begins_like_the_other_are_both_cut_whole() -> None:
    short, long = "0123456789abcdef", "0123456789abcdef-and-more"
    form = f"access_token={short}&refresh_token={long}&a={long}{short}"
    document = json.dumps({"access_token": short, "refresh_token": long, "a": long + short})

    assert cut_form(form.encode()).masked == b"access_token=***&refresh_token=***&a=***"
    assert json.loads(cut_json(document.encode()).masked) == {
        "access_token": "***",
        "refresh_token": "***",
        "a": "***",
    }


@pytest.mark.parametrize(
    "spelled",
    [
        json.dumps('Ж/"\\é😀 secret token'),
        json.dumps('Ж/"\\é😀 secret token', ensure_ascii=False),
        json.dumps('Ж/"\\é😀 secret token').replace("/", "\\/"),
        with_escapes('Ж/"\\é😀 secret token'),
    ],
)
def test_a_secret_of_json_is_cut_however_it_is_spelled(spelled: str) -> None:
    body = f'{{"access_token": {spelled}, "code": "x"}}'.encode()

    cut = cut_json(body)

    assert cut.masked == b'{"access_token": "***", "code": "x"}'
    assert cut.cuts == (Cut(18, spelled[1:-1].encode()),)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b'{"access_token": "secret"', id="cut_short"),
        pytest.param(b"access_token=secret", id="a_form"),
        pytest.param('{"access_token": "secret"}'.encode("utf-16"), id="utf_16"),
        pytest.param('\ufeff{"access_token": "secret"}'.encode(), id="a_byte_order_mark"),
        pytest.param(b'{"access_token": "secret\xff"}', id="not_utf_8"),
        pytest.param(b'{"access_token": ' + b"[" * 100_000, id="nested_too_deeply"),
    ],
)
def test_what_is_not_json_is_cut_whole(body: bytes) -> None:
    cut = cut_json(body)

    assert cut == CutBody(b"***", (Cut(0, body),))
    assert restore(cut) == body


def test_a_body_of_many_secrets_is_cut_in_each_place() -> None:
    form = b"&".join(b"access_token=%020d" % number for number in range(64))

    assert cut_form(form).masked == b"&".join([b"access_token=***"] * 64)
    assert cut_form(form + b"&access_token=%020d" % 64).masked == b"***"


@pytest.mark.timeout(20)
def test_a_body_of_very_many_secrets_is_cut_whole() -> None:
    form = b"&".join(b"access_token=%0400d" % number for number in range(20_000))
    document = json.dumps([{"access_token": f"{number:020}"} for number in range(20_000)]).encode()

    assert cut_form(form) == CutBody(b"***", (Cut(0, form),))
    assert cut_json(document) == CutBody(b"***", (Cut(0, document),))


def test_a_text_is_hidden_when_it_repeats_a_secret_or_when_nobody_can_tell() -> None:
    few = cut_form(b"access_token=0123456789abcdef&x=1")
    many = cut_form(b"&".join(b"access_token=%0400d" % number for number in range(100)))

    assert few.hides("see 0123456789abcdef")
    assert not few.hides("0123456789")
    assert many.hides("anything")


def test_one_secret_in_very_many_places_is_cut_in_each() -> None:
    form = b"&".join([b"access_token=" + b"x" * 20] * 100)

    assert cut_form(form).masked == b"&".join([b"access_token=***"] * 100)


def test_json_nested_as_deeply_as_python_reads_it_is_masked() -> None:
    body = b"[" * 500 + b'{"access_token": "secret"}' + b"]" * 500

    assert b"secret" not in cut_json(body).masked


def test_names_may_be_added_to_the_secret_ones() -> None:
    body = b'{"auth": "secret", "Auth": "visible", "x": {"auth": "secret"}}'

    assert cut_json(body, also=["auth"]).masked == (
        b'{"auth": "***", "Auth": "visible", "x": {"auth": "***"}}'
    )
    assert cut_json(body).masked == body


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["event_token", "auth[access_token]", "properties[a]", "x", "=", ""]),
            st.sampled_from(["=", "", "[]=", "%5B%5D="]),
            texts.map(lambda text: phpform.encode({"": text})[1:].decode()) | texts,
        ),
        max_size=12,
    )
)
def test_a_masked_form_can_be_restored_and_holds_no_secret(
    fields: list[tuple[str, str, str]],
) -> None:
    body = "&".join("".join(field) for field in fields).encode()
    secrets = secret_values(body)

    cut = cut_form(body)

    assert restore(cut) == body
    left = {
        phpform.unquote(part) for pair in cut.masked.split(b"&") for part in pair.split(b"=", 1)
    }
    assert not [text for text in left for secret in secrets if len(secret) > 15 and secret in text]
    assert secret_values(cut.masked) <= {"", "***"}


@given(documents, st.booleans(), st.none() | st.integers(0, 3))
def test_masked_json_can_be_restored_and_holds_no_secret(
    document: Any, ascii_only: bool, indent: int | None
) -> None:
    body = json.dumps(document, ensure_ascii=ascii_only, indent=indent).encode("utf-8")
    long = {secret for secret in secrets_of(document) if len(secret) > 15}

    cut = cut_json(body)

    assert restore(cut) == body
    masked = json.loads(with_numbers_quoted(cut))
    assert secrets_of(masked) <= {"***"}
    assert not [text for text in texts_of(masked) for secret in long if secret in text]


@given(st.binary())
def test_any_bytes_can_be_cut_and_restored(body: bytes) -> None:
    assert restore(cut_form(body)) == body
    assert restore(cut_json(body)) == body


def test_a_masked_body_may_itself_hold_the_mask() -> None:
    body = b"a=***&access_token=***&b=***&access_token=x***y"

    cut = cut_form(body)

    assert cut.masked == b"a=***&access_token=***&b=***&access_token=***"
    assert restore(cut) == body


@pytest.mark.parametrize(
    ("value", "masked"),
    [
        ("/h/s3cret", "/h/***"),
        ("https://hook.example.org/in/h/s3cret/?APP_SID=1", "https://hook.example.org/in/h/***"),
        ("<https://x/h/s3cret>; rel=x", "<https://x/h/***>; rel=x"),
        ("/hidden, /h/", "/hidden, /h/"),
    ],
)
def test_secret_path_that_a_proxy_repeats_in_a_header_is_masked(value: str, masked: str) -> None:
    assert masked_headers([("X-Original-URI", value)]) == [("X-Original-URI", masked)]


def test_headers_that_carry_secrets_are_masked() -> None:
    headers = [
        ("Host", "hook.example.org"),
        ("AUTHORIZATION", "Bearer secret"),
        ("cookie", "PHPSESSID=secret"),
        ("Set-Cookie", "a=secret"),
        ("Cookie", ""),
        ("X-Auth-Token", "secret"),
        ("x-api-key", "secret"),
        ("Proxy-Authorization", "secret"),
    ]

    assert masked_headers(headers) == [
        ("Host", "hook.example.org"),
        ("AUTHORIZATION", MASK),
        ("cookie", MASK),
        ("Set-Cookie", MASK),
        ("Cookie", MASK),
        ("X-Auth-Token", MASK),
        ("x-api-key", MASK),
        ("Proxy-Authorization", MASK),
    ]


@pytest.mark.parametrize("name", [*sorted(SECRET_NAMES), "Access_Token", "APP_SID", "AUTH_ID"])
def test_names_of_secrets_are_known_in_any_case(name: str) -> None:
    assert is_secret(name)


@pytest.mark.parametrize("name", ["", "token", "expires", "access_token_", "auth", "member_id"])
def test_other_names_are_not(name: str) -> None:
    assert not is_secret(name)


def test_a_token_is_shown_by_its_ends() -> None:
    assert short_token(EVENT_TOKEN) == "69a8…8980a"


@pytest.mark.parametrize("token", ["", "short", "x" * 18])
def test_a_short_token_is_not_shown_at_all(token: str) -> None:
    assert short_token(token) == "***"


def test_a_token_one_character_longer_is_shown() -> None:
    assert short_token("0123456789abcdefghi") == "0123…efghi"


def test_a_digest_is_sha_256_of_the_bytes_that_were_sent() -> None:
    sent = b"token-\xd0\x96-\xff"

    assert digest(sent.decode("utf-8", "surrogateescape")) == hashlib.sha256(sent).hexdigest()


def test_a_fingerprint_is_the_beginning_in_groups_of_four() -> None:
    assert fingerprint("3f2a91c077de0000ffff") == "3f2a 91c0 77de"


def test_nothing_has_no_fingerprint() -> None:
    assert fingerprint("") == ""

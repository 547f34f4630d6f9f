from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from registration_writers import SHELLS, javascript, php, texts_only
from registrations import REGISTRATIONS

from bxgui.core import phpform
from bxgui.core.json_values import JsonValue, dump
from bxgui.core.registration import Registration, RuleKind, read_registration, to_document
from bxgui.core.registration_text import Format, Scope, Understood, read_text

ADDRESS = "https://portal.example.org/rest/bizproc.robot.add"


def parameters(registration: Registration) -> dict[str, JsonValue]:
    """The parameters of the call that registers this; the method tells of what kind it is."""
    document = to_document(registration)
    document.pop("KIND", None)
    return document


def only(understood: Understood) -> Registration:
    assert understood.remarks == ()
    (read,) = understood.registrations
    assert (read.scope, read.is_whole) == (Scope.WHOLE, True)
    return read.registration


def _as_call(drawn: Registration) -> Registration:
    """A registration that is known for one by itself, as it is given to `bizproc.robot.add`."""
    code = drawn.code or "approve_invoice"
    handler = drawn.handler or "https://app.example.org/handler"
    document = to_document(drawn) | {"KIND": "robot", "CODE": code, "HANDLER": handler}
    return read_registration(document)


CALLS = REGISTRATIONS.map(_as_call)


@given(CALLS, st.sampled_from([None, 2]))
def test_json(registration: Registration, indent: int | None) -> None:
    text = dump(to_document(registration), indent)

    understood = read_text(text)

    assert understood.format is Format.JSON
    assert only(understood) == registration


@given(CALLS, st.sampled_from("'\"`"))
def test_javascript(registration: Registration, quote: str) -> None:
    literal = javascript(parameters(registration), quote)
    text = f"BX24.callMethod(\n 'bizproc.robot.add', {literal}, (result) => {{ done(result); }});"

    understood = read_text(text)

    assert understood.format is Format.JAVASCRIPT
    assert only(understood) == registration


@given(CALLS, st.booleans(), st.booleans())
def test_php(registration: Registration, long_arrays: bool, double_quotes: bool) -> None:
    literal = php(parameters(registration), long_arrays=long_arrays, double_quotes=double_quotes)
    text = f"<?php\n$result = CRest::call('bizproc.robot.add', {literal});\nprint_r($result);"

    understood = read_text(text)

    assert understood.format is Format.PHP
    assert only(understood) == registration


@pytest.mark.parametrize("shell", SHELLS)
@settings(max_examples=40)
@given(registration=CALLS)
def test_curl_with_json(shell: str, registration: Registration) -> None:
    body = dump(parameters(registration))
    words = ["curl", "-X", "POST", "-H", "Content-Type: application/json", "-d", body, ADDRESS]
    text = SHELLS[shell](words)

    understood = read_text(text)

    assert understood.format is Format.CURL
    assert only(understood) == registration


@pytest.mark.parametrize("shell", SHELLS)
@settings(max_examples=40)
@given(registration=CALLS)
def test_curl_with_a_form(shell: str, registration: Registration) -> None:
    fields = texts_only(parameters(registration))
    form = phpform.encode(fields).decode()

    understood = read_text(SHELLS[shell](["curl", ADDRESS, "--data", form]))

    assert only(understood) == read_registration({"KIND": RuleKind.ROBOT.value, **fields})


@given(CALLS)
def test_curl_with_a_query(registration: Registration) -> None:
    fields = texts_only(parameters(registration))
    pairs = [tuple(pair.split("=")) for pair in phpform.encode(fields).decode().split("&")]
    options = [word for name, value in pairs for word in ("-d", f"{name}={value}")]

    understood = read_text(SHELLS["bash"](["curl", "-G", *options, f"{ADDRESS}?{urlencode({})}"]))

    assert only(understood) == read_registration({"KIND": RuleKind.ROBOT.value, **fields})

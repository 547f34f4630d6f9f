from __future__ import annotations

import pytest
from registration_reading import only

from bxgui.core.local_text import plain
from bxgui.core.registration_text import read_text

TOKEN = "c02ba869006d64d6008a39670000000400000013d2a43a6ada270691286d33cd6909d4"
EVEN = "Ab3dEf6hIj9lMn2pQr5t"
ADDRESS = "https://p.example.org/rest/bizproc.robot.add"
H = "https://h.example.org/h/"


def _property(fields: str) -> str:
    return f'{{"CODE": "a", "NAME": "b", "PROPERTIES": {{"x": {{{fields}}}}}}}'


SECRETS = {
    "auth": f'{{"CODE": "a", "NAME": "b", "auth": "{TOKEN}"}}',
    "auth block": f'{{"CODE": "a", "NAME": "b", "Auth": {{"access_token": "{TOKEN}"}}}}',
    "auth beside": f'{{"auth": {{"x": "{TOKEN}"}}, "fields": {{"CODE": "a", "NAME": "b"}}}}',
    "deep": f'{{"CODE": "a", "NAME": "b", "X": [{{"refresh_token": "{TOKEN}", "y": 1}}]}}',
    "webhook": f"curl https://p.example.org/rest/1/{TOKEN}/bizproc.robot.add -d 'CODE=a&NAME=b'",
    "query": f"curl '{ADDRESS}?auth={TOKEN}' -d 'CODE=a&NAME=b'",
    "header": f"curl -H 'Authorization: Bearer {TOKEN}' {ADDRESS} -d 'CODE=a&NAME=b'",
    "user": f"curl -u admin:{TOKEN} {ADDRESS} -d 'CODE=a&NAME=b'",
    "form": f"CODE=a&NAME=b&auth={TOKEN}",
    "batch": f'{{"cmd": ["bizproc.robot.add?CODE=a&NAME=b&auth={TOKEN}"]}}',
    "path": f'{{"CODE": "a", "NAME": "b", "HANDLER": "https://h.example.org/x/h/{TOKEN}"}}',
    "handler": f'{{"CODE": "a", "NAME": "b", "HANDLER": "https://h.example.org/?a=1&key={TOKEN}#x"}}',
    "userinfo": f'{{"CODE": "a", "NAME": "b", "HANDLER": "https://u:{TOKEN}@h.example.org/"}}',
    "placement": f'{{"CODE": "a", "NAME": "b", "PLACEMENT_HANDLER": "https://h.example.org/rest/1/{TOKEN}/x"}}',
    "field": f'{{"CODE": "a", "NAME": "b", "webhook_token": "{TOKEN}"}}',
    "text": f'{{"CODE": "a", "NAME": "b", "X": ["https://h.example.org/rest/1/{TOKEN}/"]}}',
    "default": f'{{"CODE": "a", "NAME": "b", "PROPERTIES": {{"x": {{"DEFAULT": "ftp://u:{TOKEN}@h/"}}}}}}',
    "description": f'{{"CODE": "a", "NAME": "b", "DESCRIPTION": "Call /rest/7/{TOKEN}/ for it"}}',
    "hex": f'{{"CODE": "a", "NAME": "b", "DESCRIPTION": {{"en": "Use {TOKEN}."}}}}',
    "event": f'{{"CODE": "a", "NAME": "b", "DESCRIPTION": "55c1dc1c3f0d75.78875596|A5|x{TOKEN}z"}}',
    "pair": f'{{"CODE": "a", "NAME": "b", "DESCRIPTION": "GET ?auth={EVEN}&x=1"}}',
    "quoted pair": f"""{{"CODE": "a", "NAME": "b", "DESCRIPTION": "'access_token' => '{EVEN}'"}}""",
    "bearer": f'{{"CODE": "a", "NAME": "b", "DESCRIPTION": "Bearer {EVEN}"}}',
    "secret path": f'{{"CODE": "a", "NAME": "b", "DESCRIPTION": "see /h/{EVEN}"}}',
    "option": _property(f'"Options": {{"k": "auth={EVEN}"}}'),
    "default token": _property(f'"Default": ["{TOKEN}"]'),
    "title": f'{{"CODE": "a", "NAME": "b", "RETURN_PROPERTIES": {{"x": {{"Name": "{TOKEN}"}}}}}}',
    "joined": f"f({{CODE: 'a', NAME: 'b', HANDLER: 'https://h.example.org/h/' + '{EVEN}' + '/x'}})",
    "joined to a variable": f"const s = '{EVEN}'; f({{CODE: 'a', NAME: 'b', HANDLER: '{H}' + s}})",
    "joined in php": f"$s = '{EVEN}'; f(['CODE' => 'a', 'NAME' => 'b', 'HANDLER' => '{H}' . $s]);",
    "php": f"f(['CODE' => 'a', 'NAME' => 'b', 'X' => '{TOKEN}' . $x, 'auth' => '{TOKEN}'])",
}  # fmt: skip


@pytest.mark.parametrize("name", SECRETS)
def test_secrets_are_neither_kept_nor_told(name: str) -> None:
    understood = read_text(SECRETS[name])

    (read,) = understood.registrations
    assert (read.registration.code, read.registration.name) == ("a", plain("b"))
    assert TOKEN not in repr(understood)
    assert EVEN not in repr(understood)
    assert understood.remarks or name == "auth beside"


def test_an_address_keeps_what_is_no_secret() -> None:
    text = '{"CODE": "a", "NAME": "b", "HANDLER": "https://h.example.org/h/s/x?a=1&token=t#f"}'

    assert only(text).registration.handler == "https://h.example.org/h/***?a=1&token=***"


def test_names_of_options_and_of_the_user_are_no_secrets() -> None:
    options = '"OPTIONS": {"access_token": "By token", "key": "By key"}'
    text = (
        '{"CODE": "a", "NAME": "b", "AUTH_USER_ID": "7", '
        f'"RETURN_PROPERTIES": {{"token": {{"TYPE": "select", {options}}}}}}}'
    )

    registration = only(text).registration

    assert registration.auth_user_id == 7
    (entry,) = registration.return_properties
    assert entry.options == (("access_token", plain("By token")), ("key", plain("By key")))


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        (
            "https://h.example.org/robots/v2/handler.php",
            "https://h.example.org/robots/v2/handler.php",
        ),
        (
            "https://h.example.org/my-robot-handler-of-2026/x",
            "https://h.example.org/my-robot-handler-of-2026/x",
        ),
        ("https://h.example.org/h/s/x/y#z", "https://h.example.org/h/***"),
        (f"https://h.example.org/app/{EVEN}/more/x", "https://h.example.org/app/***"),
        (f"https://h.example.org/{'abcdefgh' * 4}", "https://h.example.org/***"),
        (f"https://h.example.org/a?{EVEN}", "https://h.example.org/a?***"),
        (f"https://h.example.org/a?b={EVEN}&c=1", "https://h.example.org/a?b=***&c=1"),
        ("h.example.org/a", "h.example.org/a"),
        ("https://h.example.org", "https://h.example.org"),
    ],
)
def test_an_address_is_kept_up_to_what_looks_like_a_secret(address: str, kept: str) -> None:
    text = f'{{"CODE": "a", "NAME": "b", "HANDLER": "{address}"}}'

    assert only(text).registration.handler == kept


def test_words_and_codes_are_no_secrets() -> None:
    code = "0123456789abcdef0123456789abcdef"
    words = "The token: see the docs of authorisation, key=value, /h/ and tokens=3"
    text = f'{{"CODE": "{code}", "NAME": "b", "DESCRIPTION": "{words}"}}'

    registration = only(text).registration

    assert (registration.code, registration.description) == (code, plain(words))

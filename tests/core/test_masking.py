from __future__ import annotations

import pytest

from bxgui.core.masking import Masking
from bxgui.core.redact import cut_json

CODE = b"a1b2c3d4"
TOKEN = b"0123456789abcdef-token"


def masking() -> Masking:
    cut = cut_json(b'{"auth": "' + TOKEN + b'", "access_token": "short"}', ("auth",))
    return Masking.of([CODE, b"", b"a b"], cut)


def test_named_secrets_are_masked_whatever_their_length() -> None:
    assert masking().text("https://portal.example.org/rest/1/a1b2c3d4/x") == (
        "https://portal.example.org/rest/1/***/x"
    )


def test_cut_secrets_are_masked_where_they_are_long_enough_to_be_copies() -> None:
    assert masking().body(b"<p>" + TOKEN + b" short</p>") == b"<p>*** short</p>"


def test_a_secret_is_masked_as_a_form_writes_it_too() -> None:
    assert masking().body(b"one=a b&two=a+b") == b"one=***&two=***"


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (
            b'{"refresh_token": "of its own", "n": "a1b2c3d4"}',
            b'{"refresh_token": "***", "n": "***"}',
        ),
        (b'{"refresh_token": "cut', b'{"refresh_token": "cut'),
        (b"a1b2c3d4", b"***"),
    ],
)
def test_tokens_of_an_answer_are_masked(body: bytes, shown: bytes) -> None:
    assert masking().answer(body) == shown


def test_secrets_are_in_no_representation() -> None:
    assert "a1b2" not in repr(masking())

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bxgui.core.webhook_address import NotAWebhook, Webhook, read_webhook

CODE = "a1b2c3d4e5f6g7h8"


@pytest.mark.parametrize(
    "text",
    [
        f"https://portal.example.org/rest/7/{CODE}/",
        f"https://portal.example.org/rest/7/{CODE}",
        f"  https://portal.example.org/rest/7/{CODE}/profile.json \n",
        f"https://Portal.example.org:443/rest/7/{CODE}/crm.deal.list.json?a=b",
    ],
)
def test_an_address_is_taken_whole_with_or_without_a_method(text: str) -> None:
    webhook = read_webhook(text)

    assert webhook == Webhook("https://portal.example.org/rest/", "7", CODE)
    assert webhook.address == f"https://portal.example.org/rest/7/{CODE}/"


def test_a_portal_in_a_folder_keeps_it() -> None:
    assert read_webhook(f"https://x.example/b24/rest/7/{CODE}/").endpoint == (
        "https://x.example/b24/rest/"
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_an_address"),
        ("portal.example.org", "not_an_address"),
        ("https://[::1", "not_an_address"),
        (f"ftp://portal.example.org/rest/7/{CODE}/", "not_an_address"),
        (f"https://user@portal.example.org/rest/7/{CODE}/", "not_an_address"),
        ("https://portal.example.org/rest/", "not_rest"),
        (f"https://portal.example.org/rest/me/{CODE}/", "not_rest"),
        (f"https://portal.example.org/7/{CODE}/", "not_rest"),
        ("https://portal.example.org/rest/7/short/", "not_a_code"),
        ("https://portal.example.org/rest/7/crm.deal.list/", "not_a_code"),
    ],
)
def test_what_is_no_webhook_is_told_why_without_repeating_it(text: str, code: str) -> None:
    with pytest.raises(NotAWebhook) as caught:
        read_webhook(text)

    assert caught.value.code == str(caught.value) == code


def test_the_code_is_in_no_representation() -> None:
    assert CODE not in repr(read_webhook(f"https://portal.example.org/rest/7/{CODE}/"))


@given(st.text(max_size=80) | st.from_regex(r"https?://[^ ]{0,20}/rest/[0-9]{1,3}/[^ ]{0,30}"))
def test_any_text_is_a_webhook_or_is_told_why(text: str) -> None:
    try:
        webhook = read_webhook(text)
    except NotAWebhook:
        return
    assert read_webhook(webhook.address) == webhook

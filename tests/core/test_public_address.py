from __future__ import annotations

import pytest

from bxgui.core.public_address import NotAWebAddress, public_base


@pytest.mark.parametrize(
    ("typed", "base"),
    [
        ("https://hook.example.com", "https://hook.example.com"),
        ("  https://hook.example.com/ ", "https://hook.example.com"),
        ("hook.example.com", "https://hook.example.com"),
        ("http://hook.example.com:8080/bxgui/", "http://hook.example.com:8080/bxgui"),
        ("https://hook.example.com/h/secret", "https://hook.example.com"),
        ("https://hook.example.com/in/h/secret?x=1", "https://hook.example.com/in"),
    ],
)
def test_address_is_taken_as_a_person_types_it(typed: str, base: str) -> None:
    assert public_base(typed) == base


@pytest.mark.parametrize(
    "typed",
    ["", "ftp://example.com", "https://", "https://user:x@example.com", "a b", "https://x:99999"],
)
def test_what_is_no_web_address_is_refused(typed: str) -> None:
    with pytest.raises(NotAWebAddress):
        public_base(typed)

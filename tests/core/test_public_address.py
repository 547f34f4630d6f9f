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


NO_HOST = "names no host"
BAD_PORT = "names a port that is none"
BAD_LETTER = "holds a character that stands in no address"


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", NO_HOST),
        ("https://", NO_HOST),
        ("https:///in", NO_HOST),
        ("https://:8724", NO_HOST),
        ("ftp://example.com", "begins with another scheme than https or http"),
        ("https://user:x@example.com", "holds a user name, which portals may not send"),
        ("a b", BAD_LETTER),
        ("https://example.com/a b", BAD_LETTER),
        ("https:\\\\example.com", BAD_LETTER),
        ("https://example.com/\u200b", BAD_LETTER),
        ("https://exam\nple.com", BAD_LETTER),
        ("https://x:99999", BAD_PORT),
        ("https://x:0", BAD_PORT),
        ("https://x:web", BAD_PORT),
        ("https:/example.com", "is no web address"),
        ("http:example.com", "is no web address"),
        ("https://[::1", "is no web address"),
    ],
)
def test_what_is_no_web_address_is_refused_with_its_fault_and_never_quoted(
    typed: str, fault: str
) -> None:
    with pytest.raises(NotAWebAddress) as caught:
        public_base(typed)

    assert str(caught.value) == fault

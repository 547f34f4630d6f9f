from __future__ import annotations

import pytest

from bxgui.core.reach import USUAL_REACH, Reach, is_loopback, moved_endpoint

HERE = "https://portal.example.org/rest/"


@pytest.mark.parametrize(
    ("url", "loopback"),
    [
        ("http://127.0.0.1:1/", True),
        ("http://127.9.9.9/", True),
        ("http://[::1]:1/", True),
        ("http://localhost/", True),
        ("http://LOCALHOST/", True),
        ("http://localhost.example.org/", False),
        ("http://10.0.0.1/", False),
        ("http://0.0.0.0/", False),
        ("http://", False),
    ],
)
def test_only_this_computer_is_loopback(url: str, loopback: bool) -> None:
    assert is_loopback(url) is loopback


@pytest.mark.parametrize(
    ("endpoint", "allowed"),
    [
        ("https://box.example.org/rest/", True),
        ("http://127.0.0.1:8080/rest/", True),
        ("http://box.example.org/rest/", True),
        ("http://box.example.org:8080/rest/", False),
        ("http://other.example.org/rest/", False),
    ],
)
def test_plain_http_is_allowed_to_the_host_named_and_to_no_other(
    endpoint: str, allowed: bool
) -> None:
    assert Reach(plain_http_host="box.example.org").allows(endpoint) is allowed


def test_plain_http_is_usually_allowed_to_this_computer_only() -> None:
    assert not USUAL_REACH.allows("http://box.example.org/rest/")
    assert USUAL_REACH.allows("http://localhost/rest/")


@pytest.mark.parametrize(
    ("location", "moved"),
    [
        ("https://new.example.org/rest/bizproc.event.send", "https://new.example.org/rest/"),
        ("https://new.example.org:8443/rest/1/***/scope", "https://new.example.org:8443/rest/"),
        ("http://portal.example.org/rest/scope", "http://portal.example.org/rest/"),
        ("https://portal.example.org/rest/other", ""),
        ("https://login.example.org/?back=/rest/scope", ""),
        ("https://user@new.example.org/rest/scope", ""),
        ("https://[new/rest/", ""),
        ("/rest/scope", ""),
        ("", ""),
    ],
)
def test_a_redirect_to_the_same_path_elsewhere_is_a_move(location: str, moved: str) -> None:
    assert moved_endpoint(HERE, location) == moved

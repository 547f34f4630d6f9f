from __future__ import annotations

import pytest
from requests import PreparedRequest

from bxgui.core.endpoint import endpoint_host, portal_endpoint, typed_endpoint


@pytest.mark.parametrize(
    ("text", "endpoint"),
    [
        ("https://portal.example.org/rest/", "https://portal.example.org/rest/"),
        ("https://portal.example.org/rest", "https://portal.example.org/rest/"),
        ("https://portal.example.org", "https://portal.example.org/"),
        ("https://A.Example.ORG/rest/", "https://a.example.org/rest/"),
        ("HTTPS://a.ru:443/rest/", "https://a.ru/rest/"),
        ("http://a.ru:80/rest/", "http://a.ru/rest/"),
        ("https://a.ru:8443/box/rest/", "https://a.ru:8443/box/rest/"),
        ("https://my_box.local/rest/", "https://my_box.local/rest/"),
        ("https://a.ru/.a/b../...", "https://a.ru/.a/b../.../"),
        ("http://127.0.0.1:8080/rest/", "http://127.0.0.1:8080/rest/"),
        ("http://[::1]:8080/rest/", "http://[::1]:8080/rest/"),
        ("https://портал.example/rest/", "https://xn--80awhdgm.example/rest/"),
    ],
)
def test_an_address_has_one_spelling(text: str, endpoint: str) -> None:
    assert portal_endpoint(text) == endpoint
    assert portal_endpoint(endpoint) == endpoint


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a.ru/rest/",
        "ftp://a.ru/rest/",
        "https:///rest/",
        "https://:8080/",
        "https://a.ru:/rest/",
        "https://a.ru:port/",
        "https://a.ru:99999/",
        "https://[::1/",
        "https://[::1%25eth0]/",
        "https://[v1.x]/",
        "https://user:secret@a.ru/rest/",
        "https://@a.ru/rest/",
        "https://evil.com\\.portal.example/rest/",
        "https://portal.example%2eevil.com/rest/",
        "https://a.ru/rest/?x=",
        "https://a.ru/rest/#x",
        "https://a.ru/rest/?",
        "https://a.ru/rest/#",
        "https://a.ru/re st/",
        "https://a.ru/rest\n/",
        "https://a\t.ru/rest/",
        "https://a.ru/a//b/",
        "https://a.ru/rest/..",
        "https://a.ru/a/../rest/",
        "https://a.ru/./rest/",
        "https://a..ru/rest/",
        "https://a.ru./rest/",
        "https://-a.ru/rest/",
        "https://\u2028a.ru/rest/",
        f"https://{'a' * 300}.ru/rest/",
        f"https://{'я' * 80}.ru/rest/",
        "\udcff",
    ],
)
def test_a_doubtful_address_is_none(text: str) -> None:
    assert portal_endpoint(text) == ""
    assert endpoint_host(text) == ""


@pytest.mark.parametrize(
    ("endpoint", "host"),
    [
        ("https://a.ru/rest/", "a.ru"),
        ("https://a.ru:443/rest/", "a.ru"),
        ("https://a.ru:8443/rest/", "a.ru:8443"),
        ("http://[::1]:8080/rest/bizproc.event.send", "[::1]:8080"),
    ],
)
def test_the_host_of_an_address(endpoint: str, host: str) -> None:
    assert endpoint_host(endpoint) == host
    request = PreparedRequest()
    request.prepare(method="POST", url=portal_endpoint(endpoint))
    assert (request.url or "").split("/")[2] == host


@pytest.mark.parametrize(
    ("typed", "endpoint"),
    [
        ("portal.example.org", "https://portal.example.org/rest/"),
        (" https://Portal.example.org/ \n", "https://portal.example.org/rest/"),
        ("https://portal.example.org/crm/deal/?id=1#x", "https://portal.example.org/rest/"),
        ("http://box.example.org:8080/sub/rest/", "http://box.example.org:8080/sub/rest/"),
        ("user@portal.example.org", ""),
        ("ftp://portal.example.org", ""),
        ("https://[x", ""),
        ("", ""),
    ],
)
def test_person_names_a_portal_by_its_host_or_any_of_its_pages(typed: str, endpoint: str) -> None:
    assert typed_endpoint(typed) == endpoint

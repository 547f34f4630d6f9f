from __future__ import annotations

import pytest

from bxgui.core.checks import Severity
from bxgui.core.handler_rules import handler_findings, is_reachable_ip


def codes(address: str) -> set[str]:
    return {finding.code for finding in handler_findings(address)}


@pytest.mark.parametrize(
    "address",
    [
        "https://hook.example.com/h/abc",
        "https://hook.example.com:8443/in/h/abc/",
        "https://hook.example.com./h/abc",
        "https://203.0.114.7/h/abc",
        "https://local.example.com/h/abc",
        "https://хук.рф/h/abc",
    ],
)
def test_a_good_address_has_no_findings(address: str) -> None:
    assert handler_findings(address) == ()


@pytest.mark.parametrize(
    ("address", "code"),
    [
        # "Unsupported handler protocol": http or https, in small letters.
        ("ftp://hook.example.com/h/abc", "other_scheme"),
        ("HTTPS://hook.example.com/h/abc", "other_scheme"),
        ("hook.example.com/h/abc", "other_scheme"),
        ("", "other_scheme"),
        # "Wrong handler URL": the host has a dot, and not in the first place.
        ("https://hook/h/abc", "host_without_dot"),
        ("https://.example/h/abc", "host_without_dot"),
        ("https://localhost/h/abc", "host_without_dot"),
        ("https://[2606:4700::1111]/h/abc", "host_without_dot"),
        # "localhost and addresses of a local network do not work."
        ("https://localhost:8724/h/abc", "local_host"),
        ("https://bxgui.localhost/h/abc", "local_host"),
        ("https://office.local/h/abc", "local_host"),
        ("https://office.LAN./h/abc", "local_host"),
        ("https://office.home.arpa/h/abc", "local_host"),
        ("https://127.0.0.1:8724/h/abc", "local_host"),
        ("https://10.0.0.5/h/abc", "local_host"),
        ("https://172.16.3.4/h/abc", "local_host"),
        ("https://192.168.1.2/h/abc", "local_host"),
        ("https://169.254.1.1/h/abc", "local_host"),
        ("https://100.64.0.1/h/abc", "local_host"),
        ("https://0.0.0.0/h/abc", "local_host"),
        ("https://224.0.0.1/h/abc", "local_host"),
        ("https://[::1]/h/abc", "local_host"),
        ("https://[::ffff:192.168.1.2]/h/abc", "local_host"),
        ("https://[fe80::1%25eth0]/h/abc", "local_host"),
        # An address that no program reads the same way.
        ("https://", "not_an_address"),
        ("https:///h/abc", "not_an_address"),
        ("https://[::1/h/abc", "not_an_address"),
        ("https://hook.example.com:0/h/abc", "not_an_address"),
        ("https://hook.example.com:99999/h/abc", "not_an_address"),
        ("https://hook.example.com/h/a b", "not_an_address"),
        ("https://hook.example.com/h/abc\n", "not_an_address"),
        ("https://hook.example.com\\@x.ru/h/abc", "not_an_address"),
        # The listener knows no other paths.
        ("https://hook.example.com", "no_secret_path"),
        ("https://hook.example.com/h/", "no_secret_path"),
        ("https://hook.example.com/abc", "no_secret_path"),
        # What travels can be read on the way, or does not travel at all.
        ("http://hook.example.com/h/abc", "plain_http"),
        ("https://user:word@hook.example.com/h/abc", "user_name"),
        ("https://hook.example.com/h/abc#part", "fragment"),
    ],
)
def test_what_is_wrong_with_an_address_is_found(address: str, code: str) -> None:
    assert code in codes(address)


def test_everything_is_told_at_once_and_the_worst_first() -> None:
    found = handler_findings("http://me@localhost#x")

    assert [finding.code for finding in found] == [
        "local_host", "host_without_dot", "no_secret_path", "plain_http", "user_name", "fragment",
    ]  # fmt: skip
    assert [finding.severity for finding in found] == 3 * [Severity.PROBLEM] + 3 * [
        Severity.WARNING
    ]


@pytest.mark.parametrize(
    ("text", "reachable"),
    [("203.0.114.7", True), ("2606:4700::1111", True), ("::ffff:8.8.8.8", True), ("8.8", False)],
)
def test_what_the_internet_reaches_is_known(text: str, reachable: bool) -> None:
    assert is_reachable_ip(text) is reachable

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bxgui.core.client_address import (
    Address,
    NotANetwork,
    address_of,
    is_within,
    networks_of,
    real_address,
)

PROXIES = networks_of(["127.0.0.1", "10.0.0.0/8", "2001:db8::/32"])
PROXY = "10.1.2.3"

addresses = st.ip_addresses()
strangers = (
    addresses.map(str)
    .map(address_of)
    .filter(lambda one: one is not None and not is_within(one, PROXIES))
)
entries = st.one_of(
    addresses.map(str),
    st.sampled_from(["203.0.113.7", "2a00::1", "127.0.0.1", PROXY, "unknown", "", ","]),
    st.text(st.characters(max_codepoint=255), max_size=12),
)
lines = st.lists(st.lists(entries, max_size=4).map(", ".join), max_size=4)


@pytest.mark.parametrize(
    ("text", "network"),
    [
        ("203.0.113.0/24", IPv4Network("203.0.113.0/24")),
        (" 203.0.113.7 ", IPv4Network("203.0.113.7/32")),
        ("203.0.113.7/24", IPv4Network("203.0.113.0/24")),
        ("10.0.0.0/255.0.0.0", IPv4Network("10.0.0.0/8")),
        ("2001:db8::/32", IPv6Network("2001:db8::/32")),
        ("::1", IPv6Network("::1/128")),
        ("::/0", IPv6Network("::/0")),
        ("::ffff:10.0.0.0/104", IPv4Network("10.0.0.0/8")),
        ("::ffff:10.0.0.1", IPv4Network("10.0.0.1/32")),
        ("2001:db8::1/128", IPv6Network("2001:db8::1/128")),
    ],
)
def test_networks_and_addresses_are_networks(text: str, network: IPv4Network | IPv6Network) -> None:
    assert networks_of([text]) == (network,)


@pytest.mark.parametrize(
    "text", ["", "x", "10.0.0.0/33", "hook.example.com", "10.0.0", "010.0.0.1"]
)
def test_the_text_that_is_no_network_is_named(text: str) -> None:
    with pytest.raises(NotANetwork) as caught:
        networks_of(["10.0.0.0/8", text, "::1"])

    assert str(caught.value) == text


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("203.0.113.7:5123", "203.0.113.7"),
        ("[203.0.113.7]:80", "203.0.113.7"),
        ("2001:db8::1", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("[fe80::1%eth0]:443", "fe80::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("[::ffff:cb00:7107]:1", "203.0.113.7"),
        ("\t203.0.113.7 ", "203.0.113.7"),
    ],
)
def test_an_address_is_read_as_proxies_write_it(text: str, address: str) -> None:
    assert address_of(text) == ip_address(address)


@pytest.mark.parametrize(
    "text",
    [
        *("", "unknown", "_hidden", "203.0.113", "203.0.113.7:", "203.0.113.7:http", "[]", "[]:80"),
        *("[::1", "::1]", "203.0.113.7 203.0.113.8", "0x7f.0.0.1", "203.0.113.07", "%", "1"),
    ],
)
def test_what_is_no_address_is_none(text: str) -> None:
    assert address_of(text) is None


@pytest.mark.parametrize(
    ("peer", "forwarded", "real"),
    [
        (PROXY, ["203.0.113.7"], "203.0.113.7"),
        (PROXY, ["198.51.100.1, 203.0.113.7"], "203.0.113.7"),
        (PROXY, ["203.0.113.7, 10.9.9.9"], "203.0.113.7"),
        (PROXY, ["203.0.113.7:55, [2001:db8::5]:443"], "203.0.113.7"),
        (PROXY, ["198.51.100.1", "203.0.113.7", "10.9.9.9"], "203.0.113.7"),
        (PROXY, ["203.0.113.7", "198.51.100.1"], "198.51.100.1"),
        (PROXY, ["::ffff:203.0.113.7"], "203.0.113.7"),
        (PROXY, ["10.7.7.7, 10.9.9.9"], "10.7.7.7"),
        (PROXY, ["203.0.113.7, unknown, 10.9.9.9"], "10.9.9.9"),
        (PROXY, ["203.0.113.7, unknown"], PROXY),
        (PROXY, ["203.0.113.7,"], PROXY),
        (PROXY, [""], PROXY),
        (PROXY, [], PROXY),
        ("::ffff:10.1.2.3", ["203.0.113.7"], "203.0.113.7"),
        ("198.51.100.9", ["203.0.113.7"], "198.51.100.9"),
        ("::ffff:198.51.100.9", ["203.0.113.7"], "198.51.100.9"),
    ],
)
def test_the_list_is_read_from_its_end_past_known_proxies(
    peer: str, forwarded: list[str], real: str
) -> None:
    assert real_address(peer, forwarded, PROXIES) == ip_address(real)


def test_a_peer_without_an_address_is_nobody() -> None:
    assert real_address("", ["203.0.113.7"], PROXIES) is None


@given(strangers, lines)
def test_who_comes_over_no_proxy_is_its_peer_whatever_it_claims(
    peer: Address, claimed: list[str]
) -> None:
    assert real_address(str(peer), claimed, PROXIES) == peer
    assert real_address(str(peer), claimed) == peer


@given(strangers, lines, st.integers(0, 3), st.booleans())
def test_what_stands_before_the_real_address_changes_nothing(
    client: Address, claimed: list[str], more_proxies: int, own_line: bool
) -> None:
    appended = [str(client), *(f"10.0.0.{number}:80" for number in range(more_proxies))]
    if own_line or not claimed:
        forwarded = [*claimed, ", ".join(appended)]
    else:
        forwarded = [*claimed[:-1], ", ".join([claimed[-1], *appended])]

    assert real_address(PROXY, forwarded, PROXIES) == client


def test_a_text_longer_than_any_address_is_none() -> None:
    assert address_of("[2001:db8::1]" + " " * 200) is None
    assert address_of(" " * 20 + "[2001:db8::1%a-zone]:65535" + " " * 20) == ip_address(
        "2001:db8::1"
    )

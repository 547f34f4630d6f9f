"""Who really speaks when proxies stand between: addresses, networks and `X-Forwarded-For`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Networks = tuple[Network, ...]

# Proxies write an address alone, in brackets, or with the port it came from.
_BRACKETS_OR_PORT = re.compile(r"(?:\[([^\]]*)\]|([0-9.]+))(?::[0-9]{1,5})?\Z")
_MAPPED_BITS = 96
# With brackets, port, a zone, and white space around.
_LONGEST = 120


class NotANetwork(ValueError):
    """A text that is neither a network nor an address; the error's text is that text."""


def networks_of(texts: Iterable[str]) -> Networks:
    """The networks that texts name, an address being a network of one; raises `NotANetwork`."""
    return tuple(map(_network, texts))


def _network(text: str) -> Network:
    try:
        network = ip_network(text.strip(), strict=False)
    except ValueError as error:
        raise NotANetwork(text) from error
    if isinstance(network, IPv6Network) and network.prefixlen >= _MAPPED_BITS:
        mapped = network.network_address.ipv4_mapped
        if mapped is not None:
            return IPv4Network((int(mapped), network.prefixlen - _MAPPED_BITS))
    return network


def address_of(text: str) -> Address | None:
    """The address in a text, without port, brackets and zone; None where it holds none.

    An IPv4 address mapped into IPv6 is that IPv4 address.
    """
    return _address_in(text.strip(" \t")) if len(text) <= _LONGEST else None


# A proxy, or a portal's queue, speaks again and again.
@lru_cache(256)
def _address_in(text: str) -> Address | None:
    found = _BRACKETS_OR_PORT.match(text)
    bare = (found[1] or found[2] or "") if found else text
    try:
        address = ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    return (isinstance(address, IPv6Address) and address.ipv4_mapped) or address


def is_within(address: Address, networks: Networks) -> bool:
    """Whether one of the networks holds the address."""
    return any(address in network for network in networks)


def real_address(peer: str, forwarded_for: Iterable[str], proxies: Networks = ()) -> Address | None:
    """Who speaks over a connection from `peer`; None where that is no address.

    `X-Forwarded-For`, whose lines are one list, counts only when the peer is a known proxy. Each
    proxy appends whom it heard, so the list is read from its end past the known proxies: what
    stands before the first stranger is the stranger's own claim. What is no address ends the list.
    """
    address = address_of(peer)
    entries = ",".join(forwarded_for).split(",")
    while address is not None and is_within(address, proxies) and entries:
        before = address_of(entries.pop())
        if before is None:
            break
        address = before
    return address

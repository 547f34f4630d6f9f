from __future__ import annotations

import pytest

from bxgui.core.handler_address import HandlerAddress, local_base


@pytest.mark.parametrize(
    ("host", "port", "tls", "base"),
    [
        ("127.0.0.1", 8724, False, "http://127.0.0.1:8724"),
        ("127.0.0.1", 443, True, "https://127.0.0.1:443"),
        ("0.0.0.0", 80, False, "http://127.0.0.1:80"),
        ("::", 80, False, "http://[::1]:80"),
        ("2001:db8::1", 80, True, "https://[2001:db8::1]:80"),
    ],
)
def test_base_is_one_that_a_program_on_this_computer_can_call(
    host: str, port: int, tls: bool, base: str
) -> None:
    assert local_base(host, port, tls=tls) == base


def test_address_is_the_public_one_where_there_is_one() -> None:
    here = HandlerAddress("http://127.0.0.1:8724")
    behind_a_tunnel = HandlerAddress("http://127.0.0.1:8724", "https://hook.example.com/in/")

    assert here.url("abc") == here.local_url("abc") == "http://127.0.0.1:8724/h/abc"
    assert behind_a_tunnel.url("abc") == "https://hook.example.com/in/h/abc"
    assert behind_a_tunnel.local_url("abc") == "http://127.0.0.1:8724/h/abc"

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from bxgui.command_problem import USAGE, CommandProblem
from bxgui.core.client_address import networks_of
from bxgui.given_listening import listen_options
from bxgui.services import settings
from bxgui.services.listener import ListenOptions, TlsFiles
from bxgui.services.settings import FILE_NAME, Settings, SettingsProblem

SET = Settings(
    host="0.0.0.0",
    port=9000,
    public_url="https://hook.example.com",
    allowed_networks=("203.0.113.0/24",),
    trusted_proxies=("127.0.0.1",),
    tls_certificate="tls/hook.pem",
    tls_key="/etc/tls/hook.key",
)


def given(**options: object) -> argparse.Namespace:
    """The options of `bxgui listen`, none of them given but these."""
    names = ("host", "port", "public_url", "allow", "proxy", "tls_certificate", "tls_key")
    return argparse.Namespace(**{**dict.fromkeys(names), **options})


def problem_of(folder: Path, **options: object) -> CommandProblem:
    with pytest.raises(CommandProblem) as caught:
        listen_options(given(**options), folder)
    return caught.value


def test_nothing_given_and_nothing_set_means_everybody_on_this_computer(tmp_path: Path) -> None:
    assert listen_options(given(), tmp_path) == ListenOptions("127.0.0.1", 8724)


def test_settings_hold_where_nothing_is_given(tmp_path: Path) -> None:
    settings.save(tmp_path, SET)

    assert listen_options(given(), tmp_path) == ListenOptions(
        "0.0.0.0",
        9000,
        "https://hook.example.com",
        networks_of(["203.0.113.0/24"]),
        networks_of(["127.0.0.1"]),
        TlsFiles(tmp_path / "tls" / "hook.pem", Path("/etc/tls/hook.key")),
    )


def test_what_is_given_takes_the_place_of_the_settings(tmp_path: Path) -> None:
    settings.save(tmp_path, SET)
    options = given(
        host="::1",
        port=0,
        public_url="other.example.com/",
        allow=["198.51.100.0/24", "::1"],
        proxy=["10.0.0.0/8"],
        tls_certificate="a.pem",
        tls_key="a.key",
    )

    assert listen_options(options, tmp_path) == ListenOptions(
        "::1",
        0,
        "https://other.example.com",
        networks_of(["198.51.100.0/24", "::1"]),
        networks_of(["10.0.0.0/8"]),
        TlsFiles(Path("a.pem"), Path("a.key")),
    )


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"allow": ["203.0.113.0/24", "office"]}, "--allow wants a network"),
        ({"proxy": ["10.0.0.0/40"]}, "'10.0.0.0/40'"),
        ({"allow": [""]}, "''"),
        ({"tls_certificate": "a.pem"}, "go together"),
        ({"tls_key": "a.key"}, "go together"),
        ({"public_url": "ftp://x"}, "--public-url cannot be used: it begins with another scheme"),
    ],
)
def test_wrong_option_is_wrong_usage(
    tmp_path: Path, options: dict[str, object], named: str
) -> None:
    problem = problem_of(tmp_path, **options)

    assert problem.status == USAGE
    assert named in str(problem)


@pytest.mark.parametrize(
    ("chosen", "named"),
    [
        (Settings(allowed_networks=("::1", "office")), "allowed_networks in {} holds 'office'"),
        (Settings(trusted_proxies=("10.0.0",)), "trusted_proxies in {} holds '10.0.0'"),
        (Settings(tls_certificate="a.pem"), "tls_certificate and tls_key in {} go together"),
        (Settings(tls_key="a.key"), "tls_certificate and tls_key in {} go together"),
        (Settings(public_url="https://"), "public_url in {} cannot be used: it names no host. "),
    ],
)
def test_wrong_setting_is_named_with_its_file(tmp_path: Path, chosen: Settings, named: str) -> None:
    settings.save(tmp_path, chosen)

    with pytest.raises(SettingsProblem) as caught:
        listen_options(given(), tmp_path)

    assert str(caught.value).startswith(named.format(tmp_path / FILE_NAME))
    assert "emove" in str(caught.value)


def test_public_address_in_the_settings_is_taken_as_a_person_types_it(tmp_path: Path) -> None:
    settings.save(tmp_path, Settings(public_url=" hook.example.com/in/h/s3cret "))

    assert listen_options(given(), tmp_path).public_url == "https://hook.example.com/in"


def test_settings_that_cannot_be_read_are_their_own_problem(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("[listener\n")

    with pytest.raises(SettingsProblem):
        listen_options(given(), tmp_path)

"""How to listen: what the command line says, else what the settings say."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bxgui.command_problem import USAGE, CommandProblem
from bxgui.core.client_address import Networks, NotANetwork, networks_of
from bxgui.core.public_address import NotAWebAddress, public_base
from bxgui.services.listener import ListenOptions, TlsFiles, configured


def listen_options(options: argparse.Namespace, folder: Path) -> ListenOptions:
    """How to listen; raises `CommandProblem`, or `SettingsProblem` for the folder's settings."""
    chosen = configured(folder)
    return replace(
        chosen,
        host=chosen.host if options.host is None else options.host,
        port=chosen.port if options.port is None else options.port,
        public_url=given_public_url(options.public_url) or chosen.public_url,
        allowed=_networks("--allow", options.allow) or chosen.allowed,
        proxies=_networks("--proxy", options.proxy) or chosen.proxies,
        tls=_tls(options) or chosen.tls,
    )


def given_public_url(text: str | None) -> str:
    """The base of the public address given, empty for none; raises `CommandProblem`."""
    try:
        return public_base(text) if text else ""
    except NotAWebAddress as problem:
        message = (
            f"--public-url cannot be used: it {problem}. Write it as https://hook.example.com."
        )
        raise CommandProblem(message, USAGE) from problem


def _networks(option: str, texts: Sequence[str] | None) -> Networks:
    try:
        return networks_of(texts or ())
    except NotANetwork as problem:
        message = (
            f"{option} wants a network such as 203.0.113.0/24, or an address, not {str(problem)!r}."
        )
        raise CommandProblem(message, USAGE) from problem


def _tls(options: argparse.Namespace) -> TlsFiles | None:
    certificate, key = options.tls_certificate, options.tls_key
    if (certificate is None) != (key is None):
        message = "--tls-certificate and --tls-key go together; give both, or neither."
        raise CommandProblem(message, USAGE)
    return None if certificate is None else TlsFiles(Path(certificate), Path(key))

"""How to listen as the settings say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bxgui.core.client_address import Networks, NotANetwork, networks_of
from bxgui.core.public_address import NotAWebAddress, public_base
from bxgui.services import settings
from bxgui.services.listener.binding import ListenOptions, TlsFiles
from bxgui.services.settings import FILE_NAME, Settings, SettingsProblem


def configured(folder: Path) -> ListenOptions:
    """The options that a folder's settings make; raises `SettingsProblem`."""
    return options_of(settings.load(folder), folder)


def options_of(chosen: Settings, folder: Path) -> ListenOptions:
    """The options that settings make which are kept, or will be, in a folder."""
    return ListenOptions(
        chosen.host,
        chosen.port,
        public_url_of(chosen, folder),
        _networks("allowed_networks", chosen.allowed_networks, folder),
        _networks("trusted_proxies", chosen.trusted_proxies, folder),
        _tls(chosen, folder),
    )


def public_url_of(chosen: Settings, folder: Path) -> str:
    """The base of the public address set, empty for none; raises `SettingsProblem`."""
    try:
        return public_base(chosen.public_url) if chosen.public_url else ""
    except NotAWebAddress as problem:
        message = (
            f"public_url in {folder / FILE_NAME} cannot be used: it {problem}. "
            "Write it as https://hook.example.com, or remove it."
        )
        raise SettingsProblem(message) from problem


def _networks(name: str, texts: Sequence[str], folder: Path) -> Networks:
    try:
        return networks_of(texts)
    except NotANetwork as problem:
        message = (
            f"{name} in {folder / FILE_NAME} holds {str(problem)!r}, which is no network "
            "such as 203.0.113.0/24 and no address. Mend or remove it."
        )
        raise SettingsProblem(message) from problem


def _tls(chosen: Settings, folder: Path) -> TlsFiles | None:
    """The files named, from the settings' own folder where they name no other."""
    certificate, key = chosen.tls_certificate, chosen.tls_key
    if bool(certificate) != bool(key):
        message = (
            f"tls_certificate and tls_key in {folder / FILE_NAME} go together. "
            "Name both, or remove both."
        )
        raise SettingsProblem(message)
    if not certificate:
        return None
    return TlsFiles(folder / Path(certificate).expanduser(), folder / Path(key).expanduser())

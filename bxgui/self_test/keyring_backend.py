"""Which keyring this program finds here; what is in it is left alone."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping

from bxgui.self_test.telling import StepFailed
from bxgui.services import vault

_SECONDS = 8.0
# What the backend of each system is made of, and a package may lack.
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "linux": ("keyring.backends.SecretService", "secretstorage", "jeepney"),
    "darwin": ("keyring.backends.macOS",),
    "win32": ("keyring.backends.Windows", "win32ctypes"),
}
# These always have one.
_WITH_KEYRING = ("darwin", "win32")


def named() -> str:
    """The keyring's name; where the system has none, that it has none."""
    from bxgui.services.time_limit import within

    for module in _NEEDED.get(sys.platform, ()):
        try:
            importlib.import_module(module)
        except ImportError as error:
            message = f"{module} is missing ({error})"
            raise StepFailed(message) from error
    try:
        keeper, backend = within(_SECONDS, vault.backend_names, "keyring")
    except TimeoutError as error:
        message = f"no answer within {_SECONDS:g} s"
        raise StepFailed(message) from error
    if keeper:
        return keeper
    if sys.platform in _WITH_KEYRING:
        message = f"the keyring of the system is not found, only {backend}"
        raise StepFailed(message)
    return f"none on this computer ({backend}), secrets are kept in memory only"

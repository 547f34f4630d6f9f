"""The first module of the frozen program.

What starts a frozen program sets the environment for its own libraries and Qt. A browser or
portal that it opens must not get those: they break programs that bring libraries of their own.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from bxgui.__main__ import main

_OF_THE_LOADER = "_PYI_"
_OF_QT = ("QT_PLUGIN_PATH", "QML2_IMPORT_PATH")
_OF_LIBRARIES = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LIBPATH")
_OF_OPENSSL = ("SSL_CERT_FILE", "SSL_CERT_DIR")
_BEFORE = "_ORIG"

# Where systems keep the authorities that they believe; OpenSSL knows one place only, that of the
# computer it was built on.
_AUTHORITIES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)


def given_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment as it was before the frozen program was started."""
    kept = {
        name: value
        for name, value in environment.items()
        if not name.startswith(_OF_THE_LOADER) and name not in _OF_QT
    }
    for name in _OF_LIBRARIES:
        former = kept.pop(name + _BEFORE, None)
        kept.pop(name, None)
        if former is not None:
            kept[name] = former
    return kept


def authorities(
    environment: Mapping[str, str], places: tuple[str, ...] = _AUTHORITIES
) -> dict[str, str]:
    """Where OpenSSL has to look for the authorities to believe, unless that is said already.

    It is not asked what it would find by itself: loading it takes longer than this does.
    """
    if os.name == "nt" or not environment.keys().isdisjoint(_OF_OPENSSL):
        return {}
    found = next((place for place in places if Path(place).is_file()), "")
    if not found:
        import certifi  # noqa: PLC0415 - every start would wait for it, and few need it

        found = certifi.where()
    return {_OF_OPENSSL[0]: found}


def restore() -> None:
    """Have every program that is started from here on get the environment it should."""
    wanted = given_environment(os.environ)
    wanted |= authorities(wanted)
    os.environ.clear()
    os.environ.update(wanted)


if __name__ == "__main__":
    restore()
    sys.exit(main())

"""Files of certificate authorities that a user has a portal believed by."""

from __future__ import annotations

import ssl


class CaFileProblem(OSError):
    """A CA file that cannot be read: whose certificates to believe is not known then."""


def believing(ca_file: str) -> ssl.SSLContext:
    """Checks certificates by these authorities besides the system's; raises `CaFileProblem`."""
    context = ssl.create_default_context()
    reason = _load(context, ca_file)
    if reason:
        raise CaFileProblem(0, f"the CA file cannot be read: {reason}")
    return context


def _load(context: ssl.SSLContext, ca_file: str) -> str:
    try:
        context.load_verify_locations(ca_file)
    except ssl.SSLError:
        return "it holds no certificates in PEM"
    except OSError as error:
        return error.strerror or type(error).__name__
    return ""

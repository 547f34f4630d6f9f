"""The certificate and key that the listener itself is given for https."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)

from bxgui.core.checks import Check, Severity, Subject
from bxgui.services.files import content_of

_SOON = timedelta(days=14)
_RENEW = "Renew it: with an expired one no call arrives."
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def check_certificate(certificate: str, key: str, now: datetime) -> list[Check]:
    """Whether the two files can be used; without any the listener speaks plain HTTP."""
    if not certificate and not key:
        text = (
            "The listener has no certificate and speaks plain HTTP; https is up to the tunnel or "
            "proxy before it."
        )
        return [_check(Severity.OK, text)]
    if not certificate or not key:
        text = "For https the listener needs both files, its certificate and its key."
        return [_check(Severity.PROBLEM, text, "Set tls_certificate and tls_key, or neither.")]
    try:
        chain = x509.load_pem_x509_certificates(content_of(Path(certificate)))
        public = load_pem_private_key(content_of(Path(key)), None).public_key()
    except OSError as error:
        text = f"The file {error.filename} cannot be read: {error.strerror}."
        return [_check(Severity.PROBLEM, text)]
    except TypeError:
        text = f"The key in {key} is encrypted, and nobody is there to type its password."
        return [_check(Severity.PROBLEM, text, "Give the listener a key without a password.")]
    except (ValueError, UnsupportedAlgorithm):
        text = f"The files {certificate} and {key} hold no certificate and key that can be read."
        return [_check(Severity.PROBLEM, text, "Both have to be in PEM.")]
    if _bytes_of(public) != _bytes_of(chain[0].public_key()):
        text = f"The key in {key} does not belong to the certificate in {certificate}."
        return [_check(Severity.PROBLEM, text)]
    return [validity(chain[0], now), *_origin(chain), *_rights(Path(key))]


def validity(certificate: x509.Certificate, now: datetime) -> Check:
    """For whom the certificate is, and how long it will do."""
    names = ", ".join(_names(certificate)) or "nobody"
    since, until = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if now > until:
        text = f"The certificate for {names} has expired, on {until:%Y-%m-%d}."
        return _check(Severity.PROBLEM, text, _RENEW)
    if now < since:
        text = f"The certificate for {names} is valid only from {since:%Y-%m-%d} on."
        return _check(Severity.PROBLEM, text, "Look at the clock of this computer.")
    if until - now < _SOON:
        text = f"The certificate for {names} is about to expire, on {until:%Y-%m-%d}."
        return _check(Severity.WARNING, text, _RENEW)
    text = f"The certificate for {names} is valid until {until:%Y-%m-%d}."
    return _check(Severity.OK, text)


def _origin(chain: Sequence[x509.Certificate]) -> list[Check]:
    found = []
    if not _names(chain[0]):
        text = "The certificate names no host, so it fits no address."
        found.append(_check(Severity.WARNING, text, "Get one for the name of the address."))
    if chain[0].issuer == chain[0].subject:
        text = "The certificate is self-signed, and Bitrix24 calls no handler that has such a one."
        found.append(_check(Severity.WARNING, text, "Get one from a public authority."))
    return found


def _rights(key: Path) -> list[Check]:
    """Other users' rights to the key, where rights are those of POSIX."""
    if os.name != "posix" or not key.stat().st_mode & _OTHERS:
        return []
    text = f"Other users of this computer have rights to the key in {key}."
    return [_check(Severity.WARNING, text, "Take them away: chmod 600.")]


def _names(certificate: x509.Certificate) -> list[str]:
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        return []
    addresses = found.get_values_for_type(x509.IPAddress)
    return [*found.get_values_for_type(x509.DNSName), *map(str, addresses)]


def _bytes_of(key: Any) -> bytes:
    """A public key of whatever kind, to be compared."""
    encoded: bytes = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return encoded


def _check(severity: Severity, text: str, advice: str = "") -> Check:
    return Check(Subject.CERTIFICATE, severity, text, advice)

"""TLS from certificate and key files, which may be replaced while the listener runs."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from cryptography import x509

from bxgui.services.files import content_of
from bxgui.services.listener.announcements import Announcements
from bxgui.services.listener.binding import ListenProblem, TlsFiles

_Stamp = tuple[tuple[int, int, int] | None, ...]


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate with its key, ready for handshakes; `expires_at` is None where unreadable."""

    context: ssl.SSLContext
    expires_at: datetime | None


class LiveCertificate:
    """The certificate in use: another pair in its files takes its place if it is a good one.

    Connections that live keep theirs. Each handshake takes the certificate that is current when it
    begins, so that none meets a new certificate with an old key.
    """

    def __init__(self, files: TlsFiles, tell: Announcements, clock: Callable[[], datetime]) -> None:
        self._files = files
        self._tell = tell
        self._clock = clock
        self._judged = self._seen = _stamp(files)
        self._current = load(files)
        self._told_expired = False
        self.context = self._current.context
        self.context.sni_callback = self._choose

    def look(self) -> None:
        """Take a replaced pair once its files have come to rest, and tell what became of it."""
        stamp = _stamp(self._files)
        at_rest, self._seen = stamp == self._seen, stamp
        if at_rest and stamp != self._judged:
            self._judged = stamp
            self._replace()
        self._warn_if_expired()

    def _replace(self) -> None:
        try:
            self._current = load(self._files)
        except ListenProblem as problem:
            self._tell.tls_problem(str(problem))
            return
        self._told_expired = False
        self._tell.tls_reloaded(self._current.expires_at)

    def _warn_if_expired(self) -> None:
        expires_at = self._current.expires_at
        if expires_at is None or self._told_expired or self._clock() < expires_at:
            return
        self._told_expired = True
        self._tell.tls_warning(
            f"The TLS certificate expired on {expires_at:%Y-%m-%d}: portals refuse it. Renew it."
        )

    def _choose(self, handshake: ssl.SSLObject, _name: str, _context: ssl.SSLContext) -> None:
        handshake.context = self._current.context


def load(files: TlsFiles) -> Certificate:
    """The pair that is in the files; raises `ListenProblem`, which says what is wrong with it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.options |= ssl.OP_NO_RENEGOTIATION
    context.set_alpn_protocols(["http/1.1"])
    certificate, key = _content(files.certificate), _content(files.key)
    try:
        context.load_cert_chain(files.certificate, files.key, _no_passphrase)
    except _PassphraseWanted as wanted:
        message = f"The TLS key {files.key} needs a passphrase. Save it without one."
        raise ListenProblem(message) from wanted
    except OSError as error:
        raise ListenProblem(_reason(error, files, certificate, key)) from error
    return Certificate(context, _expires_at(certificate))


class _PassphraseWanted(Exception):
    """The key is encrypted, and nobody is there to type."""


def _no_passphrase() -> NoReturn:
    raise _PassphraseWanted


def _content(path: Path) -> bytes:
    try:
        return content_of(path)
    except OSError as error:
        message = f"The TLS file {path} cannot be read: {error.strerror}."
        raise ListenProblem(message) from error


def _reason(error: OSError, files: TlsFiles, certificate: bytes, key: bytes) -> str:
    """What is wrong with a pair: the library's own words name neither file."""
    if b"-----BEGIN CERTIFICATE-----" not in certificate:
        return f"The TLS certificate {files.certificate} is not a PEM certificate."
    if b"PRIVATE KEY-----" not in key:
        return f"The TLS key {files.key} is not a PEM private key."
    name = getattr(error, "reason", None) or "unreadable"
    if name.endswith("_MISMATCH"):
        return f"The TLS key {files.key} does not fit the certificate {files.certificate}."
    return f"The TLS certificate {files.certificate} cannot be used with its key: {name}."


def _expires_at(certificate: bytes) -> datetime | None:
    try:
        return x509.load_pem_x509_certificates(certificate)[0].not_valid_after_utc
    except ValueError:
        return None


def _stamp(files: TlsFiles) -> _Stamp:
    """What changes with the content of the files."""
    return tuple(map(_file_stamp, (files.certificate, files.key)))


def _file_stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino

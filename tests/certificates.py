"""Certificates of an authority of the test's own, as files."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import trustme

from bxgui.services.listener import TlsFiles

HOST = "127.0.0.1"
EXPIRES_AT = datetime(2400, 1, 1, tzinfo=UTC)


@cache
def authority() -> trustme.CA:
    return trustme.CA()


def issued(not_after: datetime = EXPIRES_AT) -> tuple[bytes, bytes]:
    """A certificate for this computer with its chain, and its key, each as PEM."""
    leaf = authority().issue_cert(HOST, "hook.example.com", not_after=not_after)
    return b"".join(part.bytes() for part in leaf.cert_chain_pems), leaf.private_key_pem.bytes()


def files_in(folder: Path) -> TlsFiles:
    return TlsFiles(folder / "hook.pem", folder / "hook.key")


def put(files: TlsFiles, certificate: bytes, key: bytes) -> None:
    """Put a pair in the place of what is in the files, as programs do that renew one."""
    for path, content in ((files.certificate, certificate), (files.key, key)):
        part = path.with_suffix(".part")
        part.write_bytes(content)
        part.replace(path)


def tls_of_a_server() -> ssl.SSLContext:
    """A server's side, with a certificate for this computer."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority().issue_cert(HOST).configure_cert(context)
    return context


def trusting() -> ssl.SSLContext:
    """A client's side that trusts the authority and nobody else."""
    context = ssl.create_default_context()
    authority().configure_trust(context)
    return context


def presented(server: ssl.SSLContext, client: ssl.SSLContext, name: str | None = HOST) -> bytes:
    """The certificate that a server presents in a handshake in memory, as DER."""
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    theirs = client.wrap_bio(to_client, to_server, server_hostname=name)
    ours = server.wrap_bio(to_server, to_client, server_side=True)
    waiting = [theirs, ours]
    while waiting:
        side = waiting.pop(0)
        try:
            side.do_handshake()
        except ssl.SSLWantReadError:
            waiting.append(side)
    return theirs.getpeercert(binary_form=True) or b""


def der(certificate: bytes) -> bytes:
    """The first certificate of a PEM file."""
    first, end, _ = certificate.decode().partition("-----END CERTIFICATE-----")
    return ssl.PEM_cert_to_DER_cert(first + end)

"""Whether certificates are checked: one is believed by its CA file, and refused without it."""

from __future__ import annotations

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import certifi
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from bxgui.core.outcome import Failure
from bxgui.core.reach import Reach
from bxgui.core.rest_request import json_request
from bxgui.self_test.telling import StepFailed
from bxgui.services.portal_client import USER_AGENT, PortalClient
from bxgui.services.workspace import utc_now
from bxgui.simulator.server import SimulatedPortal

_METHOD = "server.time"
_DAY = timedelta(days=1)


def bundle() -> str:
    """The authorities that are shipped with the program."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context.load_verify_locations(certifi.where())
    except OSError as error:
        message = f"the certificates of public authorities are missing: {error}"
        raise StepFailed(message) from error
    count = context.cert_store_stats()["x509_ca"]
    if not count:
        message = "there are no certificates of public authorities"
        raise StepFailed(message)
    return f"{count} public authorities"


def handshakes(folder: Path) -> str:
    """Two real handshakes on this computer: one must succeed, the other must not."""
    server, authority = _server_context(folder), folder / "authority.pem"
    with SimulatedPortal(tls=server) as portal:
        believed = _failure(portal.endpoint, Reach(ca_file=str(authority)))
        refused = _failure(portal.endpoint, Reach())
    if believed:
        message = f"a good certificate was not believed ({believed})"
        raise StepFailed(message)
    if refused != Failure.CERTIFICATE:
        message = f"a certificate of an unknown authority was not refused ({refused or 'no error'})"
        raise StepFailed(message)
    return f"{ssl.OPENSSL_VERSION}, a good certificate believed, an unknown one refused"


def _failure(endpoint: str, reach: Reach) -> str:
    """Why a request got no answer; empty when it got one."""
    client = PortalClient(utc_now)
    try:
        exchange, _ = client.call(json_request(endpoint, _METHOD, [], USER_AGENT), reach=reach)
    finally:
        client.close()
    return exchange.failure


def _server_context(folder: Path) -> ssl.SSLContext:
    """A server's side with a new certificate, whose authority is put beside it."""
    ca_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    ca_name, name = _name("bxgui self-test authority"), _name("bxgui self-test")
    authority = (
        _builder(ca_name, ca_name, ca_key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(ca_key, hashes.SHA256())
    )
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    certificate = (
        _builder(name, ca_name, key.public_key())
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    (folder / "authority.pem").write_bytes(authority.public_bytes(Encoding.PEM))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    pair = folder / "server.pem"
    pair.write_bytes(certificate.public_bytes(Encoding.PEM) + private)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair)
    return context


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return x509.CertificateBuilder(
        issuer, subject, key, x509.random_serial_number(), now - _DAY, now + _DAY
    )

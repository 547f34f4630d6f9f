from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from unusable_places import posix

from bxgui.core.checks import Check, Severity
from bxgui.services.doctor.certificate import check_certificate

NOW = datetime(2026, 11, 24, tzinfo=UTC)


class Files:
    """A certificate and its key in two files."""

    def __init__(
        self,
        folder: Path,
        *names: str,
        since: datetime = NOW - timedelta(days=1),
        until: datetime = NOW + timedelta(days=90),
    ) -> None:
        issued = trustme.CA().issue_cert(*names, not_before=since, not_after=until)
        self.certificate, self.key = folder / "certificate.pem", folder / "key.pem"
        self.certificate.write_bytes(b"".join(one.bytes() for one in issued.cert_chain_pems))
        self.write_key(issued.private_key_pem.bytes())

    def write_key(self, content: bytes) -> None:
        self.key.write_bytes(content)
        self.key.chmod(0o600)

    def check(self) -> list[Check]:
        return check_certificate(str(self.certificate), str(self.key), NOW)


def test_without_a_certificate_nothing_is_wrong() -> None:
    (check,) = check_certificate("", "", NOW)

    assert check.severity is Severity.OK
    assert "plain HTTP" in check.text


@posix
def test_a_pipe_in_the_place_of_a_file_is_a_problem_and_not_waited_for(tmp_path: Path) -> None:
    files = Files(tmp_path, "hook.example.com")
    files.key.unlink()
    os.mkfifo(files.key)

    (check,) = files.check()

    assert check.severity is Severity.PROBLEM
    assert check.text == f"The file {files.key} cannot be read: it is no regular file."


@pytest.mark.parametrize("given", [("c.pem", ""), ("", "k.pem")])
def test_one_file_alone_is_a_problem(given: tuple[str, str]) -> None:
    (check,) = check_certificate(*given, NOW)

    assert check.severity is Severity.PROBLEM


def test_good_files_are_told_with_names_and_end(tmp_path: Path) -> None:
    (check,) = Files(tmp_path, "hook.example.com", "203.0.114.7").check()

    assert check.severity is Severity.OK
    assert check.text == (
        "The certificate for hook.example.com, 203.0.114.7 is valid until 2027-02-22."
    )


@pytest.mark.parametrize(
    ("since", "until", "severity", "text"),
    [
        (-90, -1, Severity.PROBLEM, "has expired, on 2026-11-23."),
        (1, 90, Severity.PROBLEM, "is valid only from 2026-11-25 on."),
        (-90, 13, Severity.WARNING, "is about to expire, on 2026-12-07."),
        (-90, 14, Severity.OK, "is valid until 2026-12-08."),
    ],
)
def test_the_time_of_a_certificate_is_looked_at(
    tmp_path: Path, since: int, until: int, severity: Severity, text: str
) -> None:
    first, last = NOW + timedelta(days=since), NOW + timedelta(days=until)

    (check,) = Files(tmp_path, "hook.example.com", since=first, until=last).check()

    assert check.severity is severity
    assert check.text == f"The certificate for hook.example.com {text}"


def test_a_key_of_another_certificate_is_a_problem(tmp_path: Path) -> None:
    files = Files(tmp_path, "hook.example.com")
    files.write_key(trustme.CA().issue_cert("a.example.com").private_key_pem.bytes())

    (check,) = files.check()

    assert check.severity is Severity.PROBLEM
    assert "does not belong to" in check.text


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    files = Files(tmp_path, "hook.example.com")
    files.key.unlink()

    (check,) = files.check()

    assert check.text == f"The file {files.key} cannot be read: No such file or directory."


@pytest.mark.parametrize("content", [b"", b"\0", b"-----BEGIN PRIVATE KEY-----\nx"])
def test_a_file_that_holds_something_else_is_a_problem(tmp_path: Path, content: bytes) -> None:
    files = Files(tmp_path, "hook.example.com")
    files.write_key(content)

    (check,) = files.check()

    assert check.severity is Severity.PROBLEM
    assert check.advice == "Both have to be in PEM."


def test_a_key_with_a_password_is_a_problem(tmp_path: Path) -> None:
    files = Files(tmp_path, "hook.example.com")
    key = ec.generate_private_key(ec.SECP256R1())
    files.write_key(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"word"))
    )

    (check,) = files.check()

    assert check.severity is Severity.PROBLEM
    assert "is encrypted" in check.text


def test_a_self_signed_certificate_without_names_is_warned_about(tmp_path: Path) -> None:
    files = Files(tmp_path, "hook.example.com")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "hook.example.com")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=90))
        .sign(key, hashes.SHA256())
    )
    files.certificate.write_bytes(made.public_bytes(Encoding.PEM))
    files.write_key(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))

    valid, nameless, self_signed = files.check()

    assert valid.severity is Severity.OK
    assert "names no host" in nameless.text
    assert "is self-signed" in self_signed.text
    assert nameless.severity is self_signed.severity is Severity.WARNING


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_a_key_that_others_may_read_is_warned_about(tmp_path: Path) -> None:
    files = Files(tmp_path, "hook.example.com")
    files.key.chmod(0o640)

    check = files.check()[-1]

    assert check.severity is Severity.WARNING
    assert str(files.key) in check.text

"""The public address: Bitrix24's rules for it, its name, its certificate, and who answers there."""

from __future__ import annotations

import ipaddress
import socket
import ssl
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from urllib.parse import SplitResult, urlsplit

from cryptography import x509

from bxgui.core.checks import Check, Severity, Subject
from bxgui.core.handler_address import PATH_PREFIX
from bxgui.core.handler_rules import (
    NOT_AN_ADDRESS,
    OTHER_SCHEME,
    HandlerFinding,
    handler_findings,
    is_reachable_ip,
)
from bxgui.services.doctor.certificate import validity
from bxgui.services.probe import Answer, Heard, hear
from bxgui.services.time_limit import within

_SECONDS = 4.0
_FINDINGS: dict[str, tuple[str, str]] = {
    "not_an_address": (
        "The public address cannot be read.",
        "Write it as https://hook.example.com.",
    ),
    "other_scheme": (
        "The public address begins neither with https:// nor with http://, so portals refuse it.",
        "Write it as https://hook.example.com.",
    ),
    "host_without_dot": (
        "The host in the public address has no dot in it, so portals refuse it.",
        "Use a whole name, such as hook.example.com.",
    ),
    "local_host": (
        "The host in the public address is local, and the server that sends calls reaches none.",
        "Use a tunnel or a proxy with a name on the internet.",
    ),
    "plain_http": (
        "The public address is plain HTTP: the tokens in calls can be read on their way.",
        "Use https, with a certificate from a public authority.",
    ),
    "user_name": (
        "The public address holds a user name, which portals may not send.",
        "Leave it out: the secret path keeps strangers away.",
    ),
    "no_secret_path": (
        "The public address holds a ? or a #, behind which the secret path is no path any more.",
        "Leave it out.",
    ),
    "fragment": (
        "The public address holds a #, and what stands behind it never arrives.",
        "Leave it out.",
    ),
}
_REDIRECTS = range(300, 400)
_GATEWAY_ERRORS = range(502, 505)


def check_address(
    public_url: str, secret: str, instance: str, now: datetime
) -> tuple[list[Check], Answer | None]:
    """Everything about the public address, step by step as far as a step makes sense.

    Whoever answers is None where nobody could be asked.
    """
    if not public_url:
        return [_none()], None
    if PATH_PREFIX in public_url:
        return [_has_secret()], None
    found = _findings(public_url)
    checks = [_of_finding(one) for one in found] or [
        _check(Severity.OK, "The public address keeps Bitrix24's rules for handlers.")
    ]
    if NOT_AN_ADDRESS in found or OTHER_SCHEME in found:
        return checks, None
    parts = urlsplit(public_url)
    for step in (_name, _certificate):
        check = step(parts, now)
        if check is not None:
            checks.append(check)
            if check.severity is Severity.PROBLEM:
                return checks, None
    if not secret:
        return checks, None
    heard = hear(public_url, secret, instance, _SECONDS)
    return [*checks, _of_answer(heard, shown_base(public_url))], heard.answer


def shown_base(public_url: str) -> str:
    """The public address without a user and password that may stand in it."""
    scheme, _, rest = public_url.rstrip("/").partition("://")
    netloc, slash, path = rest.partition("/")
    return f"{scheme}://{netloc.rpartition('@')[2]}{slash}{path}"


def _has_secret() -> Check:
    return _check(
        Severity.PROBLEM,
        "The public address holds a secret path, which the listener would put behind it again.",
        "Leave out /h/ and what follows.",
    )


def _none() -> Check:
    return _check(
        Severity.NOTE,
        "There is no public address, so no portal on the internet reaches the listener.",
        "Give it one with a tunnel or proxy, and enter it in the window under ⋯ Listener settings, "
        "or as public_url in settings.toml.",
    )


def _findings(public_url: str) -> tuple[HandlerFinding, ...]:
    # Whatever the secret path is, rules are registered with one.
    return handler_findings(f"{public_url.rstrip('/')}{PATH_PREFIX}path")


def _of_finding(finding: HandlerFinding) -> Check:
    text, advice = _FINDINGS[finding.code]
    return _check(finding.severity, text, advice)


def _name(parts: SplitResult, _now: datetime) -> Check | None:
    """Where the host's name leads; nothing for a host without a name."""
    host = parts.hostname or ""
    with suppress(ValueError):
        ipaddress.ip_address(host)
        return None
    try:
        found = within(_SECONDS, lambda: _addresses_of(host), "name")
    except (OSError, ValueError):
        text = f"The name {host} is not known on this computer's network."
        advice = "Look at its spelling. A name that is new may need some minutes to be known."
        return _check(Severity.PROBLEM, text, advice)
    shown = ", ".join(found)
    if any(map(is_reachable_ip, found)):
        return _check(Severity.OK, f"The name {host} leads to {shown}.")
    text = f"The name {host} leads to {shown}, which is no address on the internet."
    advice = "If it leads elsewhere from outside, this is as it should be; otherwise no call comes."
    return _check(Severity.WARNING, text, advice)


def _addresses_of(host: str) -> list[str]:
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def _certificate(parts: SplitResult, now: datetime) -> Check | None:
    """Whether the certificate is accepted; nothing without https, or where nobody answers."""
    if parts.scheme != "https":
        return None
    host = parts.hostname or ""
    try:
        shown = within(_SECONDS, lambda: _certificate_of(host, parts.port or 443), "certificate")
    except ssl.SSLCertVerificationError as error:
        text = f"The certificate of {host} is not accepted: {error.verify_message}."
        advice = (
            "Bitrix24 calls no handler with a certificate that is self-signed, expired, for "
            "another name, or without the ones between it and its authority."
        )
        return _check(Severity.PROBLEM, text, advice)
    except (ssl.SSLError, ConnectionResetError):
        text = f"What answers at {host} does not speak https."
        return _check(Severity.PROBLEM, text, "Look at the port, and at the tunnel or proxy.")
    except (OSError, ValueError):
        return None
    return replace(validity(shown, now), subject=Subject.ADDRESS)


def _certificate_of(host: str, port: int) -> x509.Certificate:
    context = ssl.create_default_context()
    with (
        socket.create_connection((host, port), _SECONDS) as plain,
        context.wrap_socket(plain, server_hostname=host) as secure,
    ):
        return x509.load_der_x509_certificate(secure.getpeercert(binary_form=True) or b"")


def _of_answer(heard: Heard, base: str) -> Check:
    if heard.answer in {Answer.OURS, Answer.OTHER_LISTENER}:
        return _check(Severity.OK, f"Through {base} our listener answers.")
    if heard.answer is Answer.SILENT:
        text = f"Nobody answers at {base}."
        advice = (
            "Start the tunnel or proxy. Some networks do not let a computer reach its own public "
            "address: then try it from outside."
        )
        return _check(Severity.PROBLEM, text, advice)
    if heard.status in _GATEWAY_ERRORS:
        text = f"The tunnel or proxy at {base} answers HTTP {heard.status}: it reaches no listener."
        advice = "Start the listener, and look at where the tunnel or proxy leads."
        return _check(Severity.PROBLEM, text, advice)
    if heard.status in _REDIRECTS:
        text = f"What answers at {base} leads elsewhere (HTTP {heard.status})."
        advice = "Make the address that it leads to the public address: calls are not redirected."
        return _check(Severity.PROBLEM, text, advice)
    text = f"What answers at {base} (HTTP {heard.status}) does not prove to be our listener."
    advice = (
        "Look at where the tunnel or proxy leads. It has to pass on everything under /h/, with "
        "its headers."
    )
    return _check(Severity.PROBLEM, text, advice)


def _check(severity: Severity, text: str, advice: str = "") -> Check:
    return Check(Subject.ADDRESS, severity, text, advice)

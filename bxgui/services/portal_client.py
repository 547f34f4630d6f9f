"""Calls a portal's REST methods through requests; every exchange is recorded, secrets masked."""

from __future__ import annotations

import io
import ipaddress
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from http.cookiejar import DefaultCookiePolicy
from threading import Lock
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import NameResolutionError

from bxgui import __version__
from bxgui.core.endpoint import endpoint_host, portal_endpoint
from bxgui.core.outcome import Answer, Failure, Verdict, classify, classify_failure
from bxgui.core.records import Exchange, Headers
from bxgui.core.redact import MASK, PLACEHOLDER, SURELY_A_COPY, cut_json, masked_headers
from bxgui.core.rest_request import ACCESS_TOKEN_PARAMETER, RestRequest

CONNECT_SECONDS = 5.0
READ_SECONDS = 70.0
_WHOLE_ANSWER_SECONDS = 120.0
_LONGEST_ANSWER = 4 * 1024 * 1024
USER_AGENT = f"bxgui/{__version__}"


class _Body(io.BytesIO):
    """A request body that remembers whether any of it was taken to be sent."""

    taken = False

    def read(self, size: int | None = -1, /) -> bytes:
        """Read as usual."""
        self.taken = True
        return super().read(size)


class _Session(requests.Session):
    """Neither follows redirects nor looks where they lead, and keeps no cookies."""

    def __init__(self) -> None:
        super().__init__()
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    def get_redirect_target(self, resp: requests.Response) -> None:  # noqa: ARG002
        """Lead nowhere: even an address that cannot be read must not raise."""
        return


@dataclass
class _Received:
    """What has come back so far."""

    status: int = 0
    reason: str = ""
    headers: Headers = ()
    location: str = ""
    body: bytearray = field(default_factory=bytearray)


class PortalClient:
    """One connection pool per portal; `clock` gives the moments that exchanges carry."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        connect_seconds: float = CONNECT_SECONDS,
        read_seconds: float = READ_SECONDS,
    ) -> None:
        self._clock = clock
        self._timeout = (connect_seconds, read_seconds)
        self._sessions: dict[str, requests.Session] = {}
        self._lock = Lock()

    def call(self, request: RestRequest) -> tuple[Exchange, Verdict]:
        """Send a request; never raises for what a network or portal does."""
        cut = cut_json(request.body, (ACCESS_TOKEN_PARAMETER,))
        blank = Exchange(
            method="POST",
            url=request.url,
            started_at=self._clock(),
            milliseconds=0,
            request_headers=request.headers,
            request_body=cut.masked,
        )
        refused = _refused_address(request.endpoint)
        if refused is not None:
            return replace(blank, failure=refused.value), classify_failure(refused)
        return self._exchange(blank, request, [one.value for one in cut.cuts])

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            for session in self._sessions.values():
                session.close()
            self._sessions.clear()

    def _exchange(
        self, blank: Exchange, request: RestRequest, secrets: Sequence[bytes]
    ) -> tuple[Exchange, Verdict]:
        sent, received = _Body(request.body), _Received()
        begun = time.perf_counter()
        failure, text = None, ""
        try:
            headers = self._transfer(request, sent, received)
            blank = replace(blank, request_headers=headers)
        except (requests.RequestException, OSError, ValueError) as error:
            failure, text = _failure(error, sent), _failure_text(error)
        answer = _masked_answer(received, secrets)
        exchange = replace(
            blank,
            milliseconds=round((time.perf_counter() - begun) * 1000),
            http_status=received.status,
            reason=received.reason,
            response_headers=tuple((n, _without(v, secrets)) for n, v in received.headers),
            response_body=answer.body,
            failure=failure.value if failure else "",
            failure_text=text,
        )
        if failure is not None:
            return exchange, classify_failure(failure)
        return exchange, classify(answer, request.method)

    def _transfer(self, request: RestRequest, sent: _Body, received: _Received) -> Headers:
        """Send and receive; returns the request's headers as they went out."""
        session = self._session(request.url)
        with session.post(
            request.url,
            data=sent,
            headers=dict(request.headers),
            timeout=self._timeout,
            allow_redirects=False,
            stream=True,
            verify=True,
        ) as response:
            received.status = response.status_code
            received.reason = response.reason or ""
            received.headers = tuple(masked_headers(list(response.headers.items())))
            received.location = response.headers.get("Location", "")
            deadline = time.monotonic() + _WHOLE_ANSWER_SECONDS
            for part in response.iter_content(65536):
                received.body += part
                if len(received.body) > _LONGEST_ANSWER or time.monotonic() > deadline:
                    raise requests.ReadTimeout
            return tuple(masked_headers(list(response.request.headers.items())))

    def _session(self, url: str) -> requests.Session:
        host = endpoint_host(url)
        with self._lock:
            if host not in self._sessions:
                self._sessions[host] = _new_session(is_loopback(url))
            return self._sessions[host]


def is_loopback(url: str) -> bool:
    """Whether an address is on this computer."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _new_session(loopback: bool) -> requests.Session:
    session = _Session()
    adapter = HTTPAdapter(pool_connections=1, pool_maxsize=1, max_retries=0)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    # No password of a .netrc goes out, and no proxy stands between this computer and itself.
    session.auth = _unchanged
    session.trust_env = not loopback
    session.headers.clear()
    return session


def _unchanged(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _refused_address(endpoint: str) -> Failure | None:
    if not endpoint or portal_endpoint(endpoint) != endpoint:
        return Failure.BAD_ADDRESS
    if endpoint.startswith("http:") and not is_loopback(endpoint):
        return Failure.PLAIN_HTTP
    return None


def _failure(error: Exception, sent: _Body) -> Failure:
    """What went wrong; as long as no byte of the body was taken, nothing can have been executed."""
    if sent.taken:
        timed_out = isinstance(error, requests.Timeout) or "timed out" in str(error)
        return Failure.READ_TIMEOUT if timed_out else Failure.CONNECTION_LOST
    chain = list(_causes(error))
    for kind, failure in _BEFORE_SENDING:
        if any(isinstance(cause, kind) for cause in chain):
            return failure
    return Failure.CONNECTION_REFUSED


_BEFORE_SENDING: tuple[tuple[type[BaseException], Failure], ...] = (
    (requests.exceptions.ProxyError, Failure.PROXY),
    (ssl.SSLCertVerificationError, Failure.CERTIFICATE),
    (requests.exceptions.SSLError, Failure.TLS),
    (NameResolutionError, Failure.DNS),
    (requests.ConnectTimeout, Failure.CONNECT_TIMEOUT),
    (requests.exceptions.InvalidURL, Failure.BAD_ADDRESS),
    (UnicodeError, Failure.BAD_ADDRESS),
)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and everything wrapped in it: causes, contexts, urllib3's reasons, arguments."""
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += (one.__cause__, one.__context__, getattr(one, "reason", None), *one.args)


def _failure_text(error: Exception) -> str:
    """The innermost reason in the system's words, without addresses or anything we sent."""
    texts = [
        cause.strerror or str(cause.args[-1])
        for cause in _causes(error)
        if isinstance(cause, OSError)
        and cause.args
        and not isinstance(cause, requests.RequestException)
    ]
    return (texts[-1] if texts else type(error).__name__)[:300]


def _masked_answer(received: _Received, secrets: Sequence[bytes]) -> Answer:
    """An answer without what it repeats of our secrets, and without tokens of its own."""
    body = bytes(received.body)
    for secret in _copies(secrets):
        body = body.replace(secret, PLACEHOLDER)
    if body.lstrip().startswith(b"{"):
        masked = cut_json(body).masked
        body = masked if masked != PLACEHOLDER else body
    return Answer(received.status, body, _without(received.location, secrets))


def _without(text: str, secrets: Sequence[bytes]) -> str:
    for secret in _copies(secrets):
        text = text.replace(secret.decode("utf-8", "replace"), MASK)
    return text


def _copies(secrets: Sequence[bytes]) -> list[bytes]:
    """The secrets to look for, the longest first: one may be a part of another."""
    return sorted((one for one in secrets if len(one) >= SURELY_A_COPY), key=len, reverse=True)

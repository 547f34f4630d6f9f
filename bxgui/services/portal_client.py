"""Speaks to portals and their authorization servers; records every exchange, secrets masked."""

from __future__ import annotations

import io
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from http.cookiejar import DefaultCookiePolicy
from threading import Lock
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import NameResolutionError

from bxgui import __version__
from bxgui.core.endpoint import endpoint_host, portal_endpoint
from bxgui.core.masking import Masking
from bxgui.core.outcome import Answer, Failure, Verdict, classify, classify_failure
from bxgui.core.reach import USUAL_REACH, Reach, is_loopback
from bxgui.core.records import Exchange, Headers
from bxgui.core.redact import CutBody, cut_form, cut_json, masked_headers
from bxgui.core.rest_request import ACCESS_TOKEN_PARAMETER, RestRequest
from bxgui.services.ca_files import CaFileProblem, believing

CONNECT_SECONDS = 5.0
READ_SECONDS = 70.0
_WHOLE_ANSWER_SECONDS = 120.0
# A portal's one worker, and a person who tests its authorization meanwhile.
_CONNECTIONS = 4
_LONGEST_ANSWER = 4 * 1024 * 1024
USER_AGENT = f"bxgui/{__version__}"
_FORM_HEADERS = (
    ("Accept", "application/json"),
    ("Accept-Encoding", "gzip"),
    ("Content-Type", "application/x-www-form-urlencoded"),
    ("User-Agent", USER_AGENT),
)


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


@dataclass(frozen=True)
class _Request:
    """What is to be sent."""

    url: str
    body: bytes
    headers: Headers
    reach: Reach
    masking: Masking


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
        self._sessions: dict[tuple[str, str], requests.Session] = {}
        self._lock = Lock()

    def call(
        self,
        request: RestRequest,
        *,
        secrets: Sequence[bytes] = (),
        reach: Reach = USUAL_REACH,
    ) -> tuple[Exchange, Verdict]:
        """Send a request; never raises for what a network or portal does.

        Its access token, and each of `secrets`, is masked in the record, wherever it stands.
        """
        exchange, answer = self.ask(request, secrets=secrets, reach=reach)
        if isinstance(answer, Failure):
            return exchange, classify_failure(answer)
        return exchange, classify(answer, request.method)

    def ask(
        self,
        request: RestRequest,
        *,
        secrets: Sequence[bytes] = (),
        reach: Reach = USUAL_REACH,
    ) -> tuple[Exchange, Answer | Failure]:
        """As `call`, for an answer that holds more than one verdict; it is masked too."""
        cut = cut_json(request.body, (ACCESS_TOKEN_PARAMETER,))
        masking = Masking.of(secrets, cut)
        wanted = _Request(request.url, request.body, request.headers, reach, masking)
        exchange, answer = self._post(wanted, request.endpoint, cut)
        if isinstance(answer, Failure):
            return exchange, answer
        location = masking.text(answer.location)
        return exchange, Answer(answer.status, exchange.response_body, location)

    def post_form(
        self, address: str, form: bytes, secrets: Sequence[bytes] = (), reach: Reach = USUAL_REACH
    ) -> tuple[Exchange, Answer | Failure]:
        """POST a form; the record is masked as that of `call`, the answer is as it came."""
        cut = cut_form(form)
        request = _Request(address, form, _FORM_HEADERS, reach, Masking.of(secrets, cut))
        return self._post(request, address, cut)

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            for session in self._sessions.values():
                session.close()
            self._sessions.clear()

    def _post(
        self, request: _Request, endpoint: str, cut: CutBody
    ) -> tuple[Exchange, Answer | Failure]:
        blank = Exchange(
            method="POST",
            url=request.masking.text(request.url),
            started_at=self._clock(),
            milliseconds=0,
            request_headers=request.headers,
            request_body=request.masking.body(cut.masked),
        )
        refused = _refused_address(endpoint, request.reach)
        if refused is not None:
            return replace(blank, failure=refused.value), refused
        return self._exchange(blank, request)

    def _exchange(self, blank: Exchange, request: _Request) -> tuple[Exchange, Answer | Failure]:
        masking = request.masking
        sent, received = _Body(request.body), _Received()
        begun = time.perf_counter()
        failure, text = None, ""
        try:
            headers = self._transfer(request, sent, received)
            blank = replace(blank, request_headers=headers)
        except (requests.RequestException, OSError, ValueError) as error:
            failure, text = _failure(error, sent), _failure_text(error)
        exchange = replace(
            blank,
            milliseconds=round((time.perf_counter() - begun) * 1000),
            http_status=received.status,
            reason=received.reason,
            response_headers=tuple((n, masking.text(v)) for n, v in received.headers),
            response_body=masking.answer(bytes(received.body)),
            failure=failure.value if failure else "",
            failure_text=text,
        )
        answer = Answer(received.status, bytes(received.body), received.location)
        return exchange, failure or answer

    def _transfer(self, request: _Request, sent: _Body, received: _Received) -> Headers:
        """Send and receive; returns the request's headers as they went out."""
        session = self._session(request)
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

    def _session(self, request: _Request) -> requests.Session:
        place = endpoint_host(request.url), request.reach.ca_file
        with self._lock:
            if place not in self._sessions:
                self._sessions[place] = _new_session(is_loopback(request.url), place[1])
            return self._sessions[place]


class _Adapter(HTTPAdapter):
    """Believes the authorities of a CA file too, besides those that are always believed."""

    def __init__(self, ca_file: str) -> None:
        self._trust: dict[str, Any] = {}
        if ca_file:
            self._trust["ssl_context"] = believing(ca_file)
        super().__init__(pool_connections=1, pool_maxsize=_CONNECTIONS, max_retries=0)

    def init_poolmanager(
        self, connections: int, maxsize: int, block: bool = False, **options: Any
    ) -> None:
        """Make the pool with our context, where there is one."""
        super().init_poolmanager(connections, maxsize, block, **options, **self._trust)

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        """Make a proxy's pool likewise."""
        return super().proxy_manager_for(proxy, **options, **self._trust)


def _new_session(loopback: bool, ca_file: str = "") -> requests.Session:
    session = _Session()
    adapter = _Adapter(ca_file)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    # No password of a .netrc goes out, and no proxy stands between this computer and itself.
    session.auth = _unchanged
    session.trust_env = not loopback
    session.headers.clear()
    return session


def _unchanged(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _refused_address(endpoint: str, reach: Reach) -> Failure | None:
    if not endpoint or portal_endpoint(endpoint) != endpoint:
        return Failure.BAD_ADDRESS
    return None if reach.allows(endpoint) else Failure.PLAIN_HTTP


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
    (CaFileProblem, Failure.CERTIFICATE),
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

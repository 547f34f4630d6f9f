from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from posts import FORM, NOW

from bxgui.core.client_address import Networks, networks_of
from bxgui.core.phpform import LIMITS, BodyRefused
from bxgui.core.records import Arrival, CallKind, Rejection, Stored
from bxgui.core.rejections import PREVIEW_BYTES
from bxgui.services.listener.asgi import REFUSAL
from bxgui.services.listener.body_room import BodyRoom
from bxgui.services.listener.gate import Gate
from bxgui.services.listener.handler_app import HandlerApp
from bxgui.services.listener.keeping import NotStored
from bxgui.services.store.listener_paths import ListenerPath

STORED = Stored(7, CallKind.OTHER, None, "", "", "", 1)
PATH = "/h/abc"
HeaderLines = tuple[tuple[bytes, bytes], ...]
HEADERS: HeaderLines = ((b"content-type", FORM.encode()), (b"content-length", b"3"))

GONE: dict[str, object] = {"type": "http.disconnect"}


def part(body: bytes, *, more: bool = False) -> dict[str, object]:
    return {"type": "http.request", "body": body, "more_body": more}


@dataclass
class Exchange:
    """An application asked once over hand-written ASGI, and everything it did."""

    store: Callable[[Arrival], Stored]
    room: BodyRoom = field(default_factory=BodyRoom)
    gate: Callable[..., Gate] = Gate
    allowed: Networks = ()
    proxies: Networks = ()
    arrivals: list[Arrival] = field(default_factory=list)
    stored: list[Stored] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    told: list[tuple[int, str]] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)

    def run(
        self,
        *messages: dict[str, object],
        method: str = "POST",
        path: str = PATH,
        kind: str = "http",
        headers: HeaderLines = HEADERS,
        refusal: BodyRefused | None = None,
        client: tuple[str, int] | None = ("192.0.2.1", 99),
    ) -> int:
        """The status of the answer; 0 for none."""
        scope = {
            "type": kind,
            "method": method,
            "path": path,
            "headers": headers,
            "client": client,
            "state": {REFUSAL: refusal} if refusal else {},
        }
        asyncio.run(self.ask(self.app(), *messages, **scope))
        return int(self.sent[0]["status"]) if self.sent else 0

    def app(self) -> HandlerApp:
        """The application that hands what it takes to this exchange."""
        return HandlerApp(
            self.gate(
                [ListenerPath("abc", NOW), ListenerPath("old", NOW)],
                lambda: NOW,
                self.allowed,
                self.proxies,
            ),
            self,
            self.stored.append,
            lambda status, reason: self.told.append((status, reason)),
            lambda: NOW,
            self.room,
        )

    async def ask(self, app: HandlerApp, *messages: dict[str, object], **scope: Any) -> None:
        """Send a request, a good one where nothing else is said, and keep what is answered."""
        waiting = list(messages)

        async def receive() -> dict[str, object]:
            if waiting:
                return waiting.pop(0)
            await asyncio.Event().wait()
            raise AssertionError

        async def send(message: Any) -> None:
            self.sent.append(message)

        good = {"type": "http", "method": "POST", "path": PATH, "headers": HEADERS, "state": {}}
        await app({**good, "query_string": b"q=1", **scope}, receive, send)

    async def take(self, arrival: Arrival) -> Stored:
        self.arrivals.append(arrival)
        return self.store(arrival)

    def reject(self, rejection: Rejection) -> None:
        self.rejected.append(rejection)

    def close(self) -> None:
        raise AssertionError

    @property
    def closes(self) -> bool:
        """Whether the answer is the connection's last."""
        return (b"connection", b"close") in self.sent[0]["headers"]

    @property
    def answer(self) -> Any:
        return json.loads(self.sent[1]["body"])


def storing(_: Arrival) -> Stored:
    return STORED


class FailingStore:
    """Fails each arrival with the same error."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __call__(self, _: Arrival) -> Stored:
        raise self._error


def test_arrival_carries_everything_of_the_request() -> None:
    exchange = Exchange(storing)

    status = exchange.run(part(b"a=", more=True), part(b""), path="/h/abc/")

    assert status == 200
    assert exchange.arrivals == [
        Arrival(
            NOW,
            b"a=",
            FORM,
            b"q=1",
            (("content-type", FORM), ("content-length", "3")),
            "192.0.2.1:99",
        )
    ]
    assert exchange.stored == [STORED]
    assert exchange.answer == {"result": "stored"}


def test_former_secret_path_is_honoured_too() -> None:
    assert Exchange(storing).run(part(b"a=1"), path="/h/old") == 200


def test_sender_without_an_address_or_media_type_is_served() -> None:
    exchange = Exchange(storing)

    assert exchange.run(part(b"a=1"), headers=((b"x", b"\xff"), *HEADERS[1:]), client=None) == 200
    assert exchange.arrivals[0].content_type is None
    assert exchange.arrivals[0].headers[0] == ("x", "ÿ")


def test_call_that_could_not_be_stored_is_not_acknowledged() -> None:
    exchange = Exchange(FailingStore(NotStored("The disk is full.", in_emergency=True)))

    status = exchange.run(part(b"a=secret"))

    assert status == 503
    assert exchange.answer["error"] == "not_stored"
    assert exchange.stored == []
    assert exchange.told == []
    assert b"secret" not in exchange.sent[1]["body"]


def test_call_that_met_a_bug_is_not_acknowledged_and_nothing_of_it_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    exchange = Exchange(FailingStore(ZeroDivisionError("the body was a=secret")))

    status = exchange.run(part(b"a=secret"))

    assert status == 503
    assert exchange.answer["error"] == "not_stored"
    assert exchange.stored == []
    assert exchange.told == [(503, "the call could not be stored: ZeroDivisionError")]
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "secret" not in caplog.text
    assert b"secret" not in exchange.sent[1]["body"]
    caplog.clear()


@pytest.mark.parametrize(
    ("code", "status"),
    [("too_large", 413), ("media_type", 415), ("json", 400), ("too_deep", 400)],
)
def test_refused_body_has_its_status(code: str, status: int) -> None:
    exchange = Exchange(FailingStore(BodyRefused(code, "because")))

    assert exchange.run(part(b"a=1")) == status
    assert exchange.answer == {"error": code, "message": "because"}
    assert exchange.told == [(status, "because")]


def test_body_cut_short_is_neither_stored_nor_answered() -> None:
    exchange = Exchange(storing)

    status = exchange.run(part(b"a=1", more=True), GONE)

    assert status == 0
    assert exchange.arrivals == []
    assert exchange.told == [(0, "the sender broke off")]


def test_body_that_its_connection_breaks_off_is_kept_as_far_as_it_came() -> None:
    exchange = Exchange(storing)

    status = exchange.run(
        part(b"a=", more=True), part(b"1"), refusal=BodyRefused("too_slow", "too late")
    )

    assert status == 408
    assert exchange.answer == {"error": "too_slow", "message": "too late"}
    assert exchange.arrivals == []
    assert exchange.told == [(408, "too late")]
    assert [(one.arrival.body, one.at_handler) for one in exchange.rejected] == [(b"a=1", True)]
    assert exchange.closes


@pytest.mark.parametrize("length", [b"8388608", b"", b"nonsense", b"-1"])
def test_declared_length_within_the_limit_or_senseless_is_no_obstacle(length: bytes) -> None:
    exchange = Exchange(storing)

    assert exchange.run(part(b"a=1"), headers=((b"content-length", length),)) == 200


def test_body_of_exactly_the_limit_is_taken_and_one_byte_more_is_not() -> None:
    whole = b"a" * LIMITS.max_bytes

    assert Exchange(storing).run(part(whole)) == 200
    longer = Exchange(storing)
    assert longer.run(part(whole, more=True), part(b"a", more=True), GONE) == 413
    assert longer.arrivals == []
    assert longer.closes


def test_body_of_which_nobody_knows_where_it_ends_is_refused() -> None:
    exchange = Exchange(storing)

    assert exchange.run(part(b""), headers=HEADERS[:1]) == 411
    assert exchange.answer["error"] == "no_length"
    assert exchange.arrivals == []
    assert exchange.closes


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ((b"content-encoding", b"identity"), 200),
        ((b"content-encoding", b" Identity "), 200),
        ((b"content-encoding", b""), 200),
        ((b"transfer-encoding", b"Chunked"), 200),
        ((b"content-encoding", b"gzip"), 415),
        ((b"content-encoding", b"identity, br"), 415),
        ((b"transfer-encoding", b"gzip, chunked"), 415),
    ],
)
def test_body_that_is_packed_is_read_and_kept_and_no_call(
    header: tuple[bytes, bytes], status: int
) -> None:
    exchange = Exchange(storing)

    assert exchange.run(part(b"a=", more=True), part(b"1"), headers=(*HEADERS, header)) == status
    taken = exchange.arrivals or [one.arrival for one in exchange.rejected]
    assert [one.body for one in taken] == [b"a=1"]
    assert [one.code for one in exchange.rejected] == ["content_encoding"] * (status == 415)


def test_body_for_which_there_is_no_room_is_refused_and_its_room_is_there_for_the_next() -> None:
    room = BodyRoom(5)
    statuses = [
        Exchange(storing, room).run(part(b"a=1", more=True), part(b"&b=2", more=more), GONE)
        for more in (True, False)
    ]
    statuses += [Exchange(storing, room).run(part(b"a=1&b")) for _ in range(3)]

    assert statuses == [503, 503, 200, 200, 200]


def test_of_a_body_that_makes_room_only_the_beginning_is_kept() -> None:
    exchange = Exchange(storing)

    exchange.run(part(b"a" * 10_000), refusal=BodyRefused("no_room", "too many"))

    assert [len(one.arrival.body) for one in exchange.rejected] == [PREVIEW_BYTES]


@dataclass
class HeldExchange(Exchange):
    """Keeps what it is handed waiting until it may go on."""

    came: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))
    go_on: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, arrival: Arrival) -> Stored:
        self.arrivals.append(arrival)
        self.came.release()
        await self.go_on.wait()
        return STORED


def test_of_great_bodies_few_are_taken_apart_at_once_and_small_ones_do_not_wait() -> None:
    async def taken_at_first() -> list[int]:
        exchange = HeldExchange(storing)
        app = exchange.app()
        requests = [exchange.ask(app, part(b"a" * size)) for size in (2**21,) * 4 + (3,)]
        running = asyncio.gather(*requests)
        for _ in range(3):
            await exchange.came.acquire()
        first = sorted(len(one.body) for one in exchange.arrivals)
        exchange.go_on.set()
        await running
        assert len(exchange.arrivals) == 5
        return first

    assert asyncio.run(taken_at_first()) == [3, 2**21, 2**21]


@pytest.mark.parametrize("path", ["/h/", "/h/ab", "/h/abcd", "/h/ABC", "/h/abc/x", "/h/\udcff"])
def test_other_paths_take_nothing(path: str) -> None:
    exchange = Exchange(storing)

    assert exchange.run(part(b"a=1"), path=path) == 404
    assert exchange.arrivals == []


ALLOWED = networks_of(["203.0.113.0/24"])
PROXIES = networks_of(["192.0.2.1"])


def test_stranger_is_turned_away_unread_and_the_user_sees_who_it_was() -> None:
    exchange = Exchange(storing, allowed=ALLOWED, proxies=PROXIES)
    headers = ((b"authorization", b"Bearer x"), (b"x-forwarded-for", b"203.0.113.7, 198.51.100.9"))

    status = exchange.run(GONE, headers=(*headers, (b"content-length", b"3")))

    assert status == 403
    assert exchange.answer["error"] == "not_allowed"
    assert exchange.sent[1]["body"].count(b"\n") == 1
    assert (b"connection", b"close") in exchange.sent[0]["headers"]
    assert exchange.arrivals == []
    reason = "198.51.100.9 is not in the allowed networks"
    assert exchange.told == [(403, reason)]
    (rejection,) = exchange.rejected
    assert (rejection.status, rejection.code, rejection.reason) == (403, "not_allowed", reason)
    assert rejection.arrival.body == b""
    assert rejection.arrival.peer == "198.51.100.9 via 192.0.2.1:99"
    assert rejection.at_handler


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT"])
def test_stranger_that_posts_nothing_is_turned_away_too_and_leaves_no_trace(method: str) -> None:
    exchange = Exchange(storing, allowed=ALLOWED)

    assert exchange.run(GONE, method=method) == 403
    assert exchange.rejected == []
    assert exchange.told == []


def test_stranger_at_another_path_learns_nothing() -> None:
    assert Exchange(storing, allowed=ALLOWED).run(GONE, path="/h/other") == 404


def test_sender_without_an_address_is_a_stranger_where_networks_are_named() -> None:
    exchange = Exchange(storing, allowed=ALLOWED)

    assert exchange.run(GONE, client=None) == 403
    assert exchange.told == [(403, "an unknown address is not in the allowed networks")]


def test_call_over_a_known_proxy_is_taken_with_both_addresses() -> None:
    exchange = Exchange(storing, allowed=ALLOWED, proxies=PROXIES)

    assert (
        exchange.run(part(b"a=1"), headers=(*HEADERS, (b"x-forwarded-for", b"203.0.113.7"))) == 200
    )
    assert exchange.arrivals[0].peer == "203.0.113.7 via 192.0.2.1:99"


def test_other_protocols_are_left_alone() -> None:
    exchange = Exchange(storing)

    assert exchange.run(kind="websocket") == 0
    assert exchange.sent == []


def test_methods_that_are_not_understood_are_told_which_ones_are() -> None:
    exchange = Exchange(storing)

    assert exchange.run(method="PUT", headers=()) == 405
    assert (b"allow", b"GET, HEAD, POST") in exchange.sent[0]["headers"]
    assert not exchange.closes


@pytest.mark.parametrize(
    ("method", "path", "status"), [("POST", "/x", 404), ("PUT", PATH, 405), ("GET", PATH, 200)]
)
def test_body_that_is_not_wanted_is_passed_over_within_bounds(
    method: str, path: str, status: int
) -> None:
    exchange = Exchange(storing)
    megabytes = [part(b"a" * 2**20, more=True) for _ in range(100)]

    assert exchange.run(*megabytes, method=method, path=path) == status
    assert exchange.closes
    assert [message.get("more_body", False) for message in exchange.sent[1:]] == [True, False]


def test_error_of_our_own_is_logged_without_its_text_and_left_to_the_server(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class BrokenGate(Gate):
        def is_ours(self, path: str) -> bool:
            raise ZeroDivisionError(path)

    with pytest.raises(ZeroDivisionError):
        Exchange(storing, gate=BrokenGate).run(part(b"a=1"))

    assert "ZeroDivisionError" in caplog.text
    assert "is_ours" in caplog.text
    assert PATH not in caplog.text
    caplog.clear()

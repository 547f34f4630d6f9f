"""What the listener answers to bytes that are no call, and what it keeps of them."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from listening import (
    Answer,
    Listening,
    answers_to,
    ask,
    connect,
    is_cut_off,
    listening,
    next_answer,
)
from posts import FORM, NOW, Post

from bxgui.core.listing import Group, TokenQuery
from bxgui.core.phpform import LIMITS
from bxgui.core.records import CallDetail
from bxgui.core.rejections import PREVIEW_BYTES
from bxgui.services import key_sharing
from bxgui.services.intake import reopen
from bxgui.services.store import Store

JSON = "application/json"
POST = Post(number=7)
CALL = POST.body
# Takes the place of the handler's secret path in the bytes below.
HANDLER = b"/handler"
LINE = b"POST /handler HTTP/1.1\r\nHost: x\r\n"
LENGTH = b"Content-Length: %d\r\n\r\n" % len(CALL)
CHUNKED = LINE + b"Transfer-Encoding: chunked\r\n\r\n"
GOOD = LINE + LENGTH + CALL


@dataclass(frozen=True, slots=True)
class Refused:
    """Bytes, and the answer they get; status 0 when nobody is left to be answered.

    Of a body that reached the handler is kept what follows the head, if nothing else is said.
    """

    raw: bytes
    status: int
    error: str
    body: bytes | None = None

    @property
    def kept(self) -> bytes:
        return self.raw.partition(b"\r\n\r\n")[2] if self.body is None else self.body


def posted(body: bytes, media_type: str = FORM, **headers: str) -> bytes:
    """A well-formed POST of a body."""
    lines = {"Content-Type": media_type, "Content-Length": len(body), **headers}
    text = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in lines.items())
    return LINE + text.encode() + b"\r\n" + body


def with_header(line: bytes) -> bytes:
    """A good call with one header line more."""
    return LINE + line + b"\r\n" + LENGTH + CALL


def with_length(*lines: bytes) -> bytes:
    """A good call whose length is given in these lines."""
    return LINE + b"".join(line + b"\r\n" for line in lines) + b"\r\n" + CALL


HEADS = {
    # The request line.
    "words": Refused(b"nonsense\r\n\r\n", 400, "not_http"),
    "unknown method": Refused(GOOD.replace(b"POST", b"FETCH"), 400, "not_http"),
    "method in lower case": Refused(GOOD.replace(b"POST", b"post"), 400, "not_http"),
    "TLS": Refused(bytes.fromhex("160301020001fc030300") + bytes(500), 400, "not_http"),
    "HTTP/2": Refused(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(9), 400, "not_http"),
    "HTTP/3": Refused(GOOD.replace(b"HTTP/1.1", b"HTTP/3.0"), 400, "bad_head"),
    "no HTTP": Refused(GOOD.replace(b"HTTP/1.1", b"ICY/1.1"), 400, "bad_head"),
    "lines end in LF": Refused(GOOD.replace(b"\r\n", b"\n"), 400, "bad_head"),
    "lines end in CR": Refused(GOOD.replace(b"\r\n", b"\r"), 400, "bad_head"),
    "space in the path": Refused(GOOD.replace(HANDLER, HANDLER + b" x"), 400, "bad_head"),
    "NUL in the path": Refused(GOOD.replace(HANDLER, HANDLER + b"\0"), 400, "bad_head"),
    "byte in the path": Refused(GOOD.replace(HANDLER, HANDLER + b"\xff"), 400, "bad_head"),
    "no path": Refused(GOOD.replace(HANDLER, b"?a=1"), 400, "bad_head"),
    "no path, with a host": Refused(GOOD.replace(HANDLER, b"http://x"), 400, "bad_head"),
    "CONNECT": Refused(b"CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n", 400, "bad_head"),
    "another protocol wanted": Refused(
        with_header(b"Connection: Upgrade\r\nUpgrade: h2c"), 400, "upgrade"
    ),
    # The headers.
    "no colon": Refused(with_header(b"nonsense"), 400, "bad_head"),
    "space before the colon": Refused(with_header(b"Accept : x"), 400, "bad_head"),
    "no name": Refused(with_header(b": x"), 400, "bad_head"),
    "NUL in a name": Refused(with_header(b"Acc\0ept: x"), 400, "bad_head"),
    "NUL in a value": Refused(with_header(b"Accept: x\0y"), 400, "bad_head"),
    "control character in a value": Refused(with_header(b"Accept: x\x01y"), 400, "bad_head"),
    "folded line": Refused(with_header(b"Accept: x\r\n y"), 400, "bad_head"),
    "one long header": Refused(with_header(b"Accept: " + b"x" * 100_000), 431, "head_too_large"),
    "many headers": Refused(with_header(b"\r\n".join([b"a: b"] * 8000)), 431, "head_too_large"),
    "long path": Refused(GOOD.replace(HANDLER, HANDLER + b"x" * 100_000), 431, "head_too_large"),
    "head without an end": Refused(LINE + b"Accept: " + b"x" * 100_000, 431, "head_too_large"),
    # The length.
    "negative length": Refused(with_length(b"Content-Length: -5"), 400, "bad_length"),
    "signed length": Refused(with_length(b"Content-Length: +5"), 400, "bad_length"),
    "hexadecimal length": Refused(with_length(b"Content-Length: 0x5"), 400, "bad_length"),
    "empty length": Refused(with_length(b"Content-Length: "), 400, "bad_length"),
    "length in words": Refused(with_length(b"Content-Length: five"), 400, "bad_length"),
    "list of lengths": Refused(with_length(b"Content-Length: 5, 5"), 400, "bad_length"),
    "huge length": Refused(with_length(b"Content-Length: " + b"9" * 40), 400, "bad_length"),
    "length twice": Refused(with_length(*[b"Content-Length: 5"] * 2), 400, "bad_length"),
    "two lengths": Refused(
        with_length(b"Content-Length: 5", b"Content-Length: 6"), 400, "bad_length"
    ),
    "length, then chunks": Refused(
        with_length(b"Content-Length: 5", b"Transfer-Encoding: chunked"), 400, "bad_length"
    ),
    "chunks, then length": Refused(
        with_length(b"Transfer-Encoding: chunked", b"Content-Length: 5"), 400, "bad_length"
    ),
    "encoding without a name": Refused(with_length(b"Transfer-Encoding: "), 400, "bad_length"),
    "encoding after the chunks": Refused(
        with_length(b"Transfer-Encoding: chunked, gzip"), 400, "bad_length"
    ),
    "chunks twice": Refused(with_length(*[b"Transfer-Encoding: chunked"] * 2), 400, "bad_length"),
}

BODIES = {
    # The length.
    "no length": Refused(LINE + b"\r\n", 411, "no_length"),
    "no length, and a body": Refused(LINE + b"\r\n" + CALL, 411, "no_length", b""),
    "no length, of HTTP/0.9": Refused(b"POST /handler\r\n\r\n", 411, "no_length"),
    "length over the limit": Refused(
        with_length(b"Content-Length: %d" % (LIMITS.max_bytes + 1)), 413, "too_large", b""
    ),
    "length over all limits": Refused(
        with_length(b"Content-Length: 999999999999999"), 413, "too_large", b""
    ),
    "length over the limit, to be continued": Refused(
        with_length(b"Expect: 100-continue", b"Content-Length: 99999999"), 413, "too_large", b""
    ),
    "body over the limit": Refused(
        CHUNKED + b"%x\r\n" % (LIMITS.max_bytes + 1) + b"a" * (LIMITS.max_bytes + 1),
        413,
        "too_large",
        b"a" * PREVIEW_BYTES,
    ),
    "cut short": Refused(GOOD[:-10], 0, "broken_off"),
    "chunk cut short": Refused(CHUNKED + b"fff\r\n" + CALL[:100], 0, "broken_off", CALL[:100]),
    "chunks without an end": Refused(CHUNKED + b"3\r\na=1\r\n", 0, "broken_off", b"a=1"),
    # The chunks.
    "trailers without end": Refused(
        CHUNKED + b"3\r\na=1\r\n0\r\n" + b"a: b\r\n" * 10_000, 400, "bad_chunk", b"a=1"
    ),
    "size of a chunk in words": Refused(CHUNKED + b"three\r\na=1\r\n", 400, "bad_chunk", b""),
    "negative size of a chunk": Refused(CHUNKED + b"-3\r\na=1\r\n", 400, "bad_chunk", b""),
    "huge size of a chunk": Refused(CHUNKED + b"f" * 20 + b"\r\na=1\r\n", 400, "bad_chunk", b""),
    "chunk longer than its size": Refused(CHUNKED + b"3\r\na=1234", 400, "bad_chunk", b"a=1"),
    "chunk ends in LF": Refused(CHUNKED + b"3\na=1\n0\n\n", 400, "bad_chunk", b""),
    "second chunk bad": Refused(
        CHUNKED + b"%x\r\n%b\r\n" % (len(CALL), CALL) + b"x", 400, "bad_chunk", CALL
    ),
    "unknown transfer encoding": Refused(
        with_length(b"Transfer-Encoding: identity"), 400, "bad_length", b""
    ),
    "packed chunks": Refused(
        LINE + b"Transfer-Encoding: gzip, chunked\r\n\r\n3\r\na=1\r\n0\r\n\r\n",
        415,
        "content_encoding",
        b"a=1",
    ),
    # The encoding and the type.
    "packed body": Refused(posted(CALL, Content_Encoding="gzip"), 415, "content_encoding"),
    "multipart": Refused(posted(b"--x--", "multipart/form-data; boundary=x"), 415, "media_type"),
    "XML": Refused(posted(b"<a>1</a>", "text/xml"), 415, "media_type"),
    "a type that is none": Refused(posted(b"a=1", "nonsense"), 415, "media_type"),
    # The body.
    "20,001 pairs": Refused(posted(b"a=1&" * 20_001), 400, "too_many_pairs"),
    "65 levels": Refused(posted(b"a" + b"[b]" * 65 + b"=1"), 400, "too_deep"),
    "a million levels": Refused(posted(b"a" + b"[b]" * 1_000_000 + b"=1"), 400, "too_deep"),
    "JSON that is none": Refused(posted(b"{", JSON), 400, "json"),
    "JSON that is empty": Refused(posted(b"", JSON), 400, "json"),
    "JSON that is a list": Refused(posted(b"[]", JSON), 400, "json"),
    "JSON with NaN": Refused(posted(b'{"a": NaN}', JSON), 400, "json"),
    "JSON with Infinity": Refused(posted(b'{"a": -Infinity}', JSON), 400, "json"),
    "JSON with half a character": Refused(posted(b'{"a": "\\ud800"}', JSON), 400, "json"),
    "JSON with half a name": Refused(posted(b'{"\\udc00": "a"}', JSON), 400, "json"),
    "JSON with NUL": Refused(posted(b'{"a": "\0"}', JSON), 400, "json"),
    "JSON that is not UTF-8": Refused(posted(b'{"a": "\xff"}', JSON), 400, "json"),
    "JSON in UTF-16": Refused(posted('{"a": "б"}'.encode("utf-16"), JSON), 400, "json"),
    "JSON of a million levels": Refused(posted(b"[" * 1_000_000, JSON), 400, "too_deep"),
    "JSON of 65 levels": Refused(posted(b'{"a":' * 65 + b"1" + b"}" * 65, JSON), 400, "too_deep"),
    "JSON of 20,001 values": Refused(
        posted(json.dumps({"a": [1] * 20_001}).encode(), JSON), 400, "too_many_pairs"
    ),
}

# What is odd and still a call, as Bitrix24, PHP and the proxies between us have it.
CALLS = {
    "plain": GOOD,
    "HTTP/1.0": GOOD.replace(b"HTTP/1.1", b"HTTP/1.0"),
    "path with a host": GOOD.replace(HANDLER, b"http://x" + HANDLER),
    "path with a slash at its end": GOOD.replace(HANDLER, HANDLER + b"/"),
    "query": GOOD.replace(HANDLER, HANDLER + b"?a=%zz&b[]=1"),
    "empty line before": b"\r\n" + GOOD,
    "head of 30 KB": with_header(b"Accept: " + b"x" * 30_000),
    "bytes in a header": with_header(b"Accept: \xff\xfe"),
    "header that does not say what to switch to": with_header(b"Connection: upgrade"),
    "to be continued": with_header(b"Expect: 100-continue"),
    "more after the last request": with_header(b"Connection: close") + b"nonsense",
    "not packed": with_header(b"Content-Encoding: identity"),
    "chunks": CHUNKED + b"3;ext=1\r\na=1\r\n0\r\nTrailer: x\r\n\r\n",
    "chunks in capitals": LINE + b"Transfer-Encoding: CHUNKED\r\n\r\n3\r\na=1\r\n0\r\n\r\n",
    "no body": LINE + b"Content-Length: 0\r\n\r\n",
    "NUL in a form": posted(b"a=x%00y&b=\0&c\0d=1"),
    "form that is not UTF-8": posted(b"a=%ff&b=\xfe&\xfd=1"),
    "bad escape in a form": posted(b"a=%zz&b=%"),
    "one great index": posted(b"a[999999999]=1"),
    "20,000 pairs": posted(b"a=1&" * 20_000),
    "JSON": posted(b'{"a": {"b": [1, 2.5, true, null]}}', JSON),
    "JSON with an escaped NUL": posted(b'{"a": "\\u0000"}', JSON),
}


def serving() -> Iterator[Listening]:
    with tempfile.TemporaryDirectory() as folder, listening(Path(folder)) as running:
        yield running


# Each keeps 60 rejections a minute, so each table has a listener of its own.
heads = pytest.fixture(serving, scope="module", name="heads")
bodies = pytest.fixture(serving, scope="module", name="bodies")
others = pytest.fixture(serving, scope="module", name="others")


def at(running: Listening, raw: bytes) -> bytes:
    """The bytes with the handler's path in its place."""
    return raw.replace(HANDLER, urlsplit(running.url).path.encode())


def is_served(running: Listening) -> bool:
    """Whether good calls are; with the second, all that came before the first is in the store."""
    return [ask(running.url, CALL)[0] for _ in range(2)] == [200, 200]


def calls_in(data: Path) -> list[int]:
    with closing(Store.open(data)) as store:
        groups = (TokenQuery(group=group) for group in (Group.TOKENS, Group.OTHERS))
        return [one for group in groups for one in store.calls.ids(group, NOW)]


def rejections_in(data: Path) -> list[int]:
    with closing(Store.open(data)) as store:
        return sorted(store.calls.ids(TokenQuery(group=Group.REJECTED), NOW))


def kept(data: Path, rejection: int) -> CallDetail:
    with closing(Store.open(data)) as store:
        detail = store.calls.detail(rejection, NOW)
    assert detail is not None
    return detail


def refusal_of(running: Listening, case: Refused) -> CallDetail:
    """What is kept of bytes that are answered as they must be, once good calls are served again."""
    assert is_served(running)
    before, calls = rejections_in(running.data), calls_in(running.data)

    (answer,) = answers_to(running.url, at(running, case.raw), ending=not case.status)

    assert answer.status == case.status
    assert is_served(running)
    assert calls_in(running.data) == calls
    new = rejections_in(running.data)[len(before) :]
    assert len(new) == 1
    detail = kept(running.data, new[0])
    check_told(running, case, answer, detail)
    return detail


def check_told(running: Listening, case: Refused, answer: Answer, detail: CallDetail) -> None:
    """Sender and user are told the same, in a line without secrets."""
    if case.status:
        assert answer.headers["content-type"] == JSON
        assert answer.body.count(b"\n") == 1
        told = json.loads(answer.body)
        assert told == {"error": case.error, "message": detail.reason}
    assert detail.status == case.status
    assert running.next_event("rejected", reason=detail.reason, status=case.status)
    seen = b"".join((detail.body, answer.body, repr(detail.headers).encode()))
    assert len(detail.body) <= PREVIEW_BYTES
    assert running.url.rpartition("/")[2].encode() not in seen
    assert not [secret for secret in POST.secrets if secret in seen]


@pytest.mark.parametrize("case", HEADS.values(), ids=HEADS)
def test_a_head_that_is_none_is_refused_and_its_first_bytes_are_kept(
    heads: Listening, case: Refused
) -> None:
    detail = refusal_of(heads, case)

    readable = case.raw.replace(b"\0", b"").replace(HANDLER, b"/h/").decode("utf-8", "replace")
    assert detail.body.decode("utf-8", "replace")[:8] == readable[:8]
    assert not detail.has_secrets


@pytest.mark.parametrize("case", BODIES.values(), ids=BODIES)
def test_a_body_that_is_no_call_is_refused_and_kept_as_far_as_it_came(
    bodies: Listening, case: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(bodies.data))

    refusal_of(bodies, case)

    with closing(Store.open(bodies.data)) as store:
        sealed = store.calls.sealed(rejections_in(bodies.data)[-1])
        key = key_sharing.borrow(store.id)
    assert sealed is not None
    assert reopen(sealed, key).body == case.kept


@pytest.mark.parametrize("raw", CALLS.values(), ids=CALLS)
def test_what_is_odd_and_still_a_call_is_taken(others: Listening, raw: bytes) -> None:
    answer = answers_to(others.url, at(others, raw), 2 if b"Expect" in raw else 1)[-1]

    assert (answer.status, json.loads(answer.body)) == (200, {"result": "stored"})


def test_requests_that_come_at_once_are_answered_one_after_the_other(others: Listening) -> None:
    answers = answers_to(others.url, at(others, GOOD * 3), 3)

    assert [answer.status for answer in answers] == [200, 200, 200]


def test_garbage_after_a_good_call_costs_the_call_nothing(others: Listening) -> None:
    before = rejections_in(others.data)

    good, bad, nothing = answers_to(others.url, at(others, GOOD + b"garbage\r\n\r\n"), 3)

    assert is_served(others)
    assert (good.status, json.loads(good.body)) == (200, {"result": "stored"})
    assert (bad.status, json.loads(bad.body)["error"]) == (400, "not_http")
    assert bad.closes
    assert nothing == Answer()
    assert len(rejections_in(others.data)) == len(before) + 1


def test_more_requests_at_once_than_anybody_sends_are_refused_after_the_first(
    others: Listening,
) -> None:
    answers = answers_to(others.url, at(others, GOOD * 500), 500)

    taken = [answer.status for answer in answers].index(400)
    assert [answer.status for answer in answers[:taken]] == [200] * taken
    assert json.loads(answers[taken].body)["error"] == "pipelined"
    assert answers[taken + 1 :] == [Answer()] * (499 - taken)


def test_a_sender_waits_for_its_word_to_go_on_and_for_no_word_in_vain(others: Listening) -> None:
    long = LINE + b"Expect: 100-continue\r\nContent-Length: 99999999\r\n\r\n"
    head, _, body = at(others, CALLS["to be continued"]).partition(b"\r\n\r\n")
    with connect(others.url) as connection, connection.makefile("rb") as stream:
        connection.sendall(head + b"\r\n\r\n")
        go_on = next_answer(stream)
        connection.sendall(body)
        answer = next_answer(stream)

    (refusal,) = answers_to(others.url, at(others, long))

    assert (go_on.status, answer.status, refusal.status) == (100, 200, 413)


def test_a_sender_of_http_1_0_hears_no_word_to_go_on(others: Listening) -> None:
    raw = with_header(b"Expect: 100-continue").replace(b"HTTP/1.1", b"HTTP/1.0")

    (answer,) = answers_to(others.url, at(others, raw))

    assert (answer.status, answer.closes) == (200, True)


def test_a_sender_that_has_said_all_still_hears_the_answer(others: Listening) -> None:
    (answer,) = answers_to(others.url, at(others, GOOD), ending=True)

    assert (answer.status, answer.closes) == (200, True)


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"POST /nowhere HTTP/1.1", 404),
        (b"POST /%zz HTTP/1.1", 404),
        (b"POST /handler/%zz HTTP/1.1", 404),
        (b"OPTIONS * HTTP/1.1", 404),
        (b"PUT /handler HTTP/1.1", 405),
        (b"CONNECT /handler HTTP/1.1", 405),
        (b"GET /handler HTTP/1.1", 200),
    ],
)
@pytest.mark.parametrize("rest", [b"a" * 100_000, b"garbage"], ids=["long", "malformed"])
def test_a_body_that_nobody_wants_is_the_last_of_its_connection_and_kept_nowhere(
    others: Listening, line: bytes, status: int, rest: bytes
) -> None:
    assert is_served(others)
    before = rejections_in(others.data), calls_in(others.data)
    head = line + b"\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"

    (answer,) = answers_to(others.url, at(others, head + b"fffff\r\n" + rest))

    assert (answer.status, answer.closes) == (status, True)
    assert is_served(others)
    assert (rejections_in(others.data), calls_in(others.data)) == before


def test_a_body_that_nobody_wants_does_not_go_on_for_ever(others: Listening) -> None:
    head = b"POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n"
    with connect(others.url) as connection, connection.makefile("rb") as stream:
        connection.sendall(head)
        answer = next_answer(stream)
        cut_off = is_cut_off(connection)

    assert (answer.status, cut_off) == (404, True)


def test_other_methods_hear_which_ones_are_understood(others: Listening) -> None:
    (answer,) = answers_to(others.url, at(others, b"PUT /handler HTTP/1.1\r\nHost: x\r\n\r\n"))

    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD, POST")
    assert not answer.closes


def test_a_reader_that_would_rather_speak_another_protocol_is_answered(others: Listening) -> None:
    upgrade = b"GET /handler HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"

    answer, nothing = answers_to(others.url, at(others, upgrade), 2)

    assert (answer.status, answer.closes, nothing) == (200, True, Answer())


def test_what_strangers_send_is_in_no_log(others: Listening) -> None:
    strange = b"strange-words"
    for raw in (strange, posted(strange, strange.decode()), with_header(strange)):
        answers_to(others.url, at(others, raw + b"\r\n\r\n"))
    assert is_served(others)

    logs = [path.read_bytes() for path in others.data.rglob("*.log*")]

    assert not [log for log in logs if strange in log]
    assert strange.decode() not in others.complaints


def test_each_table_stays_below_what_a_listener_keeps_in_a_minute() -> None:
    assert max(len(HEADS), len(BODIES)) < 60

"""A preview shows the request as what is tried first authorizes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import authorizing
import pytest
from authorizing import Bench

from bxgui.core.authorization import Source
from bxgui.core.copying import WANT_A_TOKEN, CopyAs
from bxgui.core.records import EVENT_SEND, CallDetail, Reply
from bxgui.services.replies import ReplyProblem


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    with authorizing.bench(tmp_path, monkeypatch) as made:
        yield made


def answer(call: CallDetail) -> Reply:
    return Reply(call.row.id, EVENT_SEND, [("Approved", "Y")], "")


def by_webhook(bench: Bench) -> str:
    """Have the portal's webhook tried first; its code."""
    webhook = bench.webhook("bizproc")
    bench.workspace.portal_book.enter_webhook(bench.portal.key, webhook)
    bench.set_order(Source.WEBHOOK, Source.CALL)
    return webhook.code


def test_reply_by_a_webhook_is_shown_as_it_goes_out_without_the_webhooks_code(
    bench: Bench,
) -> None:
    reply = answer(bench.catch())
    code = by_webhook(bench)

    masked = bench.workspace.preview(reply)
    revealed = bench.workspace.preview(reply, revealed=True)
    bench.reply(bench.call(reply.call_id))

    sent = bench.client.served.requests[-1].request
    assert revealed.raw.startswith(f"POST {sent.path} HTTP/1.1\r\n".encode())
    assert code in sent.path
    assert code.encode() not in masked.raw
    assert b"/rest/1/***/bizproc.event.send" in masked.raw


def test_reply_by_an_application_is_shown_with_the_tokens_kept(bench: Bench) -> None:
    reply = answer(bench.catch())
    bench.enter_application()
    bench.set_order(Source.APPLICATION, Source.CALL)
    bench.reply(bench.catch())  # asks the server for the first tokens

    revealed = bench.workspace.preview(reply, revealed=True)
    bench.workspace.submit(reply).result(authorizing.WAIT)

    assert revealed.raw.endswith(bench.client.served.requests[-1].request.body)


def test_looking_asks_no_server_for_tokens(bench: Bench) -> None:
    reply = answer(bench.catch())
    bench.enter_application()
    bench.set_order(Source.APPLICATION, Source.CALL)

    seen = bench.workspace.preview(reply)

    assert seen.problem is None
    assert bench.asked() == 0


def test_nothing_that_authorizes_is_told_instead_of_a_request(bench: Bench) -> None:
    reply = answer(bench.catch())
    bench.set_order(Source.WEBHOOK)

    with pytest.raises(ReplyProblem) as raised:
        bench.workspace.preview(reply)

    assert raised.value.code == "not_authorized"


@pytest.mark.parametrize("kind", sorted(set(CopyAs) - WANT_A_TOKEN))
def test_code_for_a_reply_by_a_webhook_takes_its_code_from_a_variable(
    bench: Bench, kind: CopyAs
) -> None:
    reply = answer(bench.catch())
    code = by_webhook(bench)

    copied = bench.workspace.snippet(reply, kind).text

    assert "BX_WEBHOOK_CODE" in copied
    assert code not in copied


@pytest.mark.parametrize("kind", sorted(WANT_A_TOKEN))
def test_code_that_wants_a_token_is_not_written_for_a_webhook(bench: Bench, kind: CopyAs) -> None:
    reply = answer(bench.catch())
    by_webhook(bench)

    with pytest.raises(ReplyProblem) as raised:
        bench.workspace.snippet(reply, kind)

    assert raised.value.code == "no_token_to_copy"


def test_call_of_a_portal_nobody_trusts_is_shown_with_its_own_token(bench: Bench) -> None:
    call = bench.catch(trusted=False)

    seen = bench.workspace.preview(answer(call))

    assert seen.problem is not None
    assert seen.problem.code == "not_trusted"

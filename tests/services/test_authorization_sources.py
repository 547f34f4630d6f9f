"""Which source authorizes a request, and what comes after a refusal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import authorizing
import keyring.errors
import pytest
from authorizing import Bench

from bxgui.core.authorization import Source
from bxgui.core.explanations import Outcome
from bxgui.core.webhook_address import read_webhook
from bxgui.services.authorization_problem import AuthorizationProblem
from bxgui.services.portal_book import PortalProblem
from bxgui.services.replies import ReplyProblem
from bxgui.services.vault import new_key

HOUR = 3601


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    with authorizing.bench(tmp_path, monkeypatch) as made:
        yield made


def test_calls_own_token_is_used_first(bench: Bench) -> None:
    call = bench.catch()
    bench.enter_application()
    bench.workspace.portal_book.enter_webhook(bench.portal.key, bench.webhook())

    access = bench.workspace.authorization.access(bench.portal, call)

    assert access.source is Source.CALL
    assert access.endpoint == bench.portal.endpoint
    assert access.expires_at == call.access_expires_at
    assert access.members == [("auth", access.token)]
    assert bench.reply(call).row.outcome is Outcome.ACCEPTED
    assert bench.asked() == 0


def test_older_call_is_answered_with_the_newest_calls_token(bench: Bench) -> None:
    old = bench.catch()
    bench.client.clock.advance(HOUR)
    newest = bench.catch()

    access = bench.workspace.authorization.access(bench.portal, old)

    assert access.expires_at == newest.access_expires_at
    assert bench.reply(old).row.outcome is Outcome.ACCEPTED


def test_call_without_a_token_is_answered_with_another_calls(bench: Bench) -> None:
    bench.catch()
    tokenless = bench.catch(access_token="")

    assert bench.reply(tokenless).row.outcome is Outcome.ACCEPTED


def test_call_that_looks_forged_lends_no_token(bench: Bench) -> None:
    old = bench.catch()
    bench.client.clock.advance(HOUR)
    bench.catch(application_token="f" * 32)

    access = bench.workspace.authorization.access(bench.portal, old)

    assert access.expires_at == old.access_expires_at


def test_user_decides_what_is_tried_first(bench: Bench) -> None:
    call = bench.catch()
    webhook = bench.webhook()
    bench.workspace.portal_book.enter_webhook(bench.portal.key, webhook)
    bench.set_order(Source.WEBHOOK, Source.CALL)

    attempt = bench.reply(call)

    request = bench.client.served.requests[-1]
    assert attempt.row.outcome is Outcome.ACCEPTED
    assert request.request.path == f"/rest/1/{webhook.code}/bizproc.event.send"
    assert "auth" not in request.params
    assert attempt.exchange.url.endswith("/rest/1/***/bizproc.event.send")
    assert webhook.code.encode() not in bench.files


def test_refused_webhook_leads_to_the_next_source_and_is_not_tried_again(bench: Bench) -> None:
    first, second = bench.catch(), bench.catch()
    gone = read_webhook(f"{bench.portal.endpoint}1/deletedcode123456/")
    bench.workspace.portal_book.enter_webhook(bench.portal.key, gone)
    bench.set_order(Source.WEBHOOK, Source.CALL)

    outcomes = [bench.reply(call).row.outcome for call in (first, second)]

    codes = [row.code for row in bench.workspace.history()]
    assert outcomes == [Outcome.ACCEPTED] * 2
    assert codes == ["", "", "INVALID_CREDENTIALS"]
    sources = bench.workspace.portal_book.facts_of(bench.portal.key).sources
    assert [source.problem is None for source in sources] == [False, True]


def test_refusal_of_what_is_asked_leads_nowhere(bench: Bench) -> None:
    call = bench.catch()
    bench.workspace.portal_book.enter_webhook(bench.portal.key, bench.webhook())
    bench.client.served.faults.add("free_plan")

    attempt = bench.reply(call)

    assert attempt.row.explanation_key == "tariff"
    assert len(bench.workspace.history()) == 1


def test_last_source_that_is_refused_settles_the_reply(bench: Bench) -> None:
    call = bench.catch()
    bench.portal_side.accounts.dismiss(1)

    attempt = bench.reply(call)

    assert attempt.row.explanation_key == "user_dismissed"
    assert bench.call(call.row.id).row.state == "refused"
    assert bench.workspace.outbox.recover() == 0


def test_portal_that_is_not_trusted_gets_no_secret(bench: Bench) -> None:
    call = bench.catch(trusted=False)

    with pytest.raises(AuthorizationProblem, match="not trusted") as caught:
        bench.workspace.authorization.access(bench.portal, call)

    assert caught.value.code == "not_trusted"
    with pytest.raises(PortalProblem, match="not trusted"):
        bench.workspace.portal_book.enter_application(bench.portal.key, bench.application)


def test_nothing_to_send_with_is_said_before_anything_is_stored(bench: Bench) -> None:
    call = bench.catch()
    bench.set_order(Source.WEBHOOK)

    with pytest.raises(ReplyProblem) as caught:
        bench.reply(call)

    assert caught.value.code == "not_authorized"
    assert bench.workspace.history() == []


def test_secrets_are_for_the_host_that_they_were_entered_for(bench: Bench) -> None:
    call = bench.catch()
    bench.enter_application()
    bench.workspace.portal_book.enter_webhook(bench.portal.key, bench.webhook())
    portal, book = bench.portal, bench.workspace.portal_book
    elsewhere = "https://elsewhere.example.org/rest/"
    bench.workspace.store.portals.trust(
        portal.id, elsewhere, "elsewhere.example.org", portal.application_digest, bench.now()
    )
    authorization = bench.workspace.authorization

    for source in (Source.APPLICATION, Source.WEBHOOK):
        with pytest.raises(AuthorizationProblem, match="was entered for") as caught:
            authorization.only(bench.portal, source, call)
        assert caught.value.code == "other_host"
    with pytest.raises(PortalProblem, match=r"The webhook is for 127\.0\.0\.1"):
        book.enter_webhook(bench.portal.key, bench.webhook())


def test_without_a_keyring_secrets_live_in_memory_and_on_no_disk(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = bench.catch()
    bench.keyring.drops = True
    webhook = bench.webhook()
    bench.set_order(Source.WEBHOOK)

    reason = bench.workspace.portal_book.enter_webhook(bench.portal.key, webhook)

    assert reason == "the keyring does not keep what it is given"
    assert bench.reply(call).row.outcome is Outcome.ACCEPTED
    assert webhook.code.encode() not in bench.files
    with pytest.raises(AuthorizationProblem, match="cannot be had") as caught:
        bench.open().authorization.access(bench.portal, call)
    assert caught.value.code == "webhook_missing"


def test_calls_whose_key_is_gone_are_answered_by_what_was_entered(bench: Bench) -> None:
    call = bench.catch()
    bench.workspace.portal_book.enter_webhook(bench.portal.key, bench.webhook())
    bench.key = new_key("another")

    access = bench.open().authorization.access(bench.portal, call)

    assert access.source is Source.WEBHOOK


@pytest.mark.parametrize(
    "text", ["", "not JSON", "[]", '{"webhook": 1}', '{"webhook": "x"}', '{"client_id": "1"}']
)
def test_damaged_entry_of_the_keyring_is_as_good_as_none(bench: Bench, text: str) -> None:
    call = bench.catch()
    bench.workspace.portal_book.enter_webhook(bench.portal.key, bench.webhook())
    (entry,) = [name for name in bench.keyring.passwords if "portal" in name[1]]
    bench.keyring.passwords[entry] = text

    with pytest.raises(AuthorizationProblem, match="does not have it"):
        bench.open().authorization.only(bench.portal, Source.WEBHOOK, call)


def test_locked_keyring_is_told_as_the_reason(bench: Bench) -> None:
    call = bench.catch()
    bench.workspace.portal_book.enter_webhook(bench.portal.key, bench.webhook())
    bench.keyring.on_reading = keyring.errors.KeyringLocked()

    with pytest.raises(AuthorizationProblem, match="the keyring is locked"):
        bench.open().authorization.only(bench.portal, Source.WEBHOOK, call)

"""An application's tokens against a simulated portal and its authorization server."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import authorizing
import pytest
from authorizing import OAUTH, WAIT, Bench
from portal_server import portal as portal_server

from bxgui.core.authorization import Access, Source
from bxgui.core.explanations import BY_KEY, Outcome
from bxgui.core.oauth import Application
from bxgui.core.outcome import Verdict
from bxgui.core.records import CallDetail
from bxgui.services.authorization_problem import AuthorizationProblem
from bxgui.services.replies import ReplyProblem
from bxgui.services.vault import new_key
from bxgui.simulator.condition import Condition

HOUR = 3601
EXPIRED = Verdict(BY_KEY["access_expired"], "expired_token")


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    with authorizing.bench(tmp_path, monkeypatch) as made:
        yield made


@pytest.fixture
def call(bench: Bench) -> CallDetail:
    """A call of a trusted portal, whose application was entered."""
    caught = bench.catch()
    bench.enter_application()
    return caught


def granted(bench: Bench, call: CallDetail) -> Access:
    """Access by the application's tokens, of which there are ever first ones."""
    return bench.workspace.authorization.only(bench.portal, Source.APPLICATION, call)


def kept(bench: Bench) -> Any:
    return bench.workspace.store.authorizations.of_portal(bench.portal.id)[Source.APPLICATION]


def test_expired_token_of_a_call_is_replaced_by_the_applications(
    bench: Bench, call: CallDetail
) -> None:
    bench.portal_side.accounts.expire_access_tokens()

    attempt = bench.reply(call)

    outcomes = [row.explanation_key for row in bench.workspace.history()]
    assert attempt.row.outcome is Outcome.ACCEPTED
    assert outcomes == ["accepted", "access_expired"]
    assert bench.asked() == 1
    assert bench.call(call.row.id).row.state == "accepted"


def test_days_later_a_waiting_call_is_answered(bench: Bench, call: CallDetail) -> None:
    granted(bench, call)
    bench.client.clock.advance(5 * 24 * HOUR)

    attempt = bench.reply(call)

    assert attempt.row.outcome is Outcome.ACCEPTED
    assert bench.asked() == 2
    request = bench.client.served.requests[-2]
    assert (request.method, request.request.verb) == (OAUTH, "POST")


def test_tokens_are_used_as_long_as_the_portal_takes_them(bench: Bench, call: CallDetail) -> None:
    granted(bench, call)
    bench.set_order(Source.APPLICATION)

    outcomes = [bench.reply(one).row.outcome for one in (call, bench.catch(), bench.catch())]

    assert outcomes == [Outcome.ACCEPTED] * 3
    assert bench.asked() == 1


def test_both_tokens_are_replaced_together(bench: Bench, call: CallDetail) -> None:
    first = granted(bench, call)
    before = kept(bench)

    second = bench.workspace.authorization.renew(bench.portal, first, call)
    third = bench.workspace.authorization.renew(bench.portal, second, call)

    assert first.token != second.token != third.token
    assert kept(bench).sealed != before.sealed
    assert granted(bench, call).token == third.token
    assert bench.asked() == 3
    for secret in (first, second, third):
        assert secret.token.encode() not in bench.files


def test_tokens_that_were_renewed_just_now_are_not_renewed_again(
    bench: Bench, call: CallDetail
) -> None:
    fresh = granted(bench, call)
    authorization = bench.workspace.authorization

    after = authorization.access_after(bench.portal, fresh, EXPIRED, call)

    assert fresh.renewed
    assert after is None
    assert bench.asked() == 1


def test_many_at_once_renew_once(bench: Bench, call: CallDetail) -> None:
    expired = granted(bench, call)
    portal, authorization = bench.portal, bench.workspace.authorization
    start = threading.Barrier(8)

    def renew(_: int) -> str:
        start.wait(WAIT)
        return authorization.renew(portal, expired, call).token

    with ThreadPoolExecutor(8) as pool:
        tokens = set(pool.map(renew, range(8)))

    assert len(tokens) == 1
    assert expired.token not in tokens
    assert bench.asked() == 2


def test_another_process_that_has_renewed_has_done_it_for_all(
    bench: Bench, call: CallDetail
) -> None:
    expired = granted(bench, call)
    other = bench.open()
    theirs = other.authorization.renew(bench.portal, expired, call)

    ours = bench.workspace.authorization.renew(bench.portal, expired, call)

    assert ours.token == theirs.token
    assert bench.asked() == 2


def test_process_that_comes_second_takes_what_the_first_has_got(
    bench: Bench, call: CallDetail, monkeypatch: pytest.MonkeyPatch
) -> None:
    expired = granted(bench, call)
    other, ours = bench.open(), bench.workspace.authorization
    ask = ours.tokens._server.ask
    theirs: list[Access] = []

    def ask_a_moment_later(*given: Any, **named: Any) -> Any:
        if not theirs:
            theirs.append(other.authorization.renew(bench.portal, expired, call))
        return ask(*given, **named)

    monkeypatch.setattr(ours.tokens._server, "ask", ask_a_moment_later)

    access = ours.renew(bench.portal, expired, call)

    assert access.token == theirs[0].token
    assert kept(bench).sealed is not None


def test_client_secret_goes_to_no_server_that_a_call_makes_up(
    bench: Bench, call: CallDetail
) -> None:
    newest = bench.catch(server_endpoint="https://oauth.example.net/rest/")

    granted(bench, newest)

    (exchange,) = bench.workspace.store.exchanges.of_portal(bench.portal.id)
    assert exchange.exchange.url == bench.client.served.oauth_url
    assert bench.asked() == 1


def test_portal_of_the_internet_has_no_authorization_server_on_this_computer(
    bench: Bench, call: CallDetail, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_names(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    with portal_server() as evil:
        forged = bench.catch(
            server_endpoint=evil.endpoint, client_endpoint="https://portal.example.org/rest/"
        )
        bench.workspace.trust(bench.portal.key, "portal.example.org")
        bench.enter_application()
        monkeypatch.setattr(socket, "getaddrinfo", no_names)

        with pytest.raises(AuthorizationProblem) as caught:
            granted(bench, forged)

        exchange = bench.workspace.store.exchanges.of_portal(bench.portal.id)[0].exchange
        assert caught.value.code == "dns"
        assert exchange.url == "https://oauth.bitrix.info/oauth/token/"
        assert not evil.was_asked()
    assert bench.asked() == 0


def test_exchange_with_the_server_is_recorded_masked(bench: Bench, call: CallDetail) -> None:
    access = granted(bench, call)

    (one,) = bench.workspace.store.exchanges.of_portal(bench.portal.id)

    shown = repr(one)
    assert one.method == OAUTH
    assert b"client_secret=***" in one.exchange.request_body
    assert b"grant_type=refresh_token" in one.exchange.request_body
    assert b'"access_token":"***"' in one.exchange.response_body.replace(b" ", b"")
    assert access.token not in shown
    assert bench.application.client_secret not in shown
    assert bench.application.client_secret.encode() not in bench.files


def enter(bench: Bench, **changes: str) -> None:
    pair = {
        "client_id": bench.application.client_id,
        "client_secret": bench.application.client_secret,
    }
    book = bench.workspace.portal_book
    assert book.enter_application(bench.portal.key, Application(**pair | changes)) == ""


@pytest.mark.parametrize(
    "changes", [{"client_id": "local.unknown"}, {"client_secret": "not the secret"}]
)
def test_wrong_client_is_said_so_and_not_tried_again_and_again(
    bench: Bench, call: CallDetail, changes: dict[str, str]
) -> None:
    enter(bench, **changes)
    bench.portal_side.accounts.expire_access_tokens()

    with pytest.raises(ReplyProblem, match="does not know the application") as caught:
        bench.reply(call)
    again = bench.reply(call)

    assert caught.value.code == "client_refused"
    assert bench.call(call.row.id).row.state == "waiting"
    assert again.row.explanation_key == "access_expired"
    assert bench.asked() == 1
    enter(bench)
    assert bench.reply(call).row.outcome is Outcome.ACCEPTED


def test_refresh_token_that_is_used_up_gives_way_to_that_of_a_call(
    bench: Bench, call: CallDetail
) -> None:
    access = granted(bench, call)
    bench.client.clock.advance(31 * 24 * HOUR)
    newer = bench.catch()

    renewed = bench.workspace.authorization.renew(bench.portal, access, newer)

    assert renewed.token != access.token
    assert bench.asked() == 3


def test_authorization_that_is_lost_says_what_to_do(bench: Bench, call: CallDetail) -> None:
    access = granted(bench, call)
    bench.client.clock.advance(31 * 24 * HOUR)

    with pytest.raises(AuthorizationProblem, match="authorize the application again") as caught:
        bench.workspace.authorization.renew(bench.portal, access, call)
    with pytest.raises(AuthorizationProblem, match="Log in") as afterwards:
        granted(bench, call)

    assert caught.value.code == "refresh_refused"
    assert caught.value.verdict is not None
    assert afterwards.value.code == "no_tokens"
    assert kept(bench).sealed is None


def test_portal_whose_subscription_has_ended_grants_nothing(bench: Bench, call: CallDetail) -> None:
    bench.portal_side.condition = Condition.SUBSCRIPTION_ENDED

    with pytest.raises(AuthorizationProblem, match="plan") as caught:
        granted(bench, call)

    assert caught.value.code == "tariff"


def test_server_that_fails_is_asked_again_next_time(bench: Bench, call: CallDetail) -> None:
    bench.client.served.faults.add("html_502", method=OAUTH)

    with pytest.raises(AuthorizationProblem) as caught:
        granted(bench, call)

    assert caught.value.code == "server_error"
    assert granted(bench, call).token


def test_failed_renewal_leads_to_the_webhook(bench: Bench, call: CallDetail) -> None:
    bench.workspace.portal_book.enter_webhook(bench.portal.key, bench.webhook())
    bench.portal_side.accounts.expire_access_tokens()
    bench.client.served.faults.add("html_502", method=OAUTH)

    attempt = bench.reply(call)

    assert attempt.row.outcome is Outcome.ACCEPTED
    assert "***" in attempt.exchange.url


def test_refusal_that_is_no_expiry_renews_nothing(bench: Bench, call: CallDetail) -> None:
    bench.set_order(Source.APPLICATION)
    granted(bench, call)
    bench.portal_side.accounts.dismiss(1)

    attempt = bench.reply(call)

    assert attempt.row.explanation_key == "user_dismissed"
    assert bench.asked() == 1


def test_tokens_of_another_portal_are_not_kept(bench: Bench, call: CallDetail) -> None:
    foreign = bench.catch()
    bench.portal_side.member_id = "f" * 32
    portal = bench.workspace.portal_book.find(foreign.portal.key if foreign.portal else "")

    with pytest.raises(AuthorizationProblem, match="another portal") as caught:
        bench.workspace.authorization.only(portal, Source.APPLICATION, foreign)

    assert caught.value.code == "other_portal"
    (entered,) = bench.workspace.store.authorizations.of_portal(portal.id).values()
    assert entered.sealed is None


def test_tokens_under_a_key_that_is_gone_are_granted_anew_for_a_new_call(
    bench: Bench, call: CallDetail
) -> None:
    granted(bench, call)
    bench.key = new_key("another")
    other = bench.open()

    with pytest.raises(AuthorizationProblem) as caught:
        other.authorization.only(bench.portal, Source.APPLICATION, call)
    newer = bench.catch()

    assert caught.value.code == "no_tokens"
    assert other.authorization.only(bench.portal, Source.APPLICATION, newer).token


def test_application_that_the_keyring_has_lost_is_said_so(bench: Bench, call: CallDetail) -> None:
    bench.keyring.passwords.clear()

    with pytest.raises(AuthorizationProblem, match="the keyring does not have them") as caught:
        bench.open().authorization.only(bench.portal, Source.APPLICATION, call)

    assert caught.value.code == "application_missing"


def test_keyring_that_raises_is_survived(bench: Bench, call: CallDetail) -> None:
    bench.keyring.on_reading = ZeroDivisionError()

    with pytest.raises(AuthorizationProblem, match=r"does not answer \(ZeroDivisionError\)"):
        bench.open().authorization.only(bench.portal, Source.APPLICATION, call)

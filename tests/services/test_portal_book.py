"""Portals as their user keeps them, against a simulated one."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import authorizing
import certificates
import pytest
from authorizing import WAIT, Bench
from posts import Post

from bxgui.core.authorization import Source
from bxgui.core.explanations import Outcome
from bxgui.core.moves import MoveObstacle
from bxgui.core.portal_settings import PortalSettings
from bxgui.core.rate import Rate
from bxgui.core.reach import Reach
from bxgui.core.webhook_address import read_webhook
from bxgui.services.intake import prepare
from bxgui.services.portal_book import PortalBook, PortalProblem, UnknownPortal
from bxgui.services.portal_client import PortalClient

BOX = "http://box.example.org/rest/"


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    with authorizing.bench(tmp_path, monkeypatch) as made:
        yield made


@pytest.fixture
def book(bench: Bench) -> PortalBook:
    return bench.workspace.portal_book


def problem(book: PortalBook, key: str, settings: PortalSettings) -> str:
    with pytest.raises(PortalProblem) as caught:
        book.change(key, settings)
    assert str(caught.value).endswith(".")
    return caught.value.code


def test_portal_that_is_added_is_trusted_and_found_by_all_its_names(book: PortalBook) -> None:
    added = book.add("https://portal.example.org/rest/", "Head office")

    assert added.trusted
    assert (added.key, added.member_id) == ("host:portal.example.org", "")
    assert added.title == "Head office"
    assert [book.find(name).id for name in (added.key, added.host, "Head office")] == [added.id] * 3
    with pytest.raises(UnknownPortal):
        book.find("portal.example.com")


def test_portal_that_is_trusted_already_is_only_set_up(bench: Bench, book: PortalBook) -> None:
    bench.catch()
    book.change(bench.portal.key, replace(bench.portal.settings, rate=Rate(5, 250)))

    again = book.add(bench.portal.endpoint, "Practice")

    assert again.id == bench.portal.id
    assert again.settings.name == "Practice"
    assert again.rate == Rate(5, 250)


def test_address_that_only_calls_have_named_is_trusted_apart_from_them(
    bench: Bench, book: PortalBook
) -> None:
    bench.catch(trusted=False)

    added = book.add(bench.portal.endpoint)

    assert added.id != bench.portal.id
    assert not bench.portal.trusted


def test_plain_http_is_for_the_host_that_is_named(book: PortalBook) -> None:
    with pytest.raises(PortalProblem, match="plain http") as refused:
        book.add(BOX)
    with pytest.raises(PortalProblem, match="plain http"):
        book.add(BOX, reach=Reach(plain_http_host="other.example.org"))
    allowed = book.add(BOX, reach=Reach(plain_http_host="box.example.org"))

    assert refused.value.code == "plain_http"
    assert allowed.reach.allows(BOX)
    with pytest.raises(PortalProblem):
        book.add("ftp://box.example.org/rest/")


def test_settings_of_no_use_are_refused(book: PortalBook, tmp_path: Path) -> None:
    key = book.add("https://portal.example.org/rest/").key
    (tmp_path / "empty.pem").write_text("no certificate", "utf-8")

    assert problem(book, key, PortalSettings(rate=Rate(0, 50))) == "bad_rate"
    assert problem(book, key, PortalSettings(rate=Rate(2, 0))) == "bad_rate"
    assert problem(book, key, PortalSettings(reach=Reach(plain_http_host="x.org"))) == "other_host"
    for name in ("empty.pem", "missing.pem"):
        reach = Reach(ca_file=str(tmp_path / name))
        assert problem(book, key, PortalSettings(reach=reach)) == "bad_ca_file"


def test_what_is_set_is_there_at_the_next_start(bench: Bench, book: PortalBook) -> None:
    key = book.add("https://portal.example.org/rest/").key
    settings = PortalSettings(
        "Office",
        (Source.WEBHOOK, Source.CALL),
        Rate(5, 250),
        Reach(plain_http_host="portal.example.org"),
    )

    book.change(key, settings)

    assert bench.open().portal_book.find(key).settings == settings


def test_test_tells_what_each_source_may_do(bench: Bench, book: PortalBook) -> None:
    call = bench.catch()
    bench.enter_application()
    book.enter_webhook(bench.portal.key, bench.webhook("crm", user_id=7))
    bench.set_order(Source.WEBHOOK, Source.CALL)

    webhook, own, application = book.test(bench.portal.key)

    assert [one.source for one in (webhook, own, application)] == [
        Source.WEBHOOK,
        Source.CALL,
        Source.APPLICATION,
    ]
    assert (webhook.works, webhook.answers, webhook.scopes) == (True, False, ("crm",))
    assert (webhook.user_id, webhook.user, webhook.admin) == ("7", "Employee", False)
    assert (own.works, own.answers, own.admin) == (True, True, True)
    assert own.application == bench.application.client_id
    assert own.expires_at == call.access_expires_at
    assert (application.answers, application.user) == (True, "Administrator")
    assert bench.call(call.row.id).row.state == "waiting"


def test_test_renews_what_is_too_old_and_says_why_a_source_is_refused(
    bench: Bench, book: PortalBook
) -> None:
    bench.catch()
    bench.enter_application()
    book.enter_webhook(
        bench.portal.key, read_webhook(f"{bench.portal.endpoint}1/deletedcode123456/")
    )
    book.test(bench.portal.key)
    bench.portal_side.accounts.expire_access_tokens()

    own, application, webhook = book.test(bench.portal.key)

    assert (own.works, own.code) == (False, "expired_token")
    assert application.answers
    assert (webhook.works, webhook.code) == (False, "INVALID_CREDENTIALS")
    assert webhook.problem.startswith("The portal does not accept the webhook's code.")
    facts = book.facts_of(bench.portal.key)
    assert [one.problem is None for one in facts.sources] == [True, True, False]


def test_source_that_works_again_is_used_again(bench: Bench, book: PortalBook) -> None:
    bench.catch()
    book.enter_webhook(bench.portal.key, bench.webhook())
    bench.workspace.store.authorizations.refuse(bench.portal.id, Source.WEBHOOK, "credentials")
    bench.set_order(Source.WEBHOOK)

    (webhook, *_) = book.test(bench.portal.key)

    assert webhook.answers
    assert bench.workspace.authorization.access(bench.portal).source is Source.WEBHOOK


def test_source_that_cannot_be_had_is_reported_with_its_reason(
    bench: Bench, book: PortalBook
) -> None:
    book.add(bench.client.served.endpoint)
    key = bench.workspace.portals()[0].key
    book.enter_application(key, bench.application)

    (application,) = book.test(key)

    assert (application.works, application.code) == (False, "no_tokens")


def test_facts_tell_how_the_portal_last_answered(bench: Bench, book: PortalBook) -> None:
    call = bench.catch()
    never = book.facts_of(bench.portal.key)
    bench.client.served.faults.add("free_plan")
    bench.reply(call)
    bench.client.clock.advance(1)
    bench.reply(call)
    bench.client.clock.advance(1)
    book.test(bench.portal.key)

    (facts,) = book.facts()
    assert (never.last_success, never.last_error) == (None, None)
    assert facts.last_success == bench.now()
    assert facts.last_error is not None
    assert facts.last_error.code == "ACCESS_DENIED"
    assert facts.last_error.method == "bizproc.event.send"
    assert [one.source for one in facts.sources] == [Source.CALL]


def test_forgotten_portal_keeps_its_calls_and_nothing_else(bench: Bench, book: PortalBook) -> None:
    call = bench.catch()
    bench.enter_application()
    book.change(bench.portal.key, replace(bench.portal.settings, name="Office"))
    book.test(bench.portal.key)

    book.forget("Office")

    portal = bench.portal
    assert not portal.trusted
    assert portal.settings == PortalSettings()
    assert bench.workspace.store.authorizations.of_portal(portal.id) == {}
    assert bench.workspace.store.exchanges.of_portal(portal.id) == []
    assert not any("portal" in entry for _, entry in bench.keyring.passwords)
    assert bench.call(call.row.id).row.state == "waiting"


def test_forgotten_portal_without_calls_is_gone(book: PortalBook) -> None:
    key = book.add("https://portal.example.org/rest/").key

    book.forget(key)

    with pytest.raises(UnknownPortal):
        book.find(key)


def test_withdrawn_source_leaves_the_others(bench: Bench, book: PortalBook) -> None:
    call = bench.catch()
    bench.enter_application()
    book.enter_webhook(bench.portal.key, bench.webhook())

    book.withdraw(bench.portal.key, Source.WEBHOOK)

    access = bench.open().authorization.only(bench.portal, Source.APPLICATION, call)
    assert access.source is Source.APPLICATION
    assert bench.workspace.store.authorizations.of_portal(bench.portal.id).keys() == {
        Source.APPLICATION
    }


def test_portal_that_calls_make_known_takes_over_what_was_entered_by_hand(
    bench: Bench, book: PortalBook
) -> None:
    by_hand = book.add(bench.client.served.endpoint, "Office")
    book.enter_webhook(by_hand.key, bench.webhook())
    call = bench.catch(trusted=False)

    trusted = bench.workspace.trust(bench.portal.key)

    assert [portal.id for portal in bench.workspace.portals()] == [trusted.id]
    assert trusted.title == "Office"
    bench.set_order(Source.WEBHOOK)
    assert bench.open().authorization.access(bench.portal, call).source is Source.WEBHOOK
    assert sum("portal" in entry for _, entry in bench.keyring.passwords) == 1


def test_move_is_shown_and_followed_only_after_a_yes(bench: Bench, book: PortalBook) -> None:
    call = bench.catch()
    bench.enter_application()
    bench.workspace.authorization.only(bench.portal, Source.APPLICATION, call)
    book.enter_webhook(bench.portal.key, bench.webhook())
    former = bench.portal.endpoint
    bench.client.served.rename()

    attempt = bench.reply(call)
    offered, before = bench.workspace.moved_to(attempt), bench.portal.endpoint
    again = bench.workspace.follow_move(attempt).result(WAIT)

    request = bench.client.served.requests[-1]
    assert attempt.row.explanation_key == "moved"
    assert offered is not None
    assert (before, offered.endpoint) == (former, bench.client.served.endpoint)
    assert again.row.outcome is Outcome.ACCEPTED
    assert request.request.verb == "POST"
    assert request.params["EVENT_TOKEN"]
    assert bench.portal.endpoint == offered.endpoint
    assert bench.workspace.moved_to(again) is None
    assert bench.call(call.row.id).row.suspicion == ""
    assert [one.answers for one in book.test(bench.portal.key)] == [True] * 3


def test_move_by_another_process_is_followed_by_what_remembers_the_former_address(
    bench: Bench, book: PortalBook
) -> None:
    key = book.add(bench.client.served.endpoint).key
    book.enter_webhook(key, bench.webhook())
    bench.client.served.rename()

    bench.open().portal_book.move(key, bench.client.served.endpoint)

    assert [one.answers for one in book.test(key)] == [True]


def test_trust_taken_back_is_given_again_where_no_call_has_told_of_the_portal(
    bench: Bench, book: PortalBook
) -> None:
    portal = book.add("https://portal.example.org/rest/", "Head office")
    bench.workspace.store.portal_register.identify(portal.id, "0123456789abcdef")
    bench.workspace.distrust("0123456789abcdef")

    trusted = book.trust("0123456789abcdef")

    assert trusted == replace(portal, key=trusted.key, member_id=trusted.member_id)
    assert trusted.trusted


def test_portal_without_an_address_cannot_be_trusted(bench: Bench, book: PortalBook) -> None:
    bench.catch(trusted=False, client_endpoint="", domain="")

    with pytest.raises(PortalProblem, match="not the address"):
        book.trust(bench.portal.key)


def test_trust_can_be_bound_to_the_newest_call_of_each_kind(bench: Bench) -> None:
    bench.catch(trusted=False)
    other = bench.catch(trusted=False, application_token="f" * 32)
    first = bench.catch(trusted=False)

    offered = bench.workspace.trustworthy(bench.portal.key)

    assert [call.row.id for call in offered] == [first.row.id, other.row.id]


def test_redirect_to_something_else_is_not_followed(bench: Bench) -> None:
    call = bench.catch()
    bench.client.served.faults.add("redirect:https://login.example.org/portal/sign/in")

    attempt = bench.reply(call)

    assert attempt.row.explanation_key == "moved"
    offered = bench.workspace.moved_to(attempt)
    assert offered is not None
    assert (offered.new_host, offered.obstacle) == ("", MoveObstacle.NO_ADDRESS)
    with pytest.raises(PortalProblem, match="no address"):
        bench.workspace.follow_move(attempt)


def test_redirect_to_plain_http_is_told_and_not_followed(bench: Bench) -> None:
    call = bench.catch()
    bench.client.served.faults.add(f"redirect:{BOX}bizproc.event.send")

    attempt = bench.reply(call)

    offered = bench.workspace.moved_to(attempt)
    assert offered is not None
    assert (offered.endpoint, offered.obstacle) == (BOX, MoveObstacle.PLAIN_HTTP)
    with pytest.raises(PortalProblem, match="plain http"):
        bench.workspace.follow_move(attempt)


def test_portal_does_not_move_to_plain_http_by_itself(bench: Bench, book: PortalBook) -> None:
    bench.catch()

    with pytest.raises(PortalProblem, match="plain http"):
        book.move(bench.portal.key, BOX)
    with pytest.raises(PortalProblem, match="not the address"):
        book.move(bench.portal.key, "nowhere")
    with pytest.raises(PortalProblem, match="not other"):
        book.move(bench.portal.key, BOX, "other")


def test_portal_moves_to_plain_http_where_its_new_host_is_named(book: PortalBook) -> None:
    portal = book.add("https://new.example.org/rest/", "Box")

    moved = book.move(portal.key, BOX, "box.example.org")

    assert moved.endpoint == BOX
    assert moved.title == "Box"
    assert moved.reach == Reach(plain_http_host="box.example.org")


def test_member_id_of_a_portal_that_calls_have_named_already_is_left_to_them(
    bench: Bench, book: PortalBook
) -> None:
    post = Post(endpoint="https://portal.example.org/rest/")
    bench.workspace.store.calls.record([prepare(post.arrival(bench.now()), bench.key)])
    by_hand = book.add(post.endpoint)

    bench.workspace.store.portal_register.identify(by_hand.id, post.member_id)
    bench.workspace.store.portal_register.identify(by_hand.id, "")

    assert book.find(by_hand.key).member_id == ""


def test_own_authority_is_believed_for_the_portal_it_was_given_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = certificates.files_in(tmp_path)
    certificates.put(files, *certificates.issued())
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(files.certificate, files.key)
    authority = tmp_path / "authority.pem"
    certificates.authority().cert_pem.write_to_path(str(authority))
    with authorizing.bench(tmp_path, monkeypatch, tls=server) as bench:
        book = bench.workspace.portal_book
        key = book.add(bench.client.served.endpoint).key
        book.enter_webhook(key, bench.webhook())

        (refused,) = book.test(key)
        book.change(key, PortalSettings(reach=Reach(ca_file=str(authority))))
        (believed,) = book.test(key)

    assert (refused.works, refused.code) == (False, "certificate")
    assert believed.answers


def test_key_from_before_the_member_id_was_known_goes_on_naming_the_portal(
    bench: Bench, book: PortalBook
) -> None:
    added = book.add("https://portal.example.org/rest/", "Office")

    bench.workspace.store.portal_register.identify(added.id, "a1b2c3")

    assert book.find(added.key).id == added.id
    assert book.find(added.key).key == "a1b2c3"


def test_address_that_a_portal_has_left_can_be_anothers(bench: Bench, book: PortalBook) -> None:
    moved = book.add("https://old.example.org/rest/", "Office")
    moved = book.move(moved.key, "https://new.example.org/rest/")

    added = book.add("https://old.example.org/rest/", "Another")

    assert added.id != moved.id
    assert book.find("Office").endpoint == "https://new.example.org/rest/"
    assert book.find("host:new.example.org").id == moved.id


def test_what_was_entered_by_hand_is_taken_over_after_a_move_too(
    bench: Bench, book: PortalBook
) -> None:
    by_hand = book.add("https://old.example.org/rest/", "Office")
    book.enter_application(by_hand.key, bench.application)
    book.move(by_hand.key, bench.client.served.endpoint)

    bench.catch()

    assert [portal.id for portal in bench.workspace.portals()] == [bench.portal.id]
    assert bench.portal.title == "Office"
    assert bench.workspace.authorization.tokens.application(bench.portal) == bench.application


def test_plain_http_that_was_allowed_to_the_former_host_ends_with_a_move(book: PortalBook) -> None:
    portal = book.add(BOX, "Box", Reach(plain_http_host="box.example.org"))

    moved = book.move(portal.key, "https://new.example.org/rest/")

    assert moved.reach == Reach()
    changed = book.change(moved.key, replace(moved.settings, order=(Source.WEBHOOK,)))
    assert changed.order == (Source.WEBHOOK,)


def test_portal_that_is_known_at_another_address_is_not_said_to_be_added(book: PortalBook) -> None:
    book.add("https://box.example.org/rest/", "Box")

    with pytest.raises(PortalProblem) as caught:
        book.add(BOX, "Box", Reach(plain_http_host="box.example.org"))

    assert caught.value.code == "other_address"
    assert "https://box.example.org/rest/" in str(caught.value)
    assert book.find("Box").reach == Reach()


def test_portal_that_is_forgotten_while_it_is_asked_answers_all_the_same(
    bench: Bench, book: PortalBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal = book.add(bench.client.served.endpoint, "Office")
    book.enter_webhook(portal.key, bench.webhook())
    call = PortalClient.call

    def forgotten_meanwhile(*arguments: Any, **options: Any) -> Any:
        answer = call(*arguments, **options)
        if bench.workspace.portals():
            bench.open().portal_book.forget(portal.key)
        return answer

    monkeypatch.setattr(PortalClient, "call", forgotten_meanwhile)

    assert [report.source for report in book.test(portal.key)] == [Source.WEBHOOK]
    assert bench.workspace.portals() == []

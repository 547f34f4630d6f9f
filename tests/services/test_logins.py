"""First authorizations through a browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import authorizing
import pytest
from authorizing import Bench, consents
from listening import ask, listening

from bxgui.core.authorization import Source
from bxgui.core.redact import digest
from bxgui.services.authorization_problem import AuthorizationProblem
from bxgui.services.consents import Consents, state_of
from bxgui.services.logins import Login
from bxgui.services.portal_client import PortalClient
from bxgui.services.store.authorizations import LOGIN_LIFE
from bxgui.services.vault import key_line, new_key
from bxgui.services.workspace import utc_now


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    with authorizing.bench(tmp_path, monkeypatch) as made:
        yield made


@pytest.fixture
def login(bench: Bench) -> Login:
    """A login under way in a portal that was added by hand."""
    portal = bench.workspace.portal_book.add(bench.client.served.endpoint)
    bench.workspace.portal_book.enter_application(portal.key, bench.application)
    return bench.workspace.logins.begin(portal)


def consent(bench: Bench, login: Login) -> str:
    """Where the browser of a person who consents ends up."""
    bench.portal_side.accounts.redirect_uri = "https://hook.example.com/h/abc"
    parts = urlsplit(login.address)
    answer = bench.client.get(f"{parts.path}?{parts.query}")
    assert answer.status == 302
    return answer.headers["Location"]


def problem(bench: Bench, login: Login, text: str) -> str:
    with pytest.raises(AuthorizationProblem) as caught:
        bench.workspace.logins.finish(login, text)
    assert str(caught.value).endswith(".")
    return caught.value.code


def granted(bench: Bench) -> bool:
    (portal,) = bench.workspace.portals()
    entered = bench.workspace.store.authorizations.of_portal(portal.id)
    return entered[Source.APPLICATION].sealed is not None


def test_consent_is_asked_for_on_the_portals_page(bench: Bench, login: Login) -> None:
    parts = urlsplit(login.address)

    assert login.address.startswith(bench.client.served.authorize_url)
    assert dict(parse_qsl(parts.query)) == {
        "client_id": bench.application.client_id,
        "state": login.state,
    }
    assert len(login.state) >= 32
    assert login.state not in repr(login)


def test_pasted_address_authorizes_the_application(bench: Bench, login: Login) -> None:
    bench.workspace.logins.finish(login, f" {consent(bench, login)}\n")

    (portal,) = bench.workspace.portals()
    assert granted(bench)
    assert (portal.key, portal.member_id) == (bench.portal_side.member_id,) * 2
    later = bench.open().authorization
    access = later.access(portal)
    assert access.source is Source.APPLICATION
    assert access.user_id == "1"
    assert later.renew(portal, access).token != access.token, "the client secret is still there"


def test_query_alone_is_enough(bench: Bench, login: Login) -> None:
    bench.workspace.logins.finish(login, urlsplit(consent(bench, login)).query)

    assert granted(bench)


def test_bare_code_is_enough_where_the_server_is_known(bench: Bench) -> None:
    bench.catch()
    bench.enter_application()
    login = bench.workspace.logins.begin(bench.portal)
    code = parse_qs(urlsplit(consent(bench, login)).query)["code"][0]

    bench.workspace.logins.finish(login, code)

    assert granted(bench)


def test_code_of_another_login_is_not_exchanged(bench: Bench, login: Login) -> None:
    address = consent(bench, login)
    bench.workspace.logins.begin(bench.workspace.portals()[0])

    assert problem(bench, login, address.replace(login.state, "x" * 32)) == "other_state"
    assert problem(bench, login, "https://hook.example.com/h/abc?code=1") == "other_state"
    assert problem(bench, login, "https://hook.example.com/h/abc") == "no_code"
    assert bench.asked() == 0


def test_code_that_comes_too_late_is_said_so(bench: Bench, login: Login) -> None:
    address = consent(bench, login)
    bench.client.clock.advance(30)

    assert problem(bench, login, address) == "code_too_late"
    assert not granted(bench)


def test_code_works_once(bench: Bench, login: Login) -> None:
    address = consent(bench, login)
    bench.workspace.logins.finish(login, address)

    assert problem(bench, login, address) == "code_refused"
    assert granted(bench)


@pytest.mark.parametrize("forgotten", [True, False])
def test_tokens_for_an_application_that_was_removed_meanwhile_are_not_said_to_be_kept(
    bench: Bench, login: Login, monkeypatch: pytest.MonkeyPatch, forgotten: bool
) -> None:
    book, post_form = bench.workspace.portal_book, PortalClient.post_form

    def removed_meanwhile(*arguments: Any) -> Any:
        answer = post_form(*arguments)
        if forgotten:
            book.forget(login.portal.key)
        else:
            book.withdraw(login.portal.key, Source.APPLICATION)
        return answer

    monkeypatch.setattr(PortalClient, "post_form", removed_meanwhile)

    assert problem(bench, login, consent(bench, login)) == "no_application"


def test_server_that_nobody_has_named_is_not_guessed_for_a_practice_portal(
    bench: Bench, login: Login
) -> None:
    assert problem(bench, login, "abcdef") == "no_server"
    elsewhere = urlencode({"code": "x", "state": login.state, "server_domain": "oauth.example.net"})
    assert problem(bench, login, elsewhere) == "no_server"


def test_login_wants_a_trusted_portal_and_an_application(bench: Bench) -> None:
    bench.catch(trusted=False)
    logins = bench.workspace.logins
    with pytest.raises(AuthorizationProblem, match="not trusted"):
        logins.begin(bench.portal)

    bench.workspace.trust(bench.portal.key)
    with pytest.raises(AuthorizationProblem, match="No application was entered") as caught:
        logins.begin(bench.portal)

    assert caught.value.code == "no_application"


def test_browser_brings_the_code_to_the_listener(bench: Bench, login: Login) -> None:
    query = urlsplit(consent(bench, login)).query.encode()
    before = bench.workspace.logins.arrived(login)

    taken = consents(bench).take(query)

    arrived = bench.workspace.logins.arrived(login)
    assert before == ""
    assert taken
    assert arrived.encode() == query
    assert parse_qs(arrived)["code"][0].encode() not in bench.files
    bench.workspace.logins.finish(login, arrived)
    assert granted(bench)
    assert bench.workspace.logins.arrived(login) == ""


def test_code_that_no_login_waits_for_is_not_kept(bench: Bench, login: Login) -> None:
    taker = consents(bench)
    good = urlencode({"code": "1", "state": login.state}).encode()

    assert not taker.take(b"code=1&state=another")
    assert not taker.take(b"code=1")
    assert not taker.take(b"state=" + login.state.encode())
    assert taker.take(good)
    assert not taker.take(good), "only the first"
    bench.workspace.logins.give_up(login)
    assert not taker.take(good)
    assert state_of(b"code=1&state=" + b"x" * 5000) == ""


def test_login_waits_for_a_quarter_of_an_hour(bench: Bench, login: Login) -> None:
    good = urlencode({"code": "1", "state": login.state}).encode()
    bench.client.clock.advance((LOGIN_LIFE + timedelta(seconds=1)).total_seconds())

    assert not consents(bench).take(good)


def test_new_login_of_a_portal_ends_the_one_before(bench: Bench, login: Login) -> None:
    store = bench.workspace.store
    bench.workspace.logins.begin(login.portal)

    assert not store.authorizations.awaits(digest(login.state), bench.now())


def test_code_under_another_key_is_to_be_pasted(bench: Bench, login: Login) -> None:
    query = urlencode({"code": "1", "state": login.state}).encode()
    Consents(bench.workspace.store, new_key("another"), bench.now).take(query)

    with pytest.raises(AuthorizationProblem, match="Paste the address"):
        bench.workspace.logins.arrived(login)


def test_running_listener_takes_the_code(bench: Bench, login: Login) -> None:
    good = urlencode({"code": "the-code", "state": login.state}).encode()
    # The listener's clock is the real one.
    store = bench.workspace.store
    store.authorizations.begin_login(login.portal.id, digest(login.state), utc_now())
    given = key_line(bench.key)
    with listening(bench.folder, "--key-from-stdin", first_input=given) as listener:
        alive = ask(listener.url, method="GET")
        unknown = ask(listener.url, method="GET", query=b"code=1&state=nobody")
        looked = ask(listener.url, method="HEAD", query=good)
        taken = ask(listener.url, method="GET", query=good)

    assert alive == (200, b"The handler is alive.\n")
    assert unknown == (200, b"No login waits for this code. Begin it again in bxgui.\n")
    assert looked == (200, b"")
    assert taken[0] == 200
    assert b"has arrived" in taken[1]
    assert bench.workspace.logins.arrived(login).encode() == good
    assert b"the-code" not in bench.files

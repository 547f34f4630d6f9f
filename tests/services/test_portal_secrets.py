"""What is entered for a portal survives a keyring that comes and goes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import authorizing
import keyring.errors
import pytest
from authorizing import Bench
from keyrings import MemoryKeyring

from bxgui.core.authorization import Source
from bxgui.services.portal_book import PortalBook
from bxgui.services.vault import NO_KEYRING

LOCKED = "the keyring is locked"


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    with authorizing.bench(tmp_path, monkeypatch) as made:
        yield made


@pytest.fixture
def book(bench: Bench) -> PortalBook:
    """Of a program that has asked the keyring nothing yet; an application is entered."""
    bench.catch()
    bench.enter_application()
    return bench.open().portal_book


def unlocked_when_asked_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the keyring locked for whoever asks first, as while a person unlocks it."""
    get_password, asked = MemoryKeyring.get_password, []

    def locked_at_first(backend: MemoryKeyring, service: str, name: str) -> str | None:
        asked.append(name)
        if len(asked) == 1:
            raise keyring.errors.KeyringLocked
        return get_password(backend, service, name)

    monkeypatch.setattr(MemoryKeyring, "get_password", locked_at_first)


def has_application(bench: Bench) -> bool:
    """Whether a program that starts now has the client secret."""
    tokens = bench.open().authorization.tokens
    return tokens.application(bench.portal) == bench.application


def left_in_keyring(bench: Bench) -> bool:
    return any("client_secret" in text for text in bench.keyring.passwords.values())


def test_keyring_that_was_locked_a_moment_ago_keeps_the_application_beside_a_new_webhook(
    bench: Bench, book: PortalBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    webhook = bench.webhook()
    unlocked_when_asked_again(bench, monkeypatch)

    assert book.enter_webhook(bench.portal.key, webhook) == LOCKED

    assert has_application(bench)


def test_keyring_that_was_locked_a_moment_ago_keeps_what_was_not_removed(
    bench: Bench, book: PortalBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.enter_webhook(bench.portal.key, bench.webhook())
    unlocked_when_asked_again(bench, monkeypatch)

    assert bench.open().portal_book.withdraw(bench.portal.key, Source.WEBHOOK) == LOCKED

    assert has_application(bench)


def test_removing_while_the_keyring_is_locked_leaves_the_rest_usable_afterwards(
    bench: Bench, book: PortalBook
) -> None:
    book.enter_webhook(bench.portal.key, bench.webhook())
    other = bench.open()
    bench.keyring.on_reading = keyring.errors.KeyringLocked()
    other.portal_book.withdraw(bench.portal.key, Source.WEBHOOK)
    bench.keyring.on_reading = None

    assert other.authorization.tokens.application(bench.portal) == bench.application


def test_what_was_kept_in_memory_goes_to_the_keyring_with_the_next_secret(
    bench: Bench, book: PortalBook
) -> None:
    bench.keyring.on_reading = keyring.errors.KeyringLocked()
    webhook = bench.webhook()
    assert book.enter_webhook(bench.portal.key, webhook) == LOCKED
    bench.keyring.on_reading = None

    assert book.enter_application(bench.portal.key, bench.application) == ""

    access = bench.open().authorization.only(bench.portal, Source.WEBHOOK)
    assert access.endpoint == webhook.address


@pytest.mark.parametrize("source", [None, Source.APPLICATION])
def test_secret_that_a_locked_keyring_goes_on_holding_is_told_of(
    bench: Bench, book: PortalBook, source: Source | None
) -> None:
    bench.keyring.on_reading = keyring.errors.KeyringLocked()
    key = bench.portal.key

    told = book.forget(key) if source is None else book.withdraw(key, source)

    assert told == LOCKED
    assert left_in_keyring(bench)
    assert bench.workspace.store.authorizations.of_portal(bench.portal.id) == {}


def test_nothing_is_told_of_a_keyring_that_there_is_not(
    bench: Bench, book: PortalBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MemoryKeyring, "__module__", "keyring.backends.null")
    assert book.enter_webhook(bench.portal.key, bench.webhook()) == NO_KEYRING

    assert book.withdraw(bench.portal.key, Source.WEBHOOK) == ""
    assert book.forget(bench.portal.key) == ""


def test_portal_that_is_trusted_again_keeps_its_application_beside_a_webhook_given_meanwhile(
    bench: Bench, book: PortalBook
) -> None:
    key, webhook = bench.portal.key, bench.webhook()
    bench.workspace.distrust(key)
    by_hand = book.add(bench.portal.endpoint, "Office")
    book.enter_webhook(by_hand.key, webhook)

    bench.workspace.trust(key)

    assert has_application(bench)
    access = bench.open().authorization.only(bench.portal, Source.WEBHOOK)
    assert access.endpoint == webhook.address


@pytest.fixture
def by_hand(bench: Bench) -> int:
    """The id of a portal added by hand with a webhook, at the host of one that is not trusted."""
    bench.catch(trusted=False)
    book = bench.workspace.portal_book
    added = book.add(bench.portal.endpoint, "Office")
    assert book.enter_webhook(added.key, bench.webhook()) == ""
    return added.id


@pytest.mark.parametrize("action", ["on_reading", "on_writing"])
def test_webhook_given_by_hand_is_taken_over_once_the_keyring_lets_it(
    bench: Bench, by_hand: int, action: str
) -> None:
    other = bench.open()
    setattr(bench.keyring, action, keyring.errors.KeyringLocked())

    other.trust(bench.portal.key)

    kept = bench.workspace.store.authorizations.of_portal(by_hand)
    assert list(kept) == [Source.WEBHOOK]
    assert bench.portal.trusted

    setattr(bench.keyring, action, None)
    bench.open().trust(bench.portal.key)

    assert [one.id for one in bench.workspace.portals()] == [bench.portal.id]
    assert bench.open().authorization.only(bench.portal, Source.WEBHOOK).source is Source.WEBHOOK
    (entry,) = bench.keyring.passwords
    assert entry[1].endswith(f" {bench.portal.id}")


def test_settings_given_by_hand_are_taken_over_while_the_keyring_is_locked(bench: Bench) -> None:
    bench.catch(trusted=False)
    bench.workspace.portal_book.add(bench.portal.endpoint, "Office")
    bench.keyring.on_reading = keyring.errors.KeyringLocked()

    bench.workspace.trust(bench.portal.key)

    assert bench.portal.title == "Office"


@pytest.mark.parametrize("action", ["on_reading", "on_writing"])
def test_secret_that_cannot_be_kept_for_good_leaves_the_former_one(
    bench: Bench, by_hand: int, action: str
) -> None:
    other, key = bench.open(), f"host:{bench.portal.host}"
    before = bench.workspace.store.authorizations.of_portal(by_hand)
    setattr(bench.keyring, action, keyring.errors.KeyringLocked())

    assert other.portal_book.enter_webhook(key, bench.webhook(), for_good=True) == LOCKED

    setattr(bench.keyring, action, None)
    assert bench.workspace.store.authorizations.of_portal(by_hand) == before
    portal = other.portal_book.find(key)
    former = bench.open().authorization.only(portal, Source.WEBHOOK)
    assert other.authorization.only(portal, Source.WEBHOOK) == former

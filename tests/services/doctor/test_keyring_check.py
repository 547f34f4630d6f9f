from __future__ import annotations

import threading

import pytest

from bxgui.core.checks import Severity
from bxgui.services.doctor.keeping import check_keyring
from bxgui.services.vault import Keeping


def test_a_key_that_is_kept_is_told_with_its_keeper() -> None:
    check = check_keyring(lambda: Keeping("KWallet", secret=b"x"), 10)

    assert (check.severity, check.text) == (Severity.OK, "The store's key is kept by KWallet.")


def test_a_keyring_without_a_key_yet_is_right_too() -> None:
    check = check_keyring(lambda: Keeping("KWallet"), 10)

    assert check.severity is Severity.OK
    assert "made at the first use" in check.text


def test_without_a_keyring_it_says_why_and_what_is_lost() -> None:
    check = check_keyring(lambda: Keeping(reason="the keyring is locked"), 10)

    assert check.severity is Severity.WARNING
    assert check.text == "Secrets are kept in memory only, because the keyring is locked."
    assert "not answered after bxgui is closed" in check.advice


def test_a_keyring_that_asks_a_person_is_not_waited_for() -> None:
    unlocked = threading.Event()

    def look() -> Keeping:
        unlocked.wait()
        return Keeping("KWallet")

    check = check_keyring(look, 0.01)
    unlocked.set()

    assert check.severity is Severity.WARNING
    assert "locked" in check.text


@pytest.mark.parametrize("error", [RuntimeError("secret"), OSError("secret")])
def test_whatever_a_keyring_raises_is_told_by_its_kind_only(error: Exception) -> None:
    def look() -> Keeping:
        raise error

    check = check_keyring(look, 10)

    assert f"the keyring does not answer ({type(error).__name__})" in check.text
    assert "secret" not in check.text

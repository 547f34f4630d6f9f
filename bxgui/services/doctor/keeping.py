"""Whether the keyring keeps the store's key, and what is lost where it does not."""

from __future__ import annotations

from collections.abc import Callable

from bxgui.core.checks import Check, Severity, Subject
from bxgui.services.time_limit import within
from bxgui.services.vault import Keeping

_LOST = (
    "Calls caught now can be looked at later, but not answered after bxgui is closed. Set up a "
    "keyring of the system, and unlock it."
)


def check_keyring(look: Callable[[], Keeping], seconds: float) -> Check:
    """Who keeps the key; a keyring that asks a person is not waited for."""
    try:
        keeping = within(seconds, look, "keyring")
    except TimeoutError:
        return _warning(
            "The keyring is locked: it waits for somebody to unlock it.",
            "Unlock it. Until then calls that are caught may not be answered after bxgui is "
            "closed.",
        )
    except Exception as error:  # noqa: BLE001 - a backend may raise anything of its own
        keeping = Keeping(reason=f"the keyring does not answer ({type(error).__name__})")
    if keeping.reason:
        return _warning(f"Secrets are kept in memory only, because {keeping.reason}.", _LOST)
    if keeping.secret is None:
        text = f"{keeping.keeper} is there to keep the store's key; it is made at the first use."
        return Check(Subject.KEYRING, Severity.OK, text)
    return Check(Subject.KEYRING, Severity.OK, f"The store's key is kept by {keeping.keeper}.")


def _warning(text: str, advice: str) -> Check:
    return Check(Subject.KEYRING, Severity.WARNING, text, advice)

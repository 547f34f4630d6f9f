"""Takes the steps, one after another, in a process that another one watches."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from bxgui.self_test.telling import Teller, Told

_HOME = ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
_TEMPORARY = ("TMPDIR", "TEMP", "TMP")


def take(folder: Path, tell: Teller) -> None:
    """Take all steps in a folder; one that fails keeps back only what builds on it.

    Each loads what it is about, so that what a package lacks fails the step that needs it.
    """
    with suppress(Told), tell.step("keyring") as says:
        from bxgui.self_test import keyring_backend

        says.append(keyring_backend.named())
    _leave_home(folder)
    with suppress(Told), tell.step("certificates") as says:
        from bxgui.self_test import certificates

        says.append(certificates.bundle())
        says.append(certificates.handshakes(folder))
    with suppress(Told):
        _take_the_round(folder / "data", tell)


def _take_the_round(data: Path, tell: Teller) -> None:
    with tell.step("store") as says:
        from bxgui.self_test import stored

        says.append(stored.keep(data))
    with tell.step("qt") as says:
        from bxgui.self_test import looks, round_trip

        qt = looks.start_qt(tell.note_unexpected)
        says.append(looks.system())
    with suppress(Told), tell.step("screen") as says:
        says.append(looks.screens())
    with suppress(Told), tell.step("translations") as says:
        says.append(looks.translations(qt))
    with suppress(Told), tell.step("icons") as says:
        says.append(looks.icons())
    with round_trip.trial(data, tell) as made:
        for name, step in round_trip.STEPS:
            with tell.step(name) as says:
                says.append(step(made))


def _leave_home(folder: Path) -> None:
    """Let no library read or write in the user's own folders from now on."""
    for names, place in ((_HOME, folder / "home"), (_TEMPORARY, folder / "tmp")):
        place.mkdir(exist_ok=True)
        os.environ.update(dict.fromkeys(names, str(place)))
    tempfile.tempdir = None

"""The handler's addresses as `bxgui address` prints them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from bxgui.core.handler_address import HandlerAddress, local_base
from bxgui.services import settings
from bxgui.services.listener.configured import public_url_of
from bxgui.services.store.listener_paths import ListenerPath
from bxgui.terminal import moment

_ADVICE = (
    "Register the rules again with the new address: "
    "a rule keeps the HANDLER that it was registered with."
)


def address_in(folder: Path) -> HandlerAddress:
    """Where the handler is reached when the listener follows a folder's settings.

    Raises `SettingsProblem`.
    """
    chosen = settings.load(folder)
    local = local_base(chosen.host, chosen.port, tls=bool(chosen.tls_certificate))
    return HandlerAddress(local, public_url_of(chosen, folder))


def addresses_json(where: HandlerAddress, paths: Sequence[ListenerPath]) -> dict[str, object]:
    """The addresses as `bxgui address --json` prints them; `paths` begin with the newest."""
    newest, *former = paths
    return {
        "url": where.url(newest.secret),
        "local_url": where.local_url(newest.secret),
        "created_at": moment(newest.created_at),
        "former": [
            {
                "url": where.url(path.secret),
                "created_at": moment(path.created_at),
                "honoured_until": moment(path.honoured_until),
            }
            for path in former
        ],
    }


def address_lines(where: HandlerAddress, paths: Sequence[ListenerPath]) -> Iterable[str]:
    """The addresses for reading: the first line is the one to register rules with."""
    newest, *former = paths
    yield where.url(newest.secret)
    for path in former:
        yield f"{where.url(path.secret)}  honoured until {moment(path.honoured_until)}"


def advice(paths: Sequence[ListenerPath]) -> str:
    """What is to be done now that there is a new address."""
    former = (
        "Calls to a former address are taken until the moment named."
        if len(paths) > 1
        else "Until then their calls are lost."
    )
    return f"{_ADVICE} {former}"

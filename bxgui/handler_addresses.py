"""The handler's addresses as `bxgui address` prints them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bxgui.core.handler_address import HandlerAddress, local_base
from bxgui.services.settings import Settings
from bxgui.services.store.listener_paths import ListenerPath
from bxgui.terminal import moment

_ADVICE = (
    "Register the rules again with the new address: "
    "a rule keeps the HANDLER that it was registered with."
)


def address_of(settings: Settings) -> HandlerAddress:
    """Where the handler is reached when the listener follows the settings."""
    local = local_base(settings.host, settings.port, tls=bool(settings.tls_certificate))
    return HandlerAddress(local, settings.public_url)


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

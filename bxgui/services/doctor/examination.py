"""All checks in their order: what one finds, the later ones build on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from bxgui.core.checks import Check, Severity, Subject
from bxgui.core.handler_address import local_base
from bxgui.services import vault
from bxgui.services.doctor.address import check_address
from bxgui.services.doctor.calling import check_call
from bxgui.services.doctor.certificate import check_certificate
from bxgui.services.doctor.keeping import check_keyring
from bxgui.services.doctor.port import any_port, check_port
from bxgui.services.doctor.storage import check_disk, check_files, check_store
from bxgui.services.listener.configured import options_of
from bxgui.services.logs import report_of
from bxgui.services.paths import Paths
from bxgui.services.settings import FILE_NAME, Settings, SettingsProblem, load
from bxgui.services.store.identity import kept_copy
from bxgui.services.store.inspection import StoreFacts
from bxgui.services.time_limit import within

T = TypeVar("T")
_Found = tuple[Sequence[Check], T]
_LOG = logging.getLogger(__name__)
_KEYRING_SECONDS = 3.0
_STORE_SECONDS = 6.0
_CALL_SECONDS = 15.0
# How long a check may take, and what it does not end within is told.
_LIMITS = {
    Subject.KEYRING: 4.0,
    Subject.STORE: 8.0,
    Subject.PORT: 7.0,
    Subject.ADDRESS: 13.0,
    Subject.TEST_CALL: 30.0,
}
_LIMIT = 2.0


@dataclass(frozen=True, slots=True)
class Asked:
    """What to look at in the place of what the settings name, and whether to make a test call.

    With the `instance` of a running listener another one in its place is told apart.
    """

    host: str | None = None
    port: int | None = None
    public_url: str | None = None
    tls_certificate: str | None = None
    tls_key: str | None = None
    instance: str = ""
    test_call: bool = False


def examine(paths: Paths, asked: Asked, clock: Callable[[], datetime]) -> Iterator[Check]:
    """Look at everything, one check after another as they are asked for; ends in any case."""
    now = clock()
    found, settings = _bounded(Subject.SETTINGS, lambda: _settings(paths, asked), Settings())
    yield from found
    found, facts = _bounded(
        Subject.STORE, lambda: check_store(paths.data, now, _STORE_SECONDS), None
    )
    yield from found
    is_new = not facts.secrets if facts else all(one.severity is Severity.NOTE for one in found)
    yield from _only(Subject.FILES, lambda: check_files(paths.data))
    yield from _only(Subject.DISK, lambda: [check_disk(paths.data)])
    store_id, secret = _identity(facts, paths.data)
    yield from _only(
        Subject.KEYRING, lambda: [check_keyring(lambda: vault.look(store_id), _KEYRING_SECONDS)]
    )
    yield from _only(
        Subject.CERTIFICATE,
        lambda: check_certificate(settings.tls_certificate, settings.tls_key, now),
    )
    local = local_base(settings.host, settings.port, tls=bool(settings.tls_certificate))
    public, answer = settings.public_url, None
    if settings.port:
        found, answer = _bounded(
            Subject.PORT, lambda: check_port(local, secret, asked.instance, is_new=is_new), None
        )
    else:
        found = [any_port()]
    yield from found
    found, public_answer = _bounded(
        Subject.ADDRESS, lambda: check_address(public, secret, asked.instance, now), None
    )
    yield from found
    if asked.test_call:
        address, answer = (public, public_answer) if public else (local, answer)
        yield from _only(
            Subject.TEST_CALL,
            lambda: [check_call(address, secret, answer, paths.data, _CALL_SECONDS)],
        )


def _settings(paths: Paths, asked: Asked) -> _Found[Settings]:
    """What the settings say, or their defaults, under what is asked for instead."""
    settings = Settings()
    advice = "Whatever follows is looked at with the settings that bxgui has without a file."
    try:
        settings, advice = load(paths.settings), ""
        settings = _as_used(settings, paths.settings)
    except SettingsProblem as problem:
        check = Check(Subject.SETTINGS, Severity.PROBLEM, str(problem), advice)
    else:
        file = paths.settings / FILE_NAME
        text = (
            f"The settings in {file} can be read."
            if file.exists()
            else f"There are no settings in {paths.settings}: bxgui goes by its own."
        )
        check = Check(Subject.SETTINGS, Severity.OK, text)
    given = {
        name: value
        for name in ("host", "port", "public_url", "tls_certificate", "tls_key")
        if (value := getattr(asked, name)) is not None
    }
    return [check], replace(settings, **given)


def _as_used(settings: Settings, folder: Path) -> Settings:
    """The settings as the listener goes by them; raises `SettingsProblem`."""
    options = options_of(settings, folder)
    if options.tls is None:
        return replace(settings, public_url=options.public_url)
    return replace(
        settings,
        public_url=options.public_url,
        tls_certificate=str(options.tls.certificate),
        tls_key=str(options.tls.key),
    )


def _identity(facts: StoreFacts | None, folder: Path) -> tuple[str, str]:
    """The store's id and newest secret path, from the copy beside it where it cannot be read."""
    if facts is not None:
        return facts.id, next(iter(facts.secrets), "")
    copy = kept_copy(folder)
    if copy is None:
        return "", ""
    return copy.store_id, next((row[0] for row in reversed(copy.paths) if row[2] is None), "")


def _only(subject: Subject, work: Callable[[], Sequence[Check]]) -> Sequence[Check]:
    return _bounded(subject, lambda: (work(), None), None)[0]


def _bounded(subject: Subject, work: Callable[[], _Found[T]], instead: T) -> _Found[T]:
    """The work's result; a check in its place when it hangs or fails."""
    limit = _LIMITS.get(subject, _LIMIT)
    try:
        return within(limit, work, f"doctor: {subject}")
    except TimeoutError:
        text = f"This could not be looked at within {limit:g} s."
    except Exception as error:  # noqa: BLE001 - a bug in one check must not keep the others back
        _LOG.error("a bug in the check of the %s\n%s", subject, report_of(error))
        text = f"This could not be looked at, because of a bug in bxgui ({type(error).__name__})."
    return [Check(subject, Severity.PROBLEM, text)], instead

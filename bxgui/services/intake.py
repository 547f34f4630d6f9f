"""From a POST as it arrived to a call ready for the store, and back to its secrets."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import datetime
from typing import Required, TypedDict

from bxgui.core import body as bodies
from bxgui.core import phpform, redact, rejections
from bxgui.core.deadlines import TokenState, access_expires_at, deadline_of, first_state
from bxgui.core.handler_call import (
    AppEvent,
    AppOpening,
    HandlerCall,
    Recognised,
    recognise,
)
from bxgui.core.life_cycle import life_cycle_of
from bxgui.core.plain_text import brief
from bxgui.core.records import Arrival, CallKind, Headers, Rejection
from bxgui.services.store.calls import SealedCall
from bxgui.services.store.portals import Sighting
from bxgui.services.store.recording import PreparedCall
from bxgui.services.vault import SecretsLocked, StoreKey, seal, unseal

_LONGEST_NAME = 300
_SEARCHED_CHARACTERS = 2000
_HASHED_ALONE = 2047


def prepare(arrival: Arrival, key: StoreKey) -> PreparedCall:
    """Decode an arrival, cut its secrets out and seal them; raises `BodyRefused`."""
    body = bodies.read(arrival.body, arrival.content_type)
    query = bodies.read(arrival.query, bodies.FORM)
    recognised = recognise(body.fields, query.fields)
    sighting = _sighting(recognised)
    cuts = (body.cut.cuts, query.cut.cuts)
    has_secrets = any(cuts)
    bound_to = _bound_to(body.cut.masked, query.cut.masked)
    return PreparedCall(
        arrived_at=arrival.arrived_at,
        sighting=sighting,
        body=body.cut.masked,
        query=query.cut.masked,
        content_type=_clean(arrival.content_type) if arrival.content_type else None,
        headers=_headers(arrival),
        peer=arrival.peer,
        sealed=seal(key, cuts, bound_to) if has_secrets else None,
        key_id=key.id if has_secrets else None,
        **_description(recognised, arrival, sighting, body.cut),
    )


def prepare_rejection(rejection: Rejection, key: StoreKey) -> PreparedCall:
    """What is kept of a POST that was not taken: a masked preview, and its body sealed whole."""
    arrival = rejection.arrival
    shown = rejections.preview(arrival.body)
    query = redact.cut_form(arrival.query)
    whole = redact.Cut(0, arrival.body)
    sealed = rejection.at_handler and bool(arrival.body or query.cuts)
    return PreparedCall(
        kind=CallKind.REJECTED,
        arrived_at=arrival.arrived_at,
        sighting=Sighting(),
        rule="",
        document="",
        body=shown,
        query=query.masked,
        content_type=_clean(arrival.content_type) if arrival.content_type else None,
        headers=_headers(arrival),
        peer=arrival.peer,
        sealed=seal(key, ((whole,), query.cuts), _bound_to(shown, query.masked))
        if sealed
        else None,
        key_id=key.id if sealed else None,
        reason=rejection.reason,
        status=rejection.status,
        search_text=rejection.reason.casefold(),
    )


def reopen(call: SealedCall, key: StoreKey | None) -> Arrival:
    """The POST as it arrived, secrets included; raises `SecretsLocked` without its key."""
    if call.sealed is None:
        return Arrival(call.arrived_at, call.body, call.content_type, call.query)
    if key is None or key.id != call.key_id:
        raise SecretsLocked
    body_cuts, query_cuts = unseal(key, call.sealed, _bound_to(call.body, call.query))
    if call.kind is CallKind.REJECTED:
        body = body_cuts[0].value
    else:
        body = redact.restore(redact.CutBody(call.body, body_cuts))
    query = redact.restore(redact.CutBody(call.query, query_cuts))
    return Arrival(call.arrived_at, body, call.content_type, query)


def recognise_arrival(arrival: Arrival) -> Recognised:
    """What a stored POST is."""
    return recognise(
        bodies.decode(arrival.body, arrival.content_type), phpform.decode(arrival.query)
    )


class _Description(TypedDict, total=False):
    """What the fields of a post tell."""

    kind: Required[CallKind]
    rule: Required[str]
    document: Required[str]
    state: TokenState
    token_digest: str
    token_short: str
    use_subscription: str | None
    deadline: datetime | None
    access_expires_at: datetime | None
    reason: str
    search_text: str


def _description(
    recognised: Recognised, arrival: Arrival, sighting: Sighting, cut: redact.CutBody
) -> _Description:
    if isinstance(recognised, HandlerCall):
        return _token_description(recognised, arrival, sighting, cut)
    kind, rule, reason = CallKind.OTHER, "", ""
    if isinstance(recognised, AppEvent):
        kind, rule = CallKind.EVENT, _name(recognised.event)
    elif isinstance(recognised, AppOpening):
        kind, rule = CallKind.OPENING, _name(recognised.placement)
    else:
        reason = recognised.reason
    words = " ".join((rule, reason, sighting.host))
    return {
        "kind": kind,
        "rule": rule,
        "document": "",
        "reason": reason,
        "search_text": words.casefold(),
    }


def _token_description(
    call: HandlerCall, arrival: Arrival, sighting: Sighting, cut: redact.CutBody
) -> _Description:
    rule = _name(call.code)
    document = _name(call.document_id[-1]) if call.document_id else ""
    words = (rule, document, sighting.host, call.workflow_id, *_shown_words(call.properties, cut))
    return {
        "kind": CallKind.TOKEN,
        "rule": rule,
        "document": document,
        "state": first_state(call),
        "token_digest": redact.digest(call.event_token.text),
        "token_short": _clean(redact.short_token(call.event_token.text)),
        "use_subscription": _clean(call.use_subscription) if call.use_subscription else None,
        "deadline": deadline_of(call, arrival.arrived_at),
        "access_expires_at": access_expires_at(call.auth, call.sent_at, arrival.arrived_at),
        "search_text": _clean(" ".join(words)[:_SEARCHED_CHARACTERS]).casefold(),
    }


def _shown_words(value: object, cut: redact.CutBody) -> list[str]:
    """Names and texts of a call's properties, without its secrets."""
    if isinstance(value, str):
        return [] if cut.hides(value) else [value]
    words: list[str] = []
    if isinstance(value, dict):
        for name, inner in value.items():
            if not redact.is_secret(name):
                words += [name] if not cut.hides(name) else []
                words += _shown_words(inner, cut)
    elif isinstance(value, list):
        for inner in value:
            words += _shown_words(inner, cut)
    return words


def _sighting(recognised: Recognised) -> Sighting:
    auth = recognised.auth
    token = auth.application_token
    return Sighting(
        key=_name(auth.portal_key),
        member_id=_name(auth.member_id),
        endpoint=auth.endpoint,
        host=auth.host,
        application_digest=redact.digest(token) if token else "",
        event=life_cycle_of(recognised),
    )


def _headers(arrival: Arrival) -> Headers:
    return tuple(redact.masked_headers([(_clean(n), _clean(v)) for n, v in arrival.headers]))


def _bound_to(body: bytes, query: bytes) -> bytes:
    whole = memoryview(body + b"\0" + query)
    found = hashlib.sha256()
    # For a greater piece hashlib lets other threads in: waiting to be let in again costs far more.
    for start in range(0, len(whole), _HASHED_ALONE):
        found.update(whole[start : start + _HASHED_ALONE])
    return found.digest()


def _clean(text: str) -> str:
    """Text that every store and screen can hold: bytes that are not UTF-8 are replaced."""
    if "\0" not in text:
        # Asking for forgiveness costs a third of looking at each letter.
        with suppress(UnicodeEncodeError):
            text.encode()
            return text
    return (
        text.encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("\0", "\ufffd")
    )


def _name(text: str) -> str:
    """A name from outside as lists and questions can show it: one line, nothing hidden, short."""
    return brief(text.replace("\t", "\ufffd"), _LONGEST_NAME)

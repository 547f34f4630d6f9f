"""One data folder opened: its store, key, outbox and settings. The window and the CLI use this."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from bxgui.core.body import properties_of
from bxgui.core.copying import CopyAs
from bxgui.core.dates import DateFormat
from bxgui.core.findings import Finding, Waiver
from bxgui.core.listing import TokenQuery
from bxgui.core.moves import Move, MoveObstacle, move_of
from bxgui.core.records import (
    AttemptDetail,
    AttemptRow,
    CallDetail,
    Counts,
    Portal,
    Reply,
    TokenRow,
)
from bxgui.core.retrying import Patience
from bxgui.services import keys, previews, settings
from bxgui.services.authorization import Authorization
from bxgui.services.logins import Logins
from bxgui.services.many import ManyReplies
from bxgui.services.paths import Paths
from bxgui.services.portal_book import PortalBook, PortalProblem, UnknownPortal
from bxgui.services.portal_client import PortalClient
from bxgui.services.portal_secrets import PortalSecrets
from bxgui.services.presets import RulePresets
from bxgui.services.previews import Preview, Snippet
from bxgui.services.replies import Outbox
from bxgui.services.rules import PortalRules
from bxgui.services.store import Store, StoreProblem
from bxgui.services.store.portals import Sighting
from bxgui.services.vault import StoreKey
from bxgui.services.workflow_check import WorkflowCheck, WorkflowChecks

_NO_MOVE = frozenset({MoveObstacle.NO_ADDRESS, MoveObstacle.ALREADY_THERE})


class AmbiguousPortal(Exception):
    """Calls under one member id name different addresses or application tokens."""

    def __init__(self, seen: Sequence[Sighting]) -> None:
        super().__init__(f"{len(seen)} kinds of calls")
        self.seen = tuple(seen)


@dataclass(frozen=True, slots=True)
class ClearCall:
    """A call with its secrets, for deliberate eyes only."""

    body: bytes
    query: bytes


def utc_now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


class Workspace:
    """What a user can do with one data folder. Every method may block; none knows a window."""

    def __init__(
        self,
        store: Store,
        obtain_key: Callable[[str], StoreKey] = keys.obtain,
        clock: Callable[[], datetime] = utc_now,
        client: PortalClient | None = None,
        patience: Callable[[], Patience] = Patience,
    ) -> None:
        self.store = store
        self._obtain_key = obtain_key
        self._clock = clock
        self._key: StoreKey | None = None
        self._key_lock = threading.Lock()
        client = client or PortalClient(clock)
        secrets = PortalSecrets(lambda: store.id)
        self.authorization = Authorization(store, client, self.key, secrets, clock)
        self.portal_book = PortalBook(store, client, self.authorization, secrets, clock)
        self.logins = Logins(store, self.authorization.tokens, self.key, clock)
        self.outbox = Outbox(store, client, self.key, clock, self.authorization, patience=patience)
        self.workflow_checks = WorkflowChecks(store, client, self.authorization, clock)
        self.presets = RulePresets(store, clock)
        self.many = ManyReplies(store, self.outbox, self.presets, clock)
        self.rules = PortalRules(store, clock)
        try:
            self.outbox.recover()
        except StoreProblem as problem:
            # The next start settles what is left; what is stored can be read.
            if not problem.may_pass:
                raise

    @classmethod
    def open(cls, paths: Paths, *, anew_if_damaged: bool = False) -> Workspace:
        """Open the data folder, which is made where there is none; raises `StoreProblem`.

        Who catches calls cannot wait for a damaged store to be mended: `Store.open_or_begin_anew`.
        """
        if anew_if_damaged:
            store = Store.open_or_begin_anew(paths.data, utc_now())
        else:
            store = Store.open(paths.data)
        try:
            return cls(store, patience=partial(settings.load_patience, paths.settings))
        except BaseException:
            store.close()
            raise

    @classmethod
    def open_to_read(cls, paths: Paths) -> Workspace:
        """As `open`, or only to read where the data folder cannot be written now."""
        try:
            return cls.open(paths)
        except StoreProblem as problem:
            if not problem.may_pass:
                raise
            try:
                return cls(Store.open_to_read(paths.data))
            except StoreProblem:
                raise problem from None

    def close(self) -> None:
        """Finish what is being sent and close the store."""
        self.outbox.close()
        self.store.close()

    def key(self) -> StoreKey:
        """The store's key, asked of the keyring at the first use."""
        with self._key_lock:
            if self._key is None:
                self._key = self._obtain_key(self.store.id)
            return self._key

    def token_ids(self, query: TokenQuery) -> array[int]:
        """Ids of the calls that a query shows, in its order."""
        return self.store.calls.ids(query, self._clock())

    def rows(self, ids: Sequence[int]) -> list[TokenRow]:
        """The list's lines for these calls."""
        return self.store.calls.rows(ids, self._clock())

    def properties(self, ids: Sequence[int]) -> dict[int, object]:
        """The properties that each of these calls carries."""
        found = self.store.calls.bodies(ids)
        return {call_id: properties_of(*found[call_id]) for call_id in ids if call_id in found}

    def counts(self, portal_id: int | None = None, text: str = "") -> Counts:
        """How many tokens are in each state."""
        return self.store.calls.counts(self._clock(), portal_id, text)

    def call(self, call_id: int) -> CallDetail | None:
        """A call with everything but its secrets."""
        return self.store.calls.detail(call_id, self._clock())

    def reveal(self, call_id: int) -> ClearCall | None:
        """A call's body and query with its secrets; raises `SecretsLocked` without the key."""
        sealed = self.store.calls.sealed(call_id)
        if sealed is None:
            return None
        if sealed.sealed is None:
            return ClearCall(sealed.body, sealed.query)
        arrival = keys.reopen(sealed, self.key(), self.store.id)
        return ClearCall(arrival.body, arrival.query)

    def event_token(self, call_id: int) -> str:
        """The whole event token of a call; raises `ReplyProblem` when it cannot be had."""
        return self.outbox.handler_call(call_id).event_token.text

    def preview(self, reply: Reply, *, revealed: bool = False) -> Preview:
        """The request that `submit` would send, byte for byte; raises `ReplyProblem` for none.

        It needs no trust in the portal until its secrets are revealed: what keeps the reply from
        being sent is named beside it.
        """
        return previews.preview(self.outbox, reply, revealed=revealed)

    def snippet(self, reply: Reply, kind: CopyAs, *, revealed: bool = False) -> Snippet:
        """The same request as code that makes it; raises and names what `preview` does."""
        return previews.copied(self.outbox, reply, kind, revealed=revealed)

    def submit(
        self, reply: Reply, *, suspicious_too: bool = False, patience: Patience | None = None
    ) -> Future[AttemptDetail]:
        """Store a reply and queue it for its portal's worker; by default as patient as is set."""
        return self.outbox.submit(reply, suspicious_too=suspicious_too, patience=patience)

    def check_workflow(self, call_id: int) -> WorkflowCheck | None:
        """Whether the workflow of a call lives, hangs or is gone; None where there is no call."""
        call = self.call(call_id)
        return None if call is None else self.workflow_checks.check(call)

    def history(
        self, *, errors: bool = False, call_id: int | None = None, limit: int | None = None
    ) -> list[AttemptRow]:
        """Attempts, the newest first."""
        return self.store.replies.history(errors=errors, call_id=call_id, limit=limit)

    def attempt(self, attempt_id: int) -> AttemptDetail | None:
        """An attempt with its whole exchange."""
        return self.store.replies.attempt(attempt_id)

    def draft(self, call_id: int) -> Reply | None:
        """What the form begins with: the last reply to this token, or to another of its rule."""
        replies = self.store.replies
        return replies.last_reply(call_id) or replies.last_reply_to_rule(call_id)

    def dismiss(self, call_id: int, *, dismissed: bool) -> None:
        """Put a waiting token aside, or take it back."""
        self.store.calls.dismiss(call_id, dismissed)

    def portals(self) -> list[Portal]:
        """Every portal, the one heard of last first."""
        return self.store.portals.all()

    def trust(self, key: str, host: str | None = None) -> Portal:
        """Trust a portal at the one address, with the one application token, that its calls name.

        Raises `UnknownPortal`, or `AmbiguousPortal` when its calls differ in either.
        """
        portal = self.portal_book.find(key)
        sighting = _chosen(self.store.portals.sightings(portal.id), host)
        return self._trust(portal, sighting)

    def trust_call(self, call: CallDetail) -> Portal:
        """Trust a call's portal at the address and with the application token of this call."""
        if call.portal is None:
            raise UnknownPortal(call.row.portal)
        sighting = Sighting(
            endpoint=call.endpoint,
            host=call.row.portal,
            application_digest=call.application_digest,
        )
        return self._trust(call.portal, sighting)

    def trustworthy(self, key: str) -> list[CallDetail]:
        """The newest call of each address and application token that trust could be bound to.

        Raises `UnknownPortal`.
        """
        seen = _trustworthy(self.store.portals.sightings(self.portal_book.find(key).id))
        calls = (self.call(one.call_id) for one in seen)
        return [call for call in calls if call is not None]

    def moved_to(self, attempt: AttemptDetail) -> Move | None:
        """What the redirect that an attempt met says of its portal; None where it met none."""
        call = self.call(attempt.row.call_id)
        if attempt.row.explanation_key != "moved" or call is None or call.portal is None:
            return None
        return move_of(call.portal, attempt.row.description)

    def follow_move(
        self,
        attempt: AttemptDetail,
        *,
        suspicious_too: bool = False,
        patience: Patience | None = None,
    ) -> Future[AttemptDetail]:
        """After the user's yes: have the portal at its new address, and send the reply there.

        Raises `PortalProblem`, or what `submit` raises.
        """
        call, move = self.call(attempt.row.call_id), self.moved_to(attempt)
        if call is None or call.portal is None or move is None or move.obstacle in _NO_MOVE:
            message = "The portal has named no address that could be followed."
            raise PortalProblem("not_moved", message)
        self.portal_book.move(call.portal.key, move.endpoint)
        return self.submit(attempt.reply, suspicious_too=suspicious_too, patience=patience)

    def keep_registration(
        self, key: str, rule: str, return_properties: Mapping[str, object]
    ) -> None:
        """Keep what a portal's rule was registered to return; raises `UnknownPortal`."""
        portal = self.portal_book.find(key)
        registration = {"RETURN_PROPERTIES": return_properties}
        self.store.portals.keep_registration(portal.id, rule, registration, self._clock())

    def set_date_format(self, key: str, date_format: DateFormat) -> Portal:
        """Send a portal dates in this format from now on; raises `UnknownPortal`."""
        self.store.portals.set_date_format(self.portal_book.find(key).id, date_format)
        return self.portal_book.find(key)

    def waive(self, call_id: int, found: Sequence[Finding]) -> None:
        """Ask no more about these findings in replies to the rule of a call, as far as they allow.

        A finding of that one call, or of its portal, is asked about each time.
        """
        self.store.waivers.add(call_id, _waivers(found))

    def waived(self, call_id: int) -> frozenset[Waiver]:
        """What is asked no more about in replies to the rule of a call."""
        return self.store.waivers.of_call(call_id)

    def ask_again(self, call_id: int, found: Sequence[Finding] | None = None) -> None:
        """Take back the waivers of these findings for the rule of a call, or every one."""
        if found is None:
            self.store.waivers.clear(call_id)
        else:
            self.store.waivers.remove(call_id, _waivers(found))

    def distrust(self, key: str) -> Portal:
        """Take the trust in a portal back; raises `UnknownPortal`."""
        self.store.portals.distrust(self.portal_book.find(key).id)
        return self.portal_book.find(key)

    def _trust(self, portal: Portal, seen: Sighting) -> Portal:
        self.store.portals.trust(
            portal.id, seen.endpoint, seen.host, seen.application_digest, self._clock()
        )
        trusted = self.portal_book.find(portal.key)
        self.portal_book.adopt(trusted)
        return self.portal_book.find(portal.key)


def _waivers(found: Sequence[Finding]) -> list[Waiver]:
    return [finding.waiver for finding in found if finding.waiver is not None]


def _trustworthy(seen: Sequence[Sighting], host: str | None = None) -> list[Sighting]:
    """What calls name an address and an application token with, at the host if one is given.

    Those without an application token do not count where others have one: an opened page or a
    removed application sends none, and trust in none would make every call look forged.
    """
    known = [one for one in seen if one.endpoint and host in {None, one.host}]
    return [one for one in known if one.application_digest] or known


def _chosen(seen: Sequence[Sighting], host: str | None) -> Sighting:
    """The only address and application token that calls name, at the host if one is given."""
    known = _trustworthy(seen, host)
    if not known:
        raise UnknownPortal(host or "")
    if len(known) > 1:
        raise AmbiguousPortal(known)
    return known[0]

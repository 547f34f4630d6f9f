"""Who may call the portal: users, incoming webhooks, access and refresh tokens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from bxgui.simulator import randomness
from bxgui.simulator.locking import Lock, Locked, locked
from bxgui.simulator.refusals import (
    DISMISSED,
    EXPIRED_TOKEN,
    INVALID_CREDENTIALS,
    INVALID_TOKEN,
    NOT_INSTALLED,
    USER_ACCESS,
    Refusal,
    Refused,
)
from bxgui.simulator.settings import PortalSettings

WRONG_CLIENT = Refusal(200, "wrong_client")
INVALID_CLIENT = Refusal(400, "invalid_client")
INVALID_GRANT = Refusal(400, "invalid_grant")
EXPIRED_CODE = Refusal(400, "expired_token", "The authorization token provided has expired.")
CODE_LIFE = 30


@dataclass(frozen=True, slots=True)
class User:
    """A user of the portal, with the rights that matter to an application."""

    id: int
    admin: bool = False
    active: bool = True
    app_access: bool = True
    name: str = "Employee"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who makes a request, and for which scope; an incoming webhook is not an application."""

    user: User
    scope: frozenset[str]
    application: bool


@dataclass(frozen=True, slots=True)
class TokenPair:
    """Tokens as a portal issues them; `expires` is a unix time, `expires_in` are seconds."""

    access_token: str
    refresh_token: str
    user_id: int
    expires: int
    expires_in: int
    scope: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Grant:
    user_id: int
    expires: float
    scope: tuple[str, ...]


class Accounts(Locked):
    """Users and their credentials. User 1 is an administrator, user 7 is not.

    `redirect_uri` is where the application is registered to take codes; `days_left` of what is
    paid for, None where that has no end.
    """

    def __init__(
        self, lock: Lock, settings: PortalSettings, *, clock: Callable[[], float], source: Random
    ) -> None:
        super().__init__(lock)
        self.client_id = f"local.{randomness.hexadecimal(source, 14)}.{10**7 + 12_345}"
        self.client_secret = randomness.event_id(source)
        self.redirect_uri = ""
        self.installed = True
        self.days_left: int | None = None
        self._clock = clock
        self._random = source
        self._settings = settings
        self._users = {1: User(1, admin=True, name="Administrator"), 7: User(7)}
        self._access: dict[str, _Grant] = {}
        self._refresh: dict[str, _Grant] = {}
        self._codes: dict[str, _Grant] = {}
        self._webhooks: dict[tuple[int, str], frozenset[str]] = {}

    @locked
    def user(self, user_id: int) -> User:
        """A user; one who was never put has no rights."""
        return self._users.setdefault(user_id, User(user_id))

    @locked
    def put_user(self, user: User) -> None:
        """Add a user, or change one."""
        self._users[user.id] = user

    @locked
    def dismiss(self, user_id: int) -> None:
        """Take a user's access away, as for one who left the company."""
        self.put_user(replace(self.user(user_id), active=False))

    @locked
    def add_webhook(self, user_id: int = 1, scope: tuple[str, ...] = ("bizproc",)) -> str:
        """The code of a new incoming webhook, called at `/rest/USER/CODE/METHOD`."""
        code = randomness.event_id(self._random)[:16].lower()
        self._webhooks[user_id, code] = frozenset(scope)
        return code

    @locked
    def issue(
        self, user_id: int = 1, scope: tuple[str, ...] | None = None, life: int | None = None
    ) -> TokenPair:
        """New tokens of a user; scope and life in seconds are those of the settings if None."""
        granted = self._settings.scope if scope is None else scope
        seconds = self._settings.access_life if life is None else life
        now = int(self._clock())
        access = randomness.oauth_token(self._random, now + seconds, user_id)
        refresh = randomness.oauth_token(self._random, now + self._settings.refresh_life, user_id)
        self._access[access] = _Grant(user_id, now + seconds, granted)
        self._refresh[refresh] = _Grant(user_id, now + self._settings.refresh_life, granted)
        return TokenPair(access, refresh, user_id, now + seconds, seconds, granted)

    @locked
    def refresh(self, client_id: str, client_secret: str, refresh_token: str) -> TokenPair:
        """New tokens for a refresh token, which is used up by that; raises `Refused`."""
        self._check_client(client_id, client_secret)
        grant = self._refresh.pop(refresh_token, None)
        if grant is None or grant.expires <= self._clock():
            raise Refused(INVALID_GRANT)
        return self.issue(grant.user_id, grant.scope)

    @locked
    def issue_code(self, user_id: int = 1) -> str:
        """A code with which the application gets its first tokens of a user, within 30 s."""
        expires = int(self._clock()) + CODE_LIFE
        code = randomness.oauth_token(self._random, expires, user_id)
        self._codes[code] = _Grant(user_id, expires, self._settings.scope)
        return code

    @locked
    def redeem(self, client_id: str, client_secret: str, code: str) -> TokenPair:
        """The first tokens, for a code that is used up by that; raises `Refused`."""
        self._check_client(client_id, client_secret)
        grant = self._codes.pop(code, None)
        if grant is None:
            raise Refused(INVALID_GRANT)
        if grant.expires <= self._clock():
            raise Refused(EXPIRED_CODE)
        return self.issue(grant.user_id, grant.scope)

    @locked
    def expire_access_tokens(self) -> None:
        """Let every access token issued so far be too old."""
        self._access = {token: replace(grant, expires=0.0) for token, grant in self._access.items()}

    @locked
    def by_token(self, token: str) -> Caller:
        """The caller of an access token; raises `Refused`."""
        grant = self._access.get(token)
        if grant is None:
            raise Refused(INVALID_TOKEN)
        if not self.installed:
            raise Refused(NOT_INSTALLED)
        if grant.expires <= self._clock():
            raise Refused(EXPIRED_TOKEN)
        user = self._active(grant.user_id)
        if not user.app_access:
            raise Refused(USER_ACCESS)
        return Caller(user, frozenset(grant.scope), application=True)

    @locked
    def by_webhook(self, user_id: int, code: str) -> Caller:
        """The caller of an incoming webhook; raises `Refused`."""
        scope = self._webhooks.get((user_id, code))
        if scope is None:
            raise Refused(INVALID_CREDENTIALS)
        return Caller(self._active(user_id), scope, application=False)

    def _check_client(self, client_id: str, client_secret: str) -> None:
        if client_id != self.client_id:
            raise Refused(WRONG_CLIENT)
        if client_secret != self.client_secret:
            raise Refused(INVALID_CLIENT)

    def _active(self, user_id: int) -> User:
        user = self.user(user_id)
        if not user.active:
            raise Refused(DISMISSED)
        return user

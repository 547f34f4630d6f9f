"""A portal without sockets: its application, users, rules and workflows."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from threading import RLock
from urllib.parse import urlsplit

from bxgui.simulator import randomness
from bxgui.simulator.accounts import Accounts
from bxgui.simulator.app_events import AppChange, OutgoingEvent, event_data
from bxgui.simulator.condition import Condition, Confirmation
from bxgui.simulator.engine import Engine
from bxgui.simulator.operating import OperatingTime
from bxgui.simulator.rules import RuleBook
from bxgui.simulator.settings import PortalSettings


class Portal:
    """One Bitrix24 installation with one application; safe for threads.

    `clock` gives unix time, `source` every random choice, so that a portal can be repeated.
    `condition` is how it stands now, `confirmations` are the methods that an administrator has
    not allowed the application.
    """

    def __init__(
        self,
        settings: PortalSettings | None = None,
        *,
        clock: Callable[[], float] = time.time,
        source: random.Random | None = None,
    ) -> None:
        self.settings = settings or PortalSettings()
        self.clock = clock
        self._random = source or random.SystemRandom()
        self.member_id = randomness.hexadecimal(self._random, 32)
        self.application_token = randomness.hexadecimal(self._random, 32)
        self._lock = RLock()
        self._base = "https://portal.example.org"
        self._oauth_base = "https://oauth.example.org"
        self.condition = Condition.OPEN
        self.confirmations: dict[str, Confirmation] = {}
        self.operating = OperatingTime(self._lock, clock, self.settings.operating_limit)
        self.accounts = Accounts(self._lock, self.settings, clock=clock, source=self._random)
        self.rules = RuleBook(self._lock)
        self.engine = Engine(
            self._lock, self.settings, self.rules, self._auth, clock=clock, source=self._random
        )

    @property
    def base(self) -> str:
        """Scheme and host, without a slash at the end."""
        return self._base

    @property
    def endpoint(self) -> str:
        """The address that calls name as `client_endpoint`."""
        return f"{self._base}/rest/"

    @property
    def domain(self) -> str:
        """The host, with its port where the address names one."""
        return urlsplit(self._base).netloc

    @property
    def oauth_base(self) -> str:
        """Scheme and host of its OAuth server, without a slash at the end."""
        return self._oauth_base

    @property
    def server_endpoint(self) -> str:
        """The address of the OAuth server that calls name."""
        return f"{self._oauth_base}/rest/"

    @property
    def oauth_domain(self) -> str:
        """The host of the OAuth server, with its port where the address names one."""
        return urlsplit(self._oauth_base).netloc

    def move(self, base: str) -> None:
        """Be reached at another address from now on, such as `http://127.0.0.1:8080`."""
        self._base = base.rstrip("/")

    def use_oauth(self, base: str) -> None:
        """Have the OAuth server at another address from now on."""
        self._oauth_base = base.rstrip("/")

    def change_application(self, change: AppChange) -> OutgoingEvent:
        """Install, update or remove the application; its rules have to be registered again.

        A new version has another application token.
        """
        with self._lock:
            removed = change is AppChange.UNINSTALL
            self.accounts.installed = not removed
            self.rules.clear()
            if not removed:
                self.application_token = randomness.hexadecimal(self._random, 32)
            fields: dict[str, object] = {
                "event": f"ONAPP{change.upper()}",
                "data": event_data(change, self.settings.language),
                "ts": int(self.clock()),
                "auth": self._auth(1, not removed),
            }
            return OutgoingEvent(f"ONAPP{change.upper()}", fields)

    def random_digits(self, length: int) -> str:
        """Hexadecimal digits for the identifiers of an answer."""
        with self._lock:
            return randomness.hexadecimal(self._random, length)

    def _auth(self, user_id: int, with_tokens: bool) -> dict[str, object]:
        if not with_tokens:
            return {
                "domain": self.domain,
                "client_endpoint": self.endpoint,
                "server_endpoint": self.server_endpoint,
                "member_id": self.member_id,
                "application_token": self.application_token,
            }
        tokens = self.accounts.issue(user_id)
        return {
            "access_token": tokens.access_token,
            "expires": tokens.expires,
            "expires_in": tokens.expires_in,
            "scope": ",".join(tokens.scope),
            "domain": self.domain,
            "server_endpoint": self.server_endpoint,
            "status": self.settings.status,
            "client_endpoint": self.endpoint,
            "member_id": self.member_id,
            "user_id": tokens.user_id,
            "refresh_token": tokens.refresh_token,
            "application_token": self.application_token,
        }

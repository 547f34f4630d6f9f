"""What the store holds, as the rest of the program reads it. Moments are aware and in UTC."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from bxgui.core.authorization import Source
from bxgui.core.dates import SITE_DATES, DateFormat
from bxgui.core.deadlines import TokenState
from bxgui.core.explanations import BY_KEY, Explanation, Outcome
from bxgui.core.json_values import Pairs
from bxgui.core.local_text import NO_TEXT, LocalText
from bxgui.core.portal_settings import PortalSettings
from bxgui.core.rate import Rate
from bxgui.core.reach import Reach
from bxgui.core.schema import RuleProperty

Method = Literal["bizproc.event.send", "bizproc.activity.log"]
EVENT_SEND: Method = "bizproc.event.send"
ACTIVITY_LOG: Method = "bizproc.activity.log"
Headers = tuple[tuple[str, str], ...]
_USUAL_SETTINGS = PortalSettings()


class CallKind(StrEnum):
    """What a stored POST is."""

    TOKEN = "token"  # noqa: S105
    EVENT = "event"
    OPENING = "opening"
    OTHER = "other"
    REJECTED = "rejected"


class Suspicion(StrEnum):
    """Why a call is not believed to come from the portal that the user trusts."""

    NONE = ""
    APPLICATION_TOKEN = "application_token"  # noqa: S105
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One POST as it reached the handler's address."""

    arrived_at: datetime
    body: bytes
    content_type: str | None = None
    query: bytes = b""
    headers: Headers = ()
    peer: str = ""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A POST that was not taken, with what is kept of it.

    `status` is what its sender was answered, 0 when it had gone. A body that reached the secret
    path is kept as far as it came (`at_handler`); of anything else only the first bytes are.
    """

    arrival: Arrival
    status: int
    code: str
    reason: str
    at_handler: bool


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of an arrival: its call, and how often that call has come."""

    call_id: int
    kind: CallKind
    state: TokenState | None
    rule: str
    document: str
    portal: str
    deliveries: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TokenRow:
    """One line of the token list."""

    id: int
    kind: CallKind
    state: TokenState | None
    rule: str
    portal: str
    document: str
    arrived_at: datetime
    deadline: datetime | None
    deliveries: int
    attempts: int
    use_subscription: str | None
    token: str
    suspicion: Suspicion = Suspicion.NONE
    reason: str = ""
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Portal:
    """One Bitrix24 installation as known from its calls, and as the user has set it up."""

    id: int
    key: str
    member_id: str
    endpoint: str
    host: str
    application_digest: str
    trusted_at: datetime | None
    first_seen: datetime
    last_seen: datetime
    calls: int = 0
    installed_at: datetime | None = None
    gone_at: datetime | None = None
    date_format: DateFormat = SITE_DATES
    server_endpoint: str = ""
    settings: PortalSettings = _USUAL_SETTINGS

    @property
    def title(self) -> str:
        """What to call it: the user's name for it, else its host."""
        return self.settings.name or self.host or self.key

    @property
    def order(self) -> tuple[Source, ...]:
        """The sources of authorization in the order in which they are tried."""
        return self.settings.order

    @property
    def rate(self) -> Rate:
        """How many requests it is sent."""
        return self.settings.rate

    @property
    def reach(self) -> Reach:
        """Over which connections secrets go to it."""
        return self.settings.reach

    @property
    def trusted(self) -> bool:
        """Whether the user lets bxgui send to this portal."""
        return self.trusted_at is not None

    @property
    def keeps_token(self) -> bool:
        """Whether it has an application token, from an installation or from the trusted call."""
        return bool(self.application_digest) and (self.trusted or self.installed_at is not None)

    @property
    def gone(self) -> bool:
        """Whether the application was removed from this portal."""
        return self.gone_at is not None

    def goes_by(self, text: str) -> bool:
        """Whether a text is its key, its host or the user's name for it."""
        return text in {self.key, self.host, self.settings.name}


@dataclass(frozen=True, slots=True)
class CallDetail:
    """A call with everything but its secrets: `body` and `query` carry `***` in their place."""

    row: TokenRow
    body: bytes
    query: bytes
    content_type: str | None
    headers: Headers
    peer: str
    last_arrived_at: datetime
    access_expires_at: datetime | None
    has_secrets: bool
    endpoint: str
    application_digest: str
    portal: Portal | None
    schema: tuple[RuleProperty, ...] = ()
    rule_name: LocalText = NO_TEXT
    reason: str = ""
    status: int | None = None

    @property
    def date_format(self) -> DateFormat:
        """How its portal is sent dates."""
        return SITE_DATES if self.portal is None else self.portal.date_format


@dataclass(frozen=True, slots=True)
class Reply:
    """One decision to answer a token, or only to log."""

    call_id: int
    method: Method
    values: Pairs
    log_message: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """One HTTP exchange byte for byte, secrets masked; status 0 when no answer came."""

    method: str
    url: str
    started_at: datetime
    milliseconds: int
    request_headers: Headers = ()
    request_body: bytes = b""
    http_status: int = 0
    reason: str = ""
    response_headers: Headers = ()
    response_body: bytes = b""
    failure: str = ""
    failure_text: str = ""


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """One line of the history; `outcome` is None while the attempt is under way."""

    id: int
    call_id: int
    reply_id: int
    at: datetime
    method: Method
    http_status: int
    outcome: Outcome | None
    code: str
    description: str
    explanation_key: str
    milliseconds: int
    rule: str
    document: str
    portal: str

    @property
    def explanation(self) -> Explanation | None:
        """The catalogue's entry, once there is an outcome."""
        return BY_KEY.get(self.explanation_key)


@dataclass(frozen=True, slots=True)
class AttemptDetail:
    """An attempt with its whole exchange and the reply it was made for.

    `command` is its name among those of a batch, where several shared the exchange.
    """

    row: AttemptRow
    exchange: Exchange
    values: Pairs = field(default_factory=list)
    log_message: str = ""
    command: str = ""

    @property
    def reply(self) -> Reply:
        """The same reply as one that is to be sent."""
        return Reply(self.row.call_id, self.row.method, self.values, self.log_message)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many tokens are in each state, posts carry none, and posts were rejected."""

    by_state: dict[TokenState, int]
    others: int
    rejected: int = 0

    @property
    def tokens(self) -> int:
        """All tokens."""
        return sum(self.by_state.values())

"""Faults that a request meets on purpose."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from threading import Lock

from bxgui.simulator import refusals
from bxgui.simulator.refusals import Refusal

_DEFAULT_SECONDS = 3.0
_MOST = 1000


class FaultName(StrEnum):
    """What can go wrong; `slow`, `reset_after` and the spoiled answers execute the request."""

    SLOW = "slow"
    RESET_BEFORE = "reset_before"
    RESET_AFTER = "reset_after"
    PAGE = "page"
    HTML_500 = "html_500"
    HTML_502 = "html_502"
    PLAIN_500 = "plain_500"
    PORTAL404 = "portal404"
    REDIRECT = "redirect"
    TRUNCATED_JSON = "truncated_json"
    EMPTY_BODY = "empty_body"
    HTTP200_ERROR = "http200_error"
    RATE_LIMIT = "rate_limit"
    TIME_LIMIT = "time_limit"
    LOCKED = "locked"
    EXPIRED_TOKEN = "expired_token"  # noqa: S105
    ENGINE_EXCEPTION = "engine_exception"
    FREE_PLAN = "free_plan"
    SUBSCRIPTION_ENDED = "subscription_ended"
    OVERLOAD = "overload"
    PORTAL_DELETED = "portal_deleted"
    CONNECTION_ERROR = "connection_error"
    CONFIRM_WAITING = "confirm_waiting"
    CONFIRM_DENIED = "confirm_denied"
    REFUSAL = "refusal"


_REFUSALS = {
    FaultName.RATE_LIMIT: refusals.RATE_LIMIT,
    FaultName.TIME_LIMIT: refusals.TIME_LIMIT,
    FaultName.EXPIRED_TOKEN: refusals.EXPIRED_TOKEN,
    FaultName.ENGINE_EXCEPTION: refusals.ENGINE_EXCEPTION,
    FaultName.FREE_PLAN: refusals.FREE_PLAN,
    FaultName.SUBSCRIPTION_ENDED: refusals.SUBSCRIPTION_ENDED,
    FaultName.OVERLOAD: refusals.OVERLOAD,
    FaultName.PORTAL_DELETED: refusals.PORTAL_DELETED,
    FaultName.CONNECTION_ERROR: refusals.CONNECTION_ERROR,
    FaultName.CONFIRM_WAITING: refusals.CONFIRM_WAITING,
    FaultName.CONFIRM_DENIED: refusals.CONFIRM_DENIED,
}


class UnknownFault(ValueError):
    """A text that names no fault."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault for the next request of `method`, or of any method if that is empty.

    `skip` requests that it could have met come through before.
    """

    name: FaultName
    method: str = ""
    seconds: float = _DEFAULT_SECONDS
    location: str = ""
    status: int = 0
    answer: Refusal | None = None
    skip: int = 0

    @classmethod
    def parse(cls, text: str, method: str = "") -> Fault:
        """Read `slow:5`, `redirect:URL`, `page:504` or `refusal:503:CODE`; `UnknownFault`."""
        name, _, argument = text.strip().partition(":")
        try:
            fault = cls(FaultName(name), method)
            if fault.name is FaultName.SLOW and argument:
                return replace(fault, seconds=float(argument))
            if fault.name is FaultName.PAGE:
                return replace(fault, status=int(argument))
            if fault.name is FaultName.REFUSAL:
                status, _, code = argument.partition(":")
                return replace(fault, answer=Refusal(int(status), code))
        except ValueError as error:
            known = ", ".join(FaultName)
            raise UnknownFault(f"{text!r} is not a fault; there are {known}") from error
        return replace(fault, location=argument)

    def refusal(self, language: str) -> Refusal | None:
        """The error that stands in for the answer; None where the fault is of another kind."""
        if self.name is FaultName.LOCKED:
            return refusals.workflow_locked(language)
        return self.answer or _REFUSALS.get(self.name)

    @property
    def meets_commands(self) -> bool:
        """Whether it can befall one command of a batch."""
        resets = {FaultName.RESET_BEFORE, FaultName.RESET_AFTER}
        return self.name in resets or self.refusal("") is not None


class FaultQueue:
    """Faults in the order in which requests will meet them, each once; safe for threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._faults: deque[Fault] = deque()

    def add(
        self, fault: Fault | FaultName | str, *, method: str = "", count: int = 1, skip: int = 0
    ) -> None:
        """Let `count` requests of a method meet a fault, after the next `skip`; `ValueError`."""
        if not 0 < count <= _MOST:
            raise ValueError(f"a fault comes 1 to {_MOST} times, not {count}")
        chosen = fault if isinstance(fault, Fault) else Fault.parse(fault, method)
        if skip:
            chosen = replace(chosen, skip=skip)
        with self._lock:
            self._faults.extend([chosen] * count)

    def take(self, method: str) -> Fault | None:
        """The first fault that is for a request of this method, which is gone then."""
        return self._take(lambda fault: fault.method in {"", method})

    def take_for_command(self, method: str) -> Fault | None:
        """The first fault that is for this method by name, and can befall a command of a batch."""
        return self._take(lambda fault: fault.method == method and fault.meets_commands)

    def _take(self, fits: Callable[[Fault], bool]) -> Fault | None:
        with self._lock:
            for index, fault in enumerate(self._faults):
                if not fits(fault):
                    continue
                if not fault.skip:
                    del self._faults[index]
                    return fault
                self._faults[index] = replace(fault, skip=fault.skip - 1)
        return None

    def clear(self) -> None:
        """Forget what is left."""
        with self._lock:
            self._faults.clear()

    def __len__(self) -> int:
        with self._lock:
            return len(self._faults)

"""Faults that a request meets on purpose."""

from __future__ import annotations

from collections import deque
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
    HTML_500 = "html_500"
    HTML_502 = "html_502"
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
    """A fault for the next request of `method`, or of any method if that is empty."""

    name: FaultName
    method: str = ""
    seconds: float = _DEFAULT_SECONDS
    location: str = ""

    @classmethod
    def parse(cls, text: str, method: str = "") -> Fault:
        """Read `reset_after`, `slow:5` or `redirect:https://new.example.org`; `UnknownFault`."""
        name, _, argument = text.strip().partition(":")
        try:
            fault = cls(FaultName(name), method)
            if fault.name is FaultName.SLOW and argument:
                return replace(fault, seconds=float(argument))
        except ValueError as error:
            known = ", ".join(FaultName)
            raise UnknownFault(f"{text!r} is not a fault; there are {known}") from error
        return replace(fault, location=argument)

    def refusal(self, language: str) -> Refusal | None:
        """The error that stands in for the answer; None where the fault is of another kind."""
        if self.name is FaultName.LOCKED:
            return refusals.workflow_locked(language)
        return _REFUSALS.get(self.name)


class FaultQueue:
    """Faults in the order in which requests will meet them, each once; safe for threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._faults: deque[Fault] = deque()

    def add(self, fault: Fault | FaultName | str, *, method: str = "", count: int = 1) -> None:
        """Let the next `count` requests of a method meet a fault; raises `ValueError`."""
        if not 0 < count <= _MOST:
            raise ValueError(f"a fault comes 1 to {_MOST} times, not {count}")
        chosen = fault if isinstance(fault, Fault) else Fault.parse(fault, method)
        with self._lock:
            self._faults.extend([chosen] * count)

    def take(self, method: str) -> Fault | None:
        """The first fault that is for this method, which is gone then."""
        with self._lock:
            for fault in self._faults:
                if fault.method in {"", method}:
                    self._faults.remove(fault)
                    return fault
        return None

    def clear(self) -> None:
        """Forget what is left."""
        with self._lock:
            self._faults.clear()

    def __len__(self) -> int:
        with self._lock:
            return len(self._faults)

"""One lock for all parts of a portal."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import wraps
from typing import Concatenate, ParamSpec, TypeAlias, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
Lock: TypeAlias = AbstractContextManager[object]


class Locked:
    """A part of a portal; the parts share one lock, so that a request sees them all at rest."""

    def __init__(self, lock: Lock) -> None:
        self._lock = lock


S = TypeVar("S", bound=Locked)


def locked(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """Let a method run while no other thread is in any part of the same portal."""

    @wraps(method)
    def guarded(self: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with self._lock:
            return method(self, *args, **kwargs)

    return guarded

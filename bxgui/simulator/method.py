"""What a REST method is, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bxgui.simulator.accounts import Caller
from bxgui.simulator.engine import Effect
from bxgui.simulator.portal import Portal

Params: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Result:
    """What a method gives back, and what it did to a workflow; `crashed` is an error of PHP.

    `total` and `next` are of a list that comes in pages.
    """

    value: object
    effect: Effect | None = None
    total: int | None = None
    next: int | None = None
    crashed: bool = False

    def document(self) -> dict[str, object]:
        """The members of an answer."""
        pages = {"next": self.next, "total": self.total}
        return {"result": self.value} | {k: v for k, v in pages.items() if v is not None}


Run: TypeAlias = Callable[[Portal, Caller, Params], Result]


@dataclass(frozen=True, slots=True)
class Method:
    """A REST method; it needs one of `scopes`, or none where there are none."""

    run: Run
    scopes: tuple[str, ...] = ("bizproc",)


def upper(params: Params) -> dict[str, object]:
    """Parameters by their names in capitals; of names that differ in case the last counts."""
    return {name.upper(): value for name, value in params.items()}

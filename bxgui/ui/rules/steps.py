"""The steps of editing, to be taken back and done again."""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T")


class Steps(Generic[T]):
    """Holds what was there after each step; steps that follow each other at one place are one."""

    def __init__(self, first: T) -> None:
        self._done: list[tuple[T, str]] = [(first, "")]
        self._undone: list[tuple[T, str]] = []

    @property
    def current(self) -> T:
        """What is there now."""
        return self._done[-1][0]

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return len(self._done) > 1

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to be done again."""
        return bool(self._undone)

    def take(self, after: T, place: str = "") -> None:
        """Take a step; `place` names where somebody types, and a step without one stands alone."""
        if after == self.current:
            return
        if place and place == self._done[-1][1]:
            self._done.pop()
        self._done.append((after, place))
        self._undone.clear()

    def undo(self) -> T:
        """Take the last step back."""
        if self.can_undo:
            self._undone.append(self._done.pop())
        return self.current

    def redo(self) -> T:
        """Do the step again that was taken back last."""
        if self._undone:
            self._done.append(self._undone.pop())
        return self.current

"""What can come in the way of a benchmark."""

from __future__ import annotations


class BenchTrouble(Exception):
    """A measurement went wrong, and its figures would mean nothing; the text says why."""


class NotMeasurable(Exception):
    """This computer lacks what a line needs; the text says what."""

"""Words of a command line, put together letter by letter."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from functools import cached_property

from bxgui.core.registration_text.source import Source, TextProblem

_CONTINUED = re.compile(r"[ \t]*\r?\n")
_ENDS = re.compile(r"[;\n]|\|\|?|&&")
_BLANK = " \t\r"


class Word:
    """An unquoted word, and where each of its letters stands."""

    def __init__(self) -> None:
        self.places = array("L")
        self._parts: list[str] = []

    @cached_property
    def text(self) -> str:
        """The whole word; nothing is appended after it was asked for."""
        return "".join(self._parts)

    @property
    def first(self) -> int:
        """Where it begins; the beginning of everything for an empty one."""
        return self.places[0] if self.places else 0

    def append(self, text: str, places: Iterable[int]) -> None:
        """Put letters from these places at the end."""
        self._parts.append(text)
        self.places.extend(places)

    def source(self, whole: str) -> Source:
        """The word as a text of its own."""
        return Source(self.text, whole, self.places)


class Splitter:
    """Collects letters into words, and words into commands; the rules of a shell drive it."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.at = source.start
        self.commands: list[list[Word]] = []
        self._words: list[Word] = []
        self._word: Word | None = None

    @property
    def is_begun(self) -> bool:
        """Whether a word has begun, perhaps with no more than a quote."""
        return self._word is not None

    def take(self, text: str, begin: int, length: int = -1) -> None:
        """Put letters at the end of the word, and move behind as many as they are written with."""
        self._word = self._word or Word()
        is_plain = length in (-1, len(text))
        self._word.append(
            text, range(begin, begin + len(text)) if is_plain else [begin] * len(text)
        )
        self.at = begin + (len(text) if length < 0 else length)

    def end_word(self) -> None:
        """The word is complete."""
        if self._word is not None:
            self._words.append(self._word)
        self._word = None

    def end_command(self) -> None:
        """The command is complete."""
        self.end_word()
        if self._words:
            self.commands.append(self._words)
        self._words = []

    def passes(self) -> bool:
        """Whether it was a blank or the end of a command that stood here."""
        if self.text[self.at] in _BLANK:
            self.end_word()
            self.at += 1
            return True
        end = _ENDS.match(self.text, self.at)
        if end:
            self.end_command()
            self.at = end.end()
        return end is not None

    def continues(self) -> bool:
        """Whether the letter here ends a line that goes on in the next."""
        line = _CONTINUED.match(self.text, self.at + 1)
        if line:
            self.at = line.end()
        return line is not None

    def take_until(self, quote: str) -> None:
        """Take what stands before the next quote, and pass it."""
        end = self.text.find(quote, self.at)
        if end < 0:
            raise self.not_closed(self.at - 1)
        self.take(self.text[self.at : end], self.at)
        self.at += 1

    def not_closed(self, start: int) -> TextProblem:
        """The problem of a quote without its fellow."""
        return self.source.problem("quote_not_closed", start)

"""PHP literals: arrays in both spellings, strings in all four, and constants."""

from __future__ import annotations

import re

from bxgui.core.json_values import JsonValue
from bxgui.core.phpform import PhpArray, canonical_key
from bxgui.core.registration_text import php_strings
from bxgui.core.registration_text.literal import LiteralReader, Unknown, Value
from bxgui.core.registration_text.php_strings import NotClosed

_NAME = re.compile(r"\$?[^\W\d]\w*(?:\\[^\W\d]\w*)*|\\[^\W\d]\w*(?:\\[^\W\d]\w*)*")
_ARRAY = re.compile(r"array\s*\(|\[", re.IGNORECASE)
_CAST = re.compile(r"\(\s*(?:object|array|string|int|bool|float)\s*\)\s*", re.IGNORECASE)
_NAMED = re.compile(r"([^\W\d]\w*)\s*:(?!:)")
_CONSTANTS: dict[str, JsonValue] = {"true": True, "false": False, "null": None}
# What follows these is not read as a value of its own.
_KEYWORDS = {"clone", "fn", "function", "match", "new", "static"}


class Php(LiteralReader):
    """Reads PHP."""

    quotes = "'\"`"
    joins = "."
    operators = "+-*/%?&|^<>=!."
    assigns = "=>"
    comments = ("//", "#")

    def string(self) -> Value:
        """The text of a quoted string or a heredoc; one with variables in it is unknown."""
        start = self.at
        try:
            found = php_strings.read(self.text, start)
        except NotClosed as error:
            raise self.problem("string_not_closed", start) from error
        except UnicodeError as error:
            raise self.problem("half_character", start) from error
        self.at = found.end
        return Unknown() if found.text is None else found.text

    def word(self) -> Value:
        """A constant, a variable that is known, or what is not."""
        if self.text.startswith("<<<", self.at):
            return self.string()
        found = _NAME.match(self.text, self.at)
        if found is None:
            raise self.problem("value_missing")
        self.at = found.end()
        name = found.group()
        self.skip_blank()
        if name.lower() in _CONSTANTS:
            return _CONSTANTS[name.lower()]
        if not self.letter or self.letter in ",;)]}." or self._is_assignment():
            return self.variables.use(name) if name in self.variables else Unknown(name)
        if name.lower() in _KEYWORDS or self.letter in "([{:" + self.operators:
            self.skip_expression("" if name.lower() == "fn" else self.assigns)
            return Unknown(name)
        raise self.problem("comma_missing")

    def opens(self) -> bool:
        """Whether an array begins here; a cast before it is passed over."""
        cast = _CAST.match(self.text, self.at)
        if cast:
            self.at = cast.end()
        return _ARRAY.match(self.text, self.at) is not None

    def container(self) -> JsonValue:
        """The array that begins here.

        One that is opened by a bracket may be closed by a brace: so it stands in samples of the
        documentation.
        """
        start = self.at
        closing = "]}" if self.letter == "[" else ")"
        self.at = self.text.index("[" if self.letter == "[" else "(", start) + 1
        array = PhpArray()
        is_end = self._closes(closing)
        while not is_end:
            self._item(array)
            is_end = self.end_of_item(closing, start) or self._closes(closing)
        if self.text[self.at - 1] == "}":
            self.remark("bracket_mended", self.at - 1)
        return _listed(array)

    def arguments(self) -> list[tuple[str, Value]]:
        """The arguments of a call, behind its bracket, each with the name it is given."""
        start = self.at - 1
        found: list[tuple[str, Value]] = []
        is_end = self._closes(")")
        while not is_end:
            named = _NAMED.match(self.text, self.at)
            self.at = named.end() if named else self.at
            found.append((named.group(1) if named else "", self.value()))
            is_end = self.end_of_item(")", start) or self._closes(")")
        return found

    def _closes(self, closing: str) -> bool:
        self.skip_blank()
        is_end = bool(self.letter) and self.letter in closing
        self.at += is_end
        return is_end

    def _item(self, array: PhpArray) -> None:
        start = self.at
        if self.text.startswith("...", start):
            self.at += 3
            self._unknown(start, self.value())
            return
        first = self.value()
        self.skip_blank()
        if not self._is_assignment():
            if isinstance(first, Unknown):
                self._unknown(start, first)
            else:
                array.place(None, first)
            return
        self.at += len(self.assigns)
        self._assign(array, first, start)

    def _assign(self, array: PhpArray, first: Value, start: int) -> None:
        key = _key(first)
        with self.inside("" if key is None else str(key)):
            value = self.value()
            if key is None:
                self._unknown(start, first)
            elif isinstance(value, Unknown):
                self._unknown(start, value)
            else:
                if key in array:
                    self.remark("repeated_key", start)
                array.place(key, value)

    def _unknown(self, at: int, value: Value) -> None:
        self.remark("unknown_value", at, value.text if isinstance(value, Unknown) else "")


def _key(value: Value) -> str | int | None:
    """The key that PHP makes of a value; None for what can be none."""
    if isinstance(value, str):
        return canonical_key(value)
    if isinstance(value, int):
        return int(value)
    return "" if value is None else None


def _listed(array: PhpArray) -> JsonValue:
    """A list where the keys are those of one, else a map."""
    if list(array) == list(range(len(array))):
        return list(array.values())
    return {str(key): value for key, value in array.items()}

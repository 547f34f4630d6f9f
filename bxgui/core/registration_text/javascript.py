"""JavaScript literals, and with them JSON whatever comments and commas stand in it."""

from __future__ import annotations

import re

from bxgui.core.json_values import JsonValue
from bxgui.core.registration_text.literal import LiteralReader, Unknown, Value

_NAME = re.compile(r"[^\W\d]\w*|\$\w*|#\w+")
_PLAIN = re.compile(r"[^\\'\"`\n\r$]+")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_HEX = re.compile(r"x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}")
_CONSTANTS: dict[str, JsonValue] = {"true": True, "false": False, "null": None, "undefined": None}
# What follows these is not read as a value of its own.
_KEYWORDS = {"async", "await", "class", "delete", "function", "new", "typeof", "void", "yield"}
_GREATEST = 0x10FFFF


class JavaScript(LiteralReader):
    """Reads JavaScript; `is_json` stays true while it is JSON but for comments and commas."""

    quotes = "'\"`"
    joins = "+"
    operators = "+-*/%?&|^<>=!."
    assigns = ":"
    comments = ("//",)
    is_json = True

    def string(self) -> Value:
        """The text of a string in any of the three quotes; a template with values is unknown."""
        start, quote = self.at, self.letter
        self.is_json = self.is_json and quote == '"'
        self.at += 1
        parts: list[str] = []
        is_known = True
        while self.letter != quote:
            plain = _PLAIN.match(self.text, self.at)
            if plain:
                parts.append(plain.group())
                self.at = plain.end()
            elif quote == "`" and self.text.startswith("${", self.at):
                is_known = False
                self._skip_substitution(start)
            elif not self.letter or (quote != "`" and self.letter in "\r\n"):
                raise self.problem("string_not_closed", start)
            else:
                parts.append(self._escape(start) if self.letter == "\\" else self.letter)
                self.at += 1
        self.at += 1
        return self._whole(parts, start) if is_known else Unknown()

    def word(self) -> Value:
        """A constant, a variable that is known, or what is not."""
        start = self.at
        name = self.name()
        if not name:
            raise self.problem("value_missing")
        self.skip_blank()
        if name in _CONSTANTS:
            self.is_json = self.is_json and name != "undefined"
            return _CONSTANTS[name]
        self.is_json = False
        if not self.letter or self.letter in ",;)]}:+":
            return self.variables.use(name) if name in self.variables else Unknown(name)
        if name in _KEYWORDS or self.letter in "([`" + self.operators:
            self.skip_expression()
            return Unknown(name)
        raise self.problem("comma_missing", start)

    def name(self) -> str:
        """The name that begins here; empty where none does."""
        found = _NAME.match(self.text, self.at)
        if not found:
            return ""
        self.at = found.end()
        more = _NAME.match(self.text, self.at)
        while more and not more.group().startswith("#"):
            self.at = more.end()
            more = _NAME.match(self.text, self.at)
        return self.text[found.start() : self.at]

    def opens(self) -> bool:
        """Whether a list or map begins here."""
        return self.letter in ("[", "{")

    def container(self) -> JsonValue:
        """The object or array that begins here."""
        return self._object() if self.letter == "{" else self._array()

    def _object(self) -> JsonValue:
        start = self.at
        self.at += 1
        found: dict[str, JsonValue] = {}
        is_end = self._closes("}")
        while not is_end:
            self._member(found)
            is_end = self.end_of_item("}", start) or self._closes("}")
        return found

    def _array(self) -> JsonValue:
        """An array; one of pairs, which is no JavaScript but in the documentation, is a map."""
        start = self.at
        self.at += 1
        items: list[JsonValue] = []
        pairs: dict[str, JsonValue] = {}
        is_end = self._closes("]")
        while not is_end:
            begin = self.at
            with self.inside(str(len(items))):
                item = self._item()
                if isinstance(item, Unknown):
                    self.remark("unknown_value", begin, item.text)
            if isinstance(item, str) and self.letter == ":":
                self._keep(pairs, item, begin)
            elif not isinstance(item, Unknown):
                items.append(item)
            is_end = self.end_of_item("]", start) or self._closes("]")
        return pairs | {str(n): item for n, item in enumerate(items)} if pairs else items

    def _item(self) -> Value:
        """An item of an array; several that are spread into it are not known."""
        if not self.text.startswith("...", self.at):
            return self.value()
        self.at += 3
        spread = self.value()
        return spread if isinstance(spread, Unknown) else Unknown()

    def _closes(self, closing: str) -> bool:
        self.skip_blank()
        is_end = self.letter == closing
        self.at += is_end
        return is_end

    def _member(self, found: dict[str, JsonValue]) -> None:
        start = self.at
        key = self._key()
        self.skip_blank()
        if isinstance(key, str) and self.letter == ":":
            self._keep(found, key, start)
        elif isinstance(key, str) and self.letter in (",", "}") and key in self.variables:
            self.is_json = False
            found[key] = self.variables.use(key)
        elif isinstance(key, str) and self.text[start] in "'\"":
            raise self.problem("colon_missing")
        else:
            self.is_json = False
            self.skip_expression()
            self.remark("unknown_value", start, key.text if isinstance(key, Unknown) else str(key))

    def _key(self) -> Value:
        """The key of a member; unknown for one that is computed or spread."""
        start = self.at
        if self.letter in ("'", '"'):
            return self.string()
        if self.letter == "[":
            self.skip_expression(":")
            if self.letter == ":":
                self.at += 1
            return Unknown()
        if self.text.startswith("...", self.at):
            self.at += 3
            return Unknown(self.name())
        self.is_json = False
        key = self.name()
        while self.letter.isalnum():
            self.at += 1
            key = self.text[start : self.at]
        if not key:
            raise self.problem("key_missing" if self.letter else "bracket_not_closed")
        return key

    def _keep(self, found: dict[str, JsonValue], key: str, start: int) -> None:
        """Put the value behind the colon under its key."""
        self.at += 1
        if key in found:
            self.remark("repeated_key", start, name=key)
        with self.inside(key):
            value = self.value()
            if isinstance(value, Unknown):
                self.remark("unknown_value", start, value.text)
            else:
                found[key] = value

    def _skip_substitution(self, start: int) -> None:
        with self.level():
            self.at += 2
            self.skip_expression()
            while self.letter in (",", ";"):
                self.at += 1
                self.skip_expression()
            if self.letter != "}":
                raise self.problem("string_not_closed", start)
            self.at += 1

    def _escape(self, start: int) -> str:
        """What a backslash and what follows it stand for; `at` stays on the last of it."""
        self.at += 1
        if not self.letter:
            raise self.problem("string_not_closed", start)
        found = _HEX.match(self.text, self.at)
        if found:
            self.at = found.end() - 1
            number = int(next(filter(None, found.groups())), 16)
            if number > _GREATEST:
                raise self.problem("bad_escape", start)
            return chr(number)
        if self.letter == "\r" and self.text.startswith("\n", self.at + 1):
            self.at += 1
        return "" if self.letter in "\r\n\u2028\u2029" else _ESCAPES.get(self.letter, self.letter)

    def _whole(self, parts: list[str], start: int) -> str:
        """The text, with halves of characters put together."""
        text = "".join(parts)
        try:
            return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError as error:
            raise self.problem("half_character", start) from error

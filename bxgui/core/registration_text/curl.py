"""cURL commands: the REST method that is called, and the parameters it gets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote_plus

from bxgui.core import phpform
from bxgui.core.json_values import JsonValue
from bxgui.core.registration_text import bash, cmd, powershell
from bxgui.core.registration_text.envelope import form_parameters
from bxgui.core.registration_text.javascript import JavaScript
from bxgui.core.registration_text.literal import Unknown
from bxgui.core.registration_text.source import Notes, Occurrence, Remark, Source, TextProblem
from bxgui.core.registration_text.variables import Variables
from bxgui.core.registration_text.words import Splitter, Word

_NAME = r"curl(?:\.exe)?"
_BEGINNING = re.compile(
    rf"^[ \t]*(?:PS [^\n>]*>[ \t]*|[^\s]*[$>%&][ \t]*)?(?={_NAME}[ \t\\`^])", re.MULTILINE
)
_PROMPT = re.compile(r"PS [^\n>]*>")
_IS_CURL = re.compile(rf"(?:.*[/\\])?{_NAME}\Z", re.IGNORECASE)
_POWERSHELL = re.compile(r"[ \t'\"]`[ \t]*\r?\n")
_CMD = re.compile(rf"{_NAME}[ \t]+\^\"|[ \t\"]\^[ \t]*\r?\n")
_METHOD = re.compile(r"(?:/|\A)([a-z0-9_]+(?:\.[a-z0-9_]+)*?)(?:\.json|\.xml)?/?\Z", re.IGNORECASE)
_WEBHOOK = re.compile(r"/rest/[0-9]+/[^/]+/")
# What PowerShell must be given for JSON, so that a program gets its quotes.
_ESCAPED_JSON = re.compile(r"\s*[\[{]\s*\\\"")
_ESCAPED = re.compile(r"\\([\\\"])|[^\\]+|\\")
_OF_DATA = {"-d", "--data", "--data-ascii", "--data-binary", "--data-raw"}
_WITH_VALUE = {
    *("--cacert", "--cert", "--cert-type", "--connect-timeout", "--cookie", "--cookie-jar"),
    *("--data-urlencode", "--dump-header", "--form", "--form-string", "--header", "--interface"),
    *("--json", "--key", "--max-time", "--oauth2-bearer", "--output", "--proxy", "--proxy-user"),
    *("--referer", "--request", "--resolve", "--retry", "--url", "--url-query", "--user"),
    *("--user-agent", "--write-out"),
}
_LETTERS_WITH_VALUE = "AbcCdDeEFHKmoPQrtTuUwxXyYz"
_LONG = {"d": "--data", "F": "--form", "H": "--header", "G": "--get", "u": "--user"}
_OF_FIELDS = {"--data-urlencode", "--form", "--form-string", "--url-query"}
_SIGN_IN = {"--oauth2-bearer", "--proxy-user", "--user"}


@dataclass(slots=True)
class _Request:
    """What the arguments of one command add up to."""

    address: str = ""
    is_query: bool = False
    is_json: bool = False
    body: Word = field(default_factory=Word)


def beginning(text: str) -> int | None:
    """Where the first cURL command of a text begins, before its prompt."""
    found = _BEGINNING.search(text)
    return None if found is None else found.start()


def scan(source: Source, notes: Notes, variables: Variables) -> list[Occurrence]:
    """The parameters of each cURL command in a text; raises `TextProblem`."""
    found = []
    for words in _commands(source):
        curl = next((n for n, word in enumerate(words) if _IS_CURL.match(word.text)), None)
        if curl is not None:
            reading = _Reading(source, notes, variables)
            found += reading.occurrences(words[curl], words[curl + 1 :])
    return found


def _commands(source: Source) -> list[list[Word]]:
    if _CMD.search(source.text) and not _POWERSHELL.search(source.text):
        return cmd.commands(source)
    has_prompt = _PROMPT.match(source.text[source.start :].lstrip()) is not None
    is_powershell = has_prompt or _POWERSHELL.search(source.text)
    splitter = Splitter(source)
    step: Callable[[Splitter], None] = powershell.step if is_powershell else bash.step
    while splitter.at < len(source.text):
        step(splitter)
    splitter.end_command()
    return splitter.commands


def request(address: str, notes: Notes, begin: tuple[int, int] = (1, 1)) -> Occurrence:
    """The method at the end of an address, and the parameters in its query."""
    path, _, query = address.partition("?")
    if _WEBHOOK.search(path):
        notes.add(Remark("webhook_left_out", (), "", *begin))
    named = _METHOD.search(path)
    method = named.group(1).lower() if named else ""
    try:
        tree = phpform.decode(query.partition("#")[0].encode("utf-8", "surrogateescape"))
    except phpform.BodyRefused as refused:
        raise TextProblem("form_refused", *begin) from refused
    return Occurrence(form_parameters(tree), "" if method == "batch" else method, begin, begin)


class _Reading:
    """Reads the arguments of one command."""

    def __init__(self, source: Source, notes: Notes, variables: Variables) -> None:
        self._source = source
        self._notes = notes
        self._variables = variables
        self._request = _Request()

    def occurrences(self, curl: Word, arguments: Sequence[Word]) -> list[Occurrence]:
        for name, word in _options(arguments):
            self._take(name, word)
        asked = self._request
        begin = self._source.position(curl.places[0])
        parameters = self._body()
        last = next((word for word in reversed(arguments) if word.places), curl)
        end = self._source.position(last.places[-1])
        addressed = request(asked.address, self._notes, begin)
        query = addressed.value if isinstance(addressed.value, dict) else {}
        return [Occurrence(query | parameters, addressed.method, begin, end)]

    def _take(self, name: str, word: Word) -> None:
        asked, text = self._request, word.text
        if name in {"", "--url"}:
            if not asked.address or "bizproc." in text:
                asked.address = text
        elif name == "--get":
            asked.is_query = True
        elif name == "--header":
            self._header(word)
        elif name in _SIGN_IN:
            self._remark("auth_left_out", word, name)
        elif name == "--json":
            asked.is_json = True
            self._append(word, "")
        elif name in _OF_DATA:
            if text.startswith("@") and name != "--data-raw":
                self._remark("file_not_read", word, text[1:])
            else:
                self._append(word, "&")
        elif name in _OF_FIELDS:
            self._append_field(word, is_form=name.startswith("--form"))

    def _header(self, word: Word) -> None:
        name, _, content = word.text.partition(":")
        name = name.strip().lower()
        if name in {"authorization", "cookie"}:
            self._remark("auth_left_out", word, name)
        elif name == "content-type" and "json" in content.lower():
            self._request.is_json = True

    def _append(self, word: Word, between: str) -> None:
        body = self._request.body
        if body.places:
            body.append(between, [word.first] * len(between))
        body.append(word.text, word.places)

    def _append_field(self, word: Word, *, is_form: bool) -> None:
        """A field of a form, which cURL encodes itself."""
        name, equals, content = word.text.partition("=")
        if "@" in (name if not equals else content[:1]) or content[:1] == "<":
            self._remark("file_not_read", word, name)
            return
        encoded = f"{quote_plus(name) if is_form else name}={quote_plus(content)}"
        written = Word()
        written.append(encoded, [word.first] * len(encoded))
        self._append(written, "&")

    def _body(self) -> dict[str, JsonValue]:
        body, asked = self._request.body, self._request
        is_json = asked.is_json or body.text.lstrip()[:1] in {"{", "["}
        if asked.is_query or not is_json:
            return self._form(body)
        if not body.text.strip():
            return {}
        if _ESCAPED_JSON.match(body.text):
            body = _without_backslashes(body)
        value = JavaScript(body.source(self._source.whole), self._notes, self._variables).value()
        if isinstance(value, Unknown):
            return {}
        return value if isinstance(value, dict) else {"CALLS": value}

    def _form(self, body: Word) -> dict[str, JsonValue]:
        try:
            tree = phpform.decode(body.text.encode("utf-8", "surrogateescape"))
        except phpform.BodyRefused as refused:
            raise self._source.problem("form_refused", body.first) from refused
        return form_parameters(tree)

    def _remark(self, code: str, word: Word, text: str) -> None:
        self._notes.add(Remark(code, (), text, *self._source.position(word.first)))


def _options(arguments: Sequence[Word]) -> Iterator[tuple[str, Word]]:
    """The options with their values, in their long form, and what is none under an empty name."""
    words = iter(arguments)
    for word in words:
        text = word.text
        if text.startswith("--") and len(text) > 2:
            has_value = text in _WITH_VALUE or text in _OF_DATA
            yield text, next(words, Word()) if has_value else word
        elif text.startswith("-") and len(text) > 1:
            yield from _short_options(word, words)
        else:
            yield "", word


def _short_options(word: Word, words: Iterator[Word]) -> Iterator[tuple[str, Word]]:
    for place, letter in enumerate(word.text[1:], 1):
        name = _LONG.get(letter, f"-{letter}")
        if letter not in _LETTERS_WITH_VALUE:
            yield name, word
            continue
        rest = Word()
        rest.append(word.text[place + 1 :], word.places[place + 1 :])
        yield name, rest if rest.text else next(words, Word())
        return


def _without_backslashes(word: Word) -> Word:
    """The word with a quote for `\\"`, and one backslash for two."""
    kept = Word()
    for piece in _ESCAPED.finditer(word.text):
        one = piece.group(1) or piece.group()
        kept.append(one, word.places[piece.end() - len(one) : piece.end()])
    return kept

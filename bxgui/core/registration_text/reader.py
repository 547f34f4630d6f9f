"""Tells what kind of text it is, and reads the registrations in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from bxgui.core.registration import Registration
from bxgui.core.registration_text import curl
from bxgui.core.registration_text.code import Code
from bxgui.core.registration_text.envelope import Found, Scope, find
from bxgui.core.registration_text.javascript import JavaScript
from bxgui.core.registration_text.php import Php
from bxgui.core.registration_text.source import Notes, Occurrence, Remark, Source, TextProblem
from bxgui.core.registration_text.variables import TooMuch, Variables

_MOST_LETTERS = 1024 * 1024
# Remarks on what makes a registration incomplete.
_INCOMPLETE = {"unknown_value", "file_not_read"}
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)[\w+-]*[ \t]*$", re.MULTILINE)
_PHP = re.compile(r"<\?php|\barray\s*\(|['\"]\s*=>|\$\w+\s*(?:->|=(?!=))|\w::\w", re.IGNORECASE)
_REGISTERING = re.compile(r"\bbizproc\.(?:robot|activity)\.(?:add|update)\b", re.IGNORECASE)
# Where JSON begins in a here-string, a heredoc or three quotes, and how many of them are looked at.
# Where JSON begins in a here-string, a heredoc or three quotes, and how many of them are looked at.
_LINES = re.compile(
    r"(?:@(?P<mark>['\"])[ \t]*\r?\n|<<<[ \t]*['\"]?(?P<name>[^\W\d]\w*)['\"]?[ \t]*\r?\n"
    r"|(?P<three>'{3}|\"{3}))(?=\s*[\[{])"
)
_MOST_DOCUMENTS = 20
_PHP_BEGINS = re.compile(r"<\?(?:php\b|=)?")
_NAMES_CODE = re.compile(r"\bCODE[\"']?\s*(?:=>|[:=])(?!=)", re.IGNORECASE)
_FORM = re.compile(r"(?:[^\s=?&#\"'{}<>]*\?)?[\w.%\[\]-]+=[^\s\"'{}<>]*\Z")


class Format(StrEnum):
    """What a text is."""

    JSON = "json"
    CURL = "curl"
    PHP = "php"
    JAVASCRIPT = "javascript"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Read:
    """A registration as it was understood, and where it begins.

    `is_whole` is false when what is missing from it may well exist: it is a change, or little more
    than a schema, or something in the text could not be known.
    """

    registration: Registration
    scope: Scope
    is_whole: bool
    line: int


@dataclass(frozen=True, slots=True)
class Understood:
    """What was made of a text: at least one registration, and what to know of how it was read."""

    format: Format
    registrations: tuple[Read, ...]
    remarks: tuple[Remark, ...] = ()


def read_text(text: str) -> Understood:
    """The registrations in a text, or raises `TextProblem`, and nothing else.

    Secrets in it, such as `auth` or the code of a webhook, are left out.
    """
    text = _FENCE.sub("", text)
    if len(text) > _MOST_LETTERS:
        raise TextProblem("too_large")
    source = Source.of(text, 1 if text.startswith("\ufeff") else 0)
    for at, letter in enumerate(text):
        if "\ud800" <= letter <= "\udfff":
            raise source.problem("half_character", at)
    if not text[source.start :].strip():
        raise TextProblem("empty")
    try:
        return _read(source)
    except TooMuch as error:
        raise TextProblem("too_large") from error


def _read(source: Source) -> Understood:
    """Tries what the text looks like first, then what it may be as well."""
    first: TextProblem | None = None
    for scan in _likely(source):
        notes = Notes()
        try:
            scanned = scan(source, notes)
            found = tuple(_registrations(scanned, notes))
        except TextProblem as problem:
            first = first or problem
            continue
        if found:
            return Understood(scanned.format, found, tuple(notes.remarks))
        first = first or scanned.problem or _not_found(scanned, notes, source)
    raise first or TextProblem("nothing_found")


def _not_found(scanned: _Scanned, notes: Notes, source: Source) -> TextProblem | None:
    """Why a text that can be read has no registration, where that can be told."""
    for remark in notes.remarks:
        if remark.code == "file_not_read":
            return TextProblem("body_elsewhere", remark.line, remark.column, remark.text)
    is_program = scanned.format in {Format.PHP, Format.JAVASCRIPT}
    is_data = source.text[source.start :].lstrip()[0] in "{["
    is_named = is_program and not is_data and _NAMES_CODE.search(source.text)
    return TextProblem("other_form") if is_named else None


@dataclass(frozen=True, slots=True)
class _Scanned:
    """What one way of reading has found, and the first thing that it could not read."""

    format: Format
    occurrences: list[Occurrence]
    problem: TextProblem | None = None


def _likely(source: Source) -> list[Callable[[Source, Notes], _Scanned]]:
    text = source.text[source.start :].strip()
    if curl.beginning(source.text) is not None:
        return [_curl]
    if _FORM.match(text):
        return [_form]
    # No array of PHP begins with a brace.
    is_php = text[0] != "{" and _PHP.search(text)
    if text[0] in "{[":
        return [_php, _javascript] if is_php else [_javascript, _php]
    return [*((_php, _javascript) if is_php else (_javascript, _php)), _quoted_document]


def _curl(source: Source, notes: Notes) -> _Scanned:
    start = curl.beginning(source.text) or 0
    command_line = Source.of(source.text, start)
    return _Scanned(Format.CURL, curl.scan(command_line, notes, Variables()))


def _form(source: Source, notes: Notes) -> _Scanned:
    address = source.text.strip().removeprefix("\ufeff")
    found = curl.request(address if "?" in address.partition("=")[0] else f"?{address}", notes)
    return _Scanned(Format.FORM, [found])


def _php(source: Source, notes: Notes) -> _Scanned:
    tag = _PHP_BEGINS.search(source.text)
    reader = Php(Source.of(source.text, tag.end() if tag else source.start), notes, Variables())
    code = Code(reader)
    return _Scanned(Format.PHP, code.scan(), code.problem)


def _javascript(source: Source, notes: Notes) -> _Scanned:
    reader = JavaScript(source, notes, Variables())
    code = Code(reader)
    found = code.scan()
    is_json = reader.is_json and code.is_one_literal
    return _Scanned(Format.JSON if is_json else Format.JAVASCRIPT, found, code.problem)


def _quoted_document(source: Source, notes: Notes) -> _Scanned:
    """JSON in a text of several lines, given to the method that is named anywhere."""
    found: list[Occurrence] = []
    text = source.text
    named = _REGISTERING.search(text)
    method = named.group().lower() if named else ""
    for quoted in islice(_LINES.finditer(text), _MOST_DOCUMENTS):
        mark, name, three = quoted.group("mark", "name", "three")
        end = text.find(f"\n{mark}@" if mark else name or three, quoted.end())
        if end > 0:
            places = range(quoted.end(), end)
            document = Source(text[quoted.end() : end], source.whole, places)
            scanned = Code(JavaScript(document, notes, Variables())).scan()
            found += [replace(one, method=method) for one in scanned]
    return _Scanned(Format.JSON, found)


def _registrations(scanned: _Scanned, notes: Notes) -> Iterator[Read]:
    """What was found, each once; a lone schema counts only where there is nothing else."""
    found = [
        (occurrence, one)
        for occurrence in scanned.occurrences
        for one in find(occurrence.value, occurrence.method)
    ]
    if any(one.scope is not Scope.SCHEMA for _, one in found):
        found = [(occurrence, one) for occurrence, one in found if one.scope is not Scope.SCHEMA]
    known: set[str] = set()
    for occurrence, one in found:
        document = repr(one.registration)
        if document not in known:
            known.add(document)
            yield Read(
                one.registration,
                one.scope,
                _is_whole(one, occurrence, notes),
                occurrence.begin[0],
            )
            _note(one, occurrence, notes)
    if known and scanned.problem is not None:
        problem = scanned.problem
        notes.add(Remark("rest_not_read", (), problem.code, problem.line, problem.column))


def _is_whole(one: Found, occurrence: Occurrence, notes: Notes) -> bool:
    registration = one.registration
    is_call = occurrence.method or registration.handler or registration.name.texts
    return (
        one.scope is Scope.WHOLE
        and bool(is_call)
        and not any(
            remark.code in _INCOMPLETE
            and occurrence.begin <= (remark.line, remark.column) <= occurrence.end
            for remark in notes.remarks
        )
    )


def _note(found: Found, occurrence: Occurrence, notes: Notes) -> None:
    for name in found.left_out:
        code = "auth_left_out" if name.upper() == "AUTH" else "secret_left_out"
        notes.add(Remark(code, (), name, *occurrence.begin))
    for where in found.odd:
        notes.add(Remark("not_a_property", where, "", *occurrence.begin))

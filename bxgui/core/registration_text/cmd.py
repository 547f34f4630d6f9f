"""Words as cmd.exe and then a program of Windows split them.

The first takes carets away outside of what it holds for quotes; the second knows nothing of
carets, and takes backslashes away before quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bxgui.core.registration_text.source import Source
from bxgui.core.registration_text.words import Word

_PLAIN = re.compile(r"[^\"^\r\n&|]+")
_END_OF_LINE = re.compile(r"[ \t]*\r?\n")
_PIECE = re.compile(r"[^ \t\\\"]+|\\*\"+|\\+|[ \t]+")


def commands(source: Source) -> list[list[Word]]:
    """The commands of a text, each split into its words; raises `TextProblem`."""
    found = [list(_words(line, source)) for line in _lines(source)]
    return [words for words in found if words]


def _lines(source: Source) -> Iterator[Word]:
    """What the shell hands on: a line for each command, carets taken away."""
    text, at = source.text, source.start
    line, in_quotes = Word(), False
    while at < len(text):
        plain = _PLAIN.match(text, at)
        letter = text[at]
        if plain:
            line.append(plain.group(), range(at, plain.end()))
            at = plain.end()
        elif letter == "^" and not in_quotes:
            end = _END_OF_LINE.match(text, at + 1)
            at = end.end() if end else at + 1
            # Whatever follows is itself, the end of another line too.
            line.append(text[at : at + 1], [at][: len(text) - at])
            at += 1
        elif letter in "\r\n&|" and not in_quotes:
            yield line
            line, at = Word(), at + 1
        else:
            in_quotes ^= letter == '"'
            line.append(letter, [at])
            at += 1
    yield line


def _words(line: Word, source: Source) -> Iterator[Word]:
    """What the program makes of its line."""
    word: Word | None = None
    in_quotes = False
    for piece in _PIECE.finditer(line.text):
        found = piece.group()
        places = line.places[piece.start() : piece.end()]
        if found[0] in " \t" and not in_quotes:
            if word is not None:
                yield word
            word = None
            continue
        word = word or Word()
        if found.endswith('"'):
            backslashes, quotes = found.count("\\"), found.count('"')
            # Half of the backslashes are the text's; an odd one makes the quote the text's too.
            escaped, quotes = (1, quotes - 1) if backslashes % 2 else (0, quotes)
            within = quotes // 2 if in_quotes else (quotes - 1) // 2 if quotes else 0
            text = "\\" * (backslashes // 2) + '"' * (escaped + within)
            word.append(text, places[: len(text)])
            in_quotes ^= quotes % 2 == 1
        else:
            word.append(found, places)
    if in_quotes:
        raise source.problem("quote_not_closed", line.places[-1])
    if word is not None:
        yield word

"""Troubles that the services tell in English, in the words of the window.

Their text is looked up as it is: one code stands for several texts, and some come from another
process, without a code. A text that is not listed stays English.
"""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from bxgui.core.explanations import BY_KEY
from bxgui.ui import texts
from bxgui.ui.doctor_texts import DOCTOR
from bxgui.ui.portal_problem_texts import PORTALS

_STORE = (
    QT_TRANSLATE_NOOP("Problems", "The disk is full. Free some space; nothing stored is lost."),
    QT_TRANSLATE_NOOP(
        "Problems", "Another program holds the store locked. Close it and try again."
    ),
    QT_TRANSLATE_NOOP("Problems", "The store cannot be written: its file or folder is read-only."),
    QT_TRANSLATE_NOOP("Problems", "The store cannot be opened. Check that its folder exists."),
    QT_TRANSLATE_NOOP(
        "Problems", "The store cannot be opened: this user has no right to its file."
    ),
    QT_TRANSLATE_NOOP("Problems", "The file is not a bxgui store. Move it away and start again."),
    QT_TRANSLATE_NOOP("Problems", "The store is damaged. Move it away and start again."),
    QT_TRANSLATE_NOOP("Problems", "The disk reports an error. Check it before you go on."),
    QT_TRANSLATE_NOOP(
        "Problems",
        "The store has a path of %1 bytes, and the longest that SQLite takes has %2. "
        "Choose another folder with --data-dir.",
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "%1 is no regular file, so no store can be there. "
        "Move it away, or choose another folder with --data-dir.",
    ),
    QT_TRANSLATE_NOOP("Problems", "The store %1 was deleted or replaced while it was in use."),
    QT_TRANSLATE_NOOP(
        "Problems", "The store %1 is damaged, and it cannot be renamed to be set aside."
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "The store %1 was written by a newer bxgui (store version %2; this one knows %3). "
        "Update bxgui, or choose another folder with --data-dir.",
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "The store needs a backup before this bxgui can use it, and %1 cannot be written. "
        "Free some space and look at the rights of its folder.",
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "The store was written by an older bxgui, and it cannot be brought up to date while it "
        "cannot be written. Give back the right to write to its file and folder.",
    ),
    QT_TRANSLATE_NOOP("Problems", "the emergency file was deleted or replaced"),
    QT_TRANSLATE_NOOP("Problems", "bxgui has a bug: the store did not take them"),
    QT_TRANSLATE_NOOP("Problems", "A reply to this token is being sent. Wait for its outcome."),
    QT_TRANSLATE_NOOP("Problems", "Another store has taken the place of this one."),
)
_REPLY = (
    QT_TRANSLATE_NOOP("Problems", "There is no call %1."),
    QT_TRANSLATE_NOOP("Problems", "Call %1 carries no event token."),
    QT_TRANSLATE_NOOP("Problems", "Write a log message: without one there is nothing to log."),
    QT_TRANSLATE_NOOP(
        "Problems",
        "The call came without an access token, so there is nothing to send it with.",
    ),
    QT_TRANSLATE_NOOP("Problems", "The call does not say which portal it comes from."),
    QT_TRANSLATE_NOOP("Problems", "The portal %1 is not trusted yet."),
    QT_TRANSLATE_NOOP(
        "Problems",
        "The call names the address %1, and the trusted portal is at %2. "
        "Trust the new address first if the portal has moved.",
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "The call carries another application token than the trusted portal: it may be forged. "
        "Trust the portal again if the application was reinstalled.",
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "The call's tokens cannot be read: the key that they were encrypted under was kept in "
        "memory only, and the program that held it has ended.",
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "The call's tokens cannot be read: the key that they were encrypted under is kept in "
        "memory only, and the program that holds it does not answer now. Try again.",
    ),
)
_PRESETS = (
    QT_TRANSLATE_NOOP("Problems", "Variables that cannot be filled: %1."),
    QT_TRANSLATE_NOOP("Problems", "A preset needs a name."),
    QT_TRANSLATE_NOOP("Problems", "The name of a preset holds a character that cannot be seen."),
    QT_TRANSLATE_NOOP("Problems", "The name of a preset has at most %1 characters."),
    QT_TRANSLATE_NOOP("Problems", "Another preset has the name %1."),
    QT_TRANSLATE_NOOP("Problems", "There is no preset %1 for this rule."),
    QT_TRANSLATE_NOOP("Problems", "Call %1 belongs to no rule of a portal, so it has no presets."),
    QT_TRANSLATE_NOOP("Problems", "No rule %1 is known."),
    QT_TRANSLATE_NOOP("Problems", "No rule %1 is known in the portal %2."),
    QT_TRANSLATE_NOOP("Problems", "Several portals have a rule %1: %2."),
)
_RULES = (
    QT_TRANSLATE_NOOP("Problems", "Several portals may have the rule %1: %2."),
    QT_TRANSLATE_NOOP("Problems", "No portal is known as %1."),
    QT_TRANSLATE_NOOP(
        "Problems",
        "No portal is known yet. Catch a call first: a registration belongs to a portal.",
    ),
)
_PRESET_FILE = (
    QT_TRANSLATE_NOOP("Problems", "The file %1 cannot be written: %2."),
    QT_TRANSLATE_NOOP("Problems", "The file %1 is no text in UTF-8."),
    QT_TRANSLATE_NOOP("Problems", "The presets are not JSON, line %1, column %2: %3."),
    QT_TRANSLATE_NOOP("Problems", 'The document holds no presets of bxgui: its kind is not "%1".'),
    QT_TRANSLATE_NOOP(
        "Problems",
        "The presets were written by a newer bxgui (version %1; this one knows %2). Update bxgui.",
    ),
    QT_TRANSLATE_NOOP("Problems", "%1 is not known in a document of presets."),
    QT_TRANSLATE_NOOP("Problems", "The document does not name the rule of its presets."),
    QT_TRANSLATE_NOOP("Problems", "The document has no list of presets."),
    QT_TRANSLATE_NOOP("Problems", "Preset %1 is not an object in braces."),
    QT_TRANSLATE_NOOP("Problems", "%1 is not known in preset %2."),
    QT_TRANSLATE_NOOP("Problems", "The name of preset %1 is not a text."),
    QT_TRANSLATE_NOOP("Problems", "The log_message of preset %1 is not a text."),
    QT_TRANSLATE_NOOP("Problems", "Preset %1 cannot be kept. %2"),
    QT_TRANSLATE_NOOP(
        "Problems", "The values of preset %1 are neither an object nor a list of pairs."
    ),
    QT_TRANSLATE_NOOP("Problems", "Presets %1 and %2 have the same name %3."),
)
_LISTENER = (
    QT_TRANSLATE_NOOP(
        "Problems",
        "Port %1 is taken by another program, perhaps a second bxgui. "
        "Close it, or choose another port.",
    ),
    QT_TRANSLATE_NOOP("Problems", "This user may not listen on port %1. Choose another."),
    QT_TRANSLATE_NOOP("Problems", "Cannot listen on %1:%2: %3."),
    QT_TRANSLATE_NOOP("Problems", "%1 is not an address of this computer."),
    QT_TRANSLATE_NOOP(
        "Problems", "The settings in %1 cannot be read: %2. Mend or remove the file."
    ),
    QT_TRANSLATE_NOOP("Problems", "%1 in %2 is not a table. Mend or remove it."),
    QT_TRANSLATE_NOOP("Problems", "%1 in %2 is not a %3. Mend or remove it."),
    QT_TRANSLATE_NOOP(
        "Problems",
        "port in %1 is %2, and a port is a number from 0 to %3. Mend or remove it.",
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "public_url in %1 cannot be used: it %2. "
        "Write it as https://hook.example.com, or remove it.",
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "%1 in %2 holds %3, which is no network such as 203.0.113.0/24 and no address. "
        "Mend or remove it.",
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "tls_certificate and tls_key in %1 go together. Name both, or remove both.",
    ),
    QT_TRANSLATE_NOOP("Problems", "the call could not be stored: %1"),
)
_PUBLIC_URL = (
    QT_TRANSLATE_NOOP("Problems", "holds a character that stands in no address"),
    QT_TRANSLATE_NOOP("Problems", "is no web address"),
    QT_TRANSLATE_NOOP("Problems", "begins with another scheme than https or http"),
    QT_TRANSLATE_NOOP("Problems", "holds a user name, which portals may not send"),
    QT_TRANSLATE_NOOP("Problems", "names no host"),
    QT_TRANSLATE_NOOP("Problems", "names a port that is none"),
)
_TLS = (
    QT_TRANSLATE_NOOP("Problems", "The TLS file %1 cannot be read: %2."),
    QT_TRANSLATE_NOOP("Problems", "it is no regular file"),
    QT_TRANSLATE_NOOP("Problems", "its name is none that a file can have"),
    QT_TRANSLATE_NOOP("Problems", "The TLS certificate %1 is not a PEM certificate."),
    QT_TRANSLATE_NOOP("Problems", "The TLS key %1 is not a PEM private key."),
    QT_TRANSLATE_NOOP("Problems", "The TLS key %1 needs a passphrase. Save it without one."),
    QT_TRANSLATE_NOOP("Problems", "The TLS key %1 does not fit the certificate %2."),
    QT_TRANSLATE_NOOP("Problems", "The TLS certificate %1 cannot be used with its key: %2."),
    QT_TRANSLATE_NOOP(
        "Problems", "The TLS certificate expired on %1: portals refuse it. Renew it."
    ),
)
_REFUSED_POSTS = (
    QT_TRANSLATE_NOOP("Problems", "the sender broke off"),
    QT_TRANSLATE_NOOP("Problems", "%1 is not in the allowed networks"),
    QT_TRANSLATE_NOOP("Problems", "an unknown address"),
    QT_TRANSLATE_NOOP("Problems", "the body did not come in time"),
    QT_TRANSLATE_NOOP("Problems", "the body has more than %1 bytes"),
    QT_TRANSLATE_NOOP("Problems", "the body has %1 bytes, the limit is %2"),
    QT_TRANSLATE_NOOP("Problems", "the body has %1 name-value pairs, the limit is %2"),
    QT_TRANSLATE_NOOP("Problems", "a name has %1 levels, the limit is %2"),
    QT_TRANSLATE_NOOP("Problems", "a body of the type %1 is not understood"),
    QT_TRANSLATE_NOOP("Problems", "the JSON is nested too deeply"),
    QT_TRANSLATE_NOOP("Problems", "the body says it is JSON and is not"),
    QT_TRANSLATE_NOOP("Problems", "the JSON is not an object"),
    QT_TRANSLATE_NOOP("Problems", "the JSON has more than %1 levels"),
    QT_TRANSLATE_NOOP("Problems", "the JSON has more than %1 values"),
    QT_TRANSLATE_NOOP("Problems", "the JSON holds a lone surrogate"),
)
_REFUSED_REQUESTS = (
    QT_TRANSLATE_NOOP("Problems", "the head does not tell the length of the body"),
    QT_TRANSLATE_NOOP("Problems", "a body with the encoding %1 is not understood"),
    QT_TRANSLATE_NOOP("Problems", "the length of the body is given wrongly"),
    QT_TRANSLATE_NOOP("Problems", "the chunks of the body are malformed"),
    QT_TRANSLATE_NOOP("Problems", "the head of the request is malformed"),
    QT_TRANSLATE_NOOP("Problems", "the head has more than %1 bytes"),
    QT_TRANSLATE_NOOP("Problems", "the head did not come in time"),
    QT_TRANSLATE_NOOP("Problems", "the request is not HTTP"),
    QT_TRANSLATE_NOOP("Problems", "the sender speaks %1, and this address does not"),
    QT_TRANSLATE_NOOP("Problems", "the sender asks for another protocol"),
    QT_TRANSLATE_NOOP("Problems", "too many requests came at once on one connection"),
    QT_TRANSLATE_NOOP("Problems", "too many bodies are under way"),
    QT_TRANSLATE_NOOP("Problems", "too many connections are open"),
)
_KEYRING = (
    QT_TRANSLATE_NOOP("Problems", "this computer has no keyring that keeps secrets"),
    QT_TRANSLATE_NOOP("Problems", "the keyring is locked"),
    QT_TRANSLATE_NOOP("Problems", "the keyring does not answer (%1)"),
    QT_TRANSLATE_NOOP("Problems", "the keyring does not keep what it is given"),
    QT_TRANSLATE_NOOP("Problems", "the keyring was not unlocked"),
    QT_TRANSLATE_NOOP("Problems", "%1, and the program that holds the store's key does not answer"),
    QT_TRANSLATE_NOOP("Problems", "macOS Keychain"),
    QT_TRANSLATE_NOOP("Problems", "Windows Credential Manager"),
)
_JSON = (
    QT_TRANSLATE_NOOP("Problems", "A JSON object in braces is wanted"),
    QT_TRANSLATE_NOOP("Problems", "Nested too deeply"),
    QT_TRANSLATE_NOOP("Problems", "A number has too great an exponent"),
    QT_TRANSLATE_NOOP("Problems", "A number has too many digits"),
    QT_TRANSLATE_NOOP("Problems", "The text holds half of a character (a lone surrogate)"),
    QT_TRANSLATE_NOOP("Problems", "%1 is not JSON"),
)
# What is told in the place of Python's own words.
_JSON_PARSER = (
    QT_TRANSLATE_NOOP("Problems", "A value is wanted here"),
    QT_TRANSLATE_NOOP("Problems", "A name in double quotes is wanted here"),
    QT_TRANSLATE_NOOP("Problems", "A colon is wanted here"),
    QT_TRANSLATE_NOOP("Problems", "A comma is wanted here"),
    QT_TRANSLATE_NOOP("Problems", "Something follows the end of the JSON"),
    QT_TRANSLATE_NOOP("Problems", "The string that begins here does not end"),
    QT_TRANSLATE_NOOP("Problems", "A line end or the like stands in a string: write it as \\n"),
    QT_TRANSLATE_NOOP("Problems", "A backslash in a string is written twice"),
    QT_TRANSLATE_NOOP("Problems", "Four hexadecimal digits are wanted behind \\u"),
    QT_TRANSLATE_NOOP("Problems", "Nothing follows this comma: leave it out"),
)
# PySide6's stub calls them objects.
_REFUSED = (*_REFUSED_POSTS, *_REFUSED_REQUESTS)
_ALL = (
    *_STORE,
    *_REPLY,
    *_PRESETS,
    *_RULES,
    *_PRESET_FILE,
    *_LISTENER,
    *_PUBLIC_URL,
    *_TLS,
    *_REFUSED,
    *_KEYRING,
    *_JSON,
    *DOCTOR,
    *PORTALS,
)
SENTENCES = [str(one) for one in _ALL]
PARSER_SENTENCES = [str(one) for one in _JSON_PARSER]
_PLACE = re.compile("%([1-9])")
_CATALOGUE = {f"{entry.title} {entry.cause} {entry.action}": entry for entry in BY_KEY.values()}


def problem_text(error: Exception) -> str:
    """What an error tells, in the user's language."""
    return told(str(error))


def told(text: str) -> str:
    """A text of the services in the user's language; one that is not known stays as it is.

    It may quote the catalogue of outcomes, with more behind it.
    """
    for quoted, entry in _CATALOGUE.items():
        if text.startswith(quoted):
            sentences = map(texts.explained, (entry.title, entry.cause, entry.action))
            rest = told(text.removeprefix(quoted).strip())
            return " ".join(filter(None, (*sentences, rest)))
    for sentence, pattern in _patterns():
        found = pattern.fullmatch(text)
        if found is not None:
            return _filled(QCoreApplication.translate("Problems", sentence), found.groups())
    return text


def _filled(sentence: str, values: tuple[str, ...]) -> str:
    """The sentence with its values, which may be known texts themselves."""
    return _PLACE.sub(lambda place: told(values[int(place[1]) - 1]), sentence)


def _pattern(sentence: str) -> re.Pattern[str]:
    """What matches a sentence with any values in the place of %1, %2 and %3."""
    return re.compile(
        "(.+?)".join(re.escape(part) for part in _PLACE.split(sentence)[::2]), re.DOTALL
    )


# Made when something has gone wrong, which is after the window was painted.
@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [(sentence, _pattern(sentence)) for sentence in (*SENTENCES, *PARSER_SENTENCES)]

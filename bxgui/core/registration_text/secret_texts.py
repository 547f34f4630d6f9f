"""What looks like a secret in a text that somebody wrote, and in the address of a handler."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bxgui.core.handler_address import PATH_PREFIX
from bxgui.core.redact import MASK

TELLING = ("auth", "hash", "key", "passw", "secret", "sign", "token")
_NAMES = (
    r"(?:auth|auth_id|app_sid|refresh_id|client_secret|password|passwd|secret|api_?key"
    r"|(?:\w+_)?token)"
)
_WHERE_IT_IS = re.compile(r"(://)[^/?#@\s]+(?=@)|(/rest/[0-9]+/)[^/?#\s\"'<>]+", re.IGNORECASE)
_IN_PROSE = re.compile(
    rf"(\b{_NAMES}(?:=|%3D|[\"']\s*(?:=>|[:=])\s*[\"']))[^\s&\"'<>]+"
    r"|(\bBearer\s+)[\w.~+/=-]{8,}"
    rf"|({re.escape(PATH_PREFIX)})(?=[^\s\"'<>]{{0,99}}[0-9])[^\s\"'<>]{{16,}}"
    # An event token of a workflow: an id, then parts that bars separate.
    r"|()\b[0-9a-f]{8,}\.[0-9]{4,}\|[^\s\"'<>]+"
    r"|()(?<![0-9a-zA-Z])[0-9a-fA-F]{32,}(?![0-9a-zA-Z])",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"((?:[^/?#]*:)?//[^/?#]*|[^/?#]*)([^?#]*)(\?[^#]*)?")
_LONG = re.compile(r"[\w.~|%=+-]{16,}\Z")
# A year and a version may be in a name.
_MOST_DIGITS = 5
_UNBROKEN = re.compile(r"[0-9a-zA-Z]{32,}\Z")


def without_addresses_secrets(text: str) -> str:
    """The text without passwords and codes of webhooks in the addresses in it."""
    return _WHERE_IT_IS.sub(_mask, text)


def without_secrets_in_text(text: str) -> str:
    """The text without all that looks like a secret; its words stay as they are."""
    return _IN_PROSE.sub(_mask, without_addresses_secrets(text))


def masked_address(address: str) -> str:
    """A handler's address that tells nobody how to call it, or how to sign in somewhere.

    Nothing is left behind the first part of its path that looks like a secret.
    """
    found = _ADDRESS.match(without_addresses_secrets(address))
    host, path, query = found.groups(default="") if found else ("", "", "")
    parameters = "&".join(_masked_parameter(one) for one in query.split("&"))
    return f"{host}{'/'.join(_shown_parts(path))}{parameters}"


def _shown_parts(path: str) -> Iterator[str]:
    is_behind_prefix = False
    for part in path.split("/"):
        if part and (is_behind_prefix or _looks_secret(part)):
            yield MASK
            return
        is_behind_prefix = is_behind_prefix or part == PATH_PREFIX.strip("/")
        yield part


def _looks_secret(text: str) -> bool:
    """Whether a part of an address is rather made by a machine than named by a person."""
    if not _LONG.match(text):
        return False
    if _UNBROKEN.match(text):
        return True
    has_both_cases = text != text.lower() and text != text.upper()
    return sum(map(str.isdigit, text)) > (0 if has_both_cases else _MOST_DIGITS)


def _masked_parameter(parameter: str) -> str:
    name, equals, value = parameter.partition("=")
    is_telling = value and any(word in name.lower() for word in TELLING)
    shown = value or name.removeprefix("?")
    if is_telling or (value and _looks_secret(value)):
        return f"{name}{equals}{MASK}"
    return parameter.replace(shown, MASK) if _looks_secret(shown) else parameter


def _mask(found: re.Match[str]) -> str:
    return f"{next(one for one in found.groups() if one is not None)}{MASK}"

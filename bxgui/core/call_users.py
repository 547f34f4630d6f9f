"""The users that a handler call names, to be offered where a reply wants one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_KEY = re.compile(r"user_[0-9]+\Z")
_DIGITS = re.compile(r"[0-9]{1,18}\Z")


@dataclass(frozen=True, slots=True)
class CallUser:
    """A user as return values carry it, `user_1`, and the property that names it.

    It is empty for the user whose access the call carries.
    """

    key: str
    named_by: str = ""


def users_of(fields: object) -> tuple[CallUser, ...]:
    """The users in a call's readable fields, each once: of its access first, then properties."""
    if not isinstance(fields, dict):
        return ()
    found: dict[str, CallUser] = {}
    for user in (*_of_access(fields.get("auth")), *_of_properties(fields.get("properties"))):
        found.setdefault(user.key, user)
    return tuple(found.values())


def _of_access(auth: object) -> Iterator[CallUser]:
    user_id = auth.get("user_id") if isinstance(auth, dict) else None
    if isinstance(user_id, str) and _DIGITS.match(user_id):
        yield CallUser(f"user_{user_id}")


def _of_properties(properties: object) -> Iterator[CallUser]:
    if not isinstance(properties, dict):
        return
    for name, value in properties.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and _KEY.match(one):
                yield CallUser(one, str(name))

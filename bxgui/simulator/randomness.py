"""Random texts in the shapes that Bitrix24 gives its identifiers."""

from __future__ import annotations

import string
from random import Random

_LETTERS_AND_DIGITS = string.ascii_letters + string.digits


def hexadecimal(source: Random, length: int) -> str:
    """`length` lower-case hexadecimal digits."""
    return f"{source.getrandbits(4 * length):0{length}x}"


def event_id(source: Random) -> str:
    """The 32 letters and digits of an event token."""
    return "".join(source.choices(_LETTERS_AND_DIGITS, k=32))


def workflow_id(source: Random, now: float) -> str:
    """PHP's `uniqid('', true)`; the first 8 digits are the unix time."""
    tail = f"{source.randrange(10)}.{source.randrange(10**8):08d}"
    return f"{int(now):08x}{source.randrange(10**6):05x}{tail}"


def activity_name(source: Random) -> str:
    """The name of a step in a template."""
    return "A" + "_".join(str(source.randrange(10_000, 100_000)) for _ in range(4))


def oauth_token(source: Random, moment: int, user_id: int) -> str:
    """70 hexadecimal digits: a little-endian moment first, the user in digits 25 to 32."""
    time = moment.to_bytes(4, "little").hex()
    middle = f"00{hexadecimal(source, 6)}00{hexadecimal(source, 6)}"
    return f"{time}{middle}{user_id:08x}000000{hexadecimal(source, 32)}"

"""The words in which server and application speak to each other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

# Where the state of a request tells why its body ended before its time, as a `BodyRefused`.
REFUSAL = "refusal"
# And where the application tells that the sender knows the secret path.
KNOWN = "known"
LENGTH = b"content-length"
TRANSFER_ENCODING = b"transfer-encoding"
CONTENT_ENCODING = b"content-encoding"

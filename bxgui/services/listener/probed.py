"""The listener's side of a probe: it recognises those who know its secret path."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bxgui.services.listener.asgi import App, Message, Receive, Scope, Send
from bxgui.services.probe import HEADER, answer_to

_HEADER = HEADER.encode("ascii")


class ProbedApp:
    """Passes all requests on; only the answer to a probe that proves its knowledge is signed."""

    def __init__(self, app: App, secrets: Callable[[], Sequence[str]], instance: str) -> None:
        self._app = app
        self._secrets = secrets
        self._instance = instance

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and scope["method"] == "GET":
            send = self._signing(scope, send)
        await self._app(scope, receive, send)

    def _signing(self, scope: Scope, send: Send) -> Send:
        asked = next((value for name, value in scope["headers"] if name == _HEADER), None)
        if asked is None:
            return send
        answer = answer_to(asked.decode("latin-1"), self._secrets(), self._instance)
        if not answer:
            return send

        async def send_signed(message: Message) -> None:
            if message["type"] == "http.response.start":
                signature = (_HEADER, answer.encode("ascii"))
                message = {**message, "headers": [*message["headers"], signature]}
            await send(message)

        return send_signed

"""What becomes of posts, counted and told."""

from __future__ import annotations

import time

from bxgui.core.records import Rejection, Stored
from bxgui.services.listener.allowance import Allowance
from bxgui.services.listener.announcements import Announcements
from bxgui.services.listener.capture import Intake
from bxgui.services.listener.status import Status

_REJECTIONS_TOLD_A_MINUTE = 200


class Reception:
    """Stands between those who take posts and those who count and tell of them."""

    def __init__(self, intake: Intake, status: Status, tell: Announcements) -> None:
        self._intake = intake
        self._status = status
        self._tell = tell
        self._told = Allowance(_REJECTIONS_TOLD_A_MINUTE, time.monotonic)

    def on_stored(self, stored: Stored) -> None:
        """A call is in the store."""
        self._status.count_call()
        self._tell.stored(stored)

    def on_rejected(self, code: int, reason: str) -> None:
        """A post was not taken."""
        self._status.count_rejected()
        # The status counts them all; a line for each would let a flood of them speak.
        if self._told.take():
            self._tell.rejected(code, reason)

    def reject(self, rejection: Rejection) -> None:
        """Keep what is to be seen of a post that never reached the handler."""
        self._intake.reject(rejection)
        self.on_rejected(rejection.status, rejection.reason)

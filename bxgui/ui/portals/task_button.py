"""The button of a task."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QPushButton

from bxgui.ui.portals.task import PortalTask, task_name, task_text
from bxgui.ui.widgets import push_button


def task_button(task: PortalTask, ask: Callable[[PortalTask], None]) -> QPushButton:
    """A button that asks for a task, and tells it in full to who hovers or listens."""
    button = push_button(task_text(task), partial(ask, task), task_name(task))
    button.setAccessibleName(task_name(task))
    return button

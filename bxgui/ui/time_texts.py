"""Moments and spans of time in the words of the window."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale

translate = QCoreApplication.translate


def age_text(moment: datetime, now: datetime) -> str:
    """How long ago something was: `12 s ago`."""
    return translate("Texts", "%1 ago").replace("%1", span_text(now - moment))


def span_text(span: timedelta) -> str:
    """A span in its greatest unit: `12 s`, `2 min`, `3 h`, `5 d`."""
    seconds = max(int(span.total_seconds()), 0)
    for size, unit in (
        (86_400, translate("Texts", "%1 d")),
        (3_600, translate("Texts", "%1 h")),
        (60, translate("Texts", "%1 min")),
    ):
        if seconds >= size:
            return unit.replace("%1", str(seconds // size))
    return translate("Texts", "%1 s").replace("%1", str(seconds))


def countdown_text(deadline: datetime | None, now: datetime) -> str:
    """The time left: `9:48`, `3 h`, `late`, or `none`."""
    if deadline is None:
        return translate("Texts", "none")
    left = deadline - now
    seconds = int(left.total_seconds())
    if seconds <= 0:
        return translate("Texts", "late")
    if seconds < 3_600:
        return f"{seconds // 60}:{seconds % 60:02}"
    return span_text(left)


def moment_text(moment: datetime) -> str:
    """A moment in the user's zone and format, with seconds."""
    local = moment.astimezone()
    date = QDate(local.year, local.month, local.day)
    return f"{QLocale().toString(date, QLocale.FormatType.ShortFormat)} {local:%H:%M:%S}"

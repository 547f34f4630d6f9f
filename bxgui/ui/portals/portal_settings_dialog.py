"""How a portal is called and reached: name, rate, own CA file, plain http."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from bxgui.core.portal_settings import (
    LEAST_PER_SECOND,
    MOST_AT_ONCE,
    MOST_PER_SECOND,
    PortalSettings,
)
from bxgui.core.rate import USUAL_RATE, Rate
from bxgui.core.reach import Reach
from bxgui.core.records import Portal
from bxgui.ui import questions
from bxgui.ui.desk import Desk
from bxgui.ui.portals.http_consent import HttpConsent
from bxgui.ui.portals.portal_form import PortalForm
from bxgui.ui.portals.portal_texts import portal_title
from bxgui.ui.widgets import push_button

if TYPE_CHECKING:
    from bxgui.services.workspace import Workspace


class PortalSettingsDialog(PortalForm):
    """`kept` carries the portal; only what was changed here is changed."""

    def __init__(self, desk: Desk, portal: Portal, parent: QWidget) -> None:
        title = self.tr("Settings of %1").replace("%1", portal_title(portal))
        super().__init__(desk, title, self.tr("Save"), parent)
        self._portal = portal
        rate, reach = portal.rate, portal.reach
        self.name = QLineEdit(portal.settings.name)
        self.name.setPlaceholderText(portal.host)
        self.per_second = QDoubleSpinBox(
            decimals=1, minimum=LEAST_PER_SECOND, maximum=MOST_PER_SECOND
        )
        self.per_second.setValue(rate.per_second)
        self.burst = QSpinBox(minimum=1, maximum=MOST_AT_ONCE, value=rate.burst)
        self.ca_file = QLineEdit(reach.ca_file)
        self.ca_file.setPlaceholderText(self.tr("none but the system's"))
        self.http = HttpConsent()
        self.http.show_host(portal.host, allowed=reach.plain_http_host == portal.host)
        self._lay_out()

    def keep(self) -> None:
        """Save; plain http is asked about once more."""
        host = self.http.host
        if host and host != self._portal.reach.plain_http_host:
            questions.ask_plain_http(self, host, self._save)
        else:
            self._save()

    def reject(self) -> None:
        """Close; what was changed is lost only after a yes."""
        if self.is_keeping or self._shown() == self._portal.settings:
            super().reject()
            return
        title = portal_title(self._portal)
        questions.ask_discard_settings(self, title, partial(super().reject))

    def _lay_out(self) -> None:
        self.add_fields(
            (self.tr("&Name"), self.name),
            (self.tr("&Requests a second"), self.per_second),
            (self.tr("Requests at &once"), self.burst),
        )
        text = self.tr(
            "Bitrix24 takes %1 requests a second and %2 at once, in the Enterprise plan 5 and 250. "
            "What other programs on this computer send counts too."
        )
        text = text.replace("%1", f"{USUAL_RATE.per_second:g}")
        self.add_text(text.replace("%2", str(USUAL_RATE.burst)), quiet=True)
        line = QWidget()
        inner = QHBoxLayout(line)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.ca_file, 1)
        inner.addWidget(push_button(self.tr("C&hoose…"), self._choose_ca_file))
        remove = push_button(self.tr("Remo&ve"), self.ca_file.clear)
        inner.addWidget(remove)
        self.add_fields((self.tr("&CA file"), line))
        line.setFocusProxy(self.ca_file)
        self.ca_file.setAccessibleName(self.tr("CA file"))
        self.add_text(
            self.tr(
                "A PEM file of the authority that has signed the certificate of a portal of your "
                "own. It is believed besides the system's, for this portal alone."
            ),
            quiet=True,
        )
        self.body.addWidget(self.http)
        QWidget.setTabOrder(remove, self.http.tick)

    def _choose_ca_file(self) -> None:
        title, kinds = (
            self.tr("CA file"),
            self.tr("Certificates (*.pem *.crt *.cer);;All files (*)"),
        )
        path, _kind = QFileDialog.getOpenFileName(self, title, self.ca_file.text(), kinds)
        if path:
            self.ca_file.setText(path)

    def _shown(self) -> PortalSettings:
        """The settings as they stand here."""
        before = self._portal.settings
        rate = Rate(self.per_second.value(), self.burst.value())
        ca_file = self.ca_file.text().strip()
        return replace(
            before,
            name=self.name.text().strip(),
            rate=before.rate if _is_same(rate, before.rate) else rate,
            reach=Reach(str(Path(ca_file).absolute()) if ca_file else "", self.http.host),
        )

    def _save(self) -> None:
        key, before, shown = self._portal.key, self._portal.settings, self._shown()

        def change(workspace: Workspace) -> Portal:
            book = workspace.portal_book
            return book.change(key, _merged(book.find(key).settings, before, shown))

        self.ask_to_keep(change)


def _merged(now: PortalSettings, before: PortalSettings, shown: PortalSettings) -> PortalSettings:
    """What is kept now, with what was changed here."""
    return replace(
        now,
        name=now.name if shown.name == before.name else shown.name,
        rate=now.rate if shown.rate == before.rate else shown.rate,
        reach=now.reach if shown.reach == before.reach else shown.reach,
    )


def _is_same(shown: Rate, before: Rate) -> bool:
    """Whether a rate is as it is shown, with one digit behind the point."""
    return shown == replace(before, per_second=round(before.per_second, 1))

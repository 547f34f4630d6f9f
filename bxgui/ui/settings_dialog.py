"""The listener's settings: where it listens, what it is called outside, and who may speak."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from bxgui.core.client_address import NotANetwork, networks_of
from bxgui.core.public_address import NotAWebAddress, public_base
from bxgui.ui import theme
from bxgui.ui.widgets import exact_text, plain_label, push_button, tint

if TYPE_CHECKING:
    from bxgui.services.settings import Settings

_GREATEST_PORT = 65_535
_WIDTH = 660
_LINES_OF_NETWORKS = 2


class _Unfit(Exception):
    """What a person has entered in a field cannot be used; the text says why."""

    def __init__(self, field: QWidget, text: str) -> None:
        super().__init__(text)
        self.field = field


class SettingsDialog(QDialog):
    """`save_asked` carries settings that are fit to be saved; whoever saves them concludes."""

    save_asked = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Listener settings"))
        self._settings = settings
        # A form layout takes the explanations for narrower, and so for higher, than they are.
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._grid.setVerticalSpacing(4)
        self._grid.setHorizontalSpacing(14)
        self._make_place(settings)
        self._make_tls(settings)
        self._make_networks(settings)
        self._problem = plain_label(wrap=True)
        tint(self._problem, theme.BAD)
        self._problem.hide()
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        self._buttons.accepted.connect(self._on_save)
        self._buttons.rejected.connect(self.reject)
        note = plain_label(
            self.tr("Saving starts the listener again; what is in flight is finished first."),
            wrap=True,
        )
        tint(note, theme.QUIET)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(12)
        layout.addLayout(self._grid)
        layout.addStretch()
        layout.addWidget(self._problem)
        layout.addWidget(note)
        layout.addWidget(self._buttons)
        self.setMinimumWidth(_WIDTH)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay as high as the texts are at this width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.invalidate()
            self.setMinimumHeight(layout.totalHeightForWidth(max(self.width(), _WIDTH)))

    def conclude(self, problem: str) -> None:
        """Close, for the settings are saved; or say why they are not."""
        self._enable(True)
        if problem:
            self._show_problem(problem)
        else:
            self.accept()

    def _show_problem(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.show()
        self._fit()

    def _make_place(self, settings: Settings) -> None:
        self.host = QLineEdit(settings.host)
        self._add(
            self.tr("Host"),
            self.host,
            self.tr(
                "127.0.0.1 is reached from this computer only, as by a tunnel or proxy on it; "
                "0.0.0.0 from the whole network."
            ),
        )
        self.port = QSpinBox()
        self.port.setRange(0, _GREATEST_PORT)
        self.port.setSpecialValueText(self.tr("any free one"))
        self.port.setGroupSeparatorShown(False)
        self.port.setValue(settings.port)
        self.port.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._add(
            self.tr("Port"),
            self.port,
            self.tr("One that no other program uses. A tunnel or proxy hands calls on to it."),
        )
        self.public_url = QLineEdit(settings.public_url)
        self.public_url.setPlaceholderText("https://hook.example.com")
        self._add(
            self.tr("Public address"),
            self.public_url,
            self.tr(
                "How portals reach the listener: what your tunnel or proxy is called outside. "
                "Empty when nothing stands between."
            ),
        )

    def _make_tls(self, settings: Settings) -> None:
        self.certificate = QLineEdit(settings.tls_certificate)
        self.key = QLineEdit(settings.tls_key)
        self._add(self.tr("TLS certificate"), self.certificate, "", browse=True)
        self._add(
            self.tr("TLS key"),
            self.key,
            self.tr(
                "PEM files, the certificate with its chain. Leave both empty when a tunnel or "
                "proxy speaks TLS. Renewed files are taken over without a restart."
            ),
            browse=True,
        )

    def _make_networks(self, settings: Settings) -> None:
        self.allowed = self._networks(
            self.tr("Allowed networks"),
            settings.allowed_networks,
            self.tr(
                "One to a line, such as 203.0.113.0/24. Posts from elsewhere are rejected. Empty: "
                "whoever knows the secret address may post."
            ),
        )
        self.proxies = self._networks(
            self.tr("Trusted proxies"),
            settings.trusted_proxies,
            self.tr(
                "One to a line. Only where a connection comes from one of these, its "
                "X-Forwarded-For header tells who really posts."
            ),
        )

    def _networks(self, name: str, networks: tuple[str, ...], explanation: str) -> QPlainTextEdit:
        edit = QPlainTextEdit("\n".join(networks))
        edit.setTabChangesFocus(True)
        edit.setFixedHeight(edit.fontMetrics().lineSpacing() * _LINES_OF_NETWORKS + 14)
        self._add(name, edit, explanation)
        return edit

    def _add(self, name: str, field: QWidget, explanation: str, *, browse: bool = False) -> None:
        field.setAccessibleName(name)
        field.setAccessibleDescription(explanation)
        label = QLabel(name)
        label.setBuddy(field)
        label.setContentsMargins(0, 4, 0, 0)
        row: QWidget = field
        if browse and isinstance(field, QLineEdit):
            row = self._with_file_button(name, field)
        line = self._grid.rowCount()
        self._grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(row, line, 1)
        if explanation:
            shown = plain_label(explanation, wrap=True)
            tint(shown, theme.QUIET)
            shown.setContentsMargins(0, 0, 0, 10)
            self._grid.addWidget(shown, line + 1, 1)

    def _with_file_button(self, name: str, field: QLineEdit) -> QWidget:
        button = push_button(self.tr("Browse…"), lambda: self._browse(name, field))
        button.setAccessibleName(self.tr("Browse for: %1").replace("%1", name))
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(field, 1)
        layout.addWidget(button)
        return row

    def _browse(self, name: str, field: QLineEdit) -> None:
        path, _filter = QFileDialog.getOpenFileName(self, name, field.text())
        if path:
            field.setText(path)

    def _on_save(self) -> None:
        self._problem.hide()
        try:
            settings = self._entered()
        except _Unfit as unfit:
            self._show_problem(str(unfit))
            unfit.field.setFocus()
            return
        self._enable(False)
        self.save_asked.emit(settings)

    def _enable(self, enabled: bool) -> None:
        self._buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(enabled)

    def _entered(self) -> Settings:
        """What was entered; raises `_Unfit`."""
        certificate, key = self.certificate.text().strip(), self.key.text().strip()
        host = self.host.text().strip()
        if not host:
            raise _Unfit(self.host, self.tr("Enter a host, for example 127.0.0.1."))
        if bool(certificate) != bool(key):
            raise _Unfit(
                self.key if certificate else self.certificate,
                self.tr("Certificate and key go together: name both files, or none."),
            )
        return replace(
            self._settings,
            host=host,
            port=self.port.value(),
            public_url=self._entered_address(),
            tls_certificate=certificate,
            tls_key=key,
            allowed_networks=self._entered_networks(self.allowed),
            trusted_proxies=self._entered_networks(self.proxies),
        )

    def _entered_address(self) -> str:
        text = self.public_url.text().strip()
        try:
            return public_base(text) if text else ""
        except NotAWebAddress as problem:
            message = self.tr("“%1” is not a web address such as https://hook.example.com.")
            raise _Unfit(self.public_url, message.replace("%1", text)) from problem

    def _entered_networks(self, edit: QPlainTextEdit) -> tuple[str, ...]:
        lines = tuple(filter(None, map(str.strip, exact_text(edit).splitlines())))
        try:
            networks_of(lines)
        except NotANetwork as problem:
            message = self.tr("“%1” is neither a network such as 203.0.113.0/24 nor an address.")
            raise _Unfit(edit, message.replace("%1", str(problem))) from problem
        return lines

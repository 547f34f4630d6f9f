"""The window's language: the system's, as far as the program speaks it, else English."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

import bxgui.ui.resources_rc  # noqa: F401 - holds our translations

_OWN_LANGUAGE = "en"
_FOLDER = ":/translations"


def install(application: QCoreApplication, language: str = "") -> list[QTranslator]:
    """Install the translators for the system's language, or for the locale named.

    The application owns them. Standard buttons follow the window, so that none of its dialogs
    mixes languages.
    """
    locale = QLocale(language) if language else QLocale.system()
    for name in _languages(locale):
        if name == _OWN_LANGUAGE:
            break
        ours = QTranslator(application)
        if ours.load(f"bxgui_{name}", _FOLDER):
            return _installed(application, ours, *_qt_translator(application, name))
    return []


def current() -> str:
    """The language that the window speaks, such as `ru`: each translation tells its own."""
    return QCoreApplication.translate("Language", "en")


def _languages(locale: QLocale) -> list[str]:
    """The languages that a person reads, the best liked first, without their countries."""
    return list(dict.fromkeys(name.partition("-")[0] for name in locale.uiLanguages()))


def _qt_translator(application: QCoreApplication, name: str) -> list[QTranslator]:
    qts = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return [qts] if qts.load(f"qtbase_{name}", folder) else []


def _installed(application: QCoreApplication, *translators: QTranslator) -> list[QTranslator]:
    for translator in translators:
        application.installTranslator(translator)
    return list(translators)

"""Brings the Russian texts of the window up to date: `resources/translations/bxgui_ru.ts`.

`python dev.py translate` takes over the sources' texts and rebuilds the resources; new texts stay
unfinished until somebody translates them. `--check` only tells what is missing.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from bxgui.core import finding_texts, registration_sentences, workflow_life
from bxgui.core.explanations import CATALOGUE
from release import resources

_ROOT = Path(__file__).resolve().parent.parent
_WINDOW = _ROOT / "bxgui" / "ui"
_GENERATED = resources.TARGET.name
_LANGUAGE = "ru"


class Message(NamedTuple):
    """One text of the window and what it is in the other language."""

    context: str
    source: str
    translation: str = ""
    finished: bool = False


def update(target: Path) -> None:
    """Take the texts of the sources into a file of translations, and drop those that are gone."""
    with tempfile.TemporaryDirectory(prefix="bxgui-texts-") as folder:
        catalogue = Path(folder) / "catalogue.py"
        catalogue.write_text(_catalogue_module(), "utf-8")
        options = ["-locations", "none", "-no-obsolete", "-target-language", _LANGUAGE]
        sources = [str(path) for path in (*_window_modules(), catalogue)]
        resources.run_tool("lupdate", *options, *sources, "-ts", str(target))


def read(path: Path) -> list[Message]:
    """All messages of a file of translations."""
    return [
        Message(
            context.findtext("name", ""),
            message.findtext("source", ""),
            message.findtext("translation", ""),
            message.find("translation[@type]") is None,
        )
        for context in ET.parse(path).iter("context")  # noqa: S314
        for message in context.iter("message")
    ]


def wanted() -> set[tuple[str, str]]:
    """Context and text of everything that the sources show."""
    with tempfile.TemporaryDirectory(prefix="bxgui-texts-") as folder:
        fresh = Path(folder) / "fresh.ts"
        update(fresh)
        return {(message.context, message.source) for message in read(fresh)}


def complaints() -> list[str]:
    """What keeps the translations from being complete, a line each."""
    messages = read(resources.TRANSLATIONS)
    unfinished = [m for m in messages if not m.finished or not m.translation]
    kept, shown = {(m.context, m.source) for m in messages}, wanted()
    return [
        *(f"unfinished: {m.context}: {m.source}" for m in unfinished),
        *(f"missing: {context}: {text}" for context, text in sorted(shown - kept)),
        *(f"no longer used: {context}: {text}" for context, text in sorted(kept - shown)),
    ]


def _window_modules() -> list[Path]:
    return sorted(path for path in _WINDOW.rglob("*.py") if path.name != _GENERATED)


def _catalogue_module() -> str:
    """The texts of the core, which knows no Qt, as lupdate can read them."""
    explained = [text for entry in CATALOGUE for text in (entry.title, entry.cause, entry.action)]
    texts = {
        "Explanation": explained,
        "Findings": finding_texts.EVERY_TEXT,
        "Registrations": registration_sentences.EVERY_TEXT,
        "Workflow": workflow_life.MEANINGS.values(),
    }
    lines = [
        f'translate("{context}", {json.dumps(text, ensure_ascii=False)})'
        for context, listed in texts.items()
        for text in listed
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Update, or with `--check` only look; 1 when a translation is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing")
    options = parser.parse_args()
    if not options.check:
        update(resources.TRANSLATIONS)
        resources.compile_resources(resources.TARGET)
    found = complaints()
    sys.stderr.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as error:
        sys.exit(error.stderr)

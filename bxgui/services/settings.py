"""Settings of the user, in a TOML file that a person may edit."""

from __future__ import annotations

import os
import tempfile
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import tomlkit
import tomlkit.exceptions

FILE_NAME = "settings.toml"
DEFAULT_PORT = 8724


class SettingsProblem(Exception):
    """A settings file that cannot be used; the text says where and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user can set; `public_url` is the address a tunnel or proxy gives the listener."""

    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    public_url: str = ""


def load(folder: Path) -> Settings:
    """The settings of a folder, defaults where it has none; raises `SettingsProblem`."""
    path = folder / FILE_NAME
    section = _document(path)["listener"].unwrap()
    known = {field.name: type(field.default) for field in fields(Settings)}
    values = {name: section[name] for name in known if name in section}
    for name, value in values.items():
        if type(value) is not known[name]:
            message = f"{name} in {path} is not a {known[name].__name__}. Mend or remove it."
            raise SettingsProblem(message)
    return replace(Settings(), **values)


def save(folder: Path, settings: Settings) -> None:
    """Write the settings, keeping comments and whatever else the file holds."""
    path = folder / FILE_NAME
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    document = _document(path)
    for name, value in asdict(settings).items():
        document["listener"][name] = value
    _replace(path, tomlkit.dumps(document))


def _document(path: Path) -> Any:
    """The file's content, with a table for the listener; raises `SettingsProblem`."""
    try:
        document = tomlkit.parse(path.read_text("utf-8"))
    except FileNotFoundError:
        document = tomlkit.document()
    except (OSError, UnicodeDecodeError, tomlkit.exceptions.TOMLKitError) as error:
        message = f"The settings in {path} cannot be read: {error}. Mend or remove the file."
        raise SettingsProblem(message) from error
    if not isinstance(document.setdefault("listener", tomlkit.table()), dict):
        message = f"listener in {path} is not a table. Mend or remove it."
        raise SettingsProblem(message)
    return document


def _replace(path: Path, text: str) -> None:
    """Write beside the file and rename, so that a crash leaves the old or the new file."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise

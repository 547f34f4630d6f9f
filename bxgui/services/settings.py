"""Settings of the user, in a TOML file that a person may edit."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import tomlkit
import tomlkit.exceptions

from bxgui.core.retrying import Patience
from bxgui.services.files import content_of, write_whole

FILE_NAME = "settings.toml"
DEFAULT_PORT = 8724
_GREATEST_PORT = 65_535
_LISTENER, _SENDING = "listener", "sending"
_FORM, _JSON = "form", "json"


class SettingsProblem(Exception):
    """A settings file that cannot be used; the text says where and what to do."""

    code = "settings"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user can set; `public_url` is the address a tunnel or proxy gives the listener.

    No allowed networks mean everybody. Certificate and key are both named, or neither.
    """

    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    public_url: str = ""
    allowed_networks: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    tls_certificate: str = ""
    tls_key: str = ""


def load(folder: Path) -> Settings:
    """The settings of a folder, defaults where it has none; raises `SettingsProblem`."""
    path = folder / FILE_NAME
    loaded = replace(Settings(), **_values(path, _LISTENER, Settings()))
    if not 0 <= loaded.port <= _GREATEST_PORT:
        message = (
            f"port in {path} is {loaded.port}, and a port is a number from 0 to {_GREATEST_PORT}. "
            "Mend or remove it."
        )
        raise SettingsProblem(message)
    return loaded


def load_patience(folder: Path) -> Patience:
    """How often replies are repeated, as a folder's settings say; raises `SettingsProblem`."""
    path = folder / FILE_NAME
    values = _values(path, _SENDING, Patience())
    for name, value in values.items():
        if not 0 < value < float("inf"):
            raise _wrong(name, path, "number greater than 0")
    return replace(Patience(), **values)


def save(folder: Path, settings: Settings) -> None:
    """Write the settings, keeping comments and whatever else the file holds."""
    _save(folder, _LISTENER, asdict(settings))


def save_patience(folder: Path, patience: Patience) -> None:
    """As `save`, how often replies are repeated."""
    _save(folder, _SENDING, asdict(patience))


def _save(folder: Path, table: str, values: dict[str, Any]) -> None:
    path = folder / FILE_NAME
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    document = _document(path)
    section = _table(document, table, path)
    for name, value in values.items():
        # What has not changed is left as it stands, with the comments between its lines.
        if name not in section or _value(section[name]) != value:
            section[name] = list(value) if isinstance(value, tuple) else value
    write_whole(path, tomlkit.dumps(document), private=True)


def prefers_json(folder: Path) -> bool:
    """Whether replies are edited as JSON rather than in the form; raises `SettingsProblem`."""
    path = folder / FILE_NAME
    return bool(_table(_document(path), "window", path).get("reply_view") == _JSON)


def prefer_json(folder: Path, preferred: bool) -> None:
    """Keep in which view replies are edited."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / FILE_NAME
    document = _document(path)
    _table(document, "window", path)["reply_view"] = _JSON if preferred else _FORM
    write_whole(path, tomlkit.dumps(document), private=True)


def _value(found: Any) -> Any:
    """A value of the file as the settings hold it: a list of strings is a tuple."""
    is_texts = isinstance(found, list) and all(isinstance(one, str) for one in found)
    return tuple(map(str, found)) if is_texts else found


def _kind(kind: type) -> str:
    return "list of strings" if kind is tuple else kind.__name__


def _values(path: Path, table: str, defaults: Settings | Patience) -> dict[str, Any]:
    """What a table of the file says in the place of these defaults; raises `SettingsProblem`."""
    section = _table(_document(path), table, path).unwrap()
    values: dict[str, Any] = {}
    for field in fields(defaults):
        if field.name in section:
            value, kind = _value(section[field.name]), type(field.default)
            if kind is float and type(value) is int:
                value = float(value)
            if type(value) is not kind:
                raise _wrong(field.name, path, _kind(kind))
            values[field.name] = value
    return values


def _wrong(name: str, path: Path, wanted: str) -> SettingsProblem:
    return SettingsProblem(f"{name} in {path} is not a {wanted}. Mend or remove it.")


def _document(path: Path) -> Any:
    """The file's content; raises `SettingsProblem`."""
    try:
        return tomlkit.parse(content_of(path).decode("utf-8"))
    except FileNotFoundError:
        return tomlkit.document()
    except (OSError, ValueError, tomlkit.exceptions.TOMLKitError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        message = f"The settings in {path} cannot be read: {reason}. Mend or remove the file."
        raise SettingsProblem(message) from error


def _table(document: Any, name: str, path: Path) -> Any:
    """A table of the file, made where there is none; raises `SettingsProblem`."""
    table = document.setdefault(name, tomlkit.table())
    if not isinstance(table, dict):
        message = f"{name} in {path} is not a table. Mend or remove it."
        raise SettingsProblem(message)
    return table

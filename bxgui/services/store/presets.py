"""Presets in the store: the rules they belong to, and the one used last first."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, delete, insert, select, update

from bxgui.core.json_values import dump_object, parse_object
from bxgui.core.preset import Imported, PortalRule, Preset, PresetProblem
from bxgui.services.store.database import Database
from bxgui.services.store.portals import is_portal, see_rule
from bxgui.services.store.tables import calls, portals, presets, rules

_STEP = timedelta(microseconds=1)


class Presets:
    """The presets of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rule_of_call(self, call_id: int) -> PortalRule | None:
        """The rule of a call; None for a call that has none, or names no portal."""
        statement = _RULES.join(calls, calls.c.rule_id == rules.c.id).where(calls.c.id == call_id)
        with self._database.read() as connection:
            row = connection.execute(statement).one_or_none()
        return None if row is None else PortalRule(*row)

    def rules(self, code: str = "", portal: str = "") -> list[PortalRule]:
        """Rules by code, and by their portal's key, host or name; all where neither is given."""
        statement = _RULES.order_by(portals.c.host, portals.c.id, rules.c.code)
        if code:
            statement = statement.where(rules.c.code == code)
        if portal:
            statement = statement.where(is_portal(portal))
        with self._database.read() as connection:
            return [PortalRule(*row) for row in connection.execute(statement)]

    def see_rule(self, portal_id: int, code: str, now: datetime) -> PortalRule:
        """A portal's rule, made where no call of it has come yet."""
        with self._database.write() as connection:
            with closing(connection.connection.cursor()) as cursor:
                rule_id = see_rule(cursor, portal_id, code, now)
            return PortalRule(*connection.execute(_RULES.where(rules.c.id == rule_id)).one())

    def of_rule(self, rule_id: int) -> list[Preset]:
        """The presets of a rule, the one used last first."""
        with self._database.read() as connection:
            found = connection.execute(_in_order(rule_id)).all()
        return [_preset(row) for row in found]

    def save(self, rule_id: int, preset: Preset, now: datetime) -> bool:
        """Add a preset, or replace the one of its name; whether there was one."""
        with self._database.write() as connection:
            was_there = _has(connection, rule_id, preset.name)
            if was_there:
                _change(connection, rule_id, preset.name, used_at=now, **_said(preset))
            else:
                _add(connection, rule_id, preset, now)
        return was_there

    def add_all(
        self, rule_id: int, added: Sequence[Preset], now: datetime, *, replace: bool
    ) -> Imported:
        """Add presets in their order; those whose name is taken only where `replace` says so."""
        names: dict[str, list[str]] = {"added": [], "replaced": [], "skipped": []}
        with self._database.write() as connection:
            for number, preset in enumerate(added):
                if not _has(connection, rule_id, preset.name):
                    _add(connection, rule_id, preset, now - number * _STEP)
                    names["added"].append(preset.name)
                elif replace:
                    _change(connection, rule_id, preset.name, **_said(preset))
                    names["replaced"].append(preset.name)
                else:
                    names["skipped"].append(preset.name)
        return Imported(**{kind: tuple(found) for kind, found in names.items()})

    def rename(self, rule_id: int, name: str, new_name: str) -> None:
        """Give a preset another name; raises `PresetProblem`."""
        with self._database.write() as connection:
            _check_free(connection, rule_id, name, new_name)
            _expect_one(_change(connection, rule_id, name, name=new_name), name)

    def edit(self, rule_id: int, name: str, preset: Preset) -> None:
        """Change what a preset says, and its name with it; raises `PresetProblem`."""
        with self._database.write() as connection:
            _check_free(connection, rule_id, name, preset.name)
            changed = _change(connection, rule_id, name, name=preset.name, **_said(preset))
            _expect_one(changed, name)

    def delete(self, rule_id: int, name: str) -> None:
        """Remove a preset; raises `PresetProblem` where there is none of this name."""
        with self._database.write() as connection:
            gone = connection.execute(delete(presets).where(_is(rule_id, name)))
            _expect_one(gone.rowcount, name)

    def mark_used(self, rule_id: int, name: str, now: datetime) -> None:
        """Put a preset first; one that is gone by now is no trouble."""
        with self._database.write() as connection:
            _change(connection, rule_id, name, used_at=now)


_RULES = select(rules.c.id, rules.c.code, portals.c.key.label("portal"), portals.c.host).join_from(
    rules, portals, portals.c.id == rules.c.portal_id
)


def _is(rule_id: int, name: str) -> ColumnElement[bool]:
    return (presets.c.rule_id == rule_id) & (presets.c.name == name)


def _in_order(rule_id: int) -> Select[Any]:
    order = (presets.c.used_at.desc(), presets.c.id.desc())
    return select(presets).where(presets.c.rule_id == rule_id).order_by(*order)


def _has(connection: Connection, rule_id: int, name: str) -> bool:
    return connection.scalar(select(presets.c.id).where(_is(rule_id, name))) is not None


def _check_free(connection: Connection, rule_id: int, name: str, new_name: str) -> None:
    if new_name != name and _has(connection, rule_id, new_name):
        raise PresetProblem("name_taken", f"Another preset has the name {new_name}.")


def _add(connection: Connection, rule_id: int, preset: Preset, now: datetime) -> None:
    row = {"rule_id": rule_id, "name": preset.name, "used_at": now, **_said(preset)}
    connection.execute(insert(presets).values(**row))


def _change(connection: Connection, rule_id: int, preset_name: str, **changes: object) -> int:
    """Change a preset; how many have the name."""
    statement = update(presets).where(_is(rule_id, preset_name)).values(**changes)
    return connection.execute(statement).rowcount


def _said(preset: Preset) -> dict[str, str]:
    return {"return_values": dump_object(preset.values), "log_message": preset.log_message}


def _expect_one(count: int, name: str) -> None:
    if count == 0:
        raise PresetProblem("no_preset", f"There is no preset {name} for this rule.")


def _preset(row: Row[Any]) -> Preset:
    return Preset(row.name, parse_object(row.return_values), row.log_message, row.used_at)

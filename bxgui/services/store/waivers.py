"""Findings that a person wants to be asked no more about, per rule."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Delete, delete, select
from sqlalchemy.dialects.sqlite import insert

from bxgui.core.findings import Waiver
from bxgui.services.store.database import Database
from bxgui.services.store.tables import calls, waived_findings


class Waivers:
    """The waived findings of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, call_id: int, waivers: Collection[Waiver]) -> None:
        """Remember waivers for the rule of a call; a call of no rule keeps none."""
        with self._database.write() as connection:
            rule_id = connection.scalar(select(calls.c.rule_id).where(calls.c.id == call_id))
            if rule_id is None or not waivers:
                return
            connection.execute(
                insert(waived_findings).on_conflict_do_nothing(),
                [{"rule_id": rule_id, "code": code, "name": name} for code, name in waivers],
            )

    def clear(self, call_id: int) -> None:
        """Forget the waivers for the rule of a call."""
        with self._database.write() as connection:
            connection.execute(_of_rule(call_id))

    def remove(self, call_id: int, waivers: Collection[Waiver]) -> None:
        """Forget these of the waivers for the rule of a call."""
        kept = waived_findings.c
        with self._database.write() as connection:
            for code, name in waivers:
                connection.execute(_of_rule(call_id).where(kept.code == code, kept.name == name))

    def of_call(self, call_id: int) -> frozenset[Waiver]:
        """The waivers for the rule of a call."""
        statement = (
            select(waived_findings.c.code, waived_findings.c.name)
            .join(calls, calls.c.rule_id == waived_findings.c.rule_id)
            .where(calls.c.id == call_id)
        )
        with self._database.read() as connection:
            return frozenset((row.code, row.name) for row in connection.execute(statement))


def _of_rule(call_id: int) -> Delete:
    rule = select(calls.c.rule_id).where(calls.c.id == call_id).scalar_subquery()
    return delete(waived_findings).where(waived_findings.c.rule_id == rule)

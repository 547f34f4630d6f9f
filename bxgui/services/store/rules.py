"""Rules in the store: their registrations, and what was returned to them."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select, update

from bxgui.core.json_values import Pairs, parse, parse_object
from bxgui.core.records import EVENT_SEND
from bxgui.core.registration import Registration, read_registration
from bxgui.core.rule import Rule
from bxgui.services.store.database import Database
from bxgui.services.store.portals import is_portal, see_rule
from bxgui.services.store.tables import calls, portals, replies, rules


class Rules:
    """The rules of a store. `Portals` keeps their registrations."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, code: str = "", portal: str = "") -> list[Rule]:
        """Rules by code, and by their portal's key, host or name; all where neither is given."""
        statement = _RULES.order_by(rules.c.code.collate("NOCASE"), portals.c.host, rules.c.id)
        if code:
            statement = statement.where(rules.c.code == code)
        if portal:
            statement = statement.where(is_portal(portal))
        with self._database.read() as connection:
            return [_rule(row) for row in connection.execute(statement)]

    def of_call(self, call_id: int) -> Rule | None:
        """The rule of a call; None for a call that has none, or names no portal."""
        rule_id = select(calls.c.rule_id).where(calls.c.id == call_id).scalar_subquery()
        with self._database.read() as connection:
            row = connection.execute(_RULES.where(rules.c.id == rule_id)).one_or_none()
        return None if row is None else _rule(row)

    def see(self, portal_id: int, code: str, now: datetime) -> Rule:
        """A portal's rule, made where no call of it has come yet."""
        with self._database.write() as connection:
            with closing(connection.connection.cursor()) as cursor:
                rule_id = see_rule(cursor, portal_id, code, now)
            return _rule(connection.execute(_RULES.where(rules.c.id == rule_id)).one())

    def forget(self, rule_id: int) -> None:
        """Remove a rule's registration; its calls stay."""
        with self._database.write() as connection:
            connection.execute(update(rules).where(rules.c.id == rule_id).values(registration=None))

    def returned(self, rule_id: int, limit: int) -> list[Pairs]:
        """The values of the last replies to a rule, the newest first."""
        statement = (
            select(replies.c.return_values)
            .join(calls, calls.c.id == replies.c.call_id)
            .where(calls.c.rule_id == rule_id, replies.c.method == EVENT_SEND)
            .order_by(replies.c.id.desc())
            .limit(limit)
        )
        with self._database.read() as connection:
            return [parse_object(values) for values in connection.scalars(statement)]


# Counted in one pass over the calls, and not in one for each rule.
_COUNTED = (
    select(calls.c.rule_id, func.count().label("call_count")).group_by(calls.c.rule_id).subquery()
)
_RULES: Select[Any] = (
    select(
        rules,
        portals.c.key,
        portals.c.host,
        func.coalesce(_COUNTED.c.call_count, 0).label("call_count"),
    )
    .join(portals, portals.c.id == rules.c.portal_id)
    .outerjoin(_COUNTED, _COUNTED.c.rule_id == rules.c.id)
)


def kept_registration(text: str | None) -> Registration | None:
    """The registration that a column holds."""
    document = parse(text) if text else None
    return read_registration(document) if isinstance(document, dict) else None


def _rule(row: Row[Any]) -> Rule:
    return Rule(
        id=row.id,
        code=row.code,
        portal_id=row.portal_id,
        portal=row.key,
        host=row.host,
        calls=row.call_count,
        first_seen=row.first_seen,
        registration=kept_registration(row.registration),
    )

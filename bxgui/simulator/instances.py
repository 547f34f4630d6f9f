"""`bizproc.workflow.instances`: the workflows that still have a row, and which of them hang."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bxgui.simulator.accounts import Caller
from bxgui.simulator.method import Method, Params, Result, upper
from bxgui.simulator.portal import Portal
from bxgui.simulator.refusals import ACCESS_DENIED, Refused
from bxgui.simulator.workflows import WorkflowView

_PAGE = 50
_FIELDS = ("ID", "MODIFIED", "OWNED_UNTIL")
_DATES = {"MODIFIED", "OWNED_UNTIL", "STARTED"}
_NUMBERS = {"STARTED_BY", "TEMPLATE_ID"}
_CONDITION = re.compile(r"(?P<operation>[^A-Za-z]*)(?P<field>.+)\Z")
_OPERATIONS: dict[str, Callable[[Any, Any], bool]] = {
    "": operator.eq,
    "!": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}

_Row = dict[str, object]


def _instances(portal: Portal, caller: Caller, params: Params) -> Result:
    """A page of rows; conditions on unknown fields count for nothing."""
    if not caller.user.admin:
        raise Refused(ACCESS_DENIED)
    given = upper(params)
    rows = [_row(view, portal) for view in portal.engine.workflows() if not view.state.gone]
    rows = _ordered(_filtered(rows, given.get("FILTER")), given.get("ORDER"))
    start = max(0, int(_number(given.get("START"))))
    selected = _selected(given.get("SELECT"))
    page = [{name: row[name] for name in selected} for row in rows[start : start + _PAGE]]
    following = start + len(page)
    return Result(page, total=len(rows), next=following if following < len(rows) else None)


INSTANCES = dict.fromkeys(
    ("bizproc.workflow.instances", "bizproc.workflow.instance.list"), Method(_instances)
)


def _row(view: WorkflowView, portal: Portal) -> _Row:
    module, entity, document = view.scenario.document_id

    def date(moment: float | None) -> str | None:
        if moment is None:
            return None
        return datetime.fromtimestamp(moment, portal.settings.zone).isoformat(timespec="seconds")

    return {
        "ID": view.id,
        "MODIFIED": date(view.modified),
        "OWNED_UNTIL": date(view.owned_until),
        "MODULE_ID": module,
        "ENTITY": entity,
        "DOCUMENT_ID": document,
        "STARTED": date(view.started),
        "STARTED_BY": "1",
        "TEMPLATE_ID": "1",
    }


def _selected(names: object) -> tuple[str, ...]:
    asked = {str(name).upper() for name in names} if isinstance(names, list) else set()
    known = (*_FIELDS, "MODULE_ID", "ENTITY", "DOCUMENT_ID", "STARTED", "STARTED_BY", "TEMPLATE_ID")
    return tuple(name for name in known if name in asked) or _FIELDS


def _filtered(rows: list[_Row], conditions: object) -> list[_Row]:
    if not isinstance(conditions, Mapping):
        return rows
    for name, wanted in conditions.items():
        match = _CONDITION.match(str(name))
        field = match["field"].upper() if match else ""
        compare = _OPERATIONS.get(match["operation"]) if match else None
        if compare is not None and rows and field in rows[0]:
            rows = [row for row in rows if _meets(compare, field, row[field], wanted)]
    return rows


def _meets(compare: Callable[[Any, Any], bool], field: str, value: object, wanted: object) -> bool:
    values = wanted if isinstance(wanted, list) else [wanted]
    return any(compare(_comparable(field, value), _comparable(field, one)) for one in values)


def _ordered(rows: list[_Row], order: object) -> list[_Row]:
    chosen = order if isinstance(order, Mapping) and order else {"MODIFIED": "desc"}
    for name, direction in reversed(list(chosen.items())):
        field = str(name).upper()
        if rows and field in rows[0]:
            backwards = str(direction).lower() == "desc"
            rows = sorted(rows, key=lambda r: _comparable(field, r[field]), reverse=backwards)
    return rows


def _comparable(field: str, value: object) -> Any:
    if field in _DATES:
        return _moment(value)
    return _number(value) if field in _NUMBERS else str(value)


def _moment(value: object) -> float:
    try:
        return datetime.fromisoformat(str(value)).timestamp()
    except ValueError:
        return 0


def _number(value: object) -> float:
    try:
        return float(str(value))
    except ValueError:
        return 0

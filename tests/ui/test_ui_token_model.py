"""The token list's model."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import factories
import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from ui.ui_parts import Clock

from bxgui.core.deadlines import TokenState
from bxgui.core.listing import Group
from bxgui.core.records import CallKind, Suspicion, TokenRow
from bxgui.ui.token_columns import ARRIVED, DEADLINE, DOCUMENT, RULE, STATE
from bxgui.ui.token_model import Listing, TokenModel
from bxgui.ui.widgets import plain_tip

Line = tuple[object, ...]


def row(call_id: int, state: TokenState = TokenState.WAITING, seconds: int = 600) -> TokenRow:
    return TokenRow(
        id=call_id,
        kind=CallKind.TOKEN,
        state=state,
        rule="approve_invoice",
        portal="portal.example.org",
        document=f"DEAL_{call_id}",
        arrived_at=factories.NOW,
        deadline=factories.NOW + timedelta(seconds=seconds) if seconds else None,
        deliveries=1,
        attempts=0,
        use_subscription="Y",
        token="62c6…8980a",
    )


def listing(ids: Sequence[int], fetched: Sequence[int] | None = None) -> Listing:
    return Listing(array("q", ids), [row(i) for i in (ids if fetched is None else fetched)])


@pytest.fixture
def model(clock: Clock) -> TokenModel:
    return TokenModel(clock)


def cell(model: TokenModel, line: int, column: int, role: int = 0) -> object:
    return model.data(model.index(line, column), role)


def ids_of(model: TokenModel) -> list[int | None]:
    return [model.id_at(line) for line in range(model.rowCount())]


def test_an_empty_model_is_sound(model: TokenModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)
    assert model.rowCount() == 0
    assert model.id_at(0) is None
    assert model.state_at(0) is None
    assert model.row_of(1) is None
    assert model.newest() is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param([], [3, 2, 1], id="the first calls"),
        pytest.param([2, 1], [4, 3, 2, 1], id="new ones at the head"),
        pytest.param([5, 4, 3, 2, 1], [5, 2, 1], id="some leave the middle"),
        pytest.param([5, 4, 3, 2, 1], [5, 9, 8, 2, 1], id="some in the middle are replaced"),
        pytest.param([3, 2, 1], [6, 5, 4], id="all others"),
        pytest.param([3, 2, 1], [1, 2, 3], id="another order"),
        pytest.param([3, 2, 1], [3, 2], id="the last leaves"),
        pytest.param([3, 2, 1], [3, 2, 1, 0], id="one more at the end"),
        pytest.param([1, 1], [1], id="one of two equal ones"),
        pytest.param([3, 2, 1], [], id="none is left"),
        pytest.param([3, 2, 1], [3, 2, 1], id="nothing has changed"),
    ],
)
def test_a_new_listing_keeps_the_model_sound(
    model: TokenModel, qtmodeltester: ModelTester, before: list[int], after: list[int]
) -> None:
    model.show(listing(before))
    qtmodeltester.check(model)
    model.show(listing(after))
    assert ids_of(model) == after
    qtmodeltester.check(model)


@pytest.mark.parametrize(
    "after",
    [[7, 6, 5, 3, 2, 1], [3, 2, 1], [5, 3, 1], [5, 3, 2, 1, 0], [5, 3, 9, 8, 1]],
    ids=["added", "the first leaves", "one after it leaves", "one at the end", "replaced"],
)
def test_a_selected_call_that_stays_stays_selected(model: TokenModel, after: list[int]) -> None:
    model.show(listing([5, 3, 2, 1]))
    selection = QItemSelectionModel(model)
    selection.setCurrentIndex(
        model.index(1, 0),
        QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
    )
    kept = QPersistentModelIndex(model.index(1, DOCUMENT))
    model.show(listing(after))
    assert model.id_at(selection.currentIndex().row()) == 3
    assert [model.id_at(index.row()) for index in selection.selectedRows()] == [3]
    assert kept.data() == "DEAL_3"


def test_rows_are_asked_for_a_page_at_a_time_when_they_are_looked_at(model: TokenModel) -> None:
    wanted: list[list[int]] = []
    model.rows_wanted.connect(wanted.append)
    model.show(listing(range(1000, 0, -1), fetched=[]))
    assert wanted == []

    assert cell(model, 250, DOCUMENT) is None
    assert wanted == [list(range(800, 700, -1))]
    assert cell(model, 299, RULE) is None
    assert len(wanted) == 1, "what is on its way is not asked for again"

    model.take_rows([row(i) for i in wanted[0]])
    assert cell(model, 250, DOCUMENT) == "DEAL_750"
    assert cell(model, 0, DOCUMENT) is None
    assert wanted[1] == list(range(1000, 900, -1))


def test_a_page_asks_only_for_what_is_not_here(model: TokenModel) -> None:
    wanted: list[list[int]] = []
    model.rows_wanted.connect(wanted.append)
    model.show(listing(range(5, 0, -1), fetched=[5, 3, 1]))
    cell(model, 1, DOCUMENT)
    assert wanted == [[4, 2]]


def test_rows_of_calls_that_have_left_are_not_shown(model: TokenModel) -> None:
    model.show(listing([3, 2, 1], fetched=[]))
    model.show(listing([3, 1], fetched=[]))
    model.take_rows([row(2), row(1)])
    assert ids_of(model) == [3, 1]
    assert cell(model, 1, DOCUMENT) == "DEAL_1"


def test_a_tick_repaints_the_age_and_the_countdown_of_the_lines_seen(
    model: TokenModel, clock: Clock, qtbot: QtBot
) -> None:
    model.show(listing([3, 2, 1]))
    assert (cell(model, 1, ARRIVED), cell(model, 1, DEADLINE)) == ("0 s ago", "10:00")
    clock.pass_by(75)
    painted: list[tuple[QModelIndex, QModelIndex]] = []
    model.dataChanged.connect(lambda first, last, _roles: painted.append((first, last)))
    model.tick(0, 1)
    assert [(f.row(), f.column(), s.row(), s.column()) for f, s in painted] == [
        (0, ARRIVED, 1, DEADLINE)
    ]
    assert (cell(model, 1, ARRIVED), cell(model, 1, DEADLINE)) == ("1 min ago", "8:45")


@pytest.mark.parametrize(("first", "last"), [(0, -1), (0, 3), (2, 1), (-1, 1)])
def test_a_tick_outside_the_list_paints_nothing(model: TokenModel, first: int, last: int) -> None:
    model.show(listing([3, 2, 1]))
    painted: list[object] = []
    model.dataChanged.connect(lambda *_: painted.append(None))
    model.tick(first, last)
    assert painted == []


def test_a_deadline_that_passes_is_noticed_for_waiting_tokens_only(
    model: TokenModel, clock: Clock
) -> None:
    model.show(Listing(array("q", [2, 1]), [row(2), row(1, TokenState.ACCEPTED, seconds=1)]))
    clock.pass_by(599)
    assert not model.any_deadline_passed(clock())
    clock.pass_by(1)
    assert model.any_deadline_passed(clock())


@pytest.mark.parametrize("seconds", [0, 600])
def test_what_a_line_says(model: TokenModel, seconds: int) -> None:
    model.show(Listing(array("q", [1]), [row(1, seconds=seconds)]))
    assert [cell(model, 0, column) for column in range(model.columnCount())] == [
        "Waiting",
        "approve_invoice",
        "DEAL_1",
        "0 s ago",
        "10:00" if seconds else "none",
    ]


def test_a_post_without_a_token_says_what_it_is(model: TokenModel) -> None:
    event = replace(row(1), kind=CallKind.EVENT, state=None, rule="", deadline=None)
    model.show(Listing(array("q", [1]), [event]))
    assert cell(model, 0, STATE) == "Event"
    assert cell(model, 0, RULE) == "(no rule)"
    assert cell(model, 0, DEADLINE) == ""


def test_a_rejected_post_shows_its_reason_and_answer(model: TokenModel) -> None:
    rejected = replace(
        row(1), kind=CallKind.REJECTED, state=None, rule="", document="", deadline=None, status=413
    )
    gone = replace(rejected, id=2, reason="the sender broke off", status=0)
    rejected = replace(rejected, reason="the body has more than 5 bytes")
    model.show(Listing(array("q", [2, 1]), [gone, rejected], Group.REJECTED))
    tooltip = int(Qt.ItemDataRole.ToolTipRole)
    assert cell(model, 1, RULE) == "the body has more than 5 bytes"
    assert cell(model, 1, RULE, tooltip) == plain_tip("the body has more than 5 bytes")
    assert cell(model, 1, DOCUMENT) == "HTTP 413"
    assert cell(model, 0, DOCUMENT) == "not answered"
    assert cell(model, 1, DEADLINE) == ""


def test_the_columns_of_rejected_posts_have_names_of_their_own(
    model: TokenModel, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(model.headerDataChanged):
        model.show(Listing(array("q"), [], Group.REJECTED))
    assert titles_of(model) == ["State", "Reason", "Answer", "Arrived", "Deadline"]
    model.show(Listing(array("q"), [], Group.OTHERS))
    assert titles_of(model) == ["State", "Rule", "Document", "Arrived", "Deadline"]


def titles_of(model: TokenModel) -> list[str | None]:
    return [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]


def test_a_suspicious_call_is_marked_and_says_why(model: TokenModel) -> None:
    suspicious = replace(row(1), suspicion=Suspicion.APPLICATION_TOKEN)
    model.show(Listing(array("q", [2, 1]), [row(2), suspicious]))
    tooltip = int(Qt.ItemDataRole.ToolTipRole)
    assert "may be forged" in str(cell(model, 1, STATE, tooltip))
    assert "may be forged" not in str(cell(model, 0, STATE, tooltip))


def test_the_columns_are_named(model: TokenModel) -> None:
    assert titles_of(model) == ["State", "Rule", "Document", "Arrived", "Deadline"]
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_a_tooltip_is_literal(model: TokenModel) -> None:
    host = "<img src='file:///x.png'>"
    model.show(Listing(array("q", [1]), [replace(row(1), portal=host)]))
    assert cell(model, 0, RULE, int(Qt.ItemDataRole.ToolTipRole)) == plain_tip(host)

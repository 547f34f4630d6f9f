from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from posts import NOW, AppPost, Post

from bxgui.core.json_values import Pairs
from bxgui.core.preset import Filled, Imported, Preset, PresetProblem, VariableProblem
from bxgui.core.preset_file import read_presets
from bxgui.core.records import ACTIVITY_LOG, EVENT_SEND, CallDetail, Reply
from bxgui.core.rule import Rule
from bxgui.services.intake import prepare
from bxgui.services.presets import RulePresets
from bxgui.services.store import Store
from bxgui.services.vault import StoreKey
from bxgui.services.workspace import Workspace

POSTS = (
    Post(number=1, properties={"sum": "7"}),
    Post(number=2),
    Post(number=3, code="other_rule"),
    Post(number=4, endpoint="https://other.example.org/rest/", member_id="other"),
)


class Clock:
    """Goes on by a minute each time it is looked at."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def workspace(tmp_path: Path, key: StoreKey) -> Iterator[Workspace]:
    opened = Workspace(Store.open(tmp_path / "data"), lambda _: key, Clock())
    with closing(opened):
        yield opened


@pytest.fixture(autouse=True)
def calls(workspace: Workspace, key: StoreKey) -> list[int]:
    arrivals = [post.arrival() for post in POSTS] + [AppPost().arrival()]
    stored = workspace.store.calls.record([prepare(arrival, key) for arrival in arrivals])
    return [one.call_id for one in stored]


@pytest.fixture
def presets(workspace: Workspace) -> RulePresets:
    return workspace.presets


@pytest.fixture
def rule(presets: RulePresets) -> Rule:
    return presets.rule_of(1)


def names(presets: RulePresets, call_id: int = 1) -> list[str]:
    return [preset.name for preset in presets.menu(call_id).presets]


def problem_code(raised: pytest.ExceptionInfo[PresetProblem]) -> str:
    return raised.value.code


def test_a_rule_of_one_portal_has_presets_of_its_own(presets: RulePresets, rule: Rule) -> None:
    presets.save(rule, Preset("Approve", [("Approved", "Y")], "Done"))

    assert [names(presets, call_id) for call_id in (1, 2, 3, 4)] == [["Approve"]] * 2 + [[]] * 2
    assert (rule.code, rule.host) == ("approve_invoice", "portal.example.org")
    assert presets.menu(4).rule.portal == "other"


def test_a_preset_keeps_order_repeated_names_and_big_numbers(
    presets: RulePresets, rule: Rule
) -> None:
    values: Pairs = [("B", "2"), ("A", 10**40), ("B", ["{{code}}"])]
    presets.save(rule, Preset(" Approve ", values, "By {{user_id}}"))

    kept = presets.named(rule, "Approve")

    assert kept.values == values
    assert kept.log_message == "By {{user_id}}"


def test_the_preset_used_last_comes_first(presets: RulePresets, rule: Rule) -> None:
    for name in ("one", "two", "three"):
        presets.save(rule, Preset(name))
    saved = names(presets)

    presets.mark_used(rule, "one")

    assert saved == ["three", "two", "one"]
    assert names(presets) == ["one", "three", "two"]


def test_a_preset_of_the_same_name_is_replaced_and_comes_first(
    presets: RulePresets, rule: Rule
) -> None:
    was_there = [
        presets.save(rule, Preset(name, [("A", value)], value))
        for name, value in (("one", "1"), ("two", "2"), ("one", "3"))
    ]

    assert was_there == [False, False, True]
    assert names(presets) == ["one", "two"]
    assert presets.named(rule, "one").values == [("A", "3")]
    assert presets.named(rule, "one").log_message == "3"


def test_a_preset_is_renamed_unless_the_name_is_taken(presets: RulePresets, rule: Rule) -> None:
    for name in ("one", "two"):
        presets.save(rule, Preset(name))

    presets.rename(rule, "one", " three ")
    presets.rename(rule, "two", "two")
    with pytest.raises(PresetProblem) as taken:
        presets.rename(rule, "two", "three")
    with pytest.raises(PresetProblem) as nameless:
        presets.rename(rule, "two", " ")

    assert problem_code(taken) == "name_taken"
    assert problem_code(nameless) == "no_name"
    assert names(presets) == ["two", "three"]


def test_a_preset_is_edited_in_its_place_with_its_name(presets: RulePresets, rule: Rule) -> None:
    for name in ("one", "two"):
        presets.save(rule, Preset(name))

    now_named = presets.edit(rule, "one", Preset(" three ", [("A", "3")], "done"))
    with pytest.raises(PresetProblem) as taken:
        presets.edit(rule, "two", Preset("three"))
    with pytest.raises(VariableProblem):
        presets.edit(rule, "two", Preset("two", [("A", "{{summ}}")]))

    assert problem_code(taken) == "name_taken"
    assert now_named == "three"
    assert names(presets) == ["two", "three"]
    assert presets.named(rule, "three").values == [("A", "3")]


def test_a_preset_is_deleted(presets: RulePresets, rule: Rule) -> None:
    for name in ("one", "two"):
        presets.save(rule, Preset(name))

    presets.delete(rule, "one")

    assert names(presets) == ["two"]


def test_a_preset_that_is_gone_is_told_so(presets: RulePresets, rule: Rule) -> None:
    for act in (
        lambda: presets.delete(rule, "one"),
        lambda: presets.rename(rule, "one", "two"),
        lambda: presets.edit(rule, "one", Preset("two")),
        lambda: presets.named(rule, "one"),
    ):
        with pytest.raises(PresetProblem, match="There is no preset one for this rule") as raised:
            act()
        assert problem_code(raised) == "no_preset"
    presets.mark_used(rule, "one")


@pytest.mark.parametrize("call_id", [5, 6])
def test_what_is_no_call_of_a_rule_has_no_presets(presets: RulePresets, call_id: int) -> None:
    with pytest.raises(PresetProblem) as raised:
        presets.menu(call_id)
    assert problem_code(raised) == "no_rule"


@pytest.mark.parametrize(
    "preset",
    [Preset("A", [("A", "\udcff")]), Preset("A", [("\udcff", "")]), Preset("A", [], "\udcff")],
)
def test_half_of_a_character_cannot_be_kept(
    presets: RulePresets, rule: Rule, preset: Preset
) -> None:
    with pytest.raises(PresetProblem) as raised:
        presets.save(rule, preset)

    assert problem_code(raised) == "bad_value"
    assert names(presets) == []


def test_variables_that_no_call_can_fill_are_refused(presets: RulePresets, rule: Rule) -> None:
    with pytest.raises(VariableProblem) as raised:
        presets.save(rule, Preset("A", [("A", "{{event_token}}{{properties.other}}")]))

    assert [fault.variable for fault in raised.value.faults] == ["event_token"]


def detail(workspace: Workspace, call_id: int) -> CallDetail:
    call = workspace.call(call_id)
    assert call is not None
    return call


def test_a_preset_is_filled_from_the_call(workspace: Workspace) -> None:
    preset = Preset("A", [("Sum", "{{properties.sum}}")], "{{document_id.2}} {{arrived_at|unix}}")

    filled = workspace.presets.fill(preset, detail(workspace, 1))
    with pytest.raises(VariableProblem):
        workspace.presets.fill(preset, detail(workspace, 2))

    assert filled == Filled([("Sum", "7")], f"DEAL_42 {int(NOW.timestamp())}")


def test_moments_read_as_this_computer_tells_the_time(workspace: Workspace) -> None:
    preset = Preset("A", [], "{{now}} {{arrived_at|iso}}")

    now, arrived_at = workspace.presets.fill(preset, detail(workspace, 1)).log_message.rsplit(
        " ", 1
    )

    assert datetime.strptime(now, "%d.%m.%Y %H:%M:%S").astimezone() - NOW < timedelta(hours=1)
    assert arrived_at == NOW.astimezone().isoformat()


def test_the_last_answer_to_the_rule_can_be_given_again_exactly(workspace: Workspace) -> None:
    before = workspace.presets.menu(1).last
    for reply in (
        Reply(1, EVENT_SEND, [("A", "1")], "first"),
        Reply(2, EVENT_SEND, [("A", ["{{code}}"])], "{{ second"),
        Reply(3, EVENT_SEND, [("A", "of another rule")], ""),
        Reply(1, ACTIVITY_LOG, [], "only logged"),
    ):
        workspace.store.replies.settle(workspace.store.replies.create(reply, "1:one", NOW))

    last = workspace.presets.menu(1).last

    assert before is None
    assert last is not None
    assert last.name == ""
    assert workspace.presets.fill(last, detail(workspace, 1)) == Filled(
        [("A", ["{{code}}"])], "{{ second"
    )


def test_a_rule_is_found_by_its_code_and_portal(presets: RulePresets) -> None:
    assert presets.rule("other_rule") == presets.rule_of(3)
    assert presets.rule("approve_invoice", "other") == presets.rule_of(4)
    assert presets.rule("approve_invoice", "other.example.org") == presets.rule_of(4)
    with pytest.raises(PresetProblem, match="Several portals have a rule approve_invoice") as many:
        presets.rule("approve_invoice")
    with pytest.raises(PresetProblem, match="No rule gone is known in the portal other") as none:
        presets.rule("gone", "other")

    assert problem_code(many) == "several_rules"
    assert problem_code(none) == "no_rule"


def test_a_rule_that_has_not_called_yet_is_made_where_the_portal_is_plain(
    presets: RulePresets,
) -> None:
    made = presets.rule_to_be("new_rule", "other.example.org")

    assert made == presets.rule("new_rule")
    assert presets.rule_to_be("new_rule") == made
    with pytest.raises(PresetProblem, match="No rule newer is known"):
        presets.rule_to_be("newer")
    with pytest.raises(PresetProblem):
        presets.rule_to_be("approve_invoice")


def test_presets_go_from_one_portal_to_another(presets: RulePresets, rule: Rule) -> None:
    for number in range(3):
        presets.save(rule, Preset(f"preset {number}", [("A", 10**40), ("A", str(number))]))
    document = read_presets(presets.export(rule))

    imported = presets.import_all(presets.rule_of(4), document.presets, replace=False)

    assert document.rule == "approve_invoice"
    assert imported.added == ("preset 2", "preset 1", "preset 0")
    assert names(presets, 4) == names(presets, 1)
    assert [one.values for one in presets.menu(4).presets] == [
        one.values for one in presets.menu(1).presets
    ]


@pytest.mark.parametrize(
    ("replace", "imported", "value"),
    [
        (False, Imported(added=("new",), skipped=("kept",)), "old"),
        (True, Imported(added=("new",), replaced=("kept",)), "new"),
    ],
)
def test_an_import_replaces_only_when_told_so(
    presets: RulePresets, rule: Rule, replace: bool, imported: Imported, value: str
) -> None:
    presets.save(rule, Preset("kept", [("A", "old")], "old"))
    presets.save(rule, Preset("untouched"))
    new = [Preset("new"), Preset("kept", [("A", "new")], "new")]

    assert presets.import_all(rule, new, replace=replace) == imported
    assert names(presets) == ["new", "untouched", "kept"]
    assert presets.named(rule, "kept").values == [("A", value)]
    assert presets.named(rule, "kept").log_message == value


def test_an_import_with_one_bad_preset_keeps_none(presets: RulePresets, rule: Rule) -> None:
    with pytest.raises(PresetProblem):
        presets.import_all(rule, [Preset("good"), Preset(" ")], replace=True)

    assert names(presets) == []


def test_presets_are_there_when_the_store_is_opened_again(
    workspace: Workspace, rule: Rule, key: StoreKey
) -> None:
    workspace.presets.save(rule, Preset("Approve", [("A", "1")], "Done"))
    folder = workspace.store.database.path.parent

    with closing(Workspace(Store.open(folder), lambda _: key)) as again:
        assert again.presets.named(rule, "Approve").log_message == "Done"

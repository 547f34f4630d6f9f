from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from posts import NOW, Post

from bxgui.core.json_values import Pairs
from bxgui.core.local_text import plain
from bxgui.core.portal_settings import PortalSettings
from bxgui.core.records import ACTIVITY_LOG, EVENT_SEND, Portal, Reply
from bxgui.core.registration import Registration, RuleKind
from bxgui.core.registration_text import Read, read_text
from bxgui.core.rule import Rule, RuleProblem
from bxgui.core.schema import RuleProperty, ValueType
from bxgui.services.intake import prepare
from bxgui.services.rules import SchemaOffer
from bxgui.services.store import Store
from bxgui.services.vault import StoreKey
from bxgui.services.workspace import Workspace

HOME = Post(number=1)
AWAY = Post(number=2, member_id="f" * 32, endpoint="https://other.example.org/rest/")
OK = RuleProperty("ok", ValueType.BOOL, plain("OK"), type_name="bool")
REGISTRATION = Registration(
    code=HOME.code,
    kind=RuleKind.ROBOT,
    name=plain("Согласовать"),
    return_properties=(OK,),
    others=(("SOMETHING", Decimal("1.50")),),
)


@pytest.fixture
def workspace(tmp_path: Path, key: StoreKey) -> Iterator[Workspace]:
    opened = Workspace(Store.open(tmp_path / "data"), lambda _id: key, lambda: NOW)
    with closing(opened):
        yield opened


def catch(workspace: Workspace, key: StoreKey, *posts: Post) -> list[int]:
    found = workspace.store.calls.record([prepare(post.arrival(), key) for post in posts])
    return [one.call_id for one in found]


def portal(workspace: Workspace, post: Post = HOME) -> Portal:
    found = workspace.store.portals.by_key(post.member_id)
    assert found is not None
    return found


def problem(workspace: Workspace, code: str, portal: str = "") -> RuleProblem:
    with pytest.raises(RuleProblem) as caught:
        workspace.rules.only(code, portal)
    return caught.value


def read(text: str) -> Read:
    (found,) = read_text(text).registrations
    return found


def test_portal_of_a_rule_goes_by_the_name_that_it_was_given(
    workspace: Workspace, key: StoreKey
) -> None:
    catch(workspace, key, HOME, AWAY)
    workspace.portal_book.change(AWAY.member_id, PortalSettings(name="Away"))

    assert workspace.rules.only(AWAY.code, "Away").host == "other.example.org"
    assert workspace.presets.rule(AWAY.code, "Away").host == "other.example.org"
    assert workspace.rules.portal_for(AWAY.code, "Away").key == AWAY.member_id


def test_a_rule_is_known_from_its_calls(workspace: Workspace, key: StoreKey) -> None:
    catch(workspace, key, HOME, Post(number=3), AWAY)

    away, home = workspace.rules.all()

    assert home == Rule(
        id=1,
        code=HOME.code,
        portal_id=1,
        portal=HOME.member_id,
        host="portal.example.org",
        calls=2,
        first_seen=NOW,
    )
    assert (away.code, away.host, away.calls) == (AWAY.code, "other.example.org", 1)


def test_rules_are_listed_by_code_whatever_its_case(workspace: Workspace, key: StoreKey) -> None:
    codes = ["b", "A", "a2"]
    catch(workspace, key, *(Post(number=n, code=code) for n, code in enumerate(codes)))

    assert [rule.code for rule in workspace.rules.all()] == ["A", "a2", "b"]


def test_the_rule_of_a_call(workspace: Workspace, key: StoreKey) -> None:
    first, second = catch(workspace, key, HOME, Post(number=2, code="other"))

    found = [workspace.rules.of_call(call) for call in (first, second, 99)]

    assert [rule and rule.code for rule in found] == [HOME.code, "other", None]


def test_a_kept_registration_is_read_back(workspace: Workspace, key: StoreKey) -> None:
    (call_id,) = catch(workspace, key, HOME)

    rule = workspace.rules.keep(portal(workspace), HOME.code, REGISTRATION)

    assert rule == workspace.rules.only(HOME.code)
    assert rule.registration == REGISTRATION
    assert rule.has_schema
    call = workspace.call(call_id)
    assert call is not None
    assert (call.schema, call.rule_name) == ((OK,), plain("Согласовать"))


def test_a_rule_may_be_kept_before_its_first_call(workspace: Workspace, key: StoreKey) -> None:
    catch(workspace, key, HOME)

    rule = workspace.rules.keep(portal(workspace), "later", REGISTRATION)

    assert (rule.code, rule.calls) == ("later", 0)


def test_a_forgotten_registration_leaves_the_rule_and_its_calls(
    workspace: Workspace, key: StoreKey
) -> None:
    (call_id,) = catch(workspace, key, HOME)
    rule = workspace.rules.keep(portal(workspace), HOME.code, REGISTRATION)

    workspace.rules.forget(rule)

    (left,) = workspace.rules.all()
    assert (left.registration, left.calls, left.has_schema) == (None, 1, False)
    call = workspace.call(call_id)
    assert call is not None
    assert (call.schema, call.rule_name.read("en")) == ((), "")


@pytest.mark.parametrize("chosen", [HOME.member_id, "portal.example.org"])
def test_a_rule_of_several_portals_is_chosen_by_key_or_host(
    workspace: Workspace, key: StoreKey, chosen: str
) -> None:
    catch(workspace, key, HOME, AWAY)

    assert workspace.rules.only(HOME.code, chosen).portal == HOME.member_id
    several = problem(workspace, HOME.code)
    assert several.code == "several_rules"
    assert "other.example.org, portal.example.org" in str(several)


def test_a_rule_that_is_not_there(workspace: Workspace, key: StoreKey) -> None:
    catch(workspace, key, HOME)

    assert problem(workspace, "none").code == "no_rule"
    assert "in the portal elsewhere" in str(problem(workspace, HOME.code, "elsewhere"))


def test_a_registration_goes_to_the_portal_that_has_the_rule(
    workspace: Workspace, key: StoreKey
) -> None:
    catch(workspace, key, HOME, Post(number=5, code="other", member_id=AWAY.member_id))

    assert workspace.rules.portal_for("other").key == AWAY.member_id
    assert workspace.rules.portal_for("other", HOME.member_id).key == HOME.member_id


def test_a_registration_goes_to_the_only_portal(workspace: Workspace, key: StoreKey) -> None:
    catch(workspace, key, HOME)

    assert workspace.rules.portal_for("new").key == HOME.member_id


@pytest.mark.parametrize(
    ("posts", "asked", "code"),
    [
        ((), "", "no_portal"),
        ((HOME,), "elsewhere", "no_portal"),
        ((HOME, AWAY), "", "several_portals"),
    ],
)
def test_without_one_portal_nobody_knows_where_to_keep_it(
    workspace: Workspace, key: StoreKey, posts: tuple[Post, ...], asked: str, code: str
) -> None:
    catch(workspace, key, *posts)

    with pytest.raises(RuleProblem) as caught:
        workspace.rules.portal_for(HOME.code, asked)

    assert caught.value.code == code


def test_a_whole_registration_takes_the_place_of_another(
    workspace: Workspace, key: StoreKey
) -> None:
    catch(workspace, key, HOME)
    workspace.rules.keep(portal(workspace), HOME.code, REGISTRATION)

    proposed = workspace.rules.proposed(
        read('{"CODE": "x", "NAME": "New", "HANDLER": "https://h.example.org/"}'),
        HOME.code,
        portal(workspace),
    )

    assert proposed == Registration(
        code=HOME.code, name=plain("New"), handler="https://h.example.org/"
    )


def test_a_schema_leaves_the_rest_of_the_registration(workspace: Workspace, key: StoreKey) -> None:
    catch(workspace, key, HOME)
    workspace.rules.keep(portal(workspace), HOME.code, REGISTRATION)

    proposed = workspace.rules.proposed(
        read('{"no": {"TYPE": "int"}}'), HOME.code, portal(workspace)
    )

    assert (proposed.name, proposed.kind) == (plain("Согласовать"), RuleKind.ROBOT)
    assert [entry.name for entry in proposed.return_properties] == ["no"]


def test_what_is_proposed_without_a_portal_is_what_was_read(workspace: Workspace) -> None:
    proposed = workspace.rules.proposed(read('{"ok": {"Name": "OK", "TYPE": "bool"}}'), "a", None)

    assert proposed == Registration(code="a", return_properties=(OK,))


def test_properties_are_learned_from_the_last_replies_to_the_rule(
    workspace: Workspace, key: StoreKey
) -> None:
    calls = catch(workspace, key, HOME, *(Post(number=n) for n in range(2, 30)))
    (other,) = catch(workspace, key, Post(number=99, code="other"))
    approved: Pairs = [("approved", "Y")]
    said: list[tuple[int, Pairs]] = [
        (calls[0], [("tooOld", "1")]),
        *((call_id, approved) for call_id in calls[1:-1]),
        (calls[-1], [("Comment", "x"), ("Approved", "N")]),
        (other, [("foreign", "1")]),
    ]
    for call_id, values in said:
        workspace.store.replies.create(Reply(call_id, EVENT_SEND, values, ""), "1:ours", NOW)
    _, silent = catch(workspace, key, HOME, Post(number=100))
    workspace.store.replies.create(Reply(silent, ACTIVITY_LOG, [("x", "1")], "x"), "1:ours", NOW)

    learned = workspace.rules.learned(workspace.rules.only(HOME.code))

    assert [(entry.name, entry.type) for entry in learned] == [
        ("Comment", ValueType.STRING),
        ("Approved", ValueType.BOOL),
    ]


def test_a_changed_registration_takes_the_place_of_the_one_it_was_made_of(
    workspace: Workspace, key: StoreKey
) -> None:
    catch(workspace, key, HOME)
    rule = workspace.rules.keep(portal(workspace), HOME.code, REGISTRATION)
    changed = Registration(code=HOME.code, name=plain("Changed"))

    after = workspace.rules.change(rule, changed)

    assert after == workspace.rules.only(HOME.code)
    assert after is not None
    assert after.registration == changed


def test_a_registration_that_somebody_else_changed_is_left_as_it_is(
    workspace: Workspace, key: StoreKey
) -> None:
    catch(workspace, key, HOME)
    rule = workspace.rules.only(HOME.code)
    workspace.rules.keep(portal(workspace), HOME.code, REGISTRATION)

    assert workspace.rules.change(rule, Registration(code=HOME.code)) is None
    assert workspace.rules.only(HOME.code).registration == REGISTRATION


def test_a_schema_is_offered_until_one_is_kept(workspace: Workspace, key: StoreKey) -> None:
    first, second = catch(workspace, key, HOME, Post(number=2))
    workspace.store.replies.create(Reply(first, EVENT_SEND, [("ok", "Y")], ""), "1:ours", NOW)

    offer = workspace.rules.offer(second)

    assert offer == SchemaOffer(workspace.rules.only(HOME.code), 1)
    workspace.rules.keep(portal(workspace), HOME.code, REGISTRATION)
    assert workspace.rules.offer(second) is None
    assert workspace.rules.offer(99) is None


def test_a_declined_offer_is_made_no_more_for_that_rule(
    workspace: Workspace, key: StoreKey
) -> None:
    first, second, other = catch(workspace, key, HOME, Post(number=2), Post(number=3, code="other"))

    workspace.rules.decline_offer(first)

    assert workspace.rules.offer(second) is None
    assert workspace.rules.offer(other) is not None

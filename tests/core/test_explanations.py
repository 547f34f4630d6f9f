from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bxgui.core import explanations, outcome
from bxgui.core.explanations import (
    BY_CODE,
    BY_KEY,
    CATALOGUE,
    Explanation,
    Outcome,
    explanations_of,
)
from bxgui.core.outcome import Failure

each = pytest.mark.parametrize("entry", CATALOGUE, ids=[entry.key for entry in CATALOGUE])


def keys_in(module: str) -> set[str]:
    """The texts that a module's source names, which the catalogue's keys are among."""
    tree = ast.parse(Path(module).read_text("utf-8"))
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_a_key_names_one_entry() -> None:
    assert list(BY_KEY) == [entry.key for entry in CATALOGUE]
    assert len(CATALOGUE) > 40


def test_a_code_belongs_to_one_entry() -> None:
    codes = [code for entry in CATALOGUE for code in entry.codes]

    assert sorted(codes) == sorted(set(codes))
    assert set(BY_CODE) == {*codes, "ACCESS_DENIED"}
    assert all(code in BY_KEY[BY_CODE[code]].codes for code in codes)


@each
def test_codes_are_in_capitals(entry: Explanation) -> None:
    assert [code.upper() for code in entry.codes] == list(entry.codes)


@each
def test_texts_are_sentences(entry: Explanation) -> None:
    for text in (entry.title, entry.cause, entry.action):
        assert text.endswith(".")
        assert text[0].isupper() or text.startswith("bxgui ")
        assert "  " not in text
        assert text == text.strip()


@each
def test_a_title_is_one_short_line(entry: Explanation) -> None:
    assert len(entry.title) < 70
    assert "\n" not in entry.title


@pytest.mark.parametrize(
    ("result", "executed"),
    [
        (Outcome.ACCEPTED, "yes"),
        (Outcome.REFUSED, "no"),
        (Outcome.RETRY_LATER, "no"),
        (Outcome.UNKNOWN, "perhaps"),
    ],
)
def test_an_outcome_tells_whether_the_portal_executed_the_request(
    result: Outcome, executed: str
) -> None:
    entries = [entry for entry in CATALOGUE if entry.outcome is result]

    assert entries
    assert {entry.executed for entry in entries} == {executed}


@pytest.mark.parametrize("failure", Failure)
def test_every_failure_is_explained(failure: Failure) -> None:
    assert BY_KEY[failure.value].codes == ()


def test_every_entry_is_given_for_something() -> None:
    """By a code, as a failure, or by name in the module that classifies answers."""
    reachable = {*BY_CODE.values(), *(failure.value for failure in Failure)}
    reachable |= keys_in(outcome.__file__)

    assert {entry.key for entry in CATALOGUE} <= reachable


def test_what_might_have_been_executed_is_looked_up_before_it_is_repeated() -> None:
    for entry in CATALOGUE:
        if entry.outcome is Outcome.UNKNOWN:
            assert "in the portal" in entry.action


def test_the_catalogue_is_not_changed_by_accident() -> None:
    with pytest.raises(AttributeError):
        explanations.CATALOGUE[0].title = "x"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("code", "keys"),
    [
        ("EXPIRED_TOKEN", ["access_expired"]),
        ("expired_token", ["access_expired"]),
        ("423", ["workflow_busy"]),
        ("0", ["engine_error"]),
        ("read_timeout", ["read_timeout"]),
        ("ACCESS_DENIED", ["token_not_recognised", "tariff", "application_context", "rights"]),
        ("no such code", []),
    ],
)
def test_a_code_is_explained_by_whatever_it_may_mean(code: str, keys: list[str]) -> None:
    assert [entry.key for entry in explanations_of(code)] == keys


@each
def test_an_entry_has_a_page_in_the_documentation(entry: Explanation) -> None:
    assert entry.link.startswith("https://apidocs.bitrix24.com/")
    assert entry.link.endswith(".html")


def test_pages_belong_to_entries_of_the_catalogue() -> None:
    assert {key for keys in explanations._PAGES.values() for key in keys} <= set(BY_KEY)

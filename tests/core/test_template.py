from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bxgui.core.template import Broken, Part, Variable, escape, is_step, is_template, parts

braced = st.text(st.sampled_from("{}|. a:") | st.characters(), max_size=40)


@pytest.mark.parametrize(
    ("text", "path", "format_name", "default"),
    [
        ("{{properties.sum}}", ("properties", "sum"), "", None),
        ("{{ properties . sum }}", ("properties", "sum"), "", None),
        ("{{properties.Сумма без НДС.0}}", ("properties", "Сумма без НДС", "0"), "", None),
        ("{{now|date}}", ("now",), "date", None),
        ("{{ now | date }}", ("now",), "date", None),
        ("{{a|default:none}}", ("a",), "", "none"),
        ("{{a | default: not known }}", ("a",), "", "not known"),
        ("{{a|default:}}", ("a",), "", ""),
        ("{{a|default:x|y}}", ("a",), "", "x|y"),
        ("{{ts|date|default:-}}", ("ts",), "date", "-"),
        ("{{ts|date|time}}", ("ts",), "date|time", None),
        ("{{ts|}}", ("ts",), "", None),
    ],
)
def test_a_variable_has_a_path_and_at_most_a_format_and_a_default(
    text: str, path: tuple[str, ...], format_name: str, default: str | None
) -> None:
    assert list(parts(text)) == [Variable(text[2:-2], path, format_name, default)]


@pytest.mark.parametrize(
    ("text", "taken_apart"),
    [
        ("", []),
        ("no variable", ["no variable"]),
        ("{one} }} brace{", ["{one} }} brace{"]),
        ("a {{b}} c", ["a ", Variable("b", ("b",)), " c"]),
        ("{{b}}{{c}}", [Variable("b", ("b",)), Variable("c", ("c",))]),
        ("{{b}}}", [Variable("b", ("b",)), "}"]),
        ("{{{b}}}", ["{", Variable("b", ("b",)), "}"]),
        ("{{{{b}}", ["{{", "b}}"]),
        ("{{{{{b}}", ["{{", "{b}}"]),
        ("{{{{{{b}}", ["{{", Variable("b", ("b",))]),
        ("{{{{{{{b}}", ["{{", "{", Variable("b", ("b",))]),
    ],
)
def test_braces_are_read_from_the_left(text: str, taken_apart: list[Part]) -> None:
    assert list(parts(text)) == taken_apart


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("{{", ""),
        ("a {{b", "b"),
        ("{{}}", ""),
        ("{{ }}", " "),
        ("{{a..b}}", "a..b"),
        ("{{.a}}", ".a"),
        ("{{a {{b}}", "a {{b"),
        ("{{a}b}}", "a}b"),
        ("{{|date}}", "|date"),
        ("{{a|default:{{b}}", "a|default:{{b"),
    ],
)
def test_double_braces_without_a_variable_are_broken(text: str, broken: str) -> None:
    assert Broken(broken) in list(parts(text))


@given(st.text().filter(lambda text: "{{" not in text))
def test_a_text_without_double_braces_is_one_text(text: str) -> None:
    assert list(parts(text)) == ([text] if text else [])
    assert not is_template(text)


@given(braced, st.sampled_from(["", "{{a}}"]))
def test_an_escaped_text_comes_back_as_it_was_whatever_follows(text: str, behind: str) -> None:
    *found, last = (
        [*parts(escape(text) + behind), ""] if not behind else parts(escape(text) + behind)
    )

    assert "".join(part for part in found if isinstance(part, str)) == text
    assert last == ("" if not behind else Variable("a", ("a",)))


@given(braced)
def test_any_text_is_taken_apart(text: str) -> None:
    assert all(part != "" for part in parts(text))


def test_very_many_braces_are_taken_apart_at_once() -> None:
    assert len(list(parts("{{a" * 100_000))) == 1
    assert len(list(parts("{{a}" * 100_000))) == 1
    assert len(list(parts("{{a}}" * 100_000))) == 100_000


@pytest.mark.parametrize("name", ["", " a", "a ", "a.b", "a|b", "{a", "a}"])
def test_some_names_cannot_be_written_as_a_step(name: str) -> None:
    assert not is_step(name)


def test_other_names_can_be_written_as_a_step() -> None:
    assert is_step("Сумма без НДС")

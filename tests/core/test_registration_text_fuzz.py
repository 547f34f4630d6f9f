from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bxgui.core.json_values import dump
from bxgui.core.registration import to_document
from bxgui.core.registration_text import TextProblem, read_text

_PIECES = st.sampled_from(
    [
        *("{", "}", "[", "]", "(", ")", ",", ":", ";", "=>", "=", "+", ".", "->", "::", "...", "-"),
        *("'", '"', "`", "\\", "\n", "\r\n", "^", "$", "${", "{$", "$x", "<<<A\n", "\nA", "$'"),
        *("//", "/*", "*/", "a", "CODE", "'CODE'", '"NAME"', "RETURN_PROPERTIES", "true", "null"),
        *("1", "0x1F", "1e5", "1e99999999999", "array(", "array", "new X(", "function(){", "#"),
        *("curl ", "curl.exe -d ", "-G ", "--json ", "--data-urlencode a=", "-F a=@b ", "-u a:b "),
        *("https://x/rest/1/s/bizproc.robot.add?", "'bizproc.robot.add'", "BX24.callMethod("),
        *("<?php ", "?>", "->robot()->add(", "const x = ", "$x = ", "return ", "fn($x) => ", "@f"),
        *("a[b]=1", "&", "%5B", "\ufeff", "\0", "\\u0041", "\\ud800", "\\x80", "\\u{110000}"),
        *("```js\n", "{'a': {'Type': 'int'}}", "['a' => ['Name' => 'b']]", " ", "\t", "(string)"),
        *("PS C:> ", "_", "async "),
    ]
)
SCRAPS = st.lists(_PIECES, max_size=25).map("".join)


def read(text: str) -> None:
    """Whatever the text is, it is understood or the problem has a place in it."""
    problem = None
    try:
        understood = read_text(text)
    except TextProblem as found:
        problem = found
    if problem is None:
        assert understood.registrations
        for one in understood.registrations:
            dump(to_document(one.registration))
        return
    assert problem.code.isidentifier()
    assert 1 <= problem.line <= text.count("\n") + 1
    assert problem.column >= 1


@given(st.text(max_size=60))
def test_any_text_is_understood_or_has_a_problem(text: str) -> None:
    read(text)


@given(SCRAPS)
def test_scraps_of_programs_are_understood_or_have_a_problem(text: str) -> None:
    read(text)


@given(
    st.sampled_from(["", "<?php ", "curl -d '", "curl.exe `\n -d ", 'curl ^"', "x(", "[{"]), SCRAPS
)
def test_beginnings_of_each_format_with_scraps_behind(beginning: str, text: str) -> None:
    read(beginning + text)


BOMBS = {
    "brackets": "[" * 30_000,
    "braces": '{"a":' * 10_000,
    "php": "array(" * 10_000,
    "parentheses": "x = (" * 10_000 + "[",
    "calls": "f(" * 30_000,
    "commas": "[" + "," * 30_000,
    "quotes": "'" * 30_001,
    "apostrophes": "<?php x" + "'\\" * 20_000,
    "backslashes": "'" + "\\" * 30_001,
    "dollars": '<?php "' + "{$" * 20_000,
    "templates": "`${" * 10_000,
    "comments": "/*" * 30_000,
    "failures": "<?php " + "x->robot()->add(" * 4_000,
    "broken literals": "x([;]); " * 5_000,
    "carets": "curl ^" + "^" * 30_000,
    "ticks": "curl `\n" + "`" * 30_001,
    "short options": "curl -" + "s" * 30_000,
    "many options": "curl " + "-d a " * 10_000,
    "prompts": "$" * 50_000,
    "spaces": " " * 50_000 + "x",
    "names": "a." * 30_000,
    "percent": "a=" + "%5B%5D" * 8_000,
    "brackets in names": "a" + "[b]" * 10_000 + "=1",
    "digits": "[" + "9" * 500_000 + "]",
    "number": "x([1" + "_" * 30_000 + "])",
    "fences": "```\n" * 10_000,
    "doubling": "<?php $a = 'xxxxxxxxxx';"
    + "".join(f"$a{n + 1} = [$a{n or ''}, $a{n or ''}];" for n in range(60)),
    "joining": "<?php $a0 = ['xxxxxxxxxx'];"
    + "".join(f"$a{n + 1} = [$a{n}, $a{n}, $a{n}];" for n in range(60)),
    "unknown values": "x({" + "".join(f"a{n}: b{n}," for n in range(5_000)) + "})",
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_do_no_harm(name: str) -> None:
    with pytest.raises(TextProblem):
        read_text(BOMBS[name])


def test_a_text_of_more_than_a_megabyte_is_not_read() -> None:
    with pytest.raises(TextProblem, match="too_large"):
        read_text(" " * (1024 * 1024 + 1))


def test_many_registrations_are_all_read() -> None:
    text = "".join(f"call('bizproc.robot.add', {{CODE: 'a{n}'}});\n" for n in range(3_000))

    assert len(read_text(text).registrations) == 3_000

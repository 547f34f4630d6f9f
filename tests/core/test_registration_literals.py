from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from registration_reading import only, remarks

from bxgui.core.registration_text import read_text

UNKNOWN_IN_PHP = """
call('bizproc.robot.add', [
    'CODE' => 'a', 'NAME' => Loc::getMessage('NAME'), 'HANDLER' => $base . '/handler.php',
    'AUTH_USER_ID' => $user->id, 'USE_SUBSCRIPTION' => $waits ? 'Y' : 'N', 'FILTER' => F,
    'DESCRIPTION' => "Hi {$name['x']}", ...$more, $key => 1, 'X' => fn($a) => [$a, 1],
    'Y' => new Url('https://x'), 'Z' => -$z, 'W' => `ls`, 'V' => ($a), 'U' => (string)$b,
    'R' => [1, $r, 2], 'T' => function () { return [1, 2]; }, 'S' => 'a' . f('x')
]);
"""
UNKNOWN_IN_JAVASCRIPT = """
f({
    CODE: 'a', PROPERTIES: {}, NAME: t('name'), HANDLER: `${base}/h`, AUTH_USER_ID: user.id,
    USE_SUBSCRIPTION: waits ? 'Y' : 'N', FILTER: F, DESCRIPTION: 'a' + b, ...more, [key]: 1,
    X: a => [a, 1], Y: new URL('x'), Z: -z, W: (a, b) => { return {a, b}; }, V: () => 1,
    T() { return [1, 2]; }, S: 'a' + 1, R: [1, r, ...s, ...'t', 2], get q() { return 1 },
    P: 'x'.trim(), O: [...[1]], a$b: c$d, [e], N: `${f({a: 1}, `b`)}`, M: undefined, 1: l
})
"""
UNKNOWN = {
    "php": [
        (("NAME",), "Loc"),
        (("HANDLER",), "$base"),
        (("AUTH_USER_ID",), "$user"),
        (("USE_SUBSCRIPTION",), "$waits"),
        (("FILTER",), "F"),
        (("DESCRIPTION",), ""),
        ((), "$more"),
        (("",), "$key"),
        (("X",), "fn"),
        (("Y",), "new"),
        (("Z",), ""),
        (("W",), ""),
        (("V",), "$a"),
        (("U",), "$b"),
        (("R",), "$r"),
        (("T",), "function"),
        (("S",), "f"),
    ],
    "javascript": [
        (("NAME",), "t"),
        (("HANDLER",), ""),
        (("AUTH_USER_ID",), "user"),
        (("USE_SUBSCRIPTION",), "waits"),
        (("FILTER",), "F"),
        (("DESCRIPTION",), "b"),
        ((), "more"),
        ((), ""),
        (("X",), "a"),
        (("Y",), "new"),
        (("Z",), ""),
        (("W",), ""),
        (("V",), ""),
        ((), "T"),
        (("S",), ""),
        (("R", "1"), "r"),
        (("R", "1"), "s"),
        (("R", "1"), ""),
        ((), "get"),
        (("P",), ""),
        (("O", "0"), ""),
        (("a$b",), "c$d"),
        ((), ""),
        (("N",), ""),
        (("1",), "l"),
    ],
}


@pytest.mark.parametrize("language", UNKNOWN)
def test_what_only_the_running_program_knows_is_left_out(language: str) -> None:
    text = UNKNOWN_IN_PHP if language == "php" else UNKNOWN_IN_JAVASCRIPT

    understood = read_text(text)

    (read,) = understood.registrations
    assert read.registration.code == "a"
    assert not read.is_whole
    assert remarks(understood) == [("unknown_value", *one) for one in UNKNOWN[language]]


@pytest.mark.parametrize(
    ("text", "registration"),
    [
        (r"{CODE: 'a', NAME: '\x41\u0042\u{43}\ud83d\ude00\n\q\'\
-'}", "ABC😀\nq'-"),
        ('{"CODE": "a", "NAME": "\\ud83d\\ude00 \\/ \\b"}', "😀 / \b"),
        ("{CODE: 'a', NAME: 'x\\\r\ny'}", "xy"),
        ("{CODE: 'a', NAME: 'x' + \"y\" + `z\n`}", "xyz\n"),
        (r"""f(['CODE' => 'a', 'NAME' => 'it\'s \n \\ ' . "\x41\u{42}\103\n\t\$x \q {y}"]);""",
         "it's \\n \\ ABC\n\t$x \\q {y}"),
        (r"""f(['CODE' => 'a', 'NAME' => "\xd0\x94\321\217"]);""", "Дя"),
        ("f(['CODE' => 'a', 'NAME' => <<<TEXT\n    Two\n      \"lines\"\\n\n    TEXT, 'Y' => 1]);",
         'Two\n  "lines"\n'),
        ("f(['CODE' => 'a', 'NAME' => <<<'TEXT'\n$x \\n\nTEXT]);", "$x \\n"),
        ("f(['CODE' => 'a', 'NAME' => <<<\"T\"\nT, 'PROPERTIES' => []]);", ""),
        ("f(['CODE' => ('a'), 'NAME' => (string) 'b', 'FILTER' => (object)[]]); # end", "b"),
        ("f(['CODE' => 'a', /* ] */ 'NAME' => 'b' // ]\n]);", "b"),
    ],
)  # fmt: skip
def test_strings_are_read_as_their_language_does(text: str, registration: str) -> None:
    assert only(text).registration.name.read("") == registration


NUMBERS = [
    ("0", 0), ("17", 17), ("-17", -17), ("+5", 5), ("1.50", Decimal("1.50")),
    (".5", Decimal("0.5")),
    ("1e3", Decimal("1e3")), ("0x1F", 31), ("0b101", 5), ("0o17", 15), ("1_000", 1000),
    ("99999999999999999999", 99999999999999999999), ("-0", Decimal("-0")),
]  # fmt: skip


@pytest.mark.parametrize(("written", "number"), NUMBERS)
@pytest.mark.parametrize(
    "text", ["{{CODE: 'a', NAME: 'b', X: {0}}}", "f(['CODE' => 'a', 'NAME' => 'b', 'X' => {0}])"]
)
def test_numbers_lose_nothing(text: str, written: str, number: Any) -> None:
    assert only(text.format(written)).registration.others == (("X", number),)


@pytest.mark.parametrize(
    ("array", "value"),
    [
        ("[]", []),
        ("[1, 2]", [1, 2]),
        ("[1 => 'x']", {"1": "x"}),
        ("['0' => 'x', 1 => 'y']", ["x", "y"]),
        ("[5 => 'x', 'y']", {"5": "x", "6": "y"}),
        ("[true => 'x', null => 'y', 1.5 => 'z']", {"1": "x", "": "y"}),
        ("array('a' => Array(1,),)", {"a": [1]}),
        ("[TRUE, False, NULL]", [True, False, None]),
    ],
)
def test_arrays_of_php_are_lists_or_maps(array: str, value: Any) -> None:
    text = f"f(['CODE' => 'a', 'NAME' => 'b', 'X' => ['x' => {array}]])"

    assert only(text).registration.others == (("X", {"x": value}),)

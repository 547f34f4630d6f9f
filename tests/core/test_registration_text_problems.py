from __future__ import annotations

import pytest
from registration_reading import problem

from bxgui.core.registration_sentences import problem_text


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("", "empty", 1, 1),
        ("\ufeff \n ", "empty", 1, 1),
        ("hello", "nothing_found", 1, 1),
        ("{}", "nothing_found", 1, 1),
        ("[[], 5]", "nothing_found", 1, 1),
        ('{"CODE": "a"}', "nothing_found", 1, 1),
        ('{"CODE": "a",\n "NAME": "b"', "bracket_not_closed", 1, 1),
        ('{\n "CODE": "a"\n "NAME": "b"\n}', "comma_missing", 3, 2),
        ('{\n "CODE": {"x": 1]\n}', "wrong_bracket", 2, 17),
        ('{\n "CODE": \n}', "value_missing", 3, 1),
        ('{\n "CODE" "a"\n}', "colon_missing", 2, 9),
        ('{\n : "a"\n}', "key_missing", 2, 2),
        ('{\n "CODE": "a\n}', "string_not_closed", 2, 10),
        ('{\n "CODE": "a\\', "string_not_closed", 2, 10),
        ('{"X": 1, /* ', "comment_not_closed", 1, 10),
        ('{"X": "\\ud800"}', "half_character", 1, 7),
        ("\ud800", "half_character", 1, 1),
        ('{"X": "\\u{110000}"}', "bad_escape", 1, 7),
        ('{"X": 1e99999999999999999999}', "bad_number", 1, 7),
        ("{X: `${a;b", "string_not_closed", 1, 5),
        ("{X: (a}", "bracket_not_closed", 1, 5),
        ("{X: a", "bracket_not_closed", 1, 1),
        ("{X: a b}", "comma_missing", 1, 5),
        ("[" * 99, "too_deep", 1, 52),
        ("<?php f(['CODE' => 'a' 'NAME' => 'b']);", "comma_missing", 1, 24),
        ("<?php f(['CODE' => $a 'b']);", "comma_missing", 1, 23),
        ("<?php f(['CODE' => 'a);", "string_not_closed", 1, 20),
        ("<?php f(['CODE' => \"a);", "string_not_closed", 1, 20),
        ("<?php f(['CODE' => \"{$a]);", "string_not_closed", 1, 20),
        ("<?php f(['CODE' => <<<A\nb]);", "string_not_closed", 1, 20),
        ("<?php f(['CODE' => <<<1]);", "string_not_closed", 1, 20),
        ("<?php f(['CODE' => \"\\xff\"]);", "half_character", 1, 20),
        ("<?php f(['CODE' => \"\\u{d800}\"]);", "half_character", 1, 20),
        ("<?php f(['CODE' => ]);", "value_missing", 1, 20),
        ("<?php f(array('CODE' => 'a'];", "wrong_bracket", 1, 28),
        ("<?php f(['CODE' => 'a'", "bracket_not_closed", 1, 9),
        ("<?php f(['CODE' => 'a'; ", "bracket_not_closed", 1, 9),
        ("<?php /* ", "comment_not_closed", 1, 7),
        ("<?php $x->robot()->add(1 2);", "comma_missing", 1, 26),
        ("curl -d '{\n \"CODE\": \"a\" \"b\"}' x", "comma_missing", 2, 14),
        ("curl \\\n -d '{", "quote_not_closed", 2, 5),
        ('curl -d "{', "quote_not_closed", 1, 9),
        ("curl -d $'a\\", "quote_not_closed", 1, 9),
        ('curl `\n -d "a', "quote_not_closed", 2, 5),
        ("curl `\n -d 'a", "quote_not_closed", 2, 5),
        ('curl ^\n -d "a', "quote_not_closed", 2, 6),
        ("curl https://x -d 'a[" + "b][" * 30 + "]=1'", "form_refused", 1, 20),
        ("curl 'https://x?a[" + "b][" * 30 + "]=1'", "form_refused", 1, 1),
        ("curl https://x.y/rest/crm.deal.list -d CODE=a -d NAME=b", "nothing_found", 1, 1),
        ("curl -d @body.json https://p.example.org", "body_elsewhere", 1, 9),
        ("curl -d '{x' https://p.example.org", "bracket_not_closed", 1, 10),
        ("crm.deal.list?CODE=a&NAME=b", "nothing_found", 1, 1),
        ("{method: 'crm.deal.list', params: {CODE: 'a', NAME: 'b'}}", "nothing_found", 1, 1),
        ('["bizproc.robot.add?a[' + "b][" * 30 + ']=1"]', "nothing_found", 1, 1),
        ("a[b][c][d][e][f][g][h][i][j][k][l][m][n][o][p][q][r]=1", "form_refused", 1, 1),
    ],
)  # fmt: skip
def test_a_problem_has_its_place(text: str, code: str, line: int, column: int) -> None:
    found = problem(text)

    assert (found.code, found.line, found.column) == (code, line, column)


def test_a_document_within_a_text_that_does_not_end_is_none() -> None:
    found = problem('$j = <<<JSON\n{"CODE": "a", "NAME": "n"}\n')

    assert found.code == "other_form"


def test_a_body_in_another_file_is_named() -> None:
    found = problem("curl https://p.example.org/rest/bizproc.robot.add -d @body.json")

    assert (found.code, found.text) == ("body_elsewhere", "body.json")
    assert problem_text(found) == "The body is in another file, body.json. Paste what is in it."


def test_a_form_that_is_not_read_is_told() -> None:
    found = problem('client.robots.add(code="a", name="b")')

    assert found.code == "other_form"

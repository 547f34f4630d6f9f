from __future__ import annotations

from decimal import Decimal

import pytest
from registration_reading import only, remarks
from registration_samples import DOCUMENTED, SAMPLES

from bxgui.core.json_values import JsonValue
from bxgui.core.local_text import LocalText, plain
from bxgui.core.registration import Registration, RuleKind
from bxgui.core.registration_text import Format, Remark, Scope, read_text
from bxgui.core.schema import RuleProperty, ValueType


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_like_those_of_the_documentation(name: str) -> None:
    read = only(SAMPLES[name])

    assert read.registration == DOCUMENTED
    assert (read.scope, read.is_whole) == (Scope.WHOLE, True)


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_in_a_fence_of_markdown(name: str) -> None:
    fenced = f"```\n{SAMPLES[name].lstrip(chr(0xFEFF))}\n```\n"

    assert only(fenced).registration == DOCUMENTED


def test_what_a_sample_needs_to_be_read_is_told() -> None:
    understood = read_text(SAMPLES["PHP CRest"])

    assert understood.format is Format.PHP
    assert [(remark.code, remark.where, remark.line) for remark in understood.remarks] == [
        ("bracket_mended", ("PROPERTIES", "datetime"), 16),
        ("bracket_mended", ("PROPERTIES",), 22),
        ("bracket_mended", ("FILTER",), 28),
    ]


OK = RuleProperty("ok", ValueType.BOOL, type_name="bool")
PLAIN = Registration(code="a", name=plain("b"), return_properties=(OK,))


@pytest.mark.parametrize(
    "text",
    [
        "{'CODE': 'a', 'NAME': 'b', 'RETURN_PROPERTIES': {'ok': {'TYPE': 'bool'}}}",
        '{"fields": {"CODE": "a", "NAME": "b", "RETURN_PROPERTIES": {"ok": {"TYPE": "bool"}}}}',
        '{"robots": [{"CODE": "a", "NAME": "b", "RETURN_PROPERTIES": {"ok": {"TYPE": "bool"}}}]}',
        '{"a": {"NAME": "b", "HANDLER": "", "RETURN_PROPERTIES": {"ok": {"TYPE": "bool"}}}}',
        '[{"CODE": "a", "NAME": "b", "RETURN_PROPERTIES": {"ok": {"TYPE": "bool"}}}]',
        "CODE=a&NAME=b&RETURN_PROPERTIES[ok][TYPE]=bool",
        "?CODE=a&NAME=b&RETURN_PROPERTIES%5Bok%5D%5BTYPE%5D=bool",
        "<?php return ['CODE'=>'a', 'NAME'=>'b', 'RETURN_PROPERTIES'=>['ok'=>['TYPE'=>'bool']]];",
        "const X: R = {a: {CODE: `a`, NAME: 'b', RETURN_PROPERTIES: {ok: {TYPE: 'bool'}}}}; x()",
        "export default {CODE: 'a', NAME: 'b', RETURN_PROPERTIES: {ok: {TYPE: 'bool'}}}",
    ],
)
def test_what_is_around_a_registration_does_not_matter(text: str) -> None:
    assert only(text).registration == PLAIN


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("BX24.callMethod('bizproc.activity.add', {CODE: 'a'})", RuleKind.ACTIVITY),
        ("BX24.callMethod('BIZPROC.ROBOT.ADD', {CODE: 'a'})", RuleKind.ROBOT),
        ("BX24.callBatch({x: ['bizproc.activity.add', {CODE: 'a'}]})", RuleKind.ACTIVITY),
        ("BX24.callBatch([['bizproc.activity.add', {CODE: 'a'}]])", RuleKind.ACTIVITY),
        ("call.make({method: 'bizproc.robot.add', params: {CODE: 'a'}})", RuleKind.ROBOT),
        ('{"halt": 0, "cmd": {"x": "bizproc.activity.add?CODE=a"}}', RuleKind.ACTIVITY),
        ("https://p.example.org/rest/bizproc.robot.add.json?CODE=a", RuleKind.ROBOT),
        ("curl https://p.example.org/rest/bizproc.activity.add -d CODE=a", RuleKind.ACTIVITY),
        ("curl https://p.example.org/rest/batch -d 'cmd[x]=bizproc.robot.add?CODE=a'",
         RuleKind.ROBOT),
        ("$sb->getBizProcScope()->activity()->add('a', handlerUrl: $h);", RuleKind.ACTIVITY),
        ("{KIND: 'activity', CODE: 'a', NAME: 'b'}", RuleKind.ACTIVITY),
    ],
)  # fmt: skip
def test_the_method_tells_of_which_kind_the_rule_is(text: str, kind: RuleKind) -> None:
    registration = only(text).registration

    assert (registration.code, registration.kind) == ("a", kind)


@pytest.mark.parametrize(
    "text",
    [
        "BX24.callMethod('bizproc.robot.update', {CODE: 'a', FIELDS: {NAME: 'b'}})",
        '{"code": "a", "fields": {"name": "b"}}',
    ],
)
def test_an_update_changes_what_it_names(text: str) -> None:
    read = only(text)

    assert (read.scope, read.is_whole) == (Scope.CHANGES, False)
    assert (read.registration.code, read.registration.name) == ("a", plain("b"))


@pytest.mark.parametrize(
    "text",
    [
        '{"ok": {"TYPE": "bool"}}',
        "['ok' => ['Type' => 'bool']]",
        "array('ok' => array('type' => 'bool'))",
        "{ok: {Type: 'bool'}}",
        '"RETURN_PROPERTIES": {"ok": {"TYPE": "bool"}}',
        "'RETURN_PROPERTIES' => ['ok' => ['TYPE' => 'bool']],",
    ],
)
def test_a_schema_alone_is_one_of_return_properties(text: str) -> None:
    read = only(text)

    assert read.registration == Registration(return_properties=(OK,))
    assert (read.scope, read.is_whole) == (Scope.SCHEMA, False)


def test_a_schema_counts_only_where_there_is_no_registration() -> None:
    text = "const other = {x: {Type: 'int'}};\ncall({CODE: 'a', NAME: 'b'});"

    assert only(text).registration == Registration(code="a", name=plain("b"))


def test_properties_may_have_the_names_of_fields() -> None:
    text = '{"RETURN_PROPERTIES": {"type": {"Name": "T"}, "code": {"Type": "int"}, "auth": {}}}'

    names = [entry.name for entry in only(text).registration.return_properties]

    assert names == ["type", "code", "auth"]


def test_several_registrations_are_read_in_their_order_each_once() -> None:
    text = """
        BX24.callMethod('bizproc.robot.add', {CODE: 'a', NAME: 'x'});
        BX24.callMethod('bizproc.robot.delete', {CODE: 'a', NAME: 'x'});
        BX24.callMethod('bizproc.activity.add', {CODE: 'b', NAME: 'y'});
        BX24.callMethod('bizproc.robot.add', {CODE: 'a', NAME: 'x'});
    """

    found = read_text(text).registrations

    assert [(one.registration.code, one.line) for one in found] == [("a", 2), ("b", 4)]


def test_variables_that_are_set_in_the_text_are_known() -> None:
    text = """<?php
        $handler = "https://app.example.org/handler";
        $returned = ['ok' => ['TYPE' => 'bool']];
        $installed = $rest->call('bizproc.robot.add', [
            'CODE' => 'a', 'NAME' => 'b', 'HANDLER' => $handler, 'RETURN_PROPERTIES' => $returned,
        ]);
    """

    read = only(text)

    assert read.registration == Registration(
        code="a",
        kind=RuleKind.ROBOT,
        name=plain("b"),
        handler="https://app.example.org/handler",
        return_properties=(OK,),
    )
    assert read.is_whole


def test_a_property_of_the_same_name_as_its_variable() -> None:
    text = """
        const NAME = 'b';
        const RETURN_PROPERTIES = {ok: {TYPE: 'bool'}};
        add({CODE: 'a', NAME, RETURN_PROPERTIES, HANDLER})
    """

    understood = read_text(text)

    assert understood.registrations[0].registration == PLAIN
    assert remarks(understood) == [("unknown_value", (), "HANDLER")]


def test_options_as_the_documentation_writes_them() -> None:
    text = "{ok: {Type: 'select', Options: [\n 'one': 'One',\n 'two': 'Two', 'three'\n]}}"

    (entry,) = only(text).registration.return_properties

    assert entry.options == (("one", plain("One")), ("two", plain("Two")), ("0", plain("three")))


def test_a_name_that_is_given_twice_counts_as_given_last() -> None:
    for text in (
        '{"CODE": "x", "NAME": "b", "CODE": "a"}',
        "f(['CODE' => 'x', 'NAME' => 'b', 'CODE' => 'a'])",
    ):
        understood = read_text(text)

        assert understood.registrations[0].registration.code == "a"
        assert remarks(understood) == [("repeated_key", ("CODE",), "")]


def test_what_describes_no_property_is_told() -> None:
    understood = read_text('{"CODE": "a", "NAME": "b", "PROPERTIES": {"x": "string", "y": []}}')

    assert [entry.name for entry in understood.registrations[0].registration.properties] == ["y"]
    assert remarks(understood) == [("not_a_property", ("PROPERTIES", "x"), "")]


def test_what_is_broken_beside_a_registration_is_told() -> None:
    text = "f({CODE: 'a', NAME: 'b'});\ng({CODE: 'c' NAME: 'd'});\nh('it)"

    understood = read_text(text)

    assert [one.registration.code for one in understood.registrations] == ["a"]
    assert understood.remarks == (Remark("rest_not_read", (), "comma_missing", 2, 14),)


def test_what_cannot_be_read_in_a_program_does_not_hide_what_can() -> None:
    text = "type T = { a: string; };\nconst q = \"it's\" + x['y'];\nadd({CODE: 'a', NAME: 'b'});"

    assert only(text).registration.code == "a"


def test_only_so_many_remarks_are_kept() -> None:
    text = "f({CODE: 'a', NAME: 'b', " + "".join(f"x{n}: y{n}, " for n in range(500)) + "})"

    assert len(read_text(text).remarks) == 100


def test_a_placeholder_of_ours_is_no_handler() -> None:
    text = '{"CODE": "a", "NAME": "b", "HANDLER": "PUT_THE_HANDLER_ADDRESS_HERE"}'

    assert only(text).registration == Registration(code="a", name=plain("b"))


def test_texts_in_several_languages_keep_their_order() -> None:
    text = "f(['CODE' => 'a', 'NAME' => ['RU' => 'Да', 'en' => 'Yes']]);"

    assert only(text).registration.name == LocalText((("ru", "Да"), ("en", "Yes")))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("5", 5),
        ("-5", -5),
        ("1_000", 1000),
        ("1.50", Decimal("1.50")),
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "<?php $v = {}; f(['CODE' => 'a', 'NAME' => 'b', 'X' => $v]);",
        "const v = {}\nf({{CODE: 'a', NAME: 'b', X: v}})",
    ],
)
def test_variables_of_other_types_than_texts_are_known(
    text: str, written: str, value: JsonValue
) -> None:
    understood = read_text(text.format(written))

    assert remarks(understood) == []
    others = understood.registrations[0].registration.others
    assert others == ((("X", value),) if value is not None else ())


def test_a_variable_that_is_computed_is_not_known() -> None:
    understood = read_text("const v = 5 + w; f({CODE: 'a', NAME: 'b', X: v})")

    assert remarks(understood) == [("unknown_value", ("X",), "v")]


IN_LINES = {
    "PowerShell": """
        $body = @'
{"CODE": "a", "NAME": "b", "HANDLER": "https://h.example.org/x"}
'@
        Invoke-RestMethod -Uri "$base/bizproc.robot.add" -Method Post -Body $body
    """,
    "PHP": """<?php
        $json = <<<'JSON'
        {"CODE": "a", "NAME": "b", "HANDLER": "https://h.example.org/x"}
        JSON;
        send('bizproc.robot.add', json_decode($json, true));
    """,
    "Python": '''
        body = """
        {"CODE": "a", "NAME": "b", "HANDLER": "https://h.example.org/x"}
        """
        post(base + "/bizproc.robot.add", json.loads(body))
    ''',
}


@pytest.mark.parametrize("language", IN_LINES)
def test_json_in_a_text_of_several_lines_is_read(language: str) -> None:
    registration = only(IN_LINES[language]).registration

    assert (registration.code, registration.name) == ("a", plain("b"))
    assert registration.kind is RuleKind.ROBOT

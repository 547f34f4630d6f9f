from __future__ import annotations

import pytest
from registration_reading import only, remarks

from bxgui.core.local_text import plain
from bxgui.core.registration import Registration, RuleKind
from bxgui.core.registration_text import Format, read_text

ADDRESS = "https://p.example.org/rest/bizproc.robot.add"
RULE = Registration(code="a", kind=RuleKind.ROBOT, name=plain('it\'s "b" & c'))
WINDOWS = r"it's \\\"b\\\" ^& c"
BODY = r'{"CODE": "a", "NAME": "it\u0027s \"b\" & c"}'


@pytest.mark.parametrize(
    "text",
    [
        f"curl -d '{BODY}' {ADDRESS}",
        f"curl -s -d'{BODY}' {ADDRESS}",
        f"curl -sSLd '{BODY}' {ADDRESS} | jq .",
        f"curl --data-raw '{BODY}' --url {ADDRESS}; echo done",
        f"curl --json '{BODY}' {ADDRESS} && echo done",
        f"curl -H 'Content-Type: application/json' --data-binary ' {BODY}' {ADDRESS}",
        f"curl -m 5 -XPOST --compressed --data '{BODY}' {ADDRESS}.json",
        f"curl -k -d '{BODY}' {ADDRESS} https://elsewhere.example.org",
        f"$ curl -d '{BODY}' {ADDRESS}/",
        f"/usr/bin/time /usr/bin/curl.exe x\ncurl -d '{BODY}' {ADDRESS}",
        f"# a comment\n\n  curl \\\n  -d '{BODY}' \\\n  {ADDRESS} # end",
        f"curl https://elsewhere.example.org -d '{BODY}' {ADDRESS}",
        f'curl {ADDRESS} -d $\'{{"CODE": "a", "NAME": "it\\\'s \\\\"b\\\\" \\x26 \\143"}}\'',
        f'curl {ADDRESS} -d "{{\\"CODE\\": \\"a\\", \\"NAME\\": \\"it\'s \\\\\\"b\\\\\\" & c\\"}}"',
        f'curl {ADDRESS} -d \'{{"CODE": "a", "NAME": "it\'"\'"\'s \\"b\\" & c"}}\'',
        f"curl {ADDRESS} -d CODE=a --data-urlencode 'NAME=it'\\''s \"b\" & c'",
        f'curl {ADDRESS} -d CODE=a --data-urlencode "NAME=it\'s \\\n\\"b\\" & c"',
        f"curl {ADDRESS} -F CODE=a -F 'NAME=it'\\''s \"b\" & c'",
        f'curl {ADDRESS} --form-string CODE=a -F "NAME=it\'s \\"b\\" & c"',
        f"curl -G {ADDRESS} -d CODE=a -d 'NAME=it%27s+%22b%22+%26+c'",
        f"curl --get {ADDRESS} -d CODE=a -d 'NAME=it%27s+%22b%22+%26+c'",
        f"curl '{ADDRESS}?CODE=a&NAME=it%27s+%22b%22+%26+c#x'",
        f'curl {ADDRESS}?CODE=a --url-query "NAME=it\'s \\"b\\" & c"',
        f'curl \'{ADDRESS}?CODE=a\' --json \'{{"NAME": "it\\u0027s \\"b\\" & c"}}\'',
    ],
)
def test_commands_of_bash(text: str) -> None:
    understood = read_text(text)

    assert understood.format is Format.CURL
    assert [read.registration for read in understood.registrations] == [RULE]
    assert understood.remarks == ()


POWERSHELL = {
    "single quotes": """{"CODE": "a", "NAME": "it''s \\"b\\" & c"}""",
    "for Windows": """{\\"CODE\\": \\"a\\", \\"NAME\\": \\"it''s \\\\\\"b\\\\\\" & c\\"}""",
}


@pytest.mark.parametrize(
    "text",
    [
        f"curl.exe `\r\n  -d '{POWERSHELL['single quotes']}' `\r\n  {ADDRESS}",
        f"curl.exe `\n  -d '{POWERSHELL['for Windows']}' `\n  {ADDRESS}",
        f'curl.exe `\n -d "{{""CODE"": `"a`", `"NAME`": `"it\'s \\`"b\\`" & c`"}}" `\n {ADDRESS}',
        f"PS C:\\Users\\me> curl.exe {ADDRESS} -d CODE=a --data-urlencode 'NAME=it''s \"b\" & c'",
        f'& curl.exe `\n {ADDRESS} -d CODE=`a --data-urlencode "NAME=it\'s `"b`" & c"; echo x',
    ],
)
def test_commands_of_powershell(text: str) -> None:
    assert only(text).registration == RULE


@pytest.mark.parametrize(
    "text",
    [
        f'curl ^\r\n -d "{{\\"CODE\\": \\"a\\", \\"NAME\\": \\"{WINDOWS}\\"}}" ^\r\n {ADDRESS}',
        f'curl ^"{ADDRESS}^" ^\n -d CODE=a --data-urlencode "NAME=it\'s ""b"" & c"',
        f'curl ^"{ADDRESS}^" -d CODE=a --data-urlencode ^"NAME=it\'s \\^"b\\^" ^& c^"\nexit',
        f'curl ^"{ADDRESS}^" -d CODE=a --data-urlencode NAME=it\'s^" \\"b\\" ^& c^" & echo x',
    ],
)
def test_commands_of_cmd(text: str) -> None:
    assert only(text).registration == RULE


@pytest.mark.parametrize(
    ("written", "text"),
    [(r"\ud83d\ude00\q\'\n", "😀\\q'\n"), (r"\x41\101\u0042", "AAB")],
)
def test_escapes_of_bash(written: str, text: str) -> None:
    command = f"curl {ADDRESS} -d CODE=a --data-urlencode $'NAME={written}'"

    assert only(command).registration.name == plain(text)


def test_a_line_end_that_cmd_is_given_is_one() -> None:
    text = f'curl ^"{ADDRESS}^" -d CODE=a -d "NAME=x" --data-urlencode ^"DESCRIPTION=a^\n\nb c^" -k'

    assert only(text).registration.description == plain("a\nb c")


def test_each_command_has_a_registration_of_its_own() -> None:
    text = (
        f"curl {ADDRESS} -d 'CODE=a&NAME=x'\n"
        f"curl https://p.example.org/rest/bizproc.robot.delete -d 'CODE=a&NAME=x'\n"
        f"curl https://p.example.org/rest/bizproc.activity.add -d 'CODE=b&NAME=y'\n"
    )

    found = read_text(text).registrations

    assert [(one.registration.code, one.registration.kind, one.line) for one in found] == [
        ("a", RuleKind.ROBOT, 1),
        ("b", RuleKind.ACTIVITY, 3),
    ]


def test_a_list_of_calls_may_be_the_body() -> None:
    text = 'curl https://x.y/rest/batch -d \'[["bizproc.robot.add", {"CODE": "a", "NAME": "x"}]]\''

    assert only(text).registration.code == "a"


@pytest.mark.parametrize(
    ("option", "file"),
    [
        ("-d @body.json", "body.json"),
        ("--data-binary @body.json", "body.json"),
        ("-F DESCRIPTION=@text.txt", "DESCRIPTION"),
        ("-F 'DESCRIPTION=<text.txt'", "DESCRIPTION"),
        ("--data-urlencode DESCRIPTION@text.txt", "DESCRIPTION@text.txt"),
    ],
)
def test_a_file_is_not_read(option: str, file: str) -> None:
    understood = read_text(f"curl {ADDRESS} -d 'CODE=a&NAME=b' {option}")

    (read,) = understood.registrations
    assert not read.is_whole
    assert remarks(understood) == [("file_not_read", (), file)]


def test_an_at_sign_begins_raw_data_too() -> None:
    assert only(f"curl {ADDRESS} -d 'CODE=a&NAME=b' --data-raw @x=1").registration.code == "a"


@pytest.mark.parametrize("body", ["$BODY", "{x}", "", "'' -d"])
def test_a_body_that_is_not_known_holds_no_registration(body: str) -> None:
    understood = read_text(f"curl '{ADDRESS}?CODE=a&NAME=b' --json {body}")

    assert understood.registrations[0].registration.code == "a"

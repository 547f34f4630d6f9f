from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from commanding import Cli, Ended, log_of_commands
from portal_server import PortalServer, portal
from posts import NOW, Post

from bxgui.core.json_values import parse
from bxgui.services import key_sharing
from bxgui.services.store import Store

PROPERTIES = {"sum": "125000.50|RUB", "note": "", "items][0": "one", "items][1": "two"}


@pytest.fixture(autouse=True)
def _root_logger() -> Iterator[None]:
    with log_of_commands():
        yield


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    return Cli(tmp_path / "data", capsys)


@pytest.fixture
def server() -> Iterator[PortalServer]:
    with portal() as running:
        yield running


@pytest.fixture
def post(cli: Cli, server: PortalServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    """Calls 1 and 2 of a rule of a trusted portal, which can be answered."""
    first = Post(endpoint=server.endpoint, properties=PROPERTIES)
    cli.catch(first, Post(number=2, endpoint=server.endpoint, document="DEAL_43"))
    assert cli("portals", "trust", first.member_id).status == 0
    with tempfile.TemporaryDirectory() as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        with closing(Store.open(cli.data)) as store:
            sharing = key_sharing.share(cli.key, store.id)
        assert sharing is not None
        with closing(sharing):
            yield first


def save(cli: Cli, name: str, *arguments: str, call: str = "1") -> Ended:
    ended = cli("presets", "save", call, name, *arguments)
    assert ended.status == 0
    return ended


def names(cli: Cli, *arguments: str) -> list[str]:
    return [one["name"] for one in cli("presets", "--json", *arguments).document]


def document(rule: str, *presets: object) -> str:
    return json.dumps({"kind": "bxgui-presets", "version": 1, "rule": rule, "presets": presets})


def given(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """What stands on standard input."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode()), "latin-1"))


@pytest.mark.usefixtures("post")
def test_a_preset_is_filled_from_the_call_that_is_answered(cli: Cli, server: PortalServer) -> None:
    save(
        cli,
        "Approve",
        *("--value", "Sum={{properties.sum}}"),
        *("--value", "Items={{properties.items}}"),
        *("--value", "Note=of {{document_id.2}}: {{properties.note|default:none}}"),
        *("--log", "By {{code}}: {{properties.items}}"),
    )

    ended = cli("reply", "1", "--preset", "Approve")

    assert ended.status == 0
    sent = server.next_request().document
    assert sent["RETURN_VALUES"] == {
        "Sum": "125000.50|RUB",
        "Items": ["one", "two"],
        "Note": "of DEAL_42: none",
    }
    assert sent["LOG_MESSAGE"] == "By approve_invoice: one, two"


@pytest.mark.usefixtures("post")
def test_values_given_one_by_one_take_the_places_of_the_preset_s(
    cli: Cli, server: PortalServer
) -> None:
    save(cli, "Approve", "--values", '{"B": "1", "A": "{{code}}", "C": "3"}', "--log", "Done")

    cli(
        "reply", "1", "--preset", "Approve", "--value", "a=given", "--value", "D=4", "--log", "Mine"
    )

    sent = server.next_request().document
    assert list(sent["RETURN_VALUES"].items()) == [
        ("B", "1"),
        ("a", "given"),
        ("C", "3"),
        ("D", "4"),
    ]
    assert sent["LOG_MESSAGE"] == "Mine"


def test_a_preset_whose_reply_did_not_go_is_not_used(cli: Cli, post: Post) -> None:
    save(cli, "Approve", "--value", "Approved=Y")
    save(cli, "Decline", "--value", "Approved=N")
    assert cli("portals", "distrust", post.member_id).status == 0

    assert cli("reply", "1", "--preset", "Approve").status != 0

    assert names(cli) == ["Decline", "Approve"]


@pytest.mark.usefixtures("post")
def test_what_the_call_has_not_ends_with_2_and_nothing_is_sent(
    cli: Cli, server: PortalServer
) -> None:
    save(cli, "Approve", "--value", "Sum={{properties.sum}}", "--log", "{{properties.items}}")

    ended = cli("reply", "2", "--preset", "Approve", "--value", "Sum=7")

    assert ended.status == 2
    assert ended.complaint == (
        "The preset cannot be filled: Sum: this call has no properties.sum; "
        "log message: this call has no properties.items."
    )
    assert not server.was_asked()


@pytest.mark.usefixtures("post")
def test_a_log_message_alone_needs_no_variables_of_values(cli: Cli, server: PortalServer) -> None:
    save(cli, "Approve", "--value", "Sum={{properties.sum}}", "--log", "At {{portal}}")

    ended = cli("reply", "2", "--preset", "Approve", "--only-log")

    assert ended.status == 0
    sent = server.next_request().document
    assert sent["LOG_MESSAGE"].startswith("At 127.0.0.1")
    assert "RETURN_VALUES" not in sent


@pytest.mark.usefixtures("post")
def test_the_last_reply_is_given_again_as_it_was_sent(cli: Cli, server: PortalServer) -> None:
    cli("reply", "1", "--value", "A={{code}}", "--value", "B=1", "--log", "{{now}}")
    first = server.next_request().document

    cli("reply", "2", "--like-last", "--value", "B=2")

    second = server.next_request().document
    assert first["RETURN_VALUES"] == {"A": "{{code}}", "B": "1"}
    assert second["RETURN_VALUES"] == {"A": "{{code}}", "B": "2"}
    assert second["LOG_MESSAGE"] == "{{now}}"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--preset", "Approv"), "There is no preset Approv for this rule."),
        (("--like-last",), "No reply to approve_invoice was sent yet."),
        (("--preset", "A", "--like-last"), "argument --like-last: not allowed with"),
    ],
)
@pytest.mark.usefixtures("post")
def test_a_beginning_that_is_not_there_ends_with_2(
    cli: Cli, server: PortalServer, arguments: tuple[str, ...], complaint: str
) -> None:
    ended = cli("reply", "1", *arguments)

    assert ended.status == 2
    assert ended.complaint.startswith(complaint)
    assert not server.was_asked()


@pytest.mark.usefixtures("post")
def test_presets_are_listed_with_the_one_used_last_first(cli: Cli) -> None:
    save(cli, "Approve", "--value", "A=1", "--log", "Done")
    save(cli, "Reject")
    before = names(cli)

    cli("reply", "1", "--preset", "Approve")

    assert before == ["Reject", "Approve"]
    assert names(cli) == ["Approve", "Reject"]
    table = cli("presets").out.splitlines()
    assert table[0].split() == ["rule", "portal", "name", "used", "values", "log", "message"]
    assert '{"A": "1"}' in table[1]
    assert table[1].endswith("Done")


@pytest.mark.usefixtures("post")
def test_a_value_given_one_by_one_goes_before_all_of_its_name(
    cli: Cli, server: PortalServer
) -> None:
    cli("reply", "1", "--force", "--values", '{"A": "1", "B": "2", "A": "3"}')
    server.next_request()

    cli("reply", "2", "--like-last", "--value", "a=given")

    assert server.next_request().document["RETURN_VALUES"] == {"a": "given", "B": "2"}


@pytest.mark.usefixtures("post")
def test_a_preview_shows_the_preset_filled_and_does_not_use_it(
    cli: Cli, server: PortalServer
) -> None:
    save(cli, "Approve", "--value", "Sum={{properties.sum}}", "--log", "Done")
    save(cli, "Reject")

    shown = cli("preview", "1", "--preset", "Approve")
    logged = cli("preview", "1", "--preset", "Approve", "--only-log")
    missing = cli("preview", "2", "--preset", "Approve")

    assert shown.status == logged.status == 0
    assert '{"Sum": "125000.50|RUB"}' in shown.out
    assert "RETURN_VALUES" not in logged.out
    assert missing.status == 2
    assert names(cli) == ["Reject", "Approve"]
    assert not server.was_asked()


def test_presets_are_told_as_programs_read_them(cli: Cli) -> None:
    cli.catch(Post())
    save(cli, "Approve", "--values", '{"Sum": 1.10, "Big": 12345678901234567890123}')

    listed = parse(cli("presets", "--json").out)

    assert isinstance(listed, list)
    (document,) = listed
    assert isinstance(document, dict)
    assert document.pop("used_at")
    assert {name: str(value) for name, value in document.items()} == {
        "rule": "approve_invoice",
        "portal": "portal.example.org",
        "key": Post().member_id,
        "name": "Approve",
        "values": "{'Sum': Decimal('1.10'), 'Big': 12345678901234567890123}",
        "log_message": "",
    }


def two_portals(cli: Cli) -> None:
    cli.catch(
        Post(number=1),
        Post(number=2, endpoint="https://other.example.org/rest/", member_id="other"),
        Post(number=3, code="other_rule"),
    )


def test_presets_are_listed_by_rule_and_portal(cli: Cli) -> None:
    two_portals(cli)
    for call, name in (("1", "one"), ("2", "two"), ("3", "three")):
        save(cli, name, call=call)

    assert names(cli, "--rule", "other_rule") == ["three"]
    assert names(cli, "--portal", "other") == ["two"]
    assert names(cli, "--portal", "other.example.org", "--rule", "other_rule") == []
    assert cli("presets", "--rule", "gone").out == "No presets.\n"


def test_saving_again_replaces(cli: Cli) -> None:
    cli.catch(Post())

    first = save(cli, " Approve ", "--value", "A=1")
    second = save(cli, "Approve", "--value", "A=2", "--json")

    assert first.out == "Saved: Approve, for approve_invoice of portal.example.org.\n"
    assert second.document["replaced"] is True
    assert [one["values"] for one in cli("presets", "--json").document] == [{"A": "2"}]


def test_a_variable_is_kept_whatever_the_type_of_its_value(cli: Cli) -> None:
    post = Post(properties={"sum": "7"})
    cli.catch(post)
    cli.register(post, {"Sum": {"TYPE": "int"}, "Days": {"TYPE": "int"}})

    save(cli, "Approve", "--value", "Sum={{properties.sum}}", "--value", "Days= 7 ")

    assert cli("presets", "--json").document[0]["values"] == {
        "Sum": "{{properties.sum}}",
        "Days": "7",
    }


def test_what_the_call_at_hand_has_not_is_warned_of(cli: Cli) -> None:
    cli.catch(Post(properties={"sum": "7"}))

    ended = save(cli, "Approve", "--value", "A={{properties.summ}}")

    assert ended.complaint == (
        "warning: A: this call has no properties.summ (did you mean properties.sum?)"
    )
    assert names(cli) == ["Approve"]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("A", "--value", "A={{event_token}}"), "A: event_token is a secret, and no preset"),
        (("A", "--log", "{{summ}}"), "log message: there is no variable summ"),
        (("A", "--log", "{{now|year}}"), "log message: now|year: formats are datetime, date"),
        (("A", "--log", "{{ now"), "log message: {{now is no variable; write {{{{ for two braces"),
        ((" ",), "A preset needs a name."),
        (("A\udcff",), "argument NAME: 'A\\udcff' is no text"),
        (("A", "--value", "A=\udcff"), "The text holds half of a character"),
        (("A", "--value", "A"), "--value wants NAME=TEXT"),
    ],
)  # fmt: skip
def test_a_preset_that_cannot_be_kept_ends_with_2(
    cli: Cli, arguments: tuple[str, ...], complaint: str
) -> None:
    cli.catch(Post(properties={"sum": "7"}))

    ended = cli("presets", "save", "1", *arguments)

    assert ended.status == 2
    assert complaint in ended.complaint
    assert names(cli) == []


def test_a_call_of_no_rule_has_no_presets(cli: Cli) -> None:
    cli.catch(Post(endpoint="", member_id=""))

    ended = cli("presets", "save", "1", "A")

    assert ended.status == 2
    assert ended.complaint == "Call 1 belongs to no rule of a portal, so it has no presets."
    assert cli("presets", "save", "7", "A").status == 1


def test_a_preset_is_deleted(cli: Cli) -> None:
    two_portals(cli)
    save(cli, "one")
    save(cli, "two")
    host = ("--portal", "portal.example.org")

    vague = cli("presets", "delete", "approve_invoice", "one")
    told = cli("presets", "delete", "approve_invoice", "one", *host)
    gone = cli("presets", *host, "delete", "approve_invoice", "one")

    assert vague.status == 2
    assert vague.complaint == (
        "Several portals have a rule approve_invoice: other.example.org, portal.example.org. "
        "Say which with --portal."
    )
    assert told.out == "Deleted: one, of approve_invoice of portal.example.org.\n"
    assert gone.complaint == "There is no preset one for this rule."
    assert cli("presets", "delete", "approve_invoice", "two", *host, "--json").document == {
        "rule": "approve_invoice",
        "portal": "portal.example.org",
        "key": Post().member_id,
        "deleted": "two",
    }


def test_presets_go_through_a_file_to_another_portal(cli: Cli, tmp_path: Path) -> None:
    two_portals(cli)
    save(cli, "Да", "--values", '{"Sum": 1.10}', "--log", "{{code}}")
    save(cli, "Нет")
    file = tmp_path / "presets.json"

    written = cli("presets", "export", "approve_invoice", str(file), "--portal", Post().member_id)
    read = cli("presets", "import", str(file), "--portal", "other")

    assert written == Ended(0, "", "")
    assert "1.10" in file.read_text("utf-8")
    assert read.out.splitlines() == [
        "Presets for approve_invoice of other.example.org:", "  added: Нет", "  added: Да",
    ]  # fmt: skip
    assert names(cli, "--portal", "other") == ["Нет", "Да"]


def test_presets_go_through_standard_output_and_input(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.catch(Post())
    save(cli, "Да и нет", "--value", "A=old")
    exported = cli("presets", "export", "approve_invoice").out
    new = exported.replace("old", "new")

    given(monkeypatch, new)
    skipped = cli("presets", "import", "-", "--json").document
    given(monkeypatch, new)
    replaced = cli("presets", "import", "-", "--replace")

    assert skipped["skipped"] == ["Да и нет"]
    assert skipped["added"] == skipped["replaced"] == []
    assert "  replaced: Да" in replaced.out
    assert cli("presets", "--json").document[0]["values"] == {"A": "new"}


def test_what_is_skipped_is_said(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    cli.catch(Post())
    save(cli, "A")
    given(monkeypatch, cli("presets", "export", "approve_invoice").out)

    ended = cli("presets", "import", "-")

    assert "  skipped, as the name is taken (--replace replaces): A" in ended.out.splitlines()


def test_presets_come_before_the_first_call_of_their_rule(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.catch(Post(code="other_rule"))
    given(monkeypatch, document("new_rule", {"name": "A", "values": {"B": "1"}}))

    assert cli("presets", "import", "-").status == 0

    cli.catch(Post(number=2, code="new_rule"))
    assert names(cli, "--rule", "new_rule") == ["A"]
    assert save(cli, "A", call="2").out.startswith("Replaced: A")


BAD_VARIABLE = document("approve_invoice", {"name": "A", "values": {"B": "{{event_token}}"}})
UNKNOWN_RULE = document("gone")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{", "The presets are not JSON, line 1, column 2: "),
        ("{}", "The document holds no presets of bxgui"),
        (BAD_VARIABLE, "The preset cannot be filled: preset A, B: event_token is a secret"),
        (UNKNOWN_RULE, "No rule gone is known."),
    ],
)
def test_a_document_that_cannot_be_imported_ends_with_2(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, text: str, complaint: str
) -> None:
    two_portals(cli)
    given(monkeypatch, text)

    ended = cli("presets", "import", "-")

    assert ended.status == 2
    assert ended.complaint.startswith(complaint)
    assert names(cli) == []


def test_files_that_cannot_be_used_are_one_line(cli: Cli, tmp_path: Path) -> None:
    cli.catch(Post())
    latin = tmp_path / "latin.json"
    latin.write_bytes(b"\xff")

    written = cli("presets", "export", "approve_invoice", str(tmp_path))
    read = [cli("presets", "import", str(path)) for path in (tmp_path / "none", latin)]

    assert written.status == 1
    assert "cannot be written" in written.complaint
    assert [ended.status for ended in read] == [2, 2]
    assert read[0].complaint == f"There is no file {tmp_path / 'none'}."
    assert "is no text in UTF-8. Save it as UTF-8." in read[1].complaint


def test_a_preset_is_kept_for_a_call_of_long_ago(cli: Cli) -> None:
    cli.catch(Post(), at=NOW)

    assert save(cli, "Approve").err == ""

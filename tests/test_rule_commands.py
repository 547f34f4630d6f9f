from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from commanding import Cli, Ended, log_of_commands
from posts import NOW, Post

from bxgui.core.records import EVENT_SEND, Reply
from bxgui.services.store import Store

HOME = Post(number=1)
AWAY = Post(number=2, member_id="f" * 32, endpoint="https://other.example.org/rest/")
HOSTS = ("other.example.org", "portal.example.org")
ADVICE = "Say which one with --portal KEY."
TOKEN = "c02ba869006d64d6008a39670000000400000013d2a43a6ada270691286d33cd6909d4"
PHP = f"""<?php
$result = CRest::call('bizproc.robot.add', [
    'CODE' => 'approve_invoice',
    'HANDLER' => $handler,
    'USE_SUBSCRIPTION' => 'Y',
    'NAME' => ['ru' => 'Согласовать', 'en' => 'Approve'],
    'PROPERTIES' => ['sum' => ['Name' => 'Sum', 'Type' => 'double']],
    'RETURN_PROPERTIES' => [
        'approved' => ['Name' => 'Approved', 'Type' => 'bool', 'Required' => 'Y'],
        'level' => ['Name' => 'Level', 'Type' => 'select', 'Options' => ['1' => 'Low']],
    ],
    'auth' => '{TOKEN}',
]);
"""
WHOLE = (
    '{"CODE": "approve_invoice", "NAME": "Approve", "USE_SUBSCRIPTION": "Y", "AUTH_USER_ID": 1, '
    '"HANDLER": "https://app.example.org/h/secret-path", "USE_PLACEMENT": "N", "X": 1.50, '
    '"FILTER": {"INCLUDE": ["b24"]}, "PLACEMENT_HANDLER": "https://app.example.org/p", '
    '"DOCUMENT_TYPE": ["crm", "CCrmDocumentDeal", "DEAL"], '
    '"RETURN_PROPERTIES": {"ok": {"NAME": "OK", "TYPE": "bool", "MULTIPLE": "Y"}}}'
)


@pytest.fixture(autouse=True)
def _root_logger() -> Iterator[None]:
    with log_of_commands():
        yield


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    return Cli(tmp_path / "data", capsys)


class Importing:
    """Imports texts from a file."""

    def __init__(self, cli: Cli, folder: Path) -> None:
        self.file = folder / "registration.txt"
        self._cli = cli

    def __call__(self, text: str, *options: str) -> Ended:
        self.file.write_text(text, "utf-8")
        return self._cli("rules", "import", str(self.file), *options)


@pytest.fixture
def importing(cli: Cli, tmp_path: Path) -> Importing:
    return Importing(cli, tmp_path)


def only_rule(cli: Cli) -> dict[str, Any]:
    (rule,) = cli("rules", "--json").document
    assert isinstance(rule, dict)
    return rule


def test_rules_are_listed_with_what_is_known_of_them(cli: Cli, importing: Importing) -> None:
    cli.catch(HOME, AWAY)
    importing(PHP, "--portal", HOME.member_id)

    listed = cli("rules")

    assert listed.status == 0
    assert [line.split("  ")[0] for line in listed.out.splitlines()] == [
        "rule",
        "approve_invoice",
        "approve_invoice",
    ]
    away, home = listed.out.splitlines()[1:]
    assert "other.example.org" in away
    assert away.endswith("not known")
    assert "Approve" in home
    assert home.endswith("2")


def test_rules_of_one_portal_as_json(cli: Cli, importing: Importing) -> None:
    cli.catch(HOME, AWAY)
    importing(PHP, "--portal", HOME.member_id)

    (rule,) = cli("rules", "--portal", "portal.example.org", "--json").document

    assert rule == {
        "rule": "approve_invoice",
        "portal": "portal.example.org",
        "key": HOME.member_id,
        "name": {"ru": "Согласовать", "en": "Approve"},
        "calls": 1,
        "registered": True,
        "has_schema": True,
        "return_properties": 2,
    }


def test_without_calls_there_are_no_rules(cli: Cli) -> None:
    assert cli("rules").out == "No rules.\n"
    assert cli("rules", "--json").document == []


def test_an_import_tells_what_is_understood_and_keeps_it(cli: Cli, importing: Importing) -> None:
    cli.catch(HOME)

    done = importing(PHP)

    assert done.status == 0
    assert TOKEN not in done.out
    told = done.out.splitlines()
    assert told[0] == "Read as PHP."
    assert "line 4: HANDLER was left out: only the running program knows $handler." in told
    assert "approve_invoice of portal.example.org" in told
    assert "  name: ru: Согласовать / en: Approve" in told
    assert "    approved: bool, required, Approved" in told
    assert "    level: select, Level, one of 1 = Low" in told
    assert told[-1] == "Kept."
    assert only_rule(cli)["return_properties"] == 2


def test_an_import_as_json(cli: Cli, importing: Importing) -> None:
    cli.catch(HOME)

    document = importing(PHP, "--json").document

    (one,) = document["registrations"]
    assert (document["format"], document["kept"]) == ("php", True)
    assert (one["rule"], one["key"], one["scope"]) == ("approve_invoice", HOME.member_id, "whole")
    assert one["registration"]["RETURN_PROPERTIES"]["approved"]["REQUIRED"] == "Y"
    assert one["findings"] == []
    assert [remark["code"] for remark in document["remarks"]] == ["unknown_value", "auth_left_out"]


def test_a_text_is_read_from_standard_input(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    cli.catch(HOME)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(WHOLE.encode())))

    assert cli("rules", "import", "-").status == 0
    assert only_rule(cli)["has_schema"]


def test_errors_keep_everything_out(cli: Cli, importing: Importing) -> None:
    cli.catch(HOME)
    bad = '{"CODE": "b", "NAME": "B", "HANDLER": "ftp://x.y/", "PROPERTIES": {"1a": {"TYPE": "x"}}}'

    done = importing(f"[{WHOLE}, {bad}]")

    assert done.status == 1
    assert "error: HANDLER begins neither with http:// nor with https://" in done.out
    assert "error: PROPERTIES → 1a is no name of a property" in done.out
    assert "warning: PROPERTIES → 1a → TYPE: “x” is no type that Bitrix24 documents" in done.out
    assert "Kept." not in done.out
    assert done.complaint == "Nothing was kept: mend the errors first."
    assert not only_rule(cli)["registered"]


def test_a_dry_run_keeps_nothing(cli: Cli, importing: Importing) -> None:
    cli.catch(HOME)

    done = importing(PHP, "--dry-run")

    assert done.status == 0
    assert done.out.splitlines()[-1] == "Nothing was kept."
    assert not only_rule(cli)["registered"]


def test_a_dry_run_needs_no_portal(cli: Cli, importing: Importing) -> None:
    done = importing('{"ok": {"TYPE": "boolean"}}', "--dry-run", "--code", "a")

    assert done.status == 0
    assert "a" in done.out.splitlines()
    assert "Did you mean “bool”?" in done.out
    document = importing('{"ok": {"TYPE": "bool"}}', "--dry-run", "--code", "a", "--json").document
    assert document["registrations"][0]["portal"] is None


def test_a_schema_alone_wants_the_code_of_its_rule(cli: Cli, importing: Importing) -> None:
    cli.catch(HOME)
    schema = '{"ok": {"Name": "OK", "TYPE": "bool"}}'

    refused = importing(schema)

    assert (refused.status, refused.complaint) == (
        2,
        "The text does not name its rule. Name it with --code.",
    )
    assert importing(schema, "--code", HOME.code).status == 0
    assert only_rule(cli)["return_properties"] == 1


def test_one_of_several_registrations_is_chosen_by_its_code(cli: Cli, importing: Importing) -> None:
    cli.catch(HOME)
    text = '[{"CODE": "a", "NAME": "A", "PROPERTIES": []}, {"CODE": "b", "NAME": "B", "X": 1}]'

    importing(text, "--code", "b")
    missing = importing(text, "--code", "c")

    assert [rule["rule"] for rule in cli("rules", "--json").document] == [HOME.code, "b"]
    assert (missing.status, missing.complaint) == (2, "The text holds no registration of c.")


@pytest.mark.parametrize(
    ("posts", "options", "complaint"),
    [
        ((), (), "No portal is known yet. Catch a call first: a registration belongs to a portal."),
        ((HOME,), ("--portal", "x"), "No portal is known as x."),
        ((HOME,), ("--portal", "x", "--dry-run"), "No portal is known as x."),
        (
            (HOME, AWAY),
            (),
            f"Several portals may have the rule approve_invoice: {HOSTS[1]}, {HOSTS[0]}. {ADVICE}",
        ),
    ],
)
def test_an_import_wants_one_portal(
    cli: Cli,
    importing: Importing,
    posts: tuple[Post, ...],
    options: tuple[str, ...],
    complaint: str,
) -> None:
    for number, post in enumerate(posts):
        cli.catch(post, at=NOW.replace(minute=30 - number))

    refused = importing(PHP, *options)

    assert (refused.status, refused.complaint) == (1, complaint)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('{"CODE": "a"\n "NAME": "b"}', "Line 2, column 2: A comma is missing."),
        ("", "There is nothing in it."),
        ("hello", "No registration is found in it."),
    ],
)
def test_a_text_that_is_not_understood(importing: Importing, text: str, complaint: str) -> None:
    refused = importing(text)

    assert refused.status == 2
    assert refused.complaint == f"{importing.file} is not understood. {complaint}"


def test_a_file_that_cannot_be_read(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "latin").write_bytes(b'{"CODE": "\xff"}')

    for name, said in (("none", "There is no file"), ("latin", "Save it as UTF-8.")):
        refused = cli("rules", "import", str(tmp_path / name))
        assert refused.status == 2
        assert said in refused.complaint


def test_a_rule_is_shown_with_its_registration(cli: Cli, importing: Importing) -> None:
    cli.catch(HOME)
    importing(WHOLE)

    shown = cli("rules", "show", HOME.code)

    assert "secret-path" not in shown.out
    assert shown.out.splitlines() == [
        "approve_invoice of portal.example.org, calls: 1",
        "  a rule",
        "  name: Approve",
        "  waits for a reply: yes",
        "  handler: https://app.example.org/h/***",
        "  user: 1",
        "  document type: crm, CCrmDocumentDeal, DEAL",
        "  also: FILTER, USE_PLACEMENT, PLACEMENT_HANDLER, X",
        "  return properties",
        "    ok: bool, multiple, OK",
    ]


def test_defaults_and_descriptions_are_shown(cli: Cli, importing: Importing) -> None:
    cli.catch(HOME)
    properties = {
        "days": {
            "TYPE": "int",
            "NAME": "Days",
            "DEFAULT": 5,
            "DESCRIPTION": {"en": "Working days"},
        },
        "tags": {"TYPE": "string", "NAME": "Tags", "MULTIPLE": "Y", "DEFAULT": ["a", "b"]},
    }
    importing(json.dumps({"CODE": HOME.code, "RETURN_PROPERTIES": properties}))

    shown = cli("rules", "show", HOME.code)

    assert shown.out.splitlines()[-3:] == [
        "    days: int, Days, 5 by default",
        "      Working days",
        "    tags: string, multiple, Tags, a; b by default",
    ]


def test_what_is_wrong_with_a_kept_registration_is_shown(cli: Cli, importing: Importing) -> None:
    cli.catch(HOME)
    importing(WHOLE.replace('"USE_SUBSCRIPTION": "Y"', '"USE_SUBSCRIPTION": true'))

    shown = cli("rules", "show", HOME.code)

    assert shown.out.splitlines()[-1] == (
        "  warning: USE_SUBSCRIPTION is “true”: with anything but Y the step does not wait."
    )


def test_a_rule_without_a_registration_shows_what_its_replies_returned(cli: Cli) -> None:
    (call_id,) = cli.catch(HOME)
    with closing(Store.open(cli.data)) as store:
        store.replies.create(Reply(call_id, EVENT_SEND, [("approved", "Y")], ""), "1:a", NOW)

    shown = cli("rules", "show", HOME.code)

    assert shown.out.splitlines() == [
        "approve_invoice of portal.example.org, calls: 1",
        "  Its registration is not known; `bxgui rules import` reads it.",
        "  Its replies have returned",
        "    approved: bool",
    ]
    document = cli("rules", "show", HOME.code, "--json").document
    assert document["registration"] is None
    assert document["learned"] == {"approved": {"TYPE": "bool"}}


def test_a_shown_rule_as_json_loses_nothing(cli: Cli, importing: Importing) -> None:
    cli.catch(HOME)
    importing(WHOLE)

    shown = cli("rules", "show", HOME.code, "--json")

    assert shown.document["registration"]["X"] == 1.5
    assert '"X": 1.50' in shown.out
    assert shown.document["learned"] == {}


def test_an_exported_registration_can_be_imported_again(cli: Cli, importing: Importing) -> None:
    cli.catch(HOME)
    importing(WHOLE)
    exported = cli("rules", "export", HOME.code)
    cli("rules", "forget", HOME.code)

    again = importing(exported.out)

    assert again.status == 0
    assert cli("rules", "export", HOME.code).out == exported.out


def test_an_exported_call_has_placeholders_for_what_is_secret(
    cli: Cli, importing: Importing
) -> None:
    cli.catch(HOME)
    importing(WHOLE)

    exported = cli("rules", "export", HOME.code, "--as", "call")

    assert exported.status == 0
    assert exported.document["HANDLER"] == "PUT_THE_HANDLER_ADDRESS_HERE"
    assert exported.document["auth"] == "PUT_AN_ACCESS_TOKEN_HERE"
    assert exported.err == (
        "bxgui: note: POST it to https://portal.example.org/rest/bizproc.robot.add "
        "as an administrator.\n"
    )


def test_an_exported_call_has_our_own_address_when_it_is_asked_for(
    cli: Cli, importing: Importing
) -> None:
    cli.catch(HOME)
    importing(WHOLE)

    exported = cli("rules", "export", HOME.code, "--as", "call", "--with-address")

    assert f"{exported.document['HANDLER']}\n" == cli("address").out


def test_what_the_portal_would_refuse_of_an_exported_call_is_told(
    cli: Cli, importing: Importing
) -> None:
    cli.catch(HOME)
    importing('{"ok": {"NAME": "OK", "TYPE": "bool"}}', "--code", HOME.code)

    exported = cli("rules", "export", HOME.code, "--as", "call")

    assert exported.document["USE_SUBSCRIPTION"] == "Y"
    assert (
        "bxgui: error: NAME is missing: the portal refuses the rule." in exported.err.splitlines()
    )


def test_broken_settings_do_not_tell_an_address(cli: Cli, importing: Importing) -> None:
    cli.catch(HOME)
    importing(WHOLE)
    (cli.data / "settings.toml").write_text("listener = 5\n")

    refused = cli("rules", "export", HOME.code, "--as", "call", "--with-address")

    assert refused.status == 1
    assert "settings.toml" in refused.complaint


def test_a_forgotten_registration_is_gone(cli: Cli, importing: Importing) -> None:
    cli.catch(HOME)
    importing(WHOLE)

    done = cli("rules", "forget", HOME.code)

    assert done.out == "Forgotten: the registration of approve_invoice of portal.example.org.\n"
    assert not only_rule(cli)["registered"]
    importing(WHOLE)
    assert cli("rules", "forget", HOME.code, "--json").document["forgotten"] is True


@pytest.mark.parametrize("action", ["export", "forget"])
def test_what_is_not_known_is_neither_exported_nor_forgotten(cli: Cli, action: str) -> None:
    cli.catch(HOME)

    refused = cli("rules", action, HOME.code)

    assert (refused.status, refused.complaint) == (
        1,
        "The registration of approve_invoice of portal.example.org is not known.",
    )


@pytest.mark.parametrize("action", ["show", "export", "forget"])
def test_a_code_of_several_portals_is_asked_about(cli: Cli, action: str) -> None:
    cli.catch(HOME, AWAY)

    refused = cli("rules", action, HOME.code)
    unknown = cli("rules", action, "none")

    assert (refused.status, refused.complaint) == (
        1,
        f"Several portals have a rule approve_invoice: {', '.join(HOSTS)}. {ADVICE}",
    )
    assert (unknown.status, unknown.complaint) == (1, "No rule none is known.")
    assert cli("rules", "show", HOME.code, "--portal", "other.example.org").status == 0


def test_a_code_that_is_no_text(cli: Cli) -> None:
    refused = cli("rules", "show", "\udcff")

    assert refused.status == 2
    assert "is no text" in refused.complaint


def test_the_address_of_a_call_has_the_scheme_of_its_portal(cli: Cli, importing: Importing) -> None:
    home = replace(HOME, endpoint="http://portal.example.org/rest/")
    cli.catch(home)
    importing(WHOLE)

    exported = cli("rules", "export", home.code, "--as", "call")

    assert "POST it to http://portal.example.org/rest/bizproc.robot.add" in exported.err

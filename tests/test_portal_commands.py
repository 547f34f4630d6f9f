"""`bxgui portals`: its actions, against a simulated portal."""

from __future__ import annotations

import io
import json
import re
import sys
import webbrowser
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import authorizing
import keyring.errors
import pytest
from authorizing import Bench
from commanding import Cli, Ended, log_of_commands
from keyrings import needs_secret_service, with_secret_service
from listening import command
from simulated import served

from bxgui.services import vault
from bxgui.services.consents import Consents
from bxgui.services.workspace import utc_now

Portals = Callable[..., Ended]


@pytest.fixture(autouse=True)
def _root_logger() -> Iterator[None]:
    with log_of_commands():
        yield


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    with authorizing.bench(tmp_path, monkeypatch) as made:
        monkeypatch.setattr(vault, "keyring_key", lambda _: made.key)
        yield made


@pytest.fixture
def portals(
    bench: Bench, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Portals:
    """Runs an action; `given` is what comes over standard input."""
    cli = Cli(bench.folder, capsys)

    def run(*arguments: str, given: str = "") -> Ended:
        monkeypatch.setattr(sys, "stdin", io.StringIO(given))
        return cli("portals", *arguments)

    return run


@pytest.fixture
def added(bench: Bench, portals: Portals) -> str:
    """The key of a portal that was added with a webhook."""
    ended = portals(
        *("add", bench.client.served.endpoint, "--name", "Office", "--webhook", "--json"),
        given=f"{bench.webhook().address}\n",
    )
    assert ended.status == 0, ended.err
    key: str = ended.document["key"]
    return key


def pair(bench: Bench) -> str:
    return f"{bench.application.client_id}\n{bench.application.client_secret}\n"


def test_added_portal_is_listed_and_shown_with_what_authorizes_it(
    bench: Bench, portals: Portals, added: str
) -> None:
    (listed,) = portals("--json").document
    table, text = portals().out, portals("show", "Office").out
    shown = portals("show", added, "--json").document

    assert listed["name"] == "Office"
    assert listed["trusted"] is True
    assert [source["source"] for source in listed["authorized_by"]] == ["webhook"]
    assert shown == {**listed, "exchanges": []}
    assert "Office" in table
    assert "webhook: an incoming webhook; user 1" in text
    code = bench.webhook().code
    assert code not in table + text + json.dumps(shown)


def test_test_tells_who_may_do_what(bench: Bench, portals: Portals, added: str) -> None:
    as_json, as_text = portals("test", added, "--json"), portals("test", added)

    (webhook,) = as_json.document
    assert as_json.status == as_text.status == 0
    assert webhook["works"] is True
    assert webhook["answers"] is True
    assert webhook["scopes"] == ["bizproc"]
    assert webhook["admin"] is True
    assert "works    webhook: an incoming webhook" in as_text.out
    assert "user 1 Administrator (an administrator); scopes bizproc" in as_text.out
    methods = [line.split()[1] for line in portals("show", added).out.splitlines()[-4:]]
    assert methods == ["profile", "scope"] * 2


def test_test_of_a_portal_that_nothing_authorizes_says_so(bench: Bench, portals: Portals) -> None:
    portals("add", bench.client.served.endpoint)

    ended = portals("test", f"127.0.0.1:{bench.client.served.port}")

    assert ended.status == 3
    assert ended.out == "Nothing authorizes requests to this portal yet.\n"


def test_test_ends_with_3_when_nothing_can_answer(bench: Bench, portals: Portals) -> None:
    given = f"{bench.webhook('crm').address}\n"
    portals("add", bench.client.served.endpoint, "--webhook", given=given)

    ended = portals("test", f"127.0.0.1:{bench.client.served.port}")

    assert ended.status == 3
    assert "the scope bizproc is missing" in ended.out


def test_secrets_are_kept_by_the_keyring_and_on_no_disk(
    bench: Bench, portals: Portals, added: str
) -> None:
    ended = portals("set", added, "--application", given=pair(bench))

    (entry,) = [text for (_, name), text in bench.keyring.passwords.items() if "portal" in name]
    kept = json.loads(entry)
    assert ended.status == 0
    assert kept["client_secret"] == bench.application.client_secret
    assert kept["webhook"].startswith(f"{bench.client.served.endpoint}1/")
    assert bench.application.client_secret.encode() not in bench.files
    assert kept["webhook"].encode() not in bench.files


def test_secret_that_no_keyring_keeps_is_not_taken(bench: Bench, portals: Portals) -> None:
    bench.keyring.drops = True

    ended = portals(
        "add", bench.client.served.endpoint, "--webhook", given=f"{bench.webhook().address}\n"
    )

    assert ended.status == 1
    assert "The webhook cannot be kept: the keyring does not keep" in ended.complaint
    assert portals("--json").document[0]["authorized_by"] == []


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ("", "Address of the incoming webhook is missing"),
        ("nonsense", "This is not a web address"),
        ("https://portal.example.org/rest/", "no /rest/USER/CODE/"),
        ("https://portal.example.org/rest/1/a!b/", "is none"),
        ("https://other.example.org/rest/1/abcdefgh12345678/", "is for other.example.org"),
    ],
)
def test_what_is_no_webhook_of_the_portal_is_not_taken(
    bench: Bench, portals: Portals, given: str, complaint: str
) -> None:
    ended = portals("add", bench.client.served.endpoint, "--webhook", given=f"{given}\n")

    assert ended.status == 2
    assert complaint in ended.complaint
    assert "abcdefgh" not in ended.err


@pytest.mark.parametrize(
    ("address", "endpoint"),
    [
        ("portal.example.org", "https://portal.example.org/rest/"),
        ("https://portal.example.org/crm/deal/?id=1", "https://portal.example.org/rest/"),
        ("https://box.example.org/sub/rest", "https://box.example.org/sub/rest/"),
    ],
)
def test_address_is_taken_as_a_person_has_it(portals: Portals, address: str, endpoint: str) -> None:
    ended = portals("add", address)

    assert ended.status == 0
    assert endpoint in ended.out
    assert portals("--json").document[0]["endpoint"] == endpoint


@pytest.mark.parametrize("address", ["", "ftp://portal.example.org", "a b", "http://[x"])
def test_what_is_no_address_is_not_added(portals: Portals, address: str) -> None:
    assert portals("add", address).status == 2


def test_plain_http_has_to_be_allowed_by_name(portals: Portals) -> None:
    refused = portals("add", "http://box.local.net")
    allowed = portals("add", "http://box.local.net", "--allow-http", "box.local.net", "--json")
    taken = portals("set", "box.local.net", "--refuse-http", "--json")

    assert refused.status == 2
    assert "plain http" in refused.complaint
    assert allowed.document["plain_http_host"] == "box.local.net"
    assert taken.document["plain_http_host"] is None


def test_portal_is_set_up(portals: Portals, added: str) -> None:
    first = portals(
        *("set", added, "--order", "webhook,call", "--rate", "5", "--burst", "250", "--json"),
        *("--name", "Head office"),
    )
    second = portals("set", added, "--burst", "100", "--ca-file", "")
    shown = portals("show", "Head office").out

    assert first.document["order"] == ["webhook", "call"]
    assert second.status == 0
    assert "order         webhook, call" in shown
    assert "rate          5 a second, 100 at once" in shown


@pytest.mark.parametrize(
    "options",
    [
        ("--order", "webhook,token"),
        ("--order", ""),
        ("--rate", "0"),
        ("--rate", "0.001"),
        ("--rate", "nan"),
        ("--rate", "inf"),
        ("--burst", "99999999999999999999"),
        ("--burst", "0"),
        ("--allow-http", "other.example.org"),
        ("--ca-file", "missing.pem"),
    ],
)
def test_setting_of_no_use_is_refused(
    portals: Portals, added: str, options: tuple[str, ...]
) -> None:
    before = portals("show", added, "--json").document

    ended = portals("set", added, *options)

    assert ended.status == 2
    assert ended.complaint
    assert portals("show", added, "--json").document == before


def test_portal_is_forgotten_only_after_a_yes(bench: Bench, portals: Portals, added: str) -> None:
    asked = portals("forget", added)
    done = portals("forget", added, "--yes")

    assert asked.status == 2
    assert "--yes" in asked.complaint
    assert done.status == 0
    assert "Office" in done.out
    assert portals("--json").document == []
    assert not any("portal" in name for _, name in bench.keyring.passwords)


def test_secret_that_a_locked_keyring_goes_on_holding_is_told_of(
    bench: Bench, portals: Portals, added: str
) -> None:
    bench.keyring.on_reading = keyring.errors.KeyringLocked()

    done = portals("forget", added, "--yes")

    assert done.status == 0
    assert "may still hold what was entered, because the keyring is locked" in done.err


class Terminal(io.StringIO):
    """A person at a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def at_terminal(
    bench: Bench, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Ended]:
    """Runs a command for a person who types the first argument."""

    def run(typed: str, *arguments: str) -> Ended:
        monkeypatch.setattr(sys, "stdin", Terminal(typed))
        return Cli(bench.folder, capsys)(*arguments)

    return run


@pytest.mark.parametrize(("typed", "status"), [("y\n", 0), ("\n", 1), ("no\n", 1)])
def test_person_is_asked_before_a_portal_is_forgotten(
    at_terminal: Callable[..., Ended], added: str, typed: str, status: int
) -> None:
    ended = at_terminal(typed, "portals", "forget", added)

    assert ended.status == status
    assert "Forget the secrets, settings and trust of Office" in ended.err


@pytest.fixture
def distrusted(portals: Portals, added: str) -> str:
    """The key of a portal that was added by hand, and whose trust was taken back."""
    assert portals("distrust", added).status == 0
    return added


def test_portal_added_by_hand_is_trusted_again_by_naming_its_host(
    bench: Bench, portals: Portals, distrusted: str
) -> None:
    host = f"127.0.0.1:{bench.client.served.port}"
    unnamed = portals("trust", distrusted)
    other = portals("trust", distrusted, "--host", "other.example.org")
    named = portals("trust", "Office", "--host", host)

    assert (unnamed.status, other.status, named.status) == (2, 2, 0)
    assert f"--host {host}" in unnamed.complaint
    assert f"added at {host}, not at other.example.org" in other.complaint
    assert "member id not known yet" in named.out
    assert portals("test", distrusted).status == 0
    assert portals("trust", distrusted).status == 0


@pytest.mark.parametrize(("typed", "status"), [("y\n", 0), ("\n", 1)])
def test_person_is_asked_before_an_address_that_no_call_tells_of_is_trusted(
    bench: Bench, at_terminal: Callable[..., Ended], distrusted: str, typed: str, status: int
) -> None:
    ended = at_terminal(typed, "portals", "trust", distrusted)

    assert ended.status == status
    assert f"Trust {bench.client.served.endpoint}? No call has told of it." in ended.err


def test_portal_added_by_hand_has_no_last_call(portals: Portals, added: str) -> None:
    assert "calls         none yet" in portals("show", added).out


@pytest.mark.parametrize(
    "action", [("show",), ("test",), ("set",), ("login",), ("forget", "--yes"), ("distrust",)]
)
def test_unknown_portal_is_told_in_a_line(portals: Portals, action: tuple[str, ...]) -> None:
    name, *options = action

    ended = portals(name, "nobody", *options)

    assert ended.status == 1
    assert ended.complaint.startswith("No portal is known as nobody.")


def test_portal_that_is_not_trusted_ends_with_6(bench: Bench, portals: Portals) -> None:
    bench.catch(trusted=False)

    ended = portals("test", bench.portal.key)

    assert ended.status == 6
    assert "bxgui portals trust" in ended.complaint


def browser(bench: Bench) -> Callable[[str], bool]:
    """A person's browser: it consents, and the listener's address takes the code."""

    def open_page(address: str) -> bool:
        answer = consent(bench, address)
        query = urlsplit(answer).query.encode()
        # Commands have the real time.
        return Consents(bench.workspace.store, bench.key, utc_now).take(query)

    return open_page


def consent(bench: Bench, address: str) -> str:
    bench.portal_side.accounts.redirect_uri = "https://hook.example.com/h/abc"
    parts = urlsplit(address)
    return bench.client.get(f"{parts.path}?{parts.query}").headers["Location"]


def test_login_takes_the_code_that_the_browser_brings(
    bench: Bench, portals: Portals, added: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    portals("set", added, "--application", given=pair(bench))
    monkeypatch.setattr(webbrowser, "open", browser(bench))

    ended = portals("login", added, "--json")

    assert ended.status == 0, ended.err
    assert ended.document["key"] == bench.portal_side.member_id
    sources = portals("show", "Office", "--json").document["authorized_by"]
    assert [source["has_tokens"] for source in sources] == [True, False]


class Pasting:
    """A person who pastes what the browser shows, once the page's address was printed."""

    def __init__(self, paste: Callable[[], str]) -> None:
        self._paste = paste

    def __iter__(self) -> Iterator[str]:
        return iter(["\n", self._paste()])


def test_login_takes_the_address_that_is_pasted(
    bench: Bench,
    portals: Portals,
    added: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    portals("set", added, "--application", given=pair(bench))

    def paste() -> str:
        found = re.search(r"browser: (\S+)", capsys.readouterr().err)
        assert found is not None
        return consent(bench, found[1])

    monkeypatch.setattr(sys, "stdin", Pasting(paste))

    ended = Cli(bench.folder, capsys)("portals", "login", added, "--no-browser")

    assert ended.status == 0, ended.err
    assert ended.out == "The application is authorized for Office.\n"


def test_login_without_an_application_says_what_is_missing(portals: Portals, added: str) -> None:
    ended = portals("login", added)

    assert ended.status == 1
    assert ended.complaint == "No application was entered for Office."


def test_renamed_portal_is_followed(bench: Bench, portals: Portals, added: str) -> None:
    bench.client.served.rename()

    before = portals("test", added)
    moved = portals("move", added, bench.client.served.endpoint)
    after = portals("test", added)

    assert before.status == 3
    assert "The portal has moved to another address." in before.out
    assert moved.status == 0
    assert after.status == 0


def test_renamed_portal_is_followed_to_plain_http_by_the_name_of_its_host(
    portals: Portals, added: str
) -> None:
    box = "http://box.example.org"

    refused = portals("move", added, box)
    other = portals("move", added, box, "--allow-http", "other.example.org")
    moved = portals("move", added, box, "--allow-http", "box.example.org", "--json")

    assert (refused.status, other.status, moved.status) == (2, 2, 0)
    assert "allow plain http for it by its name" in refused.complaint
    assert moved.document["plain_http_host"] == "box.example.org"


@needs_secret_service
def test_real_secret_service_keeps_a_webhook_from_one_command_to_the_next(tmp_path: Path) -> None:
    with served() as client:
        path = client.webhook(scope=("bizproc", "crm"))
        endpoint = client.served.endpoint
        base = endpoint.removesuffix("/rest/")
        data = tmp_path / "data"
        steps = [
            (command(data, "portals", "add", endpoint, "--webhook", "--json"), f"{base}{path}\n"),
            (
                command(data, "portals", "test", f"host:{base.removeprefix('http://')}", "--json"),
                "",
            ),
        ]
        script = (
            "import json, subprocess, sys\n"
            "for command, given in json.loads(sys.argv[1]):\n"
            "    run = subprocess.run(command, input=given, capture_output=True, text=True)\n"
            "    print(json.dumps([run.returncode, run.stdout, run.stderr]))\n"
        )
        ended = with_secret_service([sys.executable, "-c", script, json.dumps(steps)])

    added, tested = (json.loads(line) for line in ended.stdout.splitlines())
    assert added[0] == 0, added
    assert tested[0] == 0, tested
    assert json.loads(tested[1])[0]["scopes"] == ["bizproc", "crm"]
    code = path.split("/")[3].encode()
    written = [one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()]
    assert not [content for content in written if code in content]

"""Commands that send: to many tokens, again, from the queue; and what they ask the portal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from commanding import Cli, lent_commands
from posts import FORM, Post
from simulated import SEND, Client, Clock, portal, rule, served

from bxgui.core.records import EVENT_SEND, Arrival, Reply
from bxgui.services.store import Store
from bxgui.services.workspace import utc_now

ALL = ("reply", "--all", "--rule", "ask")
COMMENT = ("--value", "Comment=Deal {{document_id.2}}")
DEAD = "1:0:dead"


@pytest.fixture
def cli(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Cli]:
    with lent_commands(tmp_path / "data", capsys, monkeypatch) as made:
        yield made


@pytest.fixture
def client() -> Iterator[Client]:
    with served(portal(Clock(utc_now().timestamp()))) as made:
        made.served.portal.rules.put(rule())
        yield made


def caught(cli: Cli, client: Client, count: int = 1) -> list[int]:
    """Tokens of a trusted portal that wait."""
    calls = [
        client.start(document_id=("crm", "CCrmDocumentDeal", f"DEAL_{number}"))
        for number in range(count)
    ]
    ids = cli.catch_arrivals(*(Arrival(utc_now(), call.body, FORM) for call in calls))
    with closing(Store.open(cli.data)) as store:
        (known,) = store.portals.all()
    assert cli("portals", "trust", known.key).status == 0
    return ids


def comments(client: Client) -> dict[str, object]:
    views = client.served.portal.engine.workflows()
    return {view.scenario.document_id[2]: view.applied.get("Comment") for view in views}


def test_all_waiting_tokens_of_a_rule_are_answered_in_one_request(cli: Cli, client: Client) -> None:
    caught(cli, client, 3)

    ended = cli(*ALL, *COMMENT)

    assert ended.status == 0
    assert ended.out.splitlines() == ["3 replies: 3 accepted."]
    assert comments(client) == {f"DEAL_{n}": f"Deal DEAL_{n}" for n in range(3)}
    assert [one.method for one in client.served.requests] == ["batch"]


def test_dry_run_lists_what_would_go_out_and_sends_nothing(cli: Cli, client: Client) -> None:
    ids = caught(cli, client, 2)

    ended = cli(*ALL, *COMMENT, "--log", "done", "--dry-run")
    document = cli(*ALL, *COMMENT, "--dry-run", "--json").document

    assert ended.status == 0
    first, _, last = (line for line in ended.out.splitlines() if not line.startswith("  "))
    assert first == f'call {ids[0]}  DEAL_0  {{"Comment": "Deal DEAL_0"}}  log: done'
    assert last == "2 replies would go in 1 request. Nothing was sent."
    assert [one["values"] for one in document] == [{"Comment": f"Deal DEAL_{n}"} for n in (0, 1)]
    assert all(one["goes"] and one["together"] for one in document)
    assert client.served.requests == []


def test_worst_outcome_decides_on_the_exit_status(cli: Cli, client: Client) -> None:
    ids = caught(cli, client, 3)
    client.served.faults.add("locked", method=SEND, skip=1)

    ended = cli(*ALL, *COMMENT, "--tries", "1", "--json")

    assert ended.status == 5
    assert ended.document["counts"] == {"accepted": 2, "retry_later": 1}
    outcomes = [one["outcome"] for one in ended.document["results"]]
    assert outcomes == ["accepted", "retry_later", "accepted"]
    again = cli(*ALL, *COMMENT)
    assert again.status == 0
    assert again.out.splitlines() == ["1 reply: 1 accepted."]
    assert [one["call"] for one in ended.document["results"]] == ids


def test_broken_connection_is_told_with_what_to_do(cli: Cli, client: Client) -> None:
    caught(cli, client, 2)
    client.served.faults.add("reset_after", method=SEND)

    ended = cli(*ALL, *COMMENT)

    assert ended.status == 4
    assert "2 replies: 2 unknown." in ended.out
    assert "check-workflow" in ended.out


def test_no_token_in_the_state_is_said(cli: Cli, client: Client) -> None:
    caught(cli, client)

    ended = cli(*ALL, "--state", "refused")

    assert ended.status == 0
    assert ended.complaint == "No token of ask is refused."


def test_warnings_keep_all_of_them_back_until_they_are_forced(cli: Cli, client: Client) -> None:
    caught(cli, client, 2)
    cli(*ALL, *COMMENT)

    stopped = cli(*ALL, *COMMENT, "--state", "accepted")
    before = len(client.served.requests)
    forced = cli(*ALL, *COMMENT, "--state", "accepted", "--force")

    assert stopped.status == 7
    assert "2 of 2 want a look first" in stopped.err
    assert before == 1
    assert forced.status == 3  # the workflows have ended


def test_variable_that_cannot_be_filled_leaves_its_call_out(cli: Cli, client: Client) -> None:
    caught(cli, client)

    ended = cli(*ALL, "--value", "Comment={{properties.nothing}}")

    assert ended.status == 2
    assert "is left out: Comment: this call has no properties.nothing" in ended.err
    assert client.served.requests == []


@pytest.mark.parametrize(
    "words",
    [
        ("reply",),
        ("reply", "--all"),
        ("reply", "--rule", "ask"),
        ("reply", "1", "--all", "--rule", "ask"),
        ("reply", "--all", "--rule", "ask", "--only-log", "--value", "A=1"),
        ("reply", "1", "--tries", "0"),
        ("reply", "--all", "--rule", "nothing"),
    ],
)
def test_words_that_say_nothing_are_refused(cli: Cli, words: tuple[str, ...]) -> None:
    ended = cli(*words)

    assert ended.status == 2
    assert ended.complaint


def test_preset_is_filled_for_each_call(cli: Cli, client: Client) -> None:
    (call_id, _) = caught(cli, client, 2)
    assert cli("presets", "save", str(call_id), "yes", *COMMENT).status == 0

    ended = cli(*ALL, "--preset", "yes", "--log", "by preset")

    assert ended.status == 0
    assert comments(client) == {"DEAL_0": "Deal DEAL_0", "DEAL_1": "Deal DEAL_1"}


def test_log_message_alone_goes_to_all(cli: Cli, client: Client) -> None:
    caught(cli, client, 2)

    ended = cli(*ALL, "--only-log", "--log", "half way")

    assert ended.status == 0
    assert {row["state"] for row in cli("tokens", "--json").document} == {"waiting"}


def test_retry_sends_the_last_reply_again(cli: Cli, client: Client) -> None:
    (call_id,) = caught(cli, client)
    client.served.faults.add("locked", method=SEND)
    cli("reply", str(call_id), "--value", "Comment=yes", "--tries", "1")

    ended = cli("retry", str(call_id), "--json")

    assert ended.status == 0
    assert ended.document["values"] == {"Comment": "yes"}


def test_retry_of_what_was_perhaps_executed_asks_first(cli: Cli, client: Client) -> None:
    (call_id,) = caught(cli, client)
    client.served.faults.add("reset_after", method=SEND)
    cli("reply", str(call_id), "--value", "Comment=yes")

    asked = cli("retry", str(call_id))
    before = len(client.served.requests)
    forced = cli("retry", str(call_id), "--force")

    assert asked.status == 7
    assert before == 1
    assert forced.status in {0, 3}


def test_retry_without_a_reply_says_so(cli: Cli, client: Client) -> None:
    (call_id,) = caught(cli, client)

    assert cli("retry", str(call_id)).complaint == f"No reply to call {call_id} was sent yet."


def held(cli: Cli, call_id: int) -> int:
    """A reply that a program had queued which has ended."""
    with closing(Store.open(cli.data)) as store:
        reply = Reply(call_id, EVENT_SEND, [("Comment", "yes")], "")
        return store.replies.create(reply, DEAD, utc_now())


def test_queue_is_listed_with_what_holds_it(cli: Cli, client: Client) -> None:
    (call_id,) = caught(cli, client)
    reply_id = held(cli, call_id)

    ended = cli("queue")
    (listed,) = cli("queue", "--json").document

    assert "held: the program that queued it has ended" in ended.out
    assert (listed["reply"], listed["call"], listed["waits"]) == (reply_id, call_id, "held")
    assert client.served.requests == []


def test_queue_is_resumed(cli: Cli, client: Client) -> None:
    (call_id,) = caught(cli, client)
    reply_id = held(cli, call_id)
    assert cli("queue", "pause").status == 0

    ended = cli("queue", "resume")

    assert ended.status == 0
    assert ended.out.splitlines() == [
        f"reply {reply_id}, call {call_id}: accepted",
        "1 reply was sent.",
    ]
    assert cli("queue").out == "Nothing waits to be sent.\n"


def test_resumed_queue_is_told_as_json(cli: Cli, client: Client) -> None:
    (call_id,) = caught(cli, client)
    reply_id = held(cli, call_id)

    ended = cli("queue", "resume", "--json")
    nothing = cli("queue", "resume", "--json")

    assert ended.status == 0
    assert ended.document == [
        {"reply": reply_id, "call": call_id, "outcome": "accepted", "problem": None}
    ]
    assert nothing.document == []


def test_problem_of_a_resumed_reply_is_told_as_json(cli: Cli, client: Client) -> None:
    (call_id,) = caught(cli, client)
    reply_id = held(cli, call_id)
    cli("portals", "distrust", client.served.portal.member_id)

    ended = cli("queue", "resume", "--json")

    assert ended.status != 0
    assert ended.document[0]["reply"] == reply_id
    assert ended.document[0]["outcome"] is None
    assert "not trusted" in ended.document[0]["problem"]


def test_reply_is_taken_out_of_the_queue(cli: Cli, client: Client) -> None:
    (call_id,) = caught(cli, client)
    reply_id = held(cli, call_id)

    taken = cli("queue", "cancel", str(reply_id))
    again = cli("queue", "cancel", str(reply_id))

    assert taken.status == 0
    assert again.status == 1
    assert cli("tokens", "--json").document[0]["state"] == "waiting"


def test_held_reply_is_what_retry_sends(cli: Cli, client: Client) -> None:
    (call_id,) = caught(cli, client)
    held(cli, call_id)

    assert cli("retry", str(call_id)).status == 0
    assert len(client.served.requests) == 1


def test_unknown_portal_of_a_queue_is_named(cli: Cli) -> None:
    assert cli("queue", "pause", "--portal", "nobody").complaint == "No portal is known as nobody."


def test_workflow_is_checked(cli: Cli, client: Client) -> None:
    (call_id,) = caught(cli, client)

    lives = cli("check-workflow", str(call_id))
    client.served.portal.engine.end(client.served.portal.engine.workflows()[0].id)
    gone = cli("check-workflow", str(call_id), "--json")

    assert lives.status == 0
    assert lives.out.startswith("lives: The workflow lives.")
    assert gone.document["life"] == "gone"


def test_workflow_of_an_untrusted_portal_is_not_asked_about(cli: Cli) -> None:
    (call_id,) = cli.catch(Post())

    ended = cli("check-workflow", str(call_id))

    assert ended.status == 6
    assert ended.out.startswith("not_told: ")


def met_a_redirect(cli: Cli, client: Client) -> tuple[int, str]:
    """A call whose reply met a portal that has moved, and the portal's new host."""
    (call_id,) = caught(cli, client)
    client.served.rename()
    host = client.served.endpoint.split("/")[2]
    ended = cli("reply", str(call_id), "--value", "Comment=paid")
    assert ended.status == 3
    assert f"bxgui retry {call_id} --follow-move {host}" in ended.err
    return call_id, host


def test_moved_portal_is_followed_when_its_new_host_is_named(cli: Cli, client: Client) -> None:
    call_id, host = met_a_redirect(cli, client)

    ended = cli("retry", str(call_id), "--follow-move", host.upper())

    assert ended.status == 0
    assert ended.out.startswith("accepted: ")
    assert comments(client) == {"DEAL_0": "paid"}
    (known,) = cli("portals", "--json").document
    assert known["endpoint"] == client.served.endpoint


def test_moved_portal_is_not_followed_to_a_host_it_did_not_name(cli: Cli, client: Client) -> None:
    call_id, host = met_a_redirect(cli, client)
    before = len(client.served.requests)

    ended = cli("retry", str(call_id), "--follow-move", "new.example.org")

    assert ended.status == 2
    assert f"leads to {host}, not to new.example.org" in ended.err
    assert "Nothing was sent." in ended.err
    assert len(client.served.requests) == before


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("https://login.example.org/", "names no address"),
        ("http://new.example.org/rest/bizproc.event.send", "plain http"),
    ],
)
def test_redirect_that_cannot_be_followed_is_not_offered(
    cli: Cli, client: Client, location: str, said: str
) -> None:
    (call_id,) = caught(cli, client)
    client.served.faults.add(f"redirect:{location}", method=SEND)
    assert "--follow-move" not in cli("reply", str(call_id), *COMMENT).err

    ended = cli("retry", str(call_id), "--follow-move", "new.example.org")

    assert ended.status == 1
    assert said in ended.err


def test_what_met_no_redirect_has_nothing_to_follow(cli: Cli, client: Client) -> None:
    (call_id,) = caught(cli, client)
    untried = cli("retry", str(call_id), "--follow-move", "new.example.org")
    assert cli("reply", str(call_id), *COMMENT).status == 0

    ended = cli("retry", str(call_id), "--follow-move", "new.example.org")

    assert (untried.status, ended.status) == (1, 1)
    assert "met no redirect" in untried.err
    assert "met no redirect" in ended.err

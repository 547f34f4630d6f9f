"""Rows 1 to 47 of the contract: what a reply of ours comes to, over a real socket."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from contract_rows import numbers, rows
from sending import WAIT, Desk, answer, desk, log_message
from simulated import SEND, portal, rule, scenario

from bxgui.core import phpform
from bxgui.core.deadlines import TokenState
from bxgui.core.explanations import BY_KEY, Outcome
from bxgui.core.json_values import JsonValue
from bxgui.core.records import Reply
from bxgui.core.retrying import Patience
from bxgui.core.webhook_address import read_webhook
from bxgui.services.portal_secrets import Secrets
from bxgui.services.replies import ReplyProblem
from bxgui.services.store import Store
from bxgui.services.vault import StoreKey
from bxgui.simulator.accounts import User
from bxgui.simulator.app_events import AppChange
from bxgui.simulator.condition import Condition, Confirmation
from bxgui.simulator.engine import OutgoingCall
from bxgui.simulator.limiter import STANDARD
from bxgui.simulator.scenario import Course
from bxgui.simulator.settings import GoneAnswer

ONCE = Patience(attempts=1)
GOES_ON = {"course": Course.GOES_ON}
IN_A_MINUTE = {"timeout_duration": 60}

Prepare = Callable[[Desk, OutgoingCall], object]


@dataclass(frozen=True)
class OutcomeRow:
    """One line: what the portal is like, what we send, and the explanation that comes of it.

    `token` is what the call carries in the place of its own token. The token's state follows from
    the outcome, but for an accepted one.
    """

    number: int
    given: str
    expected: str
    prepare: Prepare = lambda _desk, _call: None
    values: tuple[tuple[str, JsonValue], ...] = (("days", 1),)
    reply: Callable[[int], Reply] | None = None
    token: Callable[[OutgoingCall], str] | None = None
    before: str = ""
    start: Mapping[str, Any] = field(default_factory=dict)
    rule: Mapping[str, Any] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)


def engine(name: str) -> Prepare:
    """Something is done to the workflow in the portal."""
    return lambda made, call: getattr(made.client.served.portal.engine, name)(call.workflow_id)


def condition(value: Condition) -> Prepare:
    def prepare(made: Desk, _: OutgoingCall) -> None:
        made.client.served.portal.condition = value

    return prepare


def confirmed(value: Confirmation) -> Prepare:
    def prepare(made: Desk, _: OutgoingCall) -> None:
        made.client.served.portal.confirmations[SEND] = value

    return prepare


def fault(text: str) -> Prepare:
    return lambda made, _: made.client.served.faults.add(text, method=SEND)


def user(**changes: Any) -> Prepare:
    return lambda made, _: made.client.served.portal.accounts.put_user(User(1, **changes))


def later(seconds: float) -> Prepare:
    return lambda made, _: made.time.clock.advance(seconds)


def remove(made: Desk, _: OutgoingCall) -> None:
    made.client.served.portal.change_application(AppChange.UNINSTALL)


def fill_bucket(made: Desk, _: OutgoingCall) -> None:
    made.client.served.limit(STANDARD)
    assert {made.client.call("scope").status for _ in range(50)} == {200}


def spend(made: Desk, _: OutgoingCall) -> None:
    made.client.served.portal.operating.charge(SEND, 481)


def only_webhook(code: str = "") -> Prepare:
    """The calls' own tokens are not asked: an incoming webhook answers."""

    def prepare(made: Desk, _: OutgoingCall) -> None:
        made.client.served.portal.accounts.expire_access_tokens()
        made.enter_webhook()
        if code:
            address = f"{made.client.served.endpoint}1/{code}/"
            made.enter(Secrets(webhook=read_webhook(address)))

    return prepare


def both(*steps: Prepare) -> Prepare:
    def prepare(made: Desk, call: OutgoingCall) -> None:
        for step in steps:
            step(made, call)

    return prepare


def changed(position: int) -> Callable[[OutgoingCall], str]:
    """The token with one other character."""

    def token(call: OutgoingCall) -> str:
        letters = list(call.event_token)
        letters[position] = "0" if letters[position] != "0" else "1"
        return "".join(letters)

    return token


def exactly(text: str) -> Callable[[OutgoingCall], str]:
    return lambda _call: text


def of_another_portal(_: OutgoingCall) -> str:
    return portal(seed=8).engine.start(scenario()).event_token


GONE = "workflow_gone"
DENIED = "token_not_recognised"
ROWS = [
    OutcomeRow(1, "values of registered keys", "accepted", values=(("Approved", "Y"),)),
    OutcomeRow(2, "no values", "accepted", values=()),
    *(
        OutcomeRow(3, f"the token {token!r}", DENIED, token=exactly(token))
        for token in ("abc", "a|b|c", "é|b|c.d")
    ),
    *(
        OutcomeRow(4, f"character {n} of the token changed", DENIED, token=changed(n))
        for n in (0, 20, -65, -1)
    ),
    OutcomeRow(
        4, "a token unsigned", DENIED, token=lambda call: call.event_token.rpartition(".")[0]
    ),
    OutcomeRow(5, "a token of another portal", DENIED, token=of_another_portal),
    *(
        OutcomeRow(6, f"ended, {answers}", GONE, engine("end"), settings={"gone_answer": answers})
        for answers in (GoneAnswer.TEXT_CODE, GoneAnswer.NUMBER_CODE, GoneAnswer.CORE_CODE)
    ),
    OutcomeRow(
        6,
        "ended, by the newest documentation",
        "accepted",
        engine("end"),
        settings={"gone_answer": GoneAnswer.ACCEPTED},
    ),
    OutcomeRow(6, "ended, in Russian", GONE, engine("end"), settings={"language": "ru"}),
    OutcomeRow(6, "deleted", GONE, engine("delete")),
    OutcomeRow(7, "executing", "workflow_busy", engine("lock")),
    OutcomeRow(7, "in Russian", "workflow_busy", engine("lock"), settings={"language": "ru"}),
    OutcomeRow(8, "answered, it goes on", "accepted", before="accepted", start=GOES_ON),
    OutcomeRow(9, "answered, it has ended", GONE, before="accepted"),
    OutcomeRow(10, "timed out, it goes on", "accepted", later(60), start=GOES_ON | IN_A_MINUTE),
    OutcomeRow(10, "timed out, it has ended", GONE, later(60), start=IN_A_MINUTE),
    *(
        OutcomeRow(
            11, f"{flag}, it goes on", "accepted", start=GOES_ON, rule={"use_subscription": flag}
        )
        for flag in ("N", None)
    ),
    *(
        OutcomeRow(11, f"{flag}, it has ended", GONE, rule={"use_subscription": flag})
        for flag in ("N", None)
    ),
    OutcomeRow(12, "the document is deleted", "accepted", engine("delete_document")),
    OutcomeRow(13, "an unknown key", "accepted", values=(("Aproved", "Y"),)),
    OutcomeRow(14, "another letter case", "accepted", values=(("APPROVED", "Y"),)),
    OutcomeRow(15, "values are always a map of ours", "accepted", values=(("0", "Y"),)),
    *(
        OutcomeRow(16, f"the value {value!r}", "accepted", values=(("Approved", value),))
        for value in ("", 0, False, list[JsonValue]())
    ),
    OutcomeRow(17, "no log message", "accepted"),
    OutcomeRow(18, "an empty log message", "empty_log", reply=lambda one: log_message(one, " ")),
    OutcomeRow(
        19,
        "the same, a bad token",
        "empty_log",
        reply=lambda one: log_message(one, ""),
        token=lambda _: "abc",
    ),
    OutcomeRow(20, "a log message", "logged", reply=log_message),
    OutcomeRow(21, "an exception in the engine", "engine_error", engine("damage")),
    OutcomeRow(22, "an error of PHP", "server_error", start={"course": Course.FAILS}),
    OutcomeRow(
        22,
        "the same, once more",
        "workflow_busy",
        before="server_error",
        start={"course": Course.FAILS},
    ),
    OutcomeRow(23, "an incoming webhook", "accepted", only_webhook()),
    OutcomeRow(24, "no scope bizproc", "insufficient_scope", settings={"scope": ("crm",)}),
    OutcomeRow(25, "a file as base64", "accepted", values=(("scan", "iVBORw0KGgo="),)),
    OutcomeRow(26, "no auth", "no_auth", fault("refusal:401:NO_AUTH_FOUND")),
    OutcomeRow(27, "JSON that is not read", "no_auth", fault("refusal:401:NO_AUTH_FOUND")),
    OutcomeRow(28, "JSON as another type", "no_auth", fault("refusal:401:NO_AUTH_FOUND")),
    OutcomeRow(
        29,
        "an expired token",
        "access_expired",
        lambda made, _: made.client.served.portal.accounts.expire_access_tokens(),
    ),
    OutcomeRow(
        30, "a token of another portal", "invalid_token", fault("refusal:401:invalid_token")
    ),
    OutcomeRow(31, "the application is removed", "application_removed", remove),
    OutcomeRow(
        31,
        "the same in other cores",
        "application_removed",
        fault("refusal:401:APPLICATION_NOT_FOUND"),
    ),
    OutcomeRow(32, "no right to the application", "user_without_access", user(app_access=False)),
    OutcomeRow(33, "a dismissed user", "user_dismissed", user(active=False)),
    OutcomeRow(
        34, "an unknown method", "method_not_found", fault("refusal:404:ERROR_METHOD_NOT_FOUND")
    ),
    OutcomeRow(35, "too many requests", "rate_limit", fill_bucket),
    OutcomeRow(36, "too much time", "operation_limit", spend),
    OutcomeRow(37, "a free plan", "tariff", condition(Condition.FREE_PLAN)),
    OutcomeRow(
        37,
        "a free plan, by webhook",
        "tariff",
        both(only_webhook(), fault("refusal:401:expired_token"), condition(Condition.FREE_PLAN)),
    ),
    OutcomeRow(38, "the subscription is over", "tariff", condition(Condition.SUBSCRIPTION_ENDED)),
    OutcomeRow(39, "blocked for overload", "overload", condition(Condition.OVERLOADED)),
    OutcomeRow(39, "the same, older", "overload", fault("refusal:503:OVERLOAD_LIMIT")),
    OutcomeRow(40, "a wrong webhook code", "credentials", only_webhook("0123456789abcdef")),
    OutcomeRow(
        41,
        "a webhook over http",
        "https_required",
        only_webhook(),
        settings={"webhooks_need_https": True},
    ),
    OutcomeRow(42, "the portal is closed", "portal_deleted", condition(Condition.CLOSED)),
    *(
        OutcomeRow(42, f"with {n}", "portal_deleted", fault(f"refusal:{n}:PORTAL_DELETED"))
        for n in (410, 500)
    ),
    OutcomeRow(43, "renamed", "moved", lambda made, _: made.client.served.rename()),
    OutcomeRow(
        44, "no OAuth server", "authorization_server", condition(Condition.OAUTH_UNREACHABLE)
    ),
    OutcomeRow(45, "switched off", "portal_switched_off", fault("portal404")),
    *(
        OutcomeRow(45, f"the fault {name}", "server_error", fault(name))
        for name in ("html_500", "html_502", "plain_500")
    ),
    *(
        OutcomeRow(45, f"the page {n}", "unreadable_answer", fault(f"page:{n}"))
        for n in (403, 404, 413)
    ),
    OutcomeRow(46, "it cannot be encoded", "answer_not_encoded", fault("http200_error")),
    OutcomeRow(47, "it awaits a yes", "confirmation_awaited", confirmed(Confirmation.WAITING)),
    OutcomeRow(47, "a no", "confirmation_denied", confirmed(Confirmation.DENIED)),
]


def caught(made: Desk, row: OutcomeRow) -> tuple[int, OutgoingCall]:
    made.client.served.portal.rules.put(rule(**row.rule))
    call = made.client.start(**row.start)
    fields = dict(call.fields)
    if row.token is not None:
        fields["event_token"] = row.token(call)
    return made.catch(phpform.encode(fields)), call


def came_to(made: Desk, reply: Reply) -> str:
    """The explanation of a reply's last attempt, or why there was none."""
    try:
        return made.outbox.submit(reply).result(WAIT).row.explanation_key
    except ReplyProblem as problem:
        return problem.code


def state_after(found: str, before: TokenState | None) -> TokenState | None:
    """The state that a token which was not answered before is left in."""
    if found == "logged" or found not in BY_KEY:
        return before
    outcome = BY_KEY[found].outcome
    return before if outcome is Outcome.RETRY_LATER else TokenState(outcome.value)


@rows(ROWS)
def test_reply_comes_to_what_the_contract_says(
    store: Store, key: StoreKey, row: OutcomeRow
) -> None:
    with desk(store, key, patience=ONCE, **row.settings) as made:
        call_id, call = caught(made, row)
        reply = row.reply(call_id) if row.reply else answer(call_id, list(row.values))
        if row.before:
            assert came_to(made, reply) == row.before
        row.prepare(made, call)
        before = made.state(call_id)

        found = came_to(made, reply)

        assert found == row.expected
        answered = before is TokenState.ACCEPTED
        assert made.state(call_id) is (before if answered else state_after(found, before))


def test_no_row_of_the_table_is_left_out() -> None:
    assert numbers(ROWS) == list(range(1, 48))

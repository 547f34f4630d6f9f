from __future__ import annotations

import json
from typing import Any

import pytest
from factories import RESPONSES
from hypothesis import given
from hypothesis import strategies as st

from bxgui.core.deadlines import TokenState
from bxgui.core.explanations import BY_KEY
from bxgui.core.outcome import (
    Answer,
    Failure,
    Outcome,
    Verdict,
    classify,
    classify_failure,
    state_after,
)
from bxgui.core.records import ACTIVITY_LOG, EVENT_SEND

ACCEPTED, REFUSED = Outcome.ACCEPTED, Outcome.REFUSED
RETRY_LATER, UNKNOWN = Outcome.RETRY_LATER, Outcome.UNKNOWN

ROBOT_ADD, OAUTH = "bizproc.robot.add", "oauth/token"

# file, method, outcome, key of the explanation, code
RECORDED = [
    ("01-event-send-ok", EVENT_SEND, ACCEPTED, "accepted", ""),
    ("02-event-send-bad-token", EVENT_SEND, REFUSED, "token_not_recognised", "ACCESS_DENIED"),
    ("03-event-send-workflow-gone-string-code", EVENT_SEND, REFUSED, "workflow_gone", "404"),
    ("05-event-send-workflow-locked", EVENT_SEND, RETRY_LATER, "workflow_busy", "423"),
    ("08-activity-log-ok", ACTIVITY_LOG, ACCEPTED, "logged", ""),
    ("09-activity-log-empty-message", ACTIVITY_LOG, REFUSED, "empty_log_message",
     "ERROR_EMPTY_LOG_MESSAGE"),
    ("10-robot-add-ok", ROBOT_ADD, ACCEPTED, "accepted", ""),
    ("11-robot-add-validation", ROBOT_ADD, REFUSED, "rule_invalid",
     "ERROR_ACTIVITY_VALIDATION_FAILURE"),
    ("12-robot-add-webhook-context", ROBOT_ADD, REFUSED, "application_context", "ACCESS_DENIED"),
    ("13-robot-add-already-installed", ROBOT_ADD, REFUSED, "rule_exists",
     "ERROR_ACTIVITY_ALREADY_INSTALLED"),
    ("14-robot-add-empty-properties-form", ROBOT_ADD, REFUSED, "rule_invalid",
     "ERROR_ACTIVITY_VALIDATION_FAILURE"),
    ("15-robot-list-ok", "bizproc.robot.list", ACCEPTED, "accepted", ""),
    ("16-robot-delete-not-found", "bizproc.robot.delete", REFUSED, "rule_missing",
     "ERROR_ACTIVITY_NOT_FOUND"),
    ("17-batch-ok", "batch", ACCEPTED, "accepted", ""),
    ("21-expired-token-with-dot", EVENT_SEND, RETRY_LATER, "access_expired", "expired_token"),
    ("23-no-auth-found", EVENT_SEND, REFUSED, "no_auth", "NO_AUTH_FOUND"),
    ("24-query-limit-exceeded", EVENT_SEND, RETRY_LATER, "rate_limit", "QUERY_LIMIT_EXCEEDED"),
    ("25-operation-time-limit", EVENT_SEND, RETRY_LATER, "operation_limit",
     "OPERATION_TIME_LIMIT"),
    ("26-method-not-found", EVENT_SEND, REFUSED, "method_not_found", "ERROR_METHOD_NOT_FOUND"),
    ("27-insufficient-scope", EVENT_SEND, REFUSED, "insufficient_scope", "insufficient_scope"),
    ("28-webhook-invalid-credentials", EVENT_SEND, REFUSED, "credentials",
     "INVALID_CREDENTIALS"),
    ("30-commercial-plan-only", EVENT_SEND, REFUSED, "tariff", "ACCESS_DENIED"),
    ("35-portal-deleted", EVENT_SEND, REFUSED, "portal_deleted", "PORTAL_DELETED"),
    ("36-oauth-refresh-ok", OAUTH, ACCEPTED, "accepted", ""),
    ("37-oauth-invalid-grant", OAUTH, REFUSED, "refresh_refused", "invalid_grant"),
    ("38-oauth-wrong-client-http-200", OAUTH, REFUSED, "client_refused", "wrong_client"),
    ("42-portal-renamed-302", EVENT_SEND, REFUSED, "moved", "302"),
    ("43-portal-gone-html", EVENT_SEND, REFUSED, "portal_switched_off", "403"),
    ("45-plain-500", EVENT_SEND, UNKNOWN, "server_error", "500"),
    ("46-internal-server-error-json", EVENT_SEND, UNKNOWN, "server_error",
     "INTERNAL_SERVER_ERROR"),
    ("49-other-method-real-time-block", "user.current", ACCEPTED, "accepted", ""),
]  # fmt: skip

# status, error, its description, key of the explanation; the rows of contract §8 and older forms
ERRORS = [
    (403, "ACCESS_DENIED", "Access denied!", "token_not_recognised"),
    (400, "404", "The business process is not found.", "workflow_gone"),
    (400, 404, "The business process is not found.", "workflow_gone"),
    (400, "423", "The workflow is hung or being executed", "workflow_busy"),
    (400, 423, "", "workflow_busy"),
    (400, "ERROR_CORE", "The business process is not found.", "workflow_gone"),
    (400, "ERROR_CORE", "Бизнес-процесс не найден", "workflow_gone"),
    (400, "ERROR_CORE", "The workflow is hung or being executed", "workflow_busy"),
    (400, "ERROR_CORE", "Бизнес-процесс ЗАВИС либо выполняется", "workflow_busy"),
    (400, "ERROR_CORE", "Something else", "engine_error"),
    (400, "0", "CanNotResumeInstance", "engine_error"),
    (400, 0, "CanNotResumeInstance", "engine_error"),
    (400, "ERROR_EMPTY_LOG_MESSAGE", "Empty log message!", "empty_log_message"),
    (401, "insufficient_scope", "", "insufficient_scope"),
    (403, "insufficient_scope", "", "insufficient_scope"),
    (401, "NO_AUTH_FOUND", "Wrong authorization data", "no_auth"),
    (401, "expired_token", "The access token provided has expired", "access_expired"),
    (401, "invalid_token", "Unable to get application by token", "invalid_token"),
    (401, "WRONG_TOKEN", "", "invalid_token"),
    (401, "ERROR_OAUTH", "Application not installed", "application_removed"),
    (401, "APPLICATION_NOT_FOUND", "", "application_removed"),
    (401, "NOT_INSTALLED", "", "application_removed"),
    (401, "user_access_error", "", "user_without_access"),
    (403, "user_access_error", "", "user_without_access"),
    (401, "authorization_error", "Unable to authorize user", "user_dismissed"),
    (404, "ERROR_METHOD_NOT_FOUND", "Method not found!", "method_not_found"),
    (503, "QUERY_LIMIT_EXCEEDED", "Too many requests", "rate_limit"),
    (429, "OPERATION_TIME_LIMIT", "", "operation_limit"),
    (401, "ACCESS_DENIED", "REST is available only on commercial plans.", "tariff"),
    (401, "ACCESS_DENIED", "REST is available only by subscription", "tariff"),
    (403, "ACCESS_DENIED", "REST is available only on commercial plans.", "tariff"),
    (403, "ACCESS_DENIED", "REST is available only by subscription", "tariff"),
    (401, "ACCESS_DENIED", "", "tariff"),
    (401, "PAYMENT_REQUIRED", "Subscription has been ended", "tariff"),
    (401, "OVERLOAD_LIMIT", "", "overload"),
    (503, "OVERLOAD_LIMIT", "", "overload"),
    (401, "INVALID_CREDENTIALS", "Invalid request credentials", "credentials"),
    (401, "INVALID_REQUEST", "Https required.", "https_required"),
    (403, "PORTAL_DELETED", "Portal was deleted", "portal_deleted"),
    (410, "PORTAL_DELETED", "Portal was deleted", "portal_deleted"),
    (500, "PORTAL_DELETED", "Portal was deleted", "portal_deleted"),
    (401, "CONNECTION_ERROR", "Error connecting to authorization server",
     "authorization_server"),
    (200, "WRONG_ENCODING", "", "answer_not_encoded"),
    (401, "METHOD_CONFIRM_WAITING", "", "confirmation_awaited"),
    (403, "METHOD_CONFIRM_DENIED", "", "confirmation_denied"),
    (400, "ERROR_UNSUPPORTED_PROTOCOL", "Unsupported handler protocol", "handler_address"),
    (400, "ERROR_WRONG_HANDLER_URL", "Wrong handler URL", "handler_address"),
    (400, "ERROR_HANDLER_URL_MATCH", "", "handler_address"),
    (400, "invalid_client", "", "client_refused"),
    (500, "INTERNAL_SERVER_ERROR", "", "server_error"),
    (400, "SOMETHING_NEW", "", "unknown_code"),
    (200, "SOMETHING_NEW", "", "unknown_code"),
    (500, "SOMETHING_NEW", "", "server_error"),
    (502, "", "", "server_error"),
    (400, "", "", "unknown_code"),
]  # fmt: skip


def answer(status: int, document: object) -> Answer:
    return Answer(status, json.dumps(document).encode())


def recorded(name: str) -> Answer:
    response = json.loads((RESPONSES / f"{name}.json").read_text("utf-8"))
    body = response["body"]
    return Answer(
        response["http_status"],
        body.encode() if isinstance(body, str) else json.dumps(body).encode(),
        response["headers"].get("Location", ""),
    )


@pytest.mark.parametrize(
    ("name", "method", "outcome", "key", "code"), RECORDED, ids=[row[0] for row in RECORDED]
)
def test_a_recorded_answer(name: str, method: str, outcome: Outcome, key: str, code: str) -> None:
    verdict = classify(
        recorded(name), method, success_key="access_token" if method == OAUTH else "result"
    )

    assert (verdict.outcome, verdict.explanation.key, verdict.code) == (outcome, key, code)


def test_every_recorded_answer_is_in_the_table() -> None:
    assert sorted(row[0] for row in RECORDED) == sorted(
        path.stem for path in RESPONSES.glob("*.json")
    )


@pytest.mark.parametrize(("status", "error", "description", "key"), ERRORS)
def test_an_error_is_explained_by_its_code_not_by_its_status(
    status: int, error: object, description: str, key: str
) -> None:
    verdict = classify(
        answer(status, {"error": error, "error_description": description}), EVENT_SEND
    )

    assert verdict == Verdict(BY_KEY[key], str(error), description)


@pytest.mark.parametrize("letters", [str.upper, str.lower, str.title])
def test_a_code_is_known_in_any_case(letters: Any) -> None:
    code = letters("expired_token")

    verdict = classify(answer(401, {"error": code}), EVENT_SEND)

    assert (verdict.explanation.key, verdict.code) == ("access_expired", code)


@pytest.mark.parametrize(
    ("method", "status", "description", "key"),
    [
        (EVENT_SEND, 403, "Access denied!", "token_not_recognised"),
        (ACTIVITY_LOG, 403, "Access denied!", "token_not_recognised"),
        (ROBOT_ADD, 403, "Access denied!", "rights"),
        (ROBOT_ADD, 403, "Access denied! Application context required", "application_context"),
        (ROBOT_ADD, 400, "Access denied! Application context required", "application_context"),
        (ROBOT_ADD, 401, "Access denied!", "tariff"),
    ],
)
def test_one_code_says_four_things(method: str, status: int, description: str, key: str) -> None:
    refusal = answer(status, {"error": "ACCESS_DENIED", "error_description": description})

    assert classify(refusal, method).explanation.key == key


@pytest.mark.parametrize(
    ("error", "description", "code", "text"),
    [
        pytest.param({"code": "404", "message": "gone"}, "", "404", "gone", id="rest_3"),
        pytest.param({"code": 404}, "gone", "404", "gone", id="rest_3_without_a_message"),
        pytest.param({}, "gone", "", "gone", id="an_empty_object"),
        pytest.param({"code": None}, "gone", "", "gone", id="an_object_without_a_code"),
        pytest.param(None, "gone", "", "gone", id="null"),
        pytest.param(False, "gone", "", "gone", id="false"),
        pytest.param(True, "gone", "", "gone", id="true"),
        pytest.param([], "gone", "[]", "gone", id="a_list"),
        pytest.param("404", None, "404", "", id="no_description"),
        pytest.param("404", {"a": 1}, "404", "", id="a_description_that_is_no_text"),
    ],
)
def test_an_error_may_have_any_shape(
    error: object, description: object, code: str, text: str
) -> None:
    verdict = classify(answer(400, {"error": error, "error_description": description}), EVENT_SEND)

    assert (verdict.code, verdict.description) == (code, text)
    assert verdict.explanation.key == ("workflow_gone" if code == "404" else "unknown_code")


def test_an_error_beats_a_result() -> None:
    verdict = classify(answer(200, {"result": True, "error": "423"}), EVENT_SEND)

    assert verdict.outcome is RETRY_LATER


@pytest.mark.parametrize("result", [True, False, None, 0, "", [], {}])
def test_a_result_is_a_success_whatever_it_is(result: object) -> None:
    assert classify(answer(200, {"result": result}), EVENT_SEND).outcome is ACCEPTED


@pytest.mark.parametrize("status", [201, 204, 400, 401, 404, 500])
def test_a_result_with_another_status_than_200_is_no_success(status: int) -> None:
    verdict = classify(answer(status, {"result": True}), EVENT_SEND)

    assert verdict == Verdict(BY_KEY["unreadable_answer"], str(status))


def test_an_answer_without_result_and_error_says_neither_yes_nor_no() -> None:
    assert classify(answer(200, {"time": {}}), EVENT_SEND) == Verdict(BY_KEY["no_result"], "200")


def test_a_result_is_no_success_where_something_else_is_wanted() -> None:
    verdict = classify(answer(200, {"result": True}), OAUTH, success_key="access_token")

    assert verdict.outcome is UNKNOWN


@pytest.mark.parametrize(
    ("status", "body", "key"),
    [
        pytest.param(200, b"", "unreadable_answer", id="nothing"),
        pytest.param(200, b'{"result": tr', "unreadable_answer", id="cut_short"),
        pytest.param(200, b"<html>login</html>", "unreadable_answer", id="a_page"),
        pytest.param(200, b"true", "unreadable_answer", id="not_an_object"),
        pytest.param(200, b"[]", "unreadable_answer", id="a_list"),
        pytest.param(200, b"\xff\xfe\xfd", "unreadable_answer", id="no_text"),
        pytest.param(200, b'{"result": ' + b"9" * 5000 + b"}", "unreadable_answer", id="a_number"),
        pytest.param(200, b"[" * 200_000, "unreadable_answer", id="nested_too_deeply"),
        pytest.param(404, b"<html>nginx</html>", "unreadable_answer", id="no_such_page"),
        pytest.param(401, b"portal404", "unreadable_answer", id="too_small_a_status"),
        pytest.param(403, b"<b>portal404</b>", "portal_switched_off", id="switched_off"),
        pytest.param(404, b"x" * 60_000 + b"portal404", "portal_switched_off", id="further_down"),
        pytest.param(502, b"portal404", "portal_switched_off", id="switched_off_with_another"),
        pytest.param(500, b"", "server_error", id="a_fault"),
        pytest.param(503, b"<html>busy</html>", "server_error", id="busy"),
        pytest.param(504, b"[]", "server_error", id="a_gateway"),
    ],
)
def test_an_answer_that_is_not_of_the_rest_interface(status: int, body: bytes, key: str) -> None:
    assert classify(Answer(status, body), EVENT_SEND) == Verdict(BY_KEY[key], str(status))


def test_a_byte_order_mark_does_no_harm() -> None:
    assert classify(Answer(200, b'\xef\xbb\xbf{"result": true}'), EVENT_SEND).outcome is ACCEPTED


@pytest.mark.parametrize("status", [300, 301, 302, 307, 308, 399])
def test_a_redirect_is_not_followed_whatever_its_body_says(status: int) -> None:
    redirect = Answer(status, b'{"result": true}', "https://elsewhere.example.org/")

    verdict = classify(redirect, EVENT_SEND)

    assert verdict == Verdict(BY_KEY["moved"], str(status), "https://elsewhere.example.org/")


@given(st.integers(100, 599), st.binary() | st.sampled_from([b'{"error": 1}', b'{"result": 1}']))
def test_only_200_with_a_result_is_accepted(status: int, body: bytes) -> None:
    verdict = classify(Answer(status, body), EVENT_SEND)

    assert (verdict.outcome is ACCEPTED) == (status == 200 and body == b'{"result": 1}')


@pytest.mark.parametrize(
    ("failure", "outcome"),
    [
        (Failure.DNS, RETRY_LATER),
        (Failure.CONNECTION_REFUSED, RETRY_LATER),
        (Failure.CONNECT_TIMEOUT, RETRY_LATER),
        (Failure.TLS, RETRY_LATER),
        (Failure.CERTIFICATE, RETRY_LATER),
        (Failure.PROXY, RETRY_LATER),
        (Failure.NOT_SENT, REFUSED),
        (Failure.PLAIN_HTTP, REFUSED),
        (Failure.BAD_ADDRESS, REFUSED),
        (Failure.CONNECTION_LOST, UNKNOWN),
        (Failure.READ_TIMEOUT, UNKNOWN),
        (Failure.INTERRUPTED, UNKNOWN),
    ],
)
def test_a_failure_is_unknown_unless_nothing_can_have_been_executed(
    failure: Failure, outcome: Outcome
) -> None:
    verdict = classify_failure(failure)

    assert verdict.outcome is outcome
    assert verdict.explanation.key == verdict.code == failure.value
    assert verdict.explanation.executed == ("perhaps" if outcome is UNKNOWN else "no")


@pytest.mark.parametrize("error", ["null", '""', "[]"])
def test_an_empty_error_beside_a_result_is_neither_yes_nor_no(error: str) -> None:
    body = f'{{"result": true, "error": {error}}}'.encode()

    verdict = classify(Answer(200, body), "bizproc.event.send")

    assert verdict.outcome is Outcome.UNKNOWN
    assert verdict.explanation.key == "no_result"


@pytest.mark.parametrize(
    ("before", "outcome", "after"),
    [
        (TokenState.SENDING, Outcome.ACCEPTED, TokenState.ACCEPTED),
        (TokenState.WAITING, Outcome.REFUSED, TokenState.REFUSED),
        (TokenState.WAITING, Outcome.UNKNOWN, TokenState.UNKNOWN),
        (TokenState.WAITING, Outcome.RETRY_LATER, TokenState.WAITING),
        (TokenState.UNKNOWN, Outcome.RETRY_LATER, TokenState.UNKNOWN),
        (TokenState.NOT_WAITING, Outcome.ACCEPTED, TokenState.ACCEPTED),
        *((TokenState.ACCEPTED, outcome, TokenState.ACCEPTED) for outcome in Outcome),
    ],
)
def test_state_after_an_attempt(before: TokenState, outcome: Outcome, after: TokenState) -> None:
    assert state_after(outcome, before) is after

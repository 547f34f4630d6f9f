from __future__ import annotations

import socket
from collections.abc import Callable

import pytest
from answering import listener, stranger
from portal_server import raw_server

from bxgui.core.checks import Check, Severity
from bxgui.services.doctor.port import any_port, check_port
from bxgui.services.probe import Answer

SECRET = "s3cret"


def look(base: str, secret: str = SECRET, *, is_new: bool = False) -> tuple[Check, Answer]:
    (check,), answer = check_port(base, secret, "one", is_new=is_new)
    return check, answer


def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return f"http://127.0.0.1:{free.getsockname()[1]}"


@pytest.mark.parametrize(
    ("serve", "severity", "text", "answer"),
    [
        (listener(SECRET), Severity.OK, "Our listener answers", Answer.OURS),
        (
            listener(SECRET, instance="two"),
            Severity.WARNING,
            "A second listener of this store",
            Answer.OTHER_LISTENER,
        ),
        (stranger(), Severity.PROBLEM, "Another program answers", Answer.OTHER_PROGRAM),
    ],
)
def test_who_answers_is_told(
    serve: Callable[[socket.socket], None], severity: Severity, text: str, answer: Answer
) -> None:
    with raw_server(serve) as server:
        check, heard = look(f"http://127.0.0.1:{server.port}")

    assert (check.severity, heard) == (severity, answer)
    assert check.text.startswith(text)
    assert str(server.port) in check.text


def test_a_listener_that_does_not_run_is_a_problem() -> None:
    check, heard = look(free_port())

    assert (check.severity, heard) == (Severity.PROBLEM, Answer.SILENT)
    assert "are lost" in check.text


def test_a_listener_that_has_never_run_is_none() -> None:
    check, _ = look(free_port(), "", is_new=True)

    assert check.severity is Severity.NOTE
    assert "has never run" in check.text


def test_whatever_answers_beside_a_new_store_is_another_program() -> None:
    with raw_server(stranger()) as server:
        check, _ = look(f"http://127.0.0.1:{server.port}", "", is_new=True)

    assert check.severity is Severity.PROBLEM


def test_without_a_store_nobody_is_accused() -> None:
    with raw_server(stranger()) as server:
        check, _ = look(f"http://127.0.0.1:{server.port}", "")

    assert check.severity is Severity.NOTE
    assert "only the store can tell" in check.text


def test_a_program_that_does_not_answer_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bxgui.services.doctor.port._SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        check, heard = look(f"http://127.0.0.1:{silent.getsockname()[1]}")

    assert (check.severity, heard) == (Severity.PROBLEM, Answer.SILENT)
    assert "does not answer" in check.text


def test_of_any_port_nothing_can_be_told() -> None:
    assert any_port().severity is Severity.NOTE

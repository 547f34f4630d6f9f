"""Commands whose output or complaints nobody can take."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from listening import WAIT, command, without_keyring

from bxgui.services.store import Store

pytestmark = pytest.mark.skipif(os.name != "posix", reason="redirections of a shell")
FULL = Path("/dev/full")
CLOSED_OUTPUT = "standard output is closed, and there the command writes. Leave it open."
FULL_OUTPUT = "The output cannot be written: No space left on device."


def complaint(message: str, arguments: Sequence[str]) -> str:
    """The line that a command ends with."""
    if "--json" in arguments:
        return json.dumps({"error": message, "exit_status": 1}) + "\n"
    return f"bxgui: {message}\n"


def redirected(
    data: Path, redirection: str, *arguments: str, unbuffered: str = ""
) -> subprocess.CompletedProcess[str]:
    """A command with its streams as a shell redirects them."""
    return subprocess.run(
        ["sh", "-c", f'exec "$@" {redirection}', "sh", *command(data, *arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=WAIT,
        check=False,
        env={**without_keyring(data), "PYTHONUNBUFFERED": unbuffered},
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("tokens",),
        ("doctor", "--json"),
        ("address", "rotate"),
        ("listen", "--port", "0"),
        ("simulate",),
        ("demo", "--headless"),
    ],
)
def test_closed_output_is_one_line_before_anything_is_done(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    ended = redirected(tmp_path, ">&-", *arguments)

    assert ended.returncode == 1
    assert ended.stderr.splitlines(keepends=True)[-1:] == [complaint(CLOSED_OUTPUT, arguments)]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not FULL.exists(), reason="a device of Linux")
@pytest.mark.parametrize(
    ("arguments", "unbuffered"),
    [
        (("tokens",), ""),
        (("tokens", "--json"), "1"),
        (("portals",), "1"),
        (("doctor", "--port", "0"), ""),
        (("simulate",), ""),
        (("demo", "--headless", "--json"), ""),
        (("--help",), ""),
        (("--version",), ""),
    ],
)
def test_output_that_does_not_fit_is_one_line(
    tmp_path: Path, arguments: tuple[str, ...], unbuffered: str
) -> None:
    data = tmp_path / "data"
    with closing(Store.open(data)):
        ended = redirected(
            tmp_path, f"> {FULL}", "--data-dir", str(data), *arguments, unbuffered=unbuffered
        )

    assert ended.returncode == 1
    assert ended.stderr.splitlines(keepends=True)[-1:] == [complaint(FULL_OUTPUT, arguments)]
    assert "a bug" not in ended.stderr


@pytest.mark.parametrize("redirection", ["2>&-", f"2> {FULL}"])
def test_complaint_that_nobody_takes_leaves_the_exit_status(
    tmp_path: Path, redirection: str
) -> None:
    if str(FULL) in redirection and not FULL.exists():
        pytest.skip("a device of Linux")

    assert redirected(tmp_path, redirection, "show", "1").returncode == 1
    assert redirected(tmp_path, redirection, "listen", "--port", "x").returncode == 2

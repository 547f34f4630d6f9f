"""How the program starts itself."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bxgui.services import own_program
from bxgui.services.own_program import command_of


def test_unfrozen_the_python_that_runs_starts_the_package() -> None:
    assert command_of(None) == (sys.executable, ["-m", "bxgui"])


def test_frozen_the_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/bxgui/bxgui")

    assert command_of(None) == ("/opt/bxgui/bxgui", [])


def test_frozen_on_windows_the_program_with_a_console_is_started(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/bxgui/bxgui.exe")
    monkeypatch.setattr(own_program, "_ON_WINDOWS", True)

    assert command_of(None)[0] == str(Path("/opt/bxgui/bxgui-cli.exe"))


@pytest.mark.parametrize("frozen", [False, True])
def test_the_data_folder_is_handed_on(monkeypatch: pytest.MonkeyPatch, *, frozen: bool) -> None:
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)

    assert command_of(Path("/srv/calls"))[1][-2:] == ["--data-dir", str(Path("/srv/calls"))]

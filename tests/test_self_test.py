"""`bxgui --self-test`: that it passes here, and that whatever is broken fails it by name."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests
from PySide6.QtWidgets import QApplication, QWidget

from bxgui.self_test import certificates, looks
from bxgui.self_test.lines import Line, Word, unpacked
from bxgui.self_test.telling import StepFailed
from bxgui.self_test.watching import watch

STEPS = (
    *("keyring", "certificates", "store", "qt", "screen", "translations", "icons"),
    *("window", "listener", "call", "reply", "end"),
)
TELL = "import sys; print('''%s''', end='', flush=True); "
BEGUN = TELL % Line(Word.BEGUN, "store").packed()
LISTENER_REFUSED = """
if "listen" in sys.orig_argv:
    os.write(2, b"bxgui: Port 8765 of 127.0.0.1 is in use.\\n")
    os._exit(1)
"""
PORTAL_DIES = """
if "simulate" in sys.orig_argv:
    os._exit(3)
"""
PORTAL_FAILS = """
if "simulate" in sys.orig_argv:
    from bxgui.simulator import server
    from bxgui.simulator.faults import Fault
    class Failing(server.SimulatedPortal):
        def start(self):
            super().start()
            self.faults.add(Fault.parse("html_500"))
    server.SimulatedPortal = Failing
"""
LISTENER_CHATTERS = """
if "listen" in sys.orig_argv:
    os.write(2, b"Warning: something is odd\\n")
"""
THREE_PARTS_MISSING = """
sys.modules["secretstorage"] = None
if "--self-test-steps" in sys.orig_argv:
    import certifi
    certifi.where = lambda: "/nowhere/cacert.pem"
    from bxgui.ui import language
    language._FOLDER = ":/nowhere"
"""
NO_PSUTIL = 'sys.modules["psutil"] = None'
NO_SQLITE = 'sys.modules["sqlalchemy.dialects.sqlite"] = None'


def self_test(folder: Path, broken: str = "", *arguments: str) -> subprocess.CompletedProcess[str]:
    """The self-test with its temporary files in a folder, and a part broken at the start."""
    (folder / "tmp").mkdir()
    (folder / "sitecustomize.py").write_text(f"import os, sys\n{broken}\n", "utf-8")
    paths = (str(folder), *filter(None, [os.environ.get("PYTHONPATH")]))
    return subprocess.run(
        [sys.executable, "-m", "bxgui", "--self-test", *arguments],
        env={**os.environ, "TMPDIR": str(folder / "tmp"), "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        check=False,
    )


def failed(run: subprocess.CompletedProcess[str]) -> list[str]:
    return [line for line in run.stdout.splitlines() if line.startswith("failed")]


def test_it_passes_here_and_leaves_nothing_behind(tmp_path: Path) -> None:
    home = Path(os.environ["HOME"])
    before = sorted(home.rglob("*"))

    run = self_test(tmp_path, "", "--report", str(tmp_path / "report.txt"))

    assert (run.returncode, run.stderr) == (0, "")
    first, *lines, verdict, place = run.stdout.splitlines()
    assert first.startswith("bxgui ")
    assert [line.partition(":")[0].split() for line in lines] == [["ok", step] for step in STEPS]
    assert verdict.startswith("self-test passed in ")
    assert place.endswith("report.txt")
    assert (tmp_path / "report.txt").read_text("utf-8") == run.stdout
    assert list((tmp_path / "tmp").iterdir()) == []
    assert sorted(home.rglob("*")) == before


@pytest.mark.parametrize(
    ("step", "broken", "reason"),
    [
        ("store", NO_SQLITE, "sqlite"),
        ("listener", LISTENER_REFUSED, "Port 8765"),
        ("call", PORTAL_DIES, "status 3"),
        ("reply", PORTAL_FAILS, "500"),
    ],
    ids=["store", "listener", "call", "reply"],
)
def test_a_broken_part_fails_its_step_and_keeps_back_what_builds_on_it(
    step: str, broken: str, reason: str, tmp_path: Path
) -> None:
    run = self_test(tmp_path, broken)

    assert run.returncode == 1
    line = next(line for line in failed(run) if line.split()[1] == f"{step}:")
    assert reason in line
    assert "self-test FAILED" in run.stdout
    reached = [line.partition(":")[0].split()[1] for line in run.stdout.splitlines()[1:-1]]
    assert set(STEPS[STEPS.index(step) + 1 :]).isdisjoint(reached)
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="the keyrings of others are part of Python")
def test_what_does_not_build_on_a_broken_part_is_tried_all_the_same(tmp_path: Path) -> None:
    run = self_test(tmp_path, THREE_PARTS_MISSING)

    assert run.returncode == 1
    keyring, authorities, translations = failed(run)
    assert "secretstorage" in keyring
    assert "public authorities are missing" in authorities
    assert "Russian translation" in translations
    assert "ok      reply:" in run.stdout


def test_a_line_of_a_child_that_nobody_expects_fails_it(tmp_path: Path) -> None:
    run = self_test(tmp_path, LISTENER_CHATTERS)

    assert run.returncode == 1
    (line,) = failed(run)
    assert line.endswith("unexpected output: Warning: something is odd")
    assert "ok      end:" in run.stdout


def test_a_part_that_the_watching_itself_needs_fails_the_start(tmp_path: Path) -> None:
    run = self_test(tmp_path, NO_PSUTIL)

    assert run.returncode == 1
    (line,) = failed(run)
    assert line.startswith("failed  start: ")
    assert "psutil" in line
    assert run.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no such device")
@pytest.mark.parametrize("name", ["/dev/full", "missing/report.txt"])
def test_a_report_that_cannot_be_written_is_told_in_a_line(name: str, tmp_path: Path) -> None:
    run = self_test(tmp_path, NO_PSUTIL, "--report", str(tmp_path / name))

    assert run.returncode == 1
    (line,) = run.stderr.splitlines()
    assert line.startswith(f"bxgui: the report cannot be written to {tmp_path / name}: ")


def watched(script: str, seconds: float = 20) -> list[Line]:
    """What is told of a process that runs a script."""
    told: list[Line] = []
    watch([sys.executable, "-c", script], os.environ, seconds, told.append)
    return told


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_what_the_process_itself_writes_besides_is_told(stream: str) -> None:
    (line,) = watched(BEGUN + f"print('odd', file=sys.{stream})")

    assert (line.word, line.detail) == (Word.UNEXPECTED, "odd")


def test_a_process_that_hangs_is_ended_and_its_step_named() -> None:
    (line,) = watched(BEGUN + "import threading; threading.Event().wait()", seconds=2)

    assert (line.word, line.step) == (Word.FAILED, "store")
    assert "within 2 s" in line.detail


def test_a_process_that_crashes_is_told_with_its_step() -> None:
    (line,) = watched(BEGUN + "import os; os._exit(9)")

    assert (line.word, line.step) == (Word.FAILED, "store")
    assert line.detail == "the process ended with status 9"


def test_a_process_left_behind_is_told_and_ended(tmp_path: Path) -> None:
    waits = "import threading; threading.Event().wait()"
    pipes = "stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL"
    leaves = (
        f"import subprocess; p = subprocess.Popen([sys.executable, '-c', {waits!r}], {pipes});"
        f"open({str(tmp_path / 'pid')!r}, 'w').write(str(p.pid));" + BEGUN
    )

    (line,) = watched("import sys; " + leaves)

    assert line.word is Word.FAILED
    assert (tmp_path / "pid").read_text() in line.detail


def test_a_certificate_that_is_believed_unchecked_fails_the_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    adapter: Any = requests.adapters.HTTPAdapter
    verify = adapter.cert_verify
    monkeypatch.setattr(
        adapter,
        "cert_verify",
        lambda self, connection, url, wanted, cert: verify(
            self, connection, url, wanted and bool(self._trust), cert
        ),
    )
    monkeypatch.setattr("warnings.warn", lambda *_args, **_options: None)

    with pytest.raises(StepFailed, match="was not refused"):
        certificates.handshakes(tmp_path)


def test_an_icon_that_shows_nothing_fails_the_step(tmp_path: Path, qapp: QApplication) -> None:
    (tmp_path / "empty.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")

    with pytest.raises(StepFailed, match=r"empty\.svg shows nothing"):
        looks.icons(str(tmp_path))
    with pytest.raises(StepFailed, match="there are none"):
        looks.icons(":/nowhere")


@pytest.mark.skipif(sys.platform != "linux", reason="names a plugin of Linux")
def test_a_plugin_that_a_window_needs_fails_the_step(tmp_path: Path) -> None:
    with pytest.raises(StepFailed, match="the plugin qxcb is missing in"):
        looks.screens(tmp_path)

    for name in ("libqxcb.so", "libqwayland.so"):
        (tmp_path / name).write_text("no library", "utf-8")

    with pytest.raises(StepFailed, match=r"libqxcb\.so"):
        looks.screens(tmp_path, {"DISPLAY": ":0"})
    assert looks.screens(tmp_path, {}).startswith("not qxcb (")


def test_a_blank_window_fails_the_step(qapp: QApplication) -> None:
    with pytest.raises(StepFailed, match="painted blank"):
        looks.painted(QWidget())


def test_a_line_that_is_none_of_the_steps_is_no_line() -> None:
    line = Line(Word.OK, "store", "SQLite")

    assert unpacked(line.packed()) == line
    assert [unpacked(text) for text in ("odd", "[]", "{}", '{"word": "x"}', "7")] == [None] * 5

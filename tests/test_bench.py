"""The benchmarks, with figures too small to mean anything: that they run, and what they say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from release.bench import listeners, load
from release.bench.load import Job
from release.bench.table import Line, Missing, Target
from release.bench.trouble import BenchTrouble

ROOT = Path(__file__).parents[1]


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "release.bench", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)


def test_the_capture_benchmark_prints_each_comparison_with_its_target(tmp_path: Path) -> None:
    amounts = ("--rounds", "1", "--seconds", "0.1", "--calls", "50", "--connections", "4")
    parts = ("throughput", "latency", "mitmdump", "footprint", "decoding")
    chosen = [word for part in parts for word in ("--only", part)]

    run = bench("capture", *amounts, *chosen, "--without-mitmdump", "--folder", str(tmp_path))

    assert run.returncode == 0, run.stderr
    for what, target in [
        ("captures, 4 connections / storing nothing", ">= 0.35"),
        ("captures, 4 connections / one commit each", ">= 1.5"),
        ("p99 at 200/s, 4 connections / storing nothing", "<= 3"),
        ("captures, 4 connections / mitmdump", ">= 5"),
        ("memory after 50 calls / after 5", "<= 1.05"),
        ("store per call / 2 bodies + 1 KB", "<= 1"),
        ("decoding 1.04 MB, plain names / parse_qsl", "< 2"),
        ("decoding 1.04 MB, names in brackets / parse_qsl", "< 2"),
    ]:
        (line,) = [line for line in run.stdout.splitlines() if line.startswith(what)]
        assert target in line
    assert list(tmp_path.iterdir()) == []


def test_the_form_benchmark_prints_each_comparison_with_its_target() -> None:
    run = bench("form", "--rounds", "1", "--fields", "30")

    assert run.returncode == 0, run.stderr
    for what, target in [
        ("30 properties painted / a bare form", "<= 2"),
        ("30 properties painted / a frame for 20", "<= 1"),
        ("30 properties, each editor made / a bare form", ""),
        ("longest block, opening / a bare form's", ""),
        ("longest block, scrolling / a frame", "<= 1"),
        ("longest block, scrolling / a bare form's", ""),
    ]:
        (line,) = [line for line in run.stdout.splitlines() if line.startswith(what)]
        assert target in line


def test_the_send_benchmark_prints_each_comparison_with_its_target(tmp_path: Path) -> None:
    amounts = ("--rounds", "1", "--replies", "5", "--folder", str(tmp_path))

    run = bench("send", *amounts)

    assert run.returncode == 0, run.stderr
    for what, target in [
        ("replies without limits / bare loop", "<= 1.3"),
        ("the same, ours one by one / bare loop", ""),
        ("requests used, real limits / 25", "<= 1"),
        ("requests used / b24pysdk one by one", ""),
        ("time, real limits / b24pysdk in batches", ""),
    ]:
        (line,) = [line for line in run.stdout.splitlines() if line.startswith(what)]
        assert target in line
    assert list(tmp_path.iterdir()) == []


def test_the_start_benchmark_prints_each_comparison_with_its_target(tmp_path: Path) -> None:
    run = bench("start", "--rounds", "1", "--calls", "20", "--folder", str(tmp_path))

    assert run.returncode == 0, run.stderr
    for calls in (0, 20):
        for what, target in [
            ("painted / a bare window", "<= 1.3"),
            ("filled / a bare window", ""),
            ("listed / a bare window", ""),
            ("painted, frozen / not frozen", "<= 1.3"),
        ]:
            begun = f"{calls} calls, {what}"
            (line,) = [line for line in run.stdout.splitlines() if line.startswith(begun)]
            assert target in line
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [(), ("nonsense",)])
def test_an_unknown_benchmark_is_told_in_one_line_with_those_there_are(
    arguments: tuple[str, ...],
) -> None:
    run = bench(*arguments)

    assert run.returncode == 2
    assert run.stderr.count("\n") == 1
    assert "capture" in run.stderr


def test_an_answer_that_is_not_200_ends_the_measurement(tmp_path: Path) -> None:
    with (
        listeners.running(listeners.STORING_NOTHING, tmp_path) as listener,
        pytest.raises(BenchTrouble, match="404 instead of 200"),
    ):
        load.run(Job(f"{listener.url}/elsewhere", connections=1, calls=1))


def test_the_ratio_is_that_of_the_middle_round_and_not_of_the_middle_figures() -> None:
    line = Line("captures", "/s", [100, 300, 200], [100, 100, 400], Target(">=", 1))

    assert "1.00 (0.50-3.00)" in str(line)


@pytest.mark.parametrize(
    ("target", "verdict"),
    [
        (Target(">=", 2), ">= 2 met"),
        (Target("<=", 2), "<= 2 met"),
        (Target("<", 2), "< 2 NOT MET"),
        (Target(">=", 2.1), ">= 2.1 NOT MET"),
        (None, ""),
    ],
)
def test_a_line_says_whether_its_target_is_met(target: Target | None, verdict: str) -> None:
    line = str(Line("captures", "/s", [2], [1], target))

    assert " ".join(line.partition("(2.00-2.00)")[2].split()) == verdict


def test_what_could_not_be_measured_says_why() -> None:
    line = str(Missing("captures / mitmdump", Target(">=", 5), "pip could not install mitmproxy"))

    assert "not measured" in line
    assert ">= 5" in line
    assert line.endswith("pip could not install mitmproxy")

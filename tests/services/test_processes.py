from __future__ import annotations

import os
import subprocess
import sys

import psutil
import pytest

from bxgui.services.processes import THIS_PROCESS, is_alive


def test_this_process_is_alive_and_one_of_the_past_is_not() -> None:
    assert is_alive(THIS_PROCESS)
    assert not is_alive("1:0.5:abc")
    assert not is_alive("what")


@pytest.mark.skipif(os.name != "posix", reason="processes of POSIX")
def test_process_that_has_ended_is_dead_before_its_parent_asks() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        process = psutil.Process(ended.pid)
        owner = f"{ended.pid}:{process.create_time()}:abc"
        os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)

        assert not is_alive(owner)

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from unusable_places import NO_FILES, posix

from bxgui.core.retrying import Patience
from bxgui.services import settings
from bxgui.services.settings import FILE_NAME, Settings, SettingsProblem

CHANGED = Settings(
    host="0.0.0.0",
    port=9000,
    public_url="https://hook.example.com",
    allowed_networks=("203.0.113.0/24", "2001:db8::/32"),
    trusted_proxies=("127.0.0.1",),
    tls_certificate="/etc/tls/hook.pem",
    tls_key="/etc/tls/hook.key",
)


def test_folder_without_settings_means_the_defaults(tmp_path: Path) -> None:
    assert settings.load(tmp_path) == Settings("127.0.0.1", 8724, "")
    assert settings.load(tmp_path / "nowhere") == Settings()


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"

    settings.save(folder, CHANGED)

    assert settings.load(folder) == CHANGED
    assert [path.name for path in folder.iterdir()] == [FILE_NAME]


def test_saving_keeps_comments_and_what_else_the_file_holds(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_text('# mine\n[listener]\nport = 1 # why\nnew = "x"\n\n[other]\na = [1]\n', "utf-8")

    settings.save(tmp_path, CHANGED)

    text = path.read_text("utf-8")
    assert "# mine" in text
    assert "# why" in text
    assert 'new = "x"' in text
    assert "[other]\na = [1]" in text
    assert settings.load(tmp_path) == CHANGED


def test_comments_within_a_list_that_does_not_change_are_kept(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    text = '[listener]\nallowed_networks = [\n  "203.0.113.0/24", # the portal\n]\n'
    path.write_text(text, "utf-8")

    settings.save(tmp_path, Settings(port=9, allowed_networks=("203.0.113.0/24",)))

    assert path.read_text("utf-8").startswith(text)
    assert settings.load(tmp_path) == Settings(port=9, allowed_networks=("203.0.113.0/24",))


def test_lists_that_are_changed_are_loaded_as_they_were_saved(tmp_path: Path) -> None:
    settings.save(tmp_path, CHANGED)
    emptied = Settings(allowed_networks=("::1",))

    settings.save(tmp_path, emptied)

    assert settings.load(tmp_path) == emptied


def test_list_of_other_things_is_said_to_be_no_list_of_strings(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_text("[listener]\nallowed_networks = [10]\n", "utf-8")

    with pytest.raises(SettingsProblem) as caught:
        settings.load(tmp_path)

    assert str(caught.value) == (
        f"allowed_networks in {path} is not a list of strings. Mend or remove it."
    )


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_settings_are_for_this_user_only(tmp_path: Path) -> None:
    settings.save(tmp_path / "new", CHANGED)

    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "new" / FILE_NAME).stat().st_mode) == 0o600


UNUSABLE = [
    (b"[listener\n", "cannot be read"),
    (b"\xff\xfe", "cannot be read"),
    (b'listener = "all"', "listener"),
    (b"listener = 5", "listener"),
    (b'[listener]\nport = "80"', "port"),
    (b"[listener]\nport = true", "port"),
    (b"[listener]\nport = 80.5", "port"),
    (b"[listener]\nport = 99999", "port"),
    (b"[listener]\nport = -5", "port"),
    (b"[listener]\nport = " + b"9" * 5000, "cannot be read"),
    (b"[listener]\nhost = 5", "host"),
    (b'[listener]\npublic_url = ["x"]', "public_url"),
    (b'[listener]\nallowed_networks = "10.0.0.0/8"', "allowed_networks"),
    (b"[listener]\nallowed_networks = [10]", "allowed_networks"),
    (b'[listener]\ntrusted_proxies = ["::1", 5]', "trusted_proxies"),
    (b"[listener]\ntls_key = []", "tls_key"),
]


def test_patience_is_what_the_table_of_sending_says(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("[sending]\nattempts = 3\nseconds = 90\n", "utf-8")

    assert settings.load_patience(tmp_path) == Patience(attempts=3, seconds=90.0)
    assert settings.load_patience(tmp_path / "nowhere") == Patience()


@pytest.mark.parametrize(
    "line", ["attempts = 0", "attempts = 1.5", "seconds = -1", "first_pause = nan", "seconds = inf"]
)
def test_patience_that_makes_no_sense_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / FILE_NAME).write_text(f"[sending]\n{line}\n", "utf-8")

    with pytest.raises(SettingsProblem, match=line.split(maxsplit=1)[0]):
        settings.load_patience(tmp_path)


@pytest.mark.parametrize(("content", "named"), UNUSABLE)
def test_file_that_cannot_be_used_is_named_with_its_fault(
    tmp_path: Path, content: bytes, named: str
) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(content)

    with pytest.raises(SettingsProblem) as caught:
        settings.load(tmp_path)

    assert str(path) in str(caught.value)
    assert named in str(caught.value)
    assert "end or remove" in str(caught.value)


@pytest.mark.parametrize("port", [65_536, -1])
def test_port_that_is_none_is_told_with_those_there_are(tmp_path: Path, port: int) -> None:
    path = tmp_path / FILE_NAME
    path.write_text(f"[listener]\nport = {port}\n", "utf-8")

    with pytest.raises(SettingsProblem) as caught:
        settings.load(tmp_path)

    assert str(caught.value) == (
        f"port in {path} is {port}, and a port is a number from 0 to 65535. Mend or remove it."
    )


@pytest.mark.parametrize("content", [b"[listener\n", b"\xff\xfe", b"listener = 5"])
def test_file_that_cannot_be_used_is_not_overwritten(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(content)

    with pytest.raises(SettingsProblem):
        settings.save(tmp_path, CHANGED)

    assert path.read_bytes() == content
    assert [entry.name for entry in tmp_path.iterdir()] == [FILE_NAME]


def test_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.save(tmp_path, Settings(port=1))

    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="the disk is full"):
        settings.save(tmp_path, CHANGED)

    assert settings.load(tmp_path) == Settings(port=1)
    assert [entry.name for entry in tmp_path.iterdir()] == [FILE_NAME]


def test_saved_patience_is_loaded_and_leaves_the_rest_of_the_file_alone(tmp_path: Path) -> None:
    settings.save(tmp_path, CHANGED)
    path = tmp_path / FILE_NAME
    path.write_text(path.read_text("utf-8") + "\n[sending]\nattempts = 3 # few\n", "utf-8")
    wanted = Patience(attempts=3, seconds=600)

    settings.save_patience(tmp_path, wanted)

    assert settings.load_patience(tmp_path) == wanted
    assert settings.load(tmp_path) == CHANGED
    assert "attempts = 3 # few" in path.read_text("utf-8")


@posix
@pytest.mark.parametrize("begin", NO_FILES.values(), ids=NO_FILES)
def test_something_else_in_place_of_the_file_is_a_known_problem(
    tmp_path: Path, begin: Callable[[Path], None]
) -> None:
    path = tmp_path / FILE_NAME
    begin(path)

    with pytest.raises(SettingsProblem) as caught:
        settings.load(tmp_path)

    assert str(caught.value) == (
        f"The settings in {path} cannot be read: it is no regular file. Mend or remove the file."
    )


def test_the_view_of_replies_is_kept_beside_the_listener_settings(tmp_path: Path) -> None:
    settings.save(tmp_path, CHANGED)
    assert not settings.prefers_json(tmp_path)

    for preferred in (True, False):
        settings.prefer_json(tmp_path, preferred)
        assert settings.prefers_json(tmp_path) is preferred

    assert settings.load(tmp_path) == CHANGED


def test_a_folder_without_settings_prefers_the_form(tmp_path: Path) -> None:
    assert not settings.prefers_json(tmp_path / "nowhere")
    settings.prefer_json(tmp_path / "new", True)
    assert settings.prefers_json(tmp_path / "new")


def test_a_window_that_is_no_table_is_told(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_text('window = "json"\n', "utf-8")

    with pytest.raises(SettingsProblem) as caught:
        settings.prefer_json(tmp_path, True)

    assert str(caught.value) == f"window in {path} is not a table. Mend or remove it."

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bxgui.services.store import Store
from bxgui.services.vault import StoreKey, new_key


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(tmp_path / "data")) as opened:
        yield opened


@pytest.fixture
def key() -> StoreKey:
    return new_key("this is a test")


@pytest.fixture
def short_path() -> Iterator[Path]:
    """A folder whose name leaves room for a socket's."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.fixture
def runtime_dir(short_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where keys are lent, for this test only."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(short_path))
    return short_path

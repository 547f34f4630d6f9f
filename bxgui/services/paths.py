"""Where data, settings and logs are kept."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import platformdirs

_NAME = "bxgui"


class Paths(NamedTuple):
    """The folders of one installation; with `--data-dir` all are the same folder."""

    data: Path
    settings: Path
    logs: Path

    @classmethod
    def of(cls, data_dir: Path | None) -> Paths:
        """The platform's folders, or the one the user names."""
        if data_dir is not None:
            folder = data_dir.expanduser().absolute()
            return cls(folder, folder, folder)
        return cls(
            platformdirs.user_data_path(_NAME, appauthor=False),
            platformdirs.user_config_path(_NAME, appauthor=False),
            platformdirs.user_log_path(_NAME, appauthor=False),
        )

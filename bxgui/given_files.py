"""Texts that commands are given in files, or on standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from bxgui.command_problem import USAGE, CommandProblem
from bxgui.core.encoded_text import decoded

STANDARD = "-"


def given_text(file: str, most_bytes: int = -1) -> str:
    """What is in a file, up to so many bytes of it; raises `CommandProblem` where it is no text."""
    try:
        if file == STANDARD:
            raw = sys.stdin.buffer.read(most_bytes)
        else:
            with Path(file).open("rb") as opened:
                raw = opened.read(most_bytes)
        return decoded(raw)
    except FileNotFoundError as error:
        raise CommandProblem(f"There is no file {file}.", USAGE) from error
    except OSError as error:
        message = f"The file {file} cannot be read: {error.strerror or error}."
        raise CommandProblem(message, USAGE) from error
    except UnicodeDecodeError as error:
        name = "Standard input" if file == STANDARD else f"The file {file}"
        message = f"{name} is no text in UTF-8. Save it as UTF-8."
        raise CommandProblem(message, USAGE) from error
    except ValueError as error:  # a name with a zero byte
        raise CommandProblem(f"There is no file {file}.", USAGE) from error

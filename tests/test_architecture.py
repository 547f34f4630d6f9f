"""Who may import whom, and what nobody may do."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROGRAM = ROOT / "bxgui"
TESTS = ROOT / "tests"

# What core may use of the standard library: nothing that reads, writes, waits or looks at a clock.
PURE = {
    *(
        "__future__",
        "abc",
        "array",
        "binascii",
        "bisect",
        "collections.abc",
        "contextlib",
        "dataclasses",
        "datetime",
        "codecs",
        "collections",
        "math",
        "decimal",
        "difflib",
        "enum",
    ),
    *(
        "functools",
        "hashlib",
        "ipaddress",
        "itertools",
        "json",
        "operator",
        "re",
        "string",
        "typing",
        "urllib.parse",
        "weakref",
    ),
}
IMPURE_CALLS = {"now", "today", "utcnow", "open", "print", "input", "exec", "eval"}
WAITS = {"sleep", "msleep", "usleep", "qSleep", "qWait"}


def modules(folder: Path) -> Iterator[tuple[str, ast.Module]]:
    """Path from the root, and source, of each module."""
    for path in sorted(folder.rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def imported(tree: ast.Module) -> set[str]:
    """The modules that a module imports anywhere in it; a dot for a relative one."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add("." if node.level else node.module or "")
    return found


def called(tree: ast.Module) -> set[str]:
    """The last names of what a module calls."""
    functions = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {node.attr for node in functions if isinstance(node, ast.Attribute)} | {
        node.id for node in functions if isinstance(node, ast.Name)
    }


def names_in(tree: ast.Module) -> set[str]:
    """Every name that a module mentions or imports."""
    nodes = list(ast.walk(tree))
    return {
        *(node.id for node in nodes if isinstance(node, ast.Name)),
        *(node.attr for node in nodes if isinstance(node, ast.Attribute)),
        *(node.name for node in nodes if isinstance(node, ast.alias)),
    }


def test_every_contract_between_the_layers_is_kept() -> None:
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = configuration["tool"]["importlinter"]["contracts"]
    script = (
        "import sys; from importlinter.cli import lint_imports;"
        f"sys.exit(lint_imports(config_filename={str(ROOT / 'pyproject.toml')!r}, no_cache=True))"
    )

    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False
    )

    assert run.returncode == 0, run.stdout + run.stderr
    assert f"Contracts: {len(contracts)} kept, 0 broken." in run.stdout


@pytest.mark.parametrize(
    ("package", "importers"),
    [
        ("keyring", ("bxgui/services/vault.py",)),
        ("requests", ("bxgui/services/portal_client.py",)),
        ("sqlalchemy", ("bxgui/services/store/",)),
        ("uvicorn", ("bxgui/services/listener/",)),
        ("PySide6", ("bxgui/ui/", "bxgui/app.py", "bxgui/self_test/")),
    ],
)
def test_a_library_is_imported_in_its_place_only(package: str, importers: tuple[str, ...]) -> None:
    found = [
        path
        for path, tree in modules(PROGRAM)
        if package in {name.partition(".")[0] for name in imported(tree)}
    ]

    assert found
    assert [path for path in found if not path.startswith(importers)] == []


def test_core_uses_only_what_is_pure() -> None:
    core = dict(modules(PROGRAM / "core"))
    foreign = {
        (path, name)
        for path, tree in core.items()
        for name in imported(tree) - PURE
        if not name.startswith("bxgui.core")
    }
    impure = {(path, name) for path, tree in core.items() for name in called(tree) & IMPURE_CALLS}

    assert "bxgui/core/phpform.py" in core
    assert foreign == set()
    assert impure == set()


def test_modules_are_imported_by_their_full_names() -> None:
    assert [path for path, tree in modules(PROGRAM) if "." in imported(tree)] == []


def test_no_test_sleeps() -> None:
    sleeping = [path for path, tree in modules(TESTS) if names_in(tree) & WAITS]

    assert sleeping == []


def test_test_modules_have_names_of_their_own() -> None:
    """Pytest imports them by their file names alone."""
    names = [path.name for path in TESTS.rglob("test_*.py")]

    assert sorted(names) == sorted(set(names))

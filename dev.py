"""Prepare .venv beside this file and run a task of the project in it.

`python3 dev.py --help` lists the tasks; what follows a task's name goes to the tool it runs.
"""

# An older Python has to parse this file as far as the check below, which then says what is wrong.
import argparse
import ctypes
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, NamedTuple

OLDEST_PYTHON = (3, 11)
if sys.version_info < OLDEST_PYTHON:
    found = ".".join(str(part) for part in sys.version_info[:3])
    print("dev: Python 3.11 or newer is needed, this is " + found, file=sys.stderr)
    sys.exit(2)

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "dev-stamp"
PROBE = "import platform, pip; print(platform.python_version())"
RUNNING = f"{sys.version_info.major}.{sys.version_info.minor}"

FONTS = "a scalable font"
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
FONT_SUFFIXES = {".otf", ".ttc", ".ttf"}


class Trouble(Exception):
    """Nothing more can be done; the message says why."""


class Group(NamedTuple):
    """What a task takes from the system: each name, and the Debian package it comes in."""

    packages: dict[str, str]
    lost: str
    required: bool = False

    def missing(self) -> list[str]:
        """Name what the system lacks."""
        return [name for name in self.packages if not is_present(name)]


class Task(NamedTuple):
    """A task: what `--help` says of it, what runs it, and what it takes from the system."""

    summary: str
    run: Callable[[list[str]], int]
    needs: Sequence[Group] = ()


ENSUREPIP = Group({"ensurepip": f"python{RUNNING}-venv"}, ".venv cannot be made", required=True)
QT = Group(
    {
        "libEGL.so.1": "libegl1",
        "libGL.so.1": "libgl1",
        # Newer releases hold it in libglib2.0-0t64, which also answers to this name.
        "libglib-2.0.so.0": "libglib2.0-0",
        "libfontconfig.so.1": "libfontconfig1",
        "libxkbcommon.so.0": "libxkbcommon0",
        "libdbus-1.so.3": "libdbus-1-3",
    },
    "Qt cannot start",
    required=True,
)
X11 = Group(
    {
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxcb-icccm.so.4": "libxcb-icccm4",
        "libxcb-keysyms.so.1": "libxcb-keysyms1",
        "libxcb-randr.so.0": "libxcb-randr0",
        "libxcb-shape.so.0": "libxcb-shape0",
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    },
    "windows cannot open on X11",
)
KEYRING = Group(
    {"dbus-run-session": "dbus", "gnome-keyring-daemon": "gnome-keyring"},
    "no real keyring can be started, and what needs one is skipped or fails",
)
FREEZING = Group(
    {
        "objdump": "binutils",
        "strip": "binutils",
        f"libpython{RUNNING}.so.1.0": f"libpython{RUNNING}",
    },
    "the program cannot be frozen",
    required=True,
)
TEXT = Group({FONTS: "fonts-dejavu-core"}, "letters are drawn as empty boxes")


def say(text: str) -> None:
    """Tell what is done, apart from what the tools write."""
    print(f"dev: {text}", file=sys.stderr, flush=True)


def run(
    command: Sequence[str],
    *,
    folder: Path | None = ROOT,
    environment: dict[str, str] | None = None,
    output: IO[bytes] | None = None,
) -> int:
    """Run a command to its end; return its exit status as a shell would give it."""
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL if output else None,
        stdout=output,
        stderr=output,
    ) as child:
        try:
            status = child.wait()
        except KeyboardInterrupt:
            end(child)
            raise
    return status if status >= 0 else 128 - status


def end(child: subprocess.Popen[bytes]) -> None:
    """Wait for a child that got the same Ctrl+C; stop it if it stays or Ctrl+C comes again."""
    try:
        child.wait(timeout=10)
    except (KeyboardInterrupt, subprocess.TimeoutExpired):
        child.terminate()


def run_quietly(command: Sequence[str], environment: dict[str, str] | None = None) -> bool:
    """Run a command, show its output only if it fails, and tell whether it succeeded."""
    with tempfile.TemporaryFile() as output:
        status = run(command, environment=environment, output=output)
        if status:
            output.seek(0)
            print(output.read().decode(errors="replace"), file=sys.stderr, flush=True)
    return status == 0


def is_present(name: str) -> bool:
    """Tell whether the system has a shared library, a program, a font or ensurepip."""
    if name == FONTS:
        return has_font()
    if name == "ensurepip":
        spec = importlib.util.find_spec(name)
        # A folder left behind by a removed package has no origin.
        return spec is not None and spec.origin is not None
    if ".so." not in name:
        return shutil.which(name) is not None
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_font() -> bool:
    """Tell whether a font file lies in the system's folders."""
    files = (file for folder in FONT_FOLDERS for file in folder.rglob("*"))
    return any(file.suffix in FONT_SUFFIXES for file in files)


def has_display() -> bool:
    """Tell whether a window can be shown."""
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def ensure_system(groups: Sequence[Group]) -> None:
    """Install what the system lacks where that is possible, else tell how to."""
    if sys.platform != "linux":
        return
    packages = sorted({group.packages[name] for group in groups for name in group.missing()})
    if not packages:
        return
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        apt_install(apt, packages)
    report_missing([group for group in groups if group.missing()], has_apt=apt is not None)


def apt_install(apt: str, packages: Sequence[str]) -> None:
    """Install Debian packages as root."""
    say(f"installing {' '.join(packages)} (once)")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    get = [apt, "-q", "-y", "-o", "DPkg::Lock::Timeout=300"]
    # The lists may be good enough even where they cannot be updated.
    run_quietly([*get, "update"], environment)
    run_quietly([*get, "install", "--no-install-recommends", *packages], environment)
    importlib.invalidate_caches()


def report_missing(groups: Sequence[Group], *, has_apt: bool) -> None:
    """Tell what is missing, what that costs and how to get it; stop if it cannot be spared."""
    if not groups:
        return
    for group in groups:
        say(f"missing {', '.join(group.missing())}: {group.lost}")
    packages = sorted({group.packages[name] for group in groups for name in group.missing()})
    if has_apt:
        names = shlex.join(packages)
        say(f"to install: sudo apt-get update && sudo apt-get install -y {names}")
    else:
        say(f"to install: what this system calls Debian's {', '.join(packages)}")
    if any(group.required for group in groups):
        raise Trouble("install what is missing, then try again")


def prepare(needs: Sequence[Group]) -> None:
    """Bring the system and .venv to where a task can run; keep silent when they are."""
    flaw = find_flaw()
    ensure_system([ENSUREPIP, *needs] if flaw else needs)
    if flaw:
        make_environment(flaw)
    wanted = make_stamp()
    if read_stamp() != wanted:
        install_project()
        STAMP.write_text(wanted, "utf-8")


def find_flaw() -> str:
    """Tell why .venv has to be made; say nothing when it works."""
    if not VENV.exists():
        return "there is none yet"
    location = read_stamp().partition("\n")[0]
    if location and location != str(VENV):
        return f"this one was made as {location}"
    version = probe_version()
    if not version:
        return "this one does not work"
    if version.split(".")[:2] != RUNNING.split("."):
        return f"this one has Python {version}"
    return ""


def probe_version() -> str:
    """Return the version of the Python in .venv, or nothing when it or its pip does not run."""
    try:
        probe = subprocess.run(
            [PYTHON, "-c", PROBE], check=False, capture_output=True, text=True, cwd=VENV
        )
    except OSError:
        return ""
    return probe.stdout.strip() if probe.returncode == 0 else ""


def make_environment(flaw: str) -> None:
    """Make .venv, in place of what is there."""
    if Path(sys.prefix).resolve() == VENV:
        raise Trouble(f".venv has to be made anew ({flaw}): run dev.py with a Python outside it")
    say(f"making .venv ({flaw})")
    # Without its stamp a half-removed .venv cannot pass for a whole one.
    STAMP.unlink(missing_ok=True)
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(VENV)
    if not run_quietly([sys.executable, "-m", "venv", str(VENV)]):
        raise Trouble(".venv could not be made")


def install_project() -> None:
    """Install the project and its tools into .venv, trying twice."""
    say("installing the project and its tools into .venv (once)")
    STAMP.unlink(missing_ok=True)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    command = [*pip, "install", "--quiet", "-e", ".[dev]"]
    if run_quietly(command):
        return
    say("pip failed, trying once more")
    time.sleep(3)
    if not run_quietly(command):
        raise Trouble("pip failed twice")


def read_stamp() -> str:
    """Return what .venv was last made of, or nothing when that is unknown."""
    try:
        return STAMP.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def make_stamp() -> str:
    """Return what .venv has to be made of: its place, its Python and the project."""
    project = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    return f"{VENV}\n{probe_version()}\n{project}\n"


def module(
    name: str,
    *arguments: str,
    folder: Path | None = ROOT,
    environment: dict[str, str] | None = None,
) -> int:
    """Run a module in .venv: unlike console scripts, that works wherever .venv has moved."""
    command = [str(PYTHON), "-m", name, *arguments]
    return run(command, folder=folder, environment=environment)


def first_failure(*statuses: int) -> int:
    """Return the first status that is not 0, if there is one."""
    return next(filter(None, statuses), 0)


def setup(_arguments: list[str]) -> int:
    """Do nothing more: everything is prepared before a task runs."""
    return 0


def demo(arguments: list[str]) -> int:
    """Run the demo, without a window where none can be shown."""
    if not has_display() and "--headless" not in arguments:
        arguments = ["--headless", *arguments]
    return module("bxgui", "demo", *arguments, folder=None)


def run_program(arguments: list[str]) -> int:
    """Run the program where dev.py was called, so that file names mean what they say."""
    return module("bxgui", *arguments, folder=None)


def test(arguments: list[str]) -> int:
    """Run the tests; with `--coverage`, first hold the core's tests to full coverage."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    rest = [argument for argument in arguments if argument != "--coverage"]
    covered = cover_core(environment) if rest != arguments else 0
    return first_failure(covered, module("pytest", *rest, environment=environment))


def cover_core(environment: dict[str, str]) -> int:
    """Fail unless the core's own tests pass and reach every line and branch of it."""
    tests = ["run", "-m", "pytest", "tests/core"]
    report = ["report", "--include=bxgui/core/*", "--fail-under=100"]
    return module("coverage", *tests, environment=environment) or module("coverage", *report)


def lint(arguments: list[str]) -> int:
    """Check style, format and which layer imports which."""
    imports = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return first_failure(
        module("ruff", "check", ".", *arguments),
        module("ruff", "format", "--check", "."),
        run([str(PYTHON), "-c", imports]),
    )


def types(arguments: list[str]) -> int:
    """Check the types."""
    return module("mypy", *arguments)


def check(arguments: list[str]) -> int:
    """Run all checks, the tests last."""
    return first_failure(lint([]), types([]), test(arguments))


def bench(arguments: list[str]) -> int:
    """Run the benchmark that the first argument names."""
    return module("release.bench", *arguments)


def build(arguments: list[str]) -> int:
    """Freeze the program into a folder and pack it."""
    return module("release.build", *arguments)


def frozen(arguments: list[str]) -> int:
    """Try what was built."""
    return module("release.packing.check", *arguments)


def lock(arguments: list[str]) -> int:
    """Pin anew what the frozen program is made of."""
    return module("release.packing.lock", *arguments)


def script(name: str) -> Callable[[list[str]], int]:
    """Return what runs a script of the release folder."""

    def run_script(arguments: list[str]) -> int:
        return run([str(PYTHON), str(ROOT / "release" / name), *arguments])

    return run_script


ON_SCREEN = (QT, TEXT, X11) if os.environ.get("DISPLAY") else (QT, TEXT)
TASKS = {
    "demo": Task("show the program at work", demo, ON_SCREEN if has_display() else (QT, KEYRING)),
    "run": Task("run the program", run_program, ON_SCREEN),
    "test": Task(
        "run pytest; with --coverage, first check that the core is covered in full",
        test,
        (QT, KEYRING, TEXT),
    ),
    "lint": Task("check style, format and imports", lint),
    "types": Task("check types", types),
    "check": Task("lint, types and test", check, (QT, KEYRING, TEXT)),
    "build": Task("freeze the program and pack it, into dist/", build, (QT, X11, TEXT, FREEZING)),
    "frozen": Task("try what was built, and print its size and start", frozen, (QT, TEXT)),
    "lock": Task("pin anew what the frozen program is made of", lock),
    "screenshots": Task("draw the screenshots", script("screenshots.py"), (QT, TEXT)),
    "translate": Task("update the translations", script("translate.py"), (QT,)),
    "resources": Task("build the resources", script("resources.py"), (QT,)),
    "bench": Task("measure and print ratios: bench capture, form, send, start", bench, (QT,)),
    "setup": Task("only prepare", setup, (*ON_SCREEN, KEYRING)),
}


def main(arguments: list[str]) -> int:
    """Run the task that the command line names."""
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description="Prepare .venv and run a task in it.",
        epilog="What follows a task's name is passed on to the tool it runs.",
    )
    tasks = parser.add_subparsers(dest="task", required=True, metavar="task")
    for name, task in TASKS.items():
        tasks.add_parser(name, help=task.summary, add_help=False)
    # Only the first word is dev.py's own: argparse would take "--" and "-h" from the others.
    chosen = TASKS[parser.parse_args(arguments[:1]).task]
    try:
        prepare(chosen.needs)
        return chosen.run(arguments[1:])
    except KeyboardInterrupt:
        return 130
    except (OSError, Trouble) as error:
        say(str(error))
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

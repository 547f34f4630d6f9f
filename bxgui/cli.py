"""The command line: its words and options; `commands` does what they say."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from os.path import isfile
from pathlib import Path
from typing import NoReturn

from bxgui import (
    __version__,
    commands,
    explain_command,
    given_move,
    given_patience,
    given_preset,
    given_values,
    many_command,
    portal_commands,
    portal_options,
    preset_commands,
    preview_command,
    queue_commands,
    reply_commands,
    rule_commands,
    running,
    standard_output,
    window_start,
    workflow_command,
)
from bxgui.command_problem import USAGE, complain, told_as_json
from bxgui.core.deadlines import TokenState
from bxgui.core.listing import Group

_Command = Callable[[argparse.Namespace], int]
_Add = Callable[[str, _Command, str], argparse.ArgumentParser]

# A program with windows may have no standard output.
_WITH_A_WINDOW = (commands.window, commands.demo, commands.self_test)
_GREATEST_PORT = 65_535
_GREATEST_DAYS = 3_650
_MOST_DIGITS = 9
_HONOURED_DAYS = 7
_EPILOG = """\
exit status: 0 accepted, 2 wrong usage, 3 refused, 4 unknown, 5 retry later,
6 portal not trusted, 7 warnings that want --force, 1 anything else"""
_CHECK_EPILOG = """\
exit status: 0 nothing or notes only, 2 errors, which no reply can have,
7 warnings, which a reply can have with --force or when they were waived for the rule"""

_QUEUE = "List what waits to be sent; pause, resume or take it back."
_WORKFLOW = "Ask the portal whether a call's workflow lives, hangs or is gone; change nothing."
_PREVIEW = "Print the request of a reply, or code that makes it; send nothing."
_EXPLAIN = "Tell what an error code of a portal means, and what to do."
_PORTALS = "List the portals; add, authorize, test or set up one."
_PRESETS = "List the presets of rules, or change them."
_RULES = "List the rules of portals, or read what they were registered with."
_DOCTOR = "Look at keyring, store, disk, port, certificate and public address; change nothing."


class _Parser(argparse.ArgumentParser):
    """Complains in one line, as the commands do."""

    def error(self, message: str) -> NoReturn:
        """End with the status of wrong usage."""
        sys.exit(complain(f"{message} (see {self.prog} --help)", USAGE))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status."""
    words = sys.argv[1:] if arguments is None else arguments
    with told_as_json(any(map(_asks_for_json, words))):
        return running.run(lambda: _obey(_parsed(words)))


def _asks_for_json(word: str) -> bool:
    """Whether a word is `--json`, as argparse reads it: others may be wrong before it is parsed."""
    return word.startswith("--j") and "--json".startswith(word)


def _obey(options: argparse.Namespace) -> int:
    command: _Command = options.command
    if command not in _WITH_A_WINDOW:
        standard_output.check_open()
    return command(options)


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    try:
        return _parser().parse_args(arguments)
    except SystemExit:
        # Help may be what does not fit.
        standard_output.flush()
        raise


def _common() -> _Parser:
    """Options that stand before or behind the command; behind it, absent ones change nothing."""
    common = _Parser(add_help=False)
    common.add_argument(
        window_start.DATA_DIR,
        type=_folder,
        metavar="DIR",
        default=argparse.SUPPRESS,
        help="keep everything in this folder instead of the user's own",
    )
    common.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON")
    return common


def _parser() -> _Parser:
    parser = _Parser(
        prog="bxgui",
        description="Catch, inspect and answer the event tokens that Bitrix24 workflows wait for. "
        "Without a command the window opens.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[_common()],
    )
    parser.add_argument("--version", action="version", version=f"bxgui {__version__}")
    _add_self_test(parser)
    parser.set_defaults(command=commands.window, data_dir=None, json=False)
    sub_commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def add(name: str, command: _Command, text: str) -> argparse.ArgumentParser:
        added = sub_commands.add_parser(name, help=text, description=text, parents=[_common()])
        added.set_defaults(command=command)
        return added

    _add_reading(add)
    _add_reply(add("reply", reply_commands.reply, "Answer a token, and wait for the outcome."))
    _add_retry(add("retry", reply_commands.retry, "Send the last reply to a token again."))
    queue_commands.add_options(add("queue", queue_commands.queue, _QUEUE), _common)
    _add_check(add("check", reply_commands.check, "Tell what is wrong with a reply; send nothing."))
    _add_workflow(add("check-workflow", workflow_command.check_workflow, _WORKFLOW))
    _add_preview(add("preview", preview_command.preview, _PREVIEW))
    preset_commands.add_options(add("presets", preset_commands.presets, _PRESETS), _common)
    rule_commands.add_options(add("rules", rule_commands.rules, _RULES), _common)
    portal_options.add_options(add("portals", portal_commands.portals, _PORTALS), _common)
    _add_address(add("address", commands.address, "Print the handler's address, or change it."))
    _add_processes(add)
    explain_command.add_options(add("explain", explain_command.explain, _EXPLAIN))
    _add_doctor(add("doctor", commands.doctor, _DOCTOR))
    return parser


def _add_self_test(parser: argparse.ArgumentParser) -> None:
    """Options in the place of a command, so that they are found where everything is broken."""
    for option, command, text in (
        ("--self-test", commands.self_test, "try everything on a store of its own, and end"),
        ("--self-test-steps", commands.self_test_steps, argparse.SUPPRESS),
    ):
        parser.add_argument(option, action="store_const", dest="command", const=command, help=text)
    parser.add_argument(window_start.TELL_START, action="store_true", help=argparse.SUPPRESS)
    parser.add_argument(
        "--report", type=Path, metavar="FILE", help="write what the self-test finds here too"
    )


def _add_reading(add: _Add) -> None:
    tokens = add("tokens", commands.tokens, "List the tokens, the newest first.")
    tokens.add_argument("--state", type=_state, metavar="S", help=_states_help())
    tokens.add_argument(
        "--others",
        action="store_const",
        dest="group",
        const=Group.OTHERS,
        default=Group.TOKENS,
        help="the posts that carry no token instead",
    )
    tokens.add_argument(
        "--rejected",
        action="store_const",
        dest="group",
        const=Group.REJECTED,
        help="the posts that were not taken instead, and why",
    )
    show = add("show", commands.show, "Show a call: fields, headers, body, attempts.")
    show.add_argument("id", type=int, metavar="ID")
    show.add_argument("--reveal", action="store_true", help="print its secrets in the body too")
    history = add("history", commands.history, "List the attempts to answer, the newest first.")
    history.add_argument("--errors", action="store_true", help="only what was not accepted")
    history.add_argument("--call", type=int, metavar="ID", help="only attempts of this call")


def _state(text: str) -> TokenState:
    try:
        return TokenState(text)
    except ValueError as error:
        message = f"{text!r} is no state; the states are {', '.join(TokenState)}"
        raise argparse.ArgumentTypeError(message) from error


def _folder(text: str) -> Path:
    folder = Path(text)
    # Not the method of Path: it raises for a name that is too long, which opening tells better.
    if isfile(folder):  # noqa: PTH113
        message = f"{text} is a file, and a folder is wanted"
        raise argparse.ArgumentTypeError(message)
    return folder


def _states_help() -> str:
    return "only tokens in this state: " + ", ".join(TokenState)


def _add_content(parser: argparse.ArgumentParser, *, or_all: bool = False) -> None:
    parser.add_argument("id", type=int, nargs="?" if or_all else None, metavar="ID")
    given_preset.add_options(parser)
    given_values.add_value_options(parser)
    parser.set_defaults(only_log=False)


def _add_only_log(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--only-log",
        action="store_true",
        help="write the log message and let the step go on waiting",
    )


def _add_reply(parser: argparse.ArgumentParser) -> None:
    _add_content(parser, or_all=True)
    _add_only_log(parser)
    _add_sending(parser)
    many_command.add_options(parser)


def _add_retry(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", type=int, metavar="ID")
    _add_sending(parser)
    given_move.add_options(parser)


def _add_sending(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--force", action="store_true", help="send it whatever is warned of; errors stop it still"
    )
    given_patience.add_options(parser)


def _add_workflow(parser: argparse.ArgumentParser) -> None:
    parser.epilog = workflow_command.EPILOG
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("id", type=int, metavar="ID")


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.epilog = _CHECK_EPILOG
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    _add_content(parser)


def _add_preview(parser: argparse.ArgumentParser) -> None:
    _add_content(parser)
    _add_only_log(parser)
    preview_command.add_options(parser)


def _add_address(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="ACTION")
    text = "Make a new address; a running listener takes calls at it within seconds."
    rotate = actions.add_parser("rotate", help=text, description=text, parents=[_common()])
    rotate.add_argument(
        "--honour-old",
        type=_days,
        default=_HONOURED_DAYS,
        metavar="DAYS",
        help=f"how long calls are taken at the former ones ({_HONOURED_DAYS}); 0 for no longer",
    )
    rotate.set_defaults(command=commands.rotate_address)


def _add_processes(add: _Add) -> None:
    listen = add("listen", commands.listen, "Catch calls without a window, until stopped.")
    _add_addresses(listen)
    listen.add_argument(
        "--allow",
        action="append",
        metavar="NETWORK",
        help="take calls only from this network or address; repeatable",
    )
    listen.add_argument(
        "--proxy",
        action="append",
        metavar="NETWORK",
        help="believe the X-Forwarded-For of a proxy at this address; repeatable",
    )
    listen.add_argument("--key-from-stdin", action="store_true", help=argparse.SUPPRESS)
    simulate = add(
        "simulate", commands.simulate, "Run a portal on this computer to try things with."
    )
    simulate.add_argument("--port", type=_port, default=0, metavar="P", help="its port; 0 for any")
    simulate.add_argument("--handler", metavar="URL", help="post calls to this address")
    simulate.add_argument("--calls", type=int, metavar="N", help="how many calls to post")
    simulate.add_argument(
        "--interval", type=float, default=0, metavar="SECONDS", help="the pause between calls"
    )
    simulate.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="NAME",
        help="spoil the next request: reset_after, slow:5, html_500, …",
    )
    demo = add("demo", commands.demo, "Show the whole way on a simulated portal.")
    demo.add_argument("--headless", action="store_true", help="without a window, step by step")


def _add_doctor(doctor: argparse.ArgumentParser) -> None:
    doctor.epilog = "exit status: 0 when nothing is a problem, 1 otherwise"
    _add_addresses(doctor)
    doctor.add_argument(
        "--test-call",
        action="store_true",
        help="post a call through the address too, and see whether it is stored",
    )


def _add_addresses(parser: argparse.ArgumentParser) -> None:
    """Where the listener listens, in the place of what the settings say."""
    parser.add_argument("--host", metavar="H", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=_port, metavar="P", help="port to listen on; 0 for any")
    parser.add_argument(
        "--public-url", metavar="URL", help="the address that a tunnel or proxy gives it"
    )
    parser.add_argument(
        "--tls-certificate", metavar="FILE", help="serve https with this PEM certificate"
    )
    parser.add_argument("--tls-key", metavar="FILE", help="the certificate's key")


def _days(text: str) -> int:
    """A number of days, as argparse wants it read."""
    return _number(text, "number of days", _GREATEST_DAYS)


def _port(text: str) -> int:
    """A port number, as argparse wants it read."""
    return _number(text, "port", _GREATEST_PORT)


def _number(text: str, what: str, greatest: int) -> int:
    # Python reads the digits of every script, and refuses very many of them.
    is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    if not is_number or int(text) > greatest:
        message = f"{text!r} is not a {what} between 0 and {greatest}"
        raise argparse.ArgumentTypeError(message)
    return int(text)

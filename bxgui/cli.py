"""The command line: every sub-command in one place."""

from __future__ import annotations

import argparse
import logging
import os
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from bxgui import __version__
from bxgui.core import findings
from bxgui.core.deadlines import TokenState
from bxgui.core.explanations import Outcome
from bxgui.core.json_values import JsonProblem, JsonValue, Pairs, parse_object
from bxgui.core.plain_text import printable
from bxgui.core.public_address import NotAWebAddress, public_base
from bxgui.core.records import ACTIVITY_LOG, EVENT_SEND, CallDetail, Reply, TokenQuery
from bxgui.core.schema import ReturnProperty, ValueProblem, ValueType, from_text

if TYPE_CHECKING:
    from bxgui.services.paths import Paths
    from bxgui.services.workspace import Workspace

ACCEPTED, OTHER, USAGE, REFUSED, UNKNOWN, RETRY_LATER, NOT_TRUSTED = range(7)
_STATUS = {
    Outcome.ACCEPTED: ACCEPTED,
    Outcome.REFUSED: REFUSED,
    Outcome.UNKNOWN: UNKNOWN,
    Outcome.RETRY_LATER: RETRY_LATER,
}
_TRUST_CODES = {"no_portal", "not_trusted", "other_address", "other_application_token"}
_GREATEST_PORT = 65_535
_SENT_CODES = {"outcome_not_stored"}
_USAGE_CODES = {"bad_value", "empty_log"}
_EPILOG = """\
exit status: 0 accepted, 2 wrong usage, 3 refused, 4 unknown, 5 retry later,
6 portal not trusted, 1 anything else"""


# What the store can count to; a greater number names nothing.
_GREATEST_ID = 2**63 - 1


class CommandProblem(Exception):
    """A command that cannot go on: one line for the user, and the exit status."""

    def __init__(self, message: str, status: int = OTHER) -> None:
        super().__init__(message)
        self.status = status


class _Parser(argparse.ArgumentParser):
    """Complains in one line, as the commands do."""

    def error(self, message: str) -> NoReturn:
        """End with the status of wrong usage."""
        sys.exit(_complain(f"{message} (see {self.prog} --help)", USAGE))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status."""
    _write_any_text()
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        status = command(options)
        sys.stdout.flush()
    except CommandProblem as problem:
        return _complain(str(problem), problem.status)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output has left
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return OTHER
    except Exception as error:  # noqa: BLE001 - a bug, whatever it is, gets its line and its report
        from bxgui.services.logs import report_of

        # Not `exception`: the text of an error may quote a call.
        logging.getLogger(__name__).error("a bug\n%s", report_of(error))  # noqa: TRY400
        message = f"a bug in bxgui ({type(error).__name__}); the log has the details."
        return _complain(message, OTHER)
    return status


def _complain(message: str, status: int) -> int:
    sys.stderr.write(f"bxgui: {printable(' '.join(message.split()))}\n")
    return status


def _write_any_text() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _common() -> _Parser:
    """Options that stand before or behind the command; behind it, absent ones change nothing."""
    common = _Parser(add_help=False)
    common.add_argument(
        "--data-dir",
        type=Path,
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
    parser.set_defaults(command=_window, data_dir=None, json=False)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def add(
        name: str, command: Callable[[argparse.Namespace], int], text: str
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text, parents=[_common()])
        added.set_defaults(command=command)
        return added

    _add_reading(add)
    _add_reply(add("reply", _reply, "Answer a token, and wait for the outcome."))
    _add_portals(add("portals", _portals, "List the portals, or trust one."))
    _add_processes(add)
    return parser


_Command = Callable[[argparse.Namespace], int]
_Add = Callable[[str, _Command, str], argparse.ArgumentParser]


def _add_reading(add: _Add) -> None:
    tokens = add("tokens", _tokens, "List the tokens, the newest first.")
    tokens.add_argument(
        "--state", type=TokenState, choices=list(TokenState), metavar="S", help=_states_help()
    )
    tokens.add_argument(
        "--others", action="store_true", help="the posts that carry no token instead"
    )
    show = add("show", _show, "Show a call: fields, headers, body, attempts.")
    show.add_argument("id", type=int, metavar="ID")
    show.add_argument("--reveal", action="store_true", help="print its secrets in the body too")
    history = add("history", _history, "List the attempts to answer, the newest first.")
    history.add_argument("--errors", action="store_true", help="only what was not accepted")
    history.add_argument("--call", type=int, metavar="ID", help="only attempts of this call")


def _states_help() -> str:
    return "only tokens in this state: " + ", ".join(TokenState)


def _add_reply(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", type=int, metavar="ID")
    parser.add_argument(
        "--value",
        action="append",
        default=[],
        metavar="NAME=TEXT",
        help="a return value; the same name again makes a list",
    )
    parser.add_argument(
        "--values", metavar="JSON|@FILE", help="return values as a JSON object, or a file of one"
    )
    parser.add_argument("--log", default="", metavar="TEXT", help="the log message")
    parser.add_argument(
        "--only-log",
        action="store_true",
        help="write the log message and let the step go on waiting",
    )


def _add_portals(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="ACTION")
    for name, command, text in (
        ("trust", _trust, "Let replies go to a portal."),
        ("distrust", _distrust, "Take the trust back."),
    ):
        action = actions.add_parser(name, help=text, description=text, parents=[_common()])
        action.add_argument("member_id", metavar="MEMBER_ID")
        action.set_defaults(command=command)
        if command is _trust:
            action.add_argument(
                "--host", metavar="HOST", help="its host, when its calls name several"
            )
            action.add_argument(
                "--call", type=int, metavar="ID", help="trust exactly what this call shows"
            )


def _add_processes(add: _Add) -> None:
    listen = add("listen", _listen, "Catch calls without a window, until stopped.")
    listen.add_argument("--host", metavar="H", help="address to listen on (127.0.0.1)")
    listen.add_argument("--port", type=_port, metavar="P", help="port to listen on; 0 for any")
    listen.add_argument(
        "--public-url", metavar="URL", help="the address that a tunnel or proxy gives it"
    )
    listen.add_argument("--key-from-stdin", action="store_true", help=argparse.SUPPRESS)
    simulate = add("simulate", _simulate, "Run a portal on this computer to try things with.")
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
    demo = add("demo", _demo, "Show the whole way on a simulated portal.")
    demo.add_argument("--headless", action="store_true", help="without a window, step by step")


def _port(text: str) -> int:
    """A port number, as argparse wants it read."""
    if not text.isdigit() or int(text) > _GREATEST_PORT:
        message = f"{text!r} is not a port between 0 and {_GREATEST_PORT}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


@contextmanager
def _workspace(options: argparse.Namespace) -> Iterator[Workspace]:
    from bxgui.services import logs
    from bxgui.services.store import StoreProblem
    from bxgui.services.workspace import Workspace

    paths = _paths(options)
    logs.start(paths.logs)
    try:
        opened = Workspace.open(paths)
        try:
            yield opened
        finally:
            opened.close()
    except StoreProblem as problem:
        raise CommandProblem(str(problem)) from problem
    except BrokenPipeError:
        raise
    except OSError as error:
        message = f"{paths.data} cannot be used: {error.strerror or error}."
        raise CommandProblem(message) from error


def _paths(options: argparse.Namespace) -> Paths:
    from bxgui.services.paths import Paths

    return Paths.of(options.data_dir)


def _window(options: argparse.Namespace) -> int:
    if not has_display():
        raise CommandProblem("there is no display for the window; `bxgui --help` lists what works.")
    from bxgui.app import run

    return run(_paths(options))


def _tokens(options: argparse.Namespace) -> int:
    from bxgui import terminal
    from bxgui.services.workspace import utc_now

    with _workspace(options) as workspace:
        rows = workspace.rows(
            workspace.token_ids(TokenQuery(state=options.state, others=options.others))
        )
        if not options.json:
            terminal.write_lines(sys.stdout, terminal.token_lines(rows, utc_now()))
            return ACCEPTED
        properties = workspace.properties([row.id for row in rows])
        documents = [terminal.token_json(row, properties.get(row.id, {})) for row in rows]
    terminal.write_json(sys.stdout, documents)
    return ACCEPTED


def _call(workspace: Workspace, call_id: int) -> CallDetail:
    call = workspace.call(call_id) if abs(call_id) <= _GREATEST_ID else None
    if call is None:
        message = f"There is no call {call_id}. `bxgui tokens` lists the tokens."
        raise CommandProblem(message)
    return call


def _show(options: argparse.Namespace) -> int:
    from bxgui import terminal
    from bxgui.services.vault import SecretsLocked
    from bxgui.services.workspace import utc_now

    with _workspace(options) as workspace:
        call = _call(workspace, options.id)
        try:
            clear = workspace.reveal(options.id) if options.reveal else None
        except SecretsLocked as error:
            raise CommandProblem(str(error)) from error
        attempts = workspace.history(call_id=options.id)
    if options.json:
        document = terminal.call_json(call, clear)
        document["history"] = [terminal.attempt_json(row) for row in attempts]
        terminal.write_json(sys.stdout, document)
        return ACCEPTED
    terminal.write_lines(sys.stdout, terminal.call_lines(call, clear, utc_now()))
    if attempts:
        terminal.write_lines(sys.stdout, ["history", *terminal.history_lines(attempts)])
    return ACCEPTED


def _reply(options: argparse.Namespace) -> int:
    from bxgui import terminal
    from bxgui.services.replies import ReplyProblem

    if options.only_log and (options.value or options.values):
        raise CommandProblem("--only-log sends no values; leave out --value and --values.", USAGE)
    with _workspace(options) as workspace:
        call = _call(workspace, options.id)
        method = ACTIVITY_LOG if options.only_log else EVENT_SEND
        reply = Reply(options.id, method, _values(options, call.schema), options.log)
        try:
            sending = workspace.submit(reply)
            _warn(call, reply)
            attempt = sending.result()
        except ReplyProblem as problem:
            raise CommandProblem(_advice(problem, call), _problem_status(problem.code)) from problem
    if options.json:
        terminal.write_json(sys.stdout, terminal.exchange_json(attempt))
    else:
        terminal.write_lines(sys.stdout, terminal.attempt_lines(attempt))
    return _STATUS[attempt.row.outcome] if attempt.row.outcome else OTHER


def _problem_status(code: str) -> int:
    if code in _TRUST_CODES:
        return NOT_TRUSTED
    if code in _SENT_CODES:
        return UNKNOWN
    return USAGE if code in _USAGE_CODES else OTHER


def _advice(problem: Exception, call: CallDetail) -> str:
    if getattr(problem, "code", "") != "not_trusted" or call.portal is None:
        return str(problem)
    key = shlex.quote(call.portal.key)
    return f"{problem} Look at the call, then: bxgui portals trust {key} --call {call.row.id}"


def _warn(call: CallDetail, reply: Reply) -> None:
    """A line for each thing that the portal will not tell."""
    from bxgui.services.workspace import utc_now
    from bxgui.terminal import finding_text

    # Whether an access token has really expired, the portal says itself.
    found = [one for one in findings.of_call(call, utc_now()) if one.code != "access_expired"]
    if reply.method == EVENT_SEND:
        found = [*findings.of_values(call.schema, reply.values), *found]
    for finding in found:
        _complain(f"warning: {finding_text(finding)}", OTHER)


def _values(options: argparse.Namespace, schema: Sequence[ReturnProperty]) -> Pairs:
    values = _json_values(options.values) if options.values is not None else []
    types = {entry.name.lower(): entry for entry in schema}
    given: dict[str, list[JsonValue]] = {}
    for text in options.value:
        name, equals, value = text.partition("=")
        if not equals or not name:
            message = f"--value wants NAME=TEXT, not {text!r}."
            raise CommandProblem(message, USAGE)
        given.setdefault(name, []).append(_typed(name, value, types.get(name.lower())))
    kept = [(name, value) for name, value in values if name not in given]
    return kept + [
        (name, _one_or_list(items, types.get(name.lower()))) for name, items in given.items()
    ]


def _one_or_list(items: list[JsonValue], entry: ReturnProperty | None) -> JsonValue:
    return items if len(items) > 1 or (entry is not None and entry.multiple) else items[0]


def _typed(name: str, text: str, entry: ReturnProperty | None) -> JsonValue:
    kind = entry.type if entry else ValueType.STRING
    try:
        return from_text(kind, text)
    except ValueProblem as problem:
        message = f"{text!r} is not a value for {name}, which is of the type {kind}."
        raise CommandProblem(message, USAGE) from problem


def _json_values(text: str) -> Pairs:
    try:
        if text.startswith("@"):
            text = Path(text[1:]).read_text("utf-8")
        return parse_object(text)
    except (OSError, UnicodeDecodeError) as error:
        message = f"The file of --values cannot be read: {error}."
        raise CommandProblem(message, USAGE) from error
    except JsonProblem as problem:
        message = f"--values is not a JSON object: {problem}."
        raise CommandProblem(message, USAGE) from problem


def _history(options: argparse.Namespace) -> int:
    from bxgui import terminal

    with _workspace(options) as workspace:
        wanted = options.call
        call_id = None if wanted is None else max(min(wanted, _GREATEST_ID), 0)
        rows = workspace.history(errors=options.errors, call_id=call_id)
    if options.json:
        terminal.write_json(sys.stdout, [terminal.attempt_json(row) for row in rows])
    else:
        terminal.write_lines(sys.stdout, terminal.history_lines(rows))
    return ACCEPTED


def _portals(options: argparse.Namespace) -> int:
    from bxgui import terminal

    with _workspace(options) as workspace:
        portals = workspace.portals()
    if options.json:
        terminal.write_json(sys.stdout, [terminal.portal_json(portal) for portal in portals])
    else:
        terminal.write_lines(sys.stdout, terminal.portal_lines(portals))
    return ACCEPTED


def _trust(options: argparse.Namespace) -> int:
    from bxgui import terminal
    from bxgui.services.workspace import AmbiguousPortal, UnknownPortal

    with _workspace(options) as workspace:
        try:
            if options.call is None:
                portal = workspace.trust(options.member_id, options.host)
            else:
                portal = workspace.trust_call(_call_of(workspace, options))
        except UnknownPortal as error:
            message = f"No call has come from {options.host or options.member_id}."
            raise CommandProblem(message) from error
        except AmbiguousPortal as error:
            kinds = "; ".join(map(terminal.sighting_text, error.seen))
            message = (
                f"Its calls differ: {kinds}. Say which to trust, with --call ID or --host HOST."
            )
            raise CommandProblem(message) from error
    if options.json:
        terminal.write_json(sys.stdout, terminal.portal_json(portal))
    else:
        terminal.write_lines(sys.stdout, [f"Trusted: {terminal.portal_text(portal)}."])
    return ACCEPTED


def _call_of(workspace: Workspace, options: argparse.Namespace) -> CallDetail:
    call = _call(workspace, options.call)
    if call.portal is None or call.portal.key != options.member_id or not call.endpoint:
        message = f"Call {options.call} does not come from {options.member_id}."
        raise CommandProblem(message)
    return call


def _distrust(options: argparse.Namespace) -> int:
    from bxgui import terminal
    from bxgui.services.workspace import UnknownPortal

    with _workspace(options) as workspace:
        try:
            portal = workspace.distrust(options.member_id)
        except UnknownPortal as error:
            message = f"No portal is known as {options.member_id}."
            raise CommandProblem(message) from error
    if options.json:
        terminal.write_json(sys.stdout, terminal.portal_json(portal))
    else:
        terminal.write_lines(sys.stdout, [f"Not trusted: {terminal.portal_text(portal)}."])
    return ACCEPTED


def _listen(options: argparse.Namespace) -> int:
    from bxgui.services import keys, listener, settings
    from bxgui.services.announcer import Announcer

    with _workspace(options) as workspace:
        try:
            chosen = settings.load(_paths(options).settings)
            where = listener.ListenOptions(
                chosen.host if options.host is None else options.host,
                chosen.port if options.port is None else options.port,
                public_base(options.public_url) if options.public_url else chosen.public_url,
            )
            key = (
                listener.key_from_standard_input()
                if options.key_from_stdin
                else keys.obtain(workspace.store.id)
            )
            announcer = Announcer(sys.stdout.fileno(), as_json=options.json)
            try:
                listener.serve(workspace.store, key, where, announcer)
            finally:
                announcer.close()
        except (listener.ListenProblem, settings.SettingsProblem) as problem:
            raise CommandProblem(str(problem)) from problem
        except NotAWebAddress as problem:
            message = f"--public-url wants a web address, not {str(problem)!r}."
            raise CommandProblem(message, USAGE) from problem
    return ACCEPTED


def _simulate(options: argparse.Namespace) -> int:
    from bxgui.simulator.faults import Fault, UnknownFault
    from bxgui.simulator.process import run
    from bxgui.simulator.server import PortTaken

    try:
        return run(
            port=options.port,
            handler=options.handler or "",
            calls=options.calls,
            json_lines=options.json,
            interval=options.interval,
            faults=[Fault.parse(text) for text in options.fault],
            stdin=sys.stdin,
            stdout=sys.stdout,
        )
    except UnknownFault as error:
        raise CommandProblem(str(error), USAGE) from error
    except PortTaken as error:
        raise CommandProblem(str(error)) from error


def _demo(options: argparse.Namespace) -> int:
    from bxgui import demo

    if options.data_dir is not None:
        _complain("demo works in a folder of its own; --data-dir is not used", OTHER)
    if options.headless or not has_display():
        return demo.headless(sys.stdout, as_json=options.json)
    return demo.window()


def has_display() -> bool:
    """Whether a window can be opened; Qt would abort without a display."""
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))

"""What the sub-commands do; each loads what it needs, so that `--help` stays quick."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from bxgui.command_problem import (
    ACCEPTED,
    NOT_TRUSTED,
    OTHER,
    REFUSED,
    RETRY_LATER,
    UNKNOWN,
    USAGE,
    CommandProblem,
    complain,
)
from bxgui.core import findings
from bxgui.core.explanations import Outcome
from bxgui.core.records import ACTIVITY_LOG, EVENT_SEND, CallDetail, Group, Reply, TokenQuery
from bxgui.given_values import given_values

if TYPE_CHECKING:
    from bxgui.core.handler_address import HandlerAddress
    from bxgui.services.paths import Paths
    from bxgui.services.store.listener_paths import ListenerPath
    from bxgui.services.workspace import Workspace

_STATUS = {
    Outcome.ACCEPTED: ACCEPTED,
    Outcome.REFUSED: REFUSED,
    Outcome.UNKNOWN: UNKNOWN,
    Outcome.RETRY_LATER: RETRY_LATER,
}
_TRUST_CODES = {"no_portal", "not_trusted", "other_address", "other_application_token"}
_SENT_CODES = {"outcome_not_stored"}
_PASSING_CODES = {"disk_full", "locked"}
_RETRY_SECONDS = 2.0
_USAGE_CODES = {"bad_value", "empty_log"}
# What the store can count to; a greater number names nothing.
_GREATEST_ID = 2**63 - 1


@contextmanager
def _workspace(options: argparse.Namespace, *, to_catch: bool = False) -> Iterator[Workspace]:
    from bxgui.services import logs
    from bxgui.services.store import StoreProblem
    from bxgui.services.workspace import Workspace

    paths = _paths(options)
    logs.start(paths.logs)
    try:
        opened = _opened_to_catch(paths) if to_catch else Workspace.open(paths)
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


def _opened_to_catch(paths: Paths) -> Workspace:
    """A damaged store is set aside, and what will pass is waited for: nobody may be there to help.

    Raises `StoreProblem` for what only a person can mend.
    """
    from bxgui.services.store import StoreProblem
    from bxgui.services.workspace import Workspace

    told = ""
    while True:
        try:
            return Workspace.open(paths, anew_if_damaged=True)
        except StoreProblem as problem:
            if problem.code not in _PASSING_CODES:
                raise
            if told != (told := str(problem)):
                complain(f"NOT LISTENING: {told} Trying again until it works.", OTHER)
        time.sleep(_RETRY_SECONDS)


def _paths(options: argparse.Namespace) -> Paths:
    from bxgui.services.paths import Paths

    return Paths.of(options.data_dir)


def window(options: argparse.Namespace) -> int:
    """Open the window."""
    if not has_display():
        raise CommandProblem("there is no display for the window; `bxgui --help` lists what works.")
    from bxgui.app import run

    return run(_paths(options))


def tokens(options: argparse.Namespace) -> int:
    """List tokens, or the posts that carry none."""
    from bxgui import terminal
    from bxgui.services.workspace import utc_now

    with _workspace(options) as workspace:
        query = TokenQuery(state=options.state, group=options.group)
        rows = workspace.rows(workspace.token_ids(query))
        if not options.json:
            rejected = options.group is Group.REJECTED
            table = terminal.rejected_lines if rejected else terminal.token_lines
            terminal.write_lines(sys.stdout, table(rows, utc_now()))
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


def show(options: argparse.Namespace) -> int:
    """Show a call."""
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


def reply(options: argparse.Namespace) -> int:
    """Answer a token and tell the outcome."""
    from bxgui import terminal
    from bxgui.services.replies import ReplyProblem

    if options.only_log and (options.value or options.values):
        raise CommandProblem("--only-log sends no values; leave out --value and --values.", USAGE)
    with _workspace(options) as workspace:
        call = _call(workspace, options.id)
        method = ACTIVITY_LOG if options.only_log else EVENT_SEND
        reply = Reply(options.id, method, given_values(options, call.schema), options.log)
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
        complain(f"warning: {finding_text(finding)}", OTHER)


def history(options: argparse.Namespace) -> int:
    """List attempts."""
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


def portals(options: argparse.Namespace) -> int:
    """List portals."""
    from bxgui import terminal

    with _workspace(options) as workspace:
        portals = workspace.portals()
    if options.json:
        terminal.write_json(sys.stdout, [terminal.portal_json(portal) for portal in portals])
    else:
        terminal.write_lines(sys.stdout, terminal.portal_lines(portals))
    return ACCEPTED


def trust(options: argparse.Namespace) -> int:
    """Trust a portal."""
    from bxgui import terminal
    from bxgui.services.portal_book import UnknownPortal
    from bxgui.services.workspace import AmbiguousPortal

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


def distrust(options: argparse.Namespace) -> int:
    """Take the trust in a portal back."""
    from bxgui import terminal
    from bxgui.services.portal_book import UnknownPortal

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


def listen(options: argparse.Namespace) -> int:
    """Catch calls until stopped."""
    from bxgui.given_listening import listen_options
    from bxgui.services import keys, listener, settings
    from bxgui.services.listener.announcer import Announcer

    with _workspace(options, to_catch=True) as workspace:
        try:
            where = listen_options(options, _paths(options).settings)
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
    return ACCEPTED


def doctor(options: argparse.Namespace) -> int:
    """Look at everything that catching calls needs."""
    from bxgui import terminal
    from bxgui.core.checks import Severity
    from bxgui.given_listening import given_public_url
    from bxgui.services import doctor, logs
    from bxgui.services.workspace import utc_now

    paths = _paths(options)
    if paths.logs.is_dir():  # a look makes no folder
        logs.start(paths.logs)
    asked = doctor.Asked(
        options.host,
        options.port,
        None if options.public_url is None else given_public_url(options.public_url),
        options.tls_certificate,
        options.tls_key,
        test_call=options.test_call,
    )
    found = []
    for check in doctor.examine(paths, asked, utc_now):
        found.append(check)
        if not options.json:
            terminal.write_lines(sys.stdout, terminal.check_lines(check))
            sys.stdout.flush()
    if options.json:
        terminal.write_json(sys.stdout, [terminal.check_json(check) for check in found])
    is_bad = any(check.severity is Severity.PROBLEM for check in found)
    return OTHER if is_bad else ACCEPTED


def address(options: argparse.Namespace) -> int:
    """Print the handler's address, and former ones that are still honoured."""
    from bxgui.services.workspace import utc_now

    where = _handler_address(options)
    with _workspace(options) as workspace:
        found = workspace.store.listener_paths.honoured(utc_now())
    _print_addresses(options, where, found)
    return ACCEPTED


def rotate_address(options: argparse.Namespace) -> int:
    """Make another secret path, and print what is to be done now."""
    from bxgui import handler_addresses, terminal
    from bxgui.services.workspace import utc_now

    where = _handler_address(options)
    with _workspace(options) as workspace:
        paths, now = workspace.store.listener_paths, utc_now()
        paths.rotate(now, now + timedelta(days=options.honour_old))
        found = paths.honoured(now)
        with suppress(OSError):
            workspace.store.keep_identity()
    _print_addresses(options, where, found)
    if not options.json:
        terminal.write_lines(sys.stdout, [handler_addresses.advice(found)])
    return ACCEPTED


def _handler_address(options: argparse.Namespace) -> HandlerAddress:
    from bxgui import handler_addresses
    from bxgui.services import settings

    try:
        return handler_addresses.address_of(settings.load(_paths(options).settings))
    except settings.SettingsProblem as problem:
        raise CommandProblem(str(problem)) from problem


def _print_addresses(
    options: argparse.Namespace, where: HandlerAddress, found: Sequence[ListenerPath]
) -> None:
    """The addresses are secrets: they are printed because they were asked for."""
    from bxgui import handler_addresses, terminal

    if options.json:
        terminal.write_json(sys.stdout, handler_addresses.addresses_json(where, found))
    else:
        terminal.write_lines(sys.stdout, handler_addresses.address_lines(where, found))


def simulate(options: argparse.Namespace) -> int:
    """Be a practice portal until stopped."""
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


def demo(options: argparse.Namespace) -> int:
    """Show the whole way."""
    from bxgui import demo

    if options.data_dir is not None:
        complain("demo works in a folder of its own; --data-dir is not used", OTHER)
    if options.headless or not has_display():
        return demo.headless(sys.stdout, as_json=options.json)
    return demo.window()


def has_display() -> bool:
    """Whether a window can be opened; Qt would abort without a display."""
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))

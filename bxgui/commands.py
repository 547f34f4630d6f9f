"""What the sub-commands do; each loads what it needs, so that `--help` stays quick."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from bxgui import standard_output
from bxgui.command_problem import ACCEPTED, OTHER, USAGE, CommandProblem, remark
from bxgui.core.listing import Group, TokenQuery
from bxgui.opened_workspace import (
    GREATEST_ID,
    found_call,
    known_troubles,
    opened_to_catch,
    opened_workspace,
    paths_of,
)
from bxgui.window_start import Asked, has_display, open_window

if TYPE_CHECKING:
    from bxgui.core.handler_address import HandlerAddress
    from bxgui.services.store.listener_paths import ListenerPath


def window(options: argparse.Namespace) -> int:
    """Open the window."""
    return open_window(Asked(options.data_dir, options.tell_start))


def tokens(options: argparse.Namespace) -> int:
    """List tokens, or the posts that carry none."""
    from bxgui import terminal
    from bxgui.services.workspace import utc_now

    with opened_workspace(options, to_read=True) as workspace:
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


def show(options: argparse.Namespace) -> int:
    """Show a call."""
    from bxgui import terminal
    from bxgui.services.vault import SecretsLocked
    from bxgui.services.workspace import utc_now

    with opened_workspace(options, to_read=True) as workspace:
        call = found_call(workspace, options.id)
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


def history(options: argparse.Namespace) -> int:
    """List attempts."""
    from bxgui import terminal

    with opened_workspace(options, to_read=True) as workspace:
        wanted = options.call
        call_id = None if wanted is None else max(min(wanted, GREATEST_ID), 0)
        rows = workspace.history(errors=options.errors, call_id=call_id)
    if options.json:
        terminal.write_json(sys.stdout, [terminal.attempt_json(row) for row in rows])
    else:
        terminal.write_lines(sys.stdout, terminal.history_lines(rows))
    return ACCEPTED


def listen(options: argparse.Namespace) -> int:
    """Catch calls until stopped."""
    from bxgui.given_listening import listen_options
    from bxgui.services import keys, listener, settings
    from bxgui.services.listener.announcer import Announcer

    with known_troubles(options) as paths, closing(opened_to_catch(paths)) as store:
        try:
            where = listen_options(options, paths.settings)
            key = (
                listener.key_from_standard_input()
                if options.key_from_stdin
                else keys.obtain(store.id)
            )
            announcer = Announcer(sys.stdout.fileno(), as_json=options.json)
            try:
                listener.serve(store, key, where, announcer)
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

    paths = paths_of(options)
    with suppress(OSError):
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
            standard_output.flush()
    if options.json:
        terminal.write_json(sys.stdout, [terminal.check_json(check) for check in found])
    is_bad = any(check.severity is Severity.PROBLEM for check in found)
    return OTHER if is_bad else ACCEPTED


def address(options: argparse.Namespace) -> int:
    """Print the handler's address, and former ones that are still honoured."""
    from bxgui.services.workspace import utc_now

    where = _handler_address(options)
    with opened_workspace(options, to_read=True) as workspace:
        found = workspace.store.listener_paths.honoured(utc_now())
    _print_addresses(options, where, found)
    return ACCEPTED


def rotate_address(options: argparse.Namespace) -> int:
    """Make another secret path, and print what is to be done now."""
    from bxgui import handler_addresses, terminal
    from bxgui.services.workspace import utc_now

    where = _handler_address(options)
    with opened_workspace(options) as workspace:
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
        return handler_addresses.address_in(paths_of(options).settings)
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
    except BrokenPipeError:
        raise
    except OSError as error:
        raise standard_output.unwritable(error) from error


def demo(options: argparse.Namespace) -> int:
    """Show the whole way."""
    from bxgui import demo

    if options.data_dir is not None:
        remark("demo works in a folder of its own; --data-dir is not used")
    if options.headless or not has_display():
        standard_output.check_open()
        return demo.headless(sys.stdout, as_json=options.json)
    return demo.window()


def self_test(options: argparse.Namespace) -> int:
    """Try everything on a store of its own."""
    from bxgui.self_test.reporting import run

    return ACCEPTED if run(options.report) else OTHER


def self_test_steps(options: argparse.Namespace) -> int:
    """Take the steps of the self-test, told to the process that has started this one."""
    from bxgui.self_test import steps, telling

    steps.take(options.data_dir, telling.to_standard_output())
    return ACCEPTED

"""What the actions of `bxgui portals` do; secrets are asked for, never taken from an argument."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bxgui.command_problem import ACCEPTED, NOT_TRUSTED, REFUSED, USAGE, CommandProblem
from bxgui.core.authorization import Source, read_order
from bxgui.core.dates import DateStyle, read_date_format
from bxgui.core.endpoint import typed_endpoint
from bxgui.core.portal_settings import PortalSettings
from bxgui.core.rate import Rate
from bxgui.core.reach import Reach
from bxgui.core.records import CallDetail, Portal
from bxgui.opened_workspace import found_call, opened_workspace
from bxgui.portal_consents import ask_to_forget, ask_to_trust_address

if TYPE_CHECKING:
    from bxgui.services.portal_book import PortalBook
    from bxgui.services.workspace import Workspace

_EXCHANGES_SHOWN = 10
_USAGE_CODES = {
    "bad_address",
    "bad_ca_file",
    "bad_rate",
    "other_address",
    "other_host",
    "plain_http",
}


@contextmanager
def _book(options: argparse.Namespace) -> Iterator[Workspace]:
    """The workspace, with what portals do not allow told in a line."""
    from bxgui.services.authorization_problem import AuthorizationProblem
    from bxgui.services.portal_book import PortalProblem, UnknownPortal

    with opened_workspace(options) as workspace:
        try:
            yield workspace
        except UnknownPortal as error:
            message = f"No portal is known as {error}. `bxgui portals` lists them."
            raise CommandProblem(message) from error
        except (AuthorizationProblem, PortalProblem) as problem:
            message, status = _told(problem, problem.code)
            raise CommandProblem(message, status) from problem


def _told(problem: Exception, code: str) -> tuple[str, int]:
    if code == "not_trusted":
        return f"{problem} Trust it first: bxgui portals trust.", NOT_TRUSTED
    return str(problem), USAGE if code in _USAGE_CODES else 1


def portals(options: argparse.Namespace) -> int:
    """List portals."""
    from bxgui import portal_listing, terminal
    from bxgui.services.workspace import utc_now

    with opened_workspace(options, to_read=True) as workspace:
        found = workspace.portal_book.facts()
    if options.json:
        terminal.write_json(sys.stdout, [portal_listing.facts_json(one) for one in found])
    else:
        terminal.write_lines(sys.stdout, portal_listing.portal_table(found, utc_now()))
    return ACCEPTED


def show(options: argparse.Namespace) -> int:
    """Show all that is known of a portal."""
    from bxgui import portal_listing, terminal

    with _book(options) as workspace:
        facts = workspace.portal_book.facts_of(options.key)
        exchanges = workspace.store.exchanges.of_portal(facts.portal.id, _EXCHANGES_SHOWN)
    if options.json:
        document = portal_listing.facts_json(facts)
        document["exchanges"] = [portal_listing.exchange_json(one) for one in exchanges]
        terminal.write_json(sys.stdout, document)
    else:
        terminal.write_lines(sys.stdout, portal_listing.facts_lines(facts, exchanges))
    return ACCEPTED


def trust(options: argparse.Namespace) -> int:
    """Trust a portal."""
    from bxgui import portal_listing
    from bxgui.services.portal_book import UnknownPortal
    from bxgui.services.workspace import AmbiguousPortal

    with opened_workspace(options) as workspace:
        try:
            portal = _trusted(workspace, options)
        except UnknownPortal as error:
            message = f"No call has come from {options.host or options.key}."
            raise CommandProblem(message) from error
        except AmbiguousPortal as error:
            kinds = "; ".join(map(portal_listing.sighting_text, error.seen))
            message = (
                f"Its calls differ: {kinds}. Say which to trust, with --call ID or --host HOST."
            )
            raise CommandProblem(message) from error
    _print(options, portal, f"Trusted: {portal_listing.portal_text(portal)}.")
    return ACCEPTED


def _trusted(workspace: Workspace, options: argparse.Namespace) -> Portal:
    if options.call is not None:
        return workspace.trust_call(_call_of(workspace, options))
    portal = workspace.portal_book.find(options.key)
    if not portal.endpoint or workspace.trustworthy(portal.key):
        return workspace.trust(portal.key, options.host)
    if not portal.trusted:
        ask_to_trust_address(portal, options.host)
    return workspace.portal_book.trust(portal.key)


def _call_of(workspace: Workspace, options: argparse.Namespace) -> CallDetail:
    call = found_call(workspace, options.call)
    if call.portal is None or call.portal.key != options.key or not call.endpoint:
        message = f"Call {options.call} does not come from {options.key}."
        raise CommandProblem(message)
    return call


def distrust(options: argparse.Namespace) -> int:
    """Take the trust in a portal back."""
    from bxgui import portal_listing

    with _book(options) as workspace:
        portal = workspace.distrust(options.key)
    _print(options, portal, f"Not trusted: {portal_listing.portal_text(portal)}.")
    return ACCEPTED


def dates(options: argparse.Namespace) -> int:
    """Choose how a portal is sent dates."""
    date_format = read_date_format(options.format)
    if date_format is None:
        names = ", ".join(DateStyle)
        message = f"{options.format!r} is none of {names}, with or without an offset like +03:00."
        raise CommandProblem(message, USAGE)
    with _book(options) as workspace:
        portal = workspace.set_date_format(options.key, date_format)
    _print(options, portal, f"{portal.host or portal.key} is sent dates as {portal.date_format}.")
    return ACCEPTED


def add(options: argparse.Namespace) -> int:
    """Add a portal by hand."""
    endpoint = typed_endpoint(options.address)
    if not endpoint:
        message = f"{options.address} is not the address of a portal."
        raise CommandProblem(message, USAGE)
    with _book(options) as workspace:
        reach = Reach(_full_path(options.ca_file or ""), options.allow_http or "")
        named = options.ca_file or options.allow_http
        portal = workspace.portal_book.add(endpoint, options.name or "", reach if named else None)
        _enter(workspace.portal_book, portal, options)
        portal = workspace.portal_book.find(portal.key)
    _print(options, portal, f"Added: {portal.title}, {portal.endpoint}. Its key is {portal.key}.")
    return ACCEPTED


def change(options: argparse.Namespace) -> int:
    """Set a portal up."""
    with _book(options) as workspace:
        portal = workspace.portal_book.find(options.key)
        portal = workspace.portal_book.change(portal.key, _settings(portal, options))
        _enter(workspace.portal_book, portal, options)
    _print(options, portal, f"Set: {portal.title}, {portal.endpoint}.")
    return ACCEPTED


def test(options: argparse.Namespace) -> int:
    """Ask the portal what each source may do."""
    from bxgui import portal_listing, terminal

    with _book(options) as workspace:
        reports = workspace.portal_book.test(options.key)
    if options.json:
        terminal.write_json(sys.stdout, [portal_listing.report_json(one) for one in reports])
    else:
        terminal.write_lines(sys.stdout, portal_listing.report_lines(reports))
    return ACCEPTED if any(report.answers for report in reports) else REFUSED


def login(options: argparse.Namespace) -> int:
    """Authorize the application in a browser."""
    from bxgui.browser_login import completed

    with _book(options) as workspace:
        portal = workspace.portal_book.find(options.key)
        begun = workspace.logins.begin(portal)
        try:
            completed(workspace.logins, begun, open_page=not options.no_browser)
        finally:
            workspace.logins.give_up(begun)
        facts = workspace.portal_book.facts()
        portal = next(one.portal for one in facts if one.portal.id == portal.id)
    _print(options, portal, f"The application is authorized for {portal.title}.")
    return ACCEPTED


def move(options: argparse.Namespace) -> int:
    """Have a portal at another address."""
    endpoint = typed_endpoint(options.address)
    with _book(options) as workspace:
        portal = workspace.portal_book.move(options.key, endpoint, options.allow_http or "")
    _print(options, portal, f"Moved: {portal.title} is at {portal.endpoint} now.")
    return ACCEPTED


def forget(options: argparse.Namespace) -> int:
    """Forget what the user has told of a portal."""
    with _book(options) as workspace:
        portal = workspace.portal_book.find(options.key)
        if not options.yes:
            ask_to_forget(portal)
        reason = workspace.portal_book.forget(portal.key)
    if reason:
        sys.stderr.write(
            f"The keyring may still hold what was entered, because {reason}: remove the entry of "
            "bxgui there.\n"
        )
    _print(options, None, f"Forgotten: {portal.title}. Its calls stay, and it is not trusted.")
    return ACCEPTED


def _enter(book: PortalBook, portal: Portal, options: argparse.Namespace) -> None:
    """Keep the secrets that the options announce; raises `CommandProblem` where they would not be.

    A command ends, and with it whatever only its memory keeps.
    """
    from bxgui.given_secrets import given_application, given_webhook

    if options.application:
        application = given_application()
        reason = book.enter_application(portal.key, application, for_good=True)
        _check_kept(Source.APPLICATION, reason)
    if options.webhook:
        reason = book.enter_webhook(portal.key, given_webhook(), for_good=True)
        _check_kept(Source.WEBHOOK, reason)


def _check_kept(source: Source, reason: str) -> None:
    if reason:
        message = (
            f"The {source} cannot be kept: {reason}. Set a keyring up, or enter it in the window, "
            "which keeps it in memory until it is closed."
        )
        raise CommandProblem(message)


def _settings(portal: Portal, options: argparse.Namespace) -> PortalSettings:
    before = portal.settings
    rate = Rate(
        before.rate.per_second if options.rate is None else options.rate,
        before.rate.burst if options.burst is None else options.burst,
    )
    reach = before.reach
    if options.ca_file is not None:
        reach = replace(reach, ca_file=_full_path(options.ca_file))
    if options.refuse_http or options.allow_http is not None:
        reach = replace(reach, plain_http_host=options.allow_http or "")
    order = before.order if options.order is None else _order(options.order)
    name = before.name if options.name is None else options.name.strip()
    return PortalSettings(name, order, rate, reach)


def _order(text: str) -> tuple[Source, ...]:
    message = f"{shlex.quote(text)} is no order: name {', '.join(Source)}, divided by commas."
    if not text.strip(" ,"):
        raise CommandProblem(message, USAGE)
    try:
        return read_order(text)
    except ValueError as error:
        raise CommandProblem(message, USAGE) from error


def _full_path(name: str) -> str:
    return str(Path(name).absolute()) if name else ""


def _print(options: argparse.Namespace, portal: Portal | None, line: str) -> None:
    from bxgui import portal_listing, terminal

    if options.json:
        document = portal_listing.portal_json(portal) if portal else None
        terminal.write_json(sys.stdout, document)
    else:
        terminal.write_lines(sys.stdout, [line])

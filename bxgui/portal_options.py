"""What stands behind `bxgui portals`."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from bxgui import portal_commands
from bxgui.core.dates import DateStyle


def add_options(
    parser: argparse.ArgumentParser, common: Callable[[], argparse.ArgumentParser]
) -> None:
    """The actions, each with its options and those that are common to all commands."""
    actions = parser.add_subparsers(metavar="ACTION")

    def action(
        name: str, command: Callable[[argparse.Namespace], int], text: str
    ) -> argparse.ArgumentParser:
        added = actions.add_parser(name, help=text, description=text, parents=[common()])
        added.set_defaults(command=command)
        return added

    def of_portal(
        name: str, command: Callable[[argparse.Namespace], int], text: str
    ) -> argparse.ArgumentParser:
        added = action(name, command, text)
        added.add_argument("key", metavar="KEY", help="its member id, name or host")
        return added

    adding = action("add", portal_commands.add, "Add a portal by its address, and trust it.")
    adding.add_argument("address", metavar="ADDRESS", help="such as portal.example.org")
    _add_setting_up(adding)
    of_portal("show", portal_commands.show, "Show all that is known of a portal.")
    of_portal("test", portal_commands.test, "Ask the portal what each authorization may do.")
    _add_trust(of_portal("trust", portal_commands.trust, "Let replies go to a portal."))
    of_portal("distrust", portal_commands.distrust, "Take the trust back.")
    dates = of_portal("dates", portal_commands.dates, "Choose how a portal is sent dates.")
    dates.add_argument(
        "format",
        metavar="FORMAT",
        help=f"{', '.join(DateStyle)}; the offset of its clock may follow, as in 'ISO +03:00'",
    )
    login = of_portal("login", portal_commands.login, "Authorize the application in a browser.")
    login.add_argument(
        "--no-browser", action="store_true", help="print the page's address instead of opening it"
    )
    _add_set(of_portal("set", portal_commands.change, "Set a portal up, or enter its secrets."))
    move = of_portal("move", portal_commands.move, "Follow a portal that was renamed.")
    move.add_argument("address", metavar="ADDRESS", help="where it is now")
    _add_allow_http(move)
    forget = of_portal("forget", portal_commands.forget, "Forget secrets, settings and trust.")
    forget.add_argument("--yes", action="store_true", help="do not ask")


def _add_trust(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host",
        metavar="HOST",
        help="its host, when its calls name several, or when it was added by hand: that is the yes",
    )
    parser.add_argument("--call", type=int, metavar="ID", help="trust exactly what this call shows")


def _add_set(parser: argparse.ArgumentParser) -> None:
    _add_setting_up(parser)
    parser.add_argument(
        "--order",
        metavar="SOURCES",
        help="in which order to try: call, application, webhook; those left out are not used",
    )
    parser.add_argument(
        "--rate", type=float, metavar="N", help="requests a second that go on for good (2)"
    )
    parser.add_argument("--burst", type=int, metavar="N", help="requests that may go at once (50)")
    parser.add_argument(
        "--refuse-http", action="store_true", help="allow plain http to it no longer"
    )


def _add_setting_up(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", metavar="NAME", help="what to call it")
    parser.add_argument(
        "--webhook",
        action="store_true",
        help="read the address of an incoming webhook from a prompt or standard input",
    )
    parser.add_argument(
        "--application",
        action="store_true",
        help="read an application's client id and secret from prompts or standard input",
    )
    parser.add_argument(
        "--ca-file",
        metavar="FILE",
        help="believe the authorities in this PEM file too; an empty name takes it back",
    )
    _add_allow_http(parser)


def _add_allow_http(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--allow-http", metavar="HOST", help="allow plain http to the portal, by its host's name"
    )

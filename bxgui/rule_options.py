"""What the commands on rules, `bxgui rules` and `bxgui presets`, have in common."""

from __future__ import annotations

import argparse
from collections.abc import Callable

Add = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def actions_of(
    parser: argparse.ArgumentParser, common: Callable[[], argparse.ArgumentParser]
) -> Add:
    """What adds an action behind a command; `common` makes the options of every command."""
    actions = parser.add_subparsers(metavar="ACTION")

    def add(
        name: str, command: Callable[[argparse.Namespace], int], text: str
    ) -> argparse.ArgumentParser:
        brief, dot, _ = text.partition(".")
        action = actions.add_parser(name, help=brief + dot, description=text, parents=[common()])
        action.set_defaults(command=command)
        return action

    return add


def add_portal(parser: argparse.ArgumentParser, default: str = argparse.SUPPRESS) -> None:
    """The portal, behind the action too, where its absence changes nothing."""
    parser.add_argument(
        "--portal",
        type=whole_text,
        default=default,
        metavar="KEY",
        help="in this portal: its member id, name or host",
    )


def whole_text(text: str) -> str:
    """A text that can be kept, as argparse wants it read."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        message = f"{text!r} is no text"
        raise argparse.ArgumentTypeError(message) from error
    return text

"""Secrets that a command asks for: typed unseen, or read from standard input."""

from __future__ import annotations

import getpass
import sys

from bxgui.command_problem import USAGE, CommandProblem
from bxgui.core.oauth import Application
from bxgui.core.webhook_address import NotAWebhook, Webhook, read_webhook

_NO_WEBHOOK = {
    "not_an_address": "This is not a web address",
    "not_rest": "This address has no /rest/USER/CODE/ in it",
    "not_a_code": "What stands for the webhook's code in this address is none",
}


def given_webhook() -> Webhook:
    """The webhook whose address is typed or piped in; raises `CommandProblem`."""
    try:
        return read_webhook(_secret("Address of the incoming webhook"))
    except NotAWebhook as error:
        reason = _NO_WEBHOOK[error.code]
        message = f"{reason}. Copy the whole address from the webhook's page."
        raise CommandProblem(message, USAGE) from error


def given_application() -> Application:
    """The client id and secret that are typed or piped in, each on a line."""
    return Application(_secret("Client id (local.…)"), _secret("Client secret"))


def _secret(name: str) -> str:
    at_prompt = sys.stdin.isatty()
    text = getpass.getpass(f"{name}: ") if at_prompt else sys.stdin.readline()
    if not text.strip():
        message = f"{name} is missing: type it at the prompt, or put it on a line of the input."
        raise CommandProblem(message, USAGE)
    return text.strip()

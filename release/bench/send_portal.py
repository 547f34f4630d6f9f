"""A simulated portal as a process: workflows that wait, and in the end what became of them."""

from __future__ import annotations

import json
import ssl
import sys
from dataclasses import dataclass
from pathlib import Path

import trustme

from bxgui.simulator.limiter import STANDARD
from bxgui.simulator.scenario import Scenario
from bxgui.simulator.server import SimulatedPortal

FACTS, RESULT, AUTHORITY = "portal.json", "result.json", "ca.pem"
RULE = "approve_invoice"


@dataclass(frozen=True, slots=True)
class Facts:
    """Where the portal is, what authorizes requests to it, and the calls of its workflows."""

    endpoint: str
    domain: str
    access_token: str
    refresh_token: str
    client_id: str
    client_secret: str
    tokens: list[str]
    bodies: list[str]

    @classmethod
    def read(cls, folder: Path) -> Facts:
        """What a portal has left in its folder."""
        return cls(**json.loads((folder / FACTS).read_text("utf-8")))


@dataclass(frozen=True, slots=True)
class Result:
    """How many requests a portal has taken, those refused among them, and steps have closed."""

    requests: int
    refused: int
    answered: int

    @classmethod
    def read(cls, folder: Path) -> Result:
        """What a portal has left that has stopped."""
        return cls(**json.loads((folder / RESULT).read_text("utf-8")))


def main(folder: Path, calls: int, limited: str) -> None:
    """Serve until standard input closes."""
    statuses: list[int] = []
    tls = _certified(folder / AUTHORITY)
    plan = STANDARD if limited == "limited" else None
    portal = SimulatedPortal(
        tls=tls, plan=plan, on_exchange=lambda one: statuses.append(one.status)
    )
    with portal:
        scenarios = (
            Scenario(RULE, document_id=("crm", "CCrmDocumentDeal", f"DEAL_{number}"))
            for number in range(calls)
        )
        started = [portal.portal.engine.start(one) for one in scenarios]
        issued, accounts = portal.portal.accounts.issue(), portal.portal.accounts
        facts = {
            "endpoint": portal.endpoint,
            "domain": portal.portal.domain,
            "access_token": issued.access_token,
            "refresh_token": issued.refresh_token,
            "client_id": accounts.client_id,
            "client_secret": accounts.client_secret,
            "tokens": [call.event_token for call in started],
            "bodies": [call.body.decode("ascii") for call in started],
        }
        (folder / FACTS).write_text(json.dumps(facts), "utf-8")
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.read()
        answered = sum(view.applied != {} for view in portal.portal.engine.workflows())
    result = {
        "requests": len(statuses),
        "refused": sum(status >= 400 for status in statuses),
        "answered": answered,
    }
    (folder / RESULT).write_text(json.dumps(result), "utf-8")


def _certified(authority_file: Path) -> ssl.SSLContext:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(authority_file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    return context


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])

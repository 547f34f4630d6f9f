"""Portals and what authorizes requests to them, in the words of their page."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from posts import NOW

from bxgui.core.authorization import Source
from bxgui.core.explanations import BY_KEY
from bxgui.core.records import Portal
from bxgui.services.portal_facts import PortalFacts, SourceFacts
from bxgui.services.source_report import SourceReport
from bxgui.services.store.exchanges import LastError
from bxgui.ui import theme
from bxgui.ui.portals.portal_texts import fact_rows, portal_told
from bxgui.ui.portals.source_texts import report_told, source_told

HOST = "portal.example.org"
PORTAL = Portal(
    id=1,
    key="key",
    member_id="",
    endpoint=f"https://{HOST}/rest/",
    host=HOST,
    application_digest="",
    trusted_at=NOW,
    first_seen=NOW,
    last_seen=NOW,
)
LATER, BEFORE = NOW + timedelta(hours=1), NOW - timedelta(hours=1)
CALL = SourceFacts(Source.CALL, HOST, expires_at=LATER, has_tokens=True)
APPLICATION = SourceFacts(Source.APPLICATION, HOST)
WEBHOOK = SourceFacts(Source.WEBHOOK, HOST, user_id="7", since=NOW)


@pytest.mark.parametrize(
    ("found", "text", "tint"),
    [
        (CALL, "The newest is valid until", theme.GOOD),
        (replace(CALL, expires_at=BEFORE), "The newest expired at", theme.WARN),
        (APPLICATION, "No tokens yet: log in, or wait for a call.", theme.WARN),
        (
            replace(APPLICATION, has_tokens=True, expires_at=LATER),
            "Its token is valid until",
            theme.GOOD,
        ),
        (
            replace(APPLICATION, has_tokens=True, expires_at=BEFORE),
            "Its token is renewed with the next request.",
            theme.GOOD,
        ),
        (
            replace(APPLICATION, has_tokens=True, scope="crm,bizproc"),
            "Permissions: crm, bizproc",
            theme.GOOD,
        ),
        (WEBHOOK, "User 7 · Since", theme.GOOD),
        (
            replace(WEBHOOK, host="former.example.org"),
            f"entered for former.example.org, and the portal is at {HOST} now.",
            theme.BAD,
        ),
        (
            replace(WEBHOOK, problem=BY_KEY["credentials"]),
            BY_KEY["credentials"].action,
            theme.BAD,
        ),
    ],
)
def test_source_tells_its_state(found: SourceFacts, text: str, tint: theme.Tint) -> None:
    told = source_told(found.source, {found.source: found}, PORTAL, NOW)

    assert text in told.text
    assert told.tint is tint


@pytest.mark.parametrize(
    ("admin", "text"),
    [
        (True, "works for user 1 Ann Lee, an administrator."),
        (False, "works for user 1 Ann Lee, who is no administrator."),
        (None, "works for user 1 Ann Lee."),
    ],
)
def test_report_tells_whose_rights_a_source_has(admin: bool | None, text: str) -> None:
    report = SourceReport(Source.WEBHOOK, works=True, user_id="1", user="Ann Lee", admin=admin)

    assert text in report_told(report, "").text
    assert "Permissions: none." in report_told(report, "").text


def test_report_does_not_repeat_what_the_state_says() -> None:
    report = SourceReport(Source.WEBHOOK, works=False, code="A", problem="It is wrong.")

    assert report_told(report, "").text == "Tested: refused (A). It is wrong."
    assert report_told(report, "Refused. It is wrong.").text == "Tested: refused (A)."


@pytest.mark.parametrize(
    ("sources", "text"),
    [
        ((), "trusted, not authorized"),
        ((APPLICATION,), "trusted, not authorized"),
        ((CALL, APPLICATION), "trusted"),
        ((replace(CALL, expires_at=BEFORE),), "trusted, not authorized"),
        ((replace(CALL, expires_at=BEFORE), APPLICATION), "trusted"),
        ((replace(WEBHOOK, host="former.example.org"),), "trusted, not authorized"),
        ((WEBHOOK,), "trusted"),
    ],
)
def test_list_tells_whether_requests_can_be_made(
    sources: tuple[SourceFacts, ...], text: str
) -> None:
    assert portal_told(PortalFacts(PORTAL, sources, None, None), NOW).text == text


def test_list_tells_that_the_application_was_removed() -> None:
    removed = PortalFacts(replace(PORTAL, gone_at=NOW), (CALL, WEBHOOK), None, None)

    told = portal_told(removed, NOW)

    assert told.text == "trusted, application removed"
    assert told.tint is theme.WARN


def test_facts_tell_what_became_of_the_application_and_the_last_error() -> None:
    error = LastError(NOW, "scope", "X", "odd\nwords", None)
    installed = PortalFacts(replace(PORTAL, installed_at=NOW), (), None, error)
    removed = PortalFacts(replace(PORTAL, installed_at=NOW, gone_at=NOW), (), None, None)

    assert "application installed" in dict(fact_rows(installed))["Application token"]
    assert "application removed" in dict(fact_rows(removed))["Application token"]
    assert "odd\ufffdwords" in dict(fact_rows(installed))["Last error"]
    assert dict(fact_rows(removed))["Last error"] == "never"

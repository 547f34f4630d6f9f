"""What the commands print of portals: JSON documents for programs, lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bxgui.core.authorization import Source
from bxgui.core.records import Portal
from bxgui.core.redact import fingerprint
from bxgui.services.portal_facts import PortalFacts, SourceFacts
from bxgui.services.source_report import SourceReport
from bxgui.services.store.exchanges import LastError, PortalExchange
from bxgui.services.store.portals import Sighting
from bxgui.terminal import columns, moment

_NAMES = {
    Source.CALL: "its calls' own tokens",
    Source.APPLICATION: "the application",
    Source.WEBHOOK: "an incoming webhook",
}


def portal_json(portal: Portal) -> dict[str, object]:
    """A portal as it is known and set up."""
    return {
        "key": portal.key,
        "member_id": portal.member_id or None,
        "name": portal.settings.name or None,
        "host": portal.host,
        "endpoint": portal.endpoint,
        "trusted": portal.trusted,
        "trusted_at": moment(portal.trusted_at),
        "application_token_fingerprint": fingerprint(portal.application_digest) or None,
        "first_seen": moment(portal.first_seen),
        "last_seen": moment(portal.last_seen),
        "installed_at": moment(portal.installed_at),
        "gone_at": moment(portal.gone_at),
        "date_format": str(portal.date_format),
        "calls": portal.calls,
        "order": [source.value for source in portal.order],
        "rate": portal.rate.per_second,
        "burst": portal.rate.burst,
        "ca_file": portal.reach.ca_file or None,
        "plain_http_host": portal.reach.plain_http_host or None,
    }


def facts_json(facts: PortalFacts) -> dict[str, object]:
    """A portal as `bxgui portals --json` lists it."""
    return {
        **portal_json(facts.portal),
        "authorized_by": [_source_json(source) for source in facts.sources],
        "last_success": moment(facts.last_success),
        "last_error": _error_json(facts.last_error) if facts.last_error else None,
    }


def exchange_json(one: PortalExchange) -> dict[str, object]:
    """An exchange that was made for no reply."""
    return {
        "at": moment(one.exchange.started_at),
        "method": one.method,
        "url": one.exchange.url,
        "http_status": one.exchange.http_status or None,
        "outcome": one.verdict.outcome.value,
        "code": one.verdict.code or None,
        "milliseconds": one.exchange.milliseconds,
    }


def report_json(report: SourceReport) -> dict[str, object]:
    """What a source may do, as `bxgui portals test --json` tells it."""
    return {
        "source": report.source.value,
        "works": report.works,
        "answers": report.answers,
        "code": report.code or None,
        "problem": report.problem or None,
        "user_id": report.user_id or None,
        "user": report.user or None,
        "admin": report.admin,
        "scopes": list(report.scopes),
        "application": report.application or None,
        "expires_at": moment(report.expires_at),
    }


def portal_text(portal: Portal) -> str:
    """A portal with what trust is bound to."""
    token = fingerprint(portal.application_digest) or "none"
    member_id = portal.member_id or "not known yet"
    return f"{portal.endpoint} (member id {member_id}, application token {token})"


def sighting_text(seen: Sighting) -> str:
    """What a kind of calls names."""
    token = fingerprint(seen.application_digest) or "none"
    return f"call {seen.call_id} names {seen.endpoint}, application token {token}"


def portal_table(portals: Sequence[PortalFacts], now: datetime) -> Iterable[str]:
    """A table of portals."""
    if not portals:
        return ["No portals."]
    table = [
        (
            "trusted",
            "host",
            "name",
            "authorized by",
            "last success",
            "last error",
            "member id",
            "application token",
            "application",
            "calls",
            "last seen",
        )
    ]
    return columns([*table, *(_row(facts, now) for facts in portals)])


def facts_lines(facts: PortalFacts, exchanges: Sequence[PortalExchange]) -> Iterable[str]:
    """A portal for reading."""
    portal = facts.portal
    reach = portal.reach
    yield f"{portal.title}: {portal.endpoint}"
    yield f"key           {portal.key}"
    yield f"member id     {portal.member_id or 'not known yet'}"
    yield f"trusted       {f'since {moment(portal.trusted_at)}' if portal.trusted else 'no'}"
    yield f"app token     {fingerprint(portal.application_digest) or 'none'}"
    yield f"application   {_application(portal)}"
    yield f"calls         {_calls_text(portal)}"
    yield f"order         {', '.join(portal.order)}"
    yield f"rate          {portal.rate.per_second:g} a second, {portal.rate.burst} at once"
    yield f"dates         {portal.date_format}"
    yield f"CA file       {reach.ca_file or 'none but those of the system'}"
    yield f"plain http    {reach.plain_http_host or 'no'}"
    yield f"last success  {moment(facts.last_success) or 'never'}"
    yield f"last error    {_error_text(facts.last_error) if facts.last_error else 'never'}"
    yield "authorized by" if facts.sources else "authorized by nothing"
    yield from (f"  {_source_text(source, portal)}" for source in facts.sources)
    if exchanges:
        yield "exchanges for no reply"
        yield from (f"  {line}" for line in columns([_exchange_row(one) for one in exchanges]))


def _calls_text(portal: Portal) -> str:
    return f"{portal.calls}, the last {moment(portal.last_seen)}" if portal.calls else "none yet"


def report_lines(reports: Sequence[SourceReport]) -> Iterable[str]:
    """What the sources may do, for reading."""
    if not reports:
        yield "Nothing authorizes requests to this portal yet."
    for report in reports:
        if report.works:
            yield f"works    {report.source}: {_NAMES[report.source]}"
            yield f"         user {_person(report)}; scopes {', '.join(report.scopes) or 'none'}"
            if not report.answers:
                yield "         replies cannot be sent with it: the scope bizproc is missing"
        else:
            code = f" ({report.code})" if report.code else ""
            yield f"refused  {report.source}: {_NAMES[report.source]}{code}"
            yield f"         {report.problem}"


def _row(facts: PortalFacts, now: datetime) -> tuple[str, ...]:
    portal = facts.portal
    return (
        "yes" if portal.trusted else "no",
        portal.host,
        portal.settings.name or "-",
        ", ".join(source.source for source in facts.sources if source.is_usable(now)) or "-",
        moment(facts.last_success) or "-",
        moment(facts.last_error.at) or "-" if facts.last_error else "-",
        portal.key,
        fingerprint(portal.application_digest) or "-",
        _application(portal),
        str(portal.calls),
        (moment(portal.last_seen) or "") if portal.calls else "-",
    )


def _application(portal: Portal) -> str:
    """What is known of the application in a portal."""
    if portal.gone:
        return f"removed {moment(portal.gone_at)}"
    return f"installed {moment(portal.installed_at)}" if portal.installed_at else "-"


def _source_json(source: SourceFacts) -> dict[str, object]:
    return {
        "source": source.source.value,
        "host": source.host,
        "user_id": source.user_id or None,
        "scope": source.scope or None,
        "since": moment(source.since),
        "expires_at": moment(source.expires_at),
        "has_tokens": source.has_tokens,
        "problem": source.problem.title if source.problem else None,
    }


def _source_text(source: SourceFacts, portal: Portal) -> str:
    parts = [f"{source.source}: {_NAMES[source.source]}"]
    if source.user_id:
        parts.append(f"user {source.user_id}")
    if source.expires_at is not None:
        parts.append(f"the token lives until {moment(source.expires_at)}")
    if source.source is Source.APPLICATION and not source.has_tokens:
        parts.append("no tokens yet: log in, or wait for a call")
    if source.host != portal.host:
        parts.append(f"entered for {source.host}, not for {portal.host}")
    if source.problem is not None:
        parts.append(f"not used: {source.problem.title}")
    return "; ".join(parts)


def _error_json(error: LastError) -> dict[str, object]:
    return {
        "at": moment(error.at),
        "method": error.method,
        "code": error.code or None,
        "title": error.explanation.title if error.explanation else None,
    }


def _error_text(error: LastError) -> str:
    title = error.explanation.title if error.explanation else error.description
    return f"{moment(error.at)}  {error.method}: {title}"


def _exchange_row(one: PortalExchange) -> tuple[str, ...]:
    exchange, verdict = one.exchange, one.verdict
    status = str(exchange.http_status or "-")
    at = moment(exchange.started_at) or ""
    return at, one.method, status, verdict.outcome.value, verdict.code, exchange.url


def _person(report: SourceReport) -> str:
    rights = {True: "an administrator", False: "no administrator", None: ""}[report.admin]
    words = filter(None, (report.user, f"({rights})" if rights else ""))
    return " ".join((report.user_id or "unknown", *words))

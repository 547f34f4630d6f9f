"""What speaks against answering a call, or against answering it now."""

from __future__ import annotations

from datetime import datetime

from bxgui.core.deadlines import TokenState
from bxgui.core.findings import Finding, FindingCode, by_severity
from bxgui.core.records import CallDetail, CallKind, Suspicion

_OF_STATE = {
    TokenState.EXPIRED: FindingCode.EXPIRED,
    TokenState.NOT_WAITING: FindingCode.NOT_WAITING,
    TokenState.ACCEPTED: FindingCode.ANSWERED_BEFORE,
    TokenState.UNKNOWN: FindingCode.PERHAPS_ANSWERED,
}
_OF_SUSPICION = {
    Suspicion.ADDRESS: FindingCode.OTHER_ADDRESS,
    Suspicion.APPLICATION_TOKEN: FindingCode.OTHER_APPLICATION_TOKEN,
}


def of_call(call: CallDetail, now: datetime) -> list[Finding]:
    """What is wrong with answering this call now."""
    codes = [_OF_STATE.get(call.row.state) if call.row.state else None, *_of_portal(call)]
    if call.row.kind is not CallKind.TOKEN:
        codes.append(FindingCode.NO_TOKEN)
    if call.access_expires_at is not None and call.access_expires_at <= now:
        codes.append(FindingCode.ACCESS_EXPIRED)
    return by_severity(Finding(code) for code in codes if code is not None)


def _of_portal(call: CallDetail) -> list[FindingCode | None]:
    if call.portal is None:
        return [FindingCode.NO_PORTAL]
    trust = None if call.portal.trusted else FindingCode.NOT_TRUSTED
    return [trust, _OF_SUSPICION.get(call.row.suspicion)]

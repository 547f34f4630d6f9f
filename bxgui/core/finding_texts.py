"""Findings in words: what, why and what now. The window looks each text up in its language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bxgui.core.dates import written_date
from bxgui.core.findings import Drop, Finding, FindingCode, Give, Mend, Rename, Replace, shown
from bxgui.core.plain_text import brief
from bxgui.core.schema import ValueType

_LONGEST_NAME = 60
_MOMENT = "31.12.2026 18:30:00"
# %1 is the name of the value, %2 what was found, %3 what is wanted, %4 and %5 line and column,
# %6 a date as the portal is sent it.
SENTENCES: Mapping[FindingCode, str] = {
    FindingCode.NO_NAME: "A value has no name: the portal cannot take it. Give it its name.",
    FindingCode.BROKEN_JSON: "The JSON cannot be read: %2.",
    FindingCode.UNREADABLE: "“%1” is to be %3, and “%2” is not. Correct it, or leave it out.",
    FindingCode.SURROGATE: (
        "“%1” holds half of a character: the portal would refuse the whole reply. "
        "Type the text again."
    ),
    FindingCode.UNKNOWN_NAME: ("“%1” is not a return property of this rule: the portal drops it."),
    FindingCode.REPEATED_NAME: (
        "“%1” is given again further down: only the last one counts. Leave one out."
    ),
    FindingCode.OTHER_CASE: (
        "“%1” and “%3” are the same property: the portal does not look at capital letters. "
        "Leave one out."
    ),
    FindingCode.NO_VALUES: (
        "There are no return values: the step would end without those that are required."
    ),
    FindingCode.REQUIRED_MISSING: (
        "“%1” is required and not sent: the workflow would go on without it."
    ),
    FindingCode.REQUIRED_EMPTY: (
        "“%1” is required and sent empty: the workflow would go on without it."
    ),
    FindingCode.WRONG_TYPE: (
        "“%1” is to be %3: the portal stores “%2” wrongly, and does not say so."
    ),
    FindingCode.TRUE_FALSE: "“%1” is to be Y or N: the portal does not turn %2 into either.",
    FindingCode.SHIFTED_DATE: (
        "“%1” has an offset: the portal shifts it by the time zone of its user."
    ),
    FindingCode.DROPPED_OFFSET: (
        "“%1” has an offset, and the portal's clock is not known: it is sent as %3. "
        "Choose how this portal is sent dates."
    ),
    FindingCode.TAKEN_AS_UTC: (
        "“%1” has no offset, and the portal's clock is not known: it is taken as UTC and sent as "
        "%3. Choose how this portal is sent dates."
    ),
    FindingCode.UNKNOWN_OPTION: "“%1” has no option “%2”: the portal stores it all the same.",
    FindingCode.NOT_A_USER: ("“%1” is to be a user such as user_1: the portal does not find “%2”."),
    FindingCode.NOT_A_FILE: (
        "“%1” is to be the id of a file: the portal takes no content, name or address here. "
        "Upload the file first, and send its id."
    ),
    FindingCode.LIST_FOR_SINGLE: "“%1” holds one value: the portal stores the list instead.",
    FindingCode.SINGLE_FOR_LIST: (
        "“%1” is to be a list: the portal stores the single value instead."
    ),
    FindingCode.LONG_TEXT: (
        "“%1” is longer than 64 KB: the portal may cut it off. Shorten it, or send a file."
    ),
    FindingCode.TOO_GREAT: "“%1”: the portal cannot hold a number as great as %2.",
    FindingCode.INEXACT_NUMBER: "“%1”: the portal rounds the number %2. Send it as a text.",
    FindingCode.RAW_VALUE: "“%1”: the portal stores “%2” as it is, not as %3.",
    FindingCode.NO_TOKEN: "The post carries no event token: there is nothing to answer.",
    FindingCode.NO_PORTAL: (
        "The call does not say which portal it comes from: there is nowhere to send a reply."
    ),
    FindingCode.NOT_TRUSTED: (
        "The portal is not trusted yet: replies carry its access token. Look at the call first."
    ),
    FindingCode.OTHER_ADDRESS: (
        "The call names another address than the trusted portal: it may be forged. "
        "Trust the new address first if the portal has moved."
    ),
    FindingCode.OTHER_APPLICATION_TOKEN: (
        "The call carries another application token than its portal: it may be forged. "
        "Trust the portal again if the application was reinstalled."
    ),
    FindingCode.EXPIRED: "The deadline has passed: the portal drops late values silently.",
    FindingCode.NOT_WAITING: "The step does not wait: the portal will not use the values.",
    FindingCode.ANSWERED_BEFORE: (
        "A reply was accepted before: the portal drops a second one silently."
    ),
    FindingCode.PERHAPS_ANSWERED: (
        "An earlier reply may have been executed: a second one would come to nothing."
    ),
    FindingCode.ACCESS_EXPIRED: ("The call's access token has expired: the portal may refuse it."),
}
SUGGESTION = "Did you mean “%3”?"
PLACE = "Look at line %4, column %5."
_SUGGESTED = frozenset({FindingCode.UNKNOWN_NAME, FindingCode.UNKNOWN_OPTION})
KINDS: Mapping[ValueType, str] = {
    ValueType.STRING: "a text",
    ValueType.TEXT: "a text",
    ValueType.INT: "a whole number",
    ValueType.DOUBLE: "a number",
    ValueType.BOOL: "Y or N",
    ValueType.DATE: "a date such as %6",
    ValueType.DATETIME: "a date such as %6",
    ValueType.TIME: "a time such as 18:30",
    ValueType.SELECT: "an option",
    ValueType.USER: "a user such as user_1",
    ValueType.FILE: "the id of a file",
    ValueType.JSON: "JSON",
}
MENDS: Mapping[type[Mend], str] = {
    Rename: "Rename it to “%3”",
    Replace: "Send “%3”",
    Drop: "Do not send it",
    Give: "Send “%3”",
}
EVERY_TEXT = tuple(
    dict.fromkeys([*SENTENCES.values(), SUGGESTION, PLACE, *KINDS.values(), *MENDS.values()])
)


def _as_it_is(text: str) -> str:
    return text


def finding_text(finding: Finding, said: Callable[[str], str] = _as_it_is) -> str:
    """A finding in sentences; `said` gives each text in the reader's language."""
    third = finding.wanted
    if finding.kind is not None:
        third = said(KINDS[finding.kind]).replace("%6", _example(finding))
    text = _filled(said(SENTENCES[finding.code]), finding, third)
    if finding.wanted and finding.code in _SUGGESTED:
        return f"{text} {_filled(said(SUGGESTION), finding, finding.wanted)}"
    if finding.line:
        return f"{text} {_filled(said(PLACE), finding, third)}"
    return text


def mend_text(finding: Finding, said: Callable[[str], str] = _as_it_is) -> str:
    """What the finding's mend does, in a few words; empty when it has none."""
    mend, sent = finding.mend, ""
    if mend is None:
        return ""
    if isinstance(mend, Rename):
        sent = brief(mend.to, _LONGEST_NAME)
    elif isinstance(mend, Replace | Give):
        sent = shown(mend.value)
    return _filled(said(MENDS[type(mend)]), finding, sent)


def _example(finding: Finding) -> str:
    """A date as the portal is sent it."""
    with_time = finding.kind is ValueType.DATETIME
    text = _MOMENT if with_time else _MOMENT.partition(" ")[0]
    return str(written_date(text, finding.dates, with_time=with_time))


def _filled(text: str, finding: Finding, third: str) -> str:
    """The text with its places filled at once: what fills one may look like another."""
    places = {
        "%1": brief(finding.name, _LONGEST_NAME),
        "%2": finding.given,
        "%3": third,
        "%4": str(finding.line),
        "%5": str(finding.column),
    }
    return re.sub("%[1-5]", lambda place: places[place[0]], text)

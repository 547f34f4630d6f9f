"""Registrations in words: why a text is not one, how it was read, what is wrong with it.

The window looks each text up in its language. %1 is where it is, %2 what stands there and %3 what
may be meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bxgui.core.plain_text import brief
from bxgui.core.registration_rules import RegistrationFinding
from bxgui.core.registration_text import Format, Remark, TextProblem

_LONGEST = 60
_ARROW = " → "
PROBLEMS: Mapping[str, str] = {
    "bad_escape": "A string has an escape that stands for no character.",
    "bad_number": "A number cannot be read.",
    "body_elsewhere": "The body is in another file, %2. Paste what is in it.",
    "bracket_not_closed": "The bracket that is opened here is not closed.",
    "colon_missing": "A colon is missing.",
    "comma_missing": "A comma is missing.",
    "comment_not_closed": "The comment that begins here does not end.",
    "empty": "There is nothing in it.",
    "form_refused": "The form has too many fields, or brackets too deep.",
    "half_character": "A string holds half of a character.",
    "key_missing": "A name is missing.",
    "nothing_found": "No registration is found in it.",
    "other_form": (
        "It names a CODE, in a form that is not read. Paste the parameters of the call as JSON."
    ),
    "quote_not_closed": "The quote that is opened here is not closed.",
    "string_not_closed": "The string that begins here does not end.",
    "too_deep": "It is nested too deeply.",
    "too_large": "It is too large: a megabyte is the most.",
    "value_missing": "A value is missing.",
    "wrong_bracket": "This bracket closes another one than was opened.",
}
PLACE = "Line %1, column %2: %3"
_WITHOUT_PLACE = frozenset({"body_elsewhere", "empty", "nothing_found", "other_form", "too_large"})
REMARKS: Mapping[str, str] = {
    "auth_left_out": "“%2” was left out: it is a secret.",
    "bracket_mended": "%1 is closed by a brace, and was opened by a bracket.",
    "file_not_read": "The file “%2” was not read. Paste what is in it.",
    "not_a_property": "%1 was left out: it describes no property.",
    "repeated_key": "%1 is given twice: the later one counts.",
    "rest_not_read": "What begins here was not read. %2",
    "secret_left_out": "A secret in “%2” was left out.",
    "unknown_value": "%1 was left out: only the running program knows %2.",
    "webhook_left_out": "The webhook's address was left out: it is a secret.",
}
VALUE = "A value"
IT = "it"
FINDINGS: Mapping[str, str] = {
    "bad_code": (
        "%1 “%2” has other characters than letters, digits, dots, hyphens and underscores: "
        "the portal refuses it."
    ),
    "bad_document_type": "%1 is not a list of three texts: the portal refuses it.",
    "bad_filter": "%1 is not a map of INCLUDE and EXCLUDE: the portal refuses it.",
    "bad_key": (
        "%1 is no name of a property: the portal wants a letter, then letters, digits and "
        "underscores."
    ),
    "code_missing": "%1 is missing.",
    "default_not_an_option": "%1: “%2” is not a key of the options.",
    "default_of_another_type": "%1: “%2” does not fit the type.",
    "does_not_wait": "%1 is N: the step does not wait, and what is returned has no effect.",
    "handler_fragment": "%1 has a part behind #, which is never sent.",
    "handler_host_without_dot": "%1 has a host without a dot: the portal refuses it.",
    "handler_local_host": "%1 is on a local network: Bitrix24 cannot reach it.",
    "handler_missing": "%1 is missing. Put it in when the rule is registered.",
    "handler_not_an_address": "%1 is no address: the portal refuses it.",
    "handler_other_scheme": (
        "%1 begins neither with http:// nor with https://: the portal refuses it."
    ),
    "handler_plain_http": "%1 is not encrypted, and calls carry tokens.",
    "handler_user_name": "%1 has a user name in it.",
    "key_differs_in_case": (
        "%1 differs from another property in capital letters only: the portal does not look at "
        "them in a reply."
    ),
    "name_missing": "%1 is missing: the portal refuses the rule.",
    "options_missing": "%1 are missing: there is nothing to select.",
    "options_unused": "%1 have no effect on a property of this type.",
    "placement_handler_missing": "%1 is missing, and USE_PLACEMENT is Y.",
    "properties_without_names": (
        "%1 is a list: the portal wants each property under a name of its own, as in "
        '{"approved": {…}}.'
    ),
    "property_name_missing": "%1 is missing: the portal may refuse the property.",
    "repeated_key": "%1 is there twice. Rename one, or remove it.",
    "repeated_option": "%1: the key “%2” is there twice.",
    "subscription_missing": (
        "%1 is missing: whether the step waits is left to the author of the workflow."
    ),
    "subscription_unclear": "%1 is “%2”: with anything but Y the step does not wait.",
    "unknown_type": "%1: “%2” is no type that Bitrix24 documents.",
    "unreadable": "%1: “%2” cannot be read.",
}
SUGGESTION = "Did you mean “%3”?"
EVERY_TEXT = tuple(
    dict.fromkeys(
        [
            *PROBLEMS.values(),
            PLACE,
            *REMARKS.values(),
            VALUE,
            IT,
            *FINDINGS.values(),
            SUGGESTION,
        ]
    )
)
# Names of their own in every language.
FORMATS: Mapping[Format, str] = {
    Format.JSON: "JSON",
    Format.CURL: "cURL",
    Format.PHP: "PHP",
    Format.JAVASCRIPT: "JavaScript",
    Format.FORM: "HTTP",
}


def _as_it_is(text: str) -> str:
    return text


def problem_text(problem: TextProblem, said: Callable[[str], str] = _as_it_is) -> str:
    """Why a text cannot be read, and where; `said` gives each text in the reader's language."""
    reason = said(PROBLEMS[problem.code])
    if problem.code in _WITHOUT_PLACE:
        return _filled(reason, "", problem.text)
    return _filled(said(PLACE), str(problem.line), str(problem.column), reason)


def remark_text(remark: Remark, said: Callable[[str], str] = _as_it_is) -> str:
    """A remark in a sentence."""
    where = _ARROW.join(filter(None, remark.where)) or said(VALUE)
    text = said(PROBLEMS[remark.text]) if remark.code == "rest_not_read" else remark.text
    return _filled(said(REMARKS[remark.code]), where, text or said(IT))


def finding_text(finding: RegistrationFinding, said: Callable[[str], str] = _as_it_is) -> str:
    """A finding in sentences."""
    text = said(FINDINGS[finding.code])
    if finding.nearest:
        text = f"{text} {said(SUGGESTION)}"
    return _filled(text, _ARROW.join(finding.where), finding.value, finding.nearest)


def _filled(text: str, *given: str) -> str:
    """The text with its places filled at once: what fills one may look like another."""
    places = {f"%{number}": one for number, one in enumerate(given, 1)}
    return re.sub("%[123]", lambda place: brief(places.get(place[0], ""), 4 * _LONGEST), text)

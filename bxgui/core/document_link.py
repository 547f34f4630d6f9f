"""Where a document is seen in its portal."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_CRM = {
    "DEAL": "deal",
    "LEAD": "lead",
    "CONTACT": "contact",
    "COMPANY": "company",
    "QUOTE": "quote",
}
_SIMPLE = re.compile(r"([A-Z]+)_([0-9]+)\Z")
_DYNAMIC = re.compile(r"DYNAMIC_([0-9]+)_([0-9]+)\Z")
_INVOICE_TYPE = 31


def document_url(endpoint: str, document: str) -> str:
    """The page of a CRM document at a portal's https address; empty for what has none."""
    try:
        parts = urlsplit(endpoint)
    except ValueError:
        return ""
    if parts.scheme != "https" or not parts.netloc:
        return ""
    if match := _DYNAMIC.match(document):
        page = f"type/{match[1]}/details/{match[2]}"
    elif (match := _SIMPLE.match(document)) and match[1] in _CRM:
        page = f"{_CRM[match[1]]}/details/{match[2]}"
    elif match := re.match(r"SMART_INVOICE_([0-9]+)\Z", document):
        page = f"type/{_INVOICE_TYPE}/details/{match[1]}"
    else:
        return ""
    return f"https://{parts.netloc}/crm/{page}/"

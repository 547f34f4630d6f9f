from __future__ import annotations

import pytest

from bxgui.core.document_link import document_url

PORTAL = "https://portal.example.org/rest/"


@pytest.mark.parametrize(
    ("document", "page"),
    [
        ("DEAL_18", "deal/details/18"),
        ("LEAD_6", "lead/details/6"),
        ("CONTACT_7", "contact/details/7"),
        ("COMPANY_77", "company/details/77"),
        ("QUOTE_777", "quote/details/777"),
        ("DYNAMIC_1048_10", "type/1048/details/10"),
        ("SMART_INVOICE_3", "type/31/details/3"),
    ],
)
def test_a_crm_document_has_a_page(document: str, page: str) -> None:
    assert document_url(PORTAL, document) == f"https://portal.example.org/crm/{page}/"


@pytest.mark.parametrize(
    "document",
    [
        "",
        "99813",
        "ORDER_1",
        "DEAL_",
        "DEAL_x",
        "deal_18",
        "DEAL_18\n",
        "DEAL_18/../../",
        "DEAL_١٨",
        "DYNAMIC_1048",
        "DYNAMIC_1048_10_2",
        "SMART_INVOICE_x",
    ],
)
def test_another_document_has_none(document: str) -> None:
    assert document_url(PORTAL, document) == ""


@pytest.mark.parametrize(
    "endpoint",
    ["", "http://portal.example.org/rest/", "portal.example.org", "javascript:x", "https://[::1/"],
)
def test_only_an_https_address_has_pages(endpoint: str) -> None:
    assert document_url(endpoint, "DEAL_18") == ""


def test_a_page_is_at_the_portals_own_port() -> None:
    assert (
        document_url("https://a.ru:8443/rest/", "DEAL_1") == "https://a.ru:8443/crm/deal/details/1/"
    )

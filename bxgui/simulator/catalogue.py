"""Rules and scenarios to try things with."""

from __future__ import annotations

from bxgui.simulator.rules import Rule, RuleKind
from bxgui.simulator.scenario import DEAL, Course, Scenario

_DYNAMIC = "Bitrix\\Crm\\Integration\\BizProc\\Document\\Dynamic"
# Registered addresses need a host with a dot; calls go where `deliver` is told to post them.
_HANDLER = "https://hook.example.com/h/simulator"

_APPROVE_INVOICE = Rule(
    code="approve_invoice",
    kind=RuleKind.ROBOT,
    name={"en": "Approve an invoice", "ru": "Согласовать счёт"},
    handler=_HANDLER,
    properties={
        "supplier": {"Name": "Supplier", "Type": "string", "Required": "Y"},
        "amount": {"Name": "Amount", "Type": "string", "Required": "Y"},
        "due": {"Name": "Pay until", "Type": "date"},
        "note": {"Name": "Note", "Type": "text"},
    },
    return_properties={
        "Approved": {
            "Name": {"en": "Approved", "ru": "Согласовано"},
            "Description": {"en": "The decision", "ru": "Решение"},
            "Type": "bool",
            "Required": "Y",
            "Multiple": "N",
        },
        "Comment": {
            "Name": {"en": "Comment", "ru": "Комментарий"},
            "Type": "text",
            "Required": "N",
            "Multiple": "N",
        },
    },
)

_CHOOSE_WAREHOUSE = Rule(
    code="choose_warehouse",
    kind=RuleKind.ROBOT,
    name={"en": "Choose a warehouse", "ru": "Выбрать склад"},
    handler=_HANDLER,
    properties={
        "order": {"Name": "Order", "Type": "string", "Required": "Y"},
        "articles": {"Name": "Articles", "Type": "string", "Multiple": "Y"},
    },
    return_properties={
        "warehouse": {
            "Name": {"en": "Warehouse", "ru": "Склад"},
            "Type": "select",
            "Options": {"msk": "Moscow", "spb": "Saint Petersburg", "ekb": "Yekaterinburg"},
            "Required": "Y",
            "Multiple": "N",
            "Default": "msk",
        },
        "tags": {
            "Name": {"en": "Tags", "ru": "Метки"},
            "Type": "string",
            "Required": "N",
            "Multiple": "Y",
        },
    },
)

_GET_DAYS = Rule(
    code="get_days",
    kind=RuleKind.ACTIVITY,
    name={"en": "Ask for a number of days", "ru": "Запросить число дней"},
    handler=_HANDLER,
    properties={"stage": {"Name": "Stage", "Type": "string"}},
    return_properties={
        "days": {
            "Name": {"en": "Days", "ru": "Дней"},
            "Type": "int",
            "Required": "Y",
            "Multiple": "N",
            "Default": "5",
        },
    },
)

_NOTIFY_TEAM = Rule(
    code="notify_team",
    kind=RuleKind.ROBOT,
    name={"en": "Notify the team", "ru": "Оповестить команду"},
    handler=_HANDLER,
    use_subscription="N",
    properties={"message": {"Name": "Message", "Type": "text", "Required": "Y"}},
)

_SET_OWNER = Rule(
    code="set_owner",
    kind=RuleKind.ROBOT,
    name={"en": "Set the owner of a delivery", "ru": "Назначить ответственного за поставку"},
    handler=_HANDLER,
    properties={
        "title": {"Name": "Title", "Type": "string"},
        "candidates": {"Name": "Candidates", "Type": "user", "Multiple": "Y"},
        "sum": {"Name": "Sum", "Type": "string"},
    },
    return_properties={
        "owner": {
            "Name": {"en": "Owner", "ru": "Ответственный"},
            "Description": {"en": "As user_1", "ru": "В виде user_1"},
            "Type": "user",
            "Required": "Y",
            "Multiple": "N",
        },
    },
)

_CHECK_CONTRACT = Rule(
    code="check_contract",
    kind=RuleKind.ACTIVITY,
    name={"en": "Check a contract", "ru": "Проверить договор"},
    handler=_HANDLER,
    properties={
        "contractor": {"Name": "Контрагент", "Type": "string", "Required": "Y"},
        "subject": {"Name": "Предмет договора", "Type": "text"},
        "number": {"Name": "Номер", "Type": "string"},
    },
    return_properties={
        "verdict": {
            "Name": {"en": "Verdict", "ru": "Заключение"},
            "Type": "select",
            "Options": {"ok": "Без замечаний", "fix": "Доработать", "no": "Отклонить"},
            "Required": "Y",
            "Multiple": "N",
        },
        "remarks": {
            "Name": {"en": "Remarks", "ru": "Замечания"},
            "Type": "text",
            "Required": "N",
            "Multiple": "N",
        },
        "check_date": {
            "Name": {"en": "Checked on", "ru": "Дата проверки"},
            "Type": "date",
            "Required": "N",
            "Multiple": "N",
        },
    },
)

RULES: tuple[Rule, ...] = (
    _APPROVE_INVOICE,
    _CHOOSE_WAREHOUSE,
    _GET_DAYS,
    _NOTIFY_TEAM,
    _SET_OWNER,
    _CHECK_CONTRACT,
)

SCENARIOS: tuple[Scenario, ...] = (
    Scenario(
        rule_code="approve_invoice",
        document_id=("crm", DEAL, "DEAL_42"),
        document_type=("crm", DEAL, "DEAL"),
        properties={
            "supplier": "ООО «Ромашка»",
            "amount": "125000.50|RUB",
            "due": "31.12.2026",
            "note": "Invoice No. 118 of 14.12.2026\r\nStationery & paper, 2 % discount",
        },
    ),
    Scenario(
        rule_code="choose_warehouse",
        document_id=("crm", DEAL, "DEAL_57"),
        document_type=("crm", DEAL, "DEAL"),
        properties={"order": "2026-0057", "articles": ["Desk lamp", "Paper A4, 5 packs", "Toner"]},
    ),
    Scenario(
        rule_code="get_days",
        document_id=("lists", "BizprocDocument", "99813"),
        document_type=("lists", "BizprocDocument", "iblock_29"),
        properties={"stage": "Acceptance"},
        timeout_duration=60,
        course=Course.GOES_ON,
    ),
    Scenario(
        rule_code="notify_team",
        document_id=("crm", "CCrmDocumentLead", "LEAD_6"),
        document_type=("crm", "CCrmDocumentLead", "LEAD"),
        properties={"message": "A new request has come from the site"},
        course=Course.GOES_ON,
    ),
    Scenario(
        rule_code="set_owner",
        document_id=("crm", _DYNAMIC, "DYNAMIC_1048_10"),
        document_type=("crm", _DYNAMIC, "DYNAMIC_1048"),
        properties={
            "title": "Поставка № 10 — «Ромашка»",
            "candidates": ["user_1", "user_7"],
            "sum": "48000|RUB",
        },
        course=Course.GOES_ON,
    ),
    Scenario(
        rule_code="check_contract",
        document_id=("crm", "CCrmDocumentCompany", "COMPANY_8"),
        document_type=("crm", "CCrmDocumentCompany", "COMPANY"),
        properties={
            "contractor": "АО «Северный ветер»",
            "subject": "Поставка канцелярских товаров в 2026–2027 гг.",
            "number": "17/26-К",
        },
    ),
)


def rule_for(code: str) -> Rule:
    """A rule of the catalogue by its code; raises `KeyError`."""
    return {rule.code: rule for rule in RULES}[code]


def scenario_for(code: str) -> Scenario:
    """The scenario of a rule; raises `KeyError`."""
    return {scenario.rule_code: scenario for scenario in SCENARIOS}[code]

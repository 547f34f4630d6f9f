from __future__ import annotations

import copied
import factories
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bxgui.core.copying import CopyAs, snippet
from bxgui.core.json_values import Pairs

every_kind = pytest.mark.parametrize("kind", CopyAs)
VARIABLES = "BX_EVENT_TOKEN, BX_ACCESS_TOKEN"


@every_kind
@settings(max_examples=30)
@given(values=copied.pairs, log=st.text(st.characters(exclude_categories=["Cs"])))
def test_masked_snippet_tells_no_secret(kind: CopyAs, values: Pairs, log: str) -> None:
    code = snippet(copied.request(values, log), kind)

    assert not any(secret in code for secret in copied.SECRETS)


@every_kind
@settings(max_examples=30)
@given(values=copied.pairs, revealed=st.booleans())
def test_snippet_holds_nothing_that_cannot_be_seen(
    kind: CopyAs, values: Pairs, revealed: bool
) -> None:
    code = snippet(copied.request(values), kind, revealed=revealed)

    assert all(line.isprintable() for line in code.split("\n"))
    assert code.endswith("\n")


@every_kind
def test_masked_snippet_says_which_variables_to_set(kind: CopyAs) -> None:
    code = snippet(copied.request([("A", "1")]), kind)

    assert f"Set in the environment first: {VARIABLES}\n" in code
    assert "BX_REFRESH_TOKEN" not in code


@every_kind
def test_revealed_snippet_needs_no_variable(kind: CopyAs) -> None:
    code = snippet(copied.request([("A", "1")]), kind, revealed=True)

    assert factories.EVENT_TOKEN in code
    assert factories.ACCESS_TOKEN in code
    assert "environ" not in code
    assert "BX_" not in code


@every_kind
def test_log_message_is_copied_with_its_own_method(kind: CopyAs) -> None:
    code = snippet(copied.log_request("half way"), kind)

    assert "bizproc.activity.log" in code
    assert "half way" in code
    assert "RETURN_VALUES" not in code


@every_kind
def test_number_that_is_a_secret_is_remarked_upon(kind: CopyAs) -> None:
    remark = "A number that is a secret, or repeats one, is sent as a text here."
    request = copied.request([("access_token", 5)])

    assert remark in snippet(request, kind)
    assert remark not in snippet(request, kind, revealed=True)


@pytest.mark.parametrize(
    ("kind", "endpoint", "another"),
    [
        (CopyAs.B24PYSDK, "https://a.ru/rest/", False),
        (CopyAs.B24PYSDK, "https://a.ru:8443/rest/", False),
        (CopyAs.B24PYSDK, "http://a.ru/rest/", True),
        (CopyAs.B24PYSDK, "https://a.ru/box/rest/", True),
        (CopyAs.B24PHPSDK, "https://a.ru/rest/", False),
        (CopyAs.B24PHPSDK, "https://[::1]/rest/", False),
        (CopyAs.B24PHPSDK, "http://a.ru/rest/", False),
        (CopyAs.B24PHPSDK, "https://a.ru:8443/rest/", True),
        (CopyAs.B24PHPSDK, "https://a.ru/", True),
        (CopyAs.B24PHPSDK, "https://a.ru/box/rest/", True),
        (CopyAs.CREST, "http://a.ru:8080/box/rest/", False),
        (CopyAs.B24JSSDK, "http://a.ru:8080/box/rest/", False),
    ],
)
def test_address_that_an_sdk_cannot_call_is_remarked_upon(
    kind: CopyAs, endpoint: str, another: bool
) -> None:
    code = snippet(copied.request([], endpoint=endpoint), kind)

    assert ("this portal's address is another" in code) is another


@pytest.mark.parametrize("kind", [CopyAs.CURL, CopyAs.HTTPIE, CopyAs.POWERSHELL])
@pytest.mark.parametrize(
    ("token", "differs"), [("plain|A1", False), ('quo"ted', True), ("back\\slash", True)]
)
def test_secret_that_json_spells_in_another_way_is_remarked_upon(
    kind: CopyAs, token: str, differs: bool
) -> None:
    code = snippet(copied.request([], event_token=token), kind)

    assert ("The variables stand inside JSON" in code) is differs


def test_secret_beyond_ascii_is_spelled_in_another_way_for_powershell_only() -> None:
    request = copied.request([], event_token="жетон")

    assert "stand inside JSON" in snippet(request, CopyAs.POWERSHELL)
    assert "stand inside JSON" not in snippet(request, CopyAs.CURL)

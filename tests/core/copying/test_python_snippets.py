"""The Python snippets, run with stand-ins for their libraries that keep what they are given."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import patch

import copied
import factories
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bxgui.core.copying import CopyAs, snippet
from bxgui.core.json_values import JsonValue, Pairs
from bxgui.core.rest_request import RestRequest

TEXTS_FOR_NUMBERS = "Python does not hold every number here exactly"


def modules(keep: dict[str, Any]) -> dict[str, ModuleType]:
    """`requests` and `b24pysdk`, as far as the snippets use them."""

    def post(url: str, **options: Any) -> object:
        keep.update(options, url=url)
        return SimpleNamespace(status_code=200, text="")

    class BitrixToken:
        def __init__(self, domain: str, auth_token: str, bitrix_app: object) -> None:
            keep.update(domain=domain, auth=auth_token)

        def call_method(self, method: str, params: Mapping[str, object], timeout: object) -> None:
            keep.update(method=method, json={**params, "auth": keep["auth"]})

    requests, credentials = ModuleType("requests"), ModuleType("b24pysdk.credentials")
    requests.__dict__["post"] = post
    credentials.__dict__.update(BitrixApp=lambda client_id, client_secret: None)
    credentials.__dict__.update(BitrixToken=BitrixToken)
    return {
        "requests": requests,
        "b24pysdk": ModuleType("b24pysdk"),
        "b24pysdk.credentials": credentials,
    }


def kept(request: RestRequest, code: str, *, revealed: bool = False) -> dict[str, Any]:
    """What the libraries were given when the code ran."""
    keep: dict[str, Any] = {}
    variables = copied.variables(request, code) if not revealed else {}
    with patch.dict(sys.modules, modules(keep)), patch.dict(os.environ, variables, clear=True):
        exec(compile(code, "snippet", "exec"), {"print": lambda *_: None})
    return keep


def sent(keep: Mapping[str, Any]) -> dict[str, JsonValue]:
    """The body that the library makes of it."""
    if "data" in keep:
        return copied.parameters(keep["data"])
    return copied.parameters(json.dumps(keep["json"], allow_nan=False))


@pytest.mark.parametrize("kind", [CopyAs.PYTHON, CopyAs.B24PYSDK])
@given(values=copied.pairs, revealed=st.booleans())
def test_what_arrives_is_what_bxgui_sends(kind: CopyAs, values: Pairs, revealed: bool) -> None:
    request = copied.request(values, "done")
    assume(revealed or copied.fits_variables(request))
    code = snippet(request, kind, revealed=revealed)

    arrived = sent(kept(request, code, revealed=revealed))

    texts = TEXTS_FOR_NUMBERS in code or "A number that is a secret" in code
    expected = copied.parameters(request.body)
    assert copied.agree(expected, arrived, texts_for_numbers=texts)


def test_requests_posts_to_the_same_address_and_says_that_it_is_json() -> None:
    request = copied.request([("A", "1")])

    keep = kept(request, snippet(request, CopyAs.PYTHON))

    assert keep["url"] == request.url
    assert keep["headers"]["Content-Type"] == "application/json"
    assert keep["allow_redirects"] is False


def test_b24pysdk_calls_the_same_portal_and_method() -> None:
    request = copied.request([("A", "1")])

    keep = kept(request, snippet(request, CopyAs.B24PYSDK))

    assert (keep["domain"], keep["method"]) == ("portal.example.org", "bizproc.event.send")
    assert keep["auth"] == factories.ACCESS_TOKEN


def test_parameters_are_a_dict_where_floats_hold_all_numbers() -> None:
    code = snippet(copied.request(copied.FLOATS), CopyAs.PYTHON)

    assert '            "part": 0.1,\n' in code
    assert "data=" not in code


def test_body_is_a_text_where_they_do_not() -> None:
    request = copied.request(copied.NUMBERS)

    keep = kept(request, code := snippet(request, CopyAs.PYTHON))

    assert keep["data"] == request.body
    assert "# The body is written out: no float holds all of its numbers.\n" in code
    assert TEXTS_FOR_NUMBERS in snippet(request, CopyAs.B24PYSDK)


def test_module_is_imported_only_where_it_is_used() -> None:
    request = copied.request([])

    assert snippet(request, CopyAs.PYTHON).count("import os\n\nimport requests\n") == 1
    assert "import os" not in snippet(request, CopyAs.PYTHON, revealed=True)

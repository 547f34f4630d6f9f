"""The snippet for b24jssdk, run by Node.js with a stand-in for the SDK."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import copied
import factories
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bxgui.core.copying import CopyAs, b24jssdk, snippet
from bxgui.core.json_values import JsonValue, Pairs, parse
from bxgui.core.literals import literal

TEXTS_FOR_NUMBERS = "JavaScript does not hold every number here exactly"
needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="there is no Node.js here")

_SDK = """\
export class B24OAuth {
    constructor(options, secret) {
        this.options = options
        this.actions = { v2: { call: { make: call => this.make(call) } } }
    }
    offClientSideWarning() {}
    async make({ method, params }) {
        const { accessToken, clientEndpoint, expires } = this.options
        if (!(expires > Date.now() / 1000)) throw new Error('expired')
        const body = { ...params, auth: accessToken }
        process.stdout.write(JSON.stringify({ url: `${clientEndpoint}/${method}`, body }))
        process.exit(0)
    }
}
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the stand-in as its only package."""
    folder = tmp_path_factory.mktemp("node")
    package = folder / "node_modules" / "@bitrix24" / "b24jssdk"
    package.mkdir(parents=True)
    (package / "package.json").write_text('{"type": "module", "main": "index.js"}')
    (package / "index.js").write_text(_SDK)
    return folder


def run(project: Path, code: str, variables: dict[str, str]) -> Any:
    (project / "answer.mjs").write_text(code, "utf-8")
    environment = {"PATH": os.environ["PATH"], **variables}
    command = ["node", "answer.mjs"]
    ended = subprocess.run(command, cwd=project, env=environment, capture_output=True, check=True)
    return parse(ended.stdout.decode())


@needs_node
@settings(max_examples=10)
@given(values=copied.pairs, revealed=st.booleans())
def test_what_arrives_is_what_bxgui_sends(project: Path, values: Pairs, revealed: bool) -> None:
    request = copied.request(values, "done")
    assume(revealed or copied.fits_variables(request))
    code = snippet(request, CopyAs.B24JSSDK, revealed=revealed)

    asked = run(project, code, {} if revealed else copied.variables(request, code))

    assert asked["url"] == request.url
    texts = TEXTS_FOR_NUMBERS in code or "A number that is a secret" in code
    assert copied.agree(copied.parameters(request.body), asked["body"], texts_for_numbers=texts)


@needs_node
@pytest.mark.parametrize("values", copied.CASES.values(), ids=copied.CASES)
def test_hard_values_arrive(project: Path, values: Pairs) -> None:
    request = copied.request(values)
    code = snippet(request, CopyAs.B24JSSDK)

    asked = run(project, code, copied.variables(request, code))

    sent = copied.parameters(request.body)
    assert copied.agree(sent, asked["body"], texts_for_numbers=True)


@needs_node
@settings(max_examples=10)
@given(values=st.lists(copied.json_values, max_size=30))
def test_literals_are_read_as_they_were_meant(project: Path, values: list[JsonValue]) -> None:
    script = f"process.stdout.write(JSON.stringify({literal(values, b24jssdk.DIALECT)}))"

    assert copied.agree(values, run(project, script, {}), texts_for_numbers=True)


def test_text_does_not_end_the_script_of_a_page() -> None:
    code = snippet(copied.request(copied.TEXTS), CopyAs.B24JSSDK)

    assert "</" not in code
    assert "<!--" not in code


def test_name_with_a_secret_is_computed() -> None:
    code = snippet(copied.request([(factories.REFRESH_TOKEN, "1")]), CopyAs.B24JSSDK)

    assert '[process.env.BX_REFRESH_TOKEN]: "1",' in code


@pytest.mark.parametrize(
    ("values", "remarked"),
    [(copied.FLOATS, False), (copied.NUMBERS, True)],
    ids=["floats", "others"],
)
def test_numbers_that_become_texts_are_remarked_upon(values: Pairs, remarked: bool) -> None:
    assert (TEXTS_FOR_NUMBERS in snippet(copied.request(values), CopyAs.B24JSSDK)) is remarked


@pytest.mark.parametrize(
    ("values", "remarked"),
    [
        ([("constructor", "x")], True),
        ([("a", [{"b": {"__proto__": "x"}}])], True),
        ([("a", ["constructor", {"b": "prototype"}])], False),
    ],
)
def test_names_that_the_sdk_does_not_send_are_remarked_upon(values: Pairs, remarked: bool) -> None:
    assert ("drops names" in snippet(copied.request(values), CopyAs.B24JSSDK)) is remarked

"""The snippets for bash, run by bash with a stand-in for their command."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping

import copied
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bxgui.core.copying import CopyAs, bash, snippet
from bxgui.core.json_values import Pairs, dump, parse

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")

_STAND_IN = """\
kept() {
    cat
    printf '\\n%s' "$@" >&2
}
curl() { kept "$@"; }
http() { kept "$@"; }
"""


def run(script: str, variables: Mapping[str, str]) -> subprocess.CompletedProcess[bytes]:
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **variables}
    return subprocess.run(
        ["bash", "-s"],
        input=(_STAND_IN + script).encode(),
        env=environment,
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("kind", [CopyAs.CURL, CopyAs.HTTPIE])
@settings(max_examples=25)
@given(values=copied.pairs, revealed=st.booleans())
def test_what_arrives_is_what_bxgui_sends(kind: CopyAs, values: Pairs, revealed: bool) -> None:
    request = copied.request(values, "done")
    assume(revealed or copied.fits_variables(request))
    code = snippet(request, kind, revealed=revealed)

    ended = run(code, {} if revealed else copied.variables(request, code))

    assert ended.returncode == 0
    sent, arrived = copied.parameters(request.body), copied.parameters(ended.stdout)
    assert copied.agree(sent, arrived, texts_for_numbers="A number that is a secret" in code)


@pytest.mark.parametrize("kind", [CopyAs.CURL, CopyAs.HTTPIE])
@pytest.mark.parametrize("values", copied.CASES.values(), ids=copied.CASES)
def test_revealed_body_arrives_byte_for_byte_where_all_of_it_can_be_seen(
    kind: CopyAs, values: Pairs
) -> None:
    seen = [(name, value) for name, value in values if name != "unseen"]
    request = copied.request(seen)

    assert run(snippet(request, kind, revealed=True), {}).stdout == request.body


def test_commands_are_called_with_the_address_and_the_type_of_the_body() -> None:
    request = copied.request([("A", "1")])
    asked = {
        kind: run(snippet(request, kind, revealed=True), {}).stderr.decode().split("\n")[1:]
        for kind in (CopyAs.CURL, CopyAs.HTTPIE)
    }

    accept, content_type = "Accept: application/json", "Content-Type: application/json"
    assert asked == {
        CopyAs.CURL: [
            *("--header", accept, "--header", content_type, "--data-binary", "@-", request.url)
        ],
        CopyAs.HTTPIE: [
            *("POST", request.url, accept.replace(" ", ""), content_type.replace(" ", ""))
        ],
    }


def test_nothing_is_sent_before_all_variables_are_set() -> None:
    request = copied.request([("A", "1")])
    code = snippet(request, CopyAs.CURL)

    ended = run(code, {"BX_EVENT_TOKEN": "x"})

    assert ended.returncode != 0
    assert ended.stdout == b""
    assert b"BX_ACCESS_TOKEN" in ended.stderr


@settings(max_examples=20)
@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=40))
def test_quoted_json_is_one_word_whatever_it_holds(texts: list[str]) -> None:
    words = [bash.quoted(dump(text)) for text in texts]

    printed = run(f"printf '%s\\0' {' '.join(words)}", {}).stdout.decode().split("\0")[:-1]

    assert [parse(word) for word in printed if word] == texts

"""The snippet for PowerShell, read by the rules of its strings: there is none to run it here."""

from __future__ import annotations

import re

import copied
import factories
from hypothesis import given
from hypothesis import strategies as st

from bxgui.core.copying import CopyAs, snippet
from bxgui.core.json_values import Pairs

# In single quotes nothing is special but the quote, which is doubled.
_TERM = re.compile(r"'((?:[^']|'')*)'|\$env:([A-Z0-9_]+)")


def read(expression: str, variables: dict[str, str]) -> str:
    """The string that an expression gives; fails for anything but strings, variables and pluses."""
    text, position = "", 0
    while position < len(expression):
        term = _TERM.match(expression, position)
        assert term is not None, expression[position:]
        text += term[1].replace("''", "'") if term[1] is not None else variables[term[2]]
        plus = expression[term.end() : term.end() + 3]
        assert plus in {" + ", ""}
        position = term.end() + len(plus)
    return text


def body_line(code: str) -> str:
    """The expression that goes through the pipe."""
    (line,) = [line for line in code.splitlines() if line.endswith(" |")]
    return line.strip().removesuffix(" |")


@given(values=copied.pairs, revealed=st.booleans())
def test_what_arrives_is_what_bxgui_sends(values: Pairs, revealed: bool) -> None:
    request = copied.request(values, "done")
    code = snippet(request, CopyAs.POWERSHELL, revealed=revealed)

    arrived = read(body_line(code), copied.variables(request, code))

    sent = copied.parameters(request.body)
    texts = "A number that is a secret" in code
    assert copied.agree(sent, copied.parameters(arrived), texts_for_numbers=texts)


@given(values=copied.pairs, revealed=st.booleans())
def test_it_is_ascii_which_no_encoding_changes(values: Pairs, revealed: bool) -> None:
    assert snippet(copied.request(values), CopyAs.POWERSHELL, revealed=revealed).isascii()


def test_no_argument_holds_a_double_quote() -> None:
    code = snippet(copied.request(copied.TEXTS), CopyAs.POWERSHELL)

    arguments = code.partition("curl.exe")[2]

    assert '"' not in arguments
    assert "--data-binary '@-' 'https://portal.example.org/rest/bizproc.event.send'" in arguments


def test_address_with_a_secret_is_one_argument() -> None:
    endpoint = f"https://portal.example.org/{factories.ACCESS_TOKEN}/"

    code = snippet(copied.request([], endpoint=endpoint), CopyAs.POWERSHELL)

    address = "('https://portal.example.org/' + $env:BX_ACCESS_TOKEN + '/bizproc.event.send')"
    assert f"--data-binary '@-' {address}\n" in code


def test_nothing_is_sent_before_all_variables_are_set() -> None:
    masked = snippet(copied.request([]), CopyAs.POWERSHELL)

    assert "foreach ($name in 'BX_EVENT_TOKEN', 'BX_ACCESS_TOKEN') {" in masked
    assert "throw" not in snippet(copied.request([]), CopyAs.POWERSHELL, revealed=True)

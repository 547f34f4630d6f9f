"""The snippets for PHP, run by PHP with stand-ins for CRest and the SDK."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import copied
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bxgui.core import phpform
from bxgui.core.copying import CopyAs, php, snippet
from bxgui.core.copying.crest import survives
from bxgui.core.json_values import JsonValue, Pairs, parse
from bxgui.core.literals import literal
from bxgui.core.rest_request import RestRequest

PHP = shutil.which("php")
TEXTS_FOR_NUMBERS = "PHP does not hold every number here exactly"
FORM = "CRest sends a form"
HIDDEN_NUMBER = "A number that is a secret"
needs_php = pytest.mark.skipif(PHP is None, reason="there is no PHP here")

# As the SDK's HTTP client writes JSON.
_SDK = """\
<?php
namespace Bitrix24\\SDK\\Core\\Credentials {
    class AuthToken { function __construct(public string $text, ?string $refresh, int $expires) {} }
    class Scope { function __construct(array $names) {} }
    class ApplicationProfile { function __construct(string $id, string $secret, Scope $scope) {} }
    class Endpoints { function __construct(public string $portal, string $server) {} }
    class Credentials {
        function __construct(public AuthToken $token, public Endpoints $endpoints) {}
        static function createFromOAuth(AuthToken $token, ApplicationProfile $of, Endpoints $at) {
            return new self($token, $at);
        }
    }
}
namespace Bitrix24\\SDK\\Core {
    class CoreBuilder {
        private $credentials;
        function withCredentials(Credentials\\Credentials $given): self {
            $this->credentials = $given;
            return $this;
        }
        function build(): self { return $this; }
        function call(string $method, array $parameters) {
            $parameters['auth'] = $this->credentials->token->text;
            $url = $this->credentials->endpoints->portal . '/rest/' . $method;
            $flags = JSON_HEX_TAG | JSON_HEX_APOS | JSON_HEX_AMP | JSON_HEX_QUOT
                | JSON_PRESERVE_ZERO_FRACTION | JSON_THROW_ON_ERROR;
            echo $url, "\\n", json_encode($parameters, $flags);
            exit(0);
        }
    }
}
"""
_CREST = """\
<?php
class CRest {
    static function call($method, $params = []) {
        $settings = static::getSettingData();
        foreach (['access_token', 'domain', 'refresh_token', 'application_token'] as $name) {
            if (empty($settings[$name])) { exit(1); }
        }
        $params['auth'] = $settings['access_token'];
        echo $settings['client_endpoint'], $method, "\\n", http_build_query($params);
        exit(static::setLog($params) || static::setSettingData([]) ? 1 : 0);
    }
    protected static function getSettingData() { return []; }
    protected static function setSettingData($arSettings) { return true; }
    public static function setLog($arData, $type = '') { return true; }
}
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the stand-ins."""
    folder = tmp_path_factory.mktemp("php")
    (folder / "vendor").mkdir()
    (folder / "vendor" / "autoload.php").write_text(_SDK)
    (folder / "crest.php").write_text(_CREST)
    return folder


def run(project: Path, code: str, variables: dict[str, str]) -> str:
    """What a script prints."""
    (project / "answer.php").write_text(code, "utf-8")
    environment = {"PATH": os.environ["PATH"], **variables}
    command = [str(PHP), "-n", "-d", "display_errors=1", "answer.php"]
    ended = subprocess.run(command, cwd=project, env=environment, capture_output=True, check=True)
    return ended.stdout.decode("utf-8", "surrogateescape")


def arrived(project: Path, request: RestRequest, code: str, *, revealed: bool) -> str:
    """The body that a script makes."""
    printed = run(project, code, {} if revealed else copied.variables(request, code))
    url, _, body = printed.partition("\n")
    assert url == request.url
    return body


def php_array(value: JsonValue) -> JsonValue:
    """A value as PHP reads it: an object with the names 0, 1, 2… is a list there."""
    if isinstance(value, list):
        return [php_array(item) for item in value]
    if not isinstance(value, dict):
        return value
    if list(value) == [str(number) for number in range(len(value))]:
        return [php_array(inner) for inner in value.values()]
    return {name: php_array(inner) for name, inner in value.items()}


@needs_php
@settings(max_examples=15)
@given(values=copied.pairs, revealed=st.booleans())
def test_sdk_sends_what_bxgui_sends(project: Path, values: Pairs, revealed: bool) -> None:
    request = copied.request(values, "done")
    assume(revealed or copied.fits_variables(request))
    code = snippet(request, CopyAs.B24PHPSDK, revealed=revealed)

    body = arrived(project, request, code, revealed=revealed)

    texts = TEXTS_FOR_NUMBERS in code or HIDDEN_NUMBER in code
    sent = copied.parameters(request.body)
    assert copied.agree(sent, copied.parameters(body), texts_for_numbers=texts)


@needs_php
@pytest.mark.parametrize("values", copied.CASES.values(), ids=copied.CASES)
def test_hard_values_arrive_by_the_sdk(project: Path, values: Pairs) -> None:
    request = copied.request(values)
    code = snippet(request, CopyAs.B24PHPSDK)

    body = copied.parameters(arrived(project, request, code, revealed=False))

    assert copied.agree(copied.parameters(request.body), body, texts_for_numbers=True)


@needs_php
@settings(max_examples=15)
@given(values=copied.pairs, revealed=st.booleans())
def test_crest_sends_what_a_form_can_carry(project: Path, values: Pairs, revealed: bool) -> None:
    request = copied.request(values, "done")
    assume(revealed or copied.fits_variables(request))
    code = snippet(request, CopyAs.CREST, revealed=revealed)

    body = arrived(project, request, code, revealed=revealed).encode()

    if FORM not in code:
        fields = phpform.decode(body, phpform.Limits(max_depth=100))
        assert phpform.to_json(dict(fields)) == php_array(copied.parameters(request.body))


@needs_php
@settings(max_examples=15)
@given(values=st.lists(copied.json_values, max_size=30))
def test_literals_are_read_as_they_were_meant(project: Path, values: list[JsonValue]) -> None:
    written = literal(values, php.DIALECT)

    printed = run(project, f"<?php echo json_encode({written}, JSON_PRESERVE_ZERO_FRACTION);", {})

    assert copied.agree(values, parse(printed), texts_for_numbers=True)


@given(copied.json_values)
def test_what_survives_a_form_is_what_comes_out_of_it_as_it_went_in(value: JsonValue) -> None:
    fields = phpform.decode(phpform.encode({"x": value}), phpform.Limits(max_depth=100))

    came_out = "x" in fields and phpform.to_json(fields["x"]) == php_array(value)

    assert survives(value) is came_out


@pytest.mark.parametrize(
    "lost", [1, True, None, [], {}, ["", 1], {"": "a"}, {" ": "a"}, {"a]": "a"}, {"a\0": "a"}]
)
def test_what_a_form_does_not_carry_is_remarked_upon(lost: JsonValue) -> None:
    assert FORM in snippet(copied.request([("A", lost)]), CopyAs.CREST)


def test_what_a_form_carries_is_not() -> None:
    values: Pairs = [("A", ["a", ""]), ("B", {"c": "d"})]

    assert FORM not in snippet(copied.request(values), CopyAs.CREST)


def test_levels_deeper_than_php_reads_are_remarked_upon() -> None:
    deep: JsonValue = "x"
    for _ in range(60):
        deep = [deep]

    assert FORM not in snippet(copied.request([("A", deep)]), CopyAs.CREST)
    assert FORM in snippet(copied.request([("A", [[[deep]]])]), CopyAs.CREST)


@pytest.mark.parametrize(("count", "remarked"), [(990, False), (1000, True)])
def test_form_longer_than_php_reads_is_remarked_upon(count: int, remarked: bool) -> None:
    code = snippet(copied.request([("A", ["x"] * count)]), CopyAs.CREST)

    assert ("reads the first 1000 values of a form only" in code) is remarked


@pytest.mark.parametrize(
    ("values", "remarked"), [(copied.FLOATS, False), (copied.NUMBERS, True)], ids=["floats", "rest"]
)
def test_numbers_that_become_texts_are_remarked_upon(values: Pairs, remarked: bool) -> None:
    assert (TEXTS_FOR_NUMBERS in snippet(copied.request(values), CopyAs.B24PHPSDK)) is remarked


def test_greatest_numbers_of_php_stay_numbers() -> None:
    code = snippet(copied.request([("a", 2**63 - 1), ("b", 1 - 2**63)]), CopyAs.B24PHPSDK)

    assert f"'a' => {2**63 - 1},\n        'b' => {1 - 2**63},\n" in code

"""A request in PHP with b24phpsdk 3."""

from __future__ import annotations

from bxgui.core.copying import php
from bxgui.core.copying.content import authorised
from bxgui.core.copying.remarks import commented, numbers_as_texts, remarks
from bxgui.core.literals import holds, literal
from bxgui.core.shown_request import ShownRequest

_ADDRESS = "b24phpsdk calls /rest/ without a port only, and this portal's address is another."


def snippet(request: ShownRequest) -> str:
    """The script; the core's `call` sends the parameters as they are."""
    access_token, parameters = authorised(request)
    portal = request.endpoint.removesuffix("/rest/")
    plain = request.endpoint == f"{portal}/rest/" and "/" not in portal.partition("://")[2]
    said = remarks(
        request,
        "" if plain and ":" not in request.host.rpartition("]")[2] else _ADDRESS,
        "" if holds(parameters, php.DIALECT) else numbers_as_texts("PHP"),
    )
    return f"""\
<?php
{commented(said, "//")}
use Bitrix24\\SDK\\Core\\CoreBuilder;
use Bitrix24\\SDK\\Core\\Credentials\\ApplicationProfile;
use Bitrix24\\SDK\\Core\\Credentials\\AuthToken;
use Bitrix24\\SDK\\Core\\Credentials\\Credentials;
use Bitrix24\\SDK\\Core\\Credentials\\Endpoints;
use Bitrix24\\SDK\\Core\\Credentials\\Scope;

require_once __DIR__ . '/vendor/autoload.php';

$credentials = Credentials::createFromOAuth(
    new AuthToken({php.text(access_token)}, null, PHP_INT_MAX),
    // An application's id and secret renew tokens; this one is used as it is.
    new ApplicationProfile('-', '-', new Scope(['bizproc'])),
    new Endpoints({php.text(portal)}, 'https://oauth.bitrix.info')
);
$core = (new CoreBuilder())->withCredentials($credentials)->build();
$answer = $core->call({php.text(request.method)}, {literal(parameters, php.DIALECT)});
print_r($answer->getResponseData()->getResult());
"""

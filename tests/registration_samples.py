"""Registrations as the documentation of Bitrix24 writes them, in each of its languages."""

from __future__ import annotations

from bxgui.core.local_text import plain
from bxgui.core.registration import Registration, RuleKind
from bxgui.core.schema import RuleProperty, ValueType

WHEN = RuleProperty("datetime", ValueType.DATETIME, plain("When"), type_name="datetime")
TO = RuleProperty("user", ValueType.USER, plain("To whom"), type_name="user", default="Author;")
DOCUMENTED = Registration(
    code="test_robot",
    kind=RuleKind.ROBOT,
    handler="https://app.example.org/robot.php",
    auth_user_id=1,
    use_subscription=True,
    name=plain("Send message"),
    properties=(WHEN, TO),
    filter={"INCLUDE": [["crm", "CCrmDocumentDeal"], ["crm", "CCrmDocumentLead"]]},
)


SAMPLES = {
    "cURL (OAuth)": r"""
curl -X POST \
-H "Content-Type: application/json" \
-H "Accept: application/json" \
-d '{"CODE":"test_robot","HANDLER":"https://app.example.org/robot.php","AUTH_USER_ID":1,
"USE_SUBSCRIPTION":"Y","NAME":"Send message","PROPERTIES":{"datetime":{"Name":"When",
"Type":"datetime"},"user":{"Name":"To whom","Type":"user","Default":"Author;"}},
"FILTER":{"INCLUDE":[["crm","CCrmDocumentDeal"],["crm","CCrmDocumentLead"]]},
"auth":"**put_access_token_here**"}' \
https://**put_your_bitrix24_address**/rest/bizproc.robot.add
""",
    "JS": """
try
{
    const response = await $b24.callMethod(
        'bizproc.robot.add',
        {
            'CODE': 'test_robot',
            'HANDLER': 'https://app.example.org/robot.php',
            'AUTH_USER_ID': 1,
            'USE_SUBSCRIPTION': 'Y',
            'NAME': 'Send message',
            'PROPERTIES': {
                'datetime': {
                    'Name': 'When',
                    'Type': 'datetime'
                },
                'user': { 'Name': 'To whom', 'Type': 'user', 'Default': 'Author;' }
            },
            'FILTER': {
                INCLUDE: [
                    ['crm', 'CCrmDocumentDeal'],
                    ['crm', 'CCrmDocumentLead']
                ]
            }
        }
    );

    const result = response.getData().result;
    alert("Success: " + result);
}
catch( error )
{
    alert("Error: " + error);
}
""",
    "BX24.js": """
var params = {
    'CODE': 'test_robot',
    'HANDLER': 'https://app.example.org/robot.php',
    'AUTH_USER_ID': 1,
    'USE_SUBSCRIPTION': 'Y',
    'NAME': 'Send message',
    'PROPERTIES': {
        'datetime': {'Name': 'When', 'Type': 'datetime'},
        'user': {'Name': 'To whom', 'Type': 'user', 'Default': 'Author;'},
    },
    'FILTER': {INCLUDE: [['crm', 'CCrmDocumentDeal'], ['crm', 'CCrmDocumentLead']]}
};

BX24.callMethod(
    'bizproc.robot.add',
    params,
    function(result)
    {
        if(result.error())
            alert("Error: " + result.error());
        else
            alert("Success: " + result.data());
    }
);
""",
    "PHP CRest": """
require_once('crest.php');

$result = CRest::call(
    'bizproc.robot.add',
    [
        'CODE' => 'test_robot',
        'HANDLER' => 'https://app.example.org/robot.php',
        'AUTH_USER_ID' => 1,
        'USE_SUBSCRIPTION' => 'Y',
        'NAME' => 'Send message',
        'PROPERTIES' => [
            'datetime' => [
                'Name' => 'When',
                'Type' => 'datetime'
            },
            'user' => [
                'Name' => 'To whom',
                'Type' => 'user',
                'Default' => 'Author;'
            ]
        },
        'FILTER' => [
            'INCLUDE' => [
                ['crm', 'CCrmDocumentDeal'],
                ['crm', 'CCrmDocumentLead']
            ]
        }
    ]
);

echo '<PRE>';
print_r($result);
echo '</PRE>';
""",
    "PHP SDK": """
try {
    $result = $serviceBuilder
        ->getBizProcScope()
        ->robot()
        ->add(
            'test_robot', // string $code
            'https://app.example.org/robot.php', // string $handlerUrl
            1, // int $b24AuthUserId
            'Send message', // it's the name
            true, // bool $isUseSubscription
            ['datetime' => ['Name' => 'When', 'Type' => 'datetime'],
             'user' => ['Name' => 'To whom', 'Type' => 'user', 'Default' => 'Author;']],
            other: 1,
            filter: ['INCLUDE' => [['crm', 'CCrmDocumentDeal'], ['crm', 'CCrmDocumentLead']]],
        );

    if ($result->isSuccess()) {
        print_r($result->getCoreResponse()->getResponseData()->getResult());
    }
} catch (Throwable $e) {
    print("Error: " . $e->getMessage());
}
""",
    "JSON": """\ufeff
{ // as it was sent
  "method": "bizproc.robot.add",
  "params": {
    "code": "test_robot", "Handler": "https://app.example.org/robot.php", "AUTH_USER_ID": "1",
    "use_subscription": "Y", "NAME": "Send message",
    "properties": {
      "datetime": {"NAME": "When", "TYPE": "datetime"}, /* { */
      "user": {"name": "To whom", "type": "user", "default": "Author;",},
    },
    "filter": {"INCLUDE": [["crm", "CCrmDocumentDeal"], ["crm", "CCrmDocumentLead"]]},
  },
}
""",
}  # fmt: skip

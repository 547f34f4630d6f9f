<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru">
<context>
    <name>AddDialog</name>
    <message>
        <source>Add a portal</source>
        <translation>Добавить портал</translation>
    </message>
    <message>
        <source>Add and trust</source>
        <translation>Добавить и доверять</translation>
    </message>
    <message>
        <source>Adding a portal trusts its address: the secrets that you enter for it, and the replies to its calls, go there.</source>
        <translation>Добавляя портал, вы доверяете его адресу: туда пойдут секреты, которые вы для него укажете, и ответы на его вызовы.</translation>
    </message>
    <message>
        <source>what to call it, if not by its host</source>
        <translation>как его называть, если не по хосту</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Адрес</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Название</translation>
    </message>
    <message>
        <source>Its host is enough; the address of any of its pages will do.</source>
        <translation>Достаточно хоста; подойдёт и адрес любой его страницы.</translation>
    </message>
    <message>
        <source>This is not the address of a portal.</source>
        <translation>Это не адрес портала.</translation>
    </message>
    <message>
        <source>Its methods are at %1</source>
        <translation>Методы портала: %1</translation>
    </message>
    <message>
        <source>The incoming webhook of user %1 in what you pasted is kept with it.</source>
        <translation>Вместе с порталом будет сохранён входящий вебхук пользователя %1 из того, что вы вставили.</translation>
    </message>
</context>
<context>
    <name>ApplicationDialog</name>
    <message>
        <source>Application in %1</source>
        <translation>Приложение на портале %1</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>The page of the application in the portal shows both: client_id and client_secret, of the application whose calls you answer.</source>
        <translation>Оба значения показаны на странице приложения на портале: client_id и client_secret того приложения, на чьи вызовы вы отвечаете.</translation>
    </message>
    <message>
        <source>Client &amp;id</source>
        <translation>Client &amp;id</translation>
    </message>
    <message>
        <source>Client &amp;secret</source>
        <translation>Client &amp;secret</translation>
    </message>
    <message>
        <source>They go to the keyring and are not shown again. The secret is sent to Bitrix24&apos;s authorization server alone, never to the portal. Tokens come with the portal&apos;s next call, or when you log in.</source>
        <translation>Они попадут в связку ключей, и больше их не увидеть. client_secret отправляется только серверу авторизации Битрикс24, порталу — никогда. Токены появятся со следующим вызовом портала или когда вы выполните вход.</translation>
    </message>
</context>
<context>
    <name>BugDialog</name>
    <message>
        <source>A bug in bxgui</source>
        <translation>Ошибка в bxgui</translation>
    </message>
    <message>
        <source>Something in bxgui is broken. Calls go on being caught by the listener. Please send this report to whoever gave you bxgui.</source>
        <translation>В bxgui что-то сломалось. Приёмник продолжает ловить вызовы. Отправьте, пожалуйста, этот отчёт тому, от кого вы получили bxgui.</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Отчёт</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Скопировать отчёт</translation>
    </message>
</context>
<context>
    <name>CalendarPopup</name>
    <message>
        <source>Calendar</source>
        <translation>Календарь</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Время</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Сейчас</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Сегодня</translation>
    </message>
    <message>
        <source>&amp;Time</source>
        <translation>&amp;Время</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>ОК</translation>
    </message>
</context>
<context>
    <name>CallHeader</name>
    <message>
        <source>Open the document in the portal</source>
        <translation>Открыть документ на портале</translation>
    </message>
    <message>
        <source>Its portal: trust, authorization, settings</source>
        <translation>Его портал: доверие, авторизация, настройки</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Проверить</translation>
    </message>
    <message>
        <source>Ask the portal whether the workflow lives; nothing is changed there</source>
        <translation>Спросить портал, жив ли бизнес-процесс; там ничего не изменится</translation>
    </message>
    <message>
        <source>Copy the whole event token</source>
        <translation>Скопировать токен события целиком</translation>
    </message>
    <message>
        <source>token %1</source>
        <translation>токен %1</translation>
    </message>
    <message>
        <source>deadline %1</source>
        <translation>срок: %1</translation>
    </message>
    <message>
        <source>no access token</source>
        <translation>без токена доступа</translation>
    </message>
    <message>
        <source>access expired</source>
        <translation>доступ истёк</translation>
    </message>
    <message>
        <source>access %1</source>
        <translation>доступ: %1</translation>
    </message>
</context>
<context>
    <name>CallView</name>
    <message>
        <source>Parts of the call</source>
        <translation>Части вызова</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Ответ</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Вызов</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>Исходный вид</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>Попытки</translation>
    </message>
    <message>
        <source>Select a token to see its call.</source>
        <translation>Выберите токен, чтобы увидеть его вызов.</translation>
    </message>
    <message>
        <source>Attempts %1</source>
        <translation>Попытки %1</translation>
    </message>
    <message>
        <source>The call does not say which portal it comes from: no reply can go.</source>
        <translation>В вызове не указано, с какого он портала: ответить на него нельзя.</translation>
    </message>
    <message>
        <source>You have not trusted this portal yet. Look at the call; replies go out only after you trust it.</source>
        <translation>Вы ещё не доверяете этому порталу. Посмотрите вызов: ответы уходят только на доверенный портал.</translation>
    </message>
    <message>
        <source>This step does not wait for an answer (use_subscription is not Y).</source>
        <translation>Этот шаг не ждёт ответа (use_subscription не равно Y).</translation>
    </message>
    <message>
        <source>Trust…</source>
        <translation>Доверять…</translation>
    </message>
    <message>
        <source>Asking the portal about the workflow…</source>
        <translation>Портал спрашивают о бизнес-процессе…</translation>
    </message>
</context>
<context>
    <name>CardActions</name>
    <message>
        <source>A reply to this token waits in the queue or is on its way. Wait for its outcome, or take it back first.</source>
        <translation>Ответ на этот токен ждёт в очереди или уже отправляется. Дождитесь его итога или сначала отзовите его.</translation>
    </message>
</context>
<context>
    <name>ChildProcess</name>
    <message>
        <source>It could not be started.</source>
        <translation>Не удалось его запустить.</translation>
    </message>
    <message>
        <source>It was killed or has crashed.</source>
        <translation>Процесс аварийно завершился или был остановлен извне.</translation>
    </message>
    <message>
        <source>It ended with status %1.</source>
        <translation>Процесс завершился с кодом %1.</translation>
    </message>
</context>
<context>
    <name>ChoiceEditor</name>
    <message>
        <source>%1 (none of the options)</source>
        <translation>%1 (нет среди вариантов)</translation>
    </message>
</context>
<context>
    <name>CopyMenu</name>
    <message>
        <source>&amp;Copy as</source>
        <translation>&amp;Копировать как</translation>
    </message>
    <message>
        <source>With secrets…</source>
        <translation>С секретами…</translation>
    </message>
    <message>
        <source>There is no request to copy yet. %1</source>
        <translation>Копировать пока нечего: запроса ещё нет. %1</translation>
    </message>
    <message>
        <source>Copied as %1, with secrets.</source>
        <translation>Скопировано как %1, с секретами.</translation>
    </message>
    <message>
        <source>Copied as %1, secrets left out.</source>
        <translation>Скопировано как %1, без секретов.</translation>
    </message>
    <message>
        <source>The copy will hold the event token and the access token of this call. Whoever reads it can answer in your place. Copy them?</source>
        <translation>В копии будут токен события и токен доступа этого вызова. Кто её прочитает, сможет ответить вместо вас. Копировать?</translation>
    </message>
    <message>
        <source>Copy with secrets?</source>
        <translation>Копировать с секретами?</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
</context>
<context>
    <name>DateFormatDialog</name>
    <message>
        <source>How this portal is sent dates</source>
        <translation>В каком виде портал получает даты</translation>
    </message>
    <message>
        <source>Whatever way a date is typed, %1 is sent it in the format chosen here. It has to be that of the portal&apos;s site.</source>
        <translation>Как бы ни была введена дата, %1 получит её в выбранном здесь виде. Он должен совпадать с форматом сайта портала.</translation>
    </message>
    <message>
        <source>ISO 8601</source>
        <translation>ISO 8601</translation>
    </message>
    <message>
        <source>Seconds since 1970</source>
        <translation>Секунды с 1970 года</translation>
    </message>
    <message>
        <source>The portal&apos;s clock</source>
        <translation>Часы портала</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>не известно</translation>
    </message>
    <message>
        <source>The portal&apos;s &amp;clock</source>
        <translation>&amp;Часы портала</translation>
    </message>
    <message>
        <source>The portal shifts a date with an offset by the time zone of its user, so another hour may be stored. Choose it only where that is wanted.</source>
        <translation>Дату со смещением портал сдвигает по часовому поясу своего пользователя, поэтому сохраниться может другой час. Выбирайте это, только если так и нужно.</translation>
    </message>
    <message>
        <source>Used when a date is typed with an offset, as 2026-12-31T18:30:00+03:00, and for ISO 8601 and seconds. While it is not known, an offset typed is left out, and other dates count as UTC there.</source>
        <translation>Нужно, когда дата введена со смещением, например 2026-12-31T18:30:00+03:00, и для ISO 8601 и секунд. Пока часы портала не известны, введённое смещение отбрасывается, а остальные даты там считаются датами UTC.</translation>
    </message>
</context>
<context>
    <name>DefaultEdit</name>
    <message>
        <source>There is a default</source>
        <translation>Есть значение по умолчанию</translation>
    </message>
    <message>
        <source>Without the tick the property is registered without a default.</source>
        <translation>Без отметки свойство регистрируется без значения по умолчанию.</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>По умолчанию</translation>
    </message>
    <message>
        <source>none</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>an empty text</source>
        <translation>пустой текст</translation>
    </message>
    <message>
        <source>an empty list</source>
        <translation>пустой список</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>%1 bxgui tries again by itself until it works.</source>
        <translation>%1 bxgui будет пробовать снова, пока не получится.</translation>
    </message>
    <message>
        <source>The store cannot be read: %1</source>
        <translation>Не удаётся прочитать хранилище: %1</translation>
    </message>
</context>
<context>
    <name>Doctor</name>
    <message>
        <source>fine</source>
        <translation>в порядке</translation>
    </message>
    <message>
        <source>note</source>
        <translation>к сведению</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>внимание</translation>
    </message>
    <message>
        <source>problem</source>
        <translation>проблема</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>Keyring</source>
        <translation>Связка ключей</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Хранилище</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Файлы</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Диск</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Сертификат</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Порт</translation>
    </message>
    <message>
        <source>Public address</source>
        <translation>Внешний адрес</translation>
    </message>
    <message>
        <source>Test call</source>
        <translation>Тестовый вызов</translation>
    </message>
</context>
<context>
    <name>DoctorDialog</name>
    <message>
        <source>Check the listener</source>
        <translation>Проверка приёмника</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Проверить снова</translation>
    </message>
    <message>
        <source>Send a test call through the address</source>
        <translation>Отправить тестовый вызов через адрес</translation>
    </message>
    <message>
        <source>Check again, and post a call to the handler&apos;s address as a portal does</source>
        <translation>Проверить снова и отправить вызов на адрес обработчика, как это делает портал</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Скопировать отчёт</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Идёт проверка…</translation>
    </message>
    <message>
        <source>Problems: %1. Warnings: %2.</source>
        <translation>Проблем: %1. Предупреждений: %2.</translation>
    </message>
    <message>
        <source>Nothing is wrong.</source>
        <translation>Всё в порядке.</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Что выяснилось</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Итог</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Предмет</translation>
    </message>
</context>
<context>
    <name>Editors</name>
    <message>
        <source>This is none of the options.</source>
        <translation>Такого варианта нет.</translation>
    </message>
    <message>
        <source>%1; for example %2</source>
        <translation>%1; например, %2</translation>
    </message>
    <message>
        <source>sent empty</source>
        <translation>уйдёт пустым</translation>
    </message>
    <message>
        <source>an empty list is sent</source>
        <translation>уйдёт пустой список</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>не отправляется</translation>
    </message>
    <message>
        <source>What is expected here (F4)</source>
        <translation>Что здесь нужно (F4)</translation>
    </message>
    <message>
        <source>The id of a file that is in the portal already: digits only. A reply cannot carry the file itself: the portal takes its content, name or address for a text and stores no file. Upload the file first, for example into a field of the document, and take the id from there, or take one that the call brings among its properties. An id of the Drive is another number.</source>
        <translation>Идентификатор файла, который уже есть на портале: только цифры. Сам файл с ответом не передать: его содержимое, имя или адрес портал примет за текст и файла не сохранит. Сначала загрузите файл, например в поле документа, и возьмите идентификатор оттуда или возьмите тот, что пришёл в свойствах вызова. Идентификатор на Диске — другое число.</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Да</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Нет</translation>
    </message>
    <message>
        <source>Calendar (F4)</source>
        <translation>Календарь (F4)</translation>
    </message>
    <message>
        <source>Users of the call (F4)</source>
        <translation>Пользователи из вызова (F4)</translation>
    </message>
    <message>
        <source>whose access the call carries</source>
        <translation>с его доступом пришёл вызов</translation>
    </message>
    <message>
        <source>property %1</source>
        <translation>свойство %1</translation>
    </message>
</context>
<context>
    <name>ExchangeView</name>
    <message>
        <source>Outcome of the attempt</source>
        <translation>Исход попытки</translation>
    </message>
    <message>
        <source>Request and response</source>
        <translation>Запрос и ответ</translation>
    </message>
    <message>
        <source>Select an attempt to see its request and response.</source>
        <translation>Выберите попытку, чтобы увидеть запрос и ответ.</translation>
    </message>
    <message>
        <source>Find it</source>
        <translation>Найти</translation>
    </message>
    <message>
        <source>Go to the next place in the exchange that names this command</source>
        <translation>Перейти к следующему месту обмена, где названа эта команда</translation>
    </message>
    <message>
        <source>The command %1 of a batch.</source>
        <translation>Команда %1 пакета.</translation>
    </message>
    <message>
        <source>Command %2 of %3 in a batch: this reply is %1 there.</source>
        <translation>Команда %2 из %3 в пакете: этот ответ назван там %1.</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 мс</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>выполняется</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>нет ответа</translation>
    </message>
</context>
<context>
    <name>Explanation</name>
    <message>
        <source>The portal accepted the reply.</source>
        <translation>Портал принял ответ.</translation>
    </message>
    <message>
        <source>Accepted is not applied: the portal answers the same when a name is misspelt, and when the step has timed out, was answered before or does not wait.</source>
        <translation>Принят — ещё не значит применён: портал отвечает так же, если в имени опечатка, если время ожидания шага вышло, если ему уже ответили или он не ждёт ответа.</translation>
    </message>
    <message>
        <source>Look in the portal whether the workflow went on.</source>
        <translation>Проверьте на портале, пошёл ли бизнес-процесс дальше.</translation>
    </message>
    <message>
        <source>The portal accepted the log message.</source>
        <translation>Портал принял запись в журнал.</translation>
    </message>
    <message>
        <source>The step goes on waiting. A message to a step that no longer waits is dropped silently.</source>
        <translation>Шаг продолжает ждать. Если шаг уже не ждёт, портал молча отбрасывает запись.</translation>
    </message>
    <message>
        <source>The token can still be answered.</source>
        <translation>На токен всё ещё можно ответить.</translation>
    </message>
    <message>
        <source>The portal does not recognise the event token.</source>
        <translation>Портал не узнаёт токен события.</translation>
    </message>
    <message>
        <source>The token&apos;s signature is missing, altered, or made by another portal.</source>
        <translation>Подписи токена нет, она изменена или сделана другим порталом.</translation>
    </message>
    <message>
        <source>Nothing to repeat: start the workflow again to get a fresh call.</source>
        <translation>Повторять бесполезно: запустите бизнес-процесс заново, чтобы пришёл новый вызов.</translation>
    </message>
    <message>
        <source>The workflow no longer exists.</source>
        <translation>Бизнес-процесса больше нет.</translation>
    </message>
    <message>
        <source>It has ended or was deleted, for example after an earlier answer or a timeout.</source>
        <translation>Он завершён или удалён, например после прежнего ответа или по истечении времени.</translation>
    </message>
    <message>
        <source>Nothing to repeat. If the step was still needed, start the workflow again.</source>
        <translation>Повторять бесполезно. Если шаг ещё нужен, запустите бизнес-процесс заново.</translation>
    </message>
    <message>
        <source>The log message is empty.</source>
        <translation>Запись в журнал пуста.</translation>
    </message>
    <message>
        <source>This method needs a message.</source>
        <translation>Этому методу нужен текст записи.</translation>
    </message>
    <message>
        <source>Write a log message and send it again.</source>
        <translation>Напишите текст записи и отправьте ещё раз.</translation>
    </message>
    <message>
        <source>The portal found no authorization in the request.</source>
        <translation>Портал не нашёл в запросе авторизации.</translation>
    </message>
    <message>
        <source>The call came without an access token, or something on the way changed the request.</source>
        <translation>Вызов пришёл без токена доступа, или запрос изменился по пути.</translation>
    </message>
    <message>
        <source>Answer a newer call of this portal, which carries its own access token.</source>
        <translation>Ответьте на более новый вызов этого портала: в нём свой токен доступа.</translation>
    </message>
    <message>
        <source>The access token belongs to another application or portal.</source>
        <translation>Токен доступа принадлежит другому приложению или порталу.</translation>
    </message>
    <message>
        <source>The portal could not find the application by this token.</source>
        <translation>Портал не нашёл приложение по этому токену.</translation>
    </message>
    <message>
        <source>Check that the call really came from this portal.</source>
        <translation>Убедитесь, что вызов действительно пришёл с этого портала.</translation>
    </message>
    <message>
        <source>The application is not installed in the portal.</source>
        <translation>Приложение не установлено на портале.</translation>
    </message>
    <message>
        <source>It was removed or reinstalled, and its access tokens went with it.</source>
        <translation>Его удалили или переустановили, и прежние токены доступа больше не действуют.</translation>
    </message>
    <message>
        <source>Install the application again, register its rules again, and start the workflow again.</source>
        <translation>Установите приложение, зарегистрируйте его роботов и запустите бизнес-процесс заново.</translation>
    </message>
    <message>
        <source>The rule&apos;s user has no right to this application.</source>
        <translation>У пользователя робота нет доступа к этому приложению.</translation>
    </message>
    <message>
        <source>The access token belongs to a user who may not use the application.</source>
        <translation>Токен доступа принадлежит пользователю, которому приложение недоступно.</translation>
    </message>
    <message>
        <source>Give that user access to the application in the portal.</source>
        <translation>Откройте этому пользователю доступ к приложению на портале.</translation>
    </message>
    <message>
        <source>The rule&apos;s user cannot be authorized.</source>
        <translation>Пользователь робота не может авторизоваться.</translation>
    </message>
    <message>
        <source>The user was dismissed or deactivated.</source>
        <translation>Пользователь уволен или деактивирован.</translation>
    </message>
    <message>
        <source>Register the rule with another AUTH_USER_ID; then start the workflow again.</source>
        <translation>Зарегистрируйте робота с другим AUTH_USER_ID и запустите бизнес-процесс заново.</translation>
    </message>
    <message>
        <source>The application lacks the right “bizproc”.</source>
        <translation>У приложения нет права «bizproc».</translation>
    </message>
    <message>
        <source>The access token does not cover this method.</source>
        <translation>Токен доступа не даёт права на этот метод.</translation>
    </message>
    <message>
        <source>Add the scope bizproc to the application, reinstall it, and start the workflow again.</source>
        <translation>Добавьте приложению право bizproc, переустановите его и запустите бизнес-процесс заново.</translation>
    </message>
    <message>
        <source>The portal does not know this method.</source>
        <translation>Портал не знает такого метода.</translation>
    </message>
    <message>
        <source>The method is outside the application&apos;s scope, or the address is not a REST address.</source>
        <translation>Метод не входит в права приложения, или это не адрес REST.</translation>
    </message>
    <message>
        <source>Check the portal&apos;s address and the application&apos;s scope.</source>
        <translation>Проверьте адрес портала и права приложения.</translation>
    </message>
    <message>
        <source>The portal&apos;s plan does not include REST.</source>
        <translation>REST не входит в тариф портала.</translation>
    </message>
    <message>
        <source>Applications work only on commercial plans or with a paid subscription.</source>
        <translation>Приложения работают только на коммерческих тарифах или по платной подписке.</translation>
    </message>
    <message>
        <source>The portal&apos;s owner has to renew the plan or the subscription.</source>
        <translation>Владельцу портала нужно продлить тариф или подписку.</translation>
    </message>
    <message>
        <source>The portal does not accept the webhook&apos;s code.</source>
        <translation>Портал не принимает код вебхука.</translation>
    </message>
    <message>
        <source>The incoming webhook was deleted or its code was changed.</source>
        <translation>Входящий вебхук удалён, или его код изменён.</translation>
    </message>
    <message>
        <source>Create a new incoming webhook and enter its address.</source>
        <translation>Создайте новый входящий вебхук и укажите его адрес.</translation>
    </message>
    <message>
        <source>The portal wants https.</source>
        <translation>Портал требует https.</translation>
    </message>
    <message>
        <source>The request went over plain http.</source>
        <translation>Запрос ушёл по незащищённому http.</translation>
    </message>
    <message>
        <source>Use the portal&apos;s https address.</source>
        <translation>Используйте https-адрес портала.</translation>
    </message>
    <message>
        <source>The portal was deleted.</source>
        <translation>Портал удалён.</translation>
    </message>
    <message>
        <source>Bitrix24 has closed it.</source>
        <translation>Битрикс24 закрыл его.</translation>
    </message>
    <message>
        <source>Nothing can be sent there any more.</source>
        <translation>Отправить туда больше ничего нельзя.</translation>
    </message>
    <message>
        <source>There is no portal at this address.</source>
        <translation>По этому адресу портала нет.</translation>
    </message>
    <message>
        <source>Bitrix24 answers for a switched-off or unknown address.</source>
        <translation>За отключённый или неизвестный адрес отвечает сам Битрикс24.</translation>
    </message>
    <message>
        <source>Check the portal&apos;s address: it may have been renamed.</source>
        <translation>Проверьте адрес портала: возможно, его переименовали.</translation>
    </message>
    <message>
        <source>The portal has moved to another address.</source>
        <translation>Портал переехал на другой адрес.</translation>
    </message>
    <message>
        <source>It answered with a redirect, which bxgui does not follow: the access token would go to a host that you have not trusted.</source>
        <translation>Он ответил перенаправлением, но bxgui по нему не идёт: токен доступа попал бы на хост, которому вы не доверяли.</translation>
    </message>
    <message>
        <source>If you know that this is your portal&apos;s new address, follow it there.</source>
        <translation>Если вы знаете, что это новый адрес вашего портала, перейдите на него.</translation>
    </message>
    <message>
        <source>An administrator has denied this method.</source>
        <translation>Администратор запретил этот метод.</translation>
    </message>
    <message>
        <source>The portal asks an administrator to confirm the methods of this application.</source>
        <translation>Методы этого приложения на портале подтверждает администратор.</translation>
    </message>
    <message>
        <source>Ask the portal&apos;s administrator.</source>
        <translation>Обратитесь к администратору портала.</translation>
    </message>
    <message>
        <source>The method needs an application.</source>
        <translation>Метод работает только для приложения.</translation>
    </message>
    <message>
        <source>It does not work with an incoming webhook.</source>
        <translation>С входящим вебхуком он не работает.</translation>
    </message>
    <message>
        <source>Use the application&apos;s own authorization.</source>
        <translation>Используйте авторизацию самого приложения.</translation>
    </message>
    <message>
        <source>Access denied.</source>
        <translation>Доступ запрещён.</translation>
    </message>
    <message>
        <source>The method needs an administrator.</source>
        <translation>Методу нужны права администратора.</translation>
    </message>
    <message>
        <source>Use the authorization of an administrator.</source>
        <translation>Используйте авторизацию администратора.</translation>
    </message>
    <message>
        <source>The portal does not accept the rule&apos;s description.</source>
        <translation>Портал не принимает описание робота.</translation>
    </message>
    <message>
        <source>A code, name or property of the registration breaks the portal&apos;s rules.</source>
        <translation>Код, название или свойство при регистрации не отвечает требованиям портала.</translation>
    </message>
    <message>
        <source>Mend what the portal&apos;s message names and register the rule again.</source>
        <translation>Исправьте то, на что указывает портал, и зарегистрируйте робота снова.</translation>
    </message>
    <message>
        <source>A rule with this code exists.</source>
        <translation>Робот с таким кодом уже есть.</translation>
    </message>
    <message>
        <source>A rule and an activity of one application cannot share a code.</source>
        <translation>У робота и действия одного приложения не может быть общего кода.</translation>
    </message>
    <message>
        <source>Update the existing rule, or choose another code.</source>
        <translation>Обновите существующего робота или выберите другой код.</translation>
    </message>
    <message>
        <source>The portal has no rule with this code.</source>
        <translation>На портале нет робота с таким кодом.</translation>
    </message>
    <message>
        <source>It was never registered, or an update of the application removed it.</source>
        <translation>Его не регистрировали, или он удалён при обновлении приложения.</translation>
    </message>
    <message>
        <source>Register the rule again.</source>
        <translation>Зарегистрируйте робота снова.</translation>
    </message>
    <message>
        <source>The portal does not accept the handler&apos;s address.</source>
        <translation>Портал не принимает адрес обработчика.</translation>
    </message>
    <message>
        <source>It must begin with http:// or https:// and its host must contain a dot.</source>
        <translation>Он должен начинаться с http:// или https://, а в имени хоста должна быть точка.</translation>
    </message>
    <message>
        <source>Use the listener&apos;s public address.</source>
        <translation>Используйте внешний адрес приёмника.</translation>
    </message>
    <message>
        <source>The authorization cannot be renewed.</source>
        <translation>Авторизацию не удаётся продлить.</translation>
    </message>
    <message>
        <source>The refresh token has been used up, has expired, or belongs to another application.</source>
        <translation>Токен обновления уже использован, просрочен или принадлежит другому приложению.</translation>
    </message>
    <message>
        <source>Answer a newer call of this portal, or authorize the application again.</source>
        <translation>Ответьте на более новый вызов этого портала или авторизуйте приложение заново.</translation>
    </message>
    <message>
        <source>The authorization server does not know the application.</source>
        <translation>Сервер авторизации не знает этого приложения.</translation>
    </message>
    <message>
        <source>The application&apos;s client id or client secret is wrong.</source>
        <translation>Неверный client_id или client_secret приложения.</translation>
    </message>
    <message>
        <source>Copy both again from the application&apos;s page.</source>
        <translation>Скопируйте оба значения со страницы приложения ещё раз.</translation>
    </message>
    <message>
        <source>bxgui does not send secrets over plain http.</source>
        <translation>bxgui не отправляет секреты по незащищённому http.</translation>
    </message>
    <message>
        <source>The portal&apos;s address begins with http:// and is not on this computer.</source>
        <translation>Адрес портала начинается с http://, и он не на этом компьютере.</translation>
    </message>
    <message>
        <source>The portal&apos;s address cannot be used.</source>
        <translation>Адрес портала не годится.</translation>
    </message>
    <message>
        <source>The call names no address, or one that is not a web address.</source>
        <translation>В вызове нет адреса, или это не веб-адрес.</translation>
    </message>
    <message>
        <source>Look at the call&apos;s raw body: it may not come from a portal.</source>
        <translation>Посмотрите исходный вид вызова: возможно, он вообще не с портала.</translation>
    </message>
    <message>
        <source>The reply was not sent.</source>
        <translation>Ответ не отправлен.</translation>
    </message>
    <message>
        <source>The request could not be built.</source>
        <translation>Не удалось составить запрос.</translation>
    </message>
    <message>
        <source>Look at the values of the reply.</source>
        <translation>Проверьте значения в ответе.</translation>
    </message>
    <message>
        <source>The portal refused the request.</source>
        <translation>Портал отклонил запрос.</translation>
    </message>
    <message>
        <source>bxgui does not know this error code.</source>
        <translation>bxgui не знает такого кода ошибки.</translation>
    </message>
    <message>
        <source>Read the portal&apos;s own message in the exchange.</source>
        <translation>Прочтите сообщение портала в тексте обмена.</translation>
    </message>
    <message>
        <source>The workflow is being executed at this moment.</source>
        <translation>Бизнес-процесс сейчас выполняется.</translation>
    </message>
    <message>
        <source>The portal has locked it, or an earlier step has left it hung.</source>
        <translation>Портал его заблокировал, или он завис на одном из прежних шагов.</translation>
    </message>
    <message>
        <source>Send the reply again in a few seconds. If it stays so, the workflow hangs in the portal.</source>
        <translation>Отправьте ответ ещё раз через несколько секунд. Если не поможет, бизнес-процесс завис на портале.</translation>
    </message>
    <message>
        <source>The call&apos;s access token has expired.</source>
        <translation>Токен доступа этого вызова истёк.</translation>
    </message>
    <message>
        <source>An access token lives one hour. The workflow still waits.</source>
        <translation>Токен доступа живёт один час. Бизнес-процесс всё ещё ждёт.</translation>
    </message>
    <message>
        <source>Too many requests to the portal.</source>
        <translation>Слишком много запросов к порталу.</translation>
    </message>
    <message>
        <source>The portal limits how many requests come from one address.</source>
        <translation>Портал ограничивает число запросов с одного адреса.</translation>
    </message>
    <message>
        <source>Wait a minute and send the reply again.</source>
        <translation>Подождите минуту и отправьте ответ ещё раз.</translation>
    </message>
    <message>
        <source>The portal has blocked this method for a while.</source>
        <translation>Портал на время заблокировал этот метод.</translation>
    </message>
    <message>
        <source>The method has used up its time for the last ten minutes.</source>
        <translation>Метод исчерпал отведённое ему время за последние десять минут.</translation>
    </message>
    <message>
        <source>Wait ten minutes and send the reply again.</source>
        <translation>Подождите десять минут и отправьте ответ ещё раз.</translation>
    </message>
    <message>
        <source>The portal has blocked REST because of overload.</source>
        <translation>Портал заблокировал REST из-за перегрузки.</translation>
    </message>
    <message>
        <source>Some application has sent too many heavy requests.</source>
        <translation>Какое-то приложение отправляло слишком много тяжёлых запросов.</translation>
    </message>
    <message>
        <source>Send the reply again later; if it stays so, ask the portal&apos;s support.</source>
        <translation>Отправьте ответ позже; если не поможет, обратитесь в поддержку портала.</translation>
    </message>
    <message>
        <source>The portal could not reach its authorization server.</source>
        <translation>Портал не смог связаться с сервером авторизации.</translation>
    </message>
    <message>
        <source>A passing fault between the portal and Bitrix24.</source>
        <translation>Временный сбой связи между порталом и Битрикс24.</translation>
    </message>
    <message>
        <source>Send the reply again in a minute.</source>
        <translation>Отправьте ответ ещё раз через минуту.</translation>
    </message>
    <message>
        <source>The portal waits for an administrator&apos;s confirmation.</source>
        <translation>Портал ждёт подтверждения администратора.</translation>
    </message>
    <message>
        <source>Ask the portal&apos;s administrator to confirm, then send the reply again.</source>
        <translation>Попросите администратора портала подтвердить метод и отправьте ответ ещё раз.</translation>
    </message>
    <message>
        <source>The portal&apos;s host name was not found.</source>
        <translation>Имя хоста портала не найдено.</translation>
    </message>
    <message>
        <source>This computer is offline, or the name is wrong.</source>
        <translation>Этот компьютер не в сети, или имя неверное.</translation>
    </message>
    <message>
        <source>Check the connection and the portal&apos;s address, then send the reply again.</source>
        <translation>Проверьте связь и адрес портала и отправьте ответ ещё раз.</translation>
    </message>
    <message>
        <source>No connection to the portal.</source>
        <translation>Нет соединения с порталом.</translation>
    </message>
    <message>
        <source>The portal, or something before it, refused the connection. Nothing was sent.</source>
        <translation>Портал или что-то перед ним отвергло соединение. Ничего не отправлено.</translation>
    </message>
    <message>
        <source>Check that the portal is up, then send the reply again.</source>
        <translation>Убедитесь, что портал работает, и отправьте ответ ещё раз.</translation>
    </message>
    <message>
        <source>The portal did not take the connection in time.</source>
        <translation>Портал вовремя не принял соединение.</translation>
    </message>
    <message>
        <source>It is down, or a firewall drops the connection. Nothing was sent.</source>
        <translation>Он не работает, или соединение сбрасывает межсетевой экран. Ничего не отправлено.</translation>
    </message>
    <message>
        <source>Check the connection, then send the reply again.</source>
        <translation>Проверьте связь и отправьте ответ ещё раз.</translation>
    </message>
    <message>
        <source>No secure connection to the portal.</source>
        <translation>Нет защищённого соединения с порталом.</translation>
    </message>
    <message>
        <source>The encrypted connection could not be set up. Nothing was sent.</source>
        <translation>Не удалось установить шифрованное соединение. Ничего не отправлено.</translation>
    </message>
    <message>
        <source>Send the reply again; if it stays so, look for a proxy or an old TLS version.</source>
        <translation>Отправьте ответ ещё раз; если не поможет, ищите прокси или старую версию TLS.</translation>
    </message>
    <message>
        <source>The portal&apos;s certificate is not valid.</source>
        <translation>Сертификат портала недействителен.</translation>
    </message>
    <message>
        <source>It is self-signed, expired, or for another host. Nothing was sent.</source>
        <translation>Он самоподписанный, просрочен или выдан другому хосту. Ничего не отправлено.</translation>
    </message>
    <message>
        <source>Have the certificate mended; do not answer before you know who is at that address.</source>
        <translation>Сертификат нужно исправить; не отвечайте, пока не узнаете, кто находится по этому адресу.</translation>
    </message>
    <message>
        <source>The proxy does not connect to the portal.</source>
        <translation>Прокси не соединяется с порталом.</translation>
    </message>
    <message>
        <source>The proxy that this computer uses refused or failed. Nothing was sent.</source>
        <translation>Прокси этого компьютера отказал или дал сбой. Ничего не отправлено.</translation>
    </message>
    <message>
        <source>Check the proxy, then send the reply again.</source>
        <translation>Проверьте прокси и отправьте ответ ещё раз.</translation>
    </message>
    <message>
        <source>The portal did not answer in time.</source>
        <translation>Портал не ответил вовремя.</translation>
    </message>
    <message>
        <source>The reply had been sent. The portal runs the following steps inside the same request, which takes time.</source>
        <translation>Ответ уже был отправлен. Следующие шаги портал выполняет в том же запросе, и на это уходит время.</translation>
    </message>
    <message>
        <source>The reply had been sent by then.</source>
        <translation>К этому времени ответ уже был отправлен.</translation>
    </message>
    <message>
        <source>The reply may have been sent by then.</source>
        <translation>К этому времени ответ мог быть уже отправлен.</translation>
    </message>
    <message>
        <source>Look in the portal whether the workflow went on before you send it again.</source>
        <translation>Прежде чем отправлять ещё раз, проверьте на портале, пошёл ли бизнес-процесс дальше.</translation>
    </message>
    <message>
        <source>Give the portal an https address, or allow plain http for it by its name.</source>
        <translation>Настройте порталу https-адрес или разрешите для него незащищённый http по имени его хоста.</translation>
    </message>
    <message>
        <source>Enter the application&apos;s client id and secret, or an incoming webhook, for this portal: they authorize replies to older calls too.</source>
        <translation>Введите для этого портала client id и client secret приложения или входящий вебхук: они авторизуют ответы и на старые вызовы.</translation>
    </message>
    <message>
        <source>The connection broke before the answer came.</source>
        <translation>Соединение оборвалось раньше, чем портал ответил.</translation>
    </message>
    <message>
        <source>bxgui was stopped before the answer came.</source>
        <translation>bxgui остановили раньше, чем портал ответил.</translation>
    </message>
    <message>
        <source>The portal failed while it worked on the reply.</source>
        <translation>На портале произошёл сбой при обработке ответа.</translation>
    </message>
    <message>
        <source>A step behind this one may have failed; the reply itself may have been executed.</source>
        <translation>Возможно, сбой дал один из следующих шагов; сам ответ мог быть выполнен.</translation>
    </message>
    <message>
        <source>Look in the portal whether the workflow went on. While it hangs, it answers 423.</source>
        <translation>Проверьте на портале, пошёл ли бизнес-процесс дальше. Пока он висит, портал отвечает 423.</translation>
    </message>
    <message>
        <source>The workflow engine reported an error.</source>
        <translation>Движок бизнес-процессов сообщил об ошибке.</translation>
    </message>
    <message>
        <source>This step or one behind it failed; the reply itself may have been executed.</source>
        <translation>Сбой дал этот шаг или один из следующих; сам ответ мог быть выполнен.</translation>
    </message>
    <message>
        <source>Read the portal&apos;s message, and look at the workflow in the portal.</source>
        <translation>Прочтите сообщение портала и посмотрите бизнес-процесс на портале.</translation>
    </message>
    <message>
        <source>The portal could not write its answer.</source>
        <translation>Портал не смог записать свой ответ.</translation>
    </message>
    <message>
        <source>It worked on the reply, but its answer could not be encoded.</source>
        <translation>Он обработал ваш ответ, но не смог закодировать результат.</translation>
    </message>
    <message>
        <source>The portal&apos;s answer says neither yes nor no.</source>
        <translation>Портал не ответил ни да, ни нет.</translation>
    </message>
    <message>
        <source>It has no result and no error, or a result beside an empty error.</source>
        <translation>В его ответе нет ни результата, ни ошибки либо рядом с результатом стоит пустая ошибка.</translation>
    </message>
    <message>
        <source>The answer is not a REST answer.</source>
        <translation>Это не ответ REST.</translation>
    </message>
    <message>
        <source>Something before the portal, such as a proxy or a firewall, may have answered; or the answer was cut short.</source>
        <translation>Вместо портала мог ответить прокси или межсетевой экран, или ответ обрезан.</translation>
    </message>
    <message>
        <source>Read the answer in the exchange, and look in the portal whether the workflow went on.</source>
        <translation>Прочтите ответ в тексте обмена и проверьте на портале, пошёл ли бизнес-процесс дальше.</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export the registration of %1</source>
        <translation>Выгрузка регистрации: %1</translation>
    </message>
    <message>
        <source>JSON document</source>
        <translation>документ JSON</translation>
    </message>
    <message>
        <source>Put in this program&apos;s own address, which is a secret</source>
        <translation>Подставить адрес этой программы; он секретный</translation>
    </message>
    <message>
        <source>What is exported</source>
        <translation>Что выгружается</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>Сохранено: %1.</translation>
    </message>
    <message>
        <source>Export &amp;as</source>
        <translation>Вы&amp;грузить как</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <source>Save as file…</source>
        <translation>Сохранить в файл…</translation>
    </message>
    <message>
        <source>“Import registration…” and bxgui rules import read it.</source>
        <translation>Его читают «Загрузить регистрацию…» и bxgui rules import.</translation>
    </message>
    <message>
        <source>Post it to %1 as an administrator, in the application&apos;s own context.</source>
        <translation>Отправьте это на %1 от имени администратора и самого приложения.</translation>
    </message>
    <message>
        <source>The listener does not run, so its address is not known.</source>
        <translation>Приёмник не работает, поэтому его адрес неизвестен.</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Скопировано.</translation>
    </message>
    <message>
        <source>Save the registration</source>
        <translation>Сохранить регистрацию</translation>
    </message>
</context>
<context>
    <name>FieldsTree</name>
    <message>
        <source>Fields of the call</source>
        <translation>Поля вызова</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Значение</translation>
    </message>
    <message>
        <source>Copy value</source>
        <translation>Скопировать значение</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>пусто</translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation>Скопировать имя</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Search rule, document, values (Ctrl+F)</source>
        <translation>Поиск: робот, документ, значения (Ctrl+F)</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Поиск</translation>
    </message>
    <message>
        <source>Portal</source>
        <translation>Портал</translation>
    </message>
    <message>
        <source>All portals</source>
        <translation>Все порталы</translation>
    </message>
    <message>
        <source>Follow newest</source>
        <translation>Следить за новыми</translation>
    </message>
    <message>
        <source>Select each new call as it arrives</source>
        <translation>Выбирать каждый новый вызов, как только он придёт</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 из %2</translation>
    </message>
</context>
<context>
    <name>FindingEntry</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1, not asked about for this rule: %2</source>
        <translation>%1, об этом для робота не спрашивают: %2</translation>
    </message>
    <message>
        <source>Dates…</source>
        <translation>Даты…</translation>
    </message>
    <message>
        <source>How this portal is sent dates</source>
        <translation>В каком виде портал получает даты</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Снова спрашивать</translation>
    </message>
    <message>
        <source>Go there (F8)</source>
        <translation>Перейти туда (F8)</translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message>
        <source>“%1” is not a return property of this rule: the portal drops it.</source>
        <translation>«%1» нет среди возвращаемых значений этого робота: портал его отбросит.</translation>
    </message>
    <message>
        <source>A value has no name: the portal cannot take it. Give it its name.</source>
        <translation>У значения нет имени: портал не может его принять. Укажите имя.</translation>
    </message>
    <message>
        <source>The JSON cannot be read: %2.</source>
        <translation>JSON не читается: %2.</translation>
    </message>
    <message>
        <source>“%1” is to be %3, and “%2” is not. Correct it, or leave it out.</source>
        <translation>Для «%1» ожидается %3, а «%2» не подходит. Исправьте или не отправляйте.</translation>
    </message>
    <message>
        <source>“%1” holds half of a character: the portal would refuse the whole reply. Type the text again.</source>
        <translation>В «%1» половина символа: портал отвергнет весь ответ. Наберите текст заново.</translation>
    </message>
    <message>
        <source>“%1” is given again further down: only the last one counts. Leave one out.</source>
        <translation>«%1» указано ещё раз ниже: учитывается только последнее. Оставьте одно.</translation>
    </message>
    <message>
        <source>“%1” and “%3” are the same property: the portal does not look at capital letters. Leave one out.</source>
        <translation>«%1» и «%3» — одно свойство: портал не различает большие и маленькие буквы. Оставьте одно.</translation>
    </message>
    <message>
        <source>There are no return values: the step would end without those that are required.</source>
        <translation>Возвращаемых значений нет: шаг завершится без обязательных.</translation>
    </message>
    <message>
        <source>“%1” is required and not sent: the workflow would go on without it.</source>
        <translation>«%1» обязательно и не отправляется: процесс пойдёт дальше без него.</translation>
    </message>
    <message>
        <source>“%1” is required and sent empty: the workflow would go on without it.</source>
        <translation>«%1» обязательно, а уйдёт пустым: процесс пойдёт дальше без него.</translation>
    </message>
    <message>
        <source>“%1” is to be %3: the portal stores “%2” wrongly, and does not say so.</source>
        <translation>Для «%1» ожидается %3: «%2» портал сохранит неверно и не скажет об этом.</translation>
    </message>
    <message>
        <source>“%1” is to be Y or N: the portal does not turn %2 into either.</source>
        <translation>Для «%1» ожидается Y или N: %2 портал в них не превращает.</translation>
    </message>
    <message>
        <source>“%1” has an offset: the portal shifts it by the time zone of its user.</source>
        <translation>«%1» со смещением: портал сдвинет дату по часовому поясу пользователя.</translation>
    </message>
    <message>
        <source>“%1” has an offset, and the portal&apos;s clock is not known: it is sent as %3. Choose how this portal is sent dates.</source>
        <translation>«%1» со смещением, а часы портала не известны: уйдёт %3. Выберите, в каком виде портал получает даты.</translation>
    </message>
    <message>
        <source>“%1” has no offset, and the portal&apos;s clock is not known: it is taken as UTC and sent as %3. Choose how this portal is sent dates.</source>
        <translation>«%1» без смещения, а часы портала не известны: дата считается датой UTC и уйдёт как %3. Выберите, в каком виде портал получает даты.</translation>
    </message>
    <message>
        <source>“%1” has no option “%2”: the portal stores it all the same.</source>
        <translation>У «%1» нет варианта «%2»: портал всё равно его сохранит.</translation>
    </message>
    <message>
        <source>“%1” is to be a user such as user_1: the portal does not find “%2”.</source>
        <translation>Для «%1» ожидается пользователь вида user_1: «%2» портал не найдёт.</translation>
    </message>
    <message>
        <source>“%1” is to be the id of a file: the portal takes no content, name or address here. Upload the file first, and send its id.</source>
        <translation>Для «%1» ожидается идентификатор файла: ни содержимого, ни имени, ни адреса портал здесь не принимает. Сначала загрузите файл и отправьте его идентификатор.</translation>
    </message>
    <message>
        <source>“%1” holds one value: the portal stores the list instead.</source>
        <translation>В «%1» одно значение: вместо него портал сохранит список.</translation>
    </message>
    <message>
        <source>“%1” is to be a list: the portal stores the single value instead.</source>
        <translation>Для «%1» ожидается список: вместо него портал сохранит одно значение.</translation>
    </message>
    <message>
        <source>“%1” is longer than 64 KB: the portal may cut it off. Shorten it, or send a file.</source>
        <translation>«%1» длиннее 64 КБ: портал может его обрезать. Сократите текст или отправьте файл.</translation>
    </message>
    <message>
        <source>“%1”: the portal cannot hold a number as great as %2.</source>
        <translation>«%1»: портал не может хранить такое большое число, как %2.</translation>
    </message>
    <message>
        <source>“%1”: the portal rounds the number %2. Send it as a text.</source>
        <translation>«%1»: портал округлит число %2. Отправьте его текстом.</translation>
    </message>
    <message>
        <source>“%1”: the portal stores “%2” as it is, not as %3.</source>
        <translation>«%1»: портал сохранит «%2» как есть, без преобразования (ожидается %3).</translation>
    </message>
    <message>
        <source>The post carries no event token: there is nothing to answer.</source>
        <translation>В запросе нет токена события: отвечать не на что.</translation>
    </message>
    <message>
        <source>The call does not say which portal it comes from: there is nowhere to send a reply.</source>
        <translation>В вызове не указано, с какого он портала: ответ некуда отправить.</translation>
    </message>
    <message>
        <source>The portal is not trusted yet: replies carry its access token. Look at the call first.</source>
        <translation>Порталу ещё не доверяют, а ответ несёт его токен доступа. Сначала посмотрите вызов.</translation>
    </message>
    <message>
        <source>The call names another address than the trusted portal: it may be forged. Trust the new address first if the portal has moved.</source>
        <translation>В вызове указан не тот адрес, что у доверенного портала: вызов может быть подделан. Если портал переехал, сначала доверьтесь новому адресу.</translation>
    </message>
    <message>
        <source>The call carries another application token than its portal: it may be forged. Trust the portal again if the application was reinstalled.</source>
        <translation>Токен приложения в вызове не тот, что у его портала: вызов может быть подделан. Если приложение переустановили, доверьтесь порталу заново.</translation>
    </message>
    <message>
        <source>The deadline has passed: the portal drops late values silently.</source>
        <translation>Срок истёк: опоздавшие значения портал молча отбрасывает.</translation>
    </message>
    <message>
        <source>The step does not wait: the portal will not use the values.</source>
        <translation>Шаг не ждёт: значения портал не использует.</translation>
    </message>
    <message>
        <source>A reply was accepted before: the portal drops a second one silently.</source>
        <translation>Ответ уже был принят: второй портал молча отбросит.</translation>
    </message>
    <message>
        <source>An earlier reply may have been executed: a second one would come to nothing.</source>
        <translation>Прежний ответ мог быть выполнен: второй ничего не изменит.</translation>
    </message>
    <message>
        <source>Did you mean “%3”?</source>
        <translation>Возможно, «%3»?</translation>
    </message>
    <message>
        <source>Look at line %4, column %5.</source>
        <translation>Посмотрите строку %4, столбец %5.</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>текст</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>целое число</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>число</translation>
    </message>
    <message>
        <source>Y or N</source>
        <translation>Y или N</translation>
    </message>
    <message>
        <source>a date such as %6</source>
        <translation>дата вида %6</translation>
    </message>
    <message>
        <source>a time such as 18:30</source>
        <translation>время вида 18:30</translation>
    </message>
    <message>
        <source>an option</source>
        <translation>вариант из списка</translation>
    </message>
    <message>
        <source>a user such as user_1</source>
        <translation>пользователь вида user_1</translation>
    </message>
    <message>
        <source>the id of a file</source>
        <translation>идентификатор файла</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Rename it to “%3”</source>
        <translation>Переименовать в «%3»</translation>
    </message>
    <message>
        <source>Send “%3”</source>
        <translation>Отправить «%3»</translation>
    </message>
    <message>
        <source>Do not send it</source>
        <translation>Не отправлять</translation>
    </message>
    <message>
        <source>The call&apos;s access token has expired: the portal may refuse it.</source>
        <translation>Токен доступа этого вызова истёк: портал может отклонить ответ.</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Ошибка</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Предупреждение</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Замечание</translation>
    </message>
</context>
<context>
    <name>FindingsList</name>
    <message>
        <source>F8 next, Alt+Enter mends</source>
        <translation>F8 — следующее, Alt+Enter — исправить</translation>
    </message>
    <message>
        <source>Show all, %1 more</source>
        <translation>Показать всё, ещё %1</translation>
    </message>
    <message>
        <source>Findings: %1</source>
        <translation>Что замечено: %1</translation>
    </message>
    <message>
        <source>Show errors only</source>
        <translation>Показать только ошибки</translation>
    </message>
    <message>
        <source>Show warnings and notes too</source>
        <translation>Показать и предупреждения с замечаниями</translation>
    </message>
    <message>
        <source>Nothing speaks against this reply.</source>
        <translation>Ничто не мешает отправить этот ответ.</translation>
    </message>
    <message>
        <source>Errors: %1</source>
        <translation>Ошибок: %1</translation>
    </message>
    <message>
        <source>Warnings: %1</source>
        <translation>Предупреждений: %1</translation>
    </message>
    <message>
        <source>Notes: %1</source>
        <translation>Замечаний: %1</translation>
    </message>
    <message>
        <source>Not asked about: %1</source>
        <translation>Без вопросов: %1</translation>
    </message>
</context>
<context>
    <name>FormRefill</name>
    <message>
        <source>The form holds what was sent at %1.</source>
        <translation>В форме то, что было отправлено %1.</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Отменить</translation>
    </message>
</context>
<context>
    <name>HeldMessage</name>
    <message>
        <source>Replies that waited to be sent when bxgui ended, and were not sent: %1. Nothing goes by itself: send them from the queue, or take them back.</source>
        <translation>Ответы, не отправленные до закрытия bxgui: %1. Сами они не уйдут: отправьте их из очереди или отзовите.</translation>
    </message>
    <message>
        <source>Show the queue</source>
        <translation>Показать очередь</translation>
    </message>
</context>
<context>
    <name>HistoryModel</name>
    <message>
        <source>Time</source>
        <translation>Время</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Что</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Робот</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Документ</translation>
    </message>
    <message>
        <source>HTTP</source>
        <translation>HTTP</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Итог</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>мс</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>History of attempts</source>
        <translation>История попыток</translation>
    </message>
    <message>
        <source>the newest %1; `bxgui history` lists all</source>
        <translation>последние %1; все покажет `bxgui history`</translation>
    </message>
    <message>
        <source>History</source>
        <translation>История</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Все</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Ошибки</translation>
    </message>
</context>
<context>
    <name>HttpConsent</name>
    <message>
        <source>Whoever is on the way, in the same network for instance, can then read tokens and webhooks, and answer in your place. Allow it only inside a network of your own.</source>
        <translation>Тогда любой на пути, например в той же сети, сможет прочитать токены и вебхуки и ответить вместо вас. Разрешайте это только внутри собственной сети.</translation>
    </message>
    <message>
        <source>Allow plain http to %1</source>
        <translation>Разрешить незащищённый http для %1</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Import a registration</source>
        <translation>Загрузка регистрации</translation>
    </message>
    <message>
        <source>Rule in the text</source>
        <translation>Робот в тексте</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Keep it (Ctrl+Enter)</source>
        <translation>Сохранить (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>No portal is known yet. Catch a call first: a registration belongs to a portal.</source>
        <translation>Ни один портал ещё не известен. Сначала примите вызов: регистрация принадлежит порталу.</translation>
    </message>
    <message>
        <source>Mend the errors first: they are marked in the list.</source>
        <translation>Сначала исправьте ошибки: они отмечены в списке.</translation>
    </message>
    <message>
        <source>Nothing is kept for this rule yet.</source>
        <translation>Для этого робота ещё ничего не сохранено.</translation>
    </message>
    <message>
        <source>Keeping it changes what is kept in %1 places; they are marked.</source>
        <translation>Сохранённое изменится, мест: %1; они отмечены.</translation>
    </message>
    <message>
        <source>Exactly this is kept already.</source>
        <translation>Именно это уже сохранено.</translation>
    </message>
    <message>
        <source>What is kept has changed meanwhile. Look again before you keep it.</source>
        <translation>Сохранённое тем временем изменилось. Посмотрите ещё раз, прежде чем сохранять.</translation>
    </message>
    <message>
        <source>Kept for %1. The text holds other rules: choose the next one above.</source>
        <translation>Сохранено: %1. В тексте есть другие роботы: выберите следующего выше.</translation>
    </message>
</context>
<context>
    <name>ImportTarget</name>
    <message>
        <source>Portal</source>
        <translation>Портал</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Робот</translation>
    </message>
    <message>
        <source>The text registers %1, the calls are of %2.</source>
        <translation>Текст регистрирует %1, а вызовы — от %2.</translation>
    </message>
    <message>
        <source>The text registers %1, and it is kept for %2.</source>
        <translation>Текст регистрирует %1, а сохранится для %2.</translation>
    </message>
    <message>
        <source>Keep for the &amp;rule</source>
        <translation>Сохранить для &amp;робота</translation>
    </message>
    <message>
        <source>of the &amp;portal</source>
        <translation>&amp;портала</translation>
    </message>
</context>
<context>
    <name>ImportText</name>
    <message>
        <source>What was understood</source>
        <translation>Что удалось понять</translation>
    </message>
    <message>
        <source>Paste JSON, cURL, PHP or JavaScript here, or drop a file.</source>
        <translation>Вставьте JSON, cURL, PHP или JavaScript либо перетащите файл.</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>Открыть файл…</translation>
    </message>
    <message>
        <source>Open a registration</source>
        <translation>Открыть регистрацию</translation>
    </message>
    <message>
        <source>It is not a text in UTF-8.</source>
        <translation>Это не текст в UTF-8.</translation>
    </message>
    <message>
        <source>The file %1 cannot be read. %2</source>
        <translation>Файл %1 не прочитать. %2</translation>
    </message>
    <message>
        <source>Nothing is read yet.</source>
        <translation>Пока ничего не прочитано.</translation>
    </message>
    <message>
        <source>Read as %1. Rules in it: %2.</source>
        <translation>Прочитано как %1. Роботов: %2.</translation>
    </message>
</context>
<context>
    <name>ItemsEditor</name>
    <message>
        <source>+ Add</source>
        <translation>+ Ещё</translation>
    </message>
    <message>
        <source>Add item</source>
        <translation>Добавить значение</translation>
    </message>
    <message>
        <source>Remove item</source>
        <translation>Удалить значение</translation>
    </message>
    <message>
        <source>Move item up</source>
        <translation>Передвинуть выше</translation>
    </message>
    <message>
        <source>Move item down</source>
        <translation>Передвинуть ниже</translation>
    </message>
    <message>
        <source>Enter adds an item, Alt+Del removes it, Alt+Up and Alt+Down move it, Ctrl+Shift+V pastes lines.</source>
        <translation>Enter добавляет значение, Alt+Del удаляет, Alt+Up и Alt+Down передвигают, Ctrl+Shift+V вставляет строки.</translation>
    </message>
    <message>
        <source>Paste lines</source>
        <translation>Вставить строки</translation>
    </message>
    <message>
        <source>Paste each line of the clipboard as an item</source>
        <translation>Вставить каждую строку буфера обмена отдельным значением</translation>
    </message>
    <message>
        <source>Item %1 of %2</source>
        <translation>%2, значение %1</translation>
    </message>
</context>
<context>
    <name>JsonEditor</name>
    <message>
        <source>Return values as JSON</source>
        <translation>Возвращаемые значения в JSON</translation>
    </message>
    <message>
        <source>Line %1, column %2: %3.</source>
        <translation>Строка %1, столбец %2: %3.</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>en</source>
        <translation>ru</translation>
    </message>
</context>
<context>
    <name>Languages</name>
    <message>
        <source>all</source>
        <translation>все</translation>
    </message>
    <message>
        <source>+ Language</source>
        <translation>+ Язык</translation>
    </message>
    <message>
        <source>Add a language: %1</source>
        <translation>Добавить язык: %1</translation>
    </message>
    <message>
        <source>Another…</source>
        <translation>Другой…</translation>
    </message>
    <message>
        <source>Another language</source>
        <translation>Другой язык</translation>
    </message>
    <message>
        <source>Its name in the registration, such as en</source>
        <translation>Его имя в регистрации, например en</translation>
    </message>
</context>
<context>
    <name>LearnDialog</name>
    <message>
        <source>Learn a schema from replies</source>
        <translation>Схема по ответам</translation>
    </message>
    <message>
        <source>Looking at the replies…</source>
        <translation>Просматриваю ответы…</translation>
    </message>
    <message>
        <source>Replies show names as they were sent. One that the portal dropped looks the same here: compare with the program that registers the rule.</source>
        <translation>В ответах имена такие, как их отправили. Отброшенное порталом выглядит здесь так же: сверьте с программой, которая регистрирует робота.</translation>
    </message>
    <message>
        <source>Continue in the editor…</source>
        <translation>Продолжить в редакторе…</translation>
    </message>
    <message>
        <source>The last %1 replies to %2 have returned these values. A type is guessed only where every value fits it. Tick what the rule returns; the editor opens with it.</source>
        <translation>Эти значения вернули последние ответы (%1) роботу %2. Тип угадан, только если ему подходит каждое значение. Отметьте, что робот возвращает: с этим откроется редактор.</translation>
    </message>
    <message>
        <source>No reply to %2 has returned a value yet: there is nothing to learn.</source>
        <translation>Ни один ответ роботу %2 ещё не вернул значений: узнать не из чего.</translation>
    </message>
    <message>
        <source>What would be learned</source>
        <translation>Что можно узнать</translation>
    </message>
    <message>
        <source>Property</source>
        <translation>Свойство</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Тип</translation>
    </message>
    <message>
        <source>In replies</source>
        <translation>В ответах</translation>
    </message>
    <message>
        <source>In the schema</source>
        <translation>В схеме</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 из %2</translation>
    </message>
    <message>
        <source>already there</source>
        <translation>уже есть</translation>
    </message>
</context>
<context>
    <name>LifeCycle</name>
    <message>
        <source>The application was installed or updated in this portal. Calls with another application token than this one are marked.</source>
        <translation>Приложение установлено или обновлено на этом портале. Вызовы с другим токеном приложения помечаются.</translation>
    </message>
    <message>
        <source>The application was removed from this portal: the portal will refuse replies.</source>
        <translation>Приложение удалено с этого портала: портал не примет ответы.</translation>
    </message>
    <message>
        <source>The application was removed from this portal, and installed again or trusted since.</source>
        <translation>Приложение удаляли с этого портала, но потом установили снова или вы подтвердили доверие.</translation>
    </message>
    <message>
        <source>The event does not say which portal it comes from: it changed nothing.</source>
        <translation>Событие не называет свой портал и ничего не изменило.</translation>
    </message>
    <message>
        <source>The event carries no application token: it proves nothing.</source>
        <translation>В событии нет токена приложения: оно ничего не доказывает.</translation>
    </message>
    <message>
        <source>The event changed nothing: no application token is kept that could prove it.</source>
        <translation>Событие ничего не изменило: нет сохранённого токена приложения, чтобы его проверить.</translation>
    </message>
    <message>
        <source>The event carries another application token than the one kept for its portal, so it changed nothing. If you have installed the application anew, trust the portal from here.</source>
        <translation>В событии другой токен приложения, не тот, что сохранён для портала, поэтому оно ничего не изменило. Если вы переустановили приложение, подтвердите доверие порталу отсюда.</translation>
    </message>
    <message>
        <source>The event carries another application token than the one kept for its portal, so it changed nothing. It may be forged.</source>
        <translation>В событии другой токен приложения, не тот, что сохранён для портала, поэтому оно ничего не изменило. Возможно, оно подделано.</translation>
    </message>
    <message>
        <source>The application was removed from this portal on %1: the portal will refuse replies.</source>
        <translation>Приложение удалено с этого портала %1: портал не примет ответы.</translation>
    </message>
</context>
<context>
    <name>ListPage</name>
    <message>
        <source>What will go out</source>
        <translation>Что будет отправлено</translation>
    </message>
    <message>
        <source>Request of the selected line</source>
        <translation>Запрос выделенной строки</translation>
    </message>
    <message>
        <source>Space ticks the selected lines; a double click goes to the token.</source>
        <translation>Пробел ставит и снимает отметки у выделенных строк; двойной щелчок открывает токен.</translation>
    </message>
    <message>
        <source>In a batch, this is its command (the token is masked):</source>
        <translation>В пакете это такая команда (токен скрыт):</translation>
    </message>
    <message>
        <source>The same reply in a request of its own:</source>
        <translation>Тот же ответ отдельным запросом:</translation>
    </message>
</context>
<context>
    <name>ListenerBar</name>
    <message>
        <source>Copy the handler&apos;s address</source>
        <translation>Скопировать адрес обработчика</translation>
    </message>
    <message>
        <source>Send a test call</source>
        <translation>Отправить тестовый вызов</translation>
    </message>
    <message>
        <source>Post a call from a practice portal on this computer, to try everything out</source>
        <translation>Отправить вызов с учебного портала на этом компьютере, чтобы всё попробовать</translation>
    </message>
    <message>
        <source>Restart listener</source>
        <translation>Перезапустить приёмник</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Запускается</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>Слушает</translation>
    </message>
    <message>
        <source>Not listening</source>
        <translation>Не слушает</translation>
    </message>
    <message>
        <source>More: portals, rules, listener</source>
        <translation>Ещё: порталы, роботы, приёмник</translation>
    </message>
    <message>
        <source>Portals…</source>
        <translation>Порталы…</translation>
    </message>
    <message>
        <source>Rules…</source>
        <translation>Роботы…</translation>
    </message>
    <message>
        <source>Repeats of replies…</source>
        <translation>Повторы ответов…</translation>
    </message>
    <message>
        <source>Listener settings…</source>
        <translation>Настройки приёмника…</translation>
    </message>
    <message>
        <source>New secret address…</source>
        <translation>Новый секретный адрес…</translation>
    </message>
    <message>
        <source>Check the listener…</source>
        <translation>Проверить приёмник…</translation>
    </message>
</context>
<context>
    <name>ListenerMessages</name>
    <message>
        <source>The listener has stopped: %1 Calls that portals send now are lost, and they do not come again.</source>
        <translation>Приёмник остановился. %1 Вызовы, которые порталы отправляют сейчас, теряются и больше не придут.</translation>
    </message>
    <message>
        <source>Restart listener</source>
        <translation>Перезапустить приёмник</translation>
    </message>
    <message>
        <source>The listener has ended and is being started again: %1 Calls that portals send meanwhile are lost, and they do not come again.</source>
        <translation>Приёмник завершился и запускается снова. %1 Вызовы, которые порталы отправляют в это время, теряются и больше не придут.</translation>
    </message>
    <message>
        <source>The listener ended at %1: %2 It listens again since %3. Nobody listened for %4: calls that portals sent in that time are lost, and they do not come again.</source>
        <translation>Приёмник завершился в %1. %2 С %3 он слушает снова. Перерыв длился %4: вызовы, которые порталы отправили за это время, потеряны и больше не придут.</translation>
    </message>
    <message>
        <source>That was outage number %1 since the window was opened.</source>
        <translation>С открытия окна это перерыв номер %1.</translation>
    </message>
    <message>
        <source>The listener has no room for all that comes, and turned posts away: %1. Calls among them are lost, and they do not come again.</source>
        <translation>Приёмник не справляется с потоком и отклонил часть запросов: %1. Если среди них были вызовы, они потеряны и больше не придут.</translation>
    </message>
    <message>
        <source>The listener rejected a post that is not a call: %1.</source>
        <translation>Приёмник отклонил запрос, который не является вызовом: %1.</translation>
    </message>
    <message>
        <source>Show rejected posts</source>
        <translation>Показать отклонённые</translation>
    </message>
    <message>
        <source>Calls lost, for portals do not repeat them: %1. Start their workflows again once the cause is mended.</source>
        <translation>Потеряно вызовов: %1, порталы их не повторят. Устраните причину и запустите бизнес-процессы заново.</translation>
    </message>
    <message>
        <source>Calls that could not be stored: %1. They are kept in an emergency file beside the store, and are taken in as soon as it can be written again.</source>
        <translation>Не удалось сохранить вызовов: %1. Они записаны в аварийный файл рядом с хранилищем и попадут в хранилище, как только туда снова можно будет писать.</translation>
    </message>
    <message>
        <source>The listener cannot use the store: %1 It keeps calls in an emergency file beside it, as far as that can be written, and takes them in as soon as the store works.</source>
        <translation>Приёмник не может пользоваться хранилищем: %1 Вызовы он складывает в аварийный файл рядом, если его удаётся записать, и перенесёт их, как только хранилище заработает.</translation>
    </message>
    <message>
        <source>The store can be written again.</source>
        <translation>В хранилище снова можно писать.</translation>
    </message>
    <message>
        <source>Calls taken in from the emergency file: %1.</source>
        <translation>Вызовов принято из аварийного файла: %1.</translation>
    </message>
    <message>
        <source>The store was damaged, and a new one was begun. Nothing is deleted: the former calls and replies are in the file %1 beside it.</source>
        <translation>Хранилище было повреждено, начато новое. Ничего не удалено: прежние вызовы и ответы остались рядом с ним в файле %1.</translation>
    </message>
    <message>
        <source>The store&apos;s file was gone, and a new one was begun. Calls and replies that were in it are no longer shown. Look who deletes or moves files in the data folder.</source>
        <translation>Файл хранилища исчез, начато новое. Прежние вызовы и ответы больше не показываются. Проверьте, кто удаляет или переносит файлы в папке данных.</translation>
    </message>
    <message>
        <source>Another file was put in the store&apos;s place, and is used from now on.</source>
        <translation>На место хранилища положили другой файл, и теперь используется он.</translation>
    </message>
    <message>
        <source>The former one is kept beside it as %1.</source>
        <translation>Прежний сохранён рядом под именем %1.</translation>
    </message>
    <message>
        <source>Calls that the listener had stored were missing in the store&apos;s file, and were put there again: %1.</source>
        <translation>Сохранённых вызовов не хватало в файле хранилища, они записаны туда снова: %1.</translation>
    </message>
    <message>
        <source>Calls that the listener had stored may be missing in the store&apos;s file: %1. They are kept in an emergency file beside it until it can be written.</source>
        <translation>Сохранённых вызовов может не хватать в файле хранилища: %1. Они лежат в аварийном файле рядом, пока хранилище нельзя записать.</translation>
    </message>
    <message>
        <source>Calls that the listener had stored may be missing in the store&apos;s file, and could not be kept elsewhere: %1. Start their workflows again where they are not listed.</source>
        <translation>Сохранённых вызовов может не хватать в файле хранилища, и сохранить их в другом месте не удалось: %1. Если их нет в списке, запустите их бизнес-процессы заново.</translation>
    </message>
    <message>
        <source>The new TLS certificate or key cannot be used: %1. The listener goes on with the former one. Mend the files; they are looked at again by themselves.</source>
        <translation>Новый сертификат TLS или ключ не подходит: %1. Приёмник работает с прежним. Исправьте файлы: приёмник проверит их сам.</translation>
    </message>
    <message>
        <source>The listener has taken the new TLS certificate.</source>
        <translation>Приёмник начал использовать новый сертификат TLS.</translation>
    </message>
    <message>
        <source>The handler has a new secret address. Rules keep the HANDLER that they were registered with: register them again with the new one.</source>
        <translation>У обработчика новый секретный адрес. Роботы сохраняют HANDLER, с которым их зарегистрировали: зарегистрируйте их снова, с новым адресом.</translation>
    </message>
    <message>
        <source>Copy the new address</source>
        <translation>Скопировать новый адрес</translation>
    </message>
    <message>
        <source>The disk with the store is nearly full: %1 are left. Without room no call can be stored, and portals do not repeat them. Free some space.</source>
        <translation>Диск с хранилищем почти заполнен: осталось %1. Без свободного места вызовы не сохранить, а порталы их не повторяют. Освободите место.</translation>
    </message>
    <message>
        <source>Another bxgui answers at %1 and serves the same store: calls appear here all the same. Close one of the two, or give it another port.</source>
        <translation>По адресу %1 отвечает другой bxgui с тем же хранилищем: вызовы всё равно появятся здесь. Закройте один из двух или дайте ему другой порт.</translation>
    </message>
    <message>
        <source>Another program answers at %1, not this listener: calls that come there are lost. Close that program, or choose another port.</source>
        <translation>По адресу %1 отвечает другая программа, а не этот приёмник: вызовы, которые приходят туда, теряются. Закройте её или выберите другой порт.</translation>
    </message>
    <message>
        <source>The listener runs, but nothing answers at %1: calls may be lost. Look whether a firewall keeps programs from it, or restart the listener.</source>
        <translation>Приёмник работает, но по адресу %1 никто не отвечает: вызовы могут теряться. Проверьте, не мешает ли брандмауэр, или перезапустите приёмник.</translation>
    </message>
    <message>
        <source>Listener settings…</source>
        <translation>Настройки приёмника…</translation>
    </message>
    <message>
        <source>Port %1 is taken by another bxgui that serves the same store, so calls appear here all the same, as long as it runs.</source>
        <translation>Порт %1 занят другим bxgui с тем же хранилищем: пока он работает, вызовы всё равно появляются здесь.</translation>
    </message>
</context>
<context>
    <name>ListenerPulse</name>
    <message>
        <source>Calls that were stored in the last minute</source>
        <translation>Вызовы, сохранённые за последнюю минуту</translation>
    </message>
    <message>
        <source>1 call/min</source>
        <translation>вызовов/мин: 1</translation>
    </message>
    <message>
        <source>%1 calls/min</source>
        <translation>вызовов/мин: %1</translation>
    </message>
    <message>
        <source>last call %1</source>
        <translation>последний %1</translation>
    </message>
    <message>
        <source>%1 rejected/min</source>
        <translation>отклонено/мин: %1</translation>
    </message>
    <message>
        <source>Posts that were not taken in the last minute. Click to see which, and why.</source>
        <translation>Запросы, которые не были приняты за последнюю минуту. Нажмите, чтобы увидеть какие и почему.</translation>
    </message>
</context>
<context>
    <name>LivePreview</name>
    <message>
        <source>Select a token to see what a reply to it would send.</source>
        <translation>Выберите токен, чтобы увидеть, что отправит ответ на него.</translation>
    </message>
    <message>
        <source>There is no request yet. %1</source>
        <translation>Запроса пока нет. %1</translation>
    </message>
    <message>
        <source>There is no request. %1</source>
        <translation>Запроса нет. %1</translation>
    </message>
</context>
<context>
    <name>LocalTextEdit</name>
    <message>
        <source>Remove the language %1: %2</source>
        <translation>Убрать язык %1: %2</translation>
    </message>
</context>
<context>
    <name>LoginDialog</name>
    <message>
        <source>Log in to %1</source>
        <translation>Вход на портал %1</translation>
    </message>
    <message>
        <source>&amp;Open the page</source>
        <translation>&amp;Открыть страницу</translation>
    </message>
    <message>
        <source>Copy the address of the page</source>
        <translation>Скопировать адрес страницы</translation>
    </message>
    <message>
        <source>&amp;Use it</source>
        <translation>&amp;Использовать</translation>
    </message>
    <message>
        <source>Begin &amp;again</source>
        <translation>Начать &amp;заново</translation>
    </message>
    <message>
        <source>Address of the consent page</source>
        <translation>Адрес страницы согласия</translation>
    </message>
    <message>
        <source>1.  Open the consent page in a browser that is signed in to %1, and agree there.</source>
        <translation>1.  Откройте страницу согласия в браузере, где выполнен вход на портал %1, и согласитесь.</translation>
    </message>
    <message>
        <source>2.  The browser then goes to the handler&apos;s address of the application. Where that is this program&apos;s listener, the code arrives here by itself.

Else paste the whole address of the page on which the browser has ended. Be quick: the code in it lives 30 seconds.</source>
        <translation>2.  Затем браузер перейдёт на адрес обработчика приложения. Если это приёмник этой программы, код придёт сюда сам.

Иначе вставьте полный адрес страницы, на которой остановился браузер. Поторопитесь: код в нём живёт 30 секунд.</translation>
    </message>
    <message>
        <source>Address of the page on which the browser has ended</source>
        <translation>Адрес страницы, на которой остановился браузер</translation>
    </message>
    <message>
        <source>address with code=… in it, or the code</source>
        <translation>адрес, в котором есть code=…, или сам код</translation>
    </message>
    <message>
        <source>Beginning…</source>
        <translation>Начинаем…</translation>
    </message>
    <message>
        <source>Waiting for the code…</source>
        <translation>Ждём код…</translation>
    </message>
    <message>
        <source>Exchanging the code for tokens…</source>
        <translation>Обмениваем код на токены…</translation>
    </message>
    <message>
        <source>The application is authorized for %1.</source>
        <translation>Приложение авторизовано на портале %1.</translation>
    </message>
    <message>
        <source>Requests are made as user %1.</source>
        <translation>Запросы идут от пользователя %1.</translation>
    </message>
    <message>
        <source>No code has come. Begin the login again.</source>
        <translation>Код не пришёл. Начните вход заново.</translation>
    </message>
    <message>
        <source>No browser could be opened. Copy the address and open it yourself.</source>
        <translation>Не удалось открыть браузер. Скопируйте адрес и откройте его сами.</translation>
    </message>
</context>
<context>
    <name>LongText</name>
    <message>
        <source>Show all</source>
        <translation>Показать целиком</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>bxgui</source>
        <translation>bxgui</translation>
    </message>
    <message>
        <source>↑↓ select   Ctrl+Enter send   Ctrl+J JSON   Ctrl+F search   F1 keys</source>
        <translation>↑↓ выбор   Ctrl+Enter отправить   Ctrl+J JSON   Ctrl+F поиск   F1 клавиши</translation>
    </message>
    <message>
        <source>The store is not open.</source>
        <translation>Хранилище не открыто.</translation>
    </message>
    <message>
        <source>secrets: %1</source>
        <translation>секреты: %1</translation>
    </message>
    <message>
        <source>secrets: in memory only</source>
        <translation>секреты: только в памяти</translation>
    </message>
    <message>
        <source>Secrets are kept in memory only, because %1. Calls caught now can be looked at later, but not answered after bxgui is closed.</source>
        <translation>Секреты хранятся только в памяти: %1. Пойманные сейчас вызовы можно будет посмотреть и потом, но ответить на них после закрытия bxgui не получится.</translation>
    </message>
    <message>
        <source>No rejected posts</source>
        <translation>Отклонённых запросов нет</translation>
    </message>
    <message>
        <source>What reaches the listener and is not taken is kept here for a while, with the reason and its first bytes.</source>
        <translation>Запросы, которые приёмник не принял, хранятся здесь некоторое время вместе с причиной и первыми байтами.</translation>
    </message>
    <message>
        <source>The filter hides all calls</source>
        <translation>Фильтр скрывает все вызовы</translation>
    </message>
    <message>
        <source>There are calls, but none fits the state, portal or search text chosen.</source>
        <translation>Вызовы есть, но ни один не подходит под выбранное состояние, портал или текст поиска.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Показать все</translation>
    </message>
    <message>
        <source>Not listening</source>
        <translation>Приёмник не работает</translation>
    </message>
    <message>
        <source>No call can be caught until the listener runs. The bar above says why.</source>
        <translation>Пока приёмник не работает, поймать вызов нельзя. Причина — в строке сверху.</translation>
    </message>
    <message>
        <source>Listening, and nothing has come yet</source>
        <translation>Приёмник слушает, но вызовов ещё не было</translation>
    </message>
    <message>
        <source>1.  Make the address above reachable from the internet, for example with a tunnel, and enter what it is called outside under ⋯ Listener settings.

2.  Register your rule with that address as its HANDLER and with USE_SUBSCRIPTION=Y.

3.  Start a workflow that uses the rule. Its call appears here.

No portal at hand? Send a test call: a practice portal on this computer posts one, and you can answer it.</source>
        <translation>1.  Откройте адрес, указанный сверху, для доступа из интернета, например через туннель, и впишите его внешнее имя: ⋯ Настройки приёмника.

2.  Зарегистрируйте робота с этим адресом в HANDLER и с USE_SUBSCRIPTION=Y.

3.  Запустите бизнес-процесс с этим роботом. Вызов появится здесь.

Нет портала под рукой? Отправьте тестовый вызов: он придёт с учебного портала на этом компьютере, и на него можно ответить.</translation>
    </message>
    <message>
        <source>Send a test call</source>
        <translation>Отправить тестовый вызов</translation>
    </message>
    <message>
        <source>Reply to %1</source>
        <translation>Ответ на %1</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Клавиши</translation>
    </message>
    <message>
        <source>Ctrl+Enter	send the reply
Ctrl+J	form or JSON
Ctrl+P	preview of the request
Ctrl+M	unset, empty, default or type of a value
F4	calendar, users, or what a file is
F8	next finding (Shift+F8: the one before)
Alt+Enter	mend the finding at the cursor
Ctrl+F	search
Ctrl+L	to the list of tokens
Ctrl+Shift+P	portals
↑ ↓	another token
Shift+↑ ↓, Ctrl+A	select several tokens
Ctrl+Shift+A	select all waiting of the rule
Ctrl+Shift+Enter	reply to all that are selected
Alt+1 … Alt+4	Reply, Call, Raw, Attempts
Ctrl+C	copy the value selected in Call
F1	this list</source>
        <translation>Ctrl+Enter	отправить ответ
Ctrl+J	форма или JSON
Ctrl+P	предпросмотр запроса
Ctrl+M	не отправлять, пустое, по умолчанию или тип значения
F4	календарь, пользователи или пояснение о файле
F8	следующее замечание (Shift+F8: предыдущее)
Alt+Enter	исправить там, где курсор
Ctrl+F	поиск
Ctrl+L	к списку токенов
Ctrl+Shift+P	порталы
↑ ↓	другой токен
Shift+↑ ↓, Ctrl+A	выделить несколько токенов
Ctrl+Shift+A	выделить все ожидающие этого робота
Ctrl+Shift+Enter	ответить всем выделенным
Alt+1 … Alt+4	вкладки справа
Ctrl+C	скопировать выбранное значение
F1	этот список</translation>
    </message>
</context>
<context>
    <name>Many</name>
    <message>
        <source>log: %1</source>
        <translation>журнал: %1</translation>
    </message>
    <message>
        <source>To be sent: %1. Requests: %2. Left out: %3.</source>
        <translation>Будет отправлено: %1. Запросов: %2. Не войдёт: %3.</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>отправляется</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>принят</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>отклонён</translation>
    </message>
    <message>
        <source>not executed</source>
        <translation>не выполнен</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>неизвестно</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>не отправлен</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>отозван</translation>
    </message>
    <message>
        <source>Taken back before it was sent. The token waits as before.</source>
        <translation>Отозван до отправки. Токен ждёт, как и раньше.</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Вызов</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Документ</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Итог</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Код</translation>
    </message>
    <message>
        <source>What it means</source>
        <translation>Что это значит</translation>
    </message>
</context>
<context>
    <name>ManyDialog</name>
    <message>
        <source>Reply to many tokens</source>
        <translation>Ответ на много токенов</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Назад</translation>
    </message>
    <message>
        <source>&amp;Take back the rest</source>
        <translation>&amp;Отозвать остальные</translation>
    </message>
    <message>
        <source>Take back what is not on its way to the portal yet</source>
        <translation>Отозвать то, что ещё не ушло на портал</translation>
    </message>
    <message>
        <source>Retry the &amp;failed</source>
        <translation>&amp;Повторить неудачные</translation>
    </message>
    <message>
        <source>&amp;Copy results</source>
        <translation>&amp;Копировать итоги</translation>
    </message>
    <message>
        <source>As &amp;text</source>
        <translation>Как &amp;текст</translation>
    </message>
    <message>
        <source>As &amp;CSV</source>
        <translation>Как &amp;CSV</translation>
    </message>
    <message>
        <source>&amp;Next: the list</source>
        <translation>&amp;Далее: список</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Rule %1 · tokens: %2</source>
        <translation>Робот %1 · токенов: %2</translation>
    </message>
    <message>
        <source>1 of 3 · values</source>
        <translation>1 из 3 · значения</translation>
    </message>
    <message>
        <source>2 of 3 · what goes out</source>
        <translation>2 из 3 · что уйдёт</translation>
    </message>
    <message>
        <source>3 of 3 · results</source>
        <translation>3 из 3 · итоги</translation>
    </message>
    <message>
        <source>Retry the &amp;failed: %1</source>
        <translation>&amp;Повторить неудачные: %1</translation>
    </message>
    <message>
        <source>&amp;Send replies: %1</source>
        <translation>&amp;Отправить ответы: %1</translation>
    </message>
    <message>
        <source>Send %1 replies to the rule %2?</source>
        <translation>Отправить ответы (%1) роботу %2?</translation>
    </message>
    <message>
        <source>&amp;Send all the same</source>
        <translation>&amp;Всё равно отправить</translation>
    </message>
    <message>
        <source>Something has changed since this list was made. Look at it again.</source>
        <translation>С тех пор как составлен список, что-то изменилось. Просмотрите его ещё раз.</translation>
    </message>
    <message>
        <source>What is not on its way is taken back. What is being sent now, up to 50 replies, can no longer be: wait for its outcome.</source>
        <translation>Всё, что ещё не ушло, отзывается. То, что отправляется сейчас (до 50 ответов), отозвать уже нельзя: дождитесь итога.</translation>
    </message>
    <message>
        <source>Copied the results, without secrets.</source>
        <translation>Итоги скопированы, без секретов.</translation>
    </message>
</context>
<context>
    <name>ManyReplies</name>
    <message>
        <source>Select the tokens first: Shift and the arrow keys, Ctrl and a click, or Ctrl+Shift+A for every waiting token of the rule shown.</source>
        <translation>Сначала выделите токены: Shift и стрелки, Ctrl и щелчок или Ctrl+Shift+A, чтобы выделить все ожидающие токены показанного робота.</translation>
    </message>
    <message>
        <source>The call shown belongs to no rule of a portal: select another one.</source>
        <translation>Показанный вызов не относится ни к одному роботу портала: выделите другой.</translation>
    </message>
    <message>
        <source>One set of values fits one rule of one portal, and %1 of the selected tokens are of others than %2.</source>
        <translation>Один набор значений подходит одному роботу одного портала, а %1 из выделенных токенов относятся не к %2.</translation>
    </message>
    <message>
        <source>Keep only its tokens: %1</source>
        <translation>Оставить только его токены: %1</translation>
    </message>
    <message>
        <source>The replies to many tokens are over. %1</source>
        <translation>Ответы на много токенов завершены. %1</translation>
    </message>
    <message>
        <source>Show the results</source>
        <translation>Показать итоги</translation>
    </message>
    <message>
        <source>Waiting tokens of the rule selected: %1.</source>
        <translation>Выделено ожидающих токенов робота: %1.</translation>
    </message>
    <message>
        <source>Not selected: %1, because more go at once only in parts.</source>
        <translation>Не выделено: %1, потому что столько за один раз отправить нельзя, только по частям.</translation>
    </message>
    <message>
        <source>Hidden by the filter, and not selected: %1.</source>
        <translation>Скрыто фильтром и не выделено: %1.</translation>
    </message>
</context>
<context>
    <name>MarkingBar</name>
    <message>
        <source>Selected tokens</source>
        <translation>Выделенные токены</translation>
    </message>
    <message>
        <source>&amp;Reply to all of them…</source>
        <translation>&amp;Ответить всем…</translation>
    </message>
    <message>
        <source>One set of values for all that are selected (Ctrl+Shift+Enter)</source>
        <translation>Один набор значений для всех выделенных (Ctrl+Shift+Enter)</translation>
    </message>
    <message>
        <source>All waiting of this &amp;rule</source>
        <translation>Все ожидающие &amp;робота</translation>
    </message>
    <message>
        <source>Select every waiting token of the rule of the call beside (Ctrl+Shift+A)</source>
        <translation>Выделить все ожидающие токены робота, вызов которого показан рядом (Ctrl+Shift+A)</translation>
    </message>
    <message>
        <source>Select only the call shown beside</source>
        <translation>Выделить только вызов, показанный рядом</translation>
    </message>
    <message>
        <source>Tokens selected: %1</source>
        <translation>Выделено токенов: %1</translation>
    </message>
    <message>
        <source>at most %1 can be replied to at once</source>
        <translation>за один раз можно ответить не более чем на %1</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Message</source>
        <translation>Сообщение</translation>
    </message>
    <message>
        <source>Close this message to read the next one</source>
        <translation>Закройте это сообщение, чтобы прочитать следующее</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>Закрыть сообщение</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>ещё %1</translation>
    </message>
</context>
<context>
    <name>Move</name>
    <message>
        <source>At %1 the portal says that it is at %2 now. Nothing has gone there yet.</source>
        <translation>Портал с адреса %1 сообщает, что теперь он на %2. Туда ещё ничего не ушло.</translation>
    </message>
    <message>
        <source>The redirect names no address of a portal, so bxgui cannot follow it. A page where people sign in, for example, is none.</source>
        <translation>Перенаправление не называет адреса портала, поэтому bxgui не может перейти. Страница входа, например, таким адресом не является.</translation>
    </message>
    <message>
        <source>At %1 the portal says that it is at %2 now, by plain http. bxgui sends no secrets over that, so it cannot follow. Have the portal name its https address, or allow plain http for the new host where portals are moved: Portals, Move.</source>
        <translation>На %1 портал сообщает, что теперь он на %2, по незащищённому http. bxgui не передаёт по нему секретов и поэтому не может перейти. Пусть портал назовёт свой адрес https, или разрешите незащищённый http для нового хоста при переносе: «Порталы», «Перенести…».</translation>
    </message>
    <message>
        <source>bxgui has the portal at %2 by now: the reply can be sent again there.</source>
        <translation>bxgui уже знает портал по адресу %2: ответ можно отправить туда снова.</translation>
    </message>
    <message>
        <source>Follow the portal from %1 to %2?</source>
        <translation>Перейти вслед за порталом с %1 на %2?</translation>
    </message>
    <message>
        <source>bxgui will keep %2 as the address of this portal. What authorizes requests to it, secrets entered by hand among them, goes to %2 from then on, and so does this reply to %3 with its event token. Nothing goes to %1 any more.
Say yes only if you know that this is your portal&apos;s new address.</source>
        <translation>bxgui запомнит %2 как адрес этого портала. Всё, чем авторизуются запросы к нему, в том числе введённые вручную секреты, с этого момента уходит на %2; туда же уйдёт и этот ответ для %3 с его токеном события. На %1 больше ничего не уйдёт.
Соглашайтесь, только если вы знаете, что это новый адрес вашего портала.</translation>
    </message>
    <message>
        <source>&amp;Follow and send</source>
        <translation>&amp;Перейти и отправить</translation>
    </message>
</context>
<context>
    <name>MoveDialog</name>
    <message>
        <source>Move %1</source>
        <translation>Перенести %1</translation>
    </message>
    <message>
        <source>Move it there</source>
        <translation>Перенести туда</translation>
    </message>
    <message>
        <source>For a portal that was renamed. From then on its secrets go to the new address: the webhook, the tokens and the replies. Move it only if you know that the new address is the same portal&apos;s, for example from its administrator.</source>
        <translation>Для портала, который переименовали. После этого его секреты пойдут на новый адрес: вебхук, токены и ответы. Переносите, только если знаете, что по новому адресу тот же портал, например от его администратора.</translation>
    </message>
    <message>
        <source>Now it is at %1</source>
        <translation>Сейчас он на %1</translation>
    </message>
    <message>
        <source>New &amp;address</source>
        <translation>Новый &amp;адрес</translation>
    </message>
    <message>
        <source>Its secrets will go to %1</source>
        <translation>Его секреты пойдут на %1</translation>
    </message>
    <message>
        <source>Its host is enough; the address of any of its pages will do.</source>
        <translation>Достаточно хоста; подойдёт и адрес любой его страницы.</translation>
    </message>
    <message>
        <source>This is not the address of a portal.</source>
        <translation>Это не адрес портала.</translation>
    </message>
    <message>
        <source>It is there already.</source>
        <translation>Он уже там.</translation>
    </message>
</context>
<context>
    <name>NewAddressDialog</name>
    <message>
        <source>New secret address</source>
        <translation>Новый секретный адрес</translation>
    </message>
    <message>
        <source>Give the handler a new secret address?</source>
        <translation>Дать обработчику новый секретный адрес?</translation>
    </message>
    <message>
        <source>Whoever knows the address can post calls. A new one is wanted when it may have become known.

Rules keep the HANDLER that they were registered with: register each of them again with the new address while the former one is still honoured. Calls that come to the former address later are lost, and their workflows wait in vain.</source>
        <translation>Вызов может прислать любой, кто знает адрес. Новый нужен, если прежний мог стать известен посторонним.

Роботы сохраняют HANDLER, с которым их зарегистрировали: зарегистрируйте каждого снова, с новым адресом, пока прежний ещё действует. Вызовы, которые придут на прежний адрес позже, теряются, и их бизнес-процессы ждут напрасно.</translation>
    </message>
    <message>
        <source>Honour the former address for 7 days</source>
        <translation>Прежний адрес действует ещё 7 дней</translation>
    </message>
    <message>
        <source>Honour the former address for 1 day</source>
        <translation>Прежний адрес действует ещё 1 день</translation>
    </message>
    <message>
        <source>Stop honouring the former address at once</source>
        <translation>Прежний адрес перестаёт действовать сразу</translation>
    </message>
    <message>
        <source>Make a new address</source>
        <translation>Создать новый адрес</translation>
    </message>
</context>
<context>
    <name>OptionsEdit</name>
    <message>
        <source>Options</source>
        <translation>Варианты</translation>
    </message>
    <message>
        <source>titles of options</source>
        <translation>заголовки вариантов</translation>
    </message>
    <message>
        <source>+ Add</source>
        <translation>+ Ещё</translation>
    </message>
    <message>
        <source>Add option</source>
        <translation>Добавить вариант</translation>
    </message>
    <message>
        <source>Remove option</source>
        <translation>Убрать вариант</translation>
    </message>
    <message>
        <source>Move option up</source>
        <translation>Передвинуть вариант выше</translation>
    </message>
    <message>
        <source>Move option down</source>
        <translation>Передвинуть вариант ниже</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Заголовок</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Ключ</translation>
    </message>
</context>
<context>
    <name>OutcomeCard</name>
    <message>
        <source>Docs ↗</source>
        <translation>Справка ↗</translation>
    </message>
    <message>
        <source>Open Bitrix24&apos;s documentation of this outcome in the browser</source>
        <translation>Открыть в браузере документацию Битрикс24 об этом итоге</translation>
    </message>
    <message>
        <source>Check workflow</source>
        <translation>Проверить процесс</translation>
    </message>
    <message>
        <source>Ask the portal whether the workflow lives; nothing is changed there</source>
        <translation>Спросить портал, жив ли бизнес-процесс; там ничего не изменится</translation>
    </message>
    <message>
        <source>Send again…</source>
        <translation>Отправить снова…</translation>
    </message>
    <message>
        <source>Send the same values and log message again, after a question</source>
        <translation>Отправить те же значения и запись в журнал ещё раз, после вопроса</translation>
    </message>
    <message>
        <source>Open in the form</source>
        <translation>Открыть в форме</translation>
    </message>
    <message>
        <source>Put the values and the log message of this attempt into the reply form</source>
        <translation>Перенести значения и запись в журнал этой попытки в форму ответа</translation>
    </message>
    <message>
        <source>What came of the reply</source>
        <translation>Что вышло из ответа</translation>
    </message>
    <message>
        <source>The portal&apos;s words: %1</source>
        <translation>Портал сообщил: %1</translation>
    </message>
    <message>
        <source>Follow to %1…</source>
        <translation>Перейти на %1…</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Проверка…</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Проверить снова</translation>
    </message>
</context>
<context>
    <name>PastedText</name>
    <message>
        <source>Text of the registration</source>
        <translation>Текст регистрации</translation>
    </message>
</context>
<context>
    <name>PlanModel</name>
    <message>
        <source>Document</source>
        <translation>Документ</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>What goes out</source>
        <translation>Что уйдёт</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>Замечания</translation>
    </message>
</context>
<context>
    <name>PortalDialogs</name>
    <message>
        <source>Added: %1.</source>
        <translation>Добавлен: %1.</translation>
    </message>
    <message>
        <source>Forgotten: %1.</source>
        <translation>Забыт: %1.</translation>
    </message>
    <message>
        <source>The incoming webhook of %1 is kept.</source>
        <translation>Входящий вебхук портала %1 сохранён.</translation>
    </message>
    <message>
        <source>Client id and secret for %1 are kept.</source>
        <translation>Client id и client secret для %1 сохранены.</translation>
    </message>
    <message>
        <source>The incoming webhook of %1 is removed.</source>
        <translation>Входящий вебхук портала %1 убран.</translation>
    </message>
    <message>
        <source>The application of %1 is removed.</source>
        <translation>Приложение портала %1 убрано.</translation>
    </message>
    <message>
        <source>But it is kept in memory only, because %1: enter it again when bxgui was closed.</source>
        <translation>Но хранится это только в памяти: %1. После закрытия bxgui укажите ещё раз.</translation>
    </message>
    <message>
        <source>But the keyring may still hold what was entered, because %1: remove the entry of bxgui there.</source>
        <translation>Но введённое могло остаться в связке ключей, потому что %1: удалите там запись bxgui.</translation>
    </message>
</context>
<context>
    <name>PortalSettingsDialog</name>
    <message>
        <source>Settings of %1</source>
        <translation>Настройки портала %1</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>none but the system&apos;s</source>
        <translation>только системные</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Название</translation>
    </message>
    <message>
        <source>&amp;Requests a second</source>
        <translation>&amp;Запросов в секунду</translation>
    </message>
    <message>
        <source>Requests at &amp;once</source>
        <translation>Запросов &amp;сразу</translation>
    </message>
    <message>
        <source>Bitrix24 takes %1 requests a second and %2 at once, in the Enterprise plan 5 and 250. What other programs on this computer send counts too.</source>
        <translation>Битрикс24 принимает %1 запроса в секунду и %2 сразу, на тарифе «Энтерпрайз» — 5 и 250. Запросы других программ на этом компьютере тоже считаются.</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>&amp;Выбрать…</translation>
    </message>
    <message>
        <source>Remo&amp;ve</source>
        <translation>&amp;Убрать</translation>
    </message>
    <message>
        <source>&amp;CA file</source>
        <translation>&amp;Файл УЦ</translation>
    </message>
    <message>
        <source>CA file</source>
        <translation>Файл УЦ</translation>
    </message>
    <message>
        <source>A PEM file of the authority that has signed the certificate of a portal of your own. It is believed besides the system&apos;s, for this portal alone.</source>
        <translation>Файл PEM удостоверяющего центра, который подписал сертификат вашего собственного портала. Ему верят вдобавок к системным и только для этого портала.</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer);;All files (*)</source>
        <translation>Сертификаты (*.pem *.crt *.cer);;Все файлы (*)</translation>
    </message>
</context>
<context>
    <name>PortalTasks</name>
    <message>
        <source>Trust…</source>
        <translation>Доверять…</translation>
    </message>
    <message>
        <source>Take the trust back…</source>
        <translation>Отозвать доверие…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Настройки…</translation>
    </message>
    <message>
        <source>Dates…</source>
        <translation>Даты…</translation>
    </message>
    <message>
        <source>Move…</source>
        <translation>Перенести…</translation>
    </message>
    <message>
        <source>Forget…</source>
        <translation>Забыть…</translation>
    </message>
    <message>
        <source>Enter…</source>
        <translation>Указать…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Удалить…</translation>
    </message>
    <message>
        <source>Log in…</source>
        <translation>Войти…</translation>
    </message>
    <message>
        <source>Let replies and secrets go to this portal</source>
        <translation>Разрешить отправлять этому порталу ответы и секреты</translation>
    </message>
    <message>
        <source>Send nothing to this portal any more</source>
        <translation>Больше ничего не отправлять этому порталу</translation>
    </message>
    <message>
        <source>Name, rate, CA file and plain http</source>
        <translation>Название, частота запросов, файл УЦ и незащищённый http</translation>
    </message>
    <message>
        <source>How this portal is sent dates</source>
        <translation>Как этому порталу отправляются даты</translation>
    </message>
    <message>
        <source>Follow the portal to a new address</source>
        <translation>Последовать за порталом на новый адрес</translation>
    </message>
    <message>
        <source>Forget secrets, settings and trust</source>
        <translation>Забыть секреты, настройки и доверие</translation>
    </message>
    <message>
        <source>Enter the address of an incoming webhook</source>
        <translation>Указать адрес входящего вебхука</translation>
    </message>
    <message>
        <source>Remove the incoming webhook</source>
        <translation>Удалить входящий вебхук</translation>
    </message>
    <message>
        <source>Enter the application&apos;s client id and secret</source>
        <translation>Указать client id и client secret приложения</translation>
    </message>
    <message>
        <source>Remove the application&apos;s client id, secret and tokens</source>
        <translation>Удалить client id, client secret и токены приложения</translation>
    </message>
    <message>
        <source>Authorize the application in a browser</source>
        <translation>Авторизовать приложение в браузере</translation>
    </message>
</context>
<context>
    <name>Portals</name>
    <message>
        <source>not trusted</source>
        <translation>нет доверия</translation>
    </message>
    <message>
        <source>trusted, application removed</source>
        <translation>доверенный, приложение удалено</translation>
    </message>
    <message>
        <source>trusted</source>
        <translation>доверенный</translation>
    </message>
    <message>
        <source>trusted, not authorized</source>
        <translation>доверенный, не авторизован</translation>
    </message>
    <message>
        <source>Trusted since %1: replies and secrets may go to this address.</source>
        <translation>Доверие с %1: ответы и секреты могут идти на этот адрес.</translation>
    </message>
    <message>
        <source>Not trusted: nothing is sent to it, and no secret can be entered for it.</source>
        <translation>Доверия нет: ему ничего не отправляется, и секреты для него не указать.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Адрес</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>пока не известен</translation>
    </message>
    <message>
        <source>Member id</source>
        <translation>Member id</translation>
    </message>
    <message>
        <source>Application token</source>
        <translation>Токен приложения</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Вызовы</translation>
    </message>
    <message>
        <source>Dates</source>
        <translation>Даты</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Частота</translation>
    </message>
    <message>
        <source>CA file</source>
        <translation>Файл УЦ</translation>
    </message>
    <message>
        <source>Plain http</source>
        <translation>Незащищённый http</translation>
    </message>
    <message>
        <source>never</source>
        <translation>не было</translation>
    </message>
    <message>
        <source>Last success</source>
        <translation>Последний успех</translation>
    </message>
    <message>
        <source>Last error</source>
        <translation>Последняя ошибка</translation>
    </message>
    <message>
        <source>application removed %1</source>
        <translation>приложение удалено %1</translation>
    </message>
    <message>
        <source>application installed %1</source>
        <translation>приложение установлено %1</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>пока нет</translation>
    </message>
    <message>
        <source>%1, the last at %2</source>
        <translation>%1, последний — %2</translation>
    </message>
    <message>
        <source>%1 requests a second, %2 at once</source>
        <translation>запросов в секунду: %1, сразу: %2</translation>
    </message>
    <message>
        <source>allowed to %1</source>
        <translation>разрешён для %1</translation>
    </message>
    <message>
        <source>Tokens of its calls</source>
        <translation>Токены его вызовов</translation>
    </message>
    <message>
        <source>The application</source>
        <translation>Приложение</translation>
    </message>
    <message>
        <source>An incoming webhook</source>
        <translation>Входящий вебхук</translation>
    </message>
    <message>
        <source>Not used: entered for %1, and the portal is at %2 now. Enter it again.</source>
        <translation>Не используется: указано для %1, а портал теперь на %2. Укажите ещё раз.</translation>
    </message>
    <message>
        <source>Not used any more, because it was refused.</source>
        <translation>Больше не используется: получен отказ.</translation>
    </message>
    <message>
        <source>Tested: refused (%1).</source>
        <translation>Проверка: отказ (%1).</translation>
    </message>
    <message>
        <source>without a code</source>
        <translation>без кода</translation>
    </message>
    <message>
        <source>It is the application %1.</source>
        <translation>Это приложение %1.</translation>
    </message>
    <message>
        <source>Permissions: %1.</source>
        <translation>Права: %1.</translation>
    </message>
    <message>
        <source>Replies can be sent with it.</source>
        <translation>Так можно отправлять ответы.</translation>
    </message>
    <message>
        <source>No reply can be sent with it: it lacks the permission bizproc.</source>
        <translation>Ответ так не отправить: нет права bizproc.</translation>
    </message>
    <message>
        <source>No call with an access token is kept. The next one brings it.</source>
        <translation>Сохранённых вызовов с токеном доступа нет. Токен придёт со следующим вызовом.</translation>
    </message>
    <message>
        <source>No client id and secret are entered.</source>
        <translation>Client id и client secret не указаны.</translation>
    </message>
    <message>
        <source>No address is entered.</source>
        <translation>Адрес не указан.</translation>
    </message>
    <message>
        <source>The newest is valid until %1.</source>
        <translation>Последний действует до %1.</translation>
    </message>
    <message>
        <source>The newest expired at %1. The next call brings another.</source>
        <translation>Последний истёк %1. Новый придёт со следующим вызовом.</translation>
    </message>
    <message>
        <source>It gets its tokens by the newest call, with the next request.</source>
        <translation>Токены будут получены со следующим запросом, по последнему вызову.</translation>
    </message>
    <message>
        <source>No tokens yet: log in, or wait for a call.</source>
        <translation>Токенов ещё нет: войдите или дождитесь вызова.</translation>
    </message>
    <message>
        <source>Its address is kept.</source>
        <translation>Адрес сохранён.</translation>
    </message>
    <message>
        <source>Authorized. Its token is renewed with the next request.</source>
        <translation>Авторизовано. Токен будет обновлён со следующим запросом.</translation>
    </message>
    <message>
        <source>Authorized. Its token is valid until %1, then renewed by itself.</source>
        <translation>Авторизовано. Токен действует до %1, затем обновляется сам.</translation>
    </message>
    <message>
        <source>User %1</source>
        <translation>Пользователь %1</translation>
    </message>
    <message>
        <source>Permissions: %1</source>
        <translation>Права: %1</translation>
    </message>
    <message>
        <source>Since %1</source>
        <translation>С %1</translation>
    </message>
    <message>
        <source>Tested: works for user %1.</source>
        <translation>Проверка: работает от пользователя %1.</translation>
    </message>
    <message>
        <source>Tested: works for user %1, an administrator.</source>
        <translation>Проверка: работает от пользователя %1, это администратор.</translation>
    </message>
    <message>
        <source>Tested: works for user %1, who is no administrator.</source>
        <translation>Проверка: работает от пользователя %1, это не администратор.</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>неизвестен</translation>
    </message>
    <message>
        <source>This portal is not known any more: it was forgotten meanwhile.</source>
        <translation>Этот портал больше не известен: тем временем его забыли.</translation>
    </message>
    <message>
        <source>This is not a web address.</source>
        <translation>Это не веб-адрес.</translation>
    </message>
    <message>
        <source>This address has no /rest/USER/CODE/ in it.</source>
        <translation>В этом адресе нет /rest/USER/CODE/.</translation>
    </message>
    <message>
        <source>What stands for the webhook&apos;s code in this address is none.</source>
        <translation>На месте кода вебхука в этом адресе стоит что-то другое.</translation>
    </message>
    <message>
        <source>Copy the whole address from the webhook&apos;s page in the portal.</source>
        <translation>Скопируйте адрес целиком со страницы вебхука на портале.</translation>
    </message>
</context>
<context>
    <name>PortalsDialog</name>
    <message>
        <source>Portals</source>
        <translation>Порталы</translation>
    </message>
    <message>
        <source>No portal is known yet.

A portal is known from its first call, or from the installation of its application. One that has not called can be added by hand, by its address.</source>
        <translation>Ни одного портала пока не известно.

Портал становится известен по первому вызову или по установке его приложения. Портал, который ещё не вызывал, можно добавить вручную, по адресу.</translation>
    </message>
    <message>
        <source>&amp;Add a portal…</source>
        <translation>&amp;Добавить портал…</translation>
    </message>
    <message>
        <source>Add a portal by its address</source>
        <translation>Добавить портал по его адресу</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>PracticePortal</name>
    <message>
        <source>The listener did not take the test call: %1</source>
        <translation>Приёмник не принял тестовый вызов: %1</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>нет ответа</translation>
    </message>
    <message>
        <source>The practice portal has stopped: %1</source>
        <translation>Учебный портал остановился. %1</translation>
    </message>
</context>
<context>
    <name>PresetButton</name>
    <message>
        <source>&amp;Preset</source>
        <translation>За&amp;готовка</translation>
    </message>
    <message>
        <source>No presets for this rule yet</source>
        <translation>Для этого робота заготовок пока нет</translation>
    </message>
    <message>
        <source>&amp;Reply again like last time</source>
        <translation>&amp;Ответить как в прошлый раз</translation>
    </message>
    <message>
        <source>&amp;Save as preset…</source>
        <translation>&amp;Сохранить как заготовку…</translation>
    </message>
    <message>
        <source>&amp;Manage presets…</source>
        <translation>&amp;Управление заготовками…</translation>
    </message>
    <message>
        <source>The values cannot be kept yet. %1</source>
        <translation>Значения пока нельзя сохранить. %1</translation>
    </message>
</context>
<context>
    <name>PresetDialog</name>
    <message>
        <source>Edit preset</source>
        <translation>Изменить заготовку</translation>
    </message>
    <message>
        <source>Save as preset</source>
        <translation>Сохранить как заготовку</translation>
    </message>
    <message>
        <source>&amp;Insert variable</source>
        <translation>&amp;Вставить переменную</translation>
    </message>
    <message>
        <source>As this call fills it</source>
        <translation>Как её заполнит этот вызов</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Имя</translation>
    </message>
    <message>
        <source>&amp;Return values</source>
        <translation>Возв&amp;ращаемые значения</translation>
    </message>
    <message>
        <source>&amp;Log message</source>
        <translation>&amp;Запись в журнал</translation>
    </message>
    <message>
        <source>Variables are filled from the call that is answered.</source>
        <translation>Переменные заполняются из вызова, на который отвечают.</translation>
    </message>
    <message>
        <source>Log message: %1</source>
        <translation>Запись в журнал: %1</translation>
    </message>
</context>
<context>
    <name>PresetFilling</name>
    <message>
        <source>The preset does not fit this call. Nothing was changed.</source>
        <translation>Заготовка не подходит к этому вызову. Ничего не изменено.</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>и ещё %1</translation>
    </message>
    <message>
        <source>The form is as it was typed.</source>
        <translation>Форма снова такая, как была набрана.</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Повторить</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Отменить</translation>
    </message>
    <message>
        <source>Filled like the last reply to this rule.</source>
        <translation>Заполнено как последний ответ этому роботу.</translation>
    </message>
    <message>
        <source>Filled from the preset “%1”.</source>
        <translation>Заполнено из заготовки «%1».</translation>
    </message>
</context>
<context>
    <name>PresetManager</name>
    <message>
        <source>Presets of %1</source>
        <translation>Заготовки: %1</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Заготовки</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>П&amp;ереименовать</translation>
    </message>
    <message>
        <source>Rename this preset (F2)</source>
        <translation>Переименовать эту заготовку (F2)</translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation>&amp;Изменить…</translation>
    </message>
    <message>
        <source>Edit values and log message</source>
        <translation>Изменить значения и запись в журнал</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>&amp;Удалить…</translation>
    </message>
    <message>
        <source>Remove this preset</source>
        <translation>Удалить эту заготовку</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>&amp;Экспорт…</translation>
    </message>
    <message>
        <source>Write all of these presets to a file</source>
        <translation>Записать все эти заготовки в файл</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>Им&amp;порт…</translation>
    </message>
    <message>
        <source>Take presets from a file</source>
        <translation>Взять заготовки из файла</translation>
    </message>
    <message>
        <source>The presets were written to %1.</source>
        <translation>Заготовки записаны в файл %1.</translation>
    </message>
    <message>
        <source>Presets belong to this rule of this portal.</source>
        <translation>Заготовки относятся к этому роботу этого портала.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Export presets</source>
        <translation>Экспорт заготовок</translation>
    </message>
    <message>
        <source>Import presets</source>
        <translation>Импорт заготовок</translation>
    </message>
    <message>
        <source>Presets (*.json)</source>
        <translation>Заготовки (*.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Все файлы (*)</translation>
    </message>
    <message>
        <source>Added: %1.</source>
        <translation>Добавлены: %1.</translation>
    </message>
    <message>
        <source>Replaced: %1.</source>
        <translation>Заменены: %1.</translation>
    </message>
    <message>
        <source>Skipped, as the name is taken: %1.</source>
        <translation>Пропущены, имя занято: %1.</translation>
    </message>
    <message>
        <source>The file holds no presets.</source>
        <translation>В файле нет заготовок.</translation>
    </message>
    <message>
        <source>Re&amp;place…</source>
        <translation>&amp;Заменить…</translation>
    </message>
</context>
<context>
    <name>Presets</name>
    <message>
        <source>Saved the preset “%1”.</source>
        <translation>Заготовка «%1» сохранена.</translation>
    </message>
    <message>
        <source>Replace what is kept under these names?</source>
        <translation>Заменить то, что сохранено под этими именами?</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Заменить</translation>
    </message>
    <message>
        <source>Delete the preset “%1”?</source>
        <translation>Удалить заготовку «%1»?</translation>
    </message>
    <message>
        <source>Its values and its log message are lost.</source>
        <translation>Её значения и запись в журнал пропадут.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Import presets of another rule?</source>
        <translation>Импортировать заготовки другого робота?</translation>
    </message>
    <message>
        <source>They were exported from %1, and would be kept for %2.</source>
        <translation>Они экспортированы из %1, а сохранены будут для %2.</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Импортировать</translation>
    </message>
</context>
<context>
    <name>PreviewPane</name>
    <message>
        <source>Preview</source>
        <translation>Предпросмотр</translation>
    </message>
    <message>
        <source>Reveal secrets</source>
        <translation>Показать секреты</translation>
    </message>
    <message>
        <source>Until the form is edited or another call is shown</source>
        <translation>Пока форму не изменят и не покажут другой вызов</translation>
    </message>
    <message>
        <source>Readable</source>
        <translation>Для чтения</translation>
    </message>
    <message>
        <source>Lay the body out for reading. It goes out in one line all the same.</source>
        <translation>Разложить тело для чтения. Уйдёт оно всё равно одной строкой.</translation>
    </message>
    <message>
        <source>Copy the request as shown</source>
        <translation>Копировать запрос, как показан</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Запрос</translation>
    </message>
    <message>
        <source>Close the preview (Ctrl+P)</source>
        <translation>Закрыть предпросмотр (Ctrl+P)</translation>
    </message>
    <message>
        <source>(laid out for reading; goes out in one line)</source>
        <translation>(разложено для чтения; уйдёт одной строкой)</translation>
    </message>
    <message>
        <source>Copied the request with its secrets.</source>
        <translation>Запрос скопирован вместе с секретами.</translation>
    </message>
    <message>
        <source>Copied the request, secrets masked.</source>
        <translation>Запрос скопирован, секреты скрыты.</translation>
    </message>
</context>
<context>
    <name>Problems</name>
    <message>
        <source>The disk is full. Free some space; nothing stored is lost.</source>
        <translation>Диск заполнен. Освободите место; всё сохранённое цело.</translation>
    </message>
    <message>
        <source>Another program holds the store locked. Close it and try again.</source>
        <translation>Хранилище заблокировано другой программой. Закройте её и попробуйте снова.</translation>
    </message>
    <message>
        <source>The store cannot be written: its file or folder is read-only.</source>
        <translation>В хранилище нельзя писать: его файл или папка доступны только для чтения.</translation>
    </message>
    <message>
        <source>The store cannot be opened. Check that its folder exists.</source>
        <translation>Не удаётся открыть хранилище. Проверьте, существует ли его папка.</translation>
    </message>
    <message>
        <source>The store cannot be opened: this user has no right to its file.</source>
        <translation>Не удаётся открыть хранилище: у этого пользователя нет прав на его файл.</translation>
    </message>
    <message>
        <source>The file is not a bxgui store. Move it away and start again.</source>
        <translation>Этот файл — не хранилище bxgui. Уберите его и запустите программу снова.</translation>
    </message>
    <message>
        <source>The store is damaged. Move it away and start again.</source>
        <translation>Хранилище повреждено. Уберите его и запустите программу снова.</translation>
    </message>
    <message>
        <source>The disk reports an error. Check it before you go on.</source>
        <translation>Диск сообщает об ошибке. Проверьте его, прежде чем продолжать.</translation>
    </message>
    <message>
        <source>The store has a path of %1 bytes, and the longest that SQLite takes has %2. Choose another folder with --data-dir.</source>
        <translation>Путь к хранилищу занимает %1 байт, а SQLite принимает не больше %2. Выберите другую папку с помощью --data-dir.</translation>
    </message>
    <message>
        <source>%1 is no regular file, so no store can be there. Move it away, or choose another folder with --data-dir.</source>
        <translation>%1 — не обычный файл, хранилища на его месте быть не может. Уберите его или выберите другую папку с помощью --data-dir.</translation>
    </message>
    <message>
        <source>The store %1 was deleted or replaced while it was in use.</source>
        <translation>Хранилище %1 удалили или заменили во время работы.</translation>
    </message>
    <message>
        <source>The store %1 is damaged, and it cannot be renamed to be set aside.</source>
        <translation>Хранилище %1 повреждено, и его не удаётся переименовать, чтобы отложить.</translation>
    </message>
    <message>
        <source>The store %1 was written by a newer bxgui (store version %2; this one knows %3). Update bxgui, or choose another folder with --data-dir.</source>
        <translation>Хранилище %1 записано более новой версией bxgui (версия хранилища %2, эта программа знает %3). Обновите bxgui или выберите другую папку через --data-dir.</translation>
    </message>
    <message>
        <source>The store needs a backup before this bxgui can use it, and %1 cannot be written. Free some space and look at the rights of its folder.</source>
        <translation>Прежде чем использовать хранилище, bxgui нужна его резервная копия, но записать %1 не удаётся. Освободите место и проверьте права на папку.</translation>
    </message>
    <message>
        <source>The store was written by an older bxgui, and it cannot be brought up to date while it cannot be written. Give back the right to write to its file and folder.</source>
        <translation>Хранилище записано более старым bxgui, и обновить его нельзя, пока в него нельзя писать. Верните право записи в файл и папку.</translation>
    </message>
    <message>
        <source>the emergency file was deleted or replaced</source>
        <translation>аварийный файл удалён или заменён</translation>
    </message>
    <message>
        <source>bxgui has a bug: the store did not take them</source>
        <translation>ошибка в bxgui: хранилище их не приняло</translation>
    </message>
    <message>
        <source>A reply to this token is being sent. Wait for its outcome.</source>
        <translation>Ответ на этот токен уже отправляется. Дождитесь итога.</translation>
    </message>
    <message>
        <source>Another store has taken the place of this one.</source>
        <translation>На место этого хранилища встало другое.</translation>
    </message>
    <message>
        <source>There is no call %1.</source>
        <translation>Вызова %1 нет.</translation>
    </message>
    <message>
        <source>Call %1 carries no event token.</source>
        <translation>В вызове %1 нет токена события.</translation>
    </message>
    <message>
        <source>Write a log message: without one there is nothing to log.</source>
        <translation>Напишите запись в журнал: без неё записывать нечего.</translation>
    </message>
    <message>
        <source>The call came without an access token, so there is nothing to send it with.</source>
        <translation>Вызов пришёл без токена доступа, поэтому отправить ответ не с чем.</translation>
    </message>
    <message>
        <source>The call does not say which portal it comes from.</source>
        <translation>В вызове не указано, с какого он портала.</translation>
    </message>
    <message>
        <source>The portal %1 is not trusted yet.</source>
        <translation>Порталу %1 вы ещё не доверяете.</translation>
    </message>
    <message>
        <source>The call names the address %1, and the trusted portal is at %2. Trust the new address first if the portal has moved.</source>
        <translation>В вызове указан адрес %1, а доверенный портал находится по адресу %2. Если портал переехал, сначала подтвердите доверие новому адресу.</translation>
    </message>
    <message>
        <source>The call carries another application token than the trusted portal: it may be forged. Trust the portal again if the application was reinstalled.</source>
        <translation>Токен приложения в вызове не тот, что у доверенного портала: вызов может быть поддельным. Если приложение переустановили, подтвердите доверие порталу заново.</translation>
    </message>
    <message>
        <source>The call&apos;s tokens cannot be read: the key that they were encrypted under was kept in memory only, and the program that held it has ended.</source>
        <translation>Токены вызова не прочитать: ключ, которым они зашифрованы, хранился только в памяти, а программа, которая его держала, завершилась.</translation>
    </message>
    <message>
        <source>The call&apos;s tokens cannot be read: the key that they were encrypted under is kept in memory only, and the program that holds it does not answer now. Try again.</source>
        <translation>Токены вызова не прочитать: ключ, которым они зашифрованы, есть только в памяти, а программа, у которой он, сейчас не отвечает. Попробуйте ещё раз.</translation>
    </message>
    <message>
        <source>Variables that cannot be filled: %1.</source>
        <translation>Переменные, которые нечем заполнить: %1.</translation>
    </message>
    <message>
        <source>A preset needs a name.</source>
        <translation>Заготовке нужно имя.</translation>
    </message>
    <message>
        <source>The name of a preset holds a character that cannot be seen.</source>
        <translation>В имени заготовки есть невидимый символ.</translation>
    </message>
    <message>
        <source>The name of a preset has at most %1 characters.</source>
        <translation>В имени заготовки не больше %1 символов.</translation>
    </message>
    <message>
        <source>Another preset has the name %1.</source>
        <translation>Имя %1 уже у другой заготовки.</translation>
    </message>
    <message>
        <source>There is no preset %1 for this rule.</source>
        <translation>У этого робота нет заготовки %1.</translation>
    </message>
    <message>
        <source>Call %1 belongs to no rule of a portal, so it has no presets.</source>
        <translation>Вызов %1 не относится ни к одному роботу портала, поэтому заготовок у него нет.</translation>
    </message>
    <message>
        <source>No rule %1 is known.</source>
        <translation>Робот %1 неизвестен.</translation>
    </message>
    <message>
        <source>No rule %1 is known in the portal %2.</source>
        <translation>Робот %1 неизвестен на портале %2.</translation>
    </message>
    <message>
        <source>Several portals have a rule %1: %2.</source>
        <translation>Робот %1 есть на нескольких порталах: %2.</translation>
    </message>
    <message>
        <source>Several portals may have the rule %1: %2.</source>
        <translation>Робот %1 может быть на нескольких порталах: %2.</translation>
    </message>
    <message>
        <source>No portal is known as %1.</source>
        <translation>Портал %1 неизвестен.</translation>
    </message>
    <message>
        <source>No portal is known yet. Catch a call first: a registration belongs to a portal.</source>
        <translation>Ни один портал ещё не известен. Сначала поймайте вызов: регистрация относится к порталу.</translation>
    </message>
    <message>
        <source>The file %1 cannot be written: %2.</source>
        <translation>Файл %1 не записать: %2.</translation>
    </message>
    <message>
        <source>The file %1 is no text in UTF-8.</source>
        <translation>Файл %1 — не текст в UTF-8.</translation>
    </message>
    <message>
        <source>The presets are not JSON, line %1, column %2: %3.</source>
        <translation>Заготовки — не JSON, строка %1, столбец %2: %3.</translation>
    </message>
    <message>
        <source>The document holds no presets of bxgui: its kind is not &quot;%1&quot;.</source>
        <translation>В документе нет заготовок bxgui: его kind — не &quot;%1&quot;.</translation>
    </message>
    <message>
        <source>The presets were written by a newer bxgui (version %1; this one knows %2). Update bxgui.</source>
        <translation>Заготовки записаны более новым bxgui (версия %1; этот знает %2). Обновите bxgui.</translation>
    </message>
    <message>
        <source>%1 is not known in a document of presets.</source>
        <translation>%1 — неизвестное поле документа заготовок.</translation>
    </message>
    <message>
        <source>The document does not name the rule of its presets.</source>
        <translation>В документе не указан робот, для которого эти заготовки.</translation>
    </message>
    <message>
        <source>The document has no list of presets.</source>
        <translation>В документе нет списка заготовок.</translation>
    </message>
    <message>
        <source>Preset %1 is not an object in braces.</source>
        <translation>Заготовка %1 — не объект в фигурных скобках.</translation>
    </message>
    <message>
        <source>%1 is not known in preset %2.</source>
        <translation>%1 — неизвестное поле заготовки %2.</translation>
    </message>
    <message>
        <source>The name of preset %1 is not a text.</source>
        <translation>Имя заготовки %1 — не текст.</translation>
    </message>
    <message>
        <source>The log_message of preset %1 is not a text.</source>
        <translation>log_message заготовки %1 — не текст.</translation>
    </message>
    <message>
        <source>Preset %1 cannot be kept. %2</source>
        <translation>Заготовку %1 нельзя сохранить. %2</translation>
    </message>
    <message>
        <source>The values of preset %1 are neither an object nor a list of pairs.</source>
        <translation>Значения заготовки %1 — ни объект, ни список пар.</translation>
    </message>
    <message>
        <source>Presets %1 and %2 have the same name %3.</source>
        <translation>У заготовок %1 и %2 одно имя %3.</translation>
    </message>
    <message>
        <source>Port %1 is taken by another program, perhaps a second bxgui. Close it, or choose another port.</source>
        <translation>Порт %1 занят другой программой, возможно вторым bxgui. Закройте её или выберите другой порт.</translation>
    </message>
    <message>
        <source>This user may not listen on port %1. Choose another.</source>
        <translation>Этому пользователю нельзя слушать порт %1. Выберите другой.</translation>
    </message>
    <message>
        <source>Cannot listen on %1:%2: %3.</source>
        <translation>Не удаётся слушать %1:%2: %3.</translation>
    </message>
    <message>
        <source>%1 is not an address of this computer.</source>
        <translation>%1 — не адрес этого компьютера.</translation>
    </message>
    <message>
        <source>The settings in %1 cannot be read: %2. Mend or remove the file.</source>
        <translation>Не удаётся прочитать настройки в %1: %2. Исправьте или удалите файл.</translation>
    </message>
    <message>
        <source>%1 in %2 is not a table. Mend or remove it.</source>
        <translation>%1 в %2 — не таблица. Исправьте или удалите.</translation>
    </message>
    <message>
        <source>%1 in %2 is not a %3. Mend or remove it.</source>
        <translation>%1 в %2 не относится к типу %3. Исправьте или удалите это значение.</translation>
    </message>
    <message>
        <source>port in %1 is %2, and a port is a number from 0 to %3. Mend or remove it.</source>
        <translation>port в %1 равен %2, а порт — это число от 0 до %3. Исправьте или удалите его.</translation>
    </message>
    <message>
        <source>public_url in %1 cannot be used: it %2. Write it as https://hook.example.com, or remove it.</source>
        <translation>public_url в %1 использовать нельзя: он %2. Напишите его в виде https://hook.example.com или удалите.</translation>
    </message>
    <message>
        <source>%1 in %2 holds %3, which is no network such as 203.0.113.0/24 and no address. Mend or remove it.</source>
        <translation>%1 в %2 содержит %3: это не сеть вида 203.0.113.0/24 и не адрес. Исправьте или удалите.</translation>
    </message>
    <message>
        <source>tls_certificate and tls_key in %1 go together. Name both, or remove both.</source>
        <translation>tls_certificate и tls_key в %1 задаются вместе. Укажите оба или удалите оба.</translation>
    </message>
    <message>
        <source>the call could not be stored: %1</source>
        <translation>не удалось сохранить вызов: %1</translation>
    </message>
    <message>
        <source>holds a character that stands in no address</source>
        <translation>содержит знак, которого в адресах не бывает</translation>
    </message>
    <message>
        <source>is no web address</source>
        <translation>не является веб-адресом</translation>
    </message>
    <message>
        <source>begins with another scheme than https or http</source>
        <translation>начинается не с https и не с http</translation>
    </message>
    <message>
        <source>holds a user name, which portals may not send</source>
        <translation>содержит имя пользователя, которое порталы могут не передать</translation>
    </message>
    <message>
        <source>names no host</source>
        <translation>не называет узла</translation>
    </message>
    <message>
        <source>names a port that is none</source>
        <translation>называет порт, которого не бывает</translation>
    </message>
    <message>
        <source>The TLS file %1 cannot be read: %2.</source>
        <translation>Не удаётся прочитать файл TLS %1: %2.</translation>
    </message>
    <message>
        <source>it is no regular file</source>
        <translation>это не обычный файл</translation>
    </message>
    <message>
        <source>its name is none that a file can have</source>
        <translation>такого имени у файла быть не может</translation>
    </message>
    <message>
        <source>The TLS certificate %1 is not a PEM certificate.</source>
        <translation>Сертификат TLS %1 — не сертификат в формате PEM.</translation>
    </message>
    <message>
        <source>The TLS key %1 is not a PEM private key.</source>
        <translation>Ключ TLS %1 — не закрытый ключ в формате PEM.</translation>
    </message>
    <message>
        <source>The TLS key %1 needs a passphrase. Save it without one.</source>
        <translation>Ключ TLS %1 защищён паролем. Сохраните его без пароля.</translation>
    </message>
    <message>
        <source>The TLS key %1 does not fit the certificate %2.</source>
        <translation>Ключ TLS %1 не подходит к сертификату %2.</translation>
    </message>
    <message>
        <source>The TLS certificate %1 cannot be used with its key: %2.</source>
        <translation>Сертификат TLS %1 нельзя использовать с его ключом: %2.</translation>
    </message>
    <message>
        <source>The TLS certificate expired on %1: portals refuse it. Renew it.</source>
        <translation>Срок сертификата TLS истёк %1: порталы его не принимают. Обновите его.</translation>
    </message>
    <message>
        <source>the sender broke off</source>
        <translation>отправитель оборвал соединение</translation>
    </message>
    <message>
        <source>%1 is not in the allowed networks</source>
        <translation>%1 не входит в разрешённые сети</translation>
    </message>
    <message>
        <source>an unknown address</source>
        <translation>неизвестный адрес</translation>
    </message>
    <message>
        <source>the body did not come in time</source>
        <translation>тело запроса не пришло вовремя</translation>
    </message>
    <message>
        <source>the body has more than %1 bytes</source>
        <translation>тело запроса больше %1 байт</translation>
    </message>
    <message>
        <source>the body has %1 bytes, the limit is %2</source>
        <translation>размер тела запроса — %1 байт при пределе %2</translation>
    </message>
    <message>
        <source>the body has %1 name-value pairs, the limit is %2</source>
        <translation>число пар «имя — значение» в теле запроса — %1 при пределе %2</translation>
    </message>
    <message>
        <source>a name has %1 levels, the limit is %2</source>
        <translation>число уровней в имени — %1 при пределе %2</translation>
    </message>
    <message>
        <source>a body of the type %1 is not understood</source>
        <translation>тело запроса неизвестного типа %1</translation>
    </message>
    <message>
        <source>the JSON is nested too deeply</source>
        <translation>слишком глубокая вложенность JSON</translation>
    </message>
    <message>
        <source>the body says it is JSON and is not</source>
        <translation>тело запроса названо JSON, но это не JSON</translation>
    </message>
    <message>
        <source>the JSON is not an object</source>
        <translation>JSON — не объект</translation>
    </message>
    <message>
        <source>the JSON has more than %1 levels</source>
        <translation>уровней в JSON больше %1</translation>
    </message>
    <message>
        <source>the JSON has more than %1 values</source>
        <translation>значений в JSON больше %1</translation>
    </message>
    <message>
        <source>the JSON holds a lone surrogate</source>
        <translation>в JSON есть половина символа (одиночный суррогат)</translation>
    </message>
    <message>
        <source>the head does not tell the length of the body</source>
        <translation>в заголовках не указана длина тела запроса</translation>
    </message>
    <message>
        <source>a body with the encoding %1 is not understood</source>
        <translation>тело запроса в неизвестной кодировке %1</translation>
    </message>
    <message>
        <source>the length of the body is given wrongly</source>
        <translation>длина тела запроса указана неверно</translation>
    </message>
    <message>
        <source>the chunks of the body are malformed</source>
        <translation>тело запроса разбито на части неверно</translation>
    </message>
    <message>
        <source>the head of the request is malformed</source>
        <translation>заголовки запроса неверны</translation>
    </message>
    <message>
        <source>the head has more than %1 bytes</source>
        <translation>заголовки запроса длиннее %1 байт</translation>
    </message>
    <message>
        <source>the head did not come in time</source>
        <translation>заголовки запроса не пришли вовремя</translation>
    </message>
    <message>
        <source>the request is not HTTP</source>
        <translation>это не запрос HTTP</translation>
    </message>
    <message>
        <source>the sender speaks %1, and this address does not</source>
        <translation>отправитель использует %1, а этот адрес — нет</translation>
    </message>
    <message>
        <source>the sender asks for another protocol</source>
        <translation>отправитель просит перейти на другой протокол</translation>
    </message>
    <message>
        <source>too many requests came at once on one connection</source>
        <translation>по одному соединению пришло сразу слишком много запросов</translation>
    </message>
    <message>
        <source>too many bodies are under way</source>
        <translation>одновременно передаётся слишком много запросов</translation>
    </message>
    <message>
        <source>too many connections are open</source>
        <translation>открыто слишком много соединений</translation>
    </message>
    <message>
        <source>this computer has no keyring that keeps secrets</source>
        <translation>на этом компьютере нет связки ключей, которая хранит секреты</translation>
    </message>
    <message>
        <source>the keyring is locked</source>
        <translation>связка ключей заблокирована</translation>
    </message>
    <message>
        <source>the keyring does not answer (%1)</source>
        <translation>связка ключей не отвечает (%1)</translation>
    </message>
    <message>
        <source>the keyring does not keep what it is given</source>
        <translation>связка ключей не сохраняет то, что ей передают</translation>
    </message>
    <message>
        <source>the keyring was not unlocked</source>
        <translation>связку ключей не разблокировали</translation>
    </message>
    <message>
        <source>%1, and the program that holds the store&apos;s key does not answer</source>
        <translation>%1, а программа, у которой ключ хранилища, не отвечает</translation>
    </message>
    <message>
        <source>macOS Keychain</source>
        <translation>Связка ключей macOS</translation>
    </message>
    <message>
        <source>Windows Credential Manager</source>
        <translation>Диспетчер учётных данных Windows</translation>
    </message>
    <message>
        <source>A JSON object in braces is wanted</source>
        <translation>нужен объект JSON в фигурных скобках</translation>
    </message>
    <message>
        <source>Nested too deeply</source>
        <translation>слишком глубокая вложенность</translation>
    </message>
    <message>
        <source>A number has too great an exponent</source>
        <translation>у числа слишком большой показатель степени</translation>
    </message>
    <message>
        <source>A number has too many digits</source>
        <translation>В числе слишком много цифр</translation>
    </message>
    <message>
        <source>The text holds half of a character (a lone surrogate)</source>
        <translation>в тексте есть половина символа (одиночный суррогат)</translation>
    </message>
    <message>
        <source>%1 is not JSON</source>
        <translation>%1 — не JSON</translation>
    </message>
    <message>
        <source>A value is wanted here</source>
        <translation>Здесь нужно значение</translation>
    </message>
    <message>
        <source>A name in double quotes is wanted here</source>
        <translation>Здесь нужно имя в двойных кавычках</translation>
    </message>
    <message>
        <source>A colon is wanted here</source>
        <translation>Здесь нужно двоеточие</translation>
    </message>
    <message>
        <source>A comma is wanted here</source>
        <translation>Здесь нужна запятая</translation>
    </message>
    <message>
        <source>Something follows the end of the JSON</source>
        <translation>После конца JSON что-то ещё</translation>
    </message>
    <message>
        <source>The string that begins here does not end</source>
        <translation>Строка, которая начинается здесь, не заканчивается</translation>
    </message>
    <message>
        <source>A line end or the like stands in a string: write it as \n</source>
        <translation>В строке перевод строки или похожий знак: напишите его как \n</translation>
    </message>
    <message>
        <source>A backslash in a string is written twice</source>
        <translation>Обратная косая черта в строке пишется дважды</translation>
    </message>
    <message>
        <source>Four hexadecimal digits are wanted behind \u</source>
        <translation>После \u нужны четыре шестнадцатеричные цифры</translation>
    </message>
    <message>
        <source>Nothing follows this comma: leave it out</source>
        <translation>После этой запятой ничего нет: уберите её</translation>
    </message>
    <message>
        <source>Other users of this computer have rights to the key in %1.</source>
        <translation>У других пользователей этого компьютера есть права на ключ в %1.</translation>
    </message>
    <message>
        <source>The name %1 leads to %2, which is no address on the internet.</source>
        <translation>Имя %1 ведёт на %2 — это не адрес в интернете.</translation>
    </message>
    <message>
        <source>The public address cannot be read.</source>
        <translation>Внешний адрес прочитать не удаётся.</translation>
    </message>
    <message>
        <source>Write it as https://hook.example.com.</source>
        <translation>Запишите его в виде https://hook.example.com.</translation>
    </message>
    <message>
        <source>The public address begins neither with https:// nor with http://, so portals refuse it.</source>
        <translation>Внешний адрес не начинается ни с https://, ни с http://, поэтому порталы его не примут.</translation>
    </message>
    <message>
        <source>The host in the public address has no dot in it, so portals refuse it.</source>
        <translation>В имени хоста внешнего адреса нет точки, поэтому порталы его не примут.</translation>
    </message>
    <message>
        <source>Use a whole name, such as hook.example.com.</source>
        <translation>Укажите полное имя, например hook.example.com.</translation>
    </message>
    <message>
        <source>The host in the public address is local, and the server that sends calls reaches none.</source>
        <translation>Хост внешнего адреса — локальный, а сервер, который отправляет вызовы, до таких не достаёт.</translation>
    </message>
    <message>
        <source>Use a tunnel or a proxy with a name on the internet.</source>
        <translation>Используйте туннель или прокси с именем в интернете.</translation>
    </message>
    <message>
        <source>The public address is plain HTTP: the tokens in calls can be read on their way.</source>
        <translation>Внешний адрес — незащищённый HTTP: токены вызовов можно прочитать по пути.</translation>
    </message>
    <message>
        <source>Use https, with a certificate from a public authority.</source>
        <translation>Используйте https с сертификатом общепризнанного центра.</translation>
    </message>
    <message>
        <source>The public address holds a user name, which portals may not send.</source>
        <translation>Во внешнем адресе есть имя пользователя, а порталы могут его не передать.</translation>
    </message>
    <message>
        <source>Leave it out: the secret path keeps strangers away.</source>
        <translation>Уберите его: от посторонних защищает секретный путь.</translation>
    </message>
    <message>
        <source>The public address holds a ? or a #, behind which the secret path is no path any more.</source>
        <translation>Во внешнем адресе есть ? или #, после которых секретный путь перестаёт быть путём.</translation>
    </message>
    <message>
        <source>Leave it out.</source>
        <translation>Уберите это.</translation>
    </message>
    <message>
        <source>The public address holds a #, and what stands behind it never arrives.</source>
        <translation>Во внешнем адресе есть #, а то, что стоит после него, никогда не приходит.</translation>
    </message>
    <message>
        <source>The public address keeps Bitrix24&apos;s rules for handlers.</source>
        <translation>Внешний адрес соответствует правилам Битрикс24 для обработчиков.</translation>
    </message>
    <message>
        <source>The public address holds a secret path, which the listener would put behind it again.</source>
        <translation>Во внешнем адресе уже есть секретный путь, а приёмник добавил бы его ещё раз.</translation>
    </message>
    <message>
        <source>Leave out /h/ and what follows.</source>
        <translation>Уберите /h/ и всё, что после него.</translation>
    </message>
    <message>
        <source>There is no public address, so no portal on the internet reaches the listener.</source>
        <translation>Внешнего адреса нет, поэтому ни один портал в интернете не достанет до приёмника.</translation>
    </message>
    <message>
        <source>Give it one with a tunnel or proxy, and enter it in the window under ⋯ Listener settings, or as public_url in settings.toml.</source>
        <translation>Дайте его через туннель или прокси и укажите в окне: ⋯ Настройки приёмника, или в settings.toml как public_url.</translation>
    </message>
    <message>
        <source>The name %1 is not known on this computer&apos;s network.</source>
        <translation>Имя %1 неизвестно в сети этого компьютера.</translation>
    </message>
    <message>
        <source>Look at its spelling. A name that is new may need some minutes to be known.</source>
        <translation>Проверьте, как оно написано. Новое имя может стать известным лишь через несколько минут.</translation>
    </message>
    <message>
        <source>The name %1 leads to %2.</source>
        <translation>Имя %1 ведёт на %2.</translation>
    </message>
    <message>
        <source>If it leads elsewhere from outside, this is as it should be; otherwise no call comes.</source>
        <translation>Если снаружи оно ведёт в другое место, так и должно быть; иначе ни один вызов не придёт.</translation>
    </message>
    <message>
        <source>The certificate of %1 is not accepted: %2.</source>
        <translation>Сертификат %1 не принят: %2.</translation>
    </message>
    <message>
        <source>Bitrix24 calls no handler with a certificate that is self-signed, expired, for another name, or without the ones between it and its authority.</source>
        <translation>Битрикс24 не вызывает обработчики с сертификатом самоподписанным, просроченным, на другое имя или без промежуточных сертификатов.</translation>
    </message>
    <message>
        <source>What answers at %1 does not speak https.</source>
        <translation>То, что отвечает на %1, не говорит по https.</translation>
    </message>
    <message>
        <source>Look at the port, and at the tunnel or proxy.</source>
        <translation>Проверьте порт, а также туннель или прокси.</translation>
    </message>
    <message>
        <source>Through %1 our listener answers.</source>
        <translation>Через %1 отвечает наш приёмник.</translation>
    </message>
    <message>
        <source>Nobody answers at %1.</source>
        <translation>На %1 никто не отвечает.</translation>
    </message>
    <message>
        <source>Start the tunnel or proxy. Some networks do not let a computer reach its own public address: then try it from outside.</source>
        <translation>Запустите туннель или прокси. В некоторых сетях компьютер не достаёт до собственного внешнего адреса: тогда проверьте снаружи.</translation>
    </message>
    <message>
        <source>The tunnel or proxy at %1 answers HTTP %2: it reaches no listener.</source>
        <translation>Туннель или прокси на %1 отвечает HTTP %2: до приёмника он не достаёт.</translation>
    </message>
    <message>
        <source>Start the listener, and look at where the tunnel or proxy leads.</source>
        <translation>Запустите приёмник и проверьте, куда ведёт туннель или прокси.</translation>
    </message>
    <message>
        <source>What answers at %1 leads elsewhere (HTTP %2).</source>
        <translation>То, что отвечает на %1, направляет в другое место (HTTP %2).</translation>
    </message>
    <message>
        <source>Make the address that it leads to the public address: calls are not redirected.</source>
        <translation>Сделайте внешним тот адрес, на который оно направляет: вызовы за перенаправлением не идут.</translation>
    </message>
    <message>
        <source>What answers at %1 (HTTP %2) does not prove to be our listener.</source>
        <translation>То, что отвечает на %1 (HTTP %2), не доказало, что это наш приёмник.</translation>
    </message>
    <message>
        <source>Look at where the tunnel or proxy leads. It has to pass on everything under /h/, with its headers.</source>
        <translation>Проверьте, куда ведёт туннель или прокси. Он должен передавать всё, что под /h/, вместе с заголовками.</translation>
    </message>
    <message>
        <source>The test call was not sent: nobody at %1 has proved to be our listener.</source>
        <translation>Тестовый вызов не отправлен: никто на %1 не доказал, что он наш приёмник.</translation>
    </message>
    <message>
        <source>To anybody else it would show the secret path.</source>
        <translation>Любому другому он показал бы секретный путь.</translation>
    </message>
    <message>
        <source>The test call was answered with HTTP %1 (%2).</source>
        <translation>На тестовый вызов пришёл ответ HTTP %1 (%2).</translation>
    </message>
    <message>
        <source>A portal&apos;s call would be lost as well.</source>
        <translation>Вызов портала тоже потерялся бы.</translation>
    </message>
    <message>
        <source>The test call broke off (%1).</source>
        <translation>Тестовый вызов оборвался (%1).</translation>
    </message>
    <message>
        <source>The test call was answered with HTTP 200, and is not in the store after %1 s.</source>
        <translation>На тестовый вызов пришёл ответ HTTP 200, но и через %1 с его нет в хранилище.</translation>
    </message>
    <message>
        <source>Another listener of the same secret path may have taken it.</source>
        <translation>Возможно, его принял другой приёмник с тем же секретным путём.</translation>
    </message>
    <message>
        <source>The test call through %1 came back after %2 ms; it is call %3, among the other posts.</source>
        <translation>Тестовый вызов через %1 вернулся за %2 мс; это вызов %3 среди прочих запросов.</translation>
    </message>
    <message>
        <source>The test call was not let in (HTTP 403, %1).</source>
        <translation>Тестовый вызов не впустили (HTTP 403, %1).</translation>
    </message>
    <message>
        <source>This computer is in none of the allowed networks; a portal in one of them is let in.</source>
        <translation>Этого компьютера нет ни в одной из разрешённых сетей; портал из такой сети впустят.</translation>
    </message>
    <message>
        <source>Renew it: with an expired one no call arrives.</source>
        <translation>Продлите его: с просроченным ни один вызов не придёт.</translation>
    </message>
    <message>
        <source>The listener has no certificate and speaks plain HTTP; https is up to the tunnel or proxy before it.</source>
        <translation>У приёмника нет сертификата, он говорит по обычному HTTP; за https отвечает туннель или прокси перед ним.</translation>
    </message>
    <message>
        <source>For https the listener needs both files, its certificate and its key.</source>
        <translation>Для https приёмнику нужны оба файла: сертификат и ключ.</translation>
    </message>
    <message>
        <source>Set tls_certificate and tls_key, or neither.</source>
        <translation>Укажите и tls_certificate, и tls_key, или ни одного из них.</translation>
    </message>
    <message>
        <source>The file %1 cannot be read: %2.</source>
        <translation>Не удаётся прочитать файл %1: %2.</translation>
    </message>
    <message>
        <source>The key in %1 is encrypted, and nobody is there to type its password.</source>
        <translation>Ключ в %1 зашифрован, а набрать пароль некому.</translation>
    </message>
    <message>
        <source>Give the listener a key without a password.</source>
        <translation>Дайте приёмнику ключ без пароля.</translation>
    </message>
    <message>
        <source>The files %1 and %2 hold no certificate and key that can be read.</source>
        <translation>В файлах %1 и %2 нет сертификата и ключа, которые можно прочитать.</translation>
    </message>
    <message>
        <source>Both have to be in PEM.</source>
        <translation>Оба должны быть в формате PEM.</translation>
    </message>
    <message>
        <source>The key in %1 does not belong to the certificate in %2.</source>
        <translation>Ключ в %1 не подходит к сертификату в %2.</translation>
    </message>
    <message>
        <source>The certificate for %1 has expired, on %2.</source>
        <translation>Срок сертификата для %1 истёк: %2.</translation>
    </message>
    <message>
        <source>The certificate for %1 is valid only from %2 on.</source>
        <translation>Сертификат для %1 действует только с %2.</translation>
    </message>
    <message>
        <source>Look at the clock of this computer.</source>
        <translation>Проверьте часы этого компьютера.</translation>
    </message>
    <message>
        <source>The certificate for %1 is about to expire, on %2.</source>
        <translation>Срок сертификата для %1 скоро истечёт: %2.</translation>
    </message>
    <message>
        <source>The certificate for %1 is valid until %2.</source>
        <translation>Сертификат для %1 действует до %2.</translation>
    </message>
    <message>
        <source>The certificate names no host, so it fits no address.</source>
        <translation>В сертификате не назван ни один хост, поэтому он не подходит ни к какому адресу.</translation>
    </message>
    <message>
        <source>Get one for the name of the address.</source>
        <translation>Получите сертификат на имя из адреса.</translation>
    </message>
    <message>
        <source>The certificate is self-signed, and Bitrix24 calls no handler that has such a one.</source>
        <translation>Сертификат самоподписанный, а с таким Битрикс24 обработчики не вызывает.</translation>
    </message>
    <message>
        <source>Get one from a public authority.</source>
        <translation>Получите сертификат в общепризнанном центре.</translation>
    </message>
    <message>
        <source>Take them away: chmod 600.</source>
        <translation>Отнимите их: chmod 600.</translation>
    </message>
    <message>
        <source>Whatever follows is looked at with the settings that bxgui has without a file.</source>
        <translation>Всё дальнейшее проверено с настройками, которые у bxgui без файла.</translation>
    </message>
    <message>
        <source>The settings in %1 can be read.</source>
        <translation>Настройки в %1 читаются.</translation>
    </message>
    <message>
        <source>There are no settings in %1: bxgui goes by its own.</source>
        <translation>Настроек в %1 нет: bxgui работает со своими.</translation>
    </message>
    <message>
        <source>This could not be looked at within %1 s.</source>
        <translation>Проверить это за %1 с не удалось.</translation>
    </message>
    <message>
        <source>This could not be looked at, because of a bug in bxgui (%1).</source>
        <translation>Проверить это не удалось из-за ошибки в bxgui (%1).</translation>
    </message>
    <message>
        <source>Calls caught now can be looked at later, but not answered after bxgui is closed. Set up a keyring of the system, and unlock it.</source>
        <translation>Пойманные сейчас вызовы можно будет посмотреть и потом, но ответить на них после закрытия bxgui не получится. Настройте связку ключей системы и разблокируйте её.</translation>
    </message>
    <message>
        <source>The keyring is locked: it waits for somebody to unlock it.</source>
        <translation>Связка ключей заблокирована: она ждёт, пока её разблокируют.</translation>
    </message>
    <message>
        <source>Unlock it. Until then calls that are caught may not be answered after bxgui is closed.</source>
        <translation>Разблокируйте её. До этого ответить на пойманные вызовы после закрытия bxgui может не получиться.</translation>
    </message>
    <message>
        <source>Secrets are kept in memory only, because %1.</source>
        <translation>Секреты хранятся только в памяти: %1.</translation>
    </message>
    <message>
        <source>%1 is there to keep the store&apos;s key; it is made at the first use.</source>
        <translation>%1 может хранить ключ хранилища; он появится там при первом использовании.</translation>
    </message>
    <message>
        <source>The store&apos;s key is kept by %1.</source>
        <translation>Ключ хранилища хранит %1.</translation>
    </message>
    <message>
        <source>The listener takes any free port, so there is none to look at.</source>
        <translation>Приёмник берёт любой свободный порт, поэтому проверять нечего.</translation>
    </message>
    <message>
        <source>Name the one that it tells at its start with --port.</source>
        <translation>Укажите через --port тот, который он называет при запуске.</translation>
    </message>
    <message>
        <source>A program holds %1 and does not answer.</source>
        <translation>Некая программа держит %1 и не отвечает.</translation>
    </message>
    <message>
        <source>If it is a listener of bxgui, restart it; else end it, or choose another port.</source>
        <translation>Если это приёмник bxgui, перезапустите его; иначе завершите её или выберите другой порт.</translation>
    </message>
    <message>
        <source>Something answers at %1; whether it is our listener only the store can tell.</source>
        <translation>На %1 кто-то отвечает; наш ли это приёмник, можно узнать только из хранилища.</translation>
    </message>
    <message>
        <source>Start it: in the window, or with bxgui listen.</source>
        <translation>Запустите его: в окне или командой bxgui listen.</translation>
    </message>
    <message>
        <source>Nobody listens at %1 yet: the listener has never run.</source>
        <translation>На %1 пока никто не слушает: приёмник ещё ни разу не работал.</translation>
    </message>
    <message>
        <source>Nobody listens at %1: calls that portals send now are lost.</source>
        <translation>На %1 никто не слушает: вызовы, которые порталы отправляют сейчас, теряются.</translation>
    </message>
    <message>
        <source>Our listener answers at %1.</source>
        <translation>На %1 отвечает наш приёмник.</translation>
    </message>
    <message>
        <source>A second listener of this store answers at %1.</source>
        <translation>На %1 отвечает второй приёмник этого хранилища.</translation>
    </message>
    <message>
        <source>One is enough: end the listener not wanted.</source>
        <translation>Хватит и одного: завершите лишний приёмник.</translation>
    </message>
    <message>
        <source>Another program answers at %1; it may be a bxgui with another store.</source>
        <translation>На %1 отвечает другая программа; возможно, это bxgui с другим хранилищем.</translation>
    </message>
    <message>
        <source>End it, or choose another port: --port, or port in settings.toml.</source>
        <translation>Завершите её или выберите другой порт: --port или port в settings.toml.</translation>
    </message>
    <message>
        <source>The store %1 cannot be read: %2.</source>
        <translation>Не удаётся прочитать хранилище %1: %2.</translation>
    </message>
    <message>
        <source>Look at the rights of its folder.</source>
        <translation>Проверьте права на его папку.</translation>
    </message>
    <message>
        <source>The folder %1 cannot be looked into: %2.</source>
        <translation>Не удаётся заглянуть в папку %1: %2.</translation>
    </message>
    <message>
        <source>Look at its rights.</source>
        <translation>Проверьте права на неё.</translation>
    </message>
    <message>
        <source>Choose another folder with --data-dir.</source>
        <translation>Выберите другую папку с помощью --data-dir.</translation>
    </message>
    <message>
        <source>%1 are free on the disk of the store.</source>
        <translation>На диске хранилища свободно %1.</translation>
    </message>
    <message>
        <source>Free some space: a call that cannot be stored is lost.</source>
        <translation>Освободите место: вызов, который не удалось сохранить, потерян.</translation>
    </message>
    <message>
        <source>The store %1 is gone; only its identity is left beside its place.</source>
        <translation>Хранилище %1 исчезло; рядом остались только его опознавательные данные.</translation>
    </message>
    <message>
        <source>If it was moved, move it back before the next call comes: with that, or at its next start, the listener begins a fresh one with the same address.</source>
        <translation>Если его перенесли, верните его до следующего вызова: с вызовом или при следующем запуске приёмник начнёт новое с тем же адресом.</translation>
    </message>
    <message>
        <source>There is no store yet: %1 is made at the first start of the listener.</source>
        <translation>Хранилища пока нет: %1 появится при первом запуске приёмника.</translation>
    </message>
    <message>
        <source>The store was written by a newer bxgui: it has version %1, and this bxgui knows %2.</source>
        <translation>Хранилище записано более новой версией bxgui: его версия %1, а эта программа знает %2.</translation>
    </message>
    <message>
        <source>Update bxgui, or choose another folder with --data-dir.</source>
        <translation>Обновите bxgui или выберите другую папку через --data-dir.</translation>
    </message>
    <message>
        <source>The store has version %1; it is brought to version %2, after a backup, when bxgui next opens it.</source>
        <translation>Версия хранилища — %1; при следующем открытии bxgui доведёт его до версии %2, сделав резервную копию.</translation>
    </message>
    <message>
        <source>The store opens, of version %1 and %2; calls: %3, waiting tokens: %4.</source>
        <translation>Хранилище открывается: версия %1, %2; вызовов: %3, ждущих токенов: %4.</translation>
    </message>
    <message>
        <source>The store is large: in %1 s not all of its pages could be checked.</source>
        <translation>Хранилище велико: за %1 с не удалось проверить все его страницы.</translation>
    </message>
    <message>
        <source>The pages of the store are sound.</source>
        <translation>Страницы хранилища целы.</translation>
    </message>
    <message>
        <source>The store is damaged: %1.</source>
        <translation>Хранилище повреждено: %1.</translation>
    </message>
    <message>
        <source>Keep a copy of the file. Where bxgui meets the damage, it sets the store aside and begins a fresh one.</source>
        <translation>Сохраните копию файла. Наткнувшись на повреждение, bxgui отложит хранилище в сторону и начнёт новое.</translation>
    </message>
    <message>
        <source>This user may not write to %1, so no call can be stored.</source>
        <translation>Этот пользователь не может писать в %1, поэтому ни один вызов сохранить нельзя.</translation>
    </message>
    <message>
        <source>Give back the right to write, or run bxgui as the user who owns it.</source>
        <translation>Верните право на запись или запускайте bxgui от имени владельца.</translation>
    </message>
    <message>
        <source>Nobody but the owner can enter the store&apos;s folder and read its files.</source>
        <translation>Никто, кроме владельца, не может войти в папку хранилища и прочитать его файлы.</translation>
    </message>
    <message>
        <source>Other users of this computer have rights to %1.</source>
        <translation>У других пользователей этого компьютера есть права на %1.</translation>
    </message>
    <message>
        <source>Take them away: chmod 700 for the folder, chmod 600 for its files.</source>
        <translation>Отнимите их: chmod 700 для папки, chmod 600 для её файлов.</translation>
    </message>
    <message>
        <source>Calls that could not be stored wait in %1: %2.</source>
        <translation>Вызовы, которые не удалось сохранить, ждут в %1: %2.</translation>
    </message>
    <message>
        <source>The listener takes them in as soon as the store can be written, or when it is restarted.</source>
        <translation>Приёмник примет их, как только в хранилище можно будет писать, или после перезапуска.</translation>
    </message>
    <message>
        <source>A damaged store was set aside as %1 (%2).</source>
        <translation>Повреждённое хранилище отложено в сторону как %1 (%2).</translation>
    </message>
    <message>
        <source>Keep it while calls in it may be wanted. It is not used any more.</source>
        <translation>Сохраните его, пока могут понадобиться вызовы из него. Больше оно не используется.</translation>
    </message>
    <message>
        <source>A copy of the store from before an update is kept as %1 (%2).</source>
        <translation>Копия хранилища до обновления лежит в %1 (%2).</translation>
    </message>
    <message>
        <source>It is not used any more; delete it when all calls are there.</source>
        <translation>Больше она не используется; удалите её, когда убедитесь, что все вызовы на месте.</translation>
    </message>
    <message>
        <source>The store cannot be read: %1.</source>
        <translation>Не удаётся прочитать хранилище: %1.</translation>
    </message>
    <message>
        <source>Nothing authorizes requests to %1. Enter an incoming webhook or the application&apos;s client id and secret for it, or wait for its next call.</source>
        <translation>Запросы к %1 нечем авторизовать. Укажите для него входящий вебхук или client id и client secret приложения либо дождитесь следующего вызова.</translation>
    </message>
    <message>
        <source>The webhook of %1 cannot be had: %2. Enter its address again.</source>
        <translation>Вебхук портала %1 недоступен: %2. Укажите его адрес ещё раз.</translation>
    </message>
    <message>
        <source>Client id and secret for %1 cannot be had: %2. Enter them again.</source>
        <translation>Client id и client secret для %1 недоступны: %2. Укажите их ещё раз.</translation>
    </message>
    <message>
        <source>the keyring does not have it</source>
        <translation>в связке ключей его нет</translation>
    </message>
    <message>
        <source>the keyring does not have them</source>
        <translation>в связке ключей их нет</translation>
    </message>
    <message>
        <source>The reply would go by the incoming webhook, and this code is written for an access token. Copy it as cURL, PowerShell, HTTPie or Python instead.</source>
        <translation>Ответ ушёл бы через входящий вебхук, а этот код написан для токена доступа. Скопируйте его как cURL, PowerShell, HTTPie или Python.</translation>
    </message>
    <message>
        <source>No webhook was entered for %1.</source>
        <translation>Для %1 вебхук не указан.</translation>
    </message>
    <message>
        <source>No application was entered for %1.</source>
        <translation>Для %1 приложение не указано.</translation>
    </message>
    <message>
        <source>The webhook of %1 was entered for %2, and the portal is at %3 now. Enter it again.</source>
        <translation>Вебхук портала %1 указан для %2, а портал теперь на %3. Укажите вебхук ещё раз.</translation>
    </message>
    <message>
        <source>The application of %1 was entered for %2, and the portal is at %3 now. Enter it again.</source>
        <translation>Приложение портала %1 указано для %2, а портал теперь на %3. Укажите приложение ещё раз.</translation>
    </message>
    <message>
        <source>The application has no tokens for %1 yet. Log in to it first.</source>
        <translation>У приложения ещё нет токенов для %1. Сначала выполните вход.</translation>
    </message>
    <message>
        <source>The tokens granted are for another portal than %1. Open the consent page in a browser that is signed in to this portal.</source>
        <translation>Выданные токены — от другого портала, не от %1. Откройте страницу согласия в браузере, где выполнен вход на этот портал.</translation>
    </message>
    <message>
        <source>No call of %1 has told where its authorization server is. Wait for its next call.</source>
        <translation>Ни один вызов портала %1 не назвал его сервер авторизации. Дождитесь следующего вызова.</translation>
    </message>
    <message>
        <source>The code came too late: it lives 30 seconds. Log in again, and be quicker.</source>
        <translation>Код пришёл слишком поздно: он живёт 30 секунд. Выполните вход ещё раз и быстрее.</translation>
    </message>
    <message>
        <source>The authorization server does not accept the code: it was used before, or it is another application&apos;s. Log in again.</source>
        <translation>Сервер авторизации не принимает код: он уже использован или принадлежит другому приложению. Выполните вход ещё раз.</translation>
    </message>
    <message>
        <source>There is no code in this. Paste the whole address of the browser&apos;s page.</source>
        <translation>Здесь нет кода. Вставьте адрес страницы браузера целиком.</translation>
    </message>
    <message>
        <source>The code belongs to another login than this one. Log in again.</source>
        <translation>Код относится к другому входу. Выполните вход ещё раз.</translation>
    </message>
    <message>
        <source>A code has arrived, but the listener keeps it under another key. Paste the address of the browser&apos;s page instead.</source>
        <translation>Код пришёл, но приёмник хранит его под другим ключом. Вместо этого вставьте адрес страницы браузера.</translation>
    </message>
    <message>
        <source>This is not the address of a portal.</source>
        <translation>Это не адрес портала.</translation>
    </message>
    <message>
        <source>bxgui does not send secrets over plain http. Give %1 an https address, or allow plain http for it by its name.</source>
        <translation>bxgui не отправляет секреты по незащищённому http. Укажите для %1 адрес https или разрешите незащищённый http для него по имени.</translation>
    </message>
    <message>
        <source>%1 is known already, at %2. Move it to give it another address.</source>
        <translation>%1 уже известен по адресу %2. Чтобы дать ему другой адрес, перенесите его.</translation>
    </message>
    <message>
        <source>The webhook is for %1, and the portal is at %2.</source>
        <translation>Вебхук — для %1, а портал на %2.</translation>
    </message>
    <message>
        <source>A rate is 0.1 to 1000000 requests a second, and 1 to 1000000 at once.</source>
        <translation>Частота — от 0.1 до 1000000 запросов в секунду и от 1 до 1000000 сразу.</translation>
    </message>
    <message>
        <source>Plain http is allowed by the name of the portal&apos;s host, %1, not %2.</source>
        <translation>Обычный http разрешается по имени узла портала, %1, а не %2.</translation>
    </message>
    <message>
        <source>%1 cannot be used: %2.</source>
        <translation>%1 нельзя использовать: %2.</translation>
    </message>
    <message>
        <source>the CA file cannot be read: %1</source>
        <translation>файл удостоверяющих центров не читается: %1</translation>
    </message>
    <message>
        <source>it holds no certificates in PEM</source>
        <translation>в нём нет сертификатов в формате PEM</translation>
    </message>
    <message>
        <source>The portal has named no address that could be followed.</source>
        <translation>Портал не назвал адреса, на который можно перейти.</translation>
    </message>
    <message>
        <source>The call does not say which workflow it belongs to.</source>
        <translation>Вызов не говорит, к какому бизнес-процессу он относится.</translation>
    </message>
    <message>
        <source>The portal&apos;s answer does not tell of this workflow.</source>
        <translation>В ответе портала нет сведений об этом бизнес-процессе.</translation>
    </message>
    <message>
        <source>It says: %1</source>
        <translation>Его ответ: %1</translation>
    </message>
</context>
<context>
    <name>PropertiesEdit</name>
    <message>
        <source>No property yet. Add one, or import the registration.</source>
        <translation>Свойств пока нет. Добавьте или загрузите регистрацию.</translation>
    </message>
    <message>
        <source>+ Add</source>
        <translation>+ Ещё</translation>
    </message>
    <message>
        <source>Add property</source>
        <translation>Добавить свойство</translation>
    </message>
    <message>
        <source>Remove property</source>
        <translation>Убрать свойство</translation>
    </message>
    <message>
        <source>Move property up</source>
        <translation>Передвинуть свойство выше</translation>
    </message>
    <message>
        <source>Move property down</source>
        <translation>Передвинуть свойство ниже</translation>
    </message>
    <message>
        <source>without a name</source>
        <translation>без имени</translation>
    </message>
    <message>
        <source>%1, has errors</source>
        <translation>%1, есть ошибки</translation>
    </message>
</context>
<context>
    <name>PropertyForm</name>
    <message>
        <source>Title</source>
        <translation>Заголовок</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Описание</translation>
    </message>
    <message>
        <source>One of the list, or a type of the document such as UF:money</source>
        <translation>Один из списка или тип документа, например UF:money</translation>
    </message>
    <message>
        <source>Required</source>
        <translation>Обязательное</translation>
    </message>
    <message>
        <source>Multiple: a list of values</source>
        <translation>Множественное: список значений</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Имя</translation>
    </message>
    <message>
        <source>Name, as it is sent</source>
        <translation>Имя, как оно отправляется</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Заголовок</translation>
    </message>
    <message>
        <source>T&amp;ype</source>
        <translation>&amp;Тип</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Тип</translation>
    </message>
    <message>
        <source>&amp;Options</source>
        <translation>&amp;Варианты</translation>
    </message>
    <message>
        <source>D&amp;efault</source>
        <translation>По &amp;умолчанию</translation>
    </message>
    <message>
        <source>&amp;Description</source>
        <translation>&amp;Описание</translation>
    </message>
    <message>
        <source>Kept as it is registered: %1</source>
        <translation>Сохраняется, как зарегистрировано: %1</translation>
    </message>
</context>
<context>
    <name>Questions</name>
    <message>
        <source>Host: %1</source>
        <translation>Хост: %1</translation>
    </message>
    <message>
        <source>none</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>Address: %1</source>
        <translation>Адрес: %1</translation>
    </message>
    <message>
        <source>Member id: %1</source>
        <translation>ID портала (member_id): %1</translation>
    </message>
    <message>
        <source>Application token: %1</source>
        <translation>Токен приложения: %1</translation>
    </message>
    <message>
        <source>Trusted until now: %1, application token %2.</source>
        <translation>До сих пор доверие было у %1, токен приложения %2.</translation>
    </message>
    <message>
        <source>Anybody who knows the listener&apos;s address can post a call. Replies carry tokens to this host. Trust it only if you know that it is your portal.</source>
        <translation>Вызов может прислать любой, кто знает адрес приёмника. Ответы несут токены на этот хост. Доверяйте ему, только если знаете, что это ваш портал.</translation>
    </message>
    <message>
        <source>Trust the portal %1?</source>
        <translation>Доверять порталу %1?</translation>
    </message>
    <message>
        <source>without a name</source>
        <translation>без имени</translation>
    </message>
    <message>
        <source>Trust this portal</source>
        <translation>Доверять порталу</translation>
    </message>
    <message>
        <source>Installed last: %1, application token %2.</source>
        <translation>Последняя установка: %1, токен приложения %2.</translation>
    </message>
    <message>
        <source>Answer a suspicious call?</source>
        <translation>Ответить на подозрительный вызов?</translation>
    </message>
    <message>
        <source>Rule %1, document %2.</source>
        <translation>Робот %1, документ %2.</translation>
    </message>
    <message>
        <source>Answer all the same</source>
        <translation>Всё равно ответить</translation>
    </message>
    <message>
        <source>bxgui</source>
        <translation>bxgui</translation>
    </message>
    <message>
        <source>Take back all replies that wait: %1?</source>
        <translation>Отозвать все ожидающие ответы: %1?</translation>
    </message>
    <message>
        <source>Nothing of them is sent. Their tokens are as they were before, and each form keeps the values for you to send them again.</source>
        <translation>Ни один из них не уйдёт. Токены станут такими, какими были до ответа, а значения останутся в формах: их можно отправить заново.</translation>
    </message>
    <message>
        <source>Take all back</source>
        <translation>Отозвать все</translation>
    </message>
    <message>
        <source>Close bxgui? Replies on their way: %1.</source>
        <translation>Закрыть bxgui? Ответов в пути: %1.</translation>
    </message>
    <message>
        <source>Close bxgui? Replies that have not been sent: %1.</source>
        <translation>Закрыть bxgui? Неотправленных ответов: %1.</translation>
    </message>
    <message>
        <source>They stay in the queue and wait for you at the next start: nothing goes by itself. A step whose deadline passes meanwhile gets no answer.</source>
        <translation>Они останутся в очереди и дождутся вас при следующем запуске: само ничего не уйдёт. Шаг, срок которого за это время выйдет, останется без ответа.</translation>
    </message>
    <message>
        <source>What is on its way is waited for: the window closes at once, but bxgui ends, and can be started again, only when the portal has answered, which may take a minute.</source>
        <translation>Тех, что в пути, bxgui дождётся: окно закроется сразу, но сама программа завершится — и её можно будет запустить снова — только когда портал ответит. Это может занять минуту.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Forget the registration of %1?</source>
        <translation>Забыть регистрацию: %1?</translation>
    </message>
    <message>
        <source>Its schema, names and options are removed; the portal cannot be asked for them. Its calls, replies and presets stay.</source>
        <translation>Схема, названия и варианты удалятся; у портала их не спросить. Вызовы, ответы и заготовки останутся.</translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation>Забыть</translation>
    </message>
    <message>
        <source>Address: %1

No call has told of it. Secrets that you enter for it go to this host.</source>
        <translation>Адрес: %1

Ни один вызов о нём не сообщал. Секреты, которые вы для него укажете, пойдут на этот хост.</translation>
    </message>
    <message>
        <source>Take the trust in %1 back?</source>
        <translation>Отозвать доверие порталу %1?</translation>
    </message>
    <message>
        <source>No reply goes to it any more until you trust it again, and its workflows wait. What was entered for it stays.</source>
        <translation>Ответы на него больше не пойдут, пока вы снова не доверитесь ему, и его бизнес-процессы будут ждать. То, что вы для него указали, останется.</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>Отозвать</translation>
    </message>
    <message>
        <source>Forget the portal %1?</source>
        <translation>Забыть портал %1?</translation>
    </message>
    <message>
        <source>Its secrets and tokens, its settings and the trust in it are removed. This cannot be undone. Its calls, replies and rules stay.</source>
        <translation>Будут удалены его секреты и токены, настройки и доверие к нему. Отменить это нельзя. Его вызовы, ответы и роботы останутся.</translation>
    </message>
    <message>
        <source>Remove the incoming webhook of %1?</source>
        <translation>Удалить входящий вебхук портала %1?</translation>
    </message>
    <message>
        <source>Its address is removed here, and cannot be shown again. In the portal it goes on: delete it there, if nobody else uses it.</source>
        <translation>Его адрес будет удалён здесь, и показать его снова нельзя. На портале вебхук останется: удалите его там, если им больше никто не пользуется.</translation>
    </message>
    <message>
        <source>Remove the application of %1?</source>
        <translation>Удалить приложение портала %1?</translation>
    </message>
    <message>
        <source>Its client id, client secret and tokens are removed here. In the portal it stays installed.</source>
        <translation>Его client id, client secret и токены будут удалены здесь. На портале приложение останется установленным.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Allow plain http to %1?</source>
        <translation>Разрешить незащищённый http для %1?</translation>
    </message>
    <message>
        <source>Tokens and webhooks then go there in clear: whoever is on the way can read them, and answer in your place.</source>
        <translation>Тогда токены и вебхуки пойдут туда открытым текстом: любой на пути сможет прочитать их и ответить вместо вас.</translation>
    </message>
    <message>
        <source>Allow it</source>
        <translation>Разрешить</translation>
    </message>
    <message>
        <source>Close without saving the settings of %1?</source>
        <translation>Закрыть, не сохранив настройки портала %1?</translation>
    </message>
    <message>
        <source>Close without saving the schema of %1?</source>
        <translation>Закрыть, не сохранив схему: %1?</translation>
    </message>
    <message>
        <source>What you have changed here is lost.</source>
        <translation>Изменённое здесь пропадёт.</translation>
    </message>
    <message>
        <source>Discard the changes</source>
        <translation>Отбросить изменения</translation>
    </message>
    <message>
        <source>Save over the registration of %1?</source>
        <translation>Сохранить поверх регистрации: %1?</translation>
    </message>
    <message>
        <source>It was changed since this editor was opened. Saving replaces that change.</source>
        <translation>Её изменили, пока был открыт этот редактор. Сохранение заменит то изменение.</translation>
    </message>
    <message>
        <source>Save over it</source>
        <translation>Сохранить поверх</translation>
    </message>
</context>
<context>
    <name>Queue</name>
    <message>
        <source>try %1 of %2 comes next</source>
        <translation>следующей будет попытка %1 из %2</translation>
    </message>
    <message>
        <source>try %1 of %2 is on its way</source>
        <translation>идёт попытка %1 из %2</translation>
    </message>
    <message>
        <source>its turn</source>
        <translation>своей очереди</translation>
    </message>
    <message>
        <source>try %1 of %2 in %3</source>
        <translation>попытка %1 из %2 через %3</translation>
    </message>
    <message>
        <source>the portal, until %4</source>
        <translation>портал, до %4</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>пауза</translation>
    </message>
    <message>
        <source>held: bxgui was closed</source>
        <translation>задержан: bxgui закрыли</translation>
    </message>
    <message>
        <source>The reply is repeated: try %1 of %2 comes next.</source>
        <translation>Ответ повторяется: следующей будет попытка %1 из %2.</translation>
    </message>
    <message>
        <source>The reply is on its way: try %1 of %2.</source>
        <translation>Ответ отправляется: попытка %1 из %2.</translation>
    </message>
    <message>
        <source>The reply waits its turn. Its place in the queue: %5.</source>
        <translation>Ответ ждёт своей очереди. Его место в ней: %5.</translation>
    </message>
    <message>
        <source>The reply is repeated: try %1 of %2 in %3.</source>
        <translation>Ответ повторяется: попытка %1 из %2 через %3.</translation>
    </message>
    <message>
        <source>The reply waits: the portal takes nothing until %4.</source>
        <translation>Ответ ждёт: портал ничего не принимает до %4.</translation>
    </message>
    <message>
        <source>The reply waits: sending to its portal is paused.</source>
        <translation>Ответ ждёт: отправка на его портал приостановлена.</translation>
    </message>
    <message>
        <source>The reply was not sent before bxgui was closed.</source>
        <translation>Ответ не успел уйти до закрытия bxgui.</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>Задержан</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>В очереди</translation>
    </message>
    <message>
        <source>A reply waits in the queue, and has not been executed.</source>
        <translation>Ответ ждёт в очереди и ещё не выполнен.</translation>
    </message>
    <message>
        <source>Queue %1</source>
        <translation>Очередь %1</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Очередь</translation>
    </message>
    <message>
        <source>%1 held</source>
        <translation>задержано %1</translation>
    </message>
    <message>
        <source>next try in %1</source>
        <translation>попытка через %1</translation>
    </message>
</context>
<context>
    <name>QueueActions</name>
    <message>
        <source>Taken back: %1.</source>
        <translation>Отозвано: %1.</translation>
    </message>
    <message>
        <source>On their way already, or over: %1.</source>
        <translation>Уже отправляются или завершены: %1.</translation>
    </message>
    <message>
        <source>Reply to %1</source>
        <translation>Ответ на %1</translation>
    </message>
</context>
<context>
    <name>QueueButton</name>
    <message>
        <source>Replies that have not gone out yet</source>
        <translation>Ответы, которые ещё не ушли</translation>
    </message>
</context>
<context>
    <name>QueueModel</name>
    <message>
        <source>Place</source>
        <translation>Место</translation>
    </message>
    <message>
        <source>Portal</source>
        <translation>Портал</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Робот</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Документ</translation>
    </message>
    <message>
        <source>Waits for</source>
        <translation>Чего ждёт</translation>
    </message>
    <message>
        <source>Last try</source>
        <translation>Последняя попытка</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>Go to the token</source>
        <translation>Перейти к токену</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Отозвать</translation>
    </message>
    <message>
        <source>Send what is held</source>
        <translation>Отправить задержанное</translation>
    </message>
    <message>
        <source>Pause %1</source>
        <translation>Приостановить: %1</translation>
    </message>
</context>
<context>
    <name>QueueTable</name>
    <message>
        <source>Queue of replies</source>
        <translation>Очередь ответов</translation>
    </message>
</context>
<context>
    <name>QueueTools</name>
    <message>
        <source>Pause</source>
        <translation>Пауза</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Отозвать</translation>
    </message>
    <message>
        <source>Take the selected replies back: they are not sent (Delete)</source>
        <translation>Отозвать выбранные ответы: они не уйдут (Delete)</translation>
    </message>
    <message>
        <source>Take all back</source>
        <translation>Отозвать все</translation>
    </message>
    <message>
        <source>Take every reply back that is not on its way</source>
        <translation>Отозвать все ответы, которые ещё не отправляются</translation>
    </message>
    <message>
        <source>Repeats…</source>
        <translation>Повторы…</translation>
    </message>
    <message>
        <source>Set how often and for how long replies are repeated</source>
        <translation>Задать, сколько раз и как долго повторять ответы</translation>
    </message>
    <message>
        <source>All portals</source>
        <translation>Все порталы</translation>
    </message>
    <message>
        <source>%1: send also what is held (%2)</source>
        <translation>%1: отправить и задержанное (%2)</translation>
    </message>
</context>
<context>
    <name>RawView</name>
    <message>
        <source>Headers and body</source>
        <translation>Заголовки и тело</translation>
    </message>
    <message>
        <source>Show secrets</source>
        <translation>Показать секреты</translation>
    </message>
    <message>
        <source>Access, refresh, application and event tokens, readable by whoever looks on</source>
        <translation>Токены доступа, обновления, приложения и события — их увидит любой, кто смотрит на экран</translation>
    </message>
    <message>
        <source>Copy the body as shown</source>
        <translation>Скопировать тело, как показано</translation>
    </message>
    <message>
        <source>The secrets cannot be read: their key was kept in memory only, and is gone.</source>
        <translation>Секреты не прочитать: их ключ хранился только в памяти, и его больше нет.</translation>
    </message>
    <message>
        <source>Secrets are masked as ***.</source>
        <translation>Секреты скрыты за ***.</translation>
    </message>
    <message>
        <source>A preview: the first bytes, with all that may be a secret masked as ***. “Show secrets” shows all that came.</source>
        <translation>Только начало, всё похожее на секреты скрыто под ***. «Показать секреты» покажет всё, что пришло.</translation>
    </message>
    <message>
        <source>A preview: the first bytes, with all that may be a secret masked as ***. Nothing else of it was kept.</source>
        <translation>Только начало, всё похожее на секреты скрыто под ***. Остальное не сохранено.</translation>
    </message>
    <message>
        <source>This is all that came.</source>
        <translation>Это всё, что пришло.</translation>
    </message>
</context>
<context>
    <name>RegistrationPreview</name>
    <message>
        <source>Return properties</source>
        <translation>Возвращаемые свойства</translation>
    </message>
    <message>
        <source>Properties</source>
        <translation>Свойства</translation>
    </message>
    <message>
        <source>What is to be known</source>
        <translation>Что нужно знать</translation>
    </message>
    <message>
        <source>Return properties %1</source>
        <translation>Возвращаемые свойства %1</translation>
    </message>
    <message>
        <source>Properties %1</source>
        <translation>Свойства %1</translation>
    </message>
</context>
<context>
    <name>Registrations</name>
    <message>
        <source>Remark</source>
        <translation>Пометка</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Изменение</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>и ещё %1</translation>
    </message>
    <message>
        <source>Property</source>
        <translation>Свойство</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Тип</translation>
    </message>
    <message>
        <source>Required</source>
        <translation>Обязат.</translation>
    </message>
    <message>
        <source>Multiple</source>
        <translation>Список</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Заголовок</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>Варианты</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>По умолчанию</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>да</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>Строка %1: %2</translation>
    </message>
    <message>
        <source>%1 is removed: it was %2.</source>
        <translation>%1: удалится, было %2.</translation>
    </message>
    <message>
        <source>%1 is new: %3.</source>
        <translation>%1: новое, %3.</translation>
    </message>
    <message>
        <source>%1 is changed from %2 to %3.</source>
        <translation>%1: было %2, станет %3.</translation>
    </message>
    <message>
        <source>new</source>
        <translation>новое</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>удалится</translation>
    </message>
    <message>
        <source>moved</source>
        <translation>передвинуто</translation>
    </message>
    <message>
        <source>changed: %1</source>
        <translation>изменено: %1</translation>
    </message>
    <message>
        <source>automation rule</source>
        <translation>робот</translation>
    </message>
    <message>
        <source>activity</source>
        <translation>действие</translation>
    </message>
    <message>
        <source>automation rule or activity</source>
        <translation>робот или действие</translation>
    </message>
    <message>
        <source>waits for a reply</source>
        <translation>ждёт ответа</translation>
    </message>
    <message>
        <source>does not wait</source>
        <translation>не ждёт</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 портала %2</translation>
    </message>
    <message>
        <source>A string has an escape that stands for no character.</source>
        <translation>В строке есть последовательность, которая не обозначает символа.</translation>
    </message>
    <message>
        <source>A number cannot be read.</source>
        <translation>Число не прочитать.</translation>
    </message>
    <message>
        <source>The body is in another file, %2. Paste what is in it.</source>
        <translation>Тело запроса в другом файле, %2. Вставьте его содержимое.</translation>
    </message>
    <message>
        <source>The bracket that is opened here is not closed.</source>
        <translation>Открытая здесь скобка не закрыта.</translation>
    </message>
    <message>
        <source>A colon is missing.</source>
        <translation>Не хватает двоеточия.</translation>
    </message>
    <message>
        <source>A comma is missing.</source>
        <translation>Не хватает запятой.</translation>
    </message>
    <message>
        <source>The comment that begins here does not end.</source>
        <translation>Начатый здесь комментарий не закончен.</translation>
    </message>
    <message>
        <source>There is nothing in it.</source>
        <translation>В тексте ничего нет.</translation>
    </message>
    <message>
        <source>The form has too many fields, or brackets too deep.</source>
        <translation>В форме слишком много полей или слишком глубокие скобки.</translation>
    </message>
    <message>
        <source>A string holds half of a character.</source>
        <translation>В строке половина символа.</translation>
    </message>
    <message>
        <source>A name is missing.</source>
        <translation>Не хватает имени.</translation>
    </message>
    <message>
        <source>No registration is found in it.</source>
        <translation>Регистрации в тексте нет.</translation>
    </message>
    <message>
        <source>It names a CODE, in a form that is not read. Paste the parameters of the call as JSON.</source>
        <translation>CODE здесь есть, но в такой записи он не читается. Вставьте параметры вызова как JSON.</translation>
    </message>
    <message>
        <source>The quote that is opened here is not closed.</source>
        <translation>Открытая здесь кавычка не закрыта.</translation>
    </message>
    <message>
        <source>The string that begins here does not end.</source>
        <translation>Начатая здесь строка не закончена.</translation>
    </message>
    <message>
        <source>It is nested too deeply.</source>
        <translation>Вложенность слишком глубокая.</translation>
    </message>
    <message>
        <source>It is too large: a megabyte is the most.</source>
        <translation>Слишком много: допустим мегабайт.</translation>
    </message>
    <message>
        <source>A value is missing.</source>
        <translation>Не хватает значения.</translation>
    </message>
    <message>
        <source>This bracket closes another one than was opened.</source>
        <translation>Эта скобка закрывает не ту, что открыта.</translation>
    </message>
    <message>
        <source>Line %1, column %2: %3</source>
        <translation>Строка %1, столбец %2: %3</translation>
    </message>
    <message>
        <source>“%2” was left out: it is a secret.</source>
        <translation>«%2» пропущено: это секрет.</translation>
    </message>
    <message>
        <source>%1 is closed by a brace, and was opened by a bracket.</source>
        <translation>%1: закрыто фигурной скобкой, а открыто квадратной.</translation>
    </message>
    <message>
        <source>The file “%2” was not read. Paste what is in it.</source>
        <translation>Файл «%2» не прочитан. Вставьте его содержимое.</translation>
    </message>
    <message>
        <source>%1 was left out: it describes no property.</source>
        <translation>%1: пропущено, это не описание свойства.</translation>
    </message>
    <message>
        <source>%1 is given twice: the later one counts.</source>
        <translation>%1: указано дважды, действует последнее.</translation>
    </message>
    <message>
        <source>What begins here was not read. %2</source>
        <translation>Начатое здесь не прочитано. %2</translation>
    </message>
    <message>
        <source>A secret in “%2” was left out.</source>
        <translation>Секрет в «%2» пропущен.</translation>
    </message>
    <message>
        <source>%1 was left out: only the running program knows %2.</source>
        <translation>%1: пропущено, %2 знает только работающая программа.</translation>
    </message>
    <message>
        <source>The webhook&apos;s address was left out: it is a secret.</source>
        <translation>Адрес вебхука пропущен: он секретный.</translation>
    </message>
    <message>
        <source>A value</source>
        <translation>Значение</translation>
    </message>
    <message>
        <source>it</source>
        <translation>его</translation>
    </message>
    <message>
        <source>%1 “%2” has other characters than letters, digits, dots, hyphens and underscores: the portal refuses it.</source>
        <translation>%1: в «%2» не только буквы, цифры, точки, дефисы и подчёркивания, портал не примет.</translation>
    </message>
    <message>
        <source>%1 is not a list of three texts: the portal refuses it.</source>
        <translation>%1: не список из трёх текстов, портал не примет.</translation>
    </message>
    <message>
        <source>%1 is not a map of INCLUDE and EXCLUDE: the portal refuses it.</source>
        <translation>%1: не набор из INCLUDE и EXCLUDE, портал не примет.</translation>
    </message>
    <message>
        <source>%1 is no name of a property: the portal wants a letter, then letters, digits and underscores.</source>
        <translation>%1: не имя свойства. Портал ждёт букву, затем буквы, цифры и подчёркивания.</translation>
    </message>
    <message>
        <source>%1 is missing.</source>
        <translation>%1: не указано.</translation>
    </message>
    <message>
        <source>%1: “%2” is not a key of the options.</source>
        <translation>%1: среди ключей вариантов нет «%2».</translation>
    </message>
    <message>
        <source>%1: “%2” does not fit the type.</source>
        <translation>%1: «%2» не подходит типу.</translation>
    </message>
    <message>
        <source>%1 is N: the step does not wait, and what is returned has no effect.</source>
        <translation>%1 = N: шаг не ждёт, и возвращённое ничего не изменит.</translation>
    </message>
    <message>
        <source>%1 has a part behind #, which is never sent.</source>
        <translation>%1: часть после # никогда не отправляется.</translation>
    </message>
    <message>
        <source>%1 has a host without a dot: the portal refuses it.</source>
        <translation>%1: в имени узла нет точки, портал не примет.</translation>
    </message>
    <message>
        <source>%1 is on a local network: Bitrix24 cannot reach it.</source>
        <translation>%1: адрес в локальной сети, Битрикс24 до него не доберётся.</translation>
    </message>
    <message>
        <source>%1 is missing. Put it in when the rule is registered.</source>
        <translation>%1: не указано. Впишите, когда будете регистрировать робота.</translation>
    </message>
    <message>
        <source>%1 is no address: the portal refuses it.</source>
        <translation>%1: это не адрес, портал не примет.</translation>
    </message>
    <message>
        <source>%1 begins neither with http:// nor with https://: the portal refuses it.</source>
        <translation>%1 начинается не с http:// и не с https://: портал не примет.</translation>
    </message>
    <message>
        <source>%1 is not encrypted, and calls carry tokens.</source>
        <translation>%1: связь не шифруется, а вызовы несут токены.</translation>
    </message>
    <message>
        <source>%1 has a user name in it.</source>
        <translation>%1: в адресе есть имя пользователя.</translation>
    </message>
    <message>
        <source>%1 differs from another property in capital letters only: the portal does not look at them in a reply.</source>
        <translation>%1 отличается от другого свойства только большими буквами: в ответе портал их не различает.</translation>
    </message>
    <message>
        <source>%1 is missing: the portal refuses the rule.</source>
        <translation>%1: не указано, портал не примет робота.</translation>
    </message>
    <message>
        <source>%1 are missing: there is nothing to select.</source>
        <translation>%1: вариантов нет, выбирать не из чего.</translation>
    </message>
    <message>
        <source>%1 have no effect on a property of this type.</source>
        <translation>%1: у свойства этого типа варианты ничего не значат.</translation>
    </message>
    <message>
        <source>%1 is missing, and USE_PLACEMENT is Y.</source>
        <translation>%1: не указано, а USE_PLACEMENT = Y.</translation>
    </message>
    <message>
        <source>%1 is a list: the portal wants each property under a name of its own, as in {&quot;approved&quot;: {…}}.</source>
        <translation>%1 — список, а портал ждёт каждый параметр под своим именем, как в {&quot;approved&quot;: {…}}.</translation>
    </message>
    <message>
        <source>%1 is missing: the portal may refuse the property.</source>
        <translation>%1: не указано, портал может не принять свойство.</translation>
    </message>
    <message>
        <source>%1 is there twice. Rename one, or remove it.</source>
        <translation>%1: есть дважды. Переименуйте или уберите одно.</translation>
    </message>
    <message>
        <source>%1: the key “%2” is there twice.</source>
        <translation>%1: ключ «%2» есть дважды.</translation>
    </message>
    <message>
        <source>%1 is missing: whether the step waits is left to the author of the workflow.</source>
        <translation>%1: не указано, ждать ли ответа, решит автор бизнес-процесса.</translation>
    </message>
    <message>
        <source>%1 is “%2”: with anything but Y the step does not wait.</source>
        <translation>%1: «%2», а шаг ждёт только при Y.</translation>
    </message>
    <message>
        <source>%1: “%2” is no type that Bitrix24 documents.</source>
        <translation>%1: типа «%2» нет в документации Битрикс24.</translation>
    </message>
    <message>
        <source>%1: “%2” cannot be read.</source>
        <translation>%1: «%2» не прочитать.</translation>
    </message>
    <message>
        <source>Did you mean “%3”?</source>
        <translation>Возможно, «%3»?</translation>
    </message>
</context>
<context>
    <name>Rejections</name>
    <message>
        <source>not answered</source>
        <translation>без ответа</translation>
    </message>
    <message>
        <source>HTTP %1</source>
        <translation>HTTP %1</translation>
    </message>
    <message>
        <source>This post was not taken, and was answered with HTTP %1: %2.</source>
        <translation>Запрос не принят, отправитель получил HTTP %1: %2.</translation>
    </message>
    <message>
        <source>This post was not taken: %2.</source>
        <translation>Запрос не принят: %2.</translation>
    </message>
    <message>
        <source>Its sender had gone before all of it had come. If it was your portal, its workflow waits in vain: look at the time limits of your tunnel or proxy, and start the workflow again.</source>
        <translation>Он пришёл не целиком. Если его отправил ваш портал, бизнес-процесс ждёт напрасно: проверьте ограничения по времени у туннеля или прокси и запустите бизнес-процесс заново.</translation>
    </message>
    <message>
        <source>If it was your portal, add its network under ⋯ Listener settings and start the workflow again.</source>
        <translation>Если это ваш портал, добавьте его сеть (⋯ Настройки приёмника) и запустите бизнес-процесс заново.</translation>
    </message>
    <message>
        <source>Something between the portal and this computer is too slow. Look at your tunnel or proxy, and start the workflow again.</source>
        <translation>Связь между порталом и этим компьютером слишком медленная. Проверьте туннель или прокси и запустите бизнес-процесс заново.</translation>
    </message>
    <message>
        <source>If it was your rule, have it send less: the workflow waits in vain until it is started again.</source>
        <translation>Если это ваш робот, пусть отправляет меньше: бизнес-процесс ждёт напрасно, пока его не запустят заново.</translation>
    </message>
    <message>
        <source>Bitrix24 sends forms. What came in another format comes from another program, and needs nothing; if it is yours, have it send a form or JSON.</source>
        <translation>Битрикс24 отправляет формы. Запрос в другом формате пришёл от другой программы, делать с ним ничего не нужно; если она ваша, пусть отправляет форму или JSON.</translation>
    </message>
    <message>
        <source>The listener had no room for it at that moment. If it was your portal, start the workflow again; if it happens often, somebody floods the address: make a new one under ⋯ New secret address, or name the networks that may post.</source>
        <translation>У приёмника в тот момент не было для него места. Если это ваш портал, запустите бизнес-процесс заново; если так бывает часто, адрес заваливают запросами: создайте новый (⋯ Новый секретный адрес) или укажите разрешённые сети.</translation>
    </message>
    <message>
        <source>Bitrix24 does not send such posts: most come from programs that try out addresses, and need nothing. If it was your portal, look at your tunnel or proxy, and start the workflow again.</source>
        <translation>Битрикс24 таких запросов не отправляет: чаще всего их шлют программы, которые перебирают адреса, делать с ними ничего не нужно. Если это был ваш портал, проверьте туннель или прокси и запустите бизнес-процесс заново.</translation>
    </message>
</context>
<context>
    <name>RepeatsDialog</name>
    <message>
        <source>Repeats</source>
        <translation>Повторы</translation>
    </message>
    <message>
        <source>Tries of a reply, with the first</source>
        <translation>Попыток на ответ, вместе с первой</translation>
    </message>
    <message>
        <source>1: no repeats</source>
        <translation>1: без повторов</translation>
    </message>
    <message>
        <source>Repeat for at most</source>
        <translation>Повторять не дольше</translation>
    </message>
    <message>
        <source> min</source>
        <translation> мин</translation>
    </message>
    <message>
        <source>Only a reply that the portal surely did not execute is repeated by itself, with growing pauses: after too many requests, a limit, a busy workflow, no connection.</source>
        <translation>Сам повторяется, с растущими паузами, только ответ, которого портал точно не выполнил: слишком много запросов, лимит, занятый бизнес-процесс, нет связи.</translation>
    </message>
    <message>
        <source>What the portal refused, or may have executed, waits for you.</source>
        <translation>То, в чём портал отказал или что мог выполнить, ждёт вашего решения.</translation>
    </message>
    <message>
        <source>What is queued already keeps the limit that it was sent with.</source>
        <translation>Ответы, которые уже в очереди, повторяются так, как было задано при их отправке.</translation>
    </message>
</context>
<context>
    <name>ReplyForm</name>
    <message>
        <source>Log message</source>
        <translation>Запись в журнал</translation>
    </message>
    <message>
        <source>written to the workflow&apos;s log in the portal</source>
        <translation>попадёт в журнал бизнес-процесса на портале</translation>
    </message>
    <message>
        <source>Send reply</source>
        <translation>Отправить ответ</translation>
    </message>
    <message>
        <source>Complete the step with these values (Ctrl+Enter)</source>
        <translation>Завершить шаг с этими значениями (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Only log</source>
        <translation>Только в журнал</translation>
    </message>
    <message>
        <source>Write the log message and let the step go on waiting</source>
        <translation>Сделать запись в журнал, а шаг пусть ждёт дальше</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Форма</translation>
    </message>
    <message>
        <source>Edit the values as rows</source>
        <translation>Править значения построчно</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Edit the same values as JSON (Ctrl+J)</source>
        <translation>Править те же значения в JSON (Ctrl+J)</translation>
    </message>
    <message>
        <source>Return values</source>
        <translation>Возвращаемые значения</translation>
    </message>
    <message>
        <source>&amp;Log message</source>
        <translation>&amp;Запись в журнал</translation>
    </message>
    <message>
        <source>Write a log message first.</source>
        <translation>Сначала напишите запись в журнал.</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Отправляется…</translation>
    </message>
    <message>
        <source>In the queue</source>
        <translation>В очереди</translation>
    </message>
</context>
<context>
    <name>ReplyProgress</name>
    <message>
        <source>What the reply waits for</source>
        <translation>Чего ждёт ответ</translation>
    </message>
    <message>
        <source>Send it now</source>
        <translation>Отправить сейчас</translation>
    </message>
    <message>
        <source>Show the queue</source>
        <translation>Показать очередь</translation>
    </message>
    <message>
        <source>It goes only when you say so.</source>
        <translation>Он уйдёт, только когда вы решите.</translation>
    </message>
    <message>
        <source>Stop repeating</source>
        <translation>Остановить повторы</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Отозвать</translation>
    </message>
</context>
<context>
    <name>ReplyTools</name>
    <message>
        <source>Preview ▸</source>
        <translation>Предпросмотр ▸</translation>
    </message>
    <message>
        <source>The request as it will go over the wire (Ctrl+P)</source>
        <translation>Запрос, каким он уйдёт по сети (Ctrl+P)</translation>
    </message>
    <message>
        <source>Preview ▾</source>
        <translation>Предпросмотр ▾</translation>
    </message>
</context>
<context>
    <name>ResultModel</name>
    <message>
        <source>Document</source>
        <translation>Документ</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Итог</translation>
    </message>
    <message>
        <source>What it means</source>
        <translation>Что это значит</translation>
    </message>
</context>
<context>
    <name>ResultsPage</name>
    <message>
        <source>Results</source>
        <translation>Итоги</translation>
    </message>
    <message>
        <source>Replies that are over</source>
        <translation>Завершённые ответы</translation>
    </message>
    <message>
        <source>Closing this window stops nothing: what is queued goes on, and a message tells when it is over.</source>
        <translation>Если закрыть это окно, ничего не остановится: очередь продолжит работу, а сообщение скажет, когда всё завершится.</translation>
    </message>
    <message>
        <source>The unknown ones may have been executed. Check each before you send it again: a double click goes to its token.</source>
        <translation>Ответы с неизвестным итогом могли быть выполнены. Проверьте каждый, прежде чем отправлять снова: двойной щелчок открывает его токен.</translation>
    </message>
    <message>
        <source>What was not executed still waits: “Retry the failed” lists it again, and nothing else.</source>
        <translation>Невыполненное всё ещё ждёт: «Повторить неудачные» снова составит список только из него.</translation>
    </message>
    <message>
        <source>The portal accepted all of them. Accepted is not applied.</source>
        <translation>Портал принял все ответы. Принято ещё не значит применено.</translation>
    </message>
    <message>
        <source>The portal refused some for good. Each line says why.</source>
        <translation>Некоторые ответы портал отклонил окончательно. Причина указана в каждой строке.</translation>
    </message>
</context>
<context>
    <name>RowMenu</name>
    <message>
        <source>Leave unset</source>
        <translation>Не отправлять</translation>
    </message>
    <message>
        <source>Send an empty list</source>
        <translation>Отправить пустой список</translation>
    </message>
    <message>
        <source>Send empty</source>
        <translation>Отправить пустым</translation>
    </message>
    <message>
        <source>Take the %1</source>
        <translation>Взять %1</translation>
    </message>
    <message>
        <source>How this portal is sent dates…</source>
        <translation>В каком виде портал получает даты…</translation>
    </message>
    <message>
        <source>Remove this value</source>
        <translation>Удалить это значение</translation>
    </message>
    <message>
        <source>Change type</source>
        <translation>Сменить тип</translation>
    </message>
</context>
<context>
    <name>RowView</name>
    <message>
        <source>Send %1</source>
        <translation>Отправить %1</translation>
    </message>
    <message>
        <source>Without the tick the value is not sent at all.</source>
        <translation>Без отметки значение не отправляется вовсе.</translation>
    </message>
    <message>
        <source>Menu of %1</source>
        <translation>Меню %1</translation>
    </message>
    <message>
        <source>Type of %1</source>
        <translation>Тип %1</translation>
    </message>
    <message>
        <source>Value of %1</source>
        <translation>Значение %1</translation>
    </message>
    <message>
        <source>That holds half of a character, which no name can. It was not taken.</source>
        <translation>Здесь половина символа, в имени её быть не может. Вставка не принята.</translation>
    </message>
</context>
<context>
    <name>Rows</name>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>Name of the value</source>
        <translation>Имя значения</translation>
    </message>
    <message>
        <source>Take the default</source>
        <translation>Взять значение по умолчанию</translation>
    </message>
    <message>
        <source>Unset, empty, default, type (Ctrl+M)</source>
        <translation>Не отправлять, пустое, по умолчанию, тип (Ctrl+M)</translation>
    </message>
    <message>
        <source>new value</source>
        <translation>новое значение</translation>
    </message>
    <message>
        <source>%1 list</source>
        <translation>список %1</translation>
    </message>
    <message>
        <source>not in the rule&apos;s schema</source>
        <translation>нет в схеме робота</translation>
    </message>
    <message>
        <source>a type of the document: sent as the text you write</source>
        <translation>тип документа: уйдёт текстом, как написано</translation>
    </message>
    <message>
        <source>a file&apos;s id, not its content</source>
        <translation>идентификатор файла, не содержимое</translation>
    </message>
    <message>
        <source>registered as %1</source>
        <translation>зарегистрировано как %1</translation>
    </message>
    <message>
        <source>default: %1</source>
        <translation>по умолчанию: %1</translation>
    </message>
    <message>
        <source>The rule&apos;s registration marks this value as required.</source>
        <translation>При регистрации робота это значение отмечено обязательным.</translation>
    </message>
</context>
<context>
    <name>RuleDialogs</name>
    <message>
        <source>The registration of %1 is not known: import it first, or edit its schema.</source>
        <translation>Регистрация неизвестна: %1. Сначала загрузите её или измените схему.</translation>
    </message>
    <message>
        <source>bxgui</source>
        <translation>bxgui</translation>
    </message>
</context>
<context>
    <name>RuleForm</name>
    <message>
        <source>not given: the author of the workflow decides</source>
        <translation>не указано: решает автор бизнес-процесса</translation>
    </message>
    <message>
        <source>Y: the step waits for a reply</source>
        <translation>Y: шаг ждёт ответа</translation>
    </message>
    <message>
        <source>N: the step does not wait</source>
        <translation>N: шаг не ждёт</translation>
    </message>
    <message>
        <source>the id of a user</source>
        <translation>идентификатор пользователя</translation>
    </message>
    <message>
        <source>not given</source>
        <translation>не указано</translation>
    </message>
    <message>
        <source>Kept as it is registered: %1</source>
        <translation>Сохраняется, как зарегистрировано: %1</translation>
    </message>
    <message>
        <source>Part %1 of DOCUMENT_TYPE</source>
        <translation>Часть %1 DOCUMENT_TYPE</translation>
    </message>
    <message>
        <source>Secrets in an address are masked when it is saved.</source>
        <translation>Секреты в адресе при сохранении скрываются.</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Вид</translation>
    </message>
</context>
<context>
    <name>RuleTasks</name>
    <message>
        <source>Import registration…</source>
        <translation>Загрузить регистрацию…</translation>
    </message>
    <message>
        <source>Edit schema…</source>
        <translation>Изменить схему…</translation>
    </message>
    <message>
        <source>Learn from replies…</source>
        <translation>Узнать из ответов…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Выгрузить…</translation>
    </message>
    <message>
        <source>Forget…</source>
        <translation>Забыть…</translation>
    </message>
</context>
<context>
    <name>RulesDialog</name>
    <message>
        <source>Rules</source>
        <translation>Роботы</translation>
    </message>
    <message>
        <source>No rule is known yet. A rule is known from its first call.</source>
        <translation>Роботов пока нет. Робот становится известен с первого вызова.</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Робот</translation>
    </message>
    <message>
        <source>Portal</source>
        <translation>Портал</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Вызовы</translation>
    </message>
    <message>
        <source>Schema</source>
        <translation>Схема</translation>
    </message>
    <message>
        <source>Return properties</source>
        <translation>Возвращает</translation>
    </message>
    <message>
        <source>Properties</source>
        <translation>Свойства</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>known</source>
        <translation>известна</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>неизвестна</translation>
    </message>
</context>
<context>
    <name>SchemaEditor</name>
    <message>
        <source>Schema of %1</source>
        <translation>Схема: %1</translation>
    </message>
    <message>
        <source>Return properties</source>
        <translation>Возвращаемые свойства</translation>
    </message>
    <message>
        <source>Properties</source>
        <translation>Свойства</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Робот</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>Что не так</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation>Отменить (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Вернуть</translation>
    </message>
    <message>
        <source>Redo (Ctrl+Shift+Z)</source>
        <translation>Вернуть (Ctrl+Shift+Z)</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Save (Ctrl+Enter)</source>
        <translation>Сохранить (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Return properties %1</source>
        <translation>Возвращаемые свойства %1</translation>
    </message>
    <message>
        <source>Properties %1</source>
        <translation>Свойства %1</translation>
    </message>
    <message>
        <source>Mend the errors first: F8 goes to each of them.</source>
        <translation>Сначала исправьте ошибки: F8 ведёт от одной к другой.</translation>
    </message>
</context>
<context>
    <name>SchemaMenu</name>
    <message>
        <source>Schema ▾</source>
        <translation>Схема ▾</translation>
    </message>
    <message>
        <source>What the rule of this call returns: import, edit, learn, export</source>
        <translation>Что возвращает робот этого вызова: загрузить, изменить, узнать, выгрузить</translation>
    </message>
    <message>
        <source>Schema of the rule</source>
        <translation>Схема робота</translation>
    </message>
</context>
<context>
    <name>SchemaOffer</name>
    <message>
        <source>No schema is known for this rule.</source>
        <translation>Схема этого робота неизвестна.</translation>
    </message>
    <message>
        <source>Import its registration, or learn it from earlier replies to the rule.</source>
        <translation>Загрузите его регистрацию или узнайте схему из прежних ответов.</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Загрузить…</translation>
    </message>
    <message>
        <source>Import the registration of this rule</source>
        <translation>Загрузить регистрацию этого робота</translation>
    </message>
    <message>
        <source>Do not offer this for the rule any more</source>
        <translation>Больше не предлагать для этого робота</translation>
    </message>
    <message>
        <source>Learn from replies (%1)…</source>
        <translation>Узнать из ответов (%1)…</translation>
    </message>
</context>
<context>
    <name>SendAgain</name>
    <message>
        <source>Send the same reply to %1 again?</source>
        <translation>Отправить тот же ответ для %1 ещё раз?</translation>
    </message>
    <message>
        <source>&amp;Send again</source>
        <translation>&amp;Отправить снова</translation>
    </message>
    <message>
        <source>The portal may have written the log message already. Sent again it may stand in the workflow&apos;s log twice, and the portal answers “true” even if it drops it.</source>
        <translation>Портал уже мог сделать запись в журнал. При повторной отправке она может оказаться в журнале процесса дважды, а «true» портал отвечает, даже если отбрасывает её.</translation>
    </message>
    <message>
        <source>The portal has accepted a reply to this token. It answers “true” to another one as well, whether or not it uses it: you will not learn from the answer which of them counted.</source>
        <translation>Портал уже принял ответ на этот токен. На ещё один он тоже ответит «true», применит он его или нет: из этого ответа нельзя узнать, какой из них подействовал.</translation>
    </message>
    <message>
        <source>The portal may have executed the first one. It answers “true” to a second one whether or not it uses it: if the step still waits, the second completes it; if it does not, the second is dropped without a word. A workflow that has ended is answered with 404.</source>
        <translation>Портал мог выполнить первый ответ. На второй он отвечает «true», применит он его или нет: если шаг ещё ждёт, второй ответ его завершит; если нет — будет молча отброшен. Если бизнес-процесс закончился, портал ответит 404.</translation>
    </message>
    <message>
        <source>The portal executed nothing of it.</source>
        <translation>Портал ничего не выполнил.</translation>
    </message>
</context>
<context>
    <name>SendQuestion</name>
    <message>
        <source>Before the reply goes</source>
        <translation>Перед отправкой ответа</translation>
    </message>
    <message>
        <source>&amp;Do not ask about these again for this rule</source>
        <translation>&amp;Больше не спрашивать об этом для этого робота</translation>
    </message>
    <message>
        <source>Send the reply to %1?</source>
        <translation>Отправить ответ на %1?</translation>
    </message>
    <message>
        <source>About replies to this rule:</source>
        <translation>Об ответах этому роботу:</translation>
    </message>
    <message>
        <source>&amp;Send all the same</source>
        <translation>&amp;Всё равно отправить</translation>
    </message>
    <message>
        <source>&amp;Go back</source>
        <translation>&amp;Вернуться</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Listener settings</source>
        <translation>Настройки приёмника</translation>
    </message>
    <message>
        <source>Saving starts the listener again; what is in flight is finished first.</source>
        <translation>После сохранения приёмник перезапустится; начатое он сначала закончит.</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Хост</translation>
    </message>
    <message>
        <source>127.0.0.1 is reached from this computer only, as by a tunnel or proxy on it; 0.0.0.0 from the whole network.</source>
        <translation>127.0.0.1 доступен только с этого компьютера, например туннелю или прокси на нём; 0.0.0.0 — из всей сети.</translation>
    </message>
    <message>
        <source>any free one</source>
        <translation>любой свободный</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Порт</translation>
    </message>
    <message>
        <source>One that no other program uses. A tunnel or proxy hands calls on to it.</source>
        <translation>Любой, не занятый другой программой. Туннель или прокси передаёт вызовы на него.</translation>
    </message>
    <message>
        <source>Public address</source>
        <translation>Внешний адрес</translation>
    </message>
    <message>
        <source>How portals reach the listener: what your tunnel or proxy is called outside. Empty when nothing stands between.</source>
        <translation>По какому адресу порталы достучатся до приёмника: внешний адрес туннеля или прокси. Если их нет, оставьте поле пустым.</translation>
    </message>
    <message>
        <source>TLS certificate</source>
        <translation>Сертификат TLS</translation>
    </message>
    <message>
        <source>TLS key</source>
        <translation>Ключ TLS</translation>
    </message>
    <message>
        <source>PEM files, the certificate with its chain. Leave both empty when a tunnel or proxy speaks TLS. Renewed files are taken over without a restart.</source>
        <translation>Файлы PEM, сертификат вместе с цепочкой. Если TLS обеспечивает туннель или прокси, оставьте оба поля пустыми. Обновлённые файлы подхватываются без перезапуска.</translation>
    </message>
    <message>
        <source>Allowed networks</source>
        <translation>Разрешённые сети</translation>
    </message>
    <message>
        <source>One to a line, such as 203.0.113.0/24. Posts from elsewhere are rejected. Empty: whoever knows the secret address may post.</source>
        <translation>По одной в строке, например 203.0.113.0/24. Запросы из других сетей отклоняются. Пусто: принимаются от всех, кто знает секретный адрес.</translation>
    </message>
    <message>
        <source>Trusted proxies</source>
        <translation>Доверенные прокси</translation>
    </message>
    <message>
        <source>One to a line. Only where a connection comes from one of these, its X-Forwarded-For header tells who really posts.</source>
        <translation>По одному в строке. Только для соединений от них заголовок X-Forwarded-For говорит, кто отправил запрос на самом деле.</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Обзор…</translation>
    </message>
    <message>
        <source>Browse for: %1</source>
        <translation>Выбрать файл: %1</translation>
    </message>
    <message>
        <source>Enter a host, for example 127.0.0.1.</source>
        <translation>Укажите хост, например 127.0.0.1.</translation>
    </message>
    <message>
        <source>Certificate and key go together: name both files, or none.</source>
        <translation>Сертификат и ключ нужны вместе: укажите оба файла или ни одного.</translation>
    </message>
    <message>
        <source>“%1” is not a web address such as https://hook.example.com.</source>
        <translation>«%1» — не веб-адрес вида https://hook.example.com.</translation>
    </message>
    <message>
        <source>“%1” is neither a network such as 203.0.113.0/24 nor an address.</source>
        <translation>«%1» — не сеть вида 203.0.113.0/24 и не адрес.</translation>
    </message>
</context>
<context>
    <name>SourceCard</name>
    <message>
        <source>Whether it is tried at all</source>
        <translation>Пробовать ли его вообще</translation>
    </message>
    <message>
        <source>Try this earlier: %1</source>
        <translation>Пробовать раньше: %1</translation>
    </message>
    <message>
        <source>Try this later: %1</source>
        <translation>Пробовать позже: %1</translation>
    </message>
    <message>
        <source>Replace…</source>
        <translation>Заменить…</translation>
    </message>
    <message>
        <source>%1 (not tried)</source>
        <translation>%1 (не используется)</translation>
    </message>
</context>
<context>
    <name>SourcesView</name>
    <message>
        <source>&amp;Test</source>
        <translation>&amp;Проверить</translation>
    </message>
    <message>
        <source>Ask the portal what each may do; nothing is changed there</source>
        <translation>Спросить портал, что можно с каждым из них; на портале ничего не меняется</translation>
    </message>
    <message>
        <source>Asking the portal…</source>
        <translation>Спрашиваем портал…</translation>
    </message>
    <message>
        <source>Nothing authorizes requests to this portal yet.</source>
        <translation>Запросы к этому порталу пока нечем авторизовать.</translation>
    </message>
    <message>
        <source>Tested: replies can be sent.</source>
        <translation>Проверено: ответы отправлять можно.</translation>
    </message>
    <message>
        <source>Tested: no reply can be sent with any of these.</source>
        <translation>Проверено: ни с одним из них ответ не отправить.</translation>
    </message>
    <message>
        <source>Authorization, in the order of trying</source>
        <translation>Авторизация, в порядке применения</translation>
    </message>
</context>
<context>
    <name>StateTabs</name>
    <message>
        <source>Filter by state</source>
        <translation>Фильтр по состоянию</translation>
    </message>
    <message>
        <source>Application events, openings and posts that carry no event token</source>
        <translation>События приложений, открытия и запросы без токена события</translation>
    </message>
    <message>
        <source>Posts that were not taken, with the reason and what came of them</source>
        <translation>Запросы, которые не были приняты: почему и что из них пришло</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Все</translation>
    </message>
    <message>
        <source>Other posts</source>
        <translation>Прочее</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Отклонённые</translation>
    </message>
</context>
<context>
    <name>Texts</name>
    <message>
        <source>Waiting</source>
        <translation>Ждёт</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Отправка</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Принят</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Отклонён</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Неизвестно</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Просрочен</translation>
    </message>
    <message>
        <source>Not waiting</source>
        <translation>Не ждёт</translation>
    </message>
    <message>
        <source>Dismissed</source>
        <translation>Отложен</translation>
    </message>
    <message>
        <source>The workflow waits for an answer.</source>
        <translation>Бизнес-процесс ждёт ответа.</translation>
    </message>
    <message>
        <source>A reply is on its way.</source>
        <translation>Ответ отправляется.</translation>
    </message>
    <message>
        <source>The portal accepted a reply. Accepted is not applied.</source>
        <translation>Портал принял ответ. Принят — ещё не значит применён.</translation>
    </message>
    <message>
        <source>The portal refused the reply for good.</source>
        <translation>Портал окончательно отклонил ответ.</translation>
    </message>
    <message>
        <source>A reply was sent and may have been executed.</source>
        <translation>Ответ отправлен и мог быть выполнен.</translation>
    </message>
    <message>
        <source>The deadline has passed by this computer&apos;s clock.</source>
        <translation>По часам этого компьютера срок истёк.</translation>
    </message>
    <message>
        <source>The step does not wait for an answer.</source>
        <translation>Шаг не ждёт ответа.</translation>
    </message>
    <message>
        <source>You have put this token aside.</source>
        <translation>Вы отложили этот токен.</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Вызов</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Событие</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>Открытие</translation>
    </message>
    <message>
        <source>Other post</source>
        <translation>Прочее</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Отклонён</translation>
    </message>
    <message>
        <source>The post has no fields.</source>
        <translation>В запросе нет полей.</translation>
    </message>
    <message>
        <source>The event token is empty.</source>
        <translation>Токен события пуст.</translation>
    </message>
    <message>
        <source>The post comes from the built-in “Webhook” rule, which waits for no answer.</source>
        <translation>Запрос пришёл от встроенного робота «Вебхук», а он ответа не ждёт.</translation>
    </message>
    <message>
        <source>The post carries no event token and is not an event.</source>
        <translation>В запросе нет токена события, и это не событие.</translation>
    </message>
    <message>
        <source>The call carries another application token than the one kept for its portal, or none. It may be forged.</source>
        <translation>В вызове другой токен приложения, не тот, что сохранён для портала, или его нет. Возможно, вызов подделан.</translation>
    </message>
    <message>
        <source>The call names another address than the trusted portal. It may be forged.</source>
        <translation>Адрес в вызове не тот, что у доверенного портала. Вызов может быть поддельным.</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>выполняется</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>принят</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>отклонён</translation>
    </message>
    <message>
        <source>retry later</source>
        <translation>повторить</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>неизвестно</translation>
    </message>
    <message>
        <source>The portal executed the request.</source>
        <translation>Портал выполнил запрос.</translation>
    </message>
    <message>
        <source>The portal executed nothing.</source>
        <translation>Портал ничего не выполнил.</translation>
    </message>
    <message>
        <source>The portal may have executed the request.</source>
        <translation>Портал мог выполнить запрос.</translation>
    </message>
    <message>
        <source>This value has no name.</source>
        <translation>У этого значения нет имени.</translation>
    </message>
    <message>
        <source>This is not JSON.</source>
        <translation>Это не JSON.</translation>
    </message>
    <message>
        <source>Choose Yes or No.</source>
        <translation>Выберите «Да» или «Нет».</translation>
    </message>
    <message>
        <source>This is not a whole number.</source>
        <translation>Это не целое число.</translation>
    </message>
    <message>
        <source>This is not a number.</source>
        <translation>Это не число.</translation>
    </message>
    <message>
        <source>This is not a date such as 31.12.2026.</source>
        <translation>Это не дата вида 31.12.2026.</translation>
    </message>
    <message>
        <source>This is not a date such as 31.12.2026 18:30:00.</source>
        <translation>Это не дата вида 31.12.2026 18:30:00.</translation>
    </message>
    <message>
        <source>This is not a time such as 18:30.</source>
        <translation>Это не время вида 18:30.</translation>
    </message>
    <message>
        <source>This is not a user such as user_1.</source>
        <translation>Это не пользователь вида user_1.</translation>
    </message>
    <message>
        <source>This is not the id of a file.</source>
        <translation>Это не идентификатор файла.</translation>
    </message>
    <message>
        <source>only log</source>
        <translation>журнал</translation>
    </message>
    <message>
        <source>reply</source>
        <translation>ответ</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>%1 назад</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 дн</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 ч</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 мин</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 с</translation>
    </message>
    <message>
        <source>none</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>late</source>
        <translation>истёк</translation>
    </message>
</context>
<context>
    <name>TokenList</name>
    <message>
        <source>Tokens</source>
        <translation>Токены</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Вернуть</translation>
    </message>
    <message>
        <source>Put aside</source>
        <translation>Отложить</translation>
    </message>
    <message>
        <source>Reply to %1 tokens…</source>
        <translation>Ответить на токены: %1…</translation>
    </message>
    <message>
        <source>Select all waiting of this rule</source>
        <translation>Выделить все ожидающие этого робота</translation>
    </message>
</context>
<context>
    <name>TokenModel</name>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Робот</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Документ</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Ответ</translation>
    </message>
    <message>
        <source>Arrived</source>
        <translation>Пришёл</translation>
    </message>
    <message>
        <source>Deadline</source>
        <translation>Срок</translation>
    </message>
    <message>
        <source>(no rule)</source>
        <translation>(без робота)</translation>
    </message>
</context>
<context>
    <name>TrustChoice</name>
    <message>
        <source>Trust %1</source>
        <translation>Доверять %1</translation>
    </message>
    <message>
        <source>Go on…</source>
        <translation>Дальше…</translation>
    </message>
    <message>
        <source>Calls of this portal name different addresses or application tokens, and trust is bound to one of each. Which of these is your portal?</source>
        <translation>Вызовы этого портала называют разные адреса или токены приложения, а доверие относится к одному адресу и одному токену. Который из них ваш портал?</translation>
    </message>
    <message>
        <source>%1, application token %2, last seen %3</source>
        <translation>%1, токен приложения %2, последний раз %3</translation>
    </message>
    <message>
        <source>none</source>
        <translation>нет</translation>
    </message>
</context>
<context>
    <name>UserEditor</name>
    <message>
        <source>The call names no user</source>
        <translation>В вызове нет пользователей</translation>
    </message>
</context>
<context>
    <name>ValueRowsView</name>
    <message>
        <source>Return values</source>
        <translation>Возвращаемые значения</translation>
    </message>
    <message>
        <source>No return values yet. The reply can go without any, or add the ones it needs.</source>
        <translation>Возвращаемых значений пока нет. Ответ можно отправить и без них или добавить нужные.</translation>
    </message>
    <message>
        <source>Add value</source>
        <translation>Добавить значение</translation>
    </message>
    <message>
        <source>Add a return value of any name</source>
        <translation>Добавить возвращаемое значение с любым именем</translation>
    </message>
</context>
<context>
    <name>ValuesEdit</name>
    <message>
        <source>Form</source>
        <translation>Форма</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Return values</source>
        <translation>Возвращаемые значения</translation>
    </message>
</context>
<context>
    <name>ValuesPage</name>
    <message>
        <source>Log message</source>
        <translation>Запись в журнал</translation>
    </message>
    <message>
        <source>&amp;Only log: write the log message and let the steps go on waiting</source>
        <translation>&amp;Только журнал: сделать запись в журнал, а шаги пусть ждут дальше</translation>
    </message>
    <message>
        <source>&amp;Preset</source>
        <translation>За&amp;готовка</translation>
    </message>
    <message>
        <source>&amp;Insert variable</source>
        <translation>&amp;Вставить переменную</translation>
    </message>
    <message>
        <source>As one call fills it</source>
        <translation>Как это заполнит один вызов</translation>
    </message>
    <message>
        <source>Write a log message first.</source>
        <translation>Сначала напишите запись в журнал.</translation>
    </message>
    <message>
        <source>&amp;Log message</source>
        <translation>&amp;Запись в журнал</translation>
    </message>
    <message>
        <source>As the call of %1 fills it</source>
        <translation>Как это заполнит вызов %1</translation>
    </message>
    <message>
        <source>No presets for this rule yet</source>
        <translation>Для этого робота заготовок пока нет</translation>
    </message>
    <message>
        <source>&amp;Reply again like last time</source>
        <translation>&amp;Ответить как в прошлый раз</translation>
    </message>
    <message>
        <source>Log message: %1</source>
        <translation>Запись в журнал: %1</translation>
    </message>
</context>
<context>
    <name>Variables</name>
    <message>
        <source>There is no variable “%1”.</source>
        <translation>Переменной «%1» нет.</translation>
    </message>
    <message>
        <source>This call has no “%1”.</source>
        <translation>В этом вызове нет «%1».</translation>
    </message>
    <message>
        <source>“%1” is a secret, and no preset tells it.</source>
        <translation>«%1» — секрет, заготовки его не подставляют.</translation>
    </message>
    <message>
        <source>“%1”: only moments have a format, one of %2.</source>
        <translation>«%1»: формат бывает только у моментов времени, один из: %2.</translation>
    </message>
    <message>
        <source>“%1” holds bytes that are no text.</source>
        <translation>В «%1» есть байты, которые не являются текстом.</translation>
    </message>
    <message>
        <source>“{{%1” is no variable. Write {{{{ for two braces as text.</source>
        <translation>«{{%1» — не переменная. Две скобки как текст пишутся {{{{.</translation>
    </message>
    <message>
        <source>Did you mean “%1”?</source>
        <translation>Может быть, «%1»?</translation>
    </message>
    <message>
        <source>Log message</source>
        <translation>Запись в журнал</translation>
    </message>
</context>
<context>
    <name>WebhookDialog</name>
    <message>
        <source>Incoming webhook of %1</source>
        <translation>Входящий вебхук портала %1</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Paste the whole address of an incoming webhook of %1, as its page in the portal shows it. It has to have the permission bizproc.</source>
        <translation>Вставьте полный адрес входящего вебхука портала %1, как он показан на странице вебхука на портале. У вебхука должно быть право bizproc.</translation>
    </message>
    <message>
        <source>&amp;Webhook address</source>
        <translation>Адрес &amp;вебхука</translation>
    </message>
    <message>
        <source>Most of it is a secret: whoever knows it can act in the portal as its user. It goes to the keyring, is sent to this host alone, and is not shown again.</source>
        <translation>Большая часть адреса — секрет: кто его знает, может действовать на портале от имени его пользователя. Он попадёт в связку ключей, отправляется только этому хосту, и больше его не увидеть.</translation>
    </message>
    <message>
        <source>What you paste is not shown, only its host and user.</source>
        <translation>Вставленное не показывается, только хост и пользователь.</translation>
    </message>
    <message>
        <source>A webhook of user %1 at %2</source>
        <translation>Вебхук пользователя %1 на %2</translation>
    </message>
</context>
<context>
    <name>Workflow</name>
    <message>
        <source>What became of the workflow is not known: %1</source>
        <translation>Что стало с бизнес-процессом, неизвестно: %1</translation>
    </message>
    <message>
        <source>By the portal&apos;s clock it last changed at %1.</source>
        <translation>По часам портала он последний раз изменился %1.</translation>
    </message>
    <message>
        <source>The portal was not asked (%1).</source>
        <translation>Запрос к порталу не отправлен (%1).</translation>
    </message>
    <message>
        <source>Asked at %1 with %2.</source>
        <translation>Проверено %1, авторизация: %2.</translation>
    </message>
    <message>
        <source>the call&apos;s own access token</source>
        <translation>токен доступа этого вызова</translation>
    </message>
    <message>
        <source>the application&apos;s tokens</source>
        <translation>токены приложения</translation>
    </message>
    <message>
        <source>the incoming webhook</source>
        <translation>входящий вебхук</translation>
    </message>
    <message>
        <source>The workflow lives. It waits at this step or at a later one: the portal does not tell which. A second answer goes to the step that still waits, or to nobody.</source>
        <translation>Бизнес-процесс жив. Он ждёт на этом шаге или на более позднем: портал не сообщает, на каком. Второй ответ достанется шагу, который ещё ждёт, или никому.</translation>
    </message>
    <message>
        <source>The workflow is being executed at this moment. Ask again in a minute.</source>
        <translation>Бизнес-процесс выполняется прямо сейчас. Спросите ещё раз через минуту.</translation>
    </message>
    <message>
        <source>The workflow hangs: a step has failed, and the portal does not go on with it. An answer would be refused; stop the workflow in the portal and start it again.</source>
        <translation>Бизнес-процесс завис: шаг завершился ошибкой, и портал его не продолжает. Ответ будет отклонён; остановите процесс на портале и запустите его снова.</translation>
    </message>
    <message>
        <source>The workflow is gone: it has ended or was deleted. There is nothing to answer any more. Whether an answer has ended it, the portal does not tell.</source>
        <translation>Бизнес-процесса больше нет: он закончился или был удалён. Отвечать больше не на что. Закончил ли его ответ, портал не сообщает.</translation>
    </message>
</context>
</TS>

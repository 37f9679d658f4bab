picker-find = Найти клиента
picker-always = Впредь всё с адресом { $value }
picker-always-domain = Впредь всех из { $value }
picker-reason = Добавить причину
picker-reason-hint = Почему относится туда
picker-new = Новый клиент из этого письма
picker-none = Подходящих клиентов нет. Создайте его из этого письма.
ignore = Отложить
ignore-reason = Причина
ignore-hint = Письмо остаётся записанным и запечатанным; позже его можно отнести к клиенту из списка отложенных.
ignore-advertising = Реклама
ignore-private = Личное
ignore-machine = Автоматическое уведомление
ignore-none = Не касается клиентов
ignore-other = Или другая причина

inbox-all = Ждут
inbox-unreadable = Не прочитано
inbox-ignored = Отложено
inbox-assign = К клиенту
inbox-keys-move = переход
inbox-keys-assign = к клиенту
inbox-keys-ignore = отложить
inbox-keys-open = читать здесь
inbox-empty-title = Ничего не ждёт
inbox-empty-text = Перетащите сюда файлы почты (.eml, .mbox, .zip) или выберите их. Письма известных клиентов попадут к ним сами, остальные подождут на этой странице.
inbox-unreadable-none = Всё удалось прочитать
inbox-unreadable-text = Что прочитать нельзя, хранится таким, каким пришло, и ждёт здесь с указанием причины.
inbox-ignored-none = Ничего не отложено
inbox-ignored-text = Отложенное остаётся записанным и запечатанным; отсюда его можно отнести к клиенту.
done-others = { $count ->
    [one] и ещё { $count } похожее
    [few] и ещё { $count } похожих
    [many] и ещё { $count } похожих
   *[other] и ещё { $count } похожего
    }
undo = Вернуть
restore = Вернуть во входящие

import = Загрузить файлы
import-drop = Отпустите, чтобы загрузить
import-title = Загрузка
import-starting = Начинаем
import-reading = Читаем { $file }
import-finished = Всё прочитано
import-bytes = { $read } из { $total }
import-recorded = Записано
import-known = Уже известно
import-unreadable = Не прочитано
import-waiting = Ждут во входящих
import-to-inbox = Перейти во входящие
import-to-unreadable = Посмотреть непрочитанное
import-may-leave = Страницу можно закрыть: загрузка продолжится.
imports = Импорт
imports-refused = Не принято
imports-refused-none = Всё, что сюда поступило, удалось принять.
imports-refused-text = Эти файлы остались там, где были. Возле каждого сказано, что делать; когда файл будет принят или станет не нужен, он исчезнет из списка.
imports-refused-more = { $count ->
    [one] и ещё { $count }
    [few] и ещё { $count }
    [many] и ещё { $count }
   *[other] и ещё { $count }
    }
imports-retry = Повторить
imports-dismiss = Пропустить
imports-past = Принято с этой страницы
imports-past-none = С этой страницы пока ничего не принимали.
imports-counts = { $recorded ->
    [one] записано { $recorded }
    [few] записано { $recorded }
    [many] записано { $recorded }
   *[other] записано { $recorded }
    }, { $known ->
    [one] уже известно { $known }
    [few] уже известно { $known }
    [many] уже известно { $known }
   *[other] уже известно { $known }
    }
imports-running = Ещё идёт
unreadable-empty = Оно пустое: в нём ничего не было.
unreadable-binary = Это не текст и потому не может быть письмом.
unreadable-no-header = В нём нет заголовка, поэтому неизвестно, от кого оно.
unreadable-other = Нынешняя программа чтения его не понимает.
refused-missing = Его больше нет.
refused-forbidden = Серверу нельзя его читать. Права может дать администратор.
refused-broken = Его не удалось прочитать до конца. Загрузите его ещё раз.
refused-not-mail = Это не письмо, не почтовый ящик и не архив с ними.
refused-not-mailbox = Это не почтовый ящик: файл не начинается со строки «From ».
refused-outlook = Это собственный формат Outlook. Сохраните письма как .eml или mbox и загрузите их.
refused-nested-archive = Это архив внутри архива. Распакуйте его и загрузите отдельно.
refused-damaged-archive = Архив повреждён или оборван. То, что было до этого места, принято.
refused-swollen = Архив распаковывается в объём, какого у почты не бывает. Распакуйте его и загрузите содержимое.
refused-too-large = В нём есть письмо, слишком большое, чтобы принять его здесь. Администратор может импортировать его на сервере.
refused-unreadable = Это не удалось прочитать как письмо. Оно хранится во входящих в том виде, в каком пришло.
refused-failed = Импорт не удался. Записанное до этого сохранено; загрузите файл ещё раз.

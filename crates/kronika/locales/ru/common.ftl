skip-to-content = Перейти к содержанию
crumbs = Где вы находитесь
nav = Главное
nav-clients = Клиенты
nav-inbox = Входящие
nav-inbox-count = { $count ->
    [one] { $count } ждёт распределения
    [few] { $count } ждут распределения
    [many] { $count } ждут распределения
   *[other] { $count } ждёт распределения
    }
nav-search = Поиск
nav-settings = Настройки
sign-out = Выйти
find = Искать везде
edit = Изменить
save = Сохранить
cancel = Отмена
close = Закрыть
more = Показать ещё
theme-device = Как на устройстве
theme-light = Светлая
theme-dark = Тёмная

keys-title = Клавиатура
keys-find = Перейти к поиску
keys-move = Следующая и предыдущая строка
keys-enter = Открыть строку как страницу
keys-open = Раскрыть строку на месте или свернуть её
keys-earlier = Показать более ранние письма цепочки
keys-assign = Отнести строку к клиенту
keys-ignore = Отложить строку, указав причину
keys-go = Перейти к клиентам · во входящие
keys-help = Этот список

channel-email = Письмо
channel-call = Звонок
channel-sms = SMS
channel-chat = Чат
channel-meeting = Встреча
channel-note = Заметка
channel-letter = Бумажное письмо
channel-document = Документ
channel-screenshot = Снимок экрана
channel-web = Веб-страница
direction-inbound = к нам
direction-outbound = от нас
direction-internal = внутри

size-bytes = { $count } Б
size-kilobytes = { $amount } КБ
size-megabytes = { $amount } МБ
size-gigabytes = { $amount } ГБ

seal-pending = Записано; печать появится через мгновение
seal-sealed = Запечатано в журнале
seal-witnessed = Запечатано в журнале и известно его свидетелям
seal-stamped = Запечатано в журнале и с меткой времени
no-subject = (без темы)

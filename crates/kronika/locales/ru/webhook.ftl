webhooks = Вебхуки
webhooks-text = Другая программа получает на свой адрес сообщение, когда что-то происходит: только о том, что это произошло и чего касается, но никогда не содержание. Она узнаёт о том, что видите вы, и ни о чём больше. Каждое сообщение подписано.
webhooks-none = Никто не получает сообщений.
webhook-make = Добавить вебхук
webhook-name = Кому сообщать
webhook-example = Бухгалтерия
webhook-url = Адрес
webhook-events = О чём
webhook-event-interaction-recorded = Письмо записано
webhook-event-interaction-reread = Нечитаемое письмо удалось прочесть
webhook-event-interaction-assigned = Письмо отнесено к клиенту
webhook-event-interaction-unassigned = Письмо больше не относится к клиенту
webhook-event-interaction-ignored = Письмо отложено
webhook-event-interaction-restored = Письмо возвращено во входящие
webhook-event-client-created = Добавлен клиент
webhook-event-client-changed = Изменён клиент или его адреса
webhook-event-test = Проверка
webhook-secret-made = Это секрет, которым подписываются сообщения. Он виден только сейчас: поместите его туда, где его найдёт принимающая программа.
webhook-of = добавил(а) { $name }
webhook-of-text = Он сообщает о том, что видит { $name }, поэтому менять его и видеть его доставки может только { $name }.
webhook-paused = Приостановлен
webhook-paused-text = Ничего не отправляется. О том, что произойдёт за это время, он сообщит после возобновления.
webhook-gone = Адреса больше нет
webhook-gone-text = Адрес ответил, что его больше нет (410), поэтому ничего не отправляется. О том, что произойдёт за это время, вебхук сообщит после возобновления.
webhook-test = Отправить проверку
webhook-pause = Приостановить
webhook-resume = Возобновить
webhook-rotate = Новый секрет
webhook-change = Изменить
webhook-save = Сохранить
webhook-remove-title = Удалить этот вебхук
webhook-remove-text = То, что ждёт отправки, уже не будет отправлено.
webhook-remove = Удалить
webhook-deliveries = Доставки
webhook-deliveries-none = Здесь пока ничего нет.
webhook-show-all = Все доставки
webhook-dead = { $count ->
    [one] { $count } недоставленное
    [few] { $count } недоставленных
    [many] { $count } недоставленных
   *[other] { $count } недоставленного
    }
webhook-replay = Отправить снова
webhook-replay-dead = Отправить снова всё недоставленное
webhook-state-waiting = в пути
webhook-state-delivered = доставлено
webhook-state-dead = Не доставлено
webhook-state-given-up = попытки прекращены
webhook-next = следующая попытка
webhook-tries = { $count ->
    [one] { $count } попытка
    [few] { $count } попытки
    [many] { $count } попыток
   *[other] { $count } попытки
    }
webhook-reason-address = На этот адрес нельзя отправлять.
webhook-reason-refused = Сервер находится в частной сети, которую оператор не разрешил.
webhook-reason-unknown = Сервер не найден.
webhook-reason-unreachable = Не удалось установить соединение.
webhook-reason-slow = Ответа не было в течение десяти секунд.
webhook-reason-certificate = Сертификату сервера нет доверия.
webhook-reason-long = Ответ слишком длинный.
webhook-reason-broken = Соединение прервалось.
webhook-reason-redirect = Ответом было перенаправление, по которому мы не идём:
webhook-reason-gone = Адреса больше нет:
webhook-reason-status = Ответ:
webhook-mistake-name = Напишите не более чем в 60 знаках, кому сообщать.
webhook-mistake-events = Выберите хотя бы одно событие.
webhook-mistake-many = Вебхуков уже 30. Сначала удалите какой-нибудь.
webhook-mistake-address = Укажите адрес, который начинается с https:// и не содержит имени пользователя и пароля.
webhook-mistake-refused = Этот адрес находится в частной сети. Оператор сервера может разрешить его в файле kronika.toml.
webhook-mistake-unknown = Такой сервер не найден.
webhook-not-yours = Это чужой вебхук
webhook-not-yours-fix = Он сообщает о том, что видит его владелец, поэтому это может сделать только он. Вы можете приостановить или удалить вебхук.
webhook-too-many = Слишком много вебхуков
webhook-too-many-fix = Сначала удалите какой-нибудь.
webhook-changed = Его тем временем изменили
webhook-changed-fix = Посмотрите на него ещё раз и повторите изменение.

nav-evidence = Доказательства
evidence-text = В пакете — оригиналы байт в байт и доказательство того, что они были в журнале и никто их не изменил. Получатель проверит его без Kronika и без вас.
evidence-new = Собрать доказательства
evidence-choose = Что войдёт в пакет
evidence-client = Клиент
evidence-query = Что найдёт поиск
evidence-from = С
evidence-to = По
evidence-thread = Переписка
evidence-picked = Отмечено по одному
evidence-choice-hint = Заполните одно поле или несколько: войдёт то, что подходит под все сразу. Прежде чем пакет будет собран, вы всё просмотрите.
evidence-look = Просмотреть
evidence-change = Выбрать иначе
evidence-unfinished = Готовятся
evidence-unfinished-one = Ваш пакет
evidence-made = Собранные раньше
evidence-made-none = Пакетов пока нет.
evidence-no-purpose = Цель не указана
evidence-for = для:
evidence-items = { $count ->
    [one] { $count } запись
    [few] { $count } записи
    [many] { $count } записей
   *[other] { $count } записи
    }
evidence-withheld = { $count ->
    [one] { $count } не раскрыта
    [few] { $count } не раскрыты
    [many] { $count } не раскрыто
   *[other] { $count } не раскрыто
    }
evidence-attachments = { $count ->
    [one] { $count } вложение
    [few] { $count } вложения
    [many] { $count } вложений
   *[other] { $count } вложения
    }
evidence-none = Из того, что вам видно, ничего не подходит. Выберите более длинный период или меньше условий.
evidence-goes-in = Что войдёт
evidence-withhold-hint = Отметьте, что не раскрывать: запись целиком, её текст или одно вложение. Выданное по-прежнему доказывает; на месте остального останется пропуск с вашей причиной.
evidence-withhold = Не раскрывать
evidence-parts = { $count ->
    [one] { $count } часть
    [few] { $count } части
    [many] { $count } частей
   *[other] { $count } части
    }
evidence-text-part = Текст письма
evidence-others = { $count ->
    [one] Упомянут { $count } человек не из фирмы
    [few] Упомянуты { $count } человека не из фирмы
    [many] Упомянуто { $count } человек не из фирмы
   *[other] Упомянуто { $count } человека не из фирмы
    }
evidence-others-hint = Их имена и адреса попадут в пакет. Не раскрывайте то, что получателю знать не нужно.
evidence-about = О пакете
evidence-reason = Почему что-то не раскрывается
evidence-purpose = Для чего он
evidence-purpose-example = например, дело № 2-126/2026
evidence-recipient = Для кого
evidence-encrypt = Зашифровать для получателя
evidence-key = Ключ age получателя
evidence-key-hint = Получатель создаёт его командой age-keygen и передаёт вам строку, которая начинается с age1. Файл откроет только он.
evidence-recorded-hint = В журнал будет записано, что вы его собираете, для кого, зачем и с чем.
evidence-make = Собрать пакет доказательств
evidence-package = Пакет доказательств
evidence-waiting = Сначала собирается другой пакет.
evidence-sealing = Журнал запечатывается, запрашиваются свидетели и службы меток времени.
evidence-gathering = Собрано { $done } из { $of }
evidence-writing = Записано { $done } из { $of }
evidence-reporting = Вёрстка отчёта
evidence-encrypting = Шифрование
evidence-ready = Пакет собран и записан в журнал.
evidence-download = Скачать пакет
evidence-kept = Скачать его сможете только вы, в течение суток, если сервер раньше не перезапустят.
evidence-not-kept = Самого файла здесь уже нет, или его собирал кто-то другой. Чтобы скачать, соберите его снова.
evidence-when = Собран
evidence-check = Как его проверить
evidence-check-text = Получатель запускает kronika-verify, открывает kronika-verify.html в браузере или следует README внутри: sha256sum, openssl и Python. Ничего никуда не отправляется.
evidence-contents = В пакете
evidence-of-search = Собрать доказательства из найденного
evidence-of-thread = Собрать доказательства из этой переписки
evidence-tick = Отметить для доказательств
evidence-ticked = отмечено
evidence-of-ticked = Собрать из них доказательства
evidence-open = Укажите, что войдёт: клиента, поиск или период.
evidence-no-client = Клиента ровно с таким именем нет, или их несколько. Откройте клиента и выберите там «Собрать доказательства».
evidence-no-day = Это не дата. Запишите её так: 2026-03-31.
evidence-no-period = Период заканчивается раньше, чем начинается. Измените одну из дат.
evidence-no-reason = Что-то не раскрывается без причины. Укажите её: она будет указана на этом месте.
evidence-no-reason-fix = Вернитесь и впишите её.
evidence-no-key = Это не ключ age. Он начинается с age1, получатель создаёт его командой age-keygen.
evidence-nothing = В пакет нечего положить
evidence-nothing-fix = Всё выбранное не раскрывается, или его уже нет. Выберите снова.
evidence-too-many = Это больше 10 000 записей
evidence-too-many-fix = Выберите более короткий период или соберите несколько пакетов.
evidence-stray = Выбор тем временем изменился
evidence-stray-fix = Просмотрите его ещё раз.
evidence-failed = Пакет не собран
evidence-failed-fix = Ничего не выдано. Попробуйте снова; если не поможет, причина записана в логах сервера.
evidence-enough = У вас десять пакетов в очереди или на хранении
evidence-enough-fix = Через сутки они исчезнут. До тех пор используйте команду kronika evidence create.
evidence-gone = Файла здесь уже нет
evidence-gone-fix = Соберите пакет снова.
evidence-reading = Прочитано { $done } из { $of }
evidence-no-report = В нём нет отчёта для чтения: программы kronika-report нет рядом с сервером, или она не сработала. Доказательство полно и без него.
evidence-more = { $count ->
    [one] Войдёт ещё { $count } запись не из этого списка.
    [few] Войдут ещё { $count } записи не из этого списка.
    [many] Войдёт ещё { $count } записей не из этого списка.
   *[other] Войдёт ещё { $count } записи не из этого списка.
    }

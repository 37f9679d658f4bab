time-claimed = Дата:
time-recorded = записано:
part-from = От
part-to = Кому
part-cc = Копия
part-bcc = Скрытая копия
part-reply-to = Ответ на
ours = мы
thread-title = Та же цепочка
thread-count = { $count ->
    [one] { $count } письмо
    [few] { $count } письма
    [many] { $count } писем
   *[other] { $count } письма
    }
headers-title = Заголовки

html-show = Показать в оформлении отправителя
html-title = Письмо в оформлении отправителя
html-remote = { $count ->
    [one] Заблокирован { $count } внешний элемент: его загрузка сообщила бы отправителю, что вы это читаете.
    [few] Заблокированы { $count } внешних элемента: их загрузка сообщила бы отправителю, что вы это читаете.
    [many] Заблокированы { $count } внешних элементов: их загрузка сообщила бы отправителю, что вы это читаете.
   *[other] Заблокировано { $count } внешнего элемента: их загрузка сообщила бы отправителю, что вы это читаете.
    }
body-quoted = Предыдущие письма
body-signature = Подпись
body-empty = Текста нет.
attachments-title = Вложения
attachment-download = Скачать { $name }
attachment-preview-of = Просмотр { $name }

unreadable-title = Это не удалось прочитать
unreadable-kept = Оригинал сохранён и запечатан таким, каким пришёл.
retry = Попробовать снова
ignored-because = Отложено: { $reason }

standing-title = Клиент
standing-unassigned = Пока ни у одного клиента.
standing-unreadable = Отнести к клиенту можно, хотя содержание прочитать не удалось.
assign = Отнести к клиенту
assign-also = Отнести и к другому клиенту
assignment-remove = Убрать у клиента { $name }
why-address = Потому что участвует { $value }.
why-domain = Потому что участвует кто-то из { $value }.
why-thread = Потому что входит в цепочку этого клиента.
why-rule = Потому что подошло правило: { $rule }.
why-person = Решение: { $name }.
why-person-reason = Решение: { $name } – { $reason }
changes-title = История распределения
change-assigned = Отнесено к клиенту { $name }
change-removed = Убрано у клиента { $name }
change-ignored = Отложено
change-retried = Чтение повторено

proof-title = Печать
proof-seal = Печать этой записи
proof-open = Что доказано
proof-pending = Запись войдёт в ближайшую контрольную точку журнала.
proof-broken = Эта запись не сходится с журналом. Сообщите администратору и сохраните копию оригинала.
proof-entry = Позиция { $index } из { $size } в журнале хранит отпечаток этой записи.
proof-signed = Ключ { $origin } подписал контрольную точку, в которую она входит.
proof-meaning = Изменить, удалить запись или переписать её задним числом теперь значило бы разойтись с каждой копией этой точки, хранящейся в другом месте.
axis-claimed = Заявленное время
axis-claimed-by = так утверждает само письмо
axis-recorded = Записано здесь
axis-recorded-by = по часам этого сервера
axis-signed = Подписано
axis-signed-by = не позднее этого запись уже была такой
proof-not-title = Чего это не доказывает
proof-not-true = Что написанное – правда.
proof-not-who = Кто на самом деле это написал.
proof-not-time = Что это произошло в указанное время.
proof-expert = Подробности для эксперта
proof-download = Скачать доказательство
hash-original = SHA-256 оригинала
hash-leaf = Лист
hash-root = Корень
hash-key = Ключ подписи
hash-path = { $count ->
    [one] Путь включения, { $count } хеш
    [few] Путь включения, { $count } хеша
    [many] Путь включения, { $count } хешей
   *[other] Путь включения, { $count } хеша
    }

sightings-title = Где найдено
sightings-count = { $count ->
    [one] Найдено в { $count } ящике.
    [few] Найдено в { $count } ящиках; хранится в одном экземпляре.
    [many] Найдено в { $count } ящиках; хранится в одном экземпляре.
   *[other] Найдено в { $count } ящика; хранится в одном экземпляре.
    }
original-title = Оригинал
original-text = Всё на этой странице получено из этих байтов.
original-download = Скачать оригинал

proof-witnessed = Контрольную точку помнят и свидетели вне фирмы: другая история противоречила бы и тому, что подписали они.
axis-witnessed = Засвидетельствовано
axis-witnessed-by = к этому времени это знали: { $names }

proof-stamped = Служба меток времени подтверждает, что тогда это уже существовало.
axis-stamped = Метка времени
axis-stamped-by = к этому времени уже существовало, подтверждает { $name }
axis-absent = Ещё не было
axis-absent-by = контрольная точка, известная вне фирмы, этого не содержит

client-new = Новый клиент
client-make = Создать клиента
client-edit = Изменение клиента
client-total = { $count ->
    [one] { $count } клиент
    [few] { $count } клиента
    [many] { $count } клиентов
   *[other] { $count } клиента
    }
client-filter = Отбор по названию или адресу
client-name = Название
client-address = Адрес
client-interactions = Взаимодействия
client-last = Последний контакт
client-first = Первый контакт
client-never = ещё не было
client-no-match = По запросу «{ $q }» клиентов нет.
client-none-title = Клиенты появятся, когда вы распределите почту
client-none-text = Загрузите почтовый ящик на странице «Входящие». Каждый отнесённый отправитель становится клиентом, и следующие письма находят его сами.
client-none-act = Перейти во входящие
client-language = Язык
client-language-unknown = Не указан
client-parts = Части страницы
client-who = Кто это
client-addresses = Адреса
client-addresses-none = Адресов пока нет. Почта с указанных здесь адресов относится к клиенту сама.
client-from-message = Письмо, с которого вы начали, будет отнесено к этому клиенту, как только он появится.

address-add = Добавить адрес
address-remove = Убрать { $value }
address-kind = Вид
address-email = Эл. почта
address-domain = Домен
address-value = Адрес или домен
address-hint = Почта с этих адресов и на них относится к клиенту сама. Домен охватывает всех, кто с него пишет.

timeline = История
timeline-within = Искать у этого клиента
timeline-newest = К самым новым
timeline-older = Показать более ранние
timeline-no-match = По этим условиям ничего нет
timeline-show-all = Показать всё
timeline-none-title = Пока ничего не записано
timeline-none-text = Отнесите к клиенту письмо из входящих или добавьте адрес, чтобы почта попадала сюда сама.
timeline-none-act = Перейти во входящие
filters = Отбор
filter-all = Всё
filter-attachment = С вложением

row-earlier = { $count ->
    [one] ещё { $count } раньше
    [few] ещё { $count } раньше
    [many] ещё { $count } раньше
   *[other] ещё { $count } раньше
    }
row-others = { $count ->
    [one] и ещё { $count }
    [few] и ещё { $count }
    [many] и ещё { $count }
   *[other] и ещё { $count }
    }
row-open-here = Раскрыть на месте
row-open-page = Открыть страницу
row-late = Записано более чем через сутки после указанного времени
row-attachments = { $count ->
    [one] { $count } вложение
    [few] { $count } вложения
    [many] { $count } вложений
   *[other] { $count } вложения
    }
row-sightings = { $count ->
    [one] Найдено в { $count } ящике
    [few] Найдено в { $count } ящиках
    [many] Найдено в { $count } ящиках
   *[other] Найдено в { $count } ящика
    }

client-mistake-name = У клиента должно быть название.
client-mistake-name-taken = Такое название уже есть у другого клиента.
client-mistake-address = Это не адрес электронной почты и не домен:
client-mistake-address-taken = Этот адрес уже есть у другого клиента:
client-mistake-address-ours = Это один из наших собственных адресов:
client-city = Город
client-tax-id = Налоговый номер
client-mistake-domain-public = Ящик в этом домене может быть у кого угодно. Укажите полный адрес вместо:
client-mistake-domain-suffix = Под этим доменом свои домены у многих фирм. Укажите полный домен клиента вместо:

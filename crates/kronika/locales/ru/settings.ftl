settings-you = Вы
settings-addresses = Наши адреса
settings-rules = Правила распределения
settings-journal = Журнал

you-signed-in = Вы входите как { $user }.
you-language = Язык
you-theme = Оформление

ours-text = Собственные домены и адреса фирмы. Письмо с одного из них – «от нас», на один из них – «к нам», между ними – внутреннее.
ours-none = Сначала добавьте домен фирмы: без него не отличить полученное от отправленного.
ours-mistake = Это не адрес электронной почты и не домен:
ours-mistake-client = Этот адрес принадлежит клиенту:

rules-text = Чего не скажет адрес, скажет правило: номер дела в теме, рассылка, на которую пишет клиент. Правило действует с момента создания.
rules-none = Правил нет. Адресам и доменам клиентов они не нужны.
rules-mistake = Правилу нужны хотя бы два знака для поиска и клиент.
rule-says = { $field }: содержит «{ $value }»
rule-matched = { $count ->
    [one] отнесено: { $count }
    [few] отнесено: { $count }
    [many] отнесено: { $count }
   *[other] отнесено: { $count }
    }
rule-remove = Убрать это правило
rule-new = Новое правило
rule-field = Где
rule-contains = Содержит
rule-client = Относится к – выберите клиента, и правило сохранится
field-subject = Тема
field-from = От
field-to = Кому

journal-text = Всё, что здесь когда-либо записано, по порядку. Каждая позиция закреплена под всеми последующими, поэтому ничего нельзя незаметно изменить, убрать или вставить.
journal-size = Позиции
journal-signed = Последняя подпись
journal-checkpoint = Последняя контрольная точка
journal-checkpoint-text = Сохраните копию в другом месте или отправьте её кому-нибудь. У кого она есть, тот сможет доказать, что охваченное ею не изменилось.
journal-empty = Первая контрольная точка будет подписана, когда появится первая запись.
journal-origin = Источник
journal-key = Ключ для проверки
verification-title = Проверка
verification-never = С этой страницы журнал ещё не проверяли.
verification-start = Проверить сейчас
verification-journal = Проверяем, что каждая позиция ведёт к подписанной контрольной точке
verification-originals = Проверяем, что каждый хранящийся оригинал совпадает со своей позицией
verification-checked = { $checked } из { $total }
verification-holds = Всё сходится.
verification-holds-text = С последней подписанной контрольной точкой сверено: { $entries ->
    [one] { $entries } позиция
    [few] { $entries } позиции
    [many] { $entries } позиций
   *[other] { $entries } позиции
    }, { $originals ->
    [one] { $originals } оригинал
    [few] { $originals } оригинала
    [many] { $originals } оригиналов
   *[other] { $originals } оригинала
    }.
verification-broken = Что-то не сходится.
verification-broken-text = Остановите запись в этот архив, сделайте копию его файлов и сравните её с последней резервной копией.
verification-impossible = Проверить не удалось: { $why }

search-placeholder = Слова, имя, адрес
search-order = Порядок
order-newest = Сначала новые
order-best = Сначала самые точные
search-found = { $count ->
    [0] Ничего не найдено
    [one] Найдено: { $count }
    [few] Найдено: { $count }
    [many] Найдено: { $count }
   *[other] Найдено: { $count }
    }
search-found-more = Найдено больше { $count }
search-none = Ничего не подходит
search-none-text = Попробуйте меньше слов, другую форму имени или уберите условие.
search-in-attachment = в { $name }
search-teach = Одна строка находит всё
search-example-words = цена март
search-words = оба слова в любой форме
search-example-phrase = "срок расторжения"
search-phrase = именно эти слова в этом порядке
search-people = часть имени или адреса
search-client = часть названия клиента
search-dates = с такого дня и до такого
search-kinds = только этот канал или направление
search-has = только с вложениями
search-more = Ещё условия
search-by-client = Клиент
search-after = С дня
search-before = До дня

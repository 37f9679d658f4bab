# Months in the genitive, as they stand after a day.
month = { $month ->
    [1] января
    [2] февраля
    [3] марта
    [4] апреля
    [5] мая
    [6] июня
    [7] июля
    [8] августа
    [9] сентября
    [10] октября
    [11] ноября
   *[12] декабря
    }
month-short = { $month ->
    [1] янв.
    [2] февр.
    [3] мар.
    [4] апр.
    [5] мая
    [6] июн.
    [7] июл.
    [8] авг.
    [9] сент.
    [10] окт.
    [11] нояб.
   *[12] дек.
    }
weekday = { $weekday ->
    [1] понедельник
    [2] вторник
    [3] среда
    [4] четверг
    [5] пятница
    [6] суббота
   *[7] воскресенье
    }
date-long = { $day } { month } { $year } г.
date-short = { $day } { month-short }
date-short-year = { $day } { month-short } { $year } г.
date-time = { $day } { month } { $year } г., { $time }
date-weekday = { weekday }, { $day } { month } { $year } г.
date-today = сегодня, { $day } { month }
date-yesterday = вчера, { $day } { month }

ago-now = только что
ago-minutes = { $count } мин назад
ago-hours = { $count } ч назад
ago-yesterday = вчера
ago-days = { $count ->
    [one] { $count } день назад
    [few] { $count } дня назад
    [many] { $count } дней назад
   *[other] { $count } дня назад
    }

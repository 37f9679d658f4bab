# Months in the genitive, as they stand after a day; the short form is by number.
month = { $month ->
    [1] januára
    [2] februára
    [3] marca
    [4] apríla
    [5] mája
    [6] júna
    [7] júla
    [8] augusta
    [9] septembra
    [10] októbra
    [11] novembra
   *[12] decembra
    }
weekday = { $weekday ->
    [1] pondelok
    [2] utorok
    [3] streda
    [4] štvrtok
    [5] piatok
    [6] sobota
   *[7] nedeľa
    }
month-short = { $number }.
date-long = { $day }. { month } { $year }
date-short = { $day }. { month-short }
date-short-year = { $day }. { month-short } { $year }
date-time = { $day }. { month } { $year }, { $time }
date-weekday = { weekday } { $day }. { month } { $year }
date-today = dnes, { $day }. { month }
date-yesterday = včera, { $day }. { month }

ago-now = práve teraz
ago-minutes = pred { $count } min
ago-hours = pred { $count } h
ago-yesterday = včera
ago-days = { $count ->
    [one] pred { $count } dňom
    [few] pred { $count } dňami
    [many] pred { $count } dňa
   *[other] pred { $count } dňami
    }

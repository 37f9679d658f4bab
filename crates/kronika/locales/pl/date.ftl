# Months in the genitive, as they stand after a day.
month = { $month ->
    [1] stycznia
    [2] lutego
    [3] marca
    [4] kwietnia
    [5] maja
    [6] czerwca
    [7] lipca
    [8] sierpnia
    [9] września
    [10] października
    [11] listopada
   *[12] grudnia
    }
month-short = { $month ->
    [1] sty
    [2] lut
    [3] mar
    [4] kwi
    [5] maj
    [6] cze
    [7] lip
    [8] sie
    [9] wrz
    [10] paź
    [11] lis
   *[12] gru
    }
weekday = { $weekday ->
    [1] poniedziałek
    [2] wtorek
    [3] środa
    [4] czwartek
    [5] piątek
    [6] sobota
   *[7] niedziela
    }
date-long = { $day } { month } { $year }
date-short = { $day } { month-short }
date-short-year = { $day } { month-short } { $year }
date-time = { $day } { month } { $year }, { $time }
date-weekday = { weekday }, { $day } { month } { $year }
date-today = dzisiaj, { $day } { month }
date-yesterday = wczoraj, { $day } { month }

ago-now = przed chwilą
ago-minutes = { $count } min temu
ago-hours = { $count } godz. temu
ago-yesterday = wczoraj
ago-days = { $count ->
    [one] { $count } dzień temu
    [few] { $count } dni temu
    [many] { $count } dni temu
   *[other] { $count } dnia temu
    }

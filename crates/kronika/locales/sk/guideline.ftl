guidelines = Pravidlá komunikácie
guidelines-text = Čo firma očakáva od každého, kto hovorí s klientmi. Každá verzia sa uchováva a s ňou aj to, kto ju prijal a kedy.
guidelines-none = Zatiaľ neboli vydané žiadne pravidlá.
guidelines-asked = { $count ->
    [one] { $count } pravidlo komunikácie čaká, kým si ho prečítate a prijmete.
    [few] { $count } pravidlá komunikácie čakajú, kým si ich prečítate a prijmete.
    [many] { $count } pravidla komunikácie čaká, kým si ich prečítate a prijmete.
   *[other] { $count } pravidiel komunikácie čaká, kým si ich prečítate a prijmete.
    }
guidelines-to-read = Prečítať
guideline-version = Verzia { $version }
guideline-open = Zatiaľ neprijaté.
guideline-reminded = Pripomenuté
guideline-accepted-you = Prijali ste ho
guideline-withdrawn = Už neplatí.
guideline-read = Prečítať
guideline-new = Nové pravidlo
guideline-edit = Nová verzia
guideline-edit-text = Stará verzia zostane na nahliadnutie. O prijatie novej budú požiadaní všetci.
guideline-issued = vydal(a): { $name }
guideline-old = Toto je staršia verzia.
guideline-to-newest = Prečítať platnú
guideline-test = Test
guideline-wrong = Nie všetky odpovede sú správne. Prečítajte si pravidlo ešte raz a skúste to znova.
guideline-wrong-answer = Táto odpoveď nie je správna.
guideline-outdated = Kým ste čítali, bola vydaná novšia verzia. Toto je ona.
guideline-accept = Prečítal(a) som a prijímam
guideline-accept-text = Vaše meno, verzia a čas sa zapíšu do denníka.
guideline-missing = Zatiaľ neprijali
guideline-missing-none = Platnú verziu už prijali všetci.
guideline-remind = Pripomenúť im
guideline-accepted = Prijali
guideline-accepted-none = Zatiaľ ho nikto neprijal.
guideline-versions = Verzie
guideline-withdraw = Stiahnuť
guideline-withdraw-text = Nikoho už naň nebudeme žiadať. Kto prijal ktorú verziu, zostane známe.
guideline-title = Názov
guideline-title-hint = Napríklad: Hovory a súkromné aplikácie na správy
guideline-body = Text
guideline-body-hint = Prázdny riadok začína nový odsek.
guideline-test-example =
    Možno dohodnúť cenu cez súkromnú aplikáciu na správy?
    - Áno
    + Nie
guideline-test-hint = Môže zostať prázdny. Otázka na samostatnom riadku, pod ňou odpovede: - pred nesprávnou, + pred správnou. Kto pravidlo prijíma, musí na všetky odpovedať správne.
guideline-issue = Vydať
guideline-mistake-empty = Pravidlo potrebuje názov a text.
guideline-mistake-long = Také dlhé pravidlo nikto neprečíta; stačí 100 000 znakov.
guideline-mistake-answers = Otázka { $number } potrebuje aspoň dve odpovede, každú na riadku, ktorý sa začína znakom - alebo +.
guideline-mistake-right = Otázka { $number } potrebuje práve jednu správnu odpoveď, na riadku, ktorý sa začína znakom +.
right-accept-guidelines = Čítať a prijímať pravidlá komunikácie
right-write-guidelines = Písať pravidlá komunikácie, vidieť, kto ich prijal, a pripomínať ostatným

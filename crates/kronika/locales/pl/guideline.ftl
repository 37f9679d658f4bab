guidelines = Zasady komunikacji
guidelines-text = Czego firma oczekuje od każdego, kto rozmawia z klientami. Każda wersja jest zachowana, a z nią to, kto ją przyjął i kiedy.
guidelines-none = Nie wydano jeszcze żadnych zasad.
guidelines-asked = { $count ->
    [one] { $count } zasada komunikacji czeka, aż ją przeczytasz i przyjmiesz.
    [few] { $count } zasady komunikacji czekają, aż je przeczytasz i przyjmiesz.
    [many] { $count } zasad komunikacji czeka, aż je przeczytasz i przyjmiesz.
   *[other] { $count } zasady komunikacji czeka, aż je przeczytasz i przyjmiesz.
    }
guidelines-to-read = Przeczytaj
guideline-version = Wersja { $version }
guideline-open = Jeszcze nieprzyjęta.
guideline-reminded = Przypomniano
guideline-accepted-you = Przyjęto
guideline-withdrawn = Już nie obowiązuje.
guideline-read = Przeczytaj
guideline-new = Nowa zasada
guideline-edit = Nowa wersja
guideline-edit-text = Stara wersja pozostaje do wglądu. O przyjęcie nowej zostaną poproszeni wszyscy.
guideline-issued = wydał(a): { $name }
guideline-old = To jest starsza wersja.
guideline-to-newest = Przeczytaj obowiązującą
guideline-test = Test
guideline-wrong = Nie wszystkie odpowiedzi są poprawne. Przeczytaj zasadę jeszcze raz i spróbuj ponownie.
guideline-wrong-answer = Ta odpowiedź nie jest poprawna.
guideline-outdated = W trakcie czytania wydano nowszą wersję. Oto ona.
guideline-accept = Przeczytałem(-am) i przyjmuję
guideline-accept-text = Twoja nazwa, wersja i czas zostaną zapisane w dzienniku.
guideline-missing = Jeszcze nie przyjęli
guideline-missing-none = Obowiązującą wersję przyjęli już wszyscy.
guideline-remind = Przypomnij im
guideline-accepted = Przyjęli
guideline-accepted-none = Nikt jej jeszcze nie przyjął.
guideline-versions = Wersje
guideline-withdraw = Wycofaj
guideline-withdraw-text = Nikt nie będzie już o nią proszony. Nadal będzie wiadomo, kto przyjął którą wersję.
guideline-title = Tytuł
guideline-title-hint = Na przykład: Rozmowy i prywatne komunikatory
guideline-body = Treść
guideline-body-hint = Pusty wiersz zaczyna nowy akapit.
guideline-test-example =
    Czy cenę można uzgodnić przez prywatny komunikator?
    - Tak
    + Nie
guideline-test-hint = Może pozostać pusty. Pytanie w osobnym wierszu, pod nim odpowiedzi: - przed błędną, + przed poprawną. Kto przyjmuje zasadę, musi na wszystkie odpowiedzieć poprawnie.
guideline-issue = Wydaj
guideline-mistake-empty = Zasada musi mieć tytuł i treść.
guideline-mistake-long = Tak długiej zasady nikt nie przeczyta; wystarczy 100 000 znaków.
guideline-mistake-answers = Pytanie { $number } musi mieć co najmniej dwie odpowiedzi, każdą w wierszu zaczynającym się od - lub +.
guideline-mistake-right = Pytanie { $number } musi mieć dokładnie jedną poprawną odpowiedź, w wierszu zaczynającym się od +.
right-accept-guidelines = Czytać i przyjmować zasady komunikacji
right-write-guidelines = Pisać zasady komunikacji, widzieć, kto je przyjął, i przypominać pozostałym

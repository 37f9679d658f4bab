settings-you = Ty
settings-addresses = Nasze adresy
settings-rules = Reguły przypisywania
settings-journal = Dziennik

you-signed-in = Logujesz się jako { $user }.
you-language = Język
you-theme = Motyw

ours-text = Własne domeny i adresy firmy. Wiadomość z któregoś z nich jest „od nas”, na któryś z nich „do nas”, a między nimi – wewnętrzna.
ours-none = Najpierw dodaj domenę firmy: bez niej nie da się odróżnić tego, co przyszło, od tego, co wysłano.
ours-mistake = To nie jest ani adres e-mail, ani domena:
ours-mistake-client = Ten adres należy do klienta:

rules-text = Czego nie mówi adres, może powiedzieć reguła: numer sprawy w temacie, lista, na którą pisze klient. Reguła działa od chwili utworzenia.
rules-none = Nie ma reguł. Adresy i domeny klientów ich nie potrzebują.
rules-mistake = Reguła musi szukać co najmniej dwóch znaków i wskazywać klienta.
rule-says = { $field }: zawiera „{ $value }”
rule-matched = { $count ->
    [one] { $count } przypisana
    [few] { $count } przypisane
    [many] { $count } przypisanych
   *[other] { $count } przypisanej
    }
rule-remove = Usuń tę regułę
rule-new = Nowa reguła
rule-field = Gdzie
rule-contains = Zawiera
rule-client = Trafia do – wybierz klienta, aby zapisać regułę
field-subject = Temat
field-from = Od
field-to = Do

journal-text = Wszystko, co tu kiedykolwiek zapisano, po kolei. Każdy wpis jest utrwalony pod wszystkimi późniejszymi, więc niczego nie da się niepostrzeżenie zmienić, usunąć ani dołożyć.
journal-size = Wpisy
journal-signed = Ostatnio podpisano
journal-waiting = Czeka na podpis
sealing-storage = Podpisywanie stanęło: baza danych odmówiła. Co zapisano, jest bezpieczne i zostanie podpisane, gdy baza odpowie.
sealing-key = Podpisywanie stanęło: nie można użyć klucza dziennika. Przywróć z kopii cały folder z kluczami.
sealing-tree = Podpisywanie stanęło: nie można kontynuować drzewa dziennika. Zweryfikuj archiwum i porównaj je z ostatnią kopią.
sealing-put-back = Podpisywanie stanęło: baza danych jest starsza niż ostatni podpisany punkt kontrolny. Przywróć najnowszą bazę; jak to zrobić, mówi instrukcja obsługi.
sealing-why = Komunikat serwera: { $why }
journal-checkpoint = Ostatni punkt kontrolny
journal-checkpoint-text = Przechowaj kopię gdzie indziej albo wyślij ją komuś. Kto ją ma, może później dowieść, że to, co obejmuje, się nie zmieniło.
journal-empty = Pierwszy punkt kontrolny zostanie podpisany, gdy coś zostanie zapisane.
journal-origin = Pochodzenie
journal-key = Klucz do weryfikacji
verification-title = Weryfikacja
verification-never = Dziennika nie zweryfikowano jeszcze z tej strony.
verification-start = Zweryfikuj teraz
verification-journal = Sprawdzam, czy każdy wpis prowadzi do podpisanego punktu kontrolnego
verification-originals = Sprawdzam, czy każdy przechowywany oryginał zgadza się ze swoim wpisem
verification-checked = { $checked } z { $total }
verification-holds = Wszystko się zgadza.
verification-holds-text = Z ostatnim podpisanym punktem kontrolnym porównano { $entries ->
    [one] { $entries } wpis
    [few] { $entries } wpisy
    [many] { $entries } wpisów
   *[other] { $entries } wpisu
    } i { $originals ->
    [one] { $originals } oryginał
    [few] { $originals } oryginały
    [many] { $originals } oryginałów
   *[other] { $originals } oryginału
    }.
verification-broken = Coś się nie zgadza.
verification-broken-text = Wstrzymaj zapis do tego archiwum, zrób kopię jego plików i porównaj ją z ostatnią kopią zapasową.
verification-impossible = Nie udało się sprawdzić: { $why }

sealing-other-history = Podpisywanie stanęło: świadek pokazał inną historię tego dziennika, podpisaną jego kluczem. Archiwum cofnięto do starszego stanu albo działają dwie jego kopie. Co zrobić, mówi instrukcja obsługi.

# Kto współpodpisuje dziennik.
witnesses = Świadkowie
witnesses-text = Świadek spoza firmy podpisuje każdy punkt kontrolny i pamięta go. Gdy jest ich dość, nikt nie pokaże drugiej historii ani nie cofnie dziennika niepostrzeżenie, nawet ten, kto ma jego klucz.
witnesses-none = Jeszcze żadnego. Jak dodać świadka, mówi instrukcja obsługi.
witnesses-policy = Nie można prosić świadków: plik policy jest błędny.
witness-cosigned = Podpisane wpisy: { $size }
witness-never = Jeszcze niczego nie podpisał
witness-refused = Jego adres został odrzucony: podaj adres z https albo dopuść host w kronika.toml.
witness-unreachable = Nie odpowiedział; zapytamy ponownie.
witness-unknown = Nie zna jeszcze tego dziennika. Przekaż jego właścicielowi klucz dziennika.
witness-other-history = Podpisał inną historię tego dziennika. Do wyjaśnienia niczego nie podpisujemy.
witness-claims = Twierdzi, że zna więcej wpisów, niż jest w dzienniku, ale niczego nie pokazuje. Zapytaj jego właściciela.
witness-signature = Jego podpis się nie zgadza. Porównaj jego klucz z kluczem w pliku policy.
witness-failed = Nie podpisał; zapytamy ponownie.

# Kto poświadcza czas.
authorities = Znaczniki czasu
authorities-text = Urząd znacznika czasu poświadcza, że punkt kontrolny istniał w danej chwili. Kwalifikowany znacznik korzysta w całej Unii Europejskiej z domniemania prawdziwości.
authorities-none = Jeszcze żadnego. Jak wskazać urząd, mówi instrukcja obsługi.
authority-stamped = Ostatni znacznik
authority-never = Jeszcze niczego nie oznaczył
authority-unreachable = Nie odpowiedział; zapytamy ponownie.
authority-roots = Nie można odczytać certyfikatów, według których mu wierzymy. Sprawdź plik wskazany w kronika.toml.
authority-token = Odpowiedź odrzucono: znacznik czasu jest nieprawidłowy. Niczego z niej nie zapisano.
authority-failed = Nie oznaczył; zapytamy ponownie.

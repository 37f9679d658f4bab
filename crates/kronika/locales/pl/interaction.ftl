time-claimed = Data:
time-recorded = zapisano:
part-from = Od
part-to = Do
part-cc = DW
part-bcc = UDW
part-reply-to = Odpowiedź do
ours = my
thread-title = Ten sam wątek
thread-count = { $count ->
    [one] { $count } wiadomość
    [few] { $count } wiadomości
    [many] { $count } wiadomości
   *[other] { $count } wiadomości
    }
headers-title = Nagłówki

html-show = Pokaż w formie nadanej przez nadawcę
html-title = Wiadomość w formie nadanej przez nadawcę
html-remote = { $count ->
    [one] Zablokowano { $count } element z zewnątrz: jego pobranie zdradziłoby nadawcy, że to czytasz.
    [few] Zablokowano { $count } elementy z zewnątrz: ich pobranie zdradziłoby nadawcy, że to czytasz.
    [many] Zablokowano { $count } elementów z zewnątrz: ich pobranie zdradziłoby nadawcy, że to czytasz.
   *[other] Zablokowano { $count } elementu z zewnątrz: ich pobranie zdradziłoby nadawcy, że to czytasz.
    }
body-quoted = Wcześniejsze wiadomości
body-signature = Podpis
body-empty = Nie ma tekstu.
attachments-title = Załączniki
attachment-download = Pobierz { $name }
attachment-preview-of = Podgląd { $name }

unreadable-title = Nie udało się tego odczytać
unreadable-kept = Oryginał jest przechowywany i zapieczętowany w takiej postaci, w jakiej przyszedł.
retry = Spróbuj ponownie
ignored-because = Pominięto: { $reason }

standing-title = Klient
standing-unassigned = Jeszcze bez klienta.
standing-unreadable = Można to przypisać, choć nie udało się odczytać treści.
assign = Przypisz do klienta
assign-also = Przypisz też do innego klienta
assignment-remove = Odepnij od: { $name }
why-address = Bo uczestniczy w tym { $value }.
why-domain = Bo uczestniczy w tym ktoś z { $value }.
why-thread = Bo należy do wątku tego klienta.
why-rule = Bo pasuje do reguły: { $rule }.
why-person = Decyzja: { $name }.
why-person-reason = Decyzja: { $name } – { $reason }
changes-title = Historia przypisania
change-assigned = Przypisano do: { $name }
change-removed = Odpięto od: { $name }
change-ignored = Pominięto
change-retried = Ponowiono odczyt

proof-title = Pieczęć
proof-seal = Pieczęć tego zapisu
proof-open = Co jest udowodnione
proof-pending = Ten zapis obejmie następny punkt kontrolny dziennika.
proof-broken = Ten zapis nie zgadza się z dziennikiem. Powiadom administratora i zachowaj kopię oryginału.
proof-entry = Wpis { $index } z { $size } w dzienniku zawiera odcisk tego zapisu.
proof-signed = Klucz { $origin } podpisał punkt kontrolny, który go obejmuje.
proof-meaning = Zmiana, usunięcie lub antydatowanie zapisu byłyby teraz sprzeczne z każdą kopią tego punktu przechowywaną gdzie indziej.
axis-claimed = Deklarowany czas
axis-claimed-by = tak podaje sama wiadomość
axis-recorded = Zapisano tutaj
axis-recorded-by = według zegara tego serwera
axis-signed = Podpisano
axis-signed-by = najpóźniej wtedy istniał w tej postaci
proof-not-title = Czego to nie dowodzi
proof-not-true = Że to, co napisano, jest prawdą.
proof-not-who = Kto naprawdę to napisał.
proof-not-time = Że zdarzyło się to w podanym czasie.
proof-expert = Szczegóły dla biegłego
proof-download = Pobierz dowód
hash-original = SHA-256 oryginału
hash-leaf = Liść
hash-root = Korzeń
hash-key = Klucz podpisu
hash-path = { $count ->
    [one] Ścieżka włączenia, { $count } skrót
    [few] Ścieżka włączenia, { $count } skróty
    [many] Ścieżka włączenia, { $count } skrótów
   *[other] Ścieżka włączenia, { $count } skrótu
    }

sightings-title = Gdzie to widziano
sightings-count = { $count ->
    [one] Widziano w { $count } skrzynce.
    [few] Widziano w { $count } skrzynkach; przechowujemy jeden egzemplarz.
    [many] Widziano w { $count } skrzynkach; przechowujemy jeden egzemplarz.
   *[other] Widziano w { $count } skrzynki; przechowujemy jeden egzemplarz.
    }
original-title = Oryginał
original-text = Wszystko na tej stronie powstaje z tych bajtów.
original-download = Pobierz oryginał

proof-witnessed = Punkt kontrolny pamiętają też świadkowie spoza firmy: inna historia byłaby sprzeczna także z tym, co podpisali.
axis-witnessed = Poświadczono
axis-witnessed-by = do tej chwili poznali to: { $names }

proof-stamped = Urząd znacznika czasu poświadcza, że to wtedy istniało.
axis-stamped = Oznaczono czasem
axis-stamped-by = istniało do tej chwili, poświadcza { $name }
axis-absent = Jeszcze tego nie było
axis-absent-by = punkt kontrolny znany poza firmą tego nie zawiera

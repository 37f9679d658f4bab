skip-to-content = Przejdź do treści
crumbs = Gdzie jesteś
nav = Główne
nav-clients = Klienci
nav-inbox = Skrzynka
nav-inbox-count = { $count ->
    [one] { $count } czeka na przypisanie
    [few] { $count } czekają na przypisanie
    [many] { $count } czeka na przypisanie
   *[other] { $count } czeka na przypisanie
    }
nav-search = Szukaj
nav-settings = Ustawienia
sign-out = Wyloguj
find = Szukaj wszędzie
edit = Edytuj
save = Zapisz
cancel = Anuluj
close = Zamknij
more = Pokaż więcej
theme-device = Jak w urządzeniu
theme-light = Jasny
theme-dark = Ciemny

keys-title = Klawiatura
keys-find = Przejdź do wyszukiwania
keys-move = Następny i poprzedni wiersz
keys-enter = Otwórz wiersz jako stronę
keys-open = Rozwiń wiersz na miejscu albo go zwiń
keys-earlier = Pokaż wcześniejsze wiadomości wątku
keys-assign = Przypisz wiersz do klienta
keys-ignore = Pomiń wiersz, podając powód
keys-go = Przejdź do klientów · do skrzynki
keys-help = Ta lista

channel-email = E-mail
channel-call = Rozmowa
channel-sms = SMS
channel-chat = Czat
channel-meeting = Spotkanie
channel-note = Notatka
channel-letter = List
channel-document = Dokument
channel-screenshot = Zrzut ekranu
channel-web = Strona WWW
direction-inbound = do nas
direction-outbound = od nas
direction-internal = wewnętrzne

size-bytes = { $count } B
size-kilobytes = { $amount } kB
size-megabytes = { $amount } MB
size-gigabytes = { $amount } GB

seal-pending = Zapisano; pieczęć pojawi się za chwilę
seal-sealed = Zapieczętowano w dzienniku
seal-witnessed = Zapieczętowane w dzienniku i znane jego świadkom
seal-stamped = Zapieczętowane w dzienniku i oznaczone czasem
no-subject = (bez tematu)

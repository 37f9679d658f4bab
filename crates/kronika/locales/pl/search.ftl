search-placeholder = Słowa, nazwisko, adres
search-order = Kolejność
order-newest = Od najnowszych
order-best = Od najtrafniejszych
search-found = { $count ->
    [0] Nic nie znaleziono
    [one] Znaleziono { $count }
    [few] Znaleziono { $count }
    [many] Znaleziono { $count }
   *[other] Znaleziono { $count }
    }
search-found-more = Znaleziono ponad { $count }
search-none = Nic nie pasuje
search-none-text = Użyj mniej słów, innej formy nazwiska albo usuń filtr.
search-in-attachment = w { $name }
search-teach = Jeden wiersz znajdzie wszystko
search-example-words = cena marzec
search-words = oba słowa, w dowolnej odmianie
search-example-phrase = "okres wypowiedzenia"
search-phrase = dokładnie te słowa w tej kolejności
search-people = część nazwiska lub adresu
search-client = część nazwy klienta
search-dates = od dnia i do dnia
search-kinds = tylko ten kanał lub kierunek
search-has = tylko z załącznikami
search-more = Więcej filtrów
search-by-client = Klient
search-after = Od dnia
search-before = Przed dniem

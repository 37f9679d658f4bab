client-new = Nowy klient
client-make = Utwórz klienta
client-edit = Edycja klienta
client-total = { $count ->
    [one] { $count } klient
    [few] { $count } klientów
    [many] { $count } klientów
   *[other] { $count } klienta
    }
client-filter = Filtruj po nazwie lub adresie
client-name = Nazwa
client-address = Adres
client-interactions = Interakcje
client-last = Ostatni kontakt
client-first = Pierwszy kontakt
client-never = jeszcze nie było
client-no-match = Żaden klient nie pasuje do „{ $q }”.
client-none-title = Klienci pojawią się, gdy przypiszesz pocztę
client-none-text = Zaimportuj skrzynkę pocztową na stronie Skrzynka. Każdy przypisany nadawca staje się klientem, a kolejne wiadomości trafiają do niego same.
client-none-act = Przejdź do skrzynki
client-language = Język
client-language-unknown = Nieznany
client-parts = Części strony
client-who = Kto to
client-addresses = Adresy
client-addresses-none = Nie ma jeszcze adresu. Poczta z adresów podanych tutaj przypisuje się sama.
client-from-message = Wiadomość, od której zaczynasz, zostanie przypisana do tego klienta, gdy tylko powstanie.

address-add = Dodaj adres
address-remove = Usuń { $value }
address-kind = Rodzaj
address-email = E-mail
address-domain = Domena
address-value = Adres lub domena
address-hint = Poczta z tych adresów i na nie przypisuje się sama. Domena obejmuje wszystkich, którzy z niej piszą.

timeline = Historia
timeline-within = Szukaj u tego klienta
timeline-newest = Przejdź do najnowszych
timeline-older = Pokaż starsze
timeline-no-match = Nic nie pasuje do tych filtrów
timeline-show-all = Pokaż wszystko
timeline-none-title = Nic jeszcze nie zapisano
timeline-none-text = Przypisz wiadomość ze skrzynki albo dodaj adres, żeby poczta trafiała tu sama.
timeline-none-act = Przejdź do skrzynki
filters = Filtry
filter-all = Wszystko
filter-attachment = Z załącznikiem

row-earlier = { $count ->
    [one] { $count } wcześniejsza
    [few] { $count } wcześniejsze
    [many] { $count } wcześniejszych
   *[other] { $count } wcześniejszej
    }
row-others = { $count ->
    [one] i { $count } osoba
    [few] i { $count } osoby
    [many] i { $count } osób
   *[other] i { $count } osoby
    }
row-open-here = Rozwiń na miejscu
row-open-page = Otwórz stronę
row-late = Zapisano ponad dobę po czasie, który podaje wiadomość
row-attachments = { $count ->
    [one] { $count } załącznik
    [few] { $count } załączniki
    [many] { $count } załączników
   *[other] { $count } załącznika
    }
row-sightings = { $count ->
    [one] Widziano w { $count } skrzynce
    [few] Widziano w { $count } skrzynkach
    [many] Widziano w { $count } skrzynkach
   *[other] Widziano w { $count } skrzynki
    }

client-mistake-name = Klient musi mieć nazwę.
client-mistake-name-taken = Inny klient ma już tę nazwę.
client-mistake-address = To nie jest ani adres e-mail, ani domena:
client-mistake-address-taken = Ten adres ma już inny klient:
client-mistake-address-ours = To jeden z naszych własnych adresów:
client-city = Miejscowość
client-tax-id = NIP lub inny numer podatkowy
client-mistake-domain-public = Skrzynkę w tej domenie może mieć każdy. Podaj pełny adres zamiast:
client-mistake-domain-suffix = Pod tą domeną swoje domeny ma wiele firm. Podaj całą domenę klienta zamiast:

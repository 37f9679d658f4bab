nav-evidence = Dowody
evidence-text = Pakiet zawiera oryginały bajt w bajt i dowodzi, że były w dzienniku i nikt ich nie zmienił. Odbiorca sprawdza go bez Kroniki i bez Ciebie.
evidence-new = Przygotuj dowód
evidence-choose = Co ma wejść do pakietu
evidence-client = Klient
evidence-query = Co znajdzie wyszukiwanie
evidence-from = Od
evidence-to = Do
evidence-thread = Rozmowa
evidence-picked = Zaznaczone pojedynczo
evidence-choice-hint = Wypełnij jedno pole lub kilka; wejdzie to, co pasuje do wszystkich. Zanim cokolwiek powstanie, wszystko przejrzysz.
evidence-look = Przejrzyj
evidence-change = Wybierz inaczej
evidence-unfinished = W przygotowaniu
evidence-unfinished-one = Twój pakiet
evidence-made = Przygotowane wcześniej
evidence-made-none = Nie ma jeszcze żadnego pakietu.
evidence-no-purpose = Bez podanego celu
evidence-for = dla:
evidence-items = { $count ->
    [one] { $count } kontakt
    [few] { $count } kontakty
    [many] { $count } kontaktów
   *[other] { $count } kontaktu
    }
evidence-withheld = { $count ->
    [one] { $count } nieujawniony
    [few] { $count } nieujawnione
    [many] { $count } nieujawnionych
   *[other] { $count } nieujawnionych
    }
evidence-attachments = { $count ->
    [one] { $count } załącznik
    [few] { $count } załączniki
    [many] { $count } załączników
   *[other] { $count } załącznika
    }
evidence-none = Nic z tego, co widzisz, do tego nie pasuje. Wybierz dłuższy okres albo mniej warunków.
evidence-goes-in = Co wejdzie
evidence-withhold-hint = Zaznacz, czego nie ujawniać: całego kontaktu, jego treści albo jednego załącznika. To, co wydasz, nadal będzie dowodem; w miejscu reszty zostanie luka z podanym powodem.
evidence-withhold = Nie ujawniaj
evidence-parts = { $count ->
    [one] { $count } część
    [few] { $count } części
    [many] { $count } części
   *[other] { $count } części
    }
evidence-text-part = Treść wiadomości
evidence-others = { $count ->
    [one] Wymieniona { $count } osoba spoza firmy
    [few] Wymienione { $count } osoby spoza firmy
    [many] Wymienionych { $count } osób spoza firmy
   *[other] Wymienione { $count } osoby spoza firmy
    }
evidence-others-hint = Ich nazwiska i adresy trafią do pakietu. Nie ujawniaj tego, czego odbiorca nie musi wiedzieć.
evidence-about = O pakiecie
evidence-reason = Dlaczego czegoś nie ujawniasz
evidence-purpose = Do czego służy
evidence-purpose-example = np. sprawa I C 12/26
evidence-recipient = Dla kogo
evidence-encrypt = Zaszyfruj dla odbiorcy
evidence-key = Klucz age odbiorcy
evidence-key-hint = Odbiorca tworzy go poleceniem age-keygen i podaje Ci wiersz zaczynający się od age1. Tylko on otworzy plik.
evidence-recorded-hint = W dzienniku zostanie zapisane, że go przygotowujesz, dla kogo, po co i z czym.
evidence-make = Przygotuj pakiet dowodowy
evidence-package = Pakiet dowodowy
evidence-waiting = Najpierw powstaje inny pakiet.
evidence-sealing = Dziennik jest pieczętowany; wysłano zapytania do świadków i urzędów znacznika czasu.
evidence-gathering = Zebrano { $done } z { $of }
evidence-writing = Zapisano { $done } z { $of }
evidence-reporting = Skład raportu
evidence-encrypting = Szyfrowanie
evidence-ready = Pakiet jest gotowy i zapisany w dzienniku.
evidence-download = Pobierz pakiet
evidence-kept = Możesz go pobrać przez dobę, tylko Ty, o ile serwer nie zostanie wcześniej uruchomiony ponownie.
evidence-not-kept = Samego pliku już tu nie ma albo przygotował go ktoś inny. Przygotuj go ponownie, żeby pobrać.
evidence-when = Przygotowano
evidence-check = Jak go sprawdzić
evidence-check-text = Odbiorca uruchamia kronika-verify, otwiera kronika-verify.html w przeglądarce albo idzie za plikiem README w środku: sha256sum, openssl i Python. Nic nie jest nigdzie wysyłane.
evidence-contents = W pakiecie
evidence-of-search = Przygotuj dowód z tego, co znaleziono
evidence-of-thread = Przygotuj dowód z tej rozmowy
evidence-tick = Zaznacz do dowodu
evidence-ticked = zaznaczone
evidence-of-ticked = Przygotuj z nich dowód
evidence-open = Podaj, co ma wejść: klienta, wyszukiwanie albo okres.
evidence-no-client = Nie ma klienta dokładnie o tej nazwie albo jest ich kilku. Otwórz klienta i wybierz tam Przygotuj dowód.
evidence-no-day = To nie jest data. Zapisz ją tak: 2026-03-31.
evidence-no-period = Okres kończy się przed początkiem. Zmień jedną z dat.
evidence-no-reason = Czegoś nie ujawniasz, a nie ma powodu. Podaj go: pojawi się w tym miejscu.
evidence-no-reason-fix = Wróć i uzupełnij.
evidence-no-key = To nie jest klucz age. Zaczyna się od age1, a tworzy go odbiorca poleceniem age-keygen.
evidence-nothing = Nie ma czego włożyć do pakietu
evidence-nothing-fix = Niczego z wybranych rzeczy nie ujawniasz albo już ich nie ma. Wybierz ponownie.
evidence-too-many = To więcej niż 10 000 kontaktów
evidence-too-many-fix = Wybierz krótszy okres albo przygotuj kilka pakietów.
evidence-stray = Wybór w międzyczasie się zmienił
evidence-stray-fix = Przejrzyj go jeszcze raz.
evidence-failed = Pakiet nie powstał
evidence-failed-fix = Nic nie zostało wydane. Spróbuj ponownie; jeśli to nie pomoże, powód jest w logach serwera.
evidence-enough = Masz dziesięć pakietów czekających lub przechowywanych
evidence-enough-fix = Znikną po dobie. Do tego czasu użyj polecenia kronika evidence create.
evidence-gone = Pliku już tu nie ma
evidence-gone-fix = Przygotuj pakiet ponownie.
evidence-reading = Odczytano { $done } z { $of }
evidence-no-report = Nie ma w nim raportu do czytania: programu kronika-report nie ma obok serwera albo zawiódł. Dowód jest bez niego pełny.
evidence-more = { $count ->
    [one] Wejdzie jeszcze { $count } kontakt spoza tej listy.
    [few] Wejdą jeszcze { $count } kontakty spoza tej listy.
    [many] Wejdzie jeszcze { $count } kontaktów spoza tej listy.
   *[other] Wejdzie jeszcze { $count } kontaktu spoza tej listy.
    }

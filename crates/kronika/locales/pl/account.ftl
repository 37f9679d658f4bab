settings-people = Ludzie

people-you = Ty
people-seen = Ostatnio tutaj:
people-never-seen = Jeszcze bez logowania
people-second-step = logowanie dwuetapowe
people-password-only = tylko hasło
people-role = Rola
people-role-of = Rola: { $name }
people-change = Zmień
people-change-role = Zmień rolę: { $name }
people-remove = Usuń
people-remove-name = Usuń: { $name }
people-remove-title = Usunąć konto { $name }?
people-remove-text = Ta osoba w ciągu kilku sekund zostanie wszędzie wylogowana i nie zaloguje się ponownie. Wszystko, co zrobiła, pozostaje w dzienniku pod jej nazwą, dlatego nikt inny tej nazwy nie dostanie.
people-invited = Zaproszeni
people-first-owner = Pierwszy właściciel
people-invitation-until = Link działa do:
people-invitation-over = Link przestał działać:
people-withdraw = Wycofaj
people-invite-title = Zaproś kogoś
people-invite-text = Przekażesz tej osobie link, pod którym wybierze hasło. Działa raz, przez tydzień.
people-invite = Utwórz link
people-mistake-name = Nazwa użytkownika składa się z liter, cyfr i kropek albo jest adresem e-mail.
people-mistake-taken = Ta nazwa należy lub należała do kogoś innego:
people-mistake-last-owner = Archiwum musi mieć właściciela. Najpierw uczyń właścicielem kogoś innego.
invitation-made = Zaproszenie dla { $name } jest gotowe.
invitation-made-text = Przekaż ten link drogą, której ufasz; widać go tylko teraz. Działa do:

invitation = Zaproszenie
invitation-text = Masz zaproszenie do tego archiwum. Wybierz hasło, aby wejść.
invitation-first = Nikt nie ma jeszcze konta w tym archiwum. Utwórz swoje: będzie kontem właściciela.
invitation-accept = Utwórz konto
password-current = Obecne hasło
password-new = Nowe hasło
password-again = Nowe hasło jeszcze raz
password-hint = Co najmniej 10 znaków. Cztery lub pięć słów, które do siebie nie pasują, łatwo zapamiętać, a trudno odgadnąć.
password-mistake-current = Obecne hasło jest nieprawidłowe.
password-mistake-differ = Hasła nie są takie same.
password-mistake-short = Hasło musi mieć co najmniej 10 znaków.
password-mistake-long = Hasło może mieć najwyżej 256 znaków.
password-mistake-guessable = To hasło łatwo odgadnąć. Wybierz cztery lub pięć słów, które do siebie nie pasują.
password-mistake-own = To hasło powstało z Twojej nazwy albo z nazwy firmy. Wybierz słowa, które do siebie nie pasują.

sign-in-code = Kod
sign-in-code-hint = Sześć cyfr, które aplikacja uwierzytelniająca pokazuje w tej chwili. Bez telefonu: jeden z kodów zapasowych.
sign-in-other = Zaloguj się jako ktoś inny
sign-in-too-long = Drugi etap trwał zbyt długo albo wymagał zbyt wielu prób. Zaloguj się jeszcze raz.
sign-in-code-slow-down = Ostatnio było zbyt wiele błędnych kodów. Odczekaj godzinę, użyj kodu zapasowego albo zaloguj się w przeglądarce, z której już się logowano.
code-mistake-wrong = Ten kod jest nieprawidłowy. Wpisz ten, który widać teraz.
code-mistake-used = Ten kod został już użyty. Poczekaj na następny.
code-mistake-time = Ten kod jest z innej chwili. Sprawdź, czy zegary telefonu i serwera dobrze chodzą.

you-password = Hasło
you-password-change = Zmień hasło
you-password-text = Wszędzie indziej nastąpi wylogowanie.
you-password-done = Hasło zmieniono, a wszędzie indziej nastąpiło wylogowanie.
you-second-step = Drugi etap logowania
you-authenticator-off = Z aplikacją uwierzytelniającą ten, kto pozna Twoje hasło, i tak nie wejdzie: przy logowaniu trzeba też podać kod z telefonu.
you-authenticator-add = Dodaj aplikację uwierzytelniającą
you-authenticator-on = Przy logowaniu trzeba podać kod z aplikacji uwierzytelniającej.
you-authenticator-remove = Usuń aplikację uwierzytelniającą
you-authenticator-remove-text = Potem do zalogowania wystarczy samo hasło. Kody zapasowe też przestaną działać.
you-authenticator-off-done = Aplikację uwierzytelniającą usunięto. Teraz do zalogowania wystarczy hasło.
you-recovery-left = { $count ->
    [one] Został { $count } kod zapasowy.
    [few] Zostały { $count } kody zapasowe.
    [many] Zostało { $count } kodów zapasowych.
   *[other] Zostało { $count } kodu zapasowego.
    }
you-recovery-renew = Utwórz nowe kody zapasowe
you-recovery-renew-text = Dotychczasowe kody przestaną działać.
you-sessions = Gdzie trwa Twoja sesja
you-sessions-text = Sesja kończy się po 12 godzinach bez używania, a po tygodniu w każdym przypadku.
you-sessions-done = Tam już Cię wylogowano.
you-sessions-end-others = Zakończ wszystkie pozostałe
you-session-this = Ta sesja
you-session-unknown = Nieznana przeglądarka
you-session-began = od
you-session-seen = ostatnio używana
you-session-end = Zakończ

authenticator-title = Dodaj aplikację uwierzytelniającą
authenticator-text = Otwórz aplikację w telefonie (Aegis, Google Authenticator, 2FAS albo dowolną inną) i zeskanuj ten obrazek.
authenticator-picture = Obrazek do zeskanowania aplikacją uwierzytelniającą
authenticator-secret = Bez aparatu? Wpisz ten klucz w aplikacji.
authenticator-code = Kod, który aplikacja pokazuje teraz
authenticator-confirm = Potwierdź
authenticator-done = Od teraz przy logowaniu trzeba podać kod.
recovery-title = Kody zapasowe
recovery-text = Gdy stracisz telefon, każdy z tych kodów wpuści Cię jeden raz. Widać je tylko teraz: wydrukuj je albo zapisz w menedżerze haseł.
recovery-kept = Kody zachowane

last-owner = Archiwum musi mieć właściciela
last-owner-fix = Najpierw uczyń właścicielem kogoś innego.
owners-only = To może zrobić tylko właściciel
owners-only-fix = Właścicieli ustanawiają, zmieniają i usuwają właściciele. Poproś któregoś z nich.
invitation-gone = To zaproszenie już nie działa
invitation-gone-fix = Zostało użyte, wycofane albo minął tydzień. Poproś o nowe osobę, która Cię zaprosiła.

sign-in-passkey = Zaloguj się kluczem dostępu
passkey-failed = Urządzenie tego nie potwierdziło. Spróbuj ponownie albo użyj hasła.
passkey-mistake-elsewhere = Klucze dostępu wymagają adresu z nazwą. Poproś administratora, żeby ją ustawił.
passkey-mistake-many = Za dużo dzieje się naraz albo masz już 20 kluczy. Spróbuj ponownie za chwilę.
passkey-mistake-late = To trwało zbyt długo. Spróbuj ponownie.
passkey-mistake-unknown = Ten klucz nie jest tu znany. Użyj hasła.
you-passkeys = Klucze dostępu
you-passkeys-text = Klucz dostępu wpuszcza Cię odciskiem palca, twarzą albo PIN-em urządzenia, bez hasła. Nikt go nie odgadnie ani nie wyłudzi.
you-passkeys-without = Ta przeglądarka nie zna kluczy dostępu albo skrypty są wyłączone.
you-passkeys-elsewhere = Klucze dostępu należą do właściwego adresu archiwum. Dodaj swój tam:
you-passkeys-nowhere = Klucze dostępu wymagają adresu z nazwą, a nie samego numeru. Administrator może ją ustawić opcją --public-url.
you-passkey-add = Dodaj klucz dostępu
you-passkey-name = Nazwa klucza
you-passkey-example = Laptop
you-passkey-rename = Zmień nazwę
you-passkey-remove = Usuń
you-passkey-added = dodany
you-passkey-used = ostatnio użyty
you-passkey-done = Klucz dostępu dodano. Następnym razem możesz się nim zalogować.

# Inne archiwa tej samej osoby na tym samym serwerze.
archives = Twoje inne archiwa
archives-text = Dla osób, które pracują w kilku archiwach na jednym serwerze. Dodane tutaj pojawią się w menu, o jedno kliknięcie stąd. Nic między nimi nie przechodzi: każde ma własne hasło, klientów i dziennik.
archives-none = Jeszcze żadnego.
archives-add = Dodaj inne archiwum
archives-address = Adres drugiego archiwum
archives-address-hint = Taki, jaki widać w przeglądarce, gdy tam pracujesz. Masz tam już konto.
archives-add-go = Dalej
archives-go-on = Jeszcze jeden krok. Zaloguj się tam i potwierdź:
archives-nobody-there = Pod tym adresem nie ma żadnego archiwum tego serwera. Sprawdź adres albo zapytaj osobę, która prowadzi serwer.
archives-here = To jest właśnie to archiwum. Podaj adres drugiego.
archives-too-late = Ten odnośnik był już użyty albo ma ponad dziesięć minut. Zacznij od nowa w archiwum, z którego przychodzisz.
archives-closed = zamknięte
archives-leave = Usuń z listy
archives-join = Połączyć z archiwum „{ $other }”?
archives-join-text = W archiwum „{ $other }” jesteś jako { $there }, a tutaj jako { $here }. Odtąd każde z nich będzie w menu drugiego.
archives-join-hint = Potwierdź tylko wtedy, gdy to Twoja decyzja.
archives-join-go = Połącz
archives-switch = Zmień archiwum
archives-manage = Twoje inne archiwa
you-archives-link = Zobacz i dodaj archiwa

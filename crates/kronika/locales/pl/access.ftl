settings-teams = Zespoły
settings-grants = Audytorzy i biegli
settings-rights = Uprawnienia

role-owner = Właściciel
role-administrator = Administrator
role-manager = Kierownik
role-member = Pracownik
role-auditor = Audytor
role-expert = Biegły z zewnątrz

teams-text = Zespół ma swoich klientów: widzi ich każdy, kto do niego należy. Które to zespoły, wskazujesz na stronie klienta. Dopóki wszyscy klienci są otwarci dla wszystkich, zespoły nie są potrzebne.
teams-none = Nie ma jeszcze zespołów.
team-nobody = jeszcze nikt
team-name = Nazwa
team-members = Członkowie
team-remove = Usuń ten zespół
team-remove-hint = Klienci, których widział tylko ten zespół, zostają u właścicieli.
team-new = Nowy zespół
team-add = Dodaj zespół
team-mistake = Zespół musi mieć nazwę, której nie ma żaden inny:
mailboxes-title = Własne skrzynki
mailboxes-text = Poczta, którą wysłały lub odebrały tylko własne adresy osób i która nie należy jeszcze do żadnego klienta, jest dla nich prywatna. Dotyczy to tego, co zostanie zapisane od teraz.
mailbox-none = brak; kilka adresów oddziel przecinkami
mailbox-mistake = To nie jest adres e-mail:
mailbox-mistake-taken = To jest własna skrzynka kogoś innego:

grants-text = Audytorzy i biegli widzą tylko to, co im tu udostępnisz, i tylko przez wskazany czas, a każde ich zajrzenie do klienta lub interakcji zapisuje się w dzienniku.
grants-nobody = Nikt nie jest audytorem ani biegłym z zewnątrz. Najpierw kogoś zaproś.
grants-none = Niczego jeszcze nie udostępniono.
grant-everything = Wszyscy klienci
grant-thread-hidden = Rozmowa, której nie możesz zobaczyć
grant-endless = bez końca
grant-later = Zacznie się później
grant-valid = Ważne
grant-over = Minęło
grant-ended = Cofnięte
grant-end = Cofnij
grant-new = Udostępnij
grant-who = Komu
grant-what = Co
grant-link = Klienta albo rozmowę
grant-address = Adres strony
grant-address-hint = Otwórz klienta albo jedną wiadomość z rozmowy i skopiuj tu adres strony.
grant-from = Od
grant-until = Do końca dnia
grant-until-hint = Dostęp biegłego z zewnątrz musi mieć koniec.
grant-make = Udostępnij
grant-mistake-what = Podaj adres istniejącej strony klienta albo interakcji.
grant-mistake-who = Wybierz audytora albo biegłego z zewnątrz.
grant-mistake-end = Koniec musi być po początku, a biegły z zewnątrz musi go mieć.

rights-text = Ta strona powstaje z tej samej tabeli, według której Kronika decyduje. Kto nie ma uprawnienia, dowiaduje się o tym; czego ktoś nie może zobaczyć, tego dla niego nie ma – nawet jako liczby.
rights-do = Co wolno każdej roli
rights-see = Co widzi każda rola
rights-client = Kto widzi klienta
rights-interaction = Kto widzi interakcję
rights-you = Ty
rights-yes = tak
rights-no = nie
right-read = Czytać, szukać i pobierać to, co się widzi
right-record = Zapisywać: wprowadzać wiadomości
right-assign = Przypisywać wiadomości klientom
right-manage-clients = Zmieniać klientów, adresy i reguły
right-amend = Poprawiać i uzupełniać zapisy
right-share = Decydować, kto widzi klienta lub interakcję
right-export = Eksportować historię klienta
right-listen = Odsłuchiwać nagrania
right-make-evidence = Sporządzać dowody
right-place-hold = Wstrzymywać usuwanie
right-erase = Usuwać, wspólnie z drugą osobą
right-manage-access = Ustalać zespoły, własne skrzynki i dostęp z zewnątrz
right-manage-people = Zapraszać osoby i zmieniać role
right-verify = Oglądać i sprawdzać dziennik
right-configure = Zmieniać ustawienia

reach-all = Widzi wszystkich klientów.
reach-open = Widzi klientów otwartych dla wszystkich, klientów swoich zespołów i tych, przy których jest wymieniony.
reach-theirs = Widzi tylko klientów swoich zespołów i tych, przy których jest wymieniony.
reach-granted = Widzi tylko to, co mu udostępniono, i tylko w wyznaczonym czasie.
reach-inbox = Widzi skrzynkę odbiorczą.
reach-no-inbox = Nie widzi niczego, co nie należy do klienta.
reach-restricted = Widzi interakcje zastrzeżone.
reach-restricted-named = Zastrzeżone widzi tylko wtedy, gdy jest wymieniony.
reach-private = Prywatne widzi tylko wtedy, gdy uczestniczyła w nich jego własna skrzynka.
reach-looks = Nie widzi niczego prywatnego. Każde zajrzenie jest zapisywane.

openness-open = Otwarty: wszyscy kierownicy i pracownicy
openness-team = Zespoły: tylko wybrane zespoły i osoby
openness-named = Osoby: tylko wybrane osoby
client-sight = Kto widzi tego klienta
client-sight-people = Osoby
client-sight-hint = Właściciele widzą wszystkich klientów. Administratorzy – tylko przez zespół albo gdy są wymienieni.
client-sight-save = Ustal, kto widzi
client-grant = Pokaż audytorowi lub biegłemu
client-none-for-you = Nie ma tu nic, co możesz zobaczyć
client-none-for-you-text = Zobaczysz klientów, gdy znajdziesz się w ich zespole albo ktoś Ci ich udostępni. Zwróć się do właściciela archiwum.

sight-title = Kto to widzi
sight-change = Zmień
sight-named = Wymienieni, gdy zastrzeżone
sight-thread = Cały wątek i to, co w nim przyjdzie później
sensitivity-team = Zespół
sensitivity-team-hint = Każdy, kto widzi któregoś z klientów.
sensitivity-restricted = Zastrzeżone
sensitivity-restricted-hint = Wymienione osoby i właściciele.
sensitivity-private = Prywatne
sensitivity-private-hint = Tylko ci, których własna skrzynka uczestniczyła. Poza nimi nikt, nawet właściciele.
looks-title = Kto to widział
nobody-left = Nikt by już tego nie widział
nobody-left-fix = Prywatne może być tylko to, w czym uczestniczyła czyjaś własna skrzynka. Zastrzeż to i wymień osoby, które mają widzieć.

nav-given = Dla Ciebie
given = Udostępnione Tobie
given-text = Tu jest wszystko, co możesz zobaczyć w tym archiwum. Możesz to czytać, przeszukiwać i pobierać kopie; niczego nie da się zmienić. Każde Twoje zajrzenie zapisuje się w dzienniku archiwum.
given-nothing = Teraz nic nie jest Ci udostępnione.
given-count = { $count ->
    [0] nic z tego nie jest dla Ciebie widoczne
    [one] { $count } interakcja
    [few] { $count } interakcje
    [many] { $count } interakcji
   *[other] { $count } interakcji
    }
given-many = ponad { $count } interakcji
given-open = dostęp
given-client = Klient
given-thread = Rozmowa
given-more = Nic więcej nie jest Ci udostępnione. Jeśli potrzebujesz więcej albo na dłużej, poproś osobę, która dała Ci dostęp.
grant-by = od kogo: { $name }

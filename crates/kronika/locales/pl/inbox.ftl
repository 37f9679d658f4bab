picker-find = Znajdź klienta
picker-always = Odtąd wszystko z { $value }
picker-always-domain = Odtąd wszyscy z { $value }
picker-reason = Dodaj powód
picker-reason-hint = Dlaczego tam należy
picker-new = Nowy klient z tej wiadomości
picker-none = Żaden klient nie pasuje. Utwórz go z tej wiadomości.
ignore = Pomiń
ignore-reason = Powód
ignore-hint = Wiadomość pozostaje zapisana i zapieczętowana; możesz ją później przypisać z listy pominiętych.
ignore-advertising = Reklama
ignore-private = Prywatne
ignore-machine = Automatyczne powiadomienie
ignore-none = Nie dotyczy żadnego klienta
ignore-other = Albo inny powód

inbox-all = Oczekujące
inbox-unreadable = Nieczytelne
inbox-ignored = Pominięte
inbox-assign = Przypisz
inbox-keys-move = przechodź
inbox-keys-assign = przypisz
inbox-keys-ignore = pomiń
inbox-keys-open = czytaj tutaj
inbox-empty-title = Nic nie czeka
inbox-empty-text = Upuść tu pliki poczty (.eml, .mbox, .zip) albo je wybierz. To, co należy do znanego klienta, trafi do niego samo; reszta poczeka na tej stronie.
inbox-unreadable-none = Wszystko udało się odczytać
inbox-unreadable-text = Czego nie da się odczytać, przechowujemy tak, jak przyszło; czeka tutaj z podanym powodem.
inbox-ignored-none = Niczego nie pominięto
inbox-ignored-text = Co pominiesz, pozostaje zapisane i zapieczętowane; możesz to stąd przypisać.
done-others = { $count ->
    [one] i { $count } podobna
    [few] i { $count } podobne
    [many] i { $count } podobnych
   *[other] i { $count } podobnej
    }
undo = Cofnij
restore = Przywróć do skrzynki

import = Importuj pliki
import-drop = Upuść, aby zaimportować
import-title = Import
import-starting = Zaczynam
import-reading = Czytam { $file }
import-finished = Wszystko przeczytane
import-bytes = { $read } z { $total }
import-recorded = Zapisano
import-known = Już znane
import-unreadable = Nieczytelne
import-waiting = Czeka w skrzynce
import-to-inbox = Przejdź do skrzynki
import-to-unreadable = Zobacz nieczytelne
import-may-leave = Możesz opuścić tę stronę; import trwa dalej.
imports = Importy
imports-refused = Niewczytane
imports-refused-none = Wszystko, co tu trafiło, udało się wczytać.
imports-refused-text = Te pliki zostały tam, gdzie były. Przy każdym stoi, co zrobić; gdy plik zostanie wczytany albo przestanie być potrzebny, zniknie z tej listy.
imports-refused-more = { $count ->
    [one] i jeszcze { $count }
    [few] i jeszcze { $count }
    [many] i jeszcze { $count }
   *[other] i jeszcze { $count }
    }
imports-retry = Spróbuj ponownie
imports-dismiss = Pomiń
imports-past = Wczytane z tej strony
imports-past-none = Z tej strony nic jeszcze nie wczytano.
imports-counts = { $recorded ->
    [one] { $recorded } zapisana
    [few] { $recorded } zapisane
    [many] { $recorded } zapisanych
   *[other] { $recorded } zapisanych
    }, { $known ->
    [one] { $known } już znana
    [few] { $known } już znane
    [many] { $known } już znanych
   *[other] { $known } już znanych
    }
imports-running = Jeszcze trwa
unreadable-empty = Jest pusta: nic w niej nie było.
unreadable-binary = To nie jest tekst, więc nie może być wiadomością.
unreadable-no-header = Nie ma nagłówka, więc nie wiadomo, od kogo pochodzi.
unreadable-other = Obecny czytnik jej nie rozumie.
refused-missing = Już go nie ma.
refused-forbidden = Serwer nie może go odczytać. Uprawnienia może nadać administrator.
refused-broken = Nie dało się odczytać go do końca. Wgraj go jeszcze raz.
refused-not-mail = To nie jest wiadomość, skrzynka pocztowa ani archiwum z nimi.
refused-not-mailbox = To nie jest skrzynka pocztowa: plik nie zaczyna się od wiersza „From ”.
refused-outlook = To własny format Outlooka. Zapisz wiadomości jako .eml lub mbox i wgraj je.
refused-nested-archive = To archiwum w archiwum. Rozpakuj je i wgraj osobno.
refused-damaged-archive = Archiwum jest uszkodzone lub urwane. To, co było wcześniej, zostało przyjęte.
refused-swollen = Po rozpakowaniu archiwum jest znacznie większe, niż bywa poczta. Rozpakuj je i wgraj jego zawartość.
refused-too-large = Jest w nim wiadomość zbyt duża, by przyjąć ją tutaj. Administrator może zaimportować ją na serwerze.
refused-unreadable = Nie dało się odczytać tego jako wiadomości. Leży w skrzynce tak, jak przyszło.
refused-failed = Import się nie powiódł. To, co zapisano wcześniej, zostało; wgraj plik jeszcze raz.

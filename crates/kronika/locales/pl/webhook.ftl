webhooks = Webhooki
webhooks-text = Inny program dostaje pod swój adres wiadomość, gdy coś się wydarzy: tylko że się wydarzyło i czego dotyczy, nigdy treść. Dowiaduje się o tym, co widzisz Ty, i o niczym więcej. Każda wiadomość jest podpisana.
webhooks-none = Nikt nie jest powiadamiany.
webhook-make = Dodaj webhook
webhook-name = Kogo powiadamiać
webhook-example = Księgowość
webhook-url = Adres
webhook-events = O czym
webhook-event-interaction-recorded = Zapisano wiadomość
webhook-event-interaction-reread = Nieczytelną wiadomość udało się odczytać
webhook-event-interaction-assigned = Przypisano wiadomość do klienta
webhook-event-interaction-unassigned = Cofnięto przypisanie wiadomości do klienta
webhook-event-interaction-ignored = Odłożono wiadomość na bok
webhook-event-interaction-restored = Przywrócono wiadomość do skrzynki
webhook-event-client-created = Dodano klienta
webhook-event-client-changed = Zmieniono klienta lub jego adresy
webhook-event-test = Test
webhook-secret-made = Oto sekret, którym podpisywane są wiadomości. Widać go tylko teraz: wstaw go tam, gdzie znajdzie go program odbierający.
webhook-of = dodał(a) { $name }
webhook-of-text = Mówi o tym, co widzi { $name }, więc tylko { $name } może go zmienić i zobaczyć jego dostawy.
webhook-paused = Wstrzymany
webhook-paused-text = Nic nie jest wysyłane. O tym, co się w tym czasie wydarzy, powie po wznowieniu.
webhook-gone = Adres zniknął
webhook-gone-text = Adres odpowiedział, że już nie istnieje (410), więc nic nie jest wysyłane. O tym, co się w tym czasie wydarzy, webhook powie po wznowieniu.
webhook-test = Wyślij test
webhook-pause = Wstrzymaj
webhook-resume = Wznów
webhook-rotate = Nowy sekret
webhook-change = Zmień
webhook-save = Zapisz
webhook-remove-title = Usuń ten webhook
webhook-remove-text = To, co czeka na wysłanie, już nie wyjdzie.
webhook-remove = Usuń
webhook-deliveries = Dostawy
webhook-deliveries-none = Na razie nic tu nie ma.
webhook-show-all = Wszystkie dostawy
webhook-dead = { $count ->
    [one] { $count } niedostarczona
    [few] { $count } niedostarczone
    [many] { $count } niedostarczonych
   *[other] { $count } niedostarczonej
    }
webhook-replay = Wyślij ponownie
webhook-replay-dead = Wyślij ponownie wszystkie niedostarczone
webhook-state-waiting = w drodze
webhook-state-delivered = dostarczono
webhook-state-dead = Niedostarczona
webhook-state-given-up = zaprzestano prób
webhook-next = następna próba
webhook-tries = { $count ->
    [one] { $count } próba
    [few] { $count } próby
    [many] { $count } prób
   *[other] { $count } próby
    }
webhook-reason-address = Pod ten adres nie można wysyłać.
webhook-reason-refused = Serwer jest w sieci prywatnej, na którą operator nie zezwolił.
webhook-reason-unknown = Nie znaleziono serwera.
webhook-reason-unreachable = Nie udało się nawiązać połączenia.
webhook-reason-slow = Brak odpowiedzi w ciągu dziesięciu sekund.
webhook-reason-certificate = Certyfikat serwera nie jest zaufany.
webhook-reason-long = Odpowiedź była za długa.
webhook-reason-broken = Połączenie zostało przerwane.
webhook-reason-redirect = Odpowiedzią było przekierowanie, za którym się nie podąża:
webhook-reason-gone = Adres już nie istnieje:
webhook-reason-status = Odpowiedź:
webhook-mistake-name = Napisz w najwyżej 60 znakach, kogo powiadamiać.
webhook-mistake-events = Wybierz przynajmniej jedno zdarzenie.
webhook-mistake-many = Jest już 30 webhooków. Najpierw usuń któryś.
webhook-mistake-address = Podaj adres, który zaczyna się od https:// i nie zawiera nazwy użytkownika ani hasła.
webhook-mistake-refused = Ten adres jest w sieci prywatnej. Operator serwera może na niego zezwolić w pliku kronika.toml.
webhook-mistake-unknown = Nie znaleziono takiego serwera.
webhook-not-yours = Ten webhook należy do kogoś innego
webhook-not-yours-fix = Mówi o tym, co widzi ta osoba, więc tylko ona może to zrobić. Możesz go wstrzymać lub usunąć.
webhook-too-many = Webhooków jest za dużo
webhook-too-many-fix = Najpierw usuń któryś.
webhook-changed = Ktoś go w międzyczasie zmienił
webhook-changed-fix = Obejrzyj go jeszcze raz i powtórz zmianę.

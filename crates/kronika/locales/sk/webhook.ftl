webhooks = Webhooky
webhooks-text = Iný program dostane na svoju adresu správu, keď sa niečo stane: len že sa to stalo a čoho sa to týka, nikdy nie obsah. Dozvie sa o tom, čo vidíte vy, a o ničom inom. Každá správa je podpísaná.
webhooks-none = Nikto sa nič nedozvie.
webhook-make = Pridať webhook
webhook-name = Kto sa to dozvie
webhook-example = Účtovníctvo
webhook-url = Adresa
webhook-events = O čom
webhook-event-interaction-recorded = Správa bola zaznamenaná
webhook-event-interaction-reread = Nečitateľnú správu sa podarilo prečítať
webhook-event-interaction-assigned = Správa bola priradená klientovi
webhook-event-interaction-unassigned = Priradenie správy klientovi bolo zrušené
webhook-event-interaction-ignored = Správa bola odložená
webhook-event-interaction-restored = Správa sa vrátila do schránky
webhook-event-client-created = Bol pridaný klient
webhook-event-client-changed = Klient alebo jeho adresy sa zmenili
webhook-event-test = Skúška
webhook-secret-made = Toto je tajomstvo, ktorým sa správy podpisujú. Vidno ho iba teraz: dajte ho tam, kde ho nájde prijímajúci program.
webhook-of = pridal(a) { $name }
webhook-of-text = Hovorí o tom, čo vidí { $name }, preto ho smie zmeniť a jeho doručenia vidieť iba { $name }.
webhook-paused = Pozastavený
webhook-paused-text = Nič sa neposiela. Čo sa medzitým stane, oznámi po obnovení.
webhook-gone = Adresa zanikla
webhook-gone-text = Adresa odpovedala, že už neexistuje (410), preto sa nič neposiela. Čo sa medzitým stane, webhook oznámi po obnovení.
webhook-test = Poslať skúšku
webhook-pause = Pozastaviť
webhook-resume = Obnoviť
webhook-rotate = Nové tajomstvo
webhook-change = Zmeniť
webhook-save = Uložiť
webhook-remove-title = Odstrániť tento webhook
webhook-remove-text = Čo čaká na odoslanie, sa už nepošle.
webhook-remove = Odstrániť
webhook-deliveries = Doručenia
webhook-deliveries-none = Zatiaľ tu nič nie je.
webhook-show-all = Všetky doručenia
webhook-dead = { $count ->
    [one] { $count } nedoručené
    [few] { $count } nedoručené
    [many] { $count } nedoručeného
   *[other] { $count } nedoručených
    }
webhook-replay = Poslať znova
webhook-replay-dead = Poslať znova všetko nedoručené
webhook-state-waiting = na ceste
webhook-state-delivered = doručené
webhook-state-dead = Nedoručené
webhook-state-given-up = ďalej sa neskúša
webhook-next = ďalší pokus
webhook-tries = { $count ->
    [one] { $count } pokus
    [few] { $count } pokusy
    [many] { $count } pokusu
   *[other] { $count } pokusov
    }
webhook-reason-address = Na túto adresu sa nedá posielať.
webhook-reason-refused = Server je v súkromnej sieti, ktorú prevádzkovateľ nepovolil.
webhook-reason-unknown = Server sa nenašiel.
webhook-reason-unreachable = Nepodarilo sa pripojiť.
webhook-reason-slow = Do desiatich sekúnd neprišla odpoveď.
webhook-reason-certificate = Certifikát servera nie je dôveryhodný.
webhook-reason-long = Odpoveď bola pridlhá.
webhook-reason-broken = Spojenie sa prerušilo.
webhook-reason-redirect = Odpoveďou bolo presmerovanie, ktoré sa nenasleduje:
webhook-reason-gone = Adresa už neexistuje:
webhook-reason-status = Odpoveď:
webhook-mistake-name = Napíšte najviac 60 znakmi, kto sa to dozvie.
webhook-mistake-events = Vyberte aspoň jednu udalosť.
webhook-mistake-many = Webhookov je už 30. Najprv niektorý odstráňte.
webhook-mistake-address = Zadajte adresu, ktorá sa začína na https:// a nemá v sebe meno ani heslo.
webhook-mistake-refused = Táto adresa je v súkromnej sieti. Prevádzkovateľ servera ju môže povoliť v súbore kronika.toml.
webhook-mistake-unknown = Taký server sa nenašiel.
webhook-not-yours = Tento webhook patrí niekomu inému
webhook-not-yours-fix = Hovorí o tom, čo vidí on, preto to môže urobiť iba on. Vy ho môžete pozastaviť alebo odstrániť.
webhook-too-many = Webhookov je priveľa
webhook-too-many-fix = Najprv niektorý odstráňte.
webhook-changed = Medzitým ho niekto zmenil
webhook-changed-fix = Pozrite si ho znova a zmenu zopakujte.

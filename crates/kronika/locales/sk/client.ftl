client-new = Nový klient
client-make = Vytvoriť klienta
client-edit = Úprava klienta
client-total = { $count ->
    [one] { $count } klient
    [few] { $count } klienti
    [many] { $count } klienta
   *[other] { $count } klientov
    }
client-filter = Filtrovať podľa názvu alebo adresy
client-name = Názov
client-address = Adresa
client-interactions = Interakcie
client-last = Posledný kontakt
client-first = Prvý kontakt
client-never = zatiaľ žiadny
client-no-match = Výrazu „{ $q }“ nezodpovedá žiadny klient.
client-none-title = Klienti pribudnú, keď priradíte poštu
client-none-text = Na stránke Schránka importujte poštovú schránku. Z každého priradeného odosielateľa sa stane klient a ďalšia pošta si k nemu nájde cestu sama.
client-none-act = Prejsť do schránky
client-language = Jazyk
client-language-unknown = Neznámy
client-parts = Časti stránky
client-who = Kto to je
client-addresses = Adresy
client-addresses-none = Zatiaľ bez adresy. Pošta z adries uvedených tu sa priradí sama.
client-from-message = Správa, z ktorej vychádzate, sa klientovi priradí hneď po jeho vytvorení.

address-add = Pridať adresu
address-remove = Odstrániť { $value }
address-kind = Druh
address-email = E-mail
address-domain = Doména
address-value = Adresa alebo doména
address-hint = Pošta z týchto adries a na ne sa priradí sama. Doména platí pre každého, kto z nej píše.

timeline = História
timeline-within = Hľadať u tohto klienta
timeline-newest = Prejsť na najnovšie
timeline-older = Zobraziť staršie
timeline-no-match = Týmto filtrom nič nezodpovedá
timeline-show-all = Zobraziť všetko
timeline-none-title = Zatiaľ nie je nič zaznamenané
timeline-none-text = Priraďte správu zo schránky alebo pridajte adresu, aby sem pošta prichádzala sama.
timeline-none-act = Prejsť do schránky
filters = Filtre
filter-all = Všetko
filter-attachment = S prílohou

row-earlier = { $count ->
    [one] { $count } staršia
    [few] { $count } staršie
    [many] { $count } staršej
   *[other] { $count } starších
    }
row-others = { $count ->
    [one] a { $count } ďalší
    [few] a { $count } ďalší
    [many] a { $count } ďalšieho
   *[other] a { $count } ďalších
    }
row-open-here = Rozbaliť na mieste
row-open-page = Otvoriť stránku
row-late = Zaznamenané viac než deň po čase, ktorý správa uvádza
row-attachments = { $count ->
    [one] { $count } príloha
    [few] { $count } prílohy
    [many] { $count } prílohy
   *[other] { $count } príloh
    }
row-sightings = { $count ->
    [one] Nájdené v { $count } schránke
    [few] Nájdené v { $count } schránkach
    [many] Nájdené v { $count } schránky
   *[other] Nájdené v { $count } schránkach
    }

client-mistake-name = Klient musí mať názov.
client-mistake-name-taken = Tento názov už má iný klient.
client-mistake-address = Toto nie je e-mailová adresa ani doména:
client-mistake-address-taken = Túto adresu už má iný klient:
client-mistake-address-ours = Toto je jedna z našich vlastných adries:
client-city = Mesto
client-tax-id = Daňové číslo
client-mistake-domain-public = Schránku na tejto doméne môže mať ktokoľvek. Uveďte celú adresu namiesto:
client-mistake-domain-suffix = Pod touto doménou má svoje domény veľa firiem. Uveďte celú doménu klienta namiesto:

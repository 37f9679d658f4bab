settings-teams = Tímy
settings-grants = Audítori a znalci
settings-rights = Oprávnenia

role-owner = Vlastník
role-administrator = Správca
role-manager = Vedúci
role-member = Pracovník
role-auditor = Audítor
role-expert = Externý znalec

teams-text = Tím má svojich klientov: vidí ich každý, kto doň patrí. Ktoré tímy to sú, určíte na stránke klienta. Kým sú všetci klienti otvorení pre všetkých, tímy netreba.
teams-none = Zatiaľ niet tímov.
team-nobody = zatiaľ nikto
team-name = Názov
team-members = Členovia
team-remove = Odstrániť tento tím
team-remove-hint = Klienti, ktorých videl iba tento tím, zostanú vlastníkom.
team-new = Nový tím
team-add = Pridať tím
team-mistake = Tím potrebuje názov, aký nemá žiadny iný:
mailboxes-title = Vlastné schránky
mailboxes-text = Pošta, ktorú poslali alebo prijali iba vlastné adresy ľudí a ktorá ešte nepatrí žiadnemu klientovi, je pre nich súkromná. Platí to pre všetko, čo sa zaznamená odteraz.
mailbox-none = žiadna; viac adries oddeľte čiarkami
mailbox-mistake = Toto nie je e-mailová adresa:
mailbox-mistake-taken = Toto je vlastná schránka niekoho iného:

grants-text = Audítori a znalci vidia len to, čo im tu sprístupníte, a len tak dlho, ako určíte. Každé ich nahliadnutie ku klientovi alebo do interakcie sa zapíše do denníka.
grants-nobody = Nikto nie je audítorom ani externým znalcom. Najprv niekoho pozvite.
grants-none = Zatiaľ nie je nič sprístupnené.
grant-everything = Všetci klienti
grant-thread-hidden = Rozhovor, ktorý nesmiete vidieť
grant-endless = bez konca
grant-later = Začne sa neskôr
grant-valid = Platí
grant-over = Uplynulo
grant-ended = Odvolané
grant-end = Odvolať
grant-new = Sprístupniť
grant-who = Komu
grant-what = Čo
grant-link = Klienta alebo rozhovor
grant-address = Adresa stránky
grant-address-hint = Otvorte klienta alebo jednu správu z rozhovoru a skopírujte sem adresu stránky.
grant-from = Od
grant-until = Do konca dňa
grant-until-hint = Prístup externého znalca musí mať koniec.
grant-make = Sprístupniť
grant-mistake-what = Zadajte adresu existujúcej stránky klienta alebo interakcie.
grant-mistake-who = Vyberte audítora alebo externého znalca.
grant-mistake-end = Koniec musí byť po začiatku a externý znalec ho musí mať.

rights-text = Táto stránka vzniká z tej istej tabuľky, podľa ktorej Kronika rozhoduje. Komu oprávnenie chýba, dozvie sa to; čo niekto nesmie vidieť, to preňho neexistuje, ani ako číslo.
rights-do = Čo smie každá rola
rights-see = Čo vidí každá rola
rights-client = Kto vidí klienta
rights-interaction = Kto vidí interakciu
rights-you = Vy
rights-yes = áno
rights-no = nie
right-read = Čítať, hľadať a sťahovať, čo vidí
right-record = Zaznamenávať: prinášať správy
right-assign = Priraďovať správy klientom
right-manage-clients = Meniť klientov, adresy a pravidlá
right-amend = Opravovať a dopĺňať záznamy
right-share = Určovať, kto vidí klienta alebo interakciu
right-export = Exportovať históriu klienta
right-listen = Počúvať nahrávky
right-make-evidence = Vyhotovovať dôkazy
right-place-hold = Pozastaviť vymazanie
right-erase = Vymazávať, spolu s druhou osobou
right-manage-access = Určovať tímy, vlastné schránky a prístup zvonka
right-manage-people = Pozývať ľudí a meniť roly
right-verify = Vidieť a overovať denník
right-configure = Meniť nastavenia

reach-all = Vidí všetkých klientov.
reach-open = Vidí klientov otvorených pre všetkých, klientov svojich tímov a tých, pri ktorých je menovaný.
reach-theirs = Vidí iba klientov svojich tímov a tých, pri ktorých je menovaný.
reach-granted = Vidí iba to, čo mu bolo sprístupnené, a len v určenom čase.
reach-inbox = Vidí doručenú poštu.
reach-no-inbox = Nevidí nič, čo nepatrí klientovi.
reach-restricted = Vidí vyhradené interakcie.
reach-restricted-named = Vyhradené vidí, len keď je menovaný.
reach-private = Súkromné vidí, len keď sa na nich zúčastnila jeho vlastná schránka.
reach-looks = Nevidí nič súkromné. Každé nahliadnutie sa zaznamená.

openness-open = Otvorený: všetci vedúci a pracovníci
openness-team = Tímy: iba vybrané tímy a ľudia
openness-named = Ľudia: iba vybraní ľudia
client-sight = Kto vidí tohto klienta
client-sight-people = Ľudia
client-sight-hint = Vlastníci vidia všetkých klientov. Správcovia iba cez tím alebo keď sú menovaní.
client-sight-save = Určiť, kto vidí
client-grant = Ukázať audítorovi alebo znalcovi
client-none-for-you = Nie je tu nič, čo smiete vidieť
client-none-for-you-text = Klientov uvidíte, keď budete v ich tíme alebo vám ich niekto sprístupní. Obráťte sa na vlastníka archívu.

sight-title = Kto to vidí
sight-change = Zmeniť
sight-named = Menovaní, keď je vyhradené
sight-thread = Celé vlákno a čo v ňom príde neskôr
sensitivity-team = Tím
sensitivity-team-hint = Každý, kto vidí niektorého z klientov.
sensitivity-restricted = Vyhradené
sensitivity-restricted-hint = Menovaní ľudia a vlastníci.
sensitivity-private = Súkromné
sensitivity-private-hint = Iba tí, ktorých vlastná schránka sa zúčastnila. Okrem nich nikto, ani vlastníci.
looks-title = Kto to videl
nobody-left = Nikto by to už nevidel
nobody-left-fix = Súkromné môže byť iba to, na čom sa zúčastnila niečia vlastná schránka. Radšej to vyhraďte a menujte, kto to má vidieť.

nav-given = Pre vás
given = Sprístupnené vám
given-text = Tu je všetko, čo smiete v tomto archíve vidieť. Môžete to čítať, prehľadávať a brať si kópie; nič sa nedá zmeniť. Každé vaše nahliadnutie sa zapíše do denníka archívu.
given-nothing = Teraz vám nie je sprístupnené nič.
given-count = { $count ->
    [0] nič z toho pre vás nie je viditeľné
    [one] { $count } interakcia
    [few] { $count } interakcie
    [many] { $count } interakcie
   *[other] { $count } interakcií
    }
given-many = viac než { $count } interakcií
given-open = prístup
given-client = Klient
given-thread = Rozhovor
given-more = Nič viac vám sprístupnené nie je. Ak potrebujete viac alebo na dlhšie, požiadajte toho, kto vám dal prístup.
grant-by = od koho: { $name }

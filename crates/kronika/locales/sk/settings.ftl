settings-you = Vy
settings-addresses = Naše adresy
settings-rules = Pravidlá priraďovania
settings-journal = Denník

you-signed-in = Prihlasujete sa ako { $user }.
you-language = Jazyk
you-theme = Vzhľad

ours-text = Vlastné domény a adresy firmy. Správa z niektorej z nich je „od nás“, na niektorú z nich „k nám“ a medzi nimi interná.
ours-none = Najprv pridajte doménu firmy: bez nej sa nedá rozlíšiť, čo prišlo a čo sme poslali.
ours-mistake = Toto nie je e-mailová adresa ani doména:
ours-mistake-client = Táto adresa patrí klientovi:

rules-text = Čo nepovie adresa, môže povedať pravidlo: číslo prípadu v predmete, zoznam, na ktorý klient píše. Pravidlo platí od chvíle vytvorenia.
rules-none = Žiadne pravidlá. Adresy a domény klientov ich nepotrebujú.
rules-mistake = Pravidlo musí hľadať aspoň dva znaky a určovať klienta.
rule-says = { $field }: obsahuje „{ $value }“
rule-matched = { $count ->
    [one] { $count } priradená
    [few] { $count } priradené
    [many] { $count } priradenej
   *[other] { $count } priradených
    }
rule-remove = Odstrániť toto pravidlo
rule-new = Nové pravidlo
rule-field = Kde
rule-contains = Obsahuje
rule-client = Patrí – pravidlo uložíte výberom klienta
field-subject = Predmet
field-from = Od
field-to = Komu

journal-text = Všetko, čo sa tu kedy zaznamenalo, v poradí. Každá položka je upevnená pod všetkými neskoršími, takže nič nemožno nepozorovane zmeniť, odstrániť ani podsunúť.
journal-size = Položky
journal-signed = Naposledy podpísané
journal-waiting = Čaká na podpis
sealing-storage = Podpisovanie sa zastavilo: databáza odmietla. Čo je zaznamenané, zostáva a podpíše sa, keď databáza odpovie.
sealing-key = Podpisovanie sa zastavilo: kľúč denníka sa nedá použiť. Obnovte zo zálohy celý priečinok s kľúčmi.
sealing-tree = Podpisovanie sa zastavilo: v strome denníka sa nedá pokračovať. Overte archív a porovnajte ho s poslednou zálohou.
sealing-put-back = Podpisovanie sa zastavilo: databáza je staršia než posledný podpísaný kontrolný bod. Vráťte najnovšiu databázu; ako, hovorí prevádzková príručka.
sealing-why = Hlásenie servera: { $why }
journal-checkpoint = Posledný kontrolný bod
journal-checkpoint-text = Uložte si kópiu inde alebo ju niekomu pošlite. Kto ju má, môže neskôr dokázať, že sa to, čo zahŕňa, nezmenilo.
journal-empty = Prvý kontrolný bod sa podpíše, keď sa niečo zaznamená.
journal-origin = Pôvod
journal-key = Kľúč na overenie
verification-title = Overenie
verification-never = Denník z tejto stránky zatiaľ nebol overený.
verification-start = Overiť teraz
verification-journal = Overuje sa, či každá položka vedie k podpísanému kontrolnému bodu
verification-originals = Overuje sa, či každý uložený originál súhlasí so svojou položkou
verification-checked = { $checked } z { $total }
verification-holds = Všetko súhlasí.
verification-holds-text = S posledným podpísaným kontrolným bodom sa porovnalo: { $entries ->
    [one] { $entries } položka
    [few] { $entries } položky
    [many] { $entries } položky
   *[other] { $entries } položiek
    }, { $originals ->
    [one] { $originals } originál
    [few] { $originals } originály
    [many] { $originals } originálu
   *[other] { $originals } originálov
    }.
verification-broken = Niečo nesúhlasí.
verification-broken-text = Zastavte zápis do tohto archívu, urobte kópiu jeho súborov a porovnajte ju s poslednou zálohou.
verification-impossible = Nepodarilo sa overiť: { $why }

sealing-other-history = Podpisovanie sa zastavilo: svedok ukázal inú históriu tohto denníka podpísanú jeho kľúčom. Archív bol vrátený do staršieho stavu alebo bežia dve jeho kópie. Čo robiť, hovorí prevádzková príručka.

# Kto denník spolupodpisuje.
witnesses = Svedkovia
witnesses-text = Svedok mimo firmy podpíše každý kontrolný bod a pamätá si ho. Ak ich je dosť, nikto neukáže druhú históriu ani nevráti denník späť bez povšimnutia, ani ten, kto má jeho kľúč.
witnesses-none = Zatiaľ žiadni. Ako pridať svedka, hovorí prevádzková príručka.
witnesses-policy = Svedkov nemožno požiadať: súbor policy je chybný.
witness-cosigned = Podpísané záznamy: { $size }
witness-never = Zatiaľ nepodpísal nič
witness-refused = Jeho adresa bola odmietnutá: uveďte adresu s https alebo povoľte hostiteľa v kronika.toml.
witness-unreachable = Neodpovedal; požiadame ho znova.
witness-unknown = Tento denník ešte nepozná. Dajte jeho majiteľovi kľúč denníka.
witness-other-history = Podpísal inú históriu tohto denníka. Kým sa to nevysvetlí, nič sa nepodpisuje.
witness-claims = Tvrdí, že pozná viac záznamov, než ich denník má, no nič neukazuje. Opýtajte sa jeho majiteľa.
witness-signature = Jeho podpis nesedí. Porovnajte jeho kľúč s kľúčom v súbore policy.
witness-failed = Nepodpísal; požiadame ho znova.

# Kto potvrdzuje čas.
authorities = Časové pečiatky
authorities-text = Autorita časových pečiatok potvrdzuje, že kontrolný bod v danom čase existoval. Pri kvalifikovanej pečiatke sa v celej Európskej únii predpokladá, že čas je správny.
authorities-none = Zatiaľ žiadna. Ako ju určiť, hovorí prevádzková príručka.
authority-stamped = Naposledy opečiatkovala
authority-never = Zatiaľ neopečiatkovala nič
authority-unreachable = Neodpovedala; požiadame ju znova.
authority-roots = Certifikáty, podľa ktorých jej veríme, sa nedajú prečítať. Skontrolujte súbor uvedený v kronika.toml.
authority-token = Odpoveď bola odmietnutá: časová pečiatka nesedí. Nič z nej sa nezaznamenalo.
authority-failed = Neopečiatkovala; požiadame ju znova.

time-claimed = Dátum:
time-recorded = zaznamenané:
part-from = Od
part-to = Komu
part-cc = Kópia
part-bcc = Skrytá kópia
part-reply-to = Odpovedať na
ours = my
thread-title = To isté vlákno
thread-count = { $count ->
    [one] { $count } správa
    [few] { $count } správy
    [many] { $count } správy
   *[other] { $count } správ
    }
headers-title = Hlavičky

html-show = Zobraziť v úprave odosielateľa
html-title = Správa v úprave odosielateľa
html-remote = { $count ->
    [one] Zablokovaný { $count } prvok zvonka: jeho stiahnutie by odosielateľovi prezradilo, že to čítate.
    [few] Zablokované { $count } prvky zvonka: ich stiahnutie by odosielateľovi prezradilo, že to čítate.
    [many] Zablokovaných { $count } prvku zvonka: ich stiahnutie by odosielateľovi prezradilo, že to čítate.
   *[other] Zablokovaných { $count } prvkov zvonka: ich stiahnutie by odosielateľovi prezradilo, že to čítate.
    }
body-quoted = Staršie správy
body-signature = Podpis
body-empty = Nie je tu žiadny text.
attachments-title = Prílohy
attachment-download = Stiahnuť { $name }
attachment-preview-of = Náhľad { $name }

unreadable-title = Toto sa nepodarilo prečítať
unreadable-kept = Originál je uložený a zapečatený tak, ako prišiel.
retry = Skúsiť znova
ignored-because = Ignorované: { $reason }

standing-title = Klient
standing-unassigned = Zatiaľ bez klienta.
standing-unreadable = Priradiť sa to dá, aj keď sa obsah nepodarilo prečítať.
assign = Priradiť klientovi
assign-also = Priradiť aj inému klientovi
assignment-remove = Odobrať klientovi { $name }
why-address = Lebo sa na tom podieľa { $value }.
why-domain = Lebo sa na tom podieľa niekto z { $value }.
why-thread = Lebo patrí do vlákna tohto klienta.
why-rule = Lebo vyhovuje pravidlu: { $rule }.
why-person = Rozhodnutie: { $name }.
why-person-reason = Rozhodnutie: { $name } – { $reason }
changes-title = História priradenia
change-assigned = Priradené klientovi { $name }
change-removed = Odobraté klientovi { $name }
change-ignored = Ignorované
change-retried = Čítanie sa zopakovalo

proof-title = Pečať
proof-seal = Pečať tohto záznamu
proof-open = Čo je dokázané
proof-pending = Záznam zahrnie najbližší kontrolný bod denníka.
proof-broken = Tento záznam nesúhlasí s denníkom. Upozornite správcu a uschovajte si kópiu originálu.
proof-entry = Položka { $index } z { $size } v denníku obsahuje odtlačok tohto záznamu.
proof-signed = Kľúč { $origin } podpísal kontrolný bod, ktorý ju zahŕňa.
proof-meaning = Zmena, odstránenie či antedatovanie záznamu by teraz odporovali každej kópii tohto bodu uloženej inde.
axis-claimed = Uvádzaný čas
axis-claimed-by = tvrdí to samotná správa
axis-recorded = Zaznamenané tu
axis-recorded-by = podľa hodín tohto servera
axis-signed = Podpísané
axis-signed-by = najneskôr vtedy existoval v tejto podobe
proof-not-title = Čo to nedokazuje
proof-not-true = Že to, čo je napísané, je pravda.
proof-not-who = Kto to naozaj napísal.
proof-not-time = Že sa to stalo v uvedenom čase.
proof-expert = Podrobnosti pre znalca
proof-download = Stiahnuť dôkaz
hash-original = SHA-256 originálu
hash-leaf = List
hash-root = Koreň
hash-key = Podpisový kľúč
hash-path = { $count ->
    [one] Cesta zahrnutia, { $count } odtlačok
    [few] Cesta zahrnutia, { $count } odtlačky
    [many] Cesta zahrnutia, { $count } odtlačku
   *[other] Cesta zahrnutia, { $count } odtlačkov
    }

sightings-title = Kde sa našla
sightings-count = { $count ->
    [one] Nájdená v { $count } schránke.
    [few] Nájdená v { $count } schránkach; uchovávame ju raz.
    [many] Nájdená v { $count } schránky; uchovávame ju raz.
   *[other] Nájdená v { $count } schránkach; uchovávame ju raz.
    }
original-title = Originál
original-text = Všetko na tejto stránke vzniká z týchto bajtov.
original-download = Stiahnuť originál

proof-witnessed = Kontrolný bod si pamätajú aj svedkovia mimo firmy: iná história by odporovala aj tomu, čo podpísali.
axis-witnessed = Dosvedčené
axis-witnessed-by = dovtedy to poznali: { $names }

proof-stamped = Autorita časových pečiatok potvrdzuje, že to vtedy existovalo.
axis-stamped = Časová pečiatka
axis-stamped-by = dovtedy existovalo, potvrdzuje { $name }
axis-absent = Ešte tu nebolo
axis-absent-by = kontrolný bod známy mimo firmy to neobsahuje

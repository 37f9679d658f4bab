# Times, dates, numbers. Months in the genitive, as they stand after a day.
month = { $month ->
    [1] januára
    [2] februára
    [3] marca
    [4] apríla
    [5] mája
    [6] júna
    [7] júla
    [8] augusta
    [9] septembra
    [10] októbra
    [11] novembra
   *[12] decembra
    }
month-short = { $month ->
    [1] 1
    [2] 2
    [3] 3
    [4] 4
    [5] 5
    [6] 6
    [7] 7
    [8] 8
    [9] 9
    [10] 10
    [11] 11
   *[12] 12
    }
date-long = { $day }. { month } { $year }
date-short = { $day }. { month-short }. { $year }
time-long = { date-long } o { $time } ({ $offset })
time-short = { date-short }, { $time }
number-group = { "\u00A0" }
bytes = { $count ->
    [one] { $text } bajt
    [few] { $text } bajty
    [many] { $text } bajtu
   *[other] { $text } bajtov
    }

# The cover.
title = Dôkazná správa
volume = Zväzok { $number } z { $of }
fact-recipient = Vyhotovené pre
fact-made = Vyhotovené
fact-made-by = Vyhotovil(a)
fact-package = Patrí k balíku
fact-exhibits = Dôkazy
fact-period = Obdobie
fact-zone = Časové pásmo
exhibits-range = { $count ->
    [one] { $count } dôkaz, č. { $first }
    [few] { $count } dôkazy, č. { $first } – { $last }
    [many] { $count } dôkazu, č. { $first } – { $last }
   *[other] { $count } dôkazov, č. { $first } – { $last }
    }
exhibits-none = žiadne
period = { $from } – { $to }
cover-note = Táto správa je určená na čítanie. Čo sa dá dokázať, je v balíku, ku ktorému patrí: originály bajt po bajte a všetko, čo znalec potrebuje, aby ich overil bez dôvery v toho, kto balík odovzdal.

# Chapters.
contents = Obsah
parties = Strany
parties-clients = Klienti
parties-people = Na strane toho, kto vedie archív
timeline = Priebeh v čase
timeline-note = Jeden riadok na každý dôkaz podľa času, ktorý uvádza sama správa; ak žiaden neuvádza, podľa času zachytenia.
exhibits = Dôkazy
holes = Čo tu nie je ukázané
holes-none = Z vybraného nebolo nič zadržané ani vymazané.
holes-parts = Žiadny dôkaz nechýba. Časti niektorých nie sú sprístupnené; sú uvedené pri nich.
holes-elsewhere = Zoznam je v prvom zväzku.
agreements = Čo bolo dohodnuté
log = Kto s dôkazmi pracoval a kto ich videl
log-note = Podľa samotného archívu; nikto zvonka za tento zoznam neručí.
proof = Kto ručí za denník
judge = Pre súd: čo je dokázané a čo nie
expert = Pre znalca: ako to overiť

# Tables.
column-number = Č.
column-when = Čas
column-what = Predmet
column-who = Od koho, komu
column-page = Strana
column-actor = Kto
column-client = Klient
column-file-number = Č. v spise
column-kind = Čo sa s tým stalo
column-reason = Dôvod
column-by = Kto rozhodol
column-agreement = Záväzok
column-owed-by = Kto je zaviazaný
column-due = Termín
column-price = Cena
column-state = Stav
column-exhibit = Dôkaz
column-done = Čo sa urobilo

# An exhibit.
exhibit = Dôkaz { $number }
subject-none = Bez predmetu
claimed = Uvádzané
claimed-note = v samotnej správe; nič nedokazuje
known = Známe
known-note = z denníka a od tých, čo zaň ručia
claimed-at = Dátum
claimed-none = Dátum neuvádza.
captured-at = Zachytené
sealed-at = Zapečatené
journal-entry = zápis { $index }
not-after = Nezmenené od
not-before = Zapečatené po
not-after-none = Nevidel to zatiaľ žiaden svedok ani poskytovateľ časových pečiatok.
from = Od
to = Komu
cc = Kópia
bcc = Skrytá kópia
original = Originál
original-withheld = Originál nie je sprístupnený.
sha256 = SHA-256
text-none = Nemá text.
text-withheld = Text nie je sprístupnený.
attachments = Prílohy
attachment-inside = v origináli
withheld = Nesprístupnené
continued-legend = Znaky, ktoré sa nedajú vytlačiť alebo by menili poradie čítania, sú uvedené ako čísla Unicode v zátvorkách, napr. [U+202E]. Neviditeľné znaky sú vynechané. V origináli sú všetky.

channel-email = E-mail
channel-call = Telefonát
channel-sms = SMS
channel-chat = Čet
channel-meeting = Stretnutie
channel-note = Poznámka
channel-letter = List
channel-document = Dokument
channel-screenshot = Snímka obrazovky
channel-web = Webová stránka
direction-inbound = od klienta
direction-outbound = klientovi
direction-internal = interné

hole-withheld = Zadržané
hole-not-chosen = Mimo výberu
hole-erased = Vymazané
state-open = Otvorené
state-confirmed = Písomne potvrdené
state-kept = Dodržané
state-broken = Nedodržané
state-withdrawn = Odvolané

# What stands for the journal.
proof-origin = Denník
proof-size = Kontrolný bod zahŕňa
proof-entries = { $count ->
    [one] { $text } zápis
    [few] { $text } zápisy
    [many] { $text } zápisu
   *[other] { $text } zápisov
    }
proof-root = Koreň
proof-key = Verejný kľúč
proof-witnesses = Svedkovia
proof-witnesses-none = Tento kontrolný bod nepodpísal žiaden svedok.
proof-timestamps = Časové pečiatky
proof-timestamps-none = Tento kontrolný bod nemá časovú pečiatku od žiadneho poskytovateľa.
proof-numbering = Čísla v spisoch klientov
proof-numbers = { $client }: č. { $from } – { $to } bez medzier; ukázaných je tu { $shown }.

# For the court.
judge-proven = Čo je dokázané
judge-proven-1 = Celistvosť a nezmenenosť. Ku každému dôkazu je v denníku odtlačok, ktorý vznikol pri zapečatení. Keby sa odvtedy v origináli zmenil čo len jeden znak, odtlačok by nesedel.
judge-proven-2 = Odkedy. Do denníka sa dá len pripisovať. Tí, ktorých uvádza kapitola „{ proof }“, videli jeho stav v čase, ktorý je tam uvedený, a potvrdili to podpisom. Čo denník vtedy obsahoval, už nemôže nikto zmeniť, odstrániť ani doplniť, ani { $organisation }.
judge-proven-3 = Nič nie je vynechané potichu. Záznamy o klientovi sú číslované bez medzier. Čo tu nie je ukázané, uvádza aj s dôvodom kapitola „{ holes }“.
judge-not = Čo nie je dokázané
judge-not-1 = Že obsah správy je pravdivý.
judge-not-2 = Že odosielateľ je ten, koho správa uvádza. Mená a adresy sú také, aké v nej stoja.
judge-not-3 = Že uvádzaný čas je správny. Známe je, dokedy najneskôr bol dôkaz zapečatený; sám môže byť oveľa starší.
judge-not-4 = Že je zachytené všetko. Čo sa povedalo mimo dosahu archívu, v ňom nie je.
judge-not-5 = Čokoľvek len na základe tejto správy. Papier môže vyhotoviť ktokoľvek; overiť sa dá balík.
judge-how = Bez znalca
judge-how-text = Kto o dôkaze pochybuje, môže si vyžiadať balík, teda jediný súbor, a dať ho overiť komukoľvek. Overenie trvá niekoľko minút a nevyžaduje prístup k archívu ani k sieti, ani dôveru v nikoho okrem uvedených poskytovateľov časových pečiatok a svedkov.

# For the expert.
expert-intro = Balík treba rozbaliť a pracovať v jeho priečinku. Je v ňom všetko potrebné okrem kľúčov: kľúč denníka, politika a koreňové certifikáty poskytovateľov musia pochádzať z iného zdroja než z balíka. Inak sa balík zhoduje sám so sebou a nič viac.
expert-files = Sú súbory také, aké boli zabalené?
expert-files-text = Ak sa nič nevypíše, každý súbor sa zhoduje so zoznamom. Druhý spôsob je program Kongresovej knižnice.
expert-journal = Boli dôkazy v denníku?
expert-journal-text = Skript je dosť krátky na to, aby sa dal najprv prečítať. Otvorí záväzok každého dôkazu a prejde od neho až po koreň kontrolného bodu.
expert-signature = Podpísal archív kontrolný bod?
expert-signature-text = Stačí OpenSSL. Súbor key.txt treba porovnať s kľúčom, ktorý archív zverejnil skôr.
expert-time = Dokedy najneskôr?
expert-time-text = Koreňový certifikát poskytovateľa pochádza zo zoznamu dôveryhodných služieb Európskej únie alebo od samotného poskytovateľa. Ak súbor chain.pem chýba, treba vynechať „-untrusted“ aj s tým, čo nasleduje.
expert-all = Všetko naraz
expert-all-text = Program pri každom tvrdení uvedie kľúč, o ktorý sa opiera. Formáty sú verejne opísané, takže taký program môže napísať ktokoľvek.
expert-report = Patrí táto správa k balíku?
expert-report-text = K tomuto súboru PDF je pripojený zoznam dôkazov s ich odtlačkami; musí sa zhodovať so súborom items.jsonl v balíku.
attached-description = Zoznam dôkazov s ich odtlačkami

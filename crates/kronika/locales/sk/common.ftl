skip-to-content = Prejsť na obsah
crumbs = Kde ste
nav = Hlavné
nav-clients = Klienti
nav-inbox = Schránka
nav-inbox-count = { $count ->
    [one] { $count } čaká na priradenie
    [few] { $count } čakajú na priradenie
    [many] { $count } čaká na priradenie
   *[other] { $count } čaká na priradenie
    }
nav-search = Hľadať
nav-settings = Nastavenia
sign-out = Odhlásiť sa
find = Hľadať všade
edit = Upraviť
save = Uložiť
cancel = Zrušiť
close = Zavrieť
more = Zobraziť viac
theme-device = Podľa zariadenia
theme-light = Svetlý
theme-dark = Tmavý

keys-title = Klávesnica
keys-find = Prejsť na vyhľadávanie
keys-move = Nasledujúci a predchádzajúci riadok
keys-enter = Otvoriť riadok ako stránku
keys-open = Rozbaliť riadok na mieste alebo ho zbaliť
keys-earlier = Zobraziť staršie správy vlákna
keys-assign = Priradiť riadok klientovi
keys-ignore = Ignorovať riadok s uvedením dôvodu
keys-go = Prejsť na klientov · do schránky
keys-help = Tento zoznam

channel-email = E-mail
channel-call = Hovor
channel-sms = SMS
channel-chat = Čet
channel-meeting = Stretnutie
channel-note = Poznámka
channel-letter = List
channel-document = Dokument
channel-screenshot = Snímka obrazovky
channel-web = Webová stránka
direction-inbound = k nám
direction-outbound = od nás
direction-internal = interné

size-bytes = { $count } B
size-kilobytes = { $amount } kB
size-megabytes = { $amount } MB
size-gigabytes = { $amount } GB

seal-pending = Zaznamenané; pečať príde o chvíľu
seal-sealed = Zapečatené v denníku
seal-witnessed = Zapečatené v denníku a známe jeho svedkom
seal-stamped = Zapečatené v denníku a s časovou pečiatkou
no-subject = (bez predmetu)

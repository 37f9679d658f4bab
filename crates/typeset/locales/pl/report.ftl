# Times, dates, numbers. Months in the genitive, as they stand after a day.
month = { $month ->
    [1] stycznia
    [2] lutego
    [3] marca
    [4] kwietnia
    [5] maja
    [6] czerwca
    [7] lipca
    [8] sierpnia
    [9] września
    [10] października
    [11] listopada
   *[12] grudnia
    }
month-short = { $month ->
    [1] 01
    [2] 02
    [3] 03
    [4] 04
    [5] 05
    [6] 06
    [7] 07
    [8] 08
    [9] 09
    [10] 10
    [11] 11
   *[12] 12
    }
date-long = { $day } { month } { $year }
date-short = { $day2 }.{ month-short }.{ $year }
time-long = { date-long }, { $time } ({ $offset })
time-short = { date-short }, { $time }
number-group = { "\u00A0" }
bytes = { $count ->
    [one] { $text } bajt
    [few] { $text } bajty
    [many] { $text } bajtów
   *[other] { $text } bajta
    }

# The cover.
title = Raport dowodowy
volume = Tom { $number } z { $of }
fact-recipient = Sporządzono dla
fact-made = Data sporządzenia
fact-made-by = Sporządził(a)
fact-package = Należy do pakietu
fact-exhibits = Dowody
fact-period = Okres
fact-zone = Strefa czasowa
exhibits-range = { $count ->
    [one] { $count } dowód, nr { $first }
    [few] { $count } dowody, nr { $first }–{ $last }
    [many] { $count } dowodów, nr { $first }–{ $last }
   *[other] { $count } dowodu, nr { $first }–{ $last }
    }
exhibits-none = brak
period = { $from } – { $to }
cover-note = Raport służy do czytania. To, czego można dowieść, znajduje się w pakiecie, do którego raport należy: są tam oryginały, bajt po bajcie, oraz wszystko, czego biegły potrzebuje, by je sprawdzić bez zaufania do tego, kto pakiet przekazał.

# Chapters.
contents = Spis treści
parties = Strony
parties-clients = Klienci
parties-people = Po stronie prowadzącego archiwum
timeline = Przebieg w czasie
timeline-note = Jeden wiersz na każdy dowód, według czasu podanego w samej wiadomości; jeśli go nie podano, według czasu utrwalenia.
exhibits = Dowody
holes = Czego nie pokazano
holes-none = Niczego z wybranych zapisów nie zatrzymano ani nie usunięto.
holes-parts = Żadnego dowodu nie brakuje. Części niektórych nie ujawniono; wymieniono je przy nich.
holes-elsewhere = Wykaz znajduje się w pierwszym tomie.
agreements = Co uzgodniono
log = Kto miał do czynienia z dowodami
log-note = Według samego archiwum; nikt z zewnątrz nie ręczy za tę listę.
proof = Kto ręczy za dziennik
judge = Dla sądu: co jest dowiedzione, a co nie
expert = Dla biegłego: jak to sprawdzić

# Tables.
column-number = Nr
column-when = Czas
column-what = Temat
column-who = Od kogo, do kogo
column-page = Strona
column-actor = Kto
column-client = Klient
column-file-number = Nr w aktach
column-kind = Co się z tym stało
column-reason = Powód
column-by = Kto zdecydował
column-agreement = Zobowiązanie
column-owed-by = Zobowiązany
column-due = Termin
column-price = Cena
column-state = Stan
column-exhibit = Dowód
column-done = Co zrobiono

# An exhibit.
exhibit = Dowód { $number }
subject-none = Bez tematu
claimed = Deklarowane
claimed-note = w samej wiadomości; niczego nie dowodzi
known = Wiadome
known-note = z dziennika i od tych, którzy za niego ręczą
claimed-at = Data
claimed-none = Nie ma daty.
captured-at = Utrwalono
sealed-at = Zapieczętowano
journal-entry = wpis { $index }
not-after = Bez zmian od
not-before = Zapieczętowano po
not-after-none = Nie widział tego jeszcze żaden świadek ani dostawca znaczników czasu.
from = Od
to = Do
cc = Do wiadomości
bcc = Ukryta kopia
original = Oryginał
original-withheld = Oryginału nie ujawniono.
sha256 = SHA-256
text-none = Nie ma tekstu.
text-withheld = Tekstu nie ujawniono.
attachments = Załączniki
attachment-inside = w oryginale
withheld = Nie ujawniono
continued-legend = Znaki, których nie da się wydrukować albo które zmieniałyby kolejność czytania, podano jako numery Unicode w nawiasach, np. [U+202E]. Znaki niewidoczne pominięto. W oryginale są wszystkie.

channel-email = E-mail
channel-call = Rozmowa telefoniczna
channel-sms = SMS
channel-chat = Czat
channel-meeting = Spotkanie
channel-note = Notatka
channel-letter = List
channel-document = Dokument
channel-screenshot = Zrzut ekranu
channel-web = Strona internetowa
direction-inbound = od klienta
direction-outbound = do klienta
direction-internal = wewnętrzne

hole-withheld = Zatrzymano
hole-not-chosen = Poza wyborem
hole-erased = Usunięto
state-open = Otwarte
state-confirmed = Potwierdzone na piśmie
state-kept = Dotrzymane
state-broken = Niedotrzymane
state-withdrawn = Wycofane

# What stands for the journal.
proof-origin = Dziennik
proof-size = Punkt kontrolny obejmuje
proof-entries = { $count ->
    [one] { $text } wpis
    [few] { $text } wpisy
    [many] { $text } wpisów
   *[other] { $text } wpisu
    }
proof-root = Korzeń
proof-key = Klucz publiczny
proof-witnesses = Świadkowie
proof-witnesses-none = Żaden świadek nie podpisał tego punktu kontrolnego.
proof-timestamps = Znaczniki czasu
proof-timestamps-none = Żaden dostawca nie opatrzył tego punktu kontrolnego znacznikiem czasu.
proof-numbering = Numery w aktach klientów
proof-numbers = { $client }: nr { $from }–{ $to } bez luk; pokazano tu { $shown }.

# For the court.
judge-proven = Co jest dowiedzione
judge-proven-1 = Całość i niezmienność. Dla każdego dowodu dziennik zawiera odcisk pobrany w chwili zapieczętowania. Gdyby od tamtej pory zmieniono w oryginale choćby jeden znak, odcisk by nie pasował.
judge-proven-2 = Od kiedy. Do dziennika można tylko dopisywać. Ci, których wymieniono w rozdziale „{ proof }”, widzieli jego stan w podanym tam czasie i poświadczyli to podpisem. Tego, co dziennik już wtedy zawierał, nikt nie może zmienić, usunąć ani dołożyć, nawet { $organisation }.
judge-proven-3 = Nic nie pominięto po cichu. Zapisy dotyczące klienta są numerowane bez luk. To, czego tu nie pokazano, wymieniono z podaniem powodu w rozdziale „{ holes }”.
judge-not = Co nie jest dowiedzione
judge-not-1 = To, że treść wiadomości jest prawdziwa.
judge-not-2 = To, że nadawcą jest ten, kogo wskazuje wiadomość. Nazwiska i adresy podano tak, jak w niej stoją.
judge-not-3 = To, że deklarowany czas jest prawdziwy. Wiadomo, kiedy najpóźniej dowód zapieczętowano; sam może być dużo starszy.
judge-not-4 = To, że utrwalono wszystko. Tego, co powiedziano poza zasięgiem archiwum, w nim nie ma.
judge-not-5 = Cokolwiek na podstawie samego raportu. Papier może przygotować każdy; sprawdzić można pakiet.
judge-how = Bez biegłego
judge-how-text = Kto wątpi w dowód, może zażądać pakietu, czyli jednego pliku, i zlecić sprawdzenie komukolwiek. Trwa to kilka minut, nie wymaga dostępu do archiwum ani do sieci, ani zaufania do kogokolwiek poza wymienionymi dostawcami znaczników czasu i świadkami.

# For the expert.
expert-intro = Pakiet należy rozpakować i pracować w jego folderze. Jest w nim wszystko prócz kluczy: klucz dziennika, polityka i certyfikaty główne dostawców muszą pochodzić z innego źródła niż pakiet. W przeciwnym razie pakiet zgadza się sam ze sobą i nic ponadto.
expert-files = Czy pliki są takie, jak je spakowano?
expert-files-text = Brak komunikatów oznacza, że każdy plik zgadza się z wykazem. Drugi sposób to program Biblioteki Kongresu.
expert-journal = Czy dowody były w dzienniku?
expert-journal-text = Skrypt jest na tyle krótki, że można go najpierw przeczytać. Otwiera zobowiązanie każdego dowodu i prowadzi od niego do korzenia punktu kontrolnego.
expert-signature = Czy archiwum podpisało punkt kontrolny?
expert-signature-text = Wystarczy OpenSSL. Plik key.txt należy porównać z kluczem, który archiwum podało wcześniej.
expert-time = Do kiedy najpóźniej?
expert-time-text = Certyfikat główny dostawcy pochodzi z unijnej listy zaufanych usług albo od samego dostawcy. Jeśli nie ma pliku chain.pem, należy pominąć „-untrusted” wraz z tym, co po nim następuje.
expert-all = Wszystko naraz
expert-all-text = Program podaje dla każdego twierdzenia klucz, na którym ono się opiera. Formaty są opisane publicznie, więc taki program może napisać każdy.
expert-report = Czy ten raport należy do pakietu?
expert-report-text = Do tego pliku PDF dołączono wykaz dowodów z ich skrótami; musi się on zgadzać z plikiem items.jsonl w pakiecie.
attached-description = Wykaz dowodów z ich skrótami

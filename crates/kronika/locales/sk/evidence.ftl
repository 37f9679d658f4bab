nav-evidence = Dôkazy
evidence-text = Balík obsahuje originály bajt po bajte a dokazuje, že boli v denníku a nikto ich nezmenil. Príjemca ho overí bez Kroniky a bez vás.
evidence-new = Pripraviť dôkaz
evidence-choose = Čo má byť v balíku
evidence-client = Klient
evidence-query = Čo nájde vyhľadávanie
evidence-from = Od
evidence-to = Do
evidence-thread = Konverzácia
evidence-picked = Označené po jednom
evidence-choice-hint = Vyplňte jedno pole alebo viac; zahrnie sa to, čo vyhovuje všetkým. Skôr než niečo vznikne, všetko si prezriete.
evidence-look = Prezrieť
evidence-change = Vybrať inak
evidence-unfinished = Pripravuje sa
evidence-unfinished-one = Váš balík
evidence-made = Pripravené skôr
evidence-made-none = Zatiaľ nie je pripravený žiadny balík.
evidence-no-purpose = Bez uvedeného účelu
evidence-for = pre:
evidence-items = { $count ->
    [one] { $count } záznam
    [few] { $count } záznamy
    [many] { $count } záznamu
   *[other] { $count } záznamov
    }
evidence-withheld = { $count ->
    [one] { $count } zadržaný
    [few] { $count } zadržané
    [many] { $count } zadržaného
   *[other] { $count } zadržaných
    }
evidence-attachments = { $count ->
    [one] { $count } príloha
    [few] { $count } prílohy
    [many] { $count } prílohy
   *[other] { $count } príloh
    }
evidence-none = Nič z toho, čo vidíte, tomu nevyhovuje. Zvoľte dlhšie obdobie alebo menej podmienok.
evidence-goes-in = Čo v ňom bude
evidence-withhold-hint = Označte, čo sa má zadržať: celý záznam, jeho text alebo jednu prílohu. To, čo vydáte, bude stále dôkazom; na mieste zvyšku zostane medzera s uvedeným dôvodom.
evidence-withhold = Zadržať
evidence-parts = { $count ->
    [one] { $count } časť
    [few] { $count } časti
    [many] { $count } časti
   *[other] { $count } častí
    }
evidence-text-part = Text správy
evidence-others = { $count ->
    [one] Uvedená { $count } osoba mimo firmy
    [few] Uvedené { $count } osoby mimo firmy
    [many] Uvedených { $count } osoby mimo firmy
   *[other] Uvedených { $count } osôb mimo firmy
    }
evidence-others-hint = Ich mená a adresy budú v balíku. Zadržte to, čo príjemca vedieť nemusí.
evidence-about = O balíku
evidence-reason = Prečo sa niečo zadržiava
evidence-purpose = Na čo slúži
evidence-purpose-example = napr. spor 12C/26/2026
evidence-recipient = Pre koho
evidence-encrypt = Zašifrovať pre príjemcu
evidence-key = Kľúč age príjemcu
evidence-key-hint = Príjemca ho vytvorí príkazom age-keygen a dá vám riadok, ktorý sa začína na age1. Súbor otvorí len on.
evidence-recorded-hint = Do denníka sa zaznamená, že ho pripravujete, pre koho, prečo a s čím.
evidence-make = Pripraviť dôkazný balík
evidence-package = Dôkazný balík
evidence-waiting = Najprv sa pripravuje iný balík.
evidence-sealing = Denník sa pečatí, pýtame sa svedkov a autorít časových pečiatok.
evidence-gathering = Zozbierané { $done } z { $of }
evidence-writing = Zapísané { $done } z { $of }
evidence-reporting = Sadzba správy
evidence-encrypting = Šifrovanie
evidence-ready = Balík je pripravený a zaznamenaný.
evidence-download = Stiahnuť balík
evidence-kept = Stiahnuť ho môžete počas jedného dňa, iba vy, ak sa server dovtedy nereštartuje.
evidence-not-kept = Samotný súbor tu už nie je alebo ho pripravil niekto iný. Ak ho chcete stiahnuť, pripravte ho znova.
evidence-when = Pripravené
evidence-check = Ako sa overí
evidence-check-text = Príjemca spustí kronika-verify, otvorí kronika-verify.html v prehliadači alebo postupuje podľa README vnútri: sha256sum, openssl a Python. Nič sa nikam neposiela.
evidence-contents = V balíku
evidence-of-search = Pripraviť dôkaz z nájdeného
evidence-of-thread = Pripraviť dôkaz z tejto konverzácie
evidence-tick = Označiť do dôkazu
evidence-ticked = označené
evidence-of-ticked = Pripraviť z nich dôkaz
evidence-open = Uveďte, čo má byť v balíku: klienta, hľadanie alebo obdobie.
evidence-no-client = Klient presne s týmto názvom neexistuje alebo ich je viac. Otvorte klienta a zvoľte tam Pripraviť dôkaz.
evidence-no-day = To nie je dátum. Zapíšte ho takto: 2026-03-31.
evidence-no-period = Obdobie sa končí skôr, než sa začne. Zmeňte jeden z dátumov.
evidence-no-reason = Niečo sa zadržiava bez dôvodu. Uveďte ho: bude na tom mieste.
evidence-no-reason-fix = Vráťte sa a doplňte ho.
evidence-no-key = To nie je kľúč age. Začína sa na age1 a príjemca ho vytvorí príkazom age-keygen.
evidence-nothing = Do balíka nie je čo vložiť
evidence-nothing-fix = Všetko vybrané je zadržané alebo už neexistuje. Vyberte znova.
evidence-too-many = To je viac ako 10 000 záznamov
evidence-too-many-fix = Zvoľte kratšie obdobie alebo pripravte viac balíkov.
evidence-stray = Výber sa medzitým zmenil
evidence-stray-fix = Prezrite si ho znova.
evidence-failed = Balík sa nepripravil
evidence-failed-fix = Nič sa nevydalo. Skúste to znova; ak sa to opakuje, dôvod je v protokole servera.
evidence-enough = Máte desať balíkov, ktoré čakajú alebo sa uchovávajú
evidence-enough-fix = Po dni zmiznú. Dovtedy použite príkaz kronika evidence create.
evidence-gone = Súbor tu už nie je
evidence-gone-fix = Pripravte balík znova.
evidence-reading = Prečítané { $done } z { $of }
evidence-no-report = Nie je v ňom správa na čítanie: program kronika-report nie je pri serveri alebo zlyhal. Dôkaz je úplný aj bez nej.
evidence-more = { $count ->
    [one] Zahrnie sa ešte { $count } záznam mimo tohto zoznamu.
    [few] Zahrnú sa ešte { $count } záznamy mimo tohto zoznamu.
    [many] Zahrnie sa ešte { $count } záznamu mimo tohto zoznamu.
   *[other] Zahrnie sa ešte { $count } záznamov mimo tohto zoznamu.
    }

settings-people = Ľudia

people-you = Vy
people-seen = Naposledy tu:
people-never-seen = Zatiaľ bez prihlásenia
people-second-step = prihlasovanie v dvoch krokoch
people-password-only = iba heslo
people-role = Rola
people-role-of = Rola: { $name }
people-change = Zmeniť
people-change-role = Zmeniť rolu: { $name }
people-remove = Odstrániť
people-remove-name = Odstrániť: { $name }
people-remove-title = Odstrániť účet { $name }?
people-remove-text = Tento človek bude do niekoľkých sekúnd všade odhlásený a už sa neprihlási. Všetko, čo urobil, zostáva v denníku pod jeho menom, preto toto meno nedostane nikto iný.
people-invited = Pozvaní
people-first-owner = Prvý vlastník
people-invitation-until = Odkaz funguje do:
people-invitation-over = Odkaz prestal fungovať:
people-withdraw = Odvolať
people-invite-title = Pozvať niekoho
people-invite-text = Dostane od vás odkaz, na ktorom si zvolí heslo. Funguje raz, počas jedného týždňa.
people-invite = Vytvoriť odkaz
people-mistake-name = Používateľské meno tvoria písmená, číslice a bodky, alebo je to e-mailová adresa.
people-mistake-taken = Toto meno má alebo mal niekto iný:
people-mistake-last-owner = Archív potrebuje vlastníka. Najprv urobte vlastníkom niekoho iného.
invitation-made = Pozvánka pre { $name } je pripravená.
invitation-made-text = Pošlite tento odkaz cestou, ktorej dôverujete; vidno ho iba teraz. Funguje do:

invitation = Pozvánka
invitation-text = Máte pozvánku do tohto archívu. Zvoľte si heslo a vstúpte.
invitation-first = V tomto archíve ešte nikto nemá účet. Vytvorte si ho: bude účtom vlastníka.
invitation-accept = Vytvoriť účet
password-current = Súčasné heslo
password-new = Nové heslo
password-again = Nové heslo ešte raz
password-hint = Aspoň 10 znakov. Štyri či päť slov, ktoré k sebe nepatria, sa ľahko pamätajú a ťažko hádajú.
password-mistake-current = Súčasné heslo nie je správne.
password-mistake-differ = Heslá sa nezhodujú.
password-mistake-short = Heslo musí mať aspoň 10 znakov.
password-mistake-long = Heslo môže mať najviac 256 znakov.
password-mistake-guessable = Toto heslo sa dá ľahko uhádnuť. Zvoľte štyri či päť slov, ktoré k sebe nepatria.
password-mistake-own = Toto heslo je zložené z vášho mena alebo z názvu firmy. Zvoľte slová, ktoré k sebe nepatria.

sign-in-code = Kód
sign-in-code-hint = Šesť číslic, ktoré práve ukazuje overovacia aplikácia. Bez telefónu jeden zo záložných kódov.
sign-in-other = Prihlásiť sa ako niekto iný
sign-in-too-long = Druhý krok trval pridlho alebo mal priveľa pokusov. Prihláste sa znova.
sign-in-code-slow-down = V poslednom čase bolo priveľa nesprávnych kódov. Počkajte hodinu, použite záložný kód alebo sa prihláste v prehliadači, ktorý ste už používali.
code-mistake-wrong = Tento kód nie je správny. Zadajte ten, ktorý vidno teraz.
code-mistake-used = Tento kód už bol použitý. Počkajte na ďalší.
code-mistake-time = Tento kód patrí k inému času. Skontrolujte, či idú správne hodiny v telefóne aj na serveri.

you-password = Heslo
you-password-change = Zmeniť heslo
you-password-text = Všade inde vás to odhlási.
you-password-done = Heslo je zmenené a všade inde vás to odhlásilo.
you-second-step = Druhý krok prihlásenia
you-authenticator-off = S overovacou aplikáciou sa ten, kto sa dozvie vaše heslo, aj tak nedostane dnu: pri prihlásení treba zadať aj kód z telefónu.
you-authenticator-add = Pridať overovaciu aplikáciu
you-authenticator-on = Pri prihlásení treba zadať kód z overovacej aplikácie.
you-authenticator-remove = Odstrániť overovaciu aplikáciu
you-authenticator-remove-text = Potom bude na prihlásenie stačiť samo heslo. Prestanú platiť aj záložné kódy.
you-authenticator-off-done = Overovacia aplikácia je odstránená. Na prihlásenie teraz stačí heslo.
you-recovery-left = { $count ->
    [one] Zostáva { $count } záložný kód.
    [few] Zostávajú { $count } záložné kódy.
    [many] Zostáva { $count } záložného kódu.
   *[other] Zostáva { $count } záložných kódov.
    }
you-recovery-renew = Vytvoriť nové záložné kódy
you-recovery-renew-text = Doterajšie kódy prestanú platiť.
you-sessions = Kde ste prihlásení
you-sessions-text = Relácia sa skončí po 12 hodinách bez použitia a po týždni v každom prípade.
you-sessions-done = Tam ste už odhlásení.
you-sessions-end-others = Ukončiť všetky ostatné
you-session-this = Táto relácia
you-session-unknown = Neznámy prehliadač
you-session-began = od
you-session-seen = naposledy použitá
you-session-end = Ukončiť

authenticator-title = Pridať overovaciu aplikáciu
authenticator-text = Otvorte aplikáciu v telefóne (Aegis, Google Authenticator, 2FAS alebo ktorúkoľvek inú) a naskenujte tento obrázok.
authenticator-picture = Obrázok na naskenovanie overovacou aplikáciou
authenticator-secret = Nemáte fotoaparát? Zadajte do aplikácie tento kľúč.
authenticator-code = Kód, ktorý aplikácia práve ukazuje
authenticator-confirm = Potvrdiť
authenticator-done = Odteraz treba pri prihlásení zadať kód.
recovery-title = Záložné kódy
recovery-text = Ak prídete o telefón, každý z týchto kódov vás namiesto neho raz pustí dnu. Vidno ich iba teraz: vytlačte si ich alebo si ich uložte do správcu hesiel.
recovery-kept = Kódy mám uložené

last-owner = Archív potrebuje vlastníka
last-owner-fix = Najprv urobte vlastníkom niekoho iného.
owners-only = Toto môže urobiť iba vlastník
owners-only-fix = Vlastníkov určujú, menia a odstraňujú vlastníci. Požiadajte niektorého z nich.
invitation-gone = Táto pozvánka už nefunguje
invitation-gone-fix = Bola použitá, odvolaná alebo je staršia ako týždeň. Požiadajte o novú toho, kto vás pozval.

sign-in-passkey = Prihlásiť sa prístupovým kľúčom
passkey-failed = Zariadenie to nepotvrdilo. Skúste to znova alebo použite heslo.
passkey-mistake-elsewhere = Prístupové kľúče potrebujú adresu s názvom. Požiadajte správcu, aby ju nastavil.
passkey-mistake-many = Naraz sa toho deje priveľa alebo už máte 20 kľúčov. Skúste to o chvíľu znova.
passkey-mistake-late = Trvalo to pridlho. Skúste to znova.
passkey-mistake-unknown = Tento kľúč tu nie je známy. Použite heslo.
you-passkeys = Prístupové kľúče
you-passkeys-text = Prístupový kľúč vás pustí dnu odtlačkom prsta, tvárou alebo PIN kódom zariadenia, bez hesla. Nikto ho neuhádne ani od vás nevyláka.
you-passkeys-without = Tento prehliadač nepozná prístupové kľúče alebo sú vypnuté skripty.
you-passkeys-elsewhere = Prístupové kľúče patria k vlastnej adrese archívu. Pridajte si ich tam:
you-passkeys-nowhere = Prístupové kľúče potrebujú adresu s názvom, nie iba číslo. Správca ju môže nastaviť voľbou --public-url.
you-passkey-add = Pridať prístupový kľúč
you-passkey-name = Názov kľúča
you-passkey-example = Notebook
you-passkey-rename = Premenovať
you-passkey-remove = Odstrániť
you-passkey-added = pridaný
you-passkey-used = naposledy použitý
you-passkey-done = Prístupový kľúč je pridaný. Nabudúce sa ním môžete prihlásiť.

# Iné archívy tej istej osoby na tom istom serveri.
archives = Vaše ďalšie archívy
archives-text = Pre toho, kto pracuje vo viacerých archívoch jedného servera. Keď ich tu prepojíte, budú v ponuke na jedno kliknutie. Nič medzi nimi neprechádza: každý má vlastné heslo, klientov aj denník.
archives-none = Zatiaľ žiadne.
archives-add = Prepojiť ďalší archív
archives-address = Adresa druhého archívu
archives-address-hint = Tak, ako ju vidíte v prehliadači, keď tam pracujete. Účet tam už máte.
archives-add-go = Ďalej
archives-go-on = Ešte jeden krok. Prihláste sa tam a potvrďte to:
archives-nobody-there = Na tejto adrese nie je žiadny archív tohto servera. Skontrolujte ju alebo sa opýtajte toho, kto server spravuje.
archives-here = To je tento archív. Zadajte adresu toho druhého.
archives-too-late = Tento odkaz už bol použitý alebo je starší než desať minút. Začnite znova v archíve, z ktorého prichádzate.
archives-closed = zatvorený
archives-leave = Odobrať
archives-join = Prepojiť s archívom „{ $other }“?
archives-join-text = V archíve „{ $other }“ ste { $there }, tu ste { $here }. Odteraz bude každý z nich v ponuke toho druhého.
archives-join-hint = Potvrďte to, len ak ste s tým začali vy.
archives-join-go = Prepojiť
archives-switch = Prepnúť archív
archives-manage = Vaše ďalšie archívy
you-archives-link = Zobraziť a prepojiť archívy

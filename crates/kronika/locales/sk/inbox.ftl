picker-find = Nájsť klienta
picker-always = Odteraz všetko s { $value }
picker-always-domain = Odteraz všetci z { $value }
picker-reason = Pridať dôvod
picker-reason-hint = Prečo tam patrí
picker-new = Nový klient z tejto správy
picker-none = Nezodpovedá žiadny klient. Vytvorte ho z tejto správy.
ignore = Ignorovať
ignore-reason = Dôvod
ignore-hint = Správa ostáva zaznamenaná a zapečatená; neskôr ju môžete priradiť zo zoznamu ignorovaných.
ignore-advertising = Reklama
ignore-private = Súkromné
ignore-machine = Automatické oznámenie
ignore-none = Netýka sa žiadneho klienta
ignore-other = Alebo iný dôvod

inbox-all = Čakajúce
inbox-unreadable = Nečitateľné
inbox-ignored = Ignorované
inbox-assign = Priradiť
inbox-keys-move = pohyb
inbox-keys-assign = priradiť
inbox-keys-ignore = ignorovať
inbox-keys-open = čítať tu
inbox-empty-title = Nič nečaká
inbox-empty-text = Presuňte sem súbory s poštou (.eml, .mbox, .zip) alebo ich vyberte. Čo patrí známemu klientovi, dostane sa k nemu samo; zvyšok počká na tejto stránke.
inbox-unreadable-none = Všetko sa podarilo prečítať
inbox-unreadable-text = Čo sa prečítať nedá, uchováme tak, ako prišlo; čaká tu aj s dôvodom.
inbox-ignored-none = Nič nie je ignorované
inbox-ignored-text = Čo ignorujete, ostáva zaznamenané a zapečatené; odtiaľto to môžete priradiť.
done-others = { $count ->
    [one] a { $count } podobná
    [few] a { $count } podobné
    [many] a { $count } podobnej
   *[other] a { $count } podobných
    }
undo = Vrátiť späť
restore = Vrátiť medzi doručené

import = Importovať súbory
import-drop = Pustite súbory a importujú sa
import-title = Import
import-starting = Začína sa
import-reading = Číta sa { $file }
import-finished = Všetko je prečítané
import-bytes = { $read } z { $total }
import-recorded = Zaznamenané
import-known = Už známe
import-unreadable = Nečitateľné
import-waiting = Čaká v schránke
import-to-inbox = Prejsť do schránky
import-to-unreadable = Pozrieť nečitateľné
import-may-leave = Stránku môžete opustiť; import pokračuje.
imports = Importy
imports-refused = Neprevzaté
imports-refused-none = Všetko, čo sem prišlo, sa podarilo prevziať.
imports-refused-text = Tieto súbory zostali tam, kde boli. Pri každom stojí, čo treba urobiť; keď sa súbor prevezme alebo už nebude potrebný, zo zoznamu zmizne.
imports-refused-more = { $count ->
    [one] a ešte { $count }
    [few] a ešte { $count }
    [many] a ešte { $count }
   *[other] a ešte { $count }
    }
imports-retry = Skúsiť znova
imports-dismiss = Vynechať
imports-past = Prevzaté z tejto stránky
imports-past-none = Z tejto stránky sa zatiaľ nič neprevzalo.
imports-counts = { $recorded ->
    [one] { $recorded } zaznamenaná
    [few] { $recorded } zaznamenané
    [many] { $recorded } zaznamenanej
   *[other] { $recorded } zaznamenaných
    }, { $known ->
    [one] { $known } už známa
    [few] { $known } už známe
    [many] { $known } už známej
   *[other] { $known } už známych
    }
imports-running = Ešte prebieha
unreadable-empty = Je prázdna: nič v nej nebolo.
unreadable-binary = Nie je to text, takže to nemôže byť správa.
unreadable-no-header = Nemá hlavičku, preto nevidno, od koho je.
unreadable-other = Súčasná čítačka jej nerozumie.
refused-missing = Už neexistuje.
refused-forbidden = Server ho nesmie čítať. Oprávnenie mu môže dať správca.
refused-broken = Nepodarilo sa ho prečítať do konca. Nahrajte ho znova.
refused-not-mail = Nie je to správa, poštová schránka ani archív s nimi.
refused-not-mailbox = Nie je to poštová schránka: nezačína sa riadkom „From “.
refused-outlook = Je to vlastný formát Outlooku. Uložte správy ako .eml alebo mbox a nahrajte tie.
refused-nested-archive = Je to archív v archíve. Rozbaľte ho a nahrajte samostatne.
refused-damaged-archive = Archív je poškodený alebo neúplný. Čo bolo predtým, je prijaté.
refused-swollen = Archív sa rozbalí na oveľa viac, než by mala pošta. Rozbaľte ho a nahrajte jeho obsah.
refused-too-large = Je v ňom správa, ktorá je na prijatie tu priveľká. Správca ju môže importovať na serveri.
refused-unreadable = Nepodarilo sa to prečítať ako správu. Je to uložené v schránke tak, ako to prišlo.
refused-failed = Import zlyhal. Čo bolo zaznamenané predtým, zostáva; nahrajte súbor znova.

#!/usr/bin/env python3
"""Makes the mail that the benchmarks read.

corpus.py split MBOX FOLDER     every message of an mboxrd as a file of the Maildir FOLDER
corpus.py synthetic MBOX COUNT  COUNT small messages in four languages, the same ones every time; a fifth of them
                                with one client
"""

import os
import random
import sys
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

WORDS = {
    "pl": "umowa faktura termin zapłata cena dostawa księgowość podatek zaliczka korekta pismo urząd spółka wniosek "
    "rozliczenie załącznik miesiąc kwota odpowiedź spotkanie telefon klient biuro zmiana podpis warunki oferta",
    "sk": "zmluva faktúra termín platba cena dodávka účtovníctvo daň záloha oprava list úrad spoločnosť žiadosť "
    "vyúčtovanie príloha mesiac suma odpoveď stretnutie telefón klient kancelária zmena podpis podmienky ponuka",
    "ru": "договор счёт срок оплата цена поставка бухгалтерия налог аванс исправление письмо ведомство общество "
    "заявление расчёт приложение месяц сумма ответ встреча телефон клиент контора изменение подпись условия",
    "en": "contract invoice deadline payment price delivery accounting tax advance correction letter office company "
    "request settlement attachment month amount answer meeting phone client change signature terms offer",
}
# What the searches look for: in half of all messages, and in one of five thousand.
COMMON, RARE = "Kronikarz", "Świętopełk"
SYLLABLES = "ba ce di fo gu ka le mi no pu ra se ti vo zu bra kle tri sno plu sta wre cho dze".split()
CLIENTS = 400
BEGIN = datetime(2023, 1, 2, 8, tzinfo=timezone.utc)


def split(mbox, folder):
    """Cuts at lines that begin with "From " and takes one ">" off those that were quoted."""
    for name in ("cur", "new", "tmp"):
        os.makedirs(os.path.join(folder, name), exist_ok=True)
    number, out = 0, None
    with open(mbox, "rb") as lines:
        for line in lines:
            if line.startswith(b"From "):
                number += 1
                if out:
                    out.close()
                out = open(os.path.join(folder, "cur", f"{number:06}:2,S"), "wb")
            elif out:
                out.write(line[1:] if line.lstrip(b">").startswith(b"From ") else line)
    if out:
        out.close()
    print(number)


def vocabulary(chance):
    """Made-up words for the long tail that real mail has."""
    return ["".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 4))) for _ in range(20_000)]


def body(chance, language, tail, number):
    known = WORDS[language].split()
    words = []
    for _ in range(chance.randint(60, 140)):
        # The tail's words occur by Zipf's law, so that some are common and most are rare.
        words.append(chance.choice(known) if chance.random() < 0.6 else tail[int(len(tail) ** chance.random()) - 1])
    if number % 2:
        words.insert(7, COMMON)
    if number % 5_000 == 17:
        words.insert(11, RARE)
    lines = [" ".join(words[at : at + 12]) for at in range(0, len(words), 12)]
    return "\n".join(lines)


def message(chance, tail, number, last):
    """One message; `last` knows the newest of every client, which half of the later ones answer."""
    client = 0 if number % 5 == 0 else chance.randint(1, CLIENTS - 1)
    language = ("pl", "sk", "ru", "en")[client % 4]
    theirs, ours = f"person{number % 3}@client{client}.example", f"staff{number % 7}@office.example"
    sender, receiver = (theirs, ours) if chance.random() < 0.6 else (ours, theirs)
    subject = " ".join(chance.choice(WORDS[language].split()) for _ in range(4))
    head = [
        f"From mboxrd@z {BEGIN:%a %b %d %H:%M:%S %Y}",
        f"Date: {format_datetime(BEGIN + timedelta(minutes=11 * number + chance.randint(0, 9)))}",
        f"From: <{sender}>",
        f"To: <{receiver}>",
        f"Message-ID: <{number}@bench.example>",
        f"Subject: {subject} {number}",
    ]
    if client in last and chance.random() < 0.5:
        head.append(f"In-Reply-To: <{last[client]}@bench.example>")
    last[client] = number
    head += ["MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"]
    return "\n".join(head) + "\n\n" + body(chance, language, tail, number) + "\n\n"


def synthetic(mbox, count):
    chance = random.Random(20261122)
    tail, last = vocabulary(chance), {}
    with open(mbox, "w", encoding="utf-8", newline="\n") as out:
        for number in range(count):
            out.write(message(chance, tail, number, last))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["split", mbox, folder]:
            split(mbox, folder)
        case ["synthetic", mbox, count]:
            synthetic(mbox, int(count))
        case _:
            sys.exit(__doc__)

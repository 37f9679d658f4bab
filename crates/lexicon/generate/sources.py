"""Reads each language's word list from its package into pairs (form, lemma), both lower case.

The archives of downloads.txt lie in the folder `work`.
"""

import gzip
import json
import subprocess
import tarfile
import unicodedata
import zipfile

VOWELS = set("aeiou")


def normal(word):
    return unicodedata.normalize("NFC", word).lower()


def polish(work):
    """PoliMorf as `pl.dict` inside pyMorfologik's jar, listed by that jar's own tool."""
    with zipfile.ZipFile(work / "pyMorfologik-0.2.2.zip") as archive:
        name = next(n for n in archive.namelist() if n.endswith("morfologik1.9.jar"))
        jar = work / "morfologik.jar"
        jar.write_bytes(archive.read(name))
    with zipfile.ZipFile(jar) as archive:
        for name in ("pl.dict", "pl.info"):
            (work / name).write_bytes(archive.read("morfologik/dictionaries/" + name))
    dump = subprocess.Popen(
        ["java", "-jar", jar, "fsa_dump", "-x", "-d", work / "pl.dict"],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    for line in dump.stdout:
        if line.count("\t") == 2:  # the others are the tool's own greeting
            form, lemma, _ = line.split("\t")
            yield normal(form), normal(lemma)
    if dump.wait():
        raise SystemExit("fsa_dump failed")


def slovak(work):
    """lemmsk's trie lists inflected forms only, so each lemma is added as a form of itself.

    A negated verb ("nezaplatil" of "nezaplatiť") is given to the verb it negates, when that verb is listed.
    """
    import marisa_trie

    with tarfile.open(work / "lemmsk-0.0.3.tar.gz") as archive:
        (work / "sk.marisa").write_bytes(
            archive.extractfile("lemmsk-0.0.3/lemmsk/data/lemmatization-sk.marisa").read()
        )
    trie = marisa_trie.BytesTrie()
    trie.load(str(work / "sk.marisa"))
    pairs = [(normal(form), normal(lemma.decode())) for form, lemma in trie.items()]
    lemmas = {lemma for _, lemma in pairs}
    pairs += [(lemma, lemma) for lemma in lemmas]
    for form, lemma in pairs:
        if lemma.startswith("ne") and lemma.endswith("ť") and lemma[2:] in lemmas:
            lemma = lemma[2:]
        elif lemma == "nejsť":
            lemma = "ísť"
        yield form, lemma


def russian(work):
    """OpenCorpora as compiled for pymorphy."""
    import pymorphy3

    for form, _, lemma, _, _ in pymorphy3.MorphAnalyzer(lang="ru").dictionary.iter_known_words():
        yield form, lemma


def english(work):
    """WordNet's lemmas inflected by the regular rules, and its lists of irregular forms."""
    prefix = "spacy_lookups_data/data/en_lemma_"
    with zipfile.ZipFile(work / "spacy_lookups_data-1.0.5-py2.py3-none-any.whl") as archive:
        index, irregular = (
            json.loads(gzip.decompress(archive.read(f"{prefix}{name}.json.gz"))) for name in ("index", "exc")
        )
    for kind, lemmas in index.items():
        for lemma in lemmas:
            yield lemma, lemma
            for form in REGULAR[kind](lemma):
                yield form, lemma
    for forms in irregular.values():
        for form, lemmas in forms.items():
            for lemma in lemmas:
                yield form, lemma
    yield "people", "person"  # a noun of its own to WordNet


def consonant_y(word):
    return len(word) > 2 and word[-1] == "y" and word[-2] not in VOWELS


def doubles(word):
    """One short syllable closed by one consonant: "stop" doubles its "p" before "-ed"."""
    return (
        len(word) >= 3
        and word[-1] not in VOWELS | set("wxyh")
        and word[-2] in VOWELS
        and word[-3] not in VOWELS
        and sum(letter in VOWELS for letter in word) == 1
    )


def with_s(word):
    if consonant_y(word):
        return [word[:-1] + "ies"]
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return [word + "es"]
    return [word + "s", word + "es"] if word.endswith("o") else [word + "s"]


def with_suffix(word, suffix):
    """Adds a suffix that starts with "e"."""
    if word.endswith("e"):
        return word + suffix[1:]
    if consonant_y(word):
        return word[:-1] + "i" + suffix
    return word + (word[-1] if doubles(word) else "") + suffix


def with_ing(word):
    if word.endswith("ie"):
        return word[:-2] + "ying"
    if word.endswith("e") and not word.endswith(("ee", "oe", "ye")):
        return word[:-1] + "ing"
    return word + (word[-1] if doubles(word) else "") + "ing"


def compared(word):
    syllables = sum(a in VOWELS | {"y"} and b not in VOWELS for a, b in zip(word, word[1:] + " "))
    return [with_suffix(word, "er"), with_suffix(word, "est")] if syllables <= 2 else []


REGULAR = {
    "noun": with_s,
    "verb": lambda word: with_s(word) + [with_suffix(word, "ed"), with_ing(word)],
    "adj": compared,
    "adv": lambda word: [],
}

LANGUAGES = {"pl": polish, "sk": slovak, "ru": russian, "en": english}

"""Makes `../data/<language>.zst` from the published word lists. See README.md."""

import collections
import hashlib
import pathlib
import struct
import subprocess
import sys
import unicodedata

import sources

HERE = pathlib.Path(__file__).parent
DATA = HERE.parent / "data"
# The downloaded archives and what is unpacked from them.
WORK = HERE / "work"
PACK = HERE / "pack/target/release/pack"

# One byte a letter, so that the automata stay small and quick: the alphabet of src/letters.rs.
CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
ACCENTED = "ąćęłńóśźżáäčďéíĺľňôŕšťúýžёàâçèêëîïñöûüőåæøœßěřůù"
CODES = {letter: letter for letter in "abcdefghijklmnopqrstuvwxyz0123456789'"}
CODES |= {letter: chr(0x80 + i) for i, letter in enumerate(CYRILLIC)}
CODES |= {letter: chr(0xA0 + i) for i, letter in enumerate(ACCENTED)}
SPECIAL = {"ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ё": "е", "й": "й"}

# What follows a form in the automaton: this mark, then the number of its set of edits.
MARK = b"\x01"
MOST_EDITS = 4
LEAST_SHARE = 0.06
LONGEST_ENDING = 4
LEAST_EVIDENCE = 20
LONGEST_FORM = 60


def fold(word):
    return "".join(
        SPECIAL.get(letter) or "".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))
        for letter in word
    )


def encode(word):
    """The word in one byte a letter, or None when it has a letter no automaton knows."""
    try:
        return "".join([CODES[letter] for letter in word]).encode("latin-1")
    except KeyError:
        return None


def edit(form, lemma):
    """How to make the lemma: drop `head` bytes in front and `tail` bytes behind, then append."""
    best = None
    for head in range(0, min(8, len(form))):
        shared = 0
        while shared < min(len(form) - head, len(lemma)) and form[head + shared] == lemma[shared]:
            shared += 1
        # A prefix is only taken off when that saves more letters than it costs.
        cost = (len(lemma) - shared) + (len(form) - head - shared) + (head and head + 2)
        if best is None or cost < best[0]:
            best = (cost, (head, len(form) - head - shared, lemma[shared:]))
    return best[1]


class Sets:
    """Numbers the distinct sets of edits, the commonest first."""

    def __init__(self, tables):
        counts = collections.Counter(edits for table in tables for edits in table.values())
        self.order = sorted(counts, key=lambda edits: (-counts[edits], edits))
        self.numbers = {edits: number for number, edits in enumerate(self.order)}

    def keys(self, table):
        return sorted(form + MARK + self.tail(self.numbers[edits]) for form, edits in table.items())

    @staticmethod
    def tail(number):
        """Two bytes of seven bits, the high bit set: neither is a line feed, which ends a key on its way to `pack`."""
        if number >= 1 << 14:
            raise SystemExit("too many distinct sets of edits for two bytes")
        return bytes((0x80 | number >> 7, 0x80 | number & 0x7F))

    def packed(self):
        body, offsets = bytearray(), []
        for edits in self.order:
            offsets.append(len(body))
            for head, tail, ending in edits:
                body += bytes((head, tail, len(ending))) + ending
        offsets.append(len(body))
        return struct.pack(f"<I{len(offsets)}I", len(self.order), *offsets) + bytes(body)


def lexicon(pairs):
    """Folded forms with all their lemmas, and exact spellings whose lemmas are fewer."""
    pairs = [(form.replace("-", ""), lemma.replace("-", "")) for form, lemma in pairs]
    terms = lemma_terms({lemma for _, lemma in pairs})
    folded, exact = collections.defaultdict(set), collections.defaultdict(set)
    for form, lemma in pairs:
        written, plain, term = encode(form), encode(fold(form)), terms.get(lemma)
        if written and plain and term and len(plain) <= LONGEST_FORM:
            folded[plain].add(term)
            exact[written].add((plain, term))
    exceptions = {}
    for written, found in exact.items():
        plain = next(iter(found))[0]
        found = {term for _, term in found}
        if found != folded[plain]:
            exceptions[written] = (plain, found)
    return folded, exceptions


def lemma_terms(lemmas):
    """Each lemma folded; where several lemmas fold to the same, all but the plainest get a `=` more each.

    So `sąd` (court) is `sad=` and does not meet `sad` (orchard), while `faktúra` still meets `faktura`.
    """
    alike = collections.defaultdict(list)
    for lemma in lemmas:
        alike[fold(lemma)].append(lemma)
    terms = {}
    for plain, spellings in alike.items():
        code = encode(plain)
        for rank, lemma in enumerate(sorted(spellings, key=lambda lemma: (lemma != plain, lemma))):
            terms[lemma] = code and code + b"=" * rank
    return terms


def edits_of(plain, bases):
    return tuple(sorted(edit(plain, base) for base in bases))


def guesses(forms):
    """For each ending, the edits that enough of the words with that ending need; keys are reversed."""
    seen = collections.defaultdict(collections.Counter)
    for plain, edits in forms.items():
        if len(plain) < 5:
            continue
        for one in edits:
            if one[0] == 0 and one[1] <= LONGEST_ENDING + 1 and b"=" not in one[2]:
                for length in range(0, LONGEST_ENDING + 1):
                    seen[plain[::-1][:length]][one] += 1
    table = {}
    for ending, counts in seen.items():
        total = sum(counts.values())
        if total >= LEAST_EVIDENCE:
            common = sorted(counts, key=lambda one: (-counts[one], one))[:MOST_EDITS]
            table[ending] = tuple(sorted(one for one in common if counts[one] >= LEAST_SHARE * total))
    return {
        ending: best
        for ending, best in table.items()
        if best and table.get(ending[:-1] if ending else None) != best
    }


def automaton(keys):
    run = subprocess.run([PACK], input=b"\n".join(keys), stdout=subprocess.PIPE, check=True)
    return run.stdout


def compile_language(pairs):
    folded, exceptions = lexicon(pairs)
    forms = {plain: edits_of(plain, bases) for plain, bases in folded.items()}
    exact = {written: edits_of(plain, bases) for written, (plain, bases) in exceptions.items()}
    endings = guesses(forms)
    sets = Sets([forms, exact, endings])
    parts = [automaton(sets.keys(table)) for table in (forms, exact, endings)] + [sets.packed()]
    print(f"{len(forms)} forms, {len(exact)} spellings, {len(endings)} endings, {len(sets.order)} sets of edits")
    return struct.pack("<4I", *(len(part) for part in parts)) + b"".join(parts)


def main():
    """With languages as arguments, makes only those anew."""
    import zstandard

    WORK.mkdir(exist_ok=True)
    sums = []
    for language, read in sources.LANGUAGES.items():
        file = DATA / f"{language}.zst"
        if language in (sys.argv[1:] or sources.LANGUAGES):
            raw = compile_language(set(read(WORK)))
            file.write_bytes(zstandard.ZstdCompressor(level=19).compress(raw))
            print(f"{language}: {len(raw)} bytes, {file.stat().st_size} compressed")
        sums.append(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n")
    (DATA / "SHA256SUMS").write_text("".join(sums))


if __name__ == "__main__":
    main()

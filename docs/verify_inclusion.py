#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks an export of Kronika without Kronika: only this file, Python's standard library and OpenSSL.

    verify_inclusion.py EXPORT [--key FILE]

FILE holds the journal's public key as somebody independent kept it. Without it the export's own key.txt is used, which
shows that the export agrees with itself, but not whose journal it is. Exit status: 0 all holds, 1 something does not,
2 it could not be checked. The formats are described in VERIFY.md.
"""

import argparse
import base64
import csv
import hashlib
import json
import struct
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

ED25519 = 1
# What precedes the 32 bytes of an Ed25519 key in DER (RFC 8410).
SPKI = bytes.fromhex("302a300506032b6570032100")


class Wrong(Exception):
    """Something does not hold."""


def sha256(*pieces):
    return hashlib.sha256(b"".join(pieces)).digest()


def require(holds, sentence):
    if not holds:
        raise Wrong(sentence)


# The record: its parts, its commitment, its leaf.


def part(salt, name, data):
    name = name.encode()
    return sha256(b"kronika/part/v1\0", salt, struct.pack(">B", len(name)), name, struct.pack(">Q", len(data)), data)


def leaf_of(opening, disclosed):
    """The leaf's 42 bytes, after the disclosed parts were found to be what it commits to."""
    parts = [bytes.fromhex(text) for text in opening["parts"]]
    require(all(len(one) == 32 for one in parts), "a part's hash is not 32 bytes long")
    opened = [(one["number"], one["name"]) for one in opening["opened"]]
    require(opened == [(0, "meta"), (1, "original")], "the opening is not of metadata and original")
    for (number, name), one in zip(opened, opening["opened"]):
        found = part(bytes.fromhex(one["salt"]), name, disclosed[name])
        require(found == parts[number], f"{name} is not what was committed to")
    leaf = bytes.fromhex(opening["leaf"])
    commitment = sha256(b"kronika/record/v1\0", struct.pack(">H", len(parts)), *parts)
    require(len(leaf) == 42 and leaf[0] == 1, "the leaf is not one of version 1")
    require(leaf[10:] == commitment, "the leaf does not commit to these parts")
    return leaf


# The tree (RFC 9162, 2.1.3.2).


def root_from(index, size, leaf, path):
    require(index < size, "the entry lies beyond the checkpoint")
    fn, sn, root = index, size - 1, sha256(b"\0", leaf)
    for sibling in path:
        require(sn != 0 and len(sibling) == 32, "the path is too long")
        if fn % 2 == 1 or fn == sn:
            root = sha256(b"\1", sibling, root)
            while fn % 2 == 0 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            root = sha256(b"\1", root, sibling)
        fn, sn = fn >> 1, sn >> 1
    require(sn == 0, "the path is too short")
    return root


# The checkpoint (C2SP tlog-checkpoint and signed-note).


class Key:
    def __init__(self, vkey):
        self.name, key_id, key = vkey.strip().split("+", 2)
        key = base64.b64decode(key, validate=True)
        require(len(key) == 33 and key[0] == ED25519, "the key is not an Ed25519 key")
        self.id, self.public = bytes.fromhex(key_id), key[1:]
        require(self.id == sha256(self.name.encode(), b"\n", key)[:4], "the key's id is not that of the key")
        self.known = set()

    def check(self, text, signatures):
        """Requires that one of the note's signature lines is this key's over the text."""
        prefix = f"\u2014 {self.name} "
        blobs = [base64.b64decode(line[len(prefix):]) for line in signatures if line.startswith(prefix)]
        blobs = [blob[4:] for blob in blobs if blob[:4] == self.id and len(blob) == 68]
        require(blobs, "the checkpoint is not signed with this key")
        for signature in blobs:
            if (text, signature) not in self.known:
                require(self.signed(text.encode(), signature), "the checkpoint's signature does not hold")
                self.known.add((text, signature))

    def signed(self, text, signature):
        with tempfile.TemporaryDirectory() as folder:
            names = [Path(folder, name) for name in ("key", "text", "signature")]
            for name, data in zip(names, (SPKI + self.public, text, signature)):
                name.write_bytes(data)
            key, text, signature = names
            command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", key, "-rawin"]
            done = subprocess.run([*command, "-in", text, "-sigfile", signature], capture_output=True, check=False)
            return done.returncode == 0


def open_checkpoint(note, key):
    """Size and root of a signed checkpoint."""
    body, _, signatures = note.rpartition("\n\n")
    text = body + "\n"
    key.check(text, signatures.splitlines())
    origin, size, root = text.splitlines()
    require(origin == key.name, "the checkpoint is another journal's")
    return int(size), base64.b64decode(root, validate=True)


def check_proof(file, leaf, key):
    """Requires that the leaf is in the journal; gives its index and the size of the checkpoint."""
    head, _, note = file.partition("\n\n")
    first, index, *path = head.split("\n")
    require(first == "c2sp.org/tlog-proof@v1" and index.startswith("index "), "this is no proof file")
    index = int(index[len("index "):])
    size, root = open_checkpoint(note, key)
    path = [base64.b64decode(line, validate=True) for line in path]
    require(root_from(index, size, leaf, path) == root, "leaf and path do not give the checkpoint's root")
    return index, size


# The export.


def check_one(export, row, key):
    name = Path(row["file"]).stem
    proofs = export / "proofs"
    original = (export / "originals" / f"{name}.eml").read_bytes()
    meta = (proofs / f"{name}.meta.json").read_bytes()
    opening = json.loads((proofs / f"{name}.opening.json").read_bytes())
    leaf = leaf_of(opening, {"meta": meta, "original": original})
    index, size = check_proof((proofs / f"{name}.tlog-proof").read_text("utf-8"), leaf, key)
    meta = json.loads(meta)
    said = {
        "sha256": hashlib.sha256(original).hexdigest(),
        "journal_index": str(index),
        "captured_at": instant(meta["captured_at"]),
        "logged_at": instant(int.from_bytes(leaf[2:10], "big") * 1000),
        **facts(meta["act"]["interaction"]),
    }
    differing = [column for column, value in said.items() if row[column] != value]
    require(not differing, f"the index says otherwise than the record: {', '.join(differing)}")
    return size


def facts(recorded):
    """What the index must say of a record. One that was unreadable then may have been read since."""
    if recorded.get("unreadable"):
        return {}
    claimed_at, people = recorded["claimed_at"], {"from": [], "to": []}
    for participant in recorded["participants"]:
        people.setdefault(participant["role"], []).append(participant["address"])
    return {
        "interaction": recorded["interaction"],
        "claimed_at": "" if claimed_at is None else instant(claimed_at),
        "direction": recorded["direction"],
        "from": "".join(people["from"][:1]),
        "to": " ".join(people["to"]),
        "subject": recorded["subject"],
        "size": str(recorded["size"]),
    }


def instant(microseconds):
    at = (datetime(1970, 1, 1) + timedelta(microseconds=microseconds)).isoformat("T", "microseconds")
    return at.rstrip("0").rstrip(".") + "Z"


def check(export, key):
    with open(export / "index.csv", encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    require(all(row.get("file") for row in rows), "the index does not name its files")
    wrong = []
    newest, _ = open_checkpoint((export / "checkpoint.txt").read_text("utf-8"), key)
    for row in rows:
        try:
            size = check_one(export, row, key)
            require(size <= newest, "its checkpoint is newer than the export's")
        except (Wrong, ArithmeticError, LookupError, TypeError, ValueError, OSError) as error:
            wrong.append(f"{row['file']}: {error}")
    listed = {Path(row["file"]).name for row in rows}
    stray = [path.name for path in (export / "originals").iterdir() if path.name not in listed]
    wrong.extend(f"originals/{name}: it is not in the index" for name in sorted(stray))
    return len(rows), newest, wrong


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("export", type=Path)
    arguments.add_argument("--key", type=Path)
    asked = arguments.parse_args()
    try:
        key = Key((asked.key or asked.export / "key.txt").read_text("utf-8"))
        count, size, wrong = check(asked.export, key)
    except (Wrong, ValueError, OSError) as error:
        print(f"It could not be checked: {error}", file=sys.stderr)
        return 2
    for sentence in wrong:
        print(f"WRONG  {sentence}")
    print(f"{count - len(wrong)} of {count} records are in the journal {key.name}, which had {size} entries.")
    if not asked.key:
        print("The key is the export's own. Compare it with one that somebody independent kept:")
        print(f"  {(asked.export / 'key.txt').read_text('utf-8').strip()}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

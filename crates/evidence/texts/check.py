#!/usr/bin/env python3
"""Checks this package with Python alone: python3 check.py, in the folder of the package. The signature of the checkpoint
is for OpenSSL, as the README says. Formats: docs/VERIFY.md of Kronika. SPDX-License-Identifier: Apache-2.0"""
import base64, hashlib, json, pathlib, struct, sys
HERE = pathlib.Path(__file__).resolve().parent
PROOFS, wrong = HERE / "data" / "proofs", []
sha = lambda *pieces: hashlib.sha256(b"".join(pieces)).digest()
def need(holds, sentence):
    if not holds:
        raise ValueError(sentence)

def manifest(name, of_payload):
    listed = dict(reversed(line.split("  ", 1)) for line in (HERE / name).read_text("ascii").splitlines())
    files = {path.relative_to(HERE).as_posix() for path in HERE.rglob("*") if not path.is_dir()}
    files = {file for file in files - {"tagmanifest-sha256.txt"} if file.startswith("data/") == of_payload}
    wrong.extend(f"{file}: not in both {name} and the folder" for file in sorted(listed.keys() ^ files))
    changed = [file for file in listed.keys() & files if sha((HERE / file).read_bytes()).hex() != listed[file]]
    wrong.extend(f"{file}: changed" for file in changed)

def root_from(index, size, root, path):  # RFC 9162, 2.1.3.2
    fn, sn = index, size - 1
    for sibling in path:
        need(sn != 0 and len(sibling) == 32, "the path is too long")
        left = fn % 2 == 1 or fn == sn
        root = sha(b"\1", sibling, root) if left else sha(b"\1", root, sibling)
        while left and fn % 2 == 0 and fn != 0:
            fn, sn = fn >> 1, sn >> 1
        fn, sn = fn >> 1, sn >> 1
    need(index < size and sn == 0, "the path is too short or leads nowhere")
    return root

def item(line):
    name = f"{line['number']:06}"
    opening = json.loads((PROOFS / f"{name}.opening.json").read_bytes())
    parts, leaf = [bytes.fromhex(part) for part in opening["parts"]], bytes.fromhex(opening["leaf"])
    for one in opening["opened"]:
        file = {"meta": f"proofs/{name}.meta.json", "original": f"originals/{name}.eml"}.get(one["name"])
        data = (HERE / "data" / (file or f"parts/{name}/{one['name'].replace('/', '-')}.bin")).read_bytes()
        label, part = b"kronika/part/v1\0" + bytes.fromhex(one["salt"]), one["name"].encode()
        found = sha(label, bytes([len(part)]), part, struct.pack(">Q", len(data)), data)
        need(found == parts[one["number"]], f"{one['name']} is not what was committed to")
    need(leaf[10:] == sha(b"kronika/record/v1\0", struct.pack(">H", len(parts)), *parts), "the leaf is of another record")
    head, note = (PROOFS / f"{name}.tlog-proof").read_text("utf-8").split("\n\n", 1)
    _, index, *path = head.split("\n")
    if note != (PROOFS / "checkpoint").read_text("utf-8"):
        print(f"item {name} is proven under a checkpoint of its own; check that one's signature too")
    _, size, root = note.split("\n")[:3]
    root_found = root_from(int(index[6:]), int(size), sha(b"\0", leaf), map(base64.b64decode, path))
    need(root_found == base64.b64decode(root), "leaf and path do not give the checkpoint's root")

manifest("manifest-sha256.txt", True), manifest("tagmanifest-sha256.txt", False)
lines = (HERE / "data" / "items.jsonl").read_text("utf-8").split("\n")[:-1]
for line in lines:
    try:
        item(json.loads(line))
    except (ValueError, OSError, LookupError, TypeError) as error:
        wrong.append(f"item {line[:12]}…: {error}")
print("".join(f"WRONG  {sentence}\n" for sentence in wrong), end="")
print(len(lines), "items;", "NOT all holds." if wrong else "all holds, if the signature of the checkpoint does.")
sys.exit(1 if wrong else 0)

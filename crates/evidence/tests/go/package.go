// Checks a package's checkpoint and the proofs of its items with golang.org/x/mod, in the package's folder. Prints how
// many items are proven; any disagreement is fatal.
package main

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func read(name string) string {
	content, err := os.ReadFile(filepath.Join("data", "proofs", name))
	must(err)
	return string(content)
}

func hash(line string) (found tlog.Hash) {
	bytes, err := base64.StdEncoding.DecodeString(line)
	must(err)
	if copy(found[:], bytes) != tlog.HashSize || len(bytes) != tlog.HashSize {
		log.Fatalf("%q is no hash", line)
	}
	return found
}

// The size and root of a checkpoint that the journal signed.
func head(checkpoint string, journal note.Verifier) (int64, tlog.Hash) {
	opened, err := note.Open([]byte(checkpoint), note.VerifierList(journal))
	must(err)
	lines := strings.Split(opened.Text, "\n")
	if lines[0] != journal.Name() {
		log.Fatalf("%q is the checkpoint of another journal", lines[0])
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	return size, hash(lines[2])
}

func main() {
	journal, err := note.NewVerifier(strings.TrimSpace(read("key.txt")))
	must(err)
	size, root := head(read("checkpoint"), journal)
	proofs, err := filepath.Glob("data/proofs/*.tlog-proof")
	must(err)
	for _, path := range proofs {
		name := filepath.Base(path)
		proof, checkpoint, _ := strings.Cut(read(name), "\n\n")
		if ofProof, rootOfProof := head(checkpoint, journal); ofProof != size || rootOfProof != root {
			log.Fatalf("%s is under another checkpoint", name)
		}
		lines := strings.Split(proof, "\n")
		index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
		must(err)
		var hashes []tlog.Hash
		for _, line := range lines[2:] {
			hashes = append(hashes, hash(line))
		}
		var opening struct{ Leaf string }
		must(json.Unmarshal([]byte(read(strings.TrimSuffix(name, ".tlog-proof")+".opening.json")), &opening))
		leaf, err := hex.DecodeString(opening.Leaf)
		must(err)
		must(tlog.CheckRecord(hashes, size, root, index, tlog.RecordHash(leaf)))
	}
	fmt.Println(len(proofs))
}

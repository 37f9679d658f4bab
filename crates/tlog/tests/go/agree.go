// Reads one JSON document from standard input and checks with golang.org/x/mod that its note, proofs and tiles
// are good. Prints how many things were checked; any disagreement is fatal.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type inclusion struct {
	Index, Size int64
	Entry       string
	Root        tlog.Hash
	Path        []tlog.Hash
}

type consistency struct {
	Old, New         int64
	OldRoot, NewRoot tlog.Hash
	Path             []tlog.Hash
}

type question struct {
	Vkey, Skey, Note string
	Inclusion        []inclusion
	Consistency      []consistency
	Paths            []string
	TilesOf          int64
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	var q question
	must(json.NewDecoder(os.Stdin).Decode(&q))

	verifier, err := note.NewVerifier(q.Vkey)
	must(err)
	opened, err := note.Open([]byte(q.Note), note.VerifierList(verifier))
	must(err)
	signer, err := note.NewSigner(q.Skey)
	must(err)
	signed, err := note.Sign(&note.Note{Text: opened.Text}, signer)
	must(err)
	if string(signed) != q.Note {
		log.Fatalf("Go signs %q, not %q", signed, q.Note)
	}

	for _, p := range q.Inclusion {
		must(tlog.CheckRecord(p.Path, p.Size, p.Root, p.Index, tlog.RecordHash([]byte(p.Entry))))
	}
	for _, p := range q.Consistency {
		must(tlog.CheckTree(p.Path, p.New, p.NewRoot, p.Old, p.OldRoot))
	}

	known := make(map[string]bool)
	for _, path := range q.Paths {
		if _, err := tlog.ParseTilePath(path); err != nil {
			log.Fatal(err)
		}
		known[path] = true
	}
	// Go lists a partial tile at every width it passes through; the last is the one of this size.
	widest := make(map[[2]int64]string)
	for _, tile := range tlog.NewTiles(8, 0, q.TilesOf) {
		widest[[2]int64{int64(tile.L), tile.N}] = tile.Path()
	}
	for _, path := range widest {
		if !known[path] {
			log.Fatalf("Go has tile %s", path)
		}
	}
	if len(widest) != len(q.Paths) {
		log.Fatalf("Go has %d tiles, not %d", len(widest), len(q.Paths))
	}
	fmt.Println(1 + len(q.Inclusion) + len(q.Consistency) + len(q.Paths))
}

// Verifies a log of this ledger with nothing of this ledger: golang.org/x/mod/sumdb (note and tlog), which Go's own checksum database uses.
//
//	verify VKEY DIRECTORY [PROOF...]
//
// DIRECTORY holds a log as C2SP tlog-tiles lays it out. A PROOF ends in .tlog-proof (a receipt) or in .add-checkpoint (a proof of consistency).
package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	height = 8
	width  = 1 << height
)

func main() {
	if err := run(os.Args[1], os.Args[2], os.Args[3:]); err != nil {
		fmt.Println(err)
		os.Exit(2)
	}
}

func run(vkey, directory string, proofs []string) error {
	log, err := note.NewVerifier(vkey)
	if err != nil {
		return err
	}
	signed, err := os.ReadFile(filepath.Join(directory, "checkpoint"))
	if err != nil {
		return err
	}
	tree, err := open(string(signed), log)
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}

	records, err := entries(directory, tree.N)
	if err != nil {
		return err
	}
	stored, err := grown(records)
	if err != nil {
		return err
	}
	if root, err := tlog.TreeHash(tree.N, stored); err != nil || root != tree.Hash {
		return fmt.Errorf("the tree over %d entries has the root %v, and the checkpoint says %v (%v)", tree.N, root, tree.Hash, err)
	}

	// The tiles as they are served, each authenticated from the root down, without the entries.
	tiles := tlog.TileHashReader(tree, served(directory))
	for n, record := range records {
		hashes, err := tiles.ReadHashes([]int64{tlog.StoredHashIndex(0, int64(n))})
		if err != nil {
			return fmt.Errorf("tiles: %w", err)
		}
		if hashes[0] != tlog.RecordHash(record) {
			return fmt.Errorf("entry %d is not the leaf in its tile", n)
		}
		path, err := tlog.ProveRecord(tree.N, int64(n), tiles)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(path, tree.N, tree.Hash, int64(n), tlog.RecordHash(record)); err != nil {
			return fmt.Errorf("entry %d: %w", n, err)
		}
	}

	for _, file := range proofs {
		if err := proved(file, log, records, stored); err != nil {
			return fmt.Errorf("%s: %w", filepath.Base(file), err)
		}
	}
	fmt.Printf("%d entries, %d proofs\n", tree.N, len(proofs))
	return nil
}

// open believes a checkpoint that the log signed.
func open(signed string, log note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open([]byte(signed), note.VerifierList(log))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != log.Name() {
		return tlog.Tree{}, fmt.Errorf("%q is no checkpoint of %s", opened.Text, log.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// number spells a tile's number as C2SP does: 1234067 is x001/x234/067.
func number(n int64) string {
	spelled := fmt.Sprintf("%03d", n%1000)
	for n /= 1000; n > 0; n /= 1000 {
		spelled = fmt.Sprintf("x%03d/%s", n%1000, spelled)
	}
	return spelled
}

func name(kind string, n int64, w int) string {
	if w == width {
		return fmt.Sprintf("tile/%s/%s", kind, number(n))
	}
	return fmt.Sprintf("tile/%s/%s.p/%d", kind, number(n), w)
}

func entries(directory string, size int64) ([][]byte, error) {
	var all [][]byte
	for n := int64(0); n*width < size; n++ {
		w := width
		if size-n*width < width {
			w = int(size - n*width)
		}
		bundle, err := os.ReadFile(filepath.Join(directory, name("entries", n, w)))
		if err != nil {
			return nil, err
		}
		for ; len(bundle) > 2; w-- {
			length := 2 + int(binary.BigEndian.Uint16(bundle))
			if length > len(bundle) {
				return nil, fmt.Errorf("bundle %d breaks off", n)
			}
			all = append(all, bundle[2:length])
			bundle = bundle[length:]
		}
		if w != 0 || len(bundle) != 0 {
			return nil, fmt.Errorf("bundle %d has not as many entries as its name says", n)
		}
	}
	return all, nil
}

type hashes []tlog.Hash

func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= int64(len(h)) {
			return nil, fmt.Errorf("there is no hash %d", index)
		}
		found[i] = h[index]
	}
	return found, nil
}

// grown is the storage of Go's checksum database over these records.
func grown(records [][]byte) (hashes, error) {
	var all hashes
	for n, record := range records {
		more, err := tlog.StoredHashes(int64(n), record, all)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	return all, nil
}

// served reads tiles from a directory; they are those of Go's checksum database under other names.
type served string

func (served) Height() int { return height }

func (served) SaveTiles([]tlog.Tile, [][]byte) {}

func (directory served) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	read := make([][]byte, len(tiles))
	for i, tile := range tiles {
		bytes, err := os.ReadFile(filepath.Join(string(directory), name(strconv.Itoa(tile.L), tile.N, tile.W)))
		if err != nil {
			return nil, err
		}
		read[i] = bytes
	}
	return read, nil
}

func proved(file string, log note.Verifier, records [][]byte, stored hashes) error {
	bytes, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	parts := strings.SplitN(string(bytes), "\n\n", 2)
	if len(parts) != 2 {
		return fmt.Errorf("it has no checkpoint")
	}
	tree, err := open(parts[1], log)
	if err != nil {
		return err
	}
	lines := strings.Split(parts[0], "\n")
	if strings.HasSuffix(file, ".tlog-proof") {
		if lines[0] != "c2sp.org/tlog-proof@v1" {
			return fmt.Errorf("%q is no receipt", lines[0])
		}
		lines = lines[1:]
	}
	word, about, _ := strings.Cut(lines[0], " ")
	n, err := strconv.ParseInt(about, 10, 64)
	if err != nil {
		return err
	}
	path := make([]tlog.Hash, len(lines)-1)
	for i, line := range lines[1:] {
		if path[i], err = tlog.ParseHash(line); err != nil {
			return err
		}
	}

	switch word {
	case "index":
		return tlog.CheckRecord(path, tree.N, tree.Hash, n, tlog.RecordHash(records[n]))
	case "old":
		old, err := tlog.TreeHash(n, stored)
		if err != nil {
			return err
		}
		return tlog.CheckTree(path, tree.N, tree.Hash, n, old)
	}
	return fmt.Errorf("it is neither a receipt nor a proof of consistency")
}

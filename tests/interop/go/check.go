package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	tileHeight  = 8
	tileWidth   = 1 << tileHeight
	emptyRoot   = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
	proofHeader = "c2sp.org/tlog-proof@v1"
)

type read func(path string) ([]byte, error)

// What was verified, for the test to compare with what should have been there.
type findings struct {
	Size, Entries, Tiles, From int64
	Request, Proof             bool
}

// verify checks everything that the files say, from the signatures down to the last entry.
//
//  1. the checkpoint is signed by the log and by every witness;
//  2. every tile leads to its root, and so does every entry of every bundle;
//  3. an older checkpoint is the beginning of the same tree, and a witness's request proves it with the very hashes of x/mod;
//  4. a .tlog-proof leads from its entry to the root that its own signed checkpoint states.
func verify(files read, log string, witnesses []string) (findings, error) {
	raw, err := files("checkpoint")
	if err != nil {
		return findings{}, err
	}
	tree, err := openCheckpoint(raw, log, witnesses) // (1)
	if err != nil {
		return findings{}, fmt.Errorf("checkpoint: %w", err)
	}
	found := findings{Size: tree.N}
	tiles := &tileFiles{files: files, seen: map[string]bool{}}
	hashes := tlog.TileHashReader(tree, tiles)
	leaves, err := readLeaves(hashes, tree)
	if err == nil {
		found.Entries, err = checkEntries(files, leaves) // (2)
	}
	if err == nil {
		found.From, found.Request, err = checkGrowth(files, tree, hashes, log) // (3)
	}
	if err == nil {
		found.Proof, err = checkProof(files, log, witnesses) // (4)
	}
	found.Tiles = int64(len(tiles.seen))
	return found, err
}

// tileFiles serves x/mod's tiles from C2SP's paths, which leave out the height.
type tileFiles struct {
	files read
	seen  map[string]bool
}

func (t *tileFiles) Height() int                                { return tileHeight }
func (t *tileFiles) SaveTiles(tiles []tlog.Tile, data [][]byte) {}

func (t *tileFiles) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	all := make([][]byte, len(tiles))
	for i, tile := range tiles {
		path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", tileHeight), "tile/", 1)
		data, err := t.files(path)
		if err == nil && len(data) != tile.W*tlog.HashSize {
			err = fmt.Errorf("%d bytes", len(data))
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		all[i], t.seen[path] = data, true
	}
	return all, nil
}

func readLeaves(hashes tlog.HashReader, tree tlog.Tree) ([]tlog.Hash, error) {
	if tree.N == 0 {
		if tree.Hash.String() != emptyRoot {
			return nil, errors.New("an empty tree has the hash of nothing as its root")
		}
		return nil, nil
	}
	indexes := make([]int64, tree.N)
	for i := range indexes {
		indexes[i] = tlog.StoredHashIndex(0, int64(i))
	}
	return hashes.ReadHashes(indexes)
}

// checkEntries reads every bundle and compares every entry with its leaf, which the tiles have authenticated.
func checkEntries(files read, leaves []tlog.Hash) (int64, error) {
	for first := 0; first < len(leaves); first += tileWidth {
		width := tileWidth
		if rest := len(leaves) - first; rest < width {
			width = rest
		}
		path := bundlePath(int64(first/tileWidth), width)
		content, err := files(path)
		if err == nil {
			err = checkBundle(content, leaves[first:first+width])
		}
		if err != nil {
			return 0, fmt.Errorf("%s: %w", path, err)
		}
	}
	return int64(len(leaves)), nil
}

func bundlePath(index int64, width int) string {
	tile := tlog.Tile{H: tileHeight, L: 0, N: index, W: width}
	return strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/0/", tileHeight), "tile/entries/", 1)
}

func checkBundle(content []byte, leaves []tlog.Hash) error {
	for i, leaf := range leaves {
		if len(content) < 2 {
			return fmt.Errorf("entry %d is missing", i)
		}
		length := int(binary.BigEndian.Uint16(content))
		if content = content[2:]; len(content) < length {
			return fmt.Errorf("entry %d is cut short", i)
		}
		if tlog.RecordHash(content[:length]) != leaf {
			return fmt.Errorf("entry %d isn't what its leaf states", i)
		}
		content = content[length:]
	}
	if len(content) != 0 {
		return fmt.Errorf("%d bytes too many", len(content))
	}
	return nil
}

// checkGrowth proves by x/mod's own proof that the older tree is the beginning of this one.
func checkGrowth(files read, tree tlog.Tree, hashes tlog.HashReader, log string) (int64, bool, error) {
	raw, err := files("checkpoint.old")
	if errors.Is(err, fs.ErrNotExist) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, err
	}
	old, err := openCheckpoint(raw, log, nil)
	if err != nil {
		return 0, false, fmt.Errorf("checkpoint.old: %w", err)
	}
	if old.N == 0 || old.N > tree.N {
		return 0, false, fmt.Errorf("checkpoint.old: the size %d isn't between 1 and %d", old.N, tree.N)
	}
	proof, err := tlog.ProveTree(tree.N, old.N, hashes)
	if err == nil {
		err = tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash)
	}
	if err != nil {
		return 0, false, fmt.Errorf("checkpoint.old: %w", err)
	}
	asked, err := checkRequest(files, old.N, tree, proof, log)
	return old.N, asked, err
}

// checkRequest compares habeas's request to a witness with the proof that x/mod makes: the same hashes in the same order.
func checkRequest(files read, old int64, tree tlog.Tree, proof tlog.TreeProof, log string) (bool, error) {
	raw, err := files("add-checkpoint")
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	lines, checkpoint, err := splitBundle(raw)
	if err != nil {
		return false, fmt.Errorf("add-checkpoint: %w", err)
	}
	stated, err := openCheckpoint(checkpoint, log, nil)
	if err != nil || stated != tree {
		return false, fmt.Errorf("add-checkpoint: not the log's checkpoint: %v", err)
	}
	from, err := cutNumber(lines[0], "old")
	if err != nil || from != old {
		return false, fmt.Errorf("add-checkpoint: not from the size %d: %v", old, err)
	}
	hashes, err := decodeHashes(lines[1:])
	if err != nil {
		return false, fmt.Errorf("add-checkpoint: %w", err)
	}
	if fmt.Sprint(hashes) != fmt.Sprint([]tlog.Hash(proof)) {
		return false, errors.New("add-checkpoint: not the hashes of x/mod's proof")
	}
	return true, nil
}

func checkProof(files read, log string, witnesses []string) (bool, error) {
	raw, err := files("entry.tlog-proof")
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	entry, missing := files("entry")
	if err != nil || missing != nil {
		return false, fmt.Errorf("entry: %v %v", err, missing)
	}
	lines, checkpoint, err := splitBundle(raw)
	if err != nil || len(lines) < 2 || lines[0] != proofHeader {
		return false, fmt.Errorf("entry.tlog-proof: not a proof: %v", err)
	}
	tree, err := openCheckpoint(checkpoint, log, witnesses)
	if err != nil {
		return false, fmt.Errorf("entry.tlog-proof: %w", err)
	}
	if strings.HasPrefix(lines[1], "extra ") && len(lines) > 2 {
		lines = lines[1:] // by its definition nobody vouches for it
	}
	index, err := cutNumber(lines[1], "index")
	if err != nil {
		return false, fmt.Errorf("entry.tlog-proof: %w", err)
	}
	path, err := decodeHashes(lines[2:])
	if err == nil {
		err = tlog.CheckRecord(path, tree.N, tree.Hash, index, tlog.RecordHash(entry))
	}
	if err != nil {
		return false, fmt.Errorf("entry.tlog-proof: %w", err)
	}
	return true, nil
}

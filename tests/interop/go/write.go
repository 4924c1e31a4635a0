package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const origin = "go.example/log"

// write publishes a log made by Go alone: checkpoint, checkpoint.old (of the first half), tiles, bundles, and a proof of the last entry.
func write(dir string, size int64, seed string) error {
	signer, vkey, err := newSigner(seed)
	if err != nil {
		return err
	}
	stored := storedHashes{}
	for i := int64(0); i < size; i++ {
		hashes, err := tlog.StoredHashes(i, goEntry(i), stored)
		if err != nil {
			return err
		}
		stored.add(hashes)
	}
	files := fileSet{"log.vkey": []byte(vkey)}
	err = publishTree(files, stored, signer, size)
	if err == nil {
		err = publishProof(files, stored, size)
	}
	if err != nil {
		return err
	}
	return files.save(dir)
}

// goEntry is some bytes that differ in content and length; entry 0 is empty, as the format allows.
func goEntry(i int64) []byte {
	return bytes.Repeat([]byte(fmt.Sprintf("entry %d written by Go\n", i)), int(i%4))
}

// storedHashes keeps every hash of the tree at its index in x/mod's order.
type storedHashes map[int64]tlog.Hash

func (s storedHashes) add(hashes []tlog.Hash) {
	for _, hash := range hashes {
		s[int64(len(s))] = hash
	}
}

func (s storedHashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		hash, there := s[index]
		if !there {
			return nil, fmt.Errorf("no hash %d", index)
		}
		hashes[i] = hash
	}
	return hashes, nil
}

func newSigner(seed string) (note.Signer, string, error) {
	raw, err := hex.DecodeString(seed)
	if err != nil || len(raw) != ed25519.SeedSize {
		return nil, "", errors.New("expected a seed of 32 bytes in hexadecimal")
	}
	vkey, err := note.NewEd25519VerifierKey(origin, ed25519.NewKeyFromSeed(raw).Public().(ed25519.PublicKey))
	if err != nil {
		return nil, "", err
	}
	id := strings.Split(vkey, "+")[1]
	material := base64.StdEncoding.EncodeToString(append([]byte{1}, raw...))
	signer, err := note.NewSigner(fmt.Sprintf("PRIVATE+KEY+%s+%s+%s", origin, id, material))
	return signer, vkey, err
}

func signTree(hashes tlog.HashReader, signer note.Signer, size int64) ([]byte, error) {
	root, err := tlog.TreeHash(size, hashes)
	if err != nil {
		return nil, err
	}
	return note.Sign(&note.Note{Text: fmt.Sprintf("%s\n%d\n%s\n", origin, size, root)}, signer)
}

func publishTree(files fileSet, hashes tlog.HashReader, signer note.Signer, size int64) error {
	var err error
	if files["checkpoint"], err = signTree(hashes, signer, size); err != nil {
		return err
	}
	if files["checkpoint.old"], err = signTree(hashes, signer, (size+1)/2); err != nil {
		return err
	}
	for _, tile := range tlog.NewTiles(tileHeight, 0, size) {
		path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", tileHeight), "tile/", 1)
		if files[path], err = tlog.ReadTileData(tile, hashes); err != nil {
			return err
		}
	}
	for first := int64(0); first < size; first += tileWidth {
		publishBundle(files, first, size)
	}
	return nil
}

func publishBundle(files fileSet, first, size int64) {
	var content bytes.Buffer
	width := 0
	for i := first; i < size && width < tileWidth; i++ {
		entry := goEntry(i)
		binary.Write(&content, binary.BigEndian, uint16(len(entry)))
		content.Write(entry)
		width++
	}
	files[bundlePath(first/tileWidth, width)] = content.Bytes()
}

func publishProof(files fileSet, hashes tlog.HashReader, size int64) error {
	path, err := tlog.ProveRecord(size, size-1, hashes)
	if err != nil {
		return err
	}
	var content bytes.Buffer
	fmt.Fprintf(&content, "%s\nindex %d\n", proofHeader, size-1)
	for _, hash := range path {
		fmt.Fprintf(&content, "%s\n", hash)
	}
	content.WriteByte('\n')
	content.Write(files["checkpoint"])
	files["entry.tlog-proof"], files["entry"] = content.Bytes(), goEntry(size-1)
	return nil
}

func (files fileSet) save(dir string) error {
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const cosignatureV1 = 4 // the signature type of C2SP tlog-cosignature for Ed25519

// A cosigner verifies timestamped Ed25519 cosignatures, which x/mod doesn't know: 8 bytes of time, then the signature.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.hash }

func (c cosigner) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	signed := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(signature), text)
	return ed25519.Verify(c.key, []byte(signed), signature[8:])
}

// newCosigner reads a witness's vkey: name+id+base64(type || key), the id being the start of SHA-256(name || \n || type || key).
func newCosigner(vkey string) (note.Verifier, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("a witness's key has three parts")
	}
	material, err := decode(parts[2])
	if err != nil || len(material) != 1+ed25519.PublicKeySize || material[0] != cosignatureV1 {
		return nil, errors.New("expected an Ed25519 cosignature key")
	}
	id := sha256.Sum256(append([]byte(parts[0]+"\n"), material...))
	if hex.EncodeToString(id[:4]) != parts[1] {
		return nil, errors.New("the key id isn't that of the key")
	}
	return cosigner{parts[0], binary.BigEndian.Uint32(id[:]), material[1:]}, nil
}

func verifiers(log string, witnesses []string) ([]note.Verifier, error) {
	first, err := note.NewVerifier(log)
	if err != nil {
		return nil, err
	}
	all := []note.Verifier{first}
	for _, vkey := range witnesses {
		witness, err := newCosigner(vkey)
		if err != nil {
			return nil, err
		}
		all = append(all, witness)
	}
	return all, nil
}

// openCheckpoint returns the tree that raw states, signed by the log and by every witness.
func openCheckpoint(raw []byte, log string, witnesses []string) (tlog.Tree, error) {
	keys, err := verifiers(log, witnesses)
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open(raw, note.VerifierList(keys...))
	if err != nil {
		return tlog.Tree{}, err
	}
	if len(opened.Sigs) != len(keys) {
		return tlog.Tree{}, fmt.Errorf("%d of the %d keys signed", len(opened.Sigs), len(keys))
	}
	for _, signature := range append(opened.Sigs, opened.UnverifiedSigs...) {
		if _, err := decode(signature.Base64); err != nil {
			return tlog.Tree{}, err
		}
	}
	return parseTree(opened.Text, keys[0].Name())
}

var decimal = regexp.MustCompile(`^(0|[1-9][0-9]{0,17})$`)

func parseNumber(text string) (int64, error) {
	if !decimal.MatchString(text) {
		return 0, fmt.Errorf("%q isn't a decimal number", text)
	}
	return strconv.ParseInt(text, 10, 64)
}

// parseTree reads origin, size and root, and refuses anything beside them.
func parseTree(text, origin string) (tlog.Tree, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[3] != "" || lines[0] != origin {
		return tlog.Tree{}, errors.New("a checkpoint has three lines: the log's origin, a size and a root")
	}
	size, err := parseNumber(lines[1])
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := decodeHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// decode takes canonical base64 only; Go's own decoder skips line ends and ignores loose bits.
func decode(text string) ([]byte, error) {
	raw, err := base64.StdEncoding.DecodeString(text)
	if err == nil && base64.StdEncoding.EncodeToString(raw) != text {
		err = errors.New("base64 that isn't canonical")
	}
	return raw, err
}

func decodeHash(text string) (tlog.Hash, error) {
	raw, err := decode(text)
	if err == nil && len(raw) != tlog.HashSize {
		err = fmt.Errorf("a hash of %d bytes", len(raw))
	}
	if err != nil {
		return tlog.Hash{}, err
	}
	return *(*tlog.Hash)(raw), nil
}

// A bundle is what precedes a checkpoint in a .tlog-proof or in a request of a witness: its lines, then the checkpoint itself.
func splitBundle(raw []byte) ([]string, []byte, error) {
	head, checkpoint, found := bytes.Cut(raw, []byte("\n\n"))
	if !found {
		return nil, nil, errors.New("no empty line before the checkpoint")
	}
	return strings.Split(string(head), "\n"), checkpoint, nil
}

func decodeHashes(lines []string) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(lines))
	for i, line := range lines {
		var err error
		if hashes[i], err = decodeHash(line); err != nil {
			return nil, err
		}
	}
	return hashes, nil
}

func cutNumber(line, word string) (int64, error) {
	if !strings.HasPrefix(line, word+" ") {
		return 0, fmt.Errorf("%q: expected %q and a number", line, word)
	}
	return parseNumber(line[len(word)+1:])
}

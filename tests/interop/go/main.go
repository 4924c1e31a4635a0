// Command tlogcheck verifies a log that habeas published, and writes one for habeas to verify.
//
// It shares no code with habeas: the hashing, the tiles and the proofs are golang.org/x/mod/sumdb/tlog's, the signed notes
// golang.org/x/mod/sumdb/note's, the rest is Go's standard library. What only C2SP defines (entry bundles, tile paths without the
// height, cosignatures, .tlog-proof and add-checkpoint files) is read here, strictly.
//
//	tlogcheck check  -dir DIR -log VKEY [-witness VKEY]...
//	tlogcheck tamper -dir DIR -log VKEY [-witness VKEY]...   < lines of "path bit"
//	tlogcheck write  -dir DIR -size N -seed HEX
//
// DIR holds `checkpoint` and `tile/`; `checkpoint.old`, `add-checkpoint` and `entry.tlog-proof` with `entry` are checked where they
// are present. `tamper` flips one bit of one file at a time, in memory, and repeats the whole check: every line it prints must say refused.
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "tlogcheck:", err)
		os.Exit(1)
	}
}

func run(arguments []string) error {
	if len(arguments) == 0 {
		return errors.New("expected a command: check, tamper or write")
	}
	flags := flag.NewFlagSet(arguments[0], flag.ContinueOnError)
	var witnesses keyList
	dir := flags.String("dir", "", "the folder of the log")
	log := flags.String("log", "", "the log's verifier key")
	size := flags.Int64("size", 0, "how many entries to write")
	seed := flags.String("seed", "", "32 bytes in hexadecimal: the private key of the log that is written")
	flags.Var(&witnesses, "witness", "a witness's verifier key; every one that is given must have cosigned")
	if err := flags.Parse(arguments[1:]); err != nil {
		return err
	}
	switch arguments[0] {
	case "check":
		return check(*dir, *log, witnesses)
	case "tamper":
		return tamper(*dir, *log, witnesses)
	case "write":
		return write(*dir, *size, *seed)
	}
	return fmt.Errorf("%q: expected check, tamper or write", arguments[0])
}

type keyList []string

func (l *keyList) String() string         { return strings.Join(*l, " ") }
func (l *keyList) Set(value string) error { *l = append(*l, value); return nil }

func check(dir, log string, witnesses []string) error {
	files, err := load(dir)
	if err != nil {
		return err
	}
	found, err := verify(files.read, log, witnesses)
	if err != nil {
		return err
	}
	fmt.Printf("%+v\n", found)
	return nil
}

// A fileSet is a whole log in memory, so that hundreds of tamperings need no copy on disk.
type fileSet map[string][]byte

func load(dir string) (fileSet, error) {
	files := fileSet{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err == nil {
			files[filepath.ToSlash(name)], err = os.ReadFile(path)
		}
		return err
	})
	return files, err
}

func (files fileSet) read(path string) ([]byte, error) {
	content, there := files[path]
	if !there {
		return nil, fs.ErrNotExist
	}
	return content, nil
}

// flipped reads like files, but with one bit of one file the other way round.
func (files fileSet) flipped(path string, bit int) func(string) ([]byte, error) {
	return func(asked string) ([]byte, error) {
		content, err := files.read(asked)
		if err != nil || asked != path {
			return content, err
		}
		changed := append([]byte(nil), content...)
		changed[bit/8] ^= 1 << (bit % 8)
		return changed, nil
	}
}

type tampering struct {
	path string
	bit  int
	said string
}

// tamper repeats the check with each of the bits named on the standard input flipped, two at a time.
func tamper(dir, log string, witnesses []string) error {
	files, err := load(dir)
	if err != nil {
		return err
	}
	if _, err := verify(files.read, log, witnesses); err != nil {
		return fmt.Errorf("before any tampering: %w", err)
	}
	asked, err := tamperings(files)
	if err != nil {
		return err
	}
	var working sync.WaitGroup
	places := make(chan struct{}, 2)
	for i := range asked {
		working.Add(1)
		places <- struct{}{}
		go func(one *tampering) {
			defer func() { <-places; working.Done() }()
			one.said = "ACCEPTED"
			if _, err := verify(files.flipped(one.path, one.bit), log, witnesses); err != nil {
				one.said = "refused: " + err.Error()
			}
		}(&asked[i])
	}
	working.Wait()
	for _, one := range asked {
		fmt.Printf("%s %d %s\n", one.path, one.bit, strings.ReplaceAll(one.said, "\n", " "))
	}
	return nil
}

func tamperings(files fileSet) ([]tampering, error) {
	var asked []tampering
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var one tampering
		if _, err := fmt.Sscanf(lines.Text(), "%s %d", &one.path, &one.bit); err != nil {
			return nil, fmt.Errorf("%q: expected a path and the number of a bit: %w", lines.Text(), err)
		}
		if content, err := files.read(one.path); err != nil || one.bit < 0 || one.bit >= 8*len(content) {
			return nil, fmt.Errorf("%q: no such bit", lines.Text())
		}
		asked = append(asked, one)
	}
	return asked, lines.Err()
}

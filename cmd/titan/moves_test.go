package main

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// moves runs `titan moves` on the fixture: golden and now are the JSON of some stacks before and after a change.
func (b *bench) moves(t *testing.T, golden, now map[string]string) int {
	t.Helper()
	o := movesOptions{run: b.options, golden: "golden", readFile: func(name string) ([]byte, error) {
		stack, isGolden := strings.CutSuffix(filepath.Base(name), ".json")
		text, ok := golden[stack]
		if filepath.Dir(name) != "golden" || !isGolden {
			text, ok = now[filepath.Base(filepath.Dir(name))]
		}
		if !ok {
			return nil, fs.ErrNotExist
		}
		return []byte(text), nil
	}}
	command, _, err := newRoot(b.terminal).Find([]string{"moves"})
	if err != nil {
		t.Fatal(err)
	}
	return exitCode(t.Context(), runMoves(t.Context(), o), b.terminal, command)
}

func TestMovesPrintsRowsOnceAndWhatItCantTell(t *testing.T) {
	b := newBench("")
	golden := `{"resource": {"aws_s3_bucket": {"old": {"bucket": "files"}}, "aws_eip": {"a": {}, "b": {}}}}`
	now := `{"resource": {"aws_s3_bucket": {"new": {"bucket": "files"}}, "aws_eip": {"b": {}, "c": {}, "d": {}}}}`
	code := b.moves(t, map[string]string{"prod": golden, "prod-dr": golden, "prod.second": golden},
		map[string]string{"prod": now, "prod-dr": now, "prod.second": golden})
	if code != exitDone {
		t.Errorf("exit code %d\n%s", code, b.err.String())
	}
	expect(t, "what is printed", b.out.String(), `synthesized local, new, prod, prod-dr in 0 s
renamed
  {Stack: order.Environment, From: "aws_s3_bucket.old", To: "aws_s3_bucket.new"},
not told apart
  prod: aws_eip.a is gone: destroyed, or now aws_eip.c or aws_eip.d
  prod-dr: aws_eip.a is gone: destroyed, or now aws_eip.c or aws_eip.d
`)
}

func TestMovesSaysThatNothingWasRenamed(t *testing.T) {
	b := newBench("")
	same := map[string]string{"prod": `{"resource": {"aws_s3_bucket": {"old": {"bucket": "files"}}}}`}
	if code := b.moves(t, same, same); code != exitDone {
		t.Errorf("exit code %d\n%s", code, b.err.String())
	}
	expect(t, "what is printed", b.out.String(), "synthesized local, new, prod, prod-dr in 0 s\nnothing was renamed\n")
}

func TestMovesRefusesAFolderWithoutGoldenFiles(t *testing.T) {
	b := newBench("")
	if code := b.moves(t, nil, nil); code != exitUsage {
		t.Errorf("exit code %d, want %d", code, exitUsage)
	}
	expect(t, "the error", b.err.String(), "--golden: \"golden\" has the golden file of no stack, such as "+
		"bootstrap.emulated.eu-west-1.json; `make golden` writes them\n\nusage: titan moves [flags]\nhelp:  titan moves --help\n")
}

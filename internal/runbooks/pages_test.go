package runbooks

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/emulator"
)

const root = "../.."

func pages(t *testing.T) []Page {
	t.Helper()
	pages, err := Read(filepath.Join(root, "docs"))
	if err != nil || len(pages) < 20 {
		t.Fatal(len(pages), err)
	}
	return pages
}

// eachCommand calls judge with all commands of the documentation that a program runs, and fails for none.
func eachCommand(t *testing.T, program string, judge func(Command)) {
	t.Helper()
	judged := 0
	for _, page := range pages(t) {
		commands, err := Commands(page)
		if err != nil {
			t.Error(err)
		}
		for _, command := range commands {
			if command.Words[0] == program && len(command.Words) > 1 {
				judged++
				judge(command)
			}
		}
	}
	if judged == 0 {
		t.Errorf("no page has a command of %s", program)
	}
}

func newAWS(t *testing.T) *AWS {
	t.Helper()
	data, err := emulator.Botocore(context.Background(), filepath.Join(root, ".titan"))
	if err != nil {
		t.Fatal(err)
	}
	return NewAWS(data)
}

func newNames(t *testing.T) *Names {
	t.Helper()
	names, err := ReadNames(filepath.Join(root, "tests", "golden"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestTheAWSCLITakesTheCommands(t *testing.T) {
	aws := newAWS(t)
	eachCommand(t, "aws", func(command Command) {
		for _, wrong := range aws.Mistakes(command) {
			t.Errorf("%s: %s: %s", command.Where, strings.Join(command.Words, " "), wrong)
		}
	})
}

// helps remember what the programs say, which takes each of them a second a command.
var helps = map[string]*Help{
	"terraform": Terraform(), "npx": CDKTF(filepath.Join(root, "node_modules", ".bin", "cdktf")),
}

func TestTerraformAndItsCDKTakeTheCommands(t *testing.T) {
	for program, help := range helps {
		eachCommand(t, program, func(command Command) {
			mistakes, err := help.Mistakes(t.Context(), command)
			if err != nil {
				t.Fatal(err)
			}
			for _, wrong := range mistakes {
				t.Errorf("%s: %s: %s", command.Where, strings.Join(command.Words, " "), wrong)
			}
		})
	}
}

// Targets and variables of make are the Makefile's.
func TestTheMakefileTakesTheCommands(t *testing.T) {
	makefile, err := os.ReadFile(filepath.Join(root, "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	eachCommand(t, "make", func(command Command) {
		for _, wrong := range MakeMistakes(string(makefile), command) {
			t.Errorf("%s: %s: %s", command.Where, strings.Join(command.Words, " "), wrong)
		}
	})
}

// A page of the samples' names has none that the synthesized JSON lacks. Pages outside of docs/runbooks have examples
// of other people's names, too; there, commands alone are looked at.
func TestNamesAreTheStacks(t *testing.T) {
	names := newNames(t)
	for _, page := range pages(t) {
		commands, err := Commands(page)
		if err != nil {
			t.Fatal(err)
		}
		var made []string
		for _, command := range commands {
			made = append(made, Made(command)...)
		}
		for _, block := range page.Blocks {
			made = append(made, MadeBySettings(block)...)
		}
		for _, command := range commands {
			for _, unknown := range names.UnknownStacks(command) {
				t.Errorf("%s: %s: there is no stack %s", command.Where, strings.Join(command.Words, " "), unknown)
			}
		}
		if !strings.HasPrefix(page.Path, "runbooks/") && page.Path != "outages.md" && page.Path != "access.md" {
			continue
		}
		for _, block := range page.Blocks {
			for _, unknown := range names.Unknown(block.Text, made) {
				t.Errorf("docs/%s:%d: no stack has %s", page.Path, block.Line, unknown)
			}
		}
		for _, span := range page.Spans {
			for _, unknown := range names.Unknown(span.Text, made) {
				t.Errorf("docs/%s:%d: no stack has %s", page.Path, span.Line, unknown)
			}
		}
	}
}

func TestRunbooksHaveOneForm(t *testing.T) {
	for _, page := range pages(t) {
		if !page.IsRunbook() {
			continue
		}
		if len(page.Procedures()) == 0 {
			t.Errorf("docs/%s has no procedure", page.Path)
		}
		for _, wrong := range page.OutOfForm() {
			t.Error(wrong)
		}
	}
}

// Each block of shell in a runbook says which test runs it, or that it needs AWS itself.
func TestEachBlockIsRunByATestOrNeedsAWS(t *testing.T) {
	tests := testsOfTheProject(t)
	for _, page := range pages(t) {
		for _, block := range page.Blocks {
			if !page.IsRunbook() || block.Language != "sh" {
				continue
			}
			ran, err := block.Ran()
			if err != nil {
				t.Errorf("docs/%s:%d: %v", page.Path, block.Line, err)
			}
			for _, test := range ran {
				if !slices.Contains(tests, test) {
					t.Errorf("docs/%s:%d: there is no %s", page.Path, block.Line, test)
				}
			}
			// zsh, which is macOS's, takes an interactive comment for words.
			if strings.Contains(block.Text, " # ") || strings.HasPrefix(block.Text, "# ") {
				t.Errorf("docs/%s:%d: a comment is pasted along: say it in the text", page.Path, block.Line)
			}
		}
	}
}

func testsOfTheProject(t *testing.T) []string {
	t.Helper()
	var tests []string
	for _, folder := range []string{"cmd", "internal", "tests", "modules", "environments", "stacks"} {
		err := filepath.WalkDir(filepath.Join(root, folder), func(path string, _ os.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, "_test.go") {
				return err
			}
			content, err := os.ReadFile(path)
			for _, found := range regexp.MustCompile(`(?m)^func (Test\w+)\(`).FindAllStringSubmatch(string(content), -1) {
				tests = append(tests, found[1])
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return tests
}

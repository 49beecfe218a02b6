package tests

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/stacks/order"
	"github.com/titan-platform/titan/tests/platformtest"
)

const (
	designPage  = "../docs/design.md"
	tableBegins = "<!-- the table of stacks, written by make golden -->\n"
	tableEnds   = "<!-- end of the table -->\n"
)

// TestTheDesignHasTheTableOfStacks holds the page against what is synthesized for the pair of production: where each
// stack lives, where its state lies, what it reads when it is planned, and what it only names.
func TestTheDesignHasTheTableOfStacks(t *testing.T) {
	pageHasTable(t, designPage, tableBegins, tableOfStacks(t))
}

// pageHasTable fails unless a page of the documentation has a table after the line that announces it; make
// golden writes it there.
func pageHasTable(t *testing.T, page, begins, want string) {
	t.Helper()
	content, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(content), begins)
	have, after, ended := strings.Cut(rest, tableEnds)
	if !found || !ended {
		t.Fatalf("%s has no place for the table: %q … %q", page, begins, tableEnds)
	}
	if platformtest.Updating() {
		if err := os.WriteFile(page, []byte(before+begins+want+tableEnds+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if have != want {
		t.Errorf("%s is stale; run: make golden\nhas\n%s\nwant\n%s", page, have, want)
	}
}

func tableOfStacks(t *testing.T) string {
	t.Helper()
	var table strings.Builder
	table.WriteString(
		"| stack | region | state in | resources | reads | names only |\n| --- | --- | --- | --- | --- | --- |\n")
	for _, one := range ofThePair() {
		resources, state := 0, string(one.StateRegion)
		for _, kind := range stack(t, one.Name).Types() {
			resources += len(stack(t, one.Name).Resources(kind))
		}
		if state == "" {
			state = "a local file"
		}
		reads := readBy(t, one.Name)
		names := slices.DeleteFunc(namedBy(t, one.Name), func(name string) bool { return slices.Contains(reads, name) })
		fmt.Fprintf(&table, "| `%s` | %s | %s | %d | %s | %s |\n",
			one.Name, one.Region, state, resources, quoted(reads), quoted(names))
	}
	return table.String()
}

// ofThePair are the stacks of production and its standby.
func ofThePair() []order.Stack {
	return slices.DeleteFunc(order.All(loaded), func(s order.Stack) bool {
		return s.Environment != "prod" && s.Environment != "prod-dr"
	})
}

func quoted(names []string) string {
	for i, name := range names {
		names[i] = "`" + name + "`"
	}
	return strings.Join(names, ", ")
}

// readBy are the stacks whose things a stack asks for when it is planned: by its data sources.
func readBy(t *testing.T, name string) []string {
	t.Helper()
	one := stack(t, name)
	var read []string
	for _, state := range one.Blocks("data", "terraform_remote_state") {
		read = append(read, strings.TrimSuffix(fmt.Sprint(state.At("config.key")), "/terraform.tfstate"))
	}
	for _, lookup := range []struct{ data, key, made, attribute string }{
		{"aws_route53_zone", "name", "aws_route53_zone", "name"},
		{"aws_secretsmanager_secret_version", "secret_id", "aws_secretsmanager_secret", "name"},
		{"aws_ssm_parameter", "name", "aws_ssm_parameter", "name"},
	} {
		for _, block := range one.Blocks("data", lookup.data) {
			for _, other := range ofThePair() {
				for _, made := range stack(t, other.Name).Resources(lookup.made) {
					if made.At(lookup.attribute) == block.At(lookup.key) && other.Name != name {
						read = append(read, other.Name)
					}
				}
			}
		}
	}
	slices.Sort(read)
	return slices.Compact(read)
}

// naming are the attributes that hold what a resource is called.
var naming = []string{
	"name", "bucket", "alarm_name", "identifier", "cluster_identifier", "db_cluster_snapshot_identifier",
	"replication_group_id",
}

// word is a name as it stands in the JSON of another stack: in an ARN, in a list, in a text.
var word = regexp.MustCompile(`[A-Za-z0-9][A-Za-z0-9/_.-]*[A-Za-z0-9]`)

// ours is a name that no other stack can have.
var ours = regexp.MustCompile(`^[A-Za-z0-9/_.-]*(titan-|birthday-db-|origin\.)[A-Za-z0-9/_.-]+$`)

// namedBy are the stacks whose things a stack names, without asking for them.
func namedBy(t *testing.T, name string) []string {
	t.Helper()
	words := map[string]bool{}
	resources := synth.Text(stack(t, name).Root["resource"]) // not the backend, which is every stack's
	for _, found := range word.FindAllString(resources, -1) {
		words[found] = true
		for _, part := range strings.Split(found, "/") {
			words[part] = true
		}
	}
	var named []string
	for _, other := range ofThePair() {
		if other.Name == name {
			continue
		}
		for made := range madeBy(t, other.Name) {
			if words[made] && !madeBy(t, name)[made] {
				named = append(named, other.Name)
				break
			}
		}
	}
	slices.Sort(named)
	return slices.Compact(named)
}

// madeBy are the names of what a stack makes.
func madeBy(t *testing.T, name string) map[string]bool {
	t.Helper()
	made := map[string]bool{}
	for _, kind := range stack(t, name).Types() {
		for _, block := range stack(t, name).Resources(kind) {
			for _, attribute := range naming {
				if attribute == "bucket" && kind != "aws_s3_bucket" { // there it is whose settings they are
					continue
				}
				// What carries no name of ours, such as a policy called `replicate`, is not told from another of that name.
				if text, ok := block.At(attribute).(string); ok && ours.MatchString(text) {
					made[strings.TrimPrefix(text, "alias/")] = true
				}
			}
		}
	}
	return made
}

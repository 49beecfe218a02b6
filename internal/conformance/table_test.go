package conformance

import (
	"reflect"
	"strings"
	"testing"
)

const table = "# A page\n\nText.\n\n## First\n\n```yaml dev\nedge: {waf: {mode: block}}\n```\n\n" +
	"| case | request | origin answers | client gets | kept |\n| --- | --- | --- | --- | --- |\n" +
	"| a | GET `/a` | 200 | 200 origin | 10 s |\n\n## Second\n\n```yaml prod\ndns:\n  name: a\n```\n\n" +
	"| case | request | origin answers | client gets | kept | origin is sent |\n| --- | --- | --- | --- | --- | --- |\n" +
	"| b | GET {name} | 200 | 200 {zone} | - | host={name} |\n"

func TestParse(t *testing.T) {
	got, err := Parse("page.md", table)
	if err != nil {
		t.Fatal(err)
	}
	want := []Section{
		{File: "page.md", Title: "First", Environment: "dev", Settings: "edge: {waf: {mode: block}}\n", Rows: []Row{
			{Line: 13, Case: "a", Request: "GET /a", Origin: "200", Client: "200 origin", Kept: "10 s"},
		}},
		{File: "page.md", Title: "Second", Environment: "prod", Settings: "dns:\n  name: a\n", Rows: []Row{
			{
				Line: 24, Case: "b", Request: "GET {name}", Origin: "200", Client: "200 {zone}", Kept: "-",
				Sent: "host={name}",
			},
		}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	named := got[1].Rows[0].Named("api.example.com", "example.com")
	if named.Request != "GET api.example.com" || named.Client != "200 example.com" ||
		named.Sent != "host=api.example.com" {
		t.Errorf("named %+v", named)
	}
}

func TestParseRefuses(t *testing.T) {
	for want, change := range map[string][2]string{
		"page.md:13: 4 cells below a heading of 5": {"| 200 origin | 10 s |", "| 200 origin |"},
		`in an environment ""`:                     {"```yaml dev", "```yaml"},
		`section "First" has no rows`:              {"| a | GET `/a` | 200 | 200 origin | 10 s |\n", ""},
		"below a heading of 0":                     {"| case | request | origin answers | client gets | kept |\n", ""},
	} {
		changed := strings.Replace(table, change[0], change[1], 1)
		if changed == table {
			t.Fatalf("the table has no %q", change[0])
		}
		if got, err := Parse("page.md", changed); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %+v, %v", want, got, err)
		}
	}
}

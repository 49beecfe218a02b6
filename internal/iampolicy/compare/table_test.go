package compare

import (
	"slices"
	"strings"
	"testing"
)

// pair is two policies whose relation is known.
type pair struct {
	name          string
	before, after string
	want          Relation
	added         []string // what is newly allowed, as a reviewer reads it
}

// tables are the pairs by kind; each has a file.
var tables = map[string][]pair{
	"actions":    actionPairs,
	"conditions": conditionPairs,
	"denies":     denyPairs,
	"forms":      formPairs,
	"platform":   platformPairs,
	"principals": principalPairs,
	"resources":  resourcePairs,
	"trust":      trustPairs,
	"values":     valuePairs,
}

func TestPairs(t *testing.T) {
	for kind, pairs := range tables {
		t.Run(kind, func(t *testing.T) {
			for _, p := range pairs {
				t.Run(p.name, func(t *testing.T) { p.check(t) })
			}
		})
	}
}

func (p pair) check(t *testing.T) {
	got, err := Policies([]byte(p.before), []byte(p.after))
	if err != nil {
		t.Fatal(err)
	}
	var added []string
	for _, g := range got.Added {
		added = append(added, g.String())
	}
	if got.Relation != p.want || !slices.Equal(added, p.added) {
		t.Errorf("got %s, newly allowed:\n%s\nwant %s:\n%s",
			got.Relation, strings.Join(added, "\n"), p.want, strings.Join(p.added, "\n"))
	}
	// The other way round what was newly allowed is what no longer is.
	back, err := Policies([]byte(p.after), []byte(p.before))
	if err != nil {
		t.Fatal(err)
	}
	opposite := map[Relation]Relation{Equal: Equal, Narrower: Wider, Wider: Narrower, Incomparable: Incomparable}
	if back.Relation != opposite[got.Relation] && !unclear(got.Added) && !unclear(back.Added) {
		t.Errorf("%s one way, %s the other", got.Relation, back.Relation)
	}
}

func TestThereAreTwoHundredPairs(t *testing.T) {
	count, names := map[Relation]int{}, map[string]bool{}
	for kind, pairs := range tables {
		for _, p := range pairs {
			count[p.want]++
			if names[kind+p.name] {
				t.Errorf("%s: two pairs are called %q", kind, p.name)
			}
			names[kind+p.name] = true
		}
	}
	if len(names) < 200 {
		t.Errorf("%d pairs", len(names))
	}
	for _, relation := range []Relation{Equal, Narrower, Wider, Incomparable} {
		if count[relation] < 20 {
			t.Errorf("%d pairs are %s", count[relation], relation)
		}
	}
}

// document2012 is a policy document of the current version.
func document2012(statements ...string) string {
	return `{"Version":"2012-10-17","Statement":[` + strings.Join(statements, ",") + `]}`
}

func allow(elements string) string { return `{"Effect":"Allow",` + elements + `}` }
func deny(elements string) string  { return `{"Effect":"Deny",` + elements + `}` }

// identity is an identity policy of one statement; its elements stand without Effect.
func identity(elements string) string { return document2012(allow(elements)) }

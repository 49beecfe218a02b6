package pathproof

import (
	"encoding/json"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/stacks/order"
)

// golden is where the synthesized JSON of every stack lies.
const golden = "../../tests/golden/"

var loaded = sync.OnceValues(func() ([]environments.Environment, error) {
	return environments.Load("../../tests/fixtures/platform", "")
})

func all(t *testing.T) []environments.Environment {
	t.Helper()
	found, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func environment(t *testing.T, name string) environments.Environment {
	t.Helper()
	for _, e := range all(t) {
		if e.Name == name {
			return e
		}
	}
	t.Fatalf("no environment %q", name)
	return environments.Environment{}
}

// stacks are the decoded stacks of an account, by name; a test plants its mistakes in them.
type stacks map[string]map[string]any

func stacksOf(t *testing.T, account environments.Account) stacks {
	t.Helper()
	found := stacks{}
	for _, e := range all(t) {
		for _, stack := range order.Of(e) {
			if e.Account.ID != account.ID || found[stack.Name] != nil {
				continue
			}
			text, err := os.ReadFile(golden + stack.Name + ".json")
			if err != nil {
				t.Fatal(err)
			}
			var root map[string]any
			if err := json.Unmarshal(text, &root); err != nil {
				t.Fatal(err)
			}
			found[stack.Name] = root
		}
	}
	return found
}

// check reads the stacks and asks all invariants of an environment.
func (s stacks) check(t *testing.T, e environments.Environment) []Result {
	t.Helper()
	f := s.facts(t)
	return Check(f, f.ScopeOf(e, all(t)))
}

func (s stacks) facts(t *testing.T) *Facts {
	t.Helper()
	var texts []graph.Stack
	for name, root := range s {
		text, err := json.Marshal(root)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, graph.Stack{Name: name, JSON: text})
	}
	f, err := Read(texts...)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func (s stacks) of(stack, kind string) map[string]any {
	resources, _ := s[stack]["resource"].(map[string]any)
	if resources[kind] == nil {
		resources[kind] = map[string]any{}
	}
	found, _ := resources[kind].(map[string]any)
	return found
}

// id is the id of the resource of a type whose own begins so.
func (s stacks) id(stack, kind, begins string) string {
	for id := range s.of(stack, kind) {
		if strings.HasPrefix(id, begins) {
			return id
		}
	}
	panic(stack + " has no " + kind + " " + begins)
}

// get is the resource of a type whose id begins so.
func (s stacks) get(stack, kind, begins string) map[string]any {
	found, _ := s.of(stack, kind)[s.id(stack, kind, begins)].(map[string]any)
	return found
}

// ref is a reference to an attribute of the resource of dev whose id begins so.
func (s stacks) ref(kind, begins, attribute string) string {
	return "${" + kind + "." + s.id("dev", kind, begins) + "." + attribute + "}"
}

func (s stacks) plant(stack, kind string, body map[string]any) { s.of(stack, kind)["planted"] = body }

// replace changes a text in an argument of a resource.
func (s stacks) replace(stack, kind, begins, argument, old, new string) {
	block := s.get(stack, kind, begins)
	text, _ := block[argument].(string)
	if !strings.Contains(text, old) {
		panic(kind + "." + begins + ": " + argument + " has no " + old + "\n" + text)
	}
	block[argument] = strings.Replace(text, old, new, 1)
}

// allow adds a statement to the policy of a role.
func (s stacks) allow(stack, policy, action, resource string) {
	s.replace(stack, "aws_iam_role_policy", policy, "policy", `"Statement":[`,
		`"Statement":[{"Sid":"Planted","Effect":"Allow","Action":"`+action+`","Resource":"`+resource+`"},`)
}

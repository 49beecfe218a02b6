package compare

import (
	"encoding/json"
	"flag"
	"math/rand/v2"
	"testing"
)

var (
	pairs    = flag.Int("pairs", 500, "how many random pairs of policies are compared")
	requests = flag.Int("requests", 100, "how many random requests are evaluated with each pair")
	seed     = flag.Uint64("seed", 1, "where the random pairs begin")
)

// Nothing that a policy newly allows may be called equal or narrower, and nothing that it no longer allows equal or
// wider. The judge is an evaluation of concrete requests that shares no code with the comparison.
func TestNoRandomRequestContradictsTheRelation(t *testing.T) {
	random := generator{rand.New(rand.NewPCG(*seed, 14))}
	count := map[Relation]int{}
	shown := map[Relation]int{} // pairs of which a request shows the change
	for range *pairs {
		before := random.policy()
		after := random.changed(before)
		if random.IntN(3) == 0 {
			before, after = random.conditional()
		}
		if random.IntN(2) == 0 {
			before, after = after, before
		}
		old, changed := encodePolicy(t, before), encodePolicy(t, after)
		result, err := Policies([]byte(old), []byte(changed))
		if err != nil {
			t.Fatalf("%v\nbefore %s\nafter  %s", err, old, changed)
		}
		count[result.Relation]++
		grown, shrunk := random.witnesses(decode(t, old), decode(t, changed))
		if grown != nil && result.Relation != Wider && result.Relation != Incomparable {
			t.Fatalf("called %s, but newly allows %+v\nbefore %s\nafter  %s", result.Relation, *grown, old, changed)
		}
		if shrunk != nil && (result.Relation == Equal || result.Relation == Wider && !unclear(result.Added)) {
			t.Fatalf("called %s, but no longer allows %+v\nbefore %s\nafter  %s", result.Relation, *shrunk, old, changed)
		}
		if grown != nil || shrunk != nil {
			shown[result.Relation]++
		}
	}
	t.Logf("of each relation %v, shown by a request %v", count, shown)
	for _, relation := range []Relation{Equal, Narrower, Wider, Incomparable} {
		if *pairs >= 500 && count[relation] < *pairs/50 {
			t.Errorf("%d pairs of %d are %s: the random policies test too little of it", count[relation], *pairs, relation)
		}
	}
}

// The random requests find what a change opens: a relation that hid it would be contradicted.
func TestTheRandomRequestsFindWhatAChangeOpens(t *testing.T) {
	random := generator{rand.New(rand.NewPCG(1, 14))}
	statement := `"Principal":"*","Action":"s3:*","Resource":"*"`
	to := func(names string) string {
		return document2012(allow(`"Principal":{"AWS":` + names + `},"Action":"*","Resource":"*"`))
	}
	under := func(condition string) string { return document2012(allow(statement + `,"Condition":` + condition)) }
	for name, c := range map[string]struct{ before, after string }{
		"an action":   {``, document2012(allow(statement))},
		"a Deny":      {document2012(deny(statement)), ``},
		"a condition": {under(`{"Null":{"aws:SourceIp":"true"}}`), document2012(allow(statement))},
		"a missing key": {under(`{"Bool":{"aws:SecureTransport":"true"}}`),
			under(`{"BoolIfExists":{"aws:SecureTransport":"true"}}`)},
		"a role's grant": {to(`"111111111111"`), to(`["111111111111","arn:aws:iam::111111111111:role/r"]`)},
	} {
		found := false
		for range 100 {
			grown, _ := random.witnesses(decode(t, c.before), decode(t, c.after))
			found = found || grown != nil
		}
		if !found {
			t.Errorf("no random request shows %s", name)
		}
	}
}

// witnesses are requests to which one policy is kinder than the other.
func (g generator) witnesses(before, after document) (grown, shrunk *request) {
	for range *requests {
		r := g.request()
		was, is := before.decide(r), after.decide(r)
		if is > was {
			grown = &r
		}
		if is < was {
			shrunk = &r
		}
	}
	return grown, shrunk
}

func encodePolicy(t *testing.T, policy members) string {
	text, err := json.Marshal(policy)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

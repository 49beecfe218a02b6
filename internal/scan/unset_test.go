package scan

import "testing"

func TestWhatIsUnsetIsDropped(t *testing.T) {
	const plan = `{
		"planned_values": {"root_module": {"resources": [{"values": {
			"vpc": [], "comment": null, "name": "", "ttl": 0, "count": 12345678901234567890,
			"nested": [{"inner": [], "kept": false}, null, {}], "tags": {"empty": null}}}]}},
		"resource_changes": [{"change": {"actions": ["create"], "before": null, "after": {"vpc": [], "a": 1}}}],
		"configuration": {"root_module": {"resources": []}}
	}`
	const want = `{"configuration":{"root_module":{"resources":[]}},` +
		`"planned_values":{"root_module":{"resources":[{"values":{` +
		`"count":12345678901234567890,"name":"","nested":[{"kept":false},null,{}],"tags":{},"ttl":0}}]}},` +
		`"resource_changes":[{"change":{"actions":["create"],"after":{"a":1},"before":null}}]}`
	got, err := withoutUnset([]byte(plan))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestAPlanThatIsNoJSONIsAnError(t *testing.T) {
	if _, err := withoutUnset([]byte("Error: no plan")); err == nil {
		t.Error("taken for a plan")
	}
}

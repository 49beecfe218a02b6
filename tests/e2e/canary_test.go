//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/titan-platform/titan/internal/emulator"
)

// canary is a value that nobody else would write.
var canary = regexp.MustCompile(`CANARY[0-9]{34}`)

// canaries stand where AWS would make up passwords, and watch every call for them.
type canaries struct {
	mutex  sync.Mutex
	made   int
	bodies map[string]map[string]bool // by canary: the calls that carried it
}

// plant has an emulator make up canaries for passwords.
func plant(running *emulator.Emulator) *canaries {
	c := &canaries{bodies: map[string]map[string]bool{}}
	running.AddStandIn("secretsmanager", func(r *emulator.Request) *emulator.Reply {
		if r.Action != "GetRandomPassword" {
			return nil
		}
		c.mutex.Lock()
		defer c.mutex.Unlock()
		c.made++
		return &emulator.Reply{
			Status: http.StatusOK, Header: http.Header{"Content-Type": {"application/x-amz-json-1.1"}},
			Body: fmt.Appendf(nil, `{"RandomPassword":"CANARY%034d"}`, c.made),
		}
	})
	running.Watch(func(r *emulator.Request) {
		for _, found := range canary.FindAllString(string(r.Body)+r.Path, -1) {
			c.mutex.Lock()
			if c.bodies[found] == nil {
				c.bodies[found] = map[string]bool{}
			}
			c.bodies[found][r.Service+" "+r.Action] = true
			c.mutex.Unlock()
		}
	})
	return c
}

// value is what a secret holds, and what it held before.
func (d *deployment) value(t *testing.T, secret, stage string) string {
	t.Helper()
	status, answer := d.client(t).do(apiCall{service: "secretsmanager", target: "secretsmanager.GetSecretValue", body: map[string]any{"SecretId": secret, "VersionStage": stage}})
	var parsed struct{ SecretString string }
	if err := json.Unmarshal([]byte(answer), &parsed); err != nil || status != http.StatusOK {
		t.Fatalf("reading %s: %d %s", secret, status, answer)
	}
	return parsed.SecretString
}

func (d *deployment) client(t *testing.T) client {
	return client{t: t, url: d.emulator.URL(), region: string(d.Region)}
}

// loginsAreRenewed raises the versions of the logins, as docs/runbooks/secrets.md says, and looks for what was made up in all that Terraform
// writes: nothing holds it but the call that stores it.
func (d *deployment) loginsAreRenewed(t *testing.T, planted *canaries) {
	t.Helper()
	logins := []string{d.DatabaseSecret(), d.GrafanaSecret()}
	before := map[string]string{}
	for _, login := range logins {
		before[login] = d.value(t, login, "AWSCURRENT")
	}

	d.edit(t, "tier: development", "tier: development\nsecrets: {database: 2, grafana: 2}")
	_, err := d.stack.Plan(t.Context(), "logins.tfplan", "-refresh=false")
	must(t, err)
	want := []string{"aws_secretsmanager_secret_version.birthday-app_db_secret-value", "aws_secretsmanager_secret_version.secrets_grafana-value"}
	if actions := planned(t, d.stack, "logins.tfplan"); len(actions) != 1 || !slices.Equal(actions["delete create"], want) {
		t.Errorf("renewing the logins would %v, want to make the versions anew: %v", actions, want)
	}
	log := filepath.Join(t.TempDir(), "provider.log")
	traced := d.stack
	traced.Env = append(slices.Clone(d.stack.Env), "TF_LOG=TRACE", "TF_LOG_PATH="+log)
	must(t, traced.Apply(t.Context(), "logins.tfplan", parallelism))
	for _, login := range logins {
		if after := d.value(t, login, "AWSCURRENT"); after == before[login] || len(canary.FindAllString(after, -1)) != 1 {
			t.Errorf("%s was %s and is %s, want a new canary", login, before[login], after)
		}
		if kept := d.value(t, login, "AWSPREVIOUS"); kept != before[login] {
			t.Errorf("of %s the value before is not kept: %s", login, kept)
		}
	}
	d.nothingLeaked(t, planted, log)
	d.edit(t, "", "")
	must(t, change(t.Context(), d.stack)) // the file as it is: another version is a renewal too
}

// nothingLeaked searches what Terraform wrote. The origin header is found where docs/runbooks/origin.md says that it is, and nowhere else.
func (d *deployment) nothingLeaked(t *testing.T, planted *canaries, log string) {
	t.Helper()
	header := d.originHeader(t).accepted
	for _, file := range []string{filepath.Join(d.stack.Dir, "cdk.tf.json"), log} {
		content, err := os.ReadFile(file)
		must(t, err)
		if len(content) == 0 {
			t.Errorf("%s is empty", file)
		}
		if found := leaks(string(content), header); len(found) > 0 {
			t.Errorf("%s holds %v", filepath.Base(file), found)
		}
	}
	for _, plan := range []string{"first.tfplan", "logins.tfplan"} {
		shown, err := d.stack.ShowPlan(t.Context(), plan)
		must(t, err)
		if found := leaks(string(shown), header); len(found) > 0 {
			t.Errorf("the JSON of %s holds %v", plan, found)
		}
		// The first plan is made before there is a header.
		if where := holders(t, shown, header); plan != "first.tfplan" && !slices.Equal(where, headerHolders) {
			t.Errorf("the JSON of %s has the origin header at %q, want %q", plan, where, headerHolders)
		}
	}
	state, err := d.stack.Run(t.Context(), "state", "pull")
	must(t, err)
	if found := leaks(string(state), header); len(found) > 0 {
		t.Errorf("the state holds %v", found)
	}
	planted.mutex.Lock()
	defer planted.mutex.Unlock()
	for value, calls := range planted.bodies {
		for _, call := range slices.Sorted(maps.Keys(calls)) {
			if call != "secretsmanager PutSecretValue" && !slices.Contains(header, value) {
				t.Errorf("%s went out with %s", value, call)
			}
		}
	}
	if planted.made == 0 || len(planted.bodies) == 0 {
		t.Error("no canary was planted: this proves nothing")
	}
}

// leaks are the canaries in a text, without those that may be there.
func leaks(text string, allowed []string) []string {
	found := canary.FindAllString(text, -1)
	slices.Sort(found)
	return slices.DeleteFunc(slices.Compact(found), func(value string) bool { return slices.Contains(allowed, value) })
}

// headerHolders are the addresses of a plan of the environment's stack that hold the origin header.
var headerHolders = []string{
	"aws_lb_listener_rule.loadbalancer_from-cloudfront", "aws_lb_listener_rule.loadbalancer_not-serving",
	"data.aws_secretsmanager_secret_version.secrets_origin-header_a-read", "data.aws_secretsmanager_secret_version.secrets_origin-header_b-read",
}

// holders are the addresses, without hashes, of a plan's JSON that hold one of the values.
func holders(t *testing.T, plan []byte, values []string) []string {
	t.Helper()
	var parsed any
	must(t, json.Unmarshal(plan, &parsed))
	found := map[string]bool{}
	var walk func(value any, address string)
	walk = func(value any, address string) {
		switch value := value.(type) {
		case map[string]any:
			if own, ok := value["address"].(string); ok {
				address = own
			}
			for _, inner := range value {
				walk(inner, address)
			}
		case []any:
			for _, inner := range value {
				walk(inner, address)
			}
		case string:
			for _, secret := range values {
				if strings.Contains(value, secret) {
					found[hash.ReplaceAllString(address, "")] = true
				}
			}
		}
	}
	walk(parsed, "")
	return slices.Sorted(maps.Keys(found))
}

func TestTheSearchFindsAPlantedLeak(t *testing.T) {
	const password, header = "CANARY0000000000000000000000000000000001", "CANARY0000000000000000000000000000000002"
	plan := []byte(`{"planned_values":{"root_module":{"resources":[{"address":"aws_rds_cluster.aurora_12345678","values":{"tags":{"x":"postgres://u:` + password + `@h"}}},` +
		`{"address":"aws_lb_listener_rule.rule","values":{"v":["` + header + `"]}}]}}}`)
	if found := leaks(string(plan), []string{header}); !slices.Equal(found, []string{password}) {
		t.Errorf("found %v", found)
	}
	if where := holders(t, plan, []string{password}); !slices.Equal(where, []string{"aws_rds_cluster.aurora"}) {
		t.Errorf("at %v", where)
	}
}

//go:build e2e

package e2e

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sync/errgroup"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/terraform"
)

// originHeaderIsRenewed follows docs/runbooks/origin.md: renew the value that is not in use, switch to it, renew the
// other. At no time does the load balancer refuse what the distribution sends.
func (d *deployment) originHeaderIsRenewed(t *testing.T) {
	before := d.originHeader(t)
	steps := []struct {
		settings string
		active   environments.OriginSecret
		renewed  []string
	}{
		{"secrets: {origin_b: 2}", environments.OriginSecretA, []string{"b"}},
		{"secrets: {origin_b: 2}\nload_balancer: {origin_secret: b}", environments.OriginSecretB, nil},
		{"secrets: {origin_a: 2, origin_b: 2}\nload_balancer: {origin_secret: b}", environments.OriginSecretB, []string{"a"}},
	}
	for _, step := range steps {
		d.edit(t, "tier: development", "tier: development\n"+step.settings)
		must(t, change(t.Context(), d.stack))
		group, ctx := errgroup.WithContext(t.Context())
		group.Go(func() error { return planIsEmpty(ctx, t, d.stack) })
		group.Go(func() error { return converge(ctx, t, d.global) })
		must(t, group.Wait())
		after := d.originHeader(t)
		for i, which := range []string{"a", "b"} {
			if renewed := before.accepted[i] != after.accepted[i]; renewed != slices.Contains(step.renewed, which) {
				t.Errorf("%s: value %s renewed: %v", step.settings, which, renewed)
			}
		}
		if want := after.accepted[slices.Index([]string{"a", "b"}, string(step.active))]; after.sent != want {
			t.Errorf("%s: the distribution does not send value %s", step.settings, step.active)
		}
		// CloudFront takes minutes to change and the load balancer seconds: what was sent before a step is taken after it.
		if !slices.Contains(after.accepted, before.sent) {
			t.Errorf("%s: the load balancer refuses what the distribution sent until now", step.settings)
		}
		before = after
	}
	d.edit(t, "", "")
}

// header is the origin header as the state has it.
type header struct {
	accepted []string // by the load balancer: a, b
	sent     string   // by the distribution
}

// originHeader reads the header's values from the states, and fails where they are anywhere but where
// docs/runbooks/origin.md says they are.
func (d *deployment) originHeader(t *testing.T) header {
	t.Helper()
	var found header
	var where []string
	for _, workspace := range []terraform.Workspace{d.stack, d.global} {
		resources := pulled(t, workspace)
		values := map[string]string{}
		for _, r := range resources {
			if r.Mode == "data" && r.Type == "aws_secretsmanager_secret_version" {
				var attributes struct {
					Value string `json:"secret_string"`
				}
				must(t, json.Unmarshal(r.Instances[0].Attributes, &attributes))
				name := hash.ReplaceAllString(r.Name, "")
				values[name[strings.LastIndex(name, "_")+1:]] = attributes.Value
			}
		}
		found.accepted = []string{values["a-read"], values["b-read"]}
		for _, r := range resources {
			attributes := string(r.Instances[0].Attributes)
			for _, value := range found.accepted {
				if len(value) < 40 {
					t.Fatalf("origin header values %q", found.accepted)
				}
				if !strings.Contains(attributes, value) {
					continue
				}
				where = append(where, filepath.Base(workspace.Dir)+": "+r.Mode+" "+r.Type)
				if r.Type == "aws_cloudfront_distribution" {
					found.sent = value
				}
			}
		}
	}
	slices.Sort(where)
	own, global := d.Name+": ", d.Name+".global: "
	want := []string{
		global + "data aws_secretsmanager_secret_version", global + "data aws_secretsmanager_secret_version",
		global + "managed aws_cloudfront_distribution",
		own + "data aws_secretsmanager_secret_version", own + "data aws_secretsmanager_secret_version",
		own + "managed aws_lb_listener_rule", own + "managed aws_lb_listener_rule",
		own + "managed aws_lb_listener_rule", own + "managed aws_lb_listener_rule",
	}
	slices.Sort(want)
	if !slices.Equal(where, want) {
		t.Errorf("origin header values are at %v, want them at %v and nowhere else", where, want)
	}
	return found
}

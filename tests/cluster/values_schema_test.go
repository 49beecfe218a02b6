//go:build cluster

package cluster

import (
	"strings"
	"testing"
)

// missing is no value at all.
const missing = "\x00"

// Each case is one wrong value and the words that say so.
func TestAWrongValueIsRefusedInClearWords(t *testing.T) {
	for _, c := range []struct {
		value any
		path  string
		want  string
	}{
		{3, "replicas", "at '': additional properties 'replicas' not allowed"},
		{"LoadBalancer", "service.type", "at '': additional properties 'service' not allowed"},
		{true, "database.tls", "at '/database': additional properties 'tls' not allowed"},
		{"latest", "image.digest", "at '/image/digest': 'latest' does not match pattern '^sha256:[0-9a-f]{64}$'"},
		{"1.0", "image.tag", "at '/image': additional properties 'tag' not allowed"},
		{"8080", "port", "at '/port': got string, want integer"},
		{80, "port", "at '/port': minimum: got 80, want 1,024"},
		{[]string{}, "hosts", "at '/hosts': minItems: got 0, want 1"},
		{[]string{"https://api.example.com"}, "hosts", "at '/hosts/0': 'https://api.example.com' does not match pattern"},
		{"both", "database.login", "at '/database/login': value must be one of 'password', 'iam'"},
		{"", "database.credentials.secretName", "at '/database/credentials/secretName': minLength: got 0, want 1"},
		{"no certificate", "database.caBundle", "at '/database/caBundle': 'no certificate' does not match pattern"},
		{"drop table", "database.user", "at '/database/user': 'drop table' does not match pattern"},
		{"", "cache.user", "at '/cache/user': minLength: got 0, want 1"},
		{"", "serviceAccount.roleArn", "at '/serviceAccount/roleArn': minLength: got 0, want 1"},
		{"256", "resources.limits.memory", "at '/resources/limits/memory': '256' does not match pattern"},
		{[]string{"10.0.0.0"}, "network.dataCidrs", "at '/network/dataCidrs/0': '10.0.0.0' does not match pattern"},
		{missing, "database.writerHost", "at '/database': missing property 'writerHost'"},
		{2, "autoscaling.maxReplicas", "autoscaling.maxReplicas is 2, fewer than autoscaling.minReplicas, 3: raise the one or lower the other"},
	} {
		wrong := values(t, environment(t, "prod"), standIn)
		if c.value == missing {
			group, key, _ := strings.Cut(c.path, ".")
			delete(wrong[group].(object), key)
		} else {
			set(wrong, c.value, strings.Split(c.path, ".")...)
		}
		_, err := try(programs.Helm, "", "template", release, chart, "--values", file(t, wrong))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s = %v: %v\nwant %s", c.path, c.value, err, c.want)
		}
	}
}

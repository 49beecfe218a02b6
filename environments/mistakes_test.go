package environments

import (
	"strings"
	"testing"
)

// valid is a small production file that each mistake breaks in one way.
const valid = `tier: production
owner: platform
repository: titan-platform/titan
account: production
region: eu-west-1
second_region: eu-central-1
dns: {zone: titan.example.com, create_zone: true}
network:
  cidr: 10.30.0.0/16
cluster:
  version: "1.35"
  node_groups:
    - name: system
      instance_types: [m7i.xlarge]
  admins: ["arn:aws:iam::333333333333:role/platform-admin"]
`

// mistake is a change to a valid file, and all that the loader says of it.
type mistake struct {
	name string
	edit
	want string
}

// edit is a text of the valid file and what stands in its place.
type edit struct{ old, new string }

// add is another section.
func add(lines string) edit { return edit{"network:\n", lines + "\nnetwork:\n"} }

// inCluster is another setting of the cluster.
func inCluster(setting string) edit {
	const version = "  version: \"1.35\"\n"
	return edit{version, version + "  " + setting + "\n"}
}

// addToAccount is another setting of the account's file.
func addToAccount(lines string) edit {
	return edit{"region: eu-west-1\n", "region: eu-west-1\n" + lines + "\n"}
}

// in is the file with its mistake.
func (e edit) in(t testing.TB, file string) string {
	t.Helper()
	if !strings.Contains(file, e.old) {
		t.Fatalf("the valid file has no %q to change", e.old)
	}
	return strings.Replace(file, e.old, e.new, 1)
}

// mistakes are those of environment files, by kind.
var mistakes = map[string][]mistake{
	"text":              textMistakes,
	"syntax":            syntaxMistakes,
	"yaml":              yamlMistakes,
	"numbers":           numbersMistakes,
	"expressions":       expressionsMistakes,
	"form":              formMistakes,
	"environment":       environmentMistakes,
	"tags":              tagsMistakes,
	"several":           severalMistakes,
	"DNS":               dnsMistakes,
	"public names":      publicNamesMistakes,
	"zone":              zoneMistakes,
	"edge":              edgeMistakes,
	"web ACL":           wafMistakes,
	"timeouts":          timeoutMistakes,
	"callers":           callersMistakes,
	"behaviours":        behaviorMistakes,
	"redirects":         redirectMistakes,
	"network":           networkMistakes,
	"network access":    accessMistakes,
	"Grafana":           grafanaMistakes,
	"public endpoint":   endpointMistakes,
	"principals":        principalsMistakes,
	"nodes":             nodesMistakes,
	"application":       applicationMistakes,
	"database":          databaseMistakes,
	"cache":             cacheMistakes,
	"secrets":           secretsMistakes,
	"backup":            backupMistakes,
	"disaster recovery": recoveryMistakes,
	"alarms":            alarmsMistakes,
	"addresses":         addressesMistakes,
	"delivery":          deliveryMistakes,
}

func TestEveryMistakeHasItsMessage(t *testing.T) {
	count := len(accountMistakes)
	for kind, list := range mistakes {
		count += len(list)
		for _, m := range list {
			t.Run(kind+"/"+m.name, func(t *testing.T) {
				holdsComplaints(t, map[string]string{"prod.yaml": m.in(t, valid)}, m.want)
			})
		}
	}
	for _, m := range accountMistakes {
		t.Run("account/"+m.name, func(t *testing.T) {
			files := map[string]string{"prod.yaml": valid, "accounts/production.yaml": m.in(t, validAccount)}
			holdsComplaints(t, files, m.want)
		})
	}
	if count < 150 {
		t.Errorf("%d mistakes are tried; the loader promises more", count)
	}
}

// holdsComplaints fails unless Load says exactly what is wanted of a folder with these files.
func holdsComplaints(t *testing.T, files map[string]string, want string) {
	t.Helper()
	if got := complaints(t, files); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

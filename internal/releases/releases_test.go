package releases

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/metadata"
	"k8s.io/client-go/metadata/fake"
)

var now = time.Date(2026, time.November, 29, 12, 0, 0, 0, time.UTC)

// old is longer ago than anything that still runs.
const old = time.Hour

// revisions are the records of one release: their statuses, the first revision first, all written a time ago.
func revisions(namespace, name string, age time.Duration, statuses ...Status) []runtime.Object {
	var objects []runtime.Object
	for i, status := range statuses {
		written := strconv.FormatInt(now.Add(-age).Unix(), 10)
		objects = append(objects, &metav1.PartialObjectMetadata{
			TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Secret"},
			ObjectMeta: metav1.ObjectMeta{
				Namespace: namespace,
				Name:      "sh.helm.release.v1." + name + ".v" + strconv.Itoa(i+1),
				Labels: map[string]string{
					"owner": "helm", "name": name, "version": strconv.Itoa(i + 1), "status": string(status), "modifiedAt": written,
				},
			},
		})
	}
	return objects
}

func cluster(t *testing.T, objects ...runtime.Object) metadata.Interface {
	t.Helper()
	scheme := runtime.NewScheme()
	if err := metav1.AddMetaToScheme(scheme); err != nil {
		t.Fatal(err)
	}
	return fake.NewSimpleMetadataClient(scheme, objects...)
}

func left(t *testing.T, client metadata.Interface) []string {
	t.Helper()
	list, err := client.Resource(secrets).List(context.Background(), metav1.ListOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, item := range list.Items {
		names = append(names, strings.TrimPrefix(item.Name, "sh.helm.release.v1."))
	}
	slices.Sort(names)
	return names
}

func TestOnlyTheRecordThatIsInTheWayIsRemoved(t *testing.T) {
	for name, c := range map[string]struct {
		statuses []Status
		want     Mended
	}{
		"an install that was killed":          {[]Status{PendingInstall}, Mended{[]int{1}, 0}},
		"an install that failed":              {[]Status{Failed}, Mended{[]int{1}, 0}},
		"an install whose undoing was killed": {[]Status{Uninstalling}, Mended{[]int{1}, 0}},
		"an upgrade that was killed":          {[]Status{Superseded, Deployed, PendingUpgrade}, Mended{[]int{3}, 2}},
		"an upgrade after one that failed":    {[]Status{Deployed, Failed, PendingUpgrade}, Mended{[]int{3}, 2}},
		"a rollback that was killed": {[]Status{Superseded, Deployed, Failed, PendingRollback},
			Mended{[]int{4}, 3}},
		"an upgrade of an install that failed":     {[]Status{Failed, PendingUpgrade}, Mended{[]int{2, 1}, 0}},
		"a release that is well":                   {[]Status{Superseded, Deployed}, Mended{nil, 2}},
		"an upgrade that failed, which Helm takes": {[]Status{Deployed, Failed}, Mended{nil, 2}},
		"an uninstall of what was deployed":        {[]Status{Superseded, Uninstalling}, Mended{nil, 2}},
	} {
		other := revisions("monitoring", "grafana", old, Deployed, PendingUpgrade)
		client := cluster(t, append(other, revisions("traefik", "traefik", old, c.statuses...)...)...)
		all, err := List(t.Context(), client)
		if err != nil {
			t.Fatal(err)
		}
		release, err := Find(all, "traefik")
		if err != nil {
			t.Fatal(err)
		}
		got, err := Mend(t.Context(), client, release, old/2, now)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !slices.Equal(got.Removed, c.want.Removed) || got.Left != c.want.Left {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
		want := []string{"grafana.v1", "grafana.v2"}
		for i := range c.statuses {
			if !slices.Contains(c.want.Removed, i+1) {
				want = append(want, "traefik.v"+strconv.Itoa(i+1))
			}
		}
		if names := left(t, client); !slices.Equal(names, want) {
			t.Errorf("%s: left are %v, want %v", name, names, want)
		}
	}
}

func TestWhatMayStillRunIsLeft(t *testing.T) {
	client := cluster(t, revisions("traefik", "traefik", time.Minute, Deployed, PendingUpgrade)...)
	all, err := List(t.Context(), client)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Mend(t.Context(), client, all[0], 30*time.Minute, now)
	if err == nil ||
		!strings.Contains(err.Error(), "revision 2 of traefik is pending-upgrade for 1m0s, and Helm may still be at it") {
		t.Errorf("%v", err)
	}
	if names := left(t, client); len(names) != 2 {
		t.Errorf("left are %v", names)
	}
}

func TestReleasesAreFoundByTheirNames(t *testing.T) {
	client := cluster(t, slices.Concat(
		revisions("a", "one", old, Deployed), revisions("b", "two", old, Superseded, Deployed),
		revisions("c", "two", old, Deployed),
	)...)
	all, err := List(t.Context(), client)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 3 || all[1].Revision != 2 || all[1].Status != Deployed || !all[1].Since.Equal(now.Add(-old)) {
		t.Errorf("%+v", all)
	}
	for name, want := range map[string]string{
		"three": `no release is called "three"; there are one, two`,
		"two":   `2 namespaces have a release called "two": b and c`,
	} {
		if _, err := Find(all, name); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestARecordWithoutARevisionIsNamed(t *testing.T) {
	objects := revisions("a", "one", old, Deployed)
	objects[0].(*metav1.PartialObjectMetadata).Labels["version"] = "latest"
	if _, err := List(t.Context(), cluster(t, objects...)); err == nil || !strings.Contains(err.Error(), `"latest"`) {
		t.Errorf("%v", err)
	}
}

// Package releases looks at Helm's releases in a cluster, and mends one whose operation was killed.
//
// Helm keeps a record of each revision, a Secret of type helm.sh/release.v1 whose labels name release, revision and
// status. Here only those labels are read, never what a record holds, which has the release's values.
package releases

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/metadata"
)

// Status is a revision's, in Helm's words.
type Status string

// The statuses that matter here (helm.sh/helm/v3/pkg/release, Status).
const (
	Deployed        Status = "deployed"
	Superseded      Status = "superseded"
	Failed          Status = "failed"
	Uninstalling    Status = "uninstalling"
	PendingInstall  Status = "pending-install"
	PendingUpgrade  Status = "pending-upgrade"
	PendingRollback Status = "pending-rollback"
)

// IsPending is whether an operation is on its way, or was killed on its way. Helm refuses every other one meanwhile.
func (s Status) IsPending() bool {
	return s == PendingInstall || s == PendingUpgrade || s == PendingRollback
}

// Release is a release by its newest revision.
type Release struct {
	Namespace, Name string
	Revision        int
	Status          Status
	Since           time.Time // when Helm wrote that status

	records []record // the newest first
}

// record is one revision.
type record struct {
	secret          string
	uid             types.UID
	resourceVersion string
	revision        int
	status          Status
	written         time.Time
}

var secrets = schema.GroupVersionResource{Version: "v1", Resource: "secrets"}

// List returns a cluster's releases, by namespace and name.
func List(ctx context.Context, client metadata.Interface) ([]Release, error) {
	list, err := client.Resource(secrets).List(ctx, metav1.ListOptions{LabelSelector: "owner=helm"})
	if err != nil {
		return nil, fmt.Errorf("listing Helm's releases: %w", err)
	}
	found := map[types.NamespacedName][]record{}
	for _, item := range list.Items {
		name := types.NamespacedName{Namespace: item.Namespace, Name: item.Labels["name"]}
		one, err := readRecord(item)
		if err != nil {
			return nil, err
		}
		found[name] = append(found[name], one)
	}
	var all []Release
	for name, records := range found {
		slices.SortFunc(records, func(a, b record) int { return cmp.Compare(b.revision, a.revision) })
		newest := records[0]
		all = append(all, Release{
			Namespace: name.Namespace, Name: name.Name,
			Revision: newest.revision, Status: newest.status, Since: newest.written, records: records,
		})
	}
	slices.SortFunc(all, func(a, b Release) int {
		return cmp.Or(cmp.Compare(a.Namespace, b.Namespace), cmp.Compare(a.Name, b.Name))
	})
	return all, nil
}

func readRecord(item metav1.PartialObjectMetadata) (record, error) {
	revision, err := strconv.Atoi(item.Labels["version"])
	if err != nil {
		return record{}, fmt.Errorf("the Secret %s/%s is a release of Helm's whose label version is %q, and no number: %w",
			item.Namespace, item.Name, item.Labels["version"], err)
	}
	written := item.CreationTimestamp.Time
	for _, label := range []string{"createdAt", "modifiedAt"} { // seconds since 1970
		if seconds, err := strconv.ParseInt(item.Labels[label], 10, 64); err == nil {
			written = time.Unix(seconds, 0)
		}
	}
	return record{
		secret: item.Name, uid: item.UID, resourceVersion: item.ResourceVersion,
		revision: revision, status: Status(item.Labels["status"]), written: written,
	}, nil
}

// Find returns the release of a name, in whichever namespace it is.
func Find(all []Release, name string) (Release, error) {
	var found []Release
	names := map[string]bool{}
	for _, release := range all {
		names[release.Name] = true
		if release.Name == name {
			found = append(found, release)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return Release{}, fmt.Errorf("no release is called %q; there are %s",
			name, strings.Join(slices.Sorted(maps.Keys(names)), ", "))
	}
	return Release{}, fmt.Errorf("%d namespaces have a release called %q: %s and %s; titan makes one of each name, so "+
		"look whose the others are", len(found), name, found[0].Namespace, found[1].Namespace)
}

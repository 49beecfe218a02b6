package releases

import (
	"context"
	"fmt"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/metadata"
)

// Mended is what was done to a release, or why there was nothing to do.
type Mended struct {
	Removed []int // revisions whose records were removed, the newest first
	Left    int   // the revision that Helm goes on from; 0 is none, and the next operation is an install
}

// Mend takes away what keeps Helm from going on with a release (helm/helm#5595, terraform-provider-helm#398): the
// record of a revision whose operation was killed. It touches nothing that runs, and no record of a revision that ever
// was deployed. A record younger than the given duration is an error: its operation may still be running.
func Mend(
	ctx context.Context, client metadata.Interface, release Release, younger time.Duration, now time.Time,
) (Mended, error) {
	var done Mended
	stuck := release.stuck()
	if len(stuck) < len(release.records) {
		done.Left = release.records[len(stuck)].revision
	}
	for _, one := range stuck {
		if age := now.Sub(one.written); age < younger {
			return Mended{}, fmt.Errorf("revision %d of %s is %s for %s, and Helm may still be at it; look whether a run "+
				"of Terraform or of a pipeline goes on, and try again when it is older than %s",
				one.revision, release.Name, one.status, age.Round(time.Second), younger)
		}
	}
	// The next upgrade goes on from the last revision that was deployed, the next install takes over the objects that are
	// there, which carry the release's name.
	for _, one := range stuck {
		err := client.Resource(secrets).Namespace(release.Namespace).Delete(ctx, one.secret, metav1.DeleteOptions{
			Preconditions: &metav1.Preconditions{UID: &one.uid, ResourceVersion: &one.resourceVersion},
		})
		if apierrors.IsConflict(err) {
			return done, fmt.Errorf("revision %d of %s was changed just now, so Helm is still at it; nothing was removed: %w",
				one.revision, release.Name, err)
		}
		if err != nil {
			return done, fmt.Errorf("removing the record of revision %d of %s: %w", one.revision, release.Name, err)
		}
		done.Removed = append(done.Removed, one.revision)
	}
	return done, nil
}

// stuck are the newest revisions that Helm can't go on from: pending ones, and, where none was ever deployed, those
// that failed or were being uninstalled, whose names can't be used again.
func (r Release) stuck() []record {
	var list []record
	for i, one := range r.records {
		if !one.status.IsPending() && (r.wasDeployed() || !one.unusable()) {
			break
		}
		list = r.records[:i+1]
	}
	return list
}

func (r record) unusable() bool { return r.status == Failed || r.status == Uninstalling }

func (r Release) wasDeployed() bool {
	for _, one := range r.records {
		if one.status == Deployed || one.status == Superseded {
			return true
		}
	}
	return false
}

// Package upgrade says what another Kubernetes version would do to an environment: whether EKS and Kubernetes let it,
// which declared objects lose their API, what the account says. It only reads, and decides nothing: its results are
// preflight's, good, bad with a remedy, or unknown where nobody could be asked.
package upgrade

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/preflight"
)

// Upgrade is an upgrade that is asked about.
type Upgrade struct {
	Environment environments.Environment
	To          string // a Kubernetes minor version: 1.36
	All         []environments.Environment
	Day         time.Time // on which support is judged

	Objects []Object // that the platform's stack and its own charts declare
	Charts  []string // charts of others, whose objects are not read
	AWS     AWS      // nil asks nobody
}

// Next is the version after an environment's, which is the only one that EKS upgrades to; empty where there is none.
func Next(version string) string {
	versions := environments.KubernetesVersions()
	i := slices.Index(versions, version)
	if i < 0 || i+1 == len(versions) {
		return ""
	}
	return versions[i+1]
}

// Check says everything there is to say, a result at a time, in the order in which an upgrade goes.
func (u Upgrade) Check(ctx context.Context, say func(preflight.Result)) {
	for _, result := range u.files() {
		say(result)
	}
	for _, result := range u.apis() {
		say(result)
	}
	if u.AWS != nil {
		u.account(ctx, say)
	}
}

// files are what the environments' files say.
func (u Upgrade) files() []preflight.Result {
	results := []preflight.Result{u.step(), u.order()}
	if support, known := environments.KubernetesSupport(u.To); known {
		results = append(results, u.support("Kubernetes "+u.To, support))
	}
	engine := u.Environment.Database.EngineVersion
	if support, known := environments.AuroraSupport(engine); known {
		results = append(results, u.support("Aurora PostgreSQL "+engine, support))
	}
	return results
}

// step is whether EKS takes the step: it upgrades one minor version at a time, and never back (EKS User Guide, 'Update
// existing cluster to new Kubernetes version').
func (u Upgrade) step() preflight.Result {
	from, subject := u.Environment.Cluster.Version, "the step from "+u.Environment.Cluster.Version+" to "+u.To
	between := minor(u.To) - minor(from)
	switch {
	case between == 1:
		return good(subject, "one minor version; there is no way back")
	case between == 0:
		return good(subject, "the file has that version already")
	case between < 0:
		return bad(subject, "leave cluster.version "+from, "EKS does not take a cluster back to an older version")
	}
	return bad(subject, "go to "+Next(from)+" first, with its add-ons, nodes and platform, then on",
		"%d minor versions, and EKS upgrades one at a time", between)
}

// order is whether somebody else goes first: what is not production before production, a standby before what it stands
// by for.
func (u Upgrade) order() preflight.Result {
	const subject = "the order of environments"
	var first []string
	for _, other := range u.All {
		behind := minor(other.Cluster.Version) < minor(u.To) && other.Name != u.Environment.Name && !other.Emulator
		before := u.Environment.IsProduction() && !other.IsProduction() || other.DR.Primary == u.Environment.Name
		if behind && before {
			first = append(first, other.Name+" ("+other.Cluster.Version+")")
		}
	}
	if len(first) > 0 {
		return bad(subject, "upgrade those first, and let them run", "before %s: %s", u.Environment.Name,
			strings.Join(first, ", "))
	}
	return good(subject, "nobody who goes before %s is behind %s", u.Environment.Name, u.To)
}

func (u Upgrade) support(subject string, support environments.Support) preflight.Result {
	subject = "support of " + subject
	until := support.Standard.Format(time.DateOnly)
	if !u.Day.Before(support.Standard) {
		return bad(subject, "choose a version that is in support", "it left standard support on %s", until)
	}
	return good(subject, "standard until %s", until)
}

// minor is the minor version's number: 36 of 1.36. The loader lets no other form pass.
func minor(version string) int {
	_, text, _ := strings.Cut(version, ".")
	number, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return number
}

func good(subject, detail string, args ...any) preflight.Result {
	return preflight.Result{Severity: preflight.Good, Subject: subject, Detail: fmt.Sprintf(detail, args...)}
}

func bad(subject, remedy, detail string, args ...any) preflight.Result {
	return preflight.Result{
		Severity: preflight.Bad,
		Subject:  subject,
		Remedy:   remedy,
		Detail:   fmt.Sprintf(detail, args...),
	}
}

func unknown(subject, remedy, detail string, args ...any) preflight.Result {
	return preflight.Result{
		Severity: preflight.Unknown,
		Subject:  subject,
		Remedy:   remedy,
		Detail:   fmt.Sprintf(detail, args...),
	}
}

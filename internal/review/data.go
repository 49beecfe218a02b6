package review

import (
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/stateful/kinds"
)

// inWords is what becomes of a resource.
var inWords = map[Action]string{
	Delete: "destroyed", Replace: "replaced", Forget: "forgotten", Create: "created", Update: "changed",
	Move: "moved", Import: "imported", ReadAll: "read", NoOp: "unchanged",
}

// data finds the end of what holds data. It asks the plan alone: a block that has left the configuration is destroyed
// without an error, whatever it said of prevent_destroy.
func (r *reviewer) data(c *change) {
	if !c.ends() || !kinds.MayHoldData(c.kind) {
		return
	}
	f := Finding{Verdict: DataLoss, Rule: "ends", Remedy: remedyOf(c),
		Summary: inWords[c.action] + ": " + loses(c)}
	if r.rules.Destroying && c.action == Delete {
		f.Severity, f.Remedy = Lost, ""
		r.find(c, f)
		return
	}
	if c.action == Replace && len(c.replacing) > 0 {
		f.Detail = "forced by " + strings.Join(c.replacing, ", ")
	} else if why := c.why(); why != "" {
		f.Detail = why
	}
	if set, found := r.setting(c); found {
		f.Detail, f.Remedy = set.detail, set.remedy
	}
	if r.byDesign(c) {
		f.Severity, f.Remedy = ByDesign, ""
		f.Detail += "; the database of " + c.stack + " is a copy, which a failover replaces"
	}
	r.find(c, f)
}

// loses says what goes with a resource.
func loses(c *change) string {
	switch {
	case c.action == Forget:
		return "Terraform does not manage it any more, and nothing protects what it holds"
	case c.before.field("key_usage").value == "SIGN_VERIFY":
		return "the key is deleted, and can't sign any more: " +
			"a zone whose parent vouches for it is found by nobody who validates"
	case strings.HasPrefix(c.kind, "aws_kms_"):
		window := ""
		if days := c.before.field("deletion_window_in_days"); days.value != nil {
			window = " in " + compact(days.value) + " days"
		}
		return "the key is deleted" + window + ", and nothing that it encrypts can be read then"
	case strings.HasSuffix(c.kind, "_snapshot"), strings.HasSuffix(c.kind, "_snapshot_copy"):
		return "the snapshot is deleted, and can't be made again"
	case isTrue(c.before.field("skip_final_snapshot").value):
		return "all that it holds is lost, and no final snapshot is taken"
	case kinds.Of(c.kind) == kinds.Unknown:
		return "titan does not know the type, so it counts as holding data"
	case c.kind == "aws_eks_cluster", c.kind == "helm_release":
		return "its volumes and all that runs there go with it"
	case c.kind == "aws_route53_zone":
		return "its records are lost, and a new zone has other name servers than the parent domain points at"
	}
	return "all that it holds is lost"
}

func remedyOf(c *change) string {
	switch {
	case strings.HasPrefix(c.reason, "delete_because_"):
		return "was it renamed? Then say so with a moved block; else bring it back"
	case c.action == Forget:
		return "import it where it belongs"
	case c.action == Replace && len(c.replacing) > 0:
		return "take back the change of " + strings.Join(c.replacing, ", ")
	}
	return "keep it, or copy what it holds elsewhere first"
}

// byDesign is whether a replacement is a failover's restore: of a database that is a copy, from another snapshot and
// for no other reason, with a last snapshot of what it held; or of an instance that moves to the restored cluster.
func (r *reviewer) byDesign(c *change) bool {
	if c.action != Replace || c.deposed || !slices.Contains(r.rules.Restored, c.stack) {
		return false
	}
	switch c.kind {
	case "aws_rds_cluster":
		return slices.Equal(c.replacing, []string{"snapshot_identifier"}) &&
			!isEmpty(c.after.field("snapshot_identifier").value) &&
			!isTrue(c.before.field("skip_final_snapshot").value) &&
			!isEmpty(c.before.field("final_snapshot_identifier").value)
	case "aws_rds_cluster_instance":
		return slices.Equal(c.replacing, []string{"cluster_identifier"})
	}
	return false
}

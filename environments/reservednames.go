package environments

import (
	"fmt"
	"slices"
	"strings"
)

// reservedBegin is how names of a kind may not begin.
type reservedBegin struct{ kind, name, begin, source string }

// reservedBegins are what AWS keeps for itself at the begin of names; project and the file's
// name are what can break it.
func (e Environment) reservedBegins() []reservedBegin {
	parameter := strings.TrimPrefix(strings.ToLower(e.ImageParameter()), "/")
	return []reservedBegin{
		{"load balancer", e.LoadBalancerName(), "internal-", "ELBv2 CreateLoadBalancer"},
		{"SSM parameter", parameter, "aws", "SSM PutParameter"},
		{"SSM parameter", parameter, "ssm", "SSM PutParameter"},
		{"bucket", e.Bucket("backups"), "sthree-", "S3 bucket naming rules"},
		{"bucket", e.Bucket("backups"), "amzn-s3-demo-", "S3 bucket naming rules"},
		{"bucket", e.Bucket("backups"), "xn--", "S3 bucket naming rules"},
	}
}

// validateReserved refuses names that AWS keeps for itself.
func (f *file) validateReserved() {
	for _, name := range f.reservedBegins() {
		if strings.HasPrefix(name.name, name.begin) {
			f.whole(
				"makes the name of the %s %q, and AWS takes none that begins with %q (%s): choose another project in %s/%s.yaml",
				name.kind, name.name, name.begin, name.source, accountsDir, f.AccountName)
			return
		}
	}
}

// platformNamespaces are the cluster's namespaces that the platform's own releases have, and what EKS' add-ons make.
var platformNamespaces = []string{"amazon-cloudwatch", "external-secrets", "monitoring", "tracing", "traefik"}

// namespaceProblem is why a namespace can't be the application's; empty is nothing. Kubernetes keeps kube- for itself,
// and has a namespace default from the beginning (Kubernetes, 'Namespaces'). EKS has amazon-guardduty and
// aws-observability, for instance (EKS User Guide, 'AWS add-ons' and 'Start AWS Fargate logging').
func namespaceProblem(name string) string {
	switch {
	case strings.HasPrefix(name, "kube-"):
		return "and Kubernetes keeps what begins with kube- for itself"
	case name == "default":
		return "which every cluster has, and where what belongs to nobody ends up"
	case slices.Contains(platformNamespaces, name):
		return "which the platform's own releases have"
	case strings.HasPrefix(name, "amazon-"), strings.HasPrefix(name, "aws-"):
		return fmt.Sprintf("and add-ons of EKS use what begins with %s-", name[:strings.Index(name, "-")])
	case strings.HasSuffix(name, "-"):
		return "and a namespace ends in a letter or digit (RFC 1123, DNS label)"
	}
	return ""
}

package cluster

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/eksaccessentry"
	policyassociation "github.com/cdktf/cdktf-provider-aws-go/aws/v19/eksaccesspolicyassociation"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// AccessPolicy is one of EKS's own sets of permissions in a cluster (EKS User Guide, 'Review
// access policy permissions').
type AccessPolicy string

// The access policies in use.
const (
	ClusterAdmin     AccessPolicy = "AmazonEKSClusterAdminPolicy" // cluster-admin
	ClusterAdminView AccessPolicy = "AmazonEKSAdminViewPolicy"    // everything, Secrets too, to read
	Edit             AccessPolicy = "AmazonEKSEditPolicy"         // for namespaces: everything but roles and quotas
	View             AccessPolicy = "AmazonEKSViewPolicy"         // everything of a namespace but Secrets
)

// Access is what a principal needs to get into a cluster.
type Access struct {
	ClusterName  string
	Partition    string // aws
	PrincipalARN string // of an IAM role or user; one entry each
	Policy       AccessPolicy
	Namespaces   []string // where the policy holds; none is the whole cluster
	// Groups are Kubernetes groups that the principal is in beside, for role bindings: no access policy reaches custom
	// resources (EKS User Guide, 'Review access policy permissions').
	Groups []string
}

// NewAccess declares a principal's way into a cluster. What it changes there depends on both resources: with the
// association gone in the middle of a destroy, the rest could not be destroyed.
func NewAccess(scope constructs.Construct, id string, access Access) []cdktf.ITerraformDependable {
	config := &eksaccessentry.EksAccessEntryConfig{
		ClusterName:  jsii.String(access.ClusterName),
		PrincipalArn: jsii.String(access.PrincipalARN),
		Type:         jsii.String("STANDARD"),
	}
	if len(access.Groups) > 0 {
		config.KubernetesGroups = jsii.Strings(access.Groups...)
	}
	entry := eksaccessentry.NewEksAccessEntry(scope, jsii.String(id), config)
	reach := &policyassociation.EksAccessPolicyAssociationAccessScope{Type: jsii.String("cluster")}
	if len(access.Namespaces) > 0 {
		reach.Type, reach.Namespaces = jsii.String("namespace"), jsii.Strings(access.Namespaces...)
	}
	association := policyassociation.NewEksAccessPolicyAssociation(scope, jsii.String(id+"-policy"),
		&policyassociation.EksAccessPolicyAssociationConfig{
			ClusterName:  entry.ClusterName(),
			PrincipalArn: entry.PrincipalArn(),
			PolicyArn:    jsii.String(fmt.Sprintf("arn:%s:eks::aws:cluster-access-policy/%s", access.Partition, access.Policy)),
			AccessScope:  reach,
		})
	return []cdktf.ITerraformDependable{entry, association}
}

// grant is one principal of the settings and what it gets.
type grant struct {
	id, principal string
	policy        AccessPolicy
}

// grants are admins, readers, and the deployer where it is not an admin already: a principal has
// one entry in a cluster.
func (c Config) grants() []grant {
	var grants []grant
	for _, arn := range c.Settings.Admins {
		grants = append(grants, grant{c.principalID("admin", arn), arn, ClusterAdmin})
	}
	for _, arn := range c.Settings.Readers {
		grants = append(grants, grant{c.principalID("reader", arn), arn, View})
	}
	if c.Deployer != "" && !slices.Contains(c.Settings.Admins, c.Deployer) {
		// It makes namespaces, custom resource definitions and cluster roles: nothing less than admin can.
		grants = append(grants, grant{"deployer", c.Deployer, ClusterAdmin})
	}
	return grants
}

// principalID makes a construct id of a principal, so that another in the list leaves its neighbours alone.
func (c Config) principalID(role, arn string) string {
	_, account, _ := strings.Cut(arn, "::")
	account, name, _ := strings.Cut(account, ":")
	id := role + "-" + strings.ReplaceAll(name, "/", "-")
	if account != c.AccountID {
		id += "-" + account
	}
	return id
}

func (c *cluster) access() []cdktf.ITerraformDependable {
	var access []cdktf.ITerraformDependable
	for _, g := range c.grants() {
		access = append(access, NewAccess(c.scope, g.id, Access{
			ClusterName:  *c.name,
			Partition:    c.Partition,
			PrincipalARN: g.principal,
			Policy:       g.policy,
		})...)
	}
	return access
}

package pathproof

import (
	"regexp"
	"slices"
	"strings"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/delivery/role"
	"github.com/titan-platform/titan/stacks/order"
)

// Scope is the environment that is asked about.
type Scope struct {
	environments.Environment
	Own       []string // its own stacks
	Shared    []string // its account's
	Neighbors []string // the prefixes of the account's other environments
}

// ScopeOf is the scope of an environment, of the stacks that facts were read from. all are the environments, the
// others of its account among them.
func (f *Facts) ScopeOf(e environments.Environment, all []environments.Environment) Scope {
	scope := Scope{Environment: e}
	for _, other := range all {
		if other.Account.ID == e.Account.ID && other.Name != e.Name {
			scope.Neighbors = append(scope.Neighbors, other.Prefix())
		}
	}
	for _, stack := range order.Of(e) {
		switch {
		case !slices.Contains(f.stacks, stack.Name): // such as one whose zone waits for its delegation
		case stack.Shared():
			scope.Shared = append(scope.Shared, stack.Name)
		default:
			scope.Own = append(scope.Own, stack.Name)
		}
	}
	return scope
}

// all are the environment's stacks and its account's.
func (s Scope) all() []string { return slices.Concat(s.Shared, s.Own) }

// words are what the braces in the table of invariants stand for. One without a value leaves out what it stands in.
func (s Scope) words() map[string][]string {
	words := map[string][]string{
		"account": {s.Account.ID}, "cidr": {s.Network.CIDR}, "env": {s.Name}, "namespace": {s.Application.Namespace},
		"prefix": {s.Prefix()}, "project": {s.Project()}, "public": s.Cluster.PublicCIDRs, "region": {string(s.Region)},
		"application": {s.Application.Name},
		"collector":   {s.CollectorRoleName()},
		"login":       {s.DatabaseSecret()},
		"grafana":     {s.GrafanaSecret()},
		"admin":       lastParts(s.Cluster.Admins), "neighbor": s.Neighbors,
	}
	if s.HasEdge() {
		words["callers"] = []string{"CloudFront"}
	} else {
		words["callers"], words["directname"] = s.LoadBalancer.AllowCIDRs, []string{s.DNS.Name}
	}
	if grafana := s.Addons.Grafana; grafana.IsServed() {
		words["grafananame"], words["grafanacaller"] = []string{grafana.Name}, grafana.AllowCIDRs
		if grafana.OIDC.IsSet() {
			words["grafana"] = append(words["grafana"], s.GrafanaOIDCSecret())
		}
	}
	words["databasecaller"], words["databaseroute"] = s.callers(environments.AccessDatabase)
	words["apicaller"], words["apiroute"] = s.callers(environments.AccessAPI)
	if s.Cluster.CloudShell {
		words["cloudshell"] = []string{cloudShell}
	}
	if s.SecondRegion != "" {
		words["second"] = []string{string(s.SecondRegion)}
	}
	if s.Account.Role != "" { // whom Terraform acts as
		words["role"] = lastParts([]string{s.Account.Role})
	}
	if s.Account.GitHubWorkflows {
		words["repository"] = []string{s.Account.Repository}
		words["planner"], words["deployer"] = []string{s.Account.GitHubPlanRole()}, []string{s.Account.GitHubDeployRole()}
		for _, name := range s.Base(s.Region).Environments {
			words["deployed"] = append(words["deployed"], name, role.PlanEnvironment(name))
		}
	}
	if !s.Protected() {
		words["unprotected"] = []string{OfAccount}
	}
	if s.Peers.Secondary != nil {
		words["peer"] = []string{s.Peers.Secondary.Prefix()}
	}
	if s.Peers.Primary != nil {
		words["peer"] = []string{s.Peers.Primary.Prefix()}
	}
	for _, base := range s.Bases {
		words["base"] = append(words["base"], string(base.Region))
	}
	for _, to := range s.Peers.PromotesTo {
		words["promoter"] = append(words["promoter"], to.Prefix()+"-promote of "+to.Account.ID)
	}
	return words
}

// callers are the blocks that the file lets in to something, and the routes back to them, each by its own gateway.
func (s Scope) callers(target environments.AccessTarget) (blocks, routes []string) {
	for _, access := range s.Network.AccessTo(target) {
		by := "vpc peering connection"
		if access.TransitGateway() {
			by = "transit gateway"
		}
		blocks = append(blocks, access.CIDR)
		routes = append(routes, access.CIDR+" by "+by+" "+access.Gateway)
	}
	return blocks, routes
}

// expected is whom an invariant expects. The role that deploys from GitHub is one of those who deploy, and whom only
// the account keeps in bounds.
func (s Scope) expected(want []string) []string {
	if slices.Contains(want, OfAccount) {
		want = append(slices.Clone(want), "{deployer}")
	}
	return s.expand(want)
}

// lastParts are the last parts of ARNs.
func lastParts(arns []string) []string {
	var found []string
	for _, arn := range arns {
		found = append(found, arn[strings.LastIndex(arn, "/")+1:])
	}
	return found
}

var word = regexp.MustCompile(`{[a-z]+}`)

// expand replaces the braces of texts by what they stand for.
func (s Scope) expand(texts []string) []string {
	words := s.words()
	var found []string
	for _, text := range texts {
		open := []string{text}
		for _, braces := range word.FindAllString(text, -1) {
			var next []string
			for _, one := range open {
				for _, value := range words[strings.Trim(braces, "{}")] {
					next = append(next, strings.Replace(one, braces, value, 1))
				}
			}
			open = next
		}
		found = append(found, open...)
	}
	return found
}

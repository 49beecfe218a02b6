package pathproof

import (
	"maps"
	"slices"
	"strings"
)

// becomes is the step by which a role is first taken, where a token or a service takes it.
func (f *Facts) becomes(p *Principal) Chain {
	if p.Role == nil {
		return nil
	}
	if by := append(f.federated(p), f.trustedServices(p)...); len(by) > 0 {
		return Chain{{by[0].Who, p.Name, by[0].Chain[0].By}}
	}
	return nil
}

// federated are the tokens with which a role is assumed: the subject of a provider where the trust names subject and
// audience exactly, else whoever has a token of that provider.
func (f *Facts) federated(p *Principal) []Reach {
	var found []Reach
	for _, s := range p.trust {
		if s.deny {
			continue
		}
		for _, provider := range s.principals["Federated"] {
			for _, who := range f.subjects(s, provider) {
				found = append(found, Reach{who, Chain{{who, p.Name, s.by}}})
			}
		}
		if s.notPrincipals != nil || slices.Contains(s.principals["Federated"], "*") {
			found = append(found, Reach{OfOthers, Chain{{OfOthers, p.Name, s.by}}})
		}
	}
	return found
}

// subjects are the subjects that a statement admits. A service account is named without its provider where that is
// the cluster's of the same stack.
func (f *Facts) subjects(s statement, provider string) []string {
	issuer := f.issuer(provider)
	subjects := s.exactly(":sub")
	if subjects == nil {
		return []string{"any token of " + issuer}
	}
	var found []string
	for _, subject := range subjects {
		account, isAccount := strings.CutPrefix(subject, "system:serviceaccount:")
		switch {
		case isAccount && issuer == ofCluster:
			subject = strings.Replace(account, ":", "/", 1)
		default:
			subject += " of " + issuer
		}
		if s.exactly(":aud") == nil {
			subject += ", for any audience"
		}
		found = append(found, subject)
	}
	return found
}

// exactly are the values that a statement wants a key of some ending to be, nil where it may be something else.
func (s statement) exactly(ending string) []string {
	for _, c := range s.conditions {
		if c.operator == "stringequals" && strings.HasSuffix(c.key, ending) {
			return c.values
		}
	}
	return nil
}

// ofCluster is the issuer of a provider that trusts an EKS cluster of the stacks.
const ofCluster = "the cluster"

func (f *Facts) issuer(provider string) string {
	for _, node := range f.Graph.Resources("aws_iam_openid_connect_provider") {
		if f.arn(node) != provider {
			continue
		}
		if edge, ok := node.Reference("url"); ok && edge.To.Type == "aws_eks_cluster" {
			return ofCluster
		}
		return strings.TrimPrefix(node.Text("url"), "https://")
	}
	// A provider that no stack makes has its issuer in its ARN.
	if _, issuer, ok := strings.Cut(provider, ":oidc-provider/"); ok {
		return issuer
	}
	return provider
}

// sources are the keys by which a policy says for whom a service may act (IAM User Guide, 'The confused deputy
// problem'); a KMS key and a log group say so by what is encrypted.
var sources = []string{
	"aws:sourceaccount", "aws:sourcearn", "sts:externalid", "kms:encryptioncontext:aws:logs:arn",
	"kms:encryptioncontext:aws:sns:topicarn",
}

// saysForWhom is whether a statement lets a service act for one account alone.
func (s statement) saysForWhom(account string) bool {
	return slices.ContainsFunc(s.conditions, func(c condition) bool {
		return slices.Contains(sources, c.key) && !strings.Contains(c.operator, "not") &&
			!strings.HasSuffix(c.operator, "ifexists") && ofOne(c.values, account)
	})
}

// trustedServices are the services that may assume a role. One that may do so for any customer of AWS' is said to.
func (f *Facts) trustedServices(p *Principal) []Reach {
	var found []Reach
	for _, s := range p.trust {
		for _, name := range s.principals["Service"] {
			if s.deny {
				continue
			}
			who := name
			if !s.saysForWhom(p.Account) {
				who += " for anybody"
			}
			found = append(found, Reach{who, Chain{{who, p.Name, s.by}}})
		}
	}
	return found
}

// ofOne is whether all values are of one account.
func ofOne(values []string, account string) bool {
	for _, value := range values {
		if value != account && !strings.Contains(value, ":"+account+":") {
			return false
		}
	}
	return true
}

// Assume are those who may assume a role by STS with credentials of AWS: roles, users and accounts.
func (f *Facts) Assume(p *Principal) []Reach {
	role := &Target{Name: p.Name, Node: p.Role, ARNs: []string{p.ARN}, Account: p.Account, policies: p.trust, closed: true}
	role.keys = keys{}
	maps.Copy(role.keys, keys{"aws:resourceaccount": {p.Account}})
	var found []Reach
	for _, reach := range f.Who(role, nil, "sts:AssumeRole") {
		if !strings.HasSuffix(reach.Who, ".amazonaws.com") {
			found = append(found, reach)
		}
	}
	return found
}

// rolesIn are the roles of some stacks.
func (f *Facts) rolesIn(stacks []string) []*Principal {
	var found []*Principal
	for _, p := range f.principals {
		if p.Role != nil && slices.ContainsFunc(stacks, func(stack string) bool { return p.Role.Stack == stack }) {
			found = append(found, p)
		}
	}
	return found
}

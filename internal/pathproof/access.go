package pathproof

import (
	"maps"
	"slices"
)

// Who are the principals and services that may do one of some actions on a target, each with the statement that lets
// it. known are further condition keys of the request. Where every principal of the account may, those that no stack
// makes are not named one by one.
func (f *Facts) Who(target *Target, known keys, actions ...string) []Reach {
	var found []Reach
	_, everybody := allows(f.others(target.Account), target, known, actions)
	for _, p := range append(slices.Clone(f.principals), f.services(target)...) {
		if everybody && p.Name != OfAccount && p.Role == nil && p.Account == target.Account {
			continue
		}
		if step, ok := allows(p, target, known, actions); ok {
			found = append(found, Reach{p.Name, append(f.becomes(p), step)})
		}
	}
	return sorted(found)
}

// services are the AWS services that a target's policies name. They have no policies of their own.
func (f *Facts) services(target *Target) []*Principal {
	var found []*Principal
	for _, s := range target.policies {
		for _, name := range s.principals["Service"] {
			found = append(found, &Principal{Name: name})
		}
	}
	return found
}

// allows is whether a principal may do one of some actions on a target (IAM User Guide, 'Policy evaluation logic').
func allows(p *Principal, target *Target, known keys, actions []string) (Step, bool) {
	request := request(p, target, known)
	for _, action := range actions {
		for _, arn := range target.ARNs {
			direct, account := byResource(p, target, request, action, arn)
			own := byIdentity(p, request, action, arn)
			let := ""
			switch {
			case direct != "":
				let = direct
			case p.Account == target.Account && own != "" && (!target.closed || account != ""), account != "" && own != "":
				let = own
			default:
				continue
			}
			if denied(p, target, request, action, arn) {
				continue
			}
			return Step{p.Name, action + " " + target.Name, let}, true
		}
	}
	return Step{}, false
}

// request are the condition keys that are known of a principal's request.
func request(p *Principal, target *Target, known keys) keys {
	request := keys{}
	maps.Copy(request, target.keys)
	maps.Copy(request, known)
	if p.Account == "" { // a service, whose calls carry none
		request["aws:principalarn"], request["aws:principalaccount"] = nil, nil
		return request
	}
	request["aws:principalarn"] = []string{p.ARN}
	request["aws:principalaccount"] = []string{p.Account}
	request["kms:calleraccount"] = []string{p.Account}
	return request
}

// denied is whether a statement surely denies.
func denied(p *Principal, target *Target, request keys, action, arn string) bool {
	for _, s := range slices.Concat(p.identity, p.boundary) {
		if s.deny && s.speaksOf(action, arn) && s.applies(request) {
			return true
		}
	}
	for _, s := range target.policies {
		if s.deny && s.speaksOf(action, arn) && s.applies(request) && surelyNames(s, p) {
			return true
		}
	}
	return false
}

// byIdentity is the statement of a principal's own policies that lets it, within its boundary.
func byIdentity(p *Principal, request keys, action, arn string) string {
	inside := p.boundary == nil
	for _, s := range p.boundary {
		inside = inside || !s.deny && s.speaksOf(action, arn) && s.applies(request)
	}
	if !inside {
		return ""
	}
	for _, s := range p.identity {
		if !s.deny && s.speaksOf(action, arn) && s.applies(request) {
			return s.by
		}
	}
	return ""
}

// byResource are the statements of a target's policies that let a principal itself, and its account by IAM.
func byResource(p *Principal, target *Target, request keys, action, arn string) (direct, account string) {
	for _, s := range target.policies {
		if s.deny || !s.speaksOf(action, arn) || !s.applies(request) {
			continue
		}
		itself, itsAccount := names(s, p)
		if itself && direct == "" {
			direct = s.by
		}
		if itsAccount && account == "" {
			account = s.by
		}
	}
	return direct, account
}

package pathproof

import (
	"cmp"
	"slices"
	"strings"
)

// readNamed makes principals of those that policies and access entries name and no stack makes, of the account's
// others and of everybody else.
func (f *Facts) readNamed() error {
	var accounts []string
	for _, at := range f.places {
		if at.account != "" && !slices.Contains(accounts, at.account) {
			accounts = append(accounts, at.account)
		}
	}
	slices.Sort(accounts)
	for _, arn := range f.namedARNs() {
		account := strings.SplitN(arn, ":", 6)[4]
		if slices.ContainsFunc(f.principals, func(p *Principal) bool { return p.ARN == arn }) {
			continue
		}
		name := arn[strings.LastIndexAny(arn, ":/")+1:]
		if !slices.Contains(accounts, account) {
			name += " of " + account
		}
		f.principals = append(f.principals, &Principal{Name: name, ARN: arn, Account: account, identity: anything})
	}
	for _, account := range accounts {
		f.principals = append(f.principals, f.others(account))
	}
	f.principals = append(f.principals, &Principal{
		Name: OfOthers, ARN: "arn:aws:iam::" + anyOther + ":role/" + anyOther, Account: anyOther, identity: anything,
	})
	slices.SortStableFunc(f.principals, func(a, b *Principal) int { return cmp.Compare(a.Name, b.Name) })
	return nil
}

// others are the principals of an account that nothing names.
func (f *Facts) others(account string) *Principal {
	return &Principal{
		Name: OfAccount, ARN: "arn:aws:iam::" + account + ":role/" + anyOther, Account: account, identity: anything,
	}
}

// namedARNs are the roles, users and accounts that policies and access entries name, in order.
func (f *Facts) namedARNs() []string {
	var found []string
	add := func(text string) {
		if arn, ok := principalARN(text); ok && !slices.Contains(found, arn) {
			found = append(found, arn)
		}
	}
	read := func(statements []statement) {
		for _, s := range statements {
			for _, text := range append(slices.Clone(s.principals["AWS"]), s.notPrincipals["AWS"]...) {
				add(text)
			}
			for _, c := range s.conditions {
				if c.key == "aws:principalarn" {
					for _, text := range c.values {
						add(text)
					}
				}
			}
		}
	}
	for _, p := range f.principals {
		read(p.identity)
		read(p.boundary)
		read(p.trust)
	}
	for _, target := range f.targets {
		read(target.policies)
	}
	for _, entry := range f.Graph.Resources("aws_eks_access_entry") {
		add(f.pattern(entry, entry.Text("principal_arn")))
	}
	slices.Sort(found)
	return found
}

// principalARN is the ARN of the principal that a policy's text means: an account's number is its root, a session is
// its role.
func principalARN(text string) (string, bool) {
	if len(text) == 12 && strings.Trim(text, "0123456789") == "" {
		return "arn:aws:iam::" + text + ":root", true
	}
	if session, ok := strings.CutPrefix(text, "arn:aws:sts::"); ok {
		account, rest, _ := strings.Cut(session, ":assumed-role/")
		role, _, _ := strings.Cut(rest, "/")
		return "arn:aws:iam::" + account + ":role/" + role, true
	}
	return text, strings.HasPrefix(text, "arn:aws:iam::") && strings.Count(text, ":") == 5
}

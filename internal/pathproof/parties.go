package pathproof

import (
	"slices"
	"strings"
)

// names is whether an Allow may speak of a principal, by itself or by its account.
func names(s statement, p *Principal) (itself, account bool) {
	if s.notPrincipals != nil {
		return true, true
	}
	if p.Account == "" {
		return slices.Contains(s.principals["Service"], p.Name), false
	}
	// Tokens and S3's canonical users are nobody's of the account, as far as the stacks say.
	itself = p.Account == anyOther && len(s.principals["Federated"])+len(s.principals["CanonicalUser"]) > 0
	for _, text := range s.principals["AWS"] {
		if text == "*" {
			return true, true
		}
		arn, _ := principalARN(text)
		account = account || strings.HasSuffix(arn, ":root") && overlaps(arn, "arn:aws:iam::"+p.Account+":root")
		itself = itself || overlaps(arn, p.ARN)
	}
	return itself, account
}

// surelyNames is whether a Deny speaks of a principal, whoever it is.
func surelyNames(s statement, p *Principal) bool {
	if slices.Contains(s.principals["AWS"], "*") {
		return true
	}
	if p.Account == "" {
		return slices.Contains(s.principals["Service"], p.Name)
	}
	for _, text := range s.principals["AWS"] {
		if arn, ok := principalARN(text); ok && (covers(arn, p.ARN) || arn == "arn:aws:iam::"+p.Account+":root") {
			return true
		}
	}
	return false
}

package preflight

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/preflight/resolver"
)

// Resolver asks the DNS that everybody uses. resolver.System does.
type Resolver interface {
	// NameServers are those that a name is delegated to; none is no delegation.
	NameServers(ctx context.Context, name string) ([]string, error)
	// CAA are the records at a name itself; none is none there.
	CAA(ctx context.Context, name string) ([]resolver.CAA, error)
}

// servers is a set of name servers in one order and spelling.
func servers(names []string) string {
	var list []string
	for _, name := range names {
		list = append(list, strings.TrimSuffix(strings.ToLower(name), "."))
	}
	slices.Sort(list)
	return strings.Join(slices.Compact(list), ", ")
}

// askCAA asks whether the DNS forbids ACM to issue a certificate.
func askCAA(ctx context.Context, client Resolver, name string) Result {
	subject := "certificate of " + name
	if client == nil {
		return unknown(subject, "", "an emulator's zones are not in the DNS that the world asks")
	}
	at, records, err := relevantCAA(ctx, client, strings.TrimPrefix(name, "*."))
	if err != nil {
		return unanswered(subject, err)
	}
	issuers := issuersIn(records, strings.HasPrefix(name, "*."))
	for _, issuer := range issuers {
		if slices.Contains(environments.ACMIssuers, issuer) {
			return good(subject, "the CAA records of %s allow Amazon", at)
		}
	}
	if issuers == nil {
		return good(subject, "no CAA record limits who issues it")
	}
	return bad(subject, fmt.Sprintf(`add %s CAA 0 issue "amazon.com"`, at),
		"the CAA records of %s allow %s alone", at, strings.Join(issuers, ", "))
}

// relevantCAA are the records that hold for a name: the first that are found on the way up from it (RFC 8659, 3).
func relevantCAA(ctx context.Context, client Resolver, name string) (at string, records []resolver.CAA, err error) {
	for at := name; at != ""; _, at, _ = strings.Cut(at, ".") {
		records, err := client.CAA(ctx, at)
		if err != nil || len(records) > 0 {
			return at, records, err
		}
	}
	return "", nil, nil
}

// issuersIn are those who may issue; nil is everybody. Of a wildcard, issuewild says it where there is one.
func issuersIn(records []resolver.CAA, wildcard bool) []string {
	tag := "issue"
	if wildcard && slices.ContainsFunc(records, func(one resolver.CAA) bool { return one.Tag == "issuewild" }) {
		tag = "issuewild"
	}
	var issuers []string
	for _, record := range records {
		if record.Tag == tag {
			issuer, _, _ := strings.Cut(record.Value, ";")
			issuers = append(issuers, strings.ToLower(strings.TrimSpace(issuer)))
		}
	}
	return issuers
}

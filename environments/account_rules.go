package environments

import (
	"fmt"
	"slices"
	"strings"
)

// validate holds the account to the rules that need no other file.
func (a Account) validate(say report) {
	if a.Role != "" && strings.Split(a.Role, ":")[4] != a.ID {
		say("role", "%q belongs to another account than id %q; the two must agree", a.Role, a.ID)
	}
	if a.Connection != "" && strings.Split(a.Connection, ":")[4] != a.ID {
		say("connection", "%q belongs to another account than id %q; write this account's, the output connection_arn of the stack in %s",
			a.Connection, a.ID, a.Region)
	}
	if a.Makes(ServiceGitHubConnection) && slices.Contains(a.Region.Lacks(), CodeConnections) {
		say("region", "is %q, which has no %s; choose another first region, whose connection serves every region, or name %s in "+
			"organization_provides (docs/regions.md)", a.Region, CodeConnections, ServiceGitHubConnection)
	}
	validateAddresses(say, a.Emails, a.Webhooks, "")
	if a.SecurityHub && !a.Config && a.Makes(ServiceConfig) {
		say("security_hub", "is true, and config is not: Security Hub reads what AWS Config records; set config to true, "+
			"or add config to organization_provides if the organization records it")
	}
	if a.ShieldAdvanced && !slices.Contains(a.Acknowledge, ContractShieldAdvanced) {
		say("shield_advanced", "is true: that is a contract of a year at 3,000 USD a month; add `acknowledge: [%s]` if it is meant",
			ContractShieldAdvanced)
	}
	for _, both := range []struct {
		path    string
		on      bool
		service AccountService
	}{
		{"config", a.Config, ServiceConfig},
		{"security_hub", a.SecurityHub, ServiceSecurityHub},
		{"shield_advanced", a.ShieldAdvanced, ServiceShield},
	} {
		if both.on && !a.Makes(both.service) {
			say(both.path, "is true, and organization_provides names %s: two would undo each other's; keep one of the lines", both.service)
		}
	}
}

// validate holds the account files against each other.
func (s accountSet) validate() {
	for i, one := range s {
		for _, other := range s[:i] {
			if one.ID == other.ID {
				one.report("id", "is %q, and %s has it too: an account has one file; name that one in the environments and remove this one",
					one.ID, other.path)
			}
		}
	}
}

// didYouMeanAccount helps with the name of an account that has no file.
func (s accountSet) didYouMeanAccount(name string) string {
	if len(s) == 0 {
		return fmt.Sprintf("; write one, as docs/account.md shows, with id, owner, repository and region, to %s/%s.yaml", accountsDir, name)
	}
	names := make([]string, len(s))
	for i, one := range s {
		names[i] = one.Name
	}
	return didYouMean(name, names)
}

package environments

import (
	"fmt"
	"slices"
	"strings"
)

// validate holds the account to the rules that need no other file.
func (a Account) validate(say report, known known) {
	a.validateRole(say, known)
	a.validateConnection(say, known)
	a.validateTags(say)
	if known("organization_provides") && a.Makes(ServiceGitHubConnection) &&
		slices.Contains(a.Region.Lacks(), CodeConnections) {
		say("region",
			"is %q, which has no %s; choose another first region, whose connection serves every region, or name %s in "+
				"organization_provides (docs/regions.md)", a.Region, CodeConnections, ServiceGitHubConnection)
	}
	if known("role", "github_workflows") && a.GitHubWorkflows && a.Role != "" {
		say("github_workflows",
			"is true, and role is %q: Terraform would assume that on pull requests too, and plan them with all "+
				"that it may do; remove role, and name those who deploy in cluster.admins", a.Role)
	}
	validateAddresses(say, a.Emails, a.Webhooks, "")
	a.ImageCache.validate(say, known)
	if known("config", "organization_provides") && a.SecurityHub && !a.Config && a.Makes(ServiceConfig) {
		say("security_hub", "is true, and config is not: Security Hub reads what AWS Config records; set config to true, "+
			"or add config to organization_provides if the organization records it")
	}
	if known("acknowledge") && a.ShieldAdvanced && !slices.Contains(a.Acknowledge, ContractShieldAdvanced) {
		say("shield_advanced",
			"is true: that is a contract of a year at 3,000 USD a month; add `acknowledge: [%s]` if it is meant",
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
		if both.on && known("organization_provides") && !a.Makes(both.service) {
			say(both.path, "is true, and organization_provides names %s: two would undo each other's; keep one of the lines",
				both.service)
		}
	}
}

// validateRole holds the role that Terraform assumes to IAM's names, and to the account.
func (a Account) validateRole(say report, known known) {
	if a.Role == "" {
		return
	}
	role, problem := principalIn(a.Role, a.ID)
	switch {
	case problem != "":
		say("role", "is %q, %s", a.Role, problem)
	case known("id") && role.account != a.ID:
		say("role", "%q belongs to another account than id %q; the two must agree", a.Role, a.ID)
	}
}

// validateConnection holds the connection to what the stack of the first region makes.
func (a Account) validateConnection(say report, known known) {
	if a.Connection == "" {
		return
	}
	parts := strings.Split(a.Connection, ":") // the form is the grammar's
	const remedy = "write this account's, the output connection_arn of the stack in %s"
	switch partition, region, account := parts[1], Region(parts[3]), parts[4]; {
	case partition != Partition:
		say("connection", "is %q, of the partition %s, and everything here is in the partition %s; "+remedy,
			a.Connection, partition, Partition, a.Region)
	case known("id") && account != a.ID:
		say("connection", "%q belongs to another account than id %q; "+remedy, a.Connection, a.ID, a.Region)
	case known("region", "organization_provides") && a.Makes(ServiceGitHubConnection) && region != a.Region:
		say("connection", "is %q, in %s, and the account's stack makes its connection in its first region; "+remedy+
			", or name %s in organization_provides for one that was there before",
			a.Connection, region, a.Region, ServiceGitHubConnection)
	}
}

// validateTags holds what becomes tags to what services take of their values.
func (a Account) validateTags(say report) {
	validateTag(say, "owner", a.Owner)
	validateRepository(say, "repository", a.Repository)
}

// validate holds the account files against each other.
func (s accountSet) validate() {
	for i, one := range s {
		for _, other := range s[:i] {
			if one.known("id") && other.known("id") && one.ID == other.ID {
				one.report("id",
					"is %q, and %s has it too: an account has one file; name that one in the environments and remove this one",
					one.ID, other.path)
			}
		}
	}
}

// didYouMeanAccount helps with the name of an account that has no file.
func (s accountSet) didYouMeanAccount(name string) string {
	if len(s) == 0 {
		return fmt.Sprintf("; write one, as docs/account.md shows, with id, owner, repository and region, to %s/%s.yaml",
			accountsDir, name)
	}
	names := make([]string, len(s))
	for i, one := range s {
		names[i] = one.Name
	}
	return didYouMean(name, names)
}

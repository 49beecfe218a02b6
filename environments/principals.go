package environments

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
)

// principal is an IAM role or user, by its ARN.
type principal struct{ account, kind, path string }

// principalARN is the ARN of a role or user. A name has up to 64 characters of these; a path before it ends in a slash
// (IAM API Reference, CreateRole, RoleName and Path).
var principalARN = regexp.MustCompile(
	`^arn:(aws[a-z-]*):iam::([0-9]{12}):(role|user)/((?:[\w+=,.@-]+/)*)[\w+=,.@-]{1,64}$`)

// serviceRolePath begins the paths of service-linked roles, which services of AWS alone assume (IAM User Guide, 'Create
// a service-linked role').
const serviceRolePath = "aws-service-role/"

// principalIn takes an ARN apart, or says what is wrong with it, which reads on from the value; account is for the
// example in that.
func principalIn(arn, account string) (found principal, problem string) {
	parts := principalARN.FindStringSubmatch(arn)
	switch {
	case parts == nil:
		return principal{}, fmt.Sprintf("not the ARN of an IAM role or user, for instance arn:%s:iam::%s:role/platform-admin",
			Partition, cmp.Or(account, "<account>"))
	case parts[1] != Partition:
		return principal{}, fmt.Sprintf(
			"of the partition %s, and everything here is in the partition %s; name one of the account", parts[1], Partition)
	case strings.HasPrefix(parts[4], serviceRolePath):
		return principal{},
			"a service-linked role, which only a service of AWS assumes; name a role that people or pipelines assume"
	}
	return principal{account: parts[2], kind: parts[3], path: parts[4]}, ""
}

// validatePrincipals holds those who get into the cluster to IAM's names, and to the account: who administers it from
// another one is beyond the reach of this account's boundary, trail and alarms.
func (c Cluster) validatePrincipals(say report, known known, environment Environment) {
	for i, arn := range c.Admins {
		path := fmt.Sprintf("cluster.admins.%d", i)
		admin, problem := principalIn(arn, environment.Account.ID)
		if problem != "" {
			say(path, "is %q, %s", arn, problem)
			continue
		}
		if known("account", "account.id", "acknowledge") && admin.account != environment.Account.ID &&
			!environment.Acknowledges(AcknowledgeForeignAdmins) {
			say(path, "is %q, of account %s, and the cluster is in %s: whoever controls that account controls the cluster; "+
				"name a role of this account that they may assume, or add `acknowledge: [%s]`",
				arn, admin.account, environment.Account.ID, AcknowledgeForeignAdmins)
		}
	}
	for i, arn := range c.Readers {
		if _, problem := principalIn(arn, environment.Account.ID); problem != "" {
			say(fmt.Sprintf("cluster.readers.%d", i), "is %q, %s", arn, problem)
		}
	}
}

package environments

import (
	"strings"
	"testing"
)

// validAccount is a small account file that every case below breaks in one way.
const validAccount = `id: "333333333333"
owner: platform
repository: titan-platform/titan
region: eu-west-1
`

func TestEveryMistakeInAnAccountHasItsMessage(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"nothing is wrong": {"owner: platform", "owner: platform", ""},
		"unquoted number": {`"333333333333"`, "333333333333",
			`1:1: id is 333333333333, a number, must be a string: put it in quotes`},
		"short number": {"333333333333", "3333",
			`1:1: id is "3333", which does not match ^[0-9]{12}$: ID is the account's number, 12 digits in quotes (unquoted, ` +
				`YAML reads a number and drops leading zeros)`},
		"no number": {"id: \"333333333333\"\n", "",
			`1:1: id is missing: ID is the account's number, 12 digits in quotes (unquoted, ` +
				`YAML reads a number and drops leading zeros)`},
		"unknown setting": {"owner: platform", "owner: platform\nguardduty: true",
			`3:1: guardduty is not a setting; allowed: acknowledge, config, connection, emails, github_workflows, id, ` +
				`image_cache, log_days, organization_provides, owner, project, protection, region, repository, role, ` +
				`security_hub, shield_advanced, volume_key, webhooks`},
		"role of another account": {"owner: platform", "role: arn:aws:iam::444444444444:role/deploy\nowner: platform",
			`2:1: role "arn:aws:iam::444444444444:role/deploy" belongs to another account than id "333333333333"; ` +
				`the two must agree`},
		"workflows with a role": {"owner: platform",
			"github_workflows: true\nrole: arn:aws:iam::333333333333:role/deploy\nowner: platform",
			`2:1: github_workflows is true, and role is "arn:aws:iam::333333333333:role/deploy": ` +
				`Terraform would assume that on pull requests too, and plan them with all that it may do; ` +
				`remove role, and name those who deploy in cluster.admins`},
		"connection of another account": {"owner: platform",
			"connection: arn:aws:codeconnections:eu-west-1:444444444444:connection/a-b\nowner: platform",
			`2:1: connection "arn:aws:codeconnections:eu-west-1:444444444444:connection/a-b" belongs to another account than ` +
				`id "333333333333"; write this account's, the output connection_arn of the stack in eu-west-1`},
		"no connections in the first region": {"region: eu-west-1", "region: eu-south-2",
			`4:1: region is "eu-south-2", which has no CodeConnections; choose another first region, ` +
				`whose connection serves every region, or name github-connection in organization_provides (docs/regions.md)`},
		"project too long": {"owner: platform", "owner: platform\nproject: a-name-of-21-characters",
			`3:1: project is too long, 23 characters, at most 20: Project begins the name of everything in the account, ` +
				`and of its environments: 2 to 20 lower case letters, digits and single hyphens. ` +
				`With an environment's name it may have 24 characters together, ` +
				`up to 27 where regions have short names (docs/account.md). Default: titan`},
		"address that is none": {"owner: platform", "owner: platform\nemails: [oncall]",
			`3:10: emails[0] is "oncall", not an e-mail address, for instance oncall@example.com`},
		"a hub without records": {"owner: platform", "owner: platform\nsecurity_hub: true",
			`3:1: security_hub is true, and config is not: Security Hub reads what AWS Config records; ` +
				`set config to true, or add config to organization_provides if the organization records it`},
		"a hub with the organization's records": {"owner: platform",
			"owner: platform\nsecurity_hub: true\norganization_provides: [config]", ""},
		"twice": {"owner: platform", "owner: platform\nconfig: true\norganization_provides: [config]",
			`3:1: config is true, and organization_provides names config: two would undo each other's; keep one of the lines`},
		"a contract": {"owner: platform", "owner: platform\nshield_advanced: true",
			"3:1: shield_advanced is true: that is a contract of a year at 3,000 USD a month; " +
				"add `acknowledge: [shield-advanced]` if it is meant"},
		"what no organization does": {"owner: platform", "owner: platform\norganization_provides: [cloudtrial]",
			`3:25: organization_provides[0] is "cloudtrial", which is not allowed; ` +
				`did you mean "cloudtrail"? allowed: cloudtrail, guardduty, access-analyzer, config, security-hub, ` +
				`shield-advanced, public-access-block, password-policy, ebs-encryption, ec2-defaults, backup-settings, ` +
				`github-oidc, github-connection`},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(validAccount, c.old) {
				t.Fatalf("the valid file has no %q to change", c.old)
			}
			got := complaints(t, map[string]string{
				"prod.yaml": valid, "accounts/production.yaml": strings.Replace(validAccount, c.old, c.new, 1),
			})
			want := c.want
			if want != "" {
				want = "accounts/production.yaml:" + want
			}
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestEnvironmentsNameTheirAccount(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"misspelt": {map[string]string{"prod.yaml": strings.Replace(valid, "account: production", "account: prodution", 1)},
			`prod.yaml:4:1: account is "prodution", and there is no account file accounts/prodution.yaml; ` +
				`did you mean "production"? allowed: production, staging`},
		"as it was": {map[string]string{
			"prod.yaml": strings.Replace(valid, "account: production", `account: {id: "333333333333", owner: true}`, 1),
		},
			"prod.yaml:4:1: account is a mapping, and an account has a file of its own: " +
				"move id and role to accounts/<name>.yaml, with owner, repository and region (docs/account.md), drop owner: " +
				"true, which every account's own stacks stand for now, and name the file here, for instance `account: production`"},
		"a project of its own": {map[string]string{
			"prod.yaml": strings.Replace(valid, "owner: platform", "project: other", 1),
		},
			"prod.yaml:2:1: project is the account's: set it in the account's file, accounts/<name>.yaml, and remove the line"},
		"one account twice": {map[string]string{"prod.yaml": valid, "accounts/staging.yaml": validAccount},
			"accounts/staging.yaml:1:1: id is \"333333333333\", and accounts/production.yaml has it too: " +
				"an account has one file; name that one in the environments and remove this one"},
		"a shield without the account": {map[string]string{
			"prod.yaml": strings.Replace(valid, "owner: platform", "edge: {shield_advanced: true}", 1),
		},
			"prod.yaml:2:8: edge.shield_advanced is true, and its account is not subscribed; " +
				"set shield_advanced in accounts/production.yaml, or name shield-advanced in its organization_provides " +
				"where the payer is subscribed"},
		"workflows that no environment knows": {map[string]string{
			"prod.yaml":                valid,
			"accounts/production.yaml": validAccount + "github_workflows: true\n",
		},
			"prod.yaml:15:3: cluster.admins lacks arn:aws:iam::333333333333:role/titan-github-deploy, " +
				"by which the account's github_workflows deploy: it could not read what it writes into secrets, " +
				"and no plan of its would come to an end; add it"},
		"workflows": {map[string]string{
			"prod.yaml": strings.Replace(valid, `["arn:aws:iam::333333333333:role/platform-admin"]`,
				`["arn:aws:iam::333333333333:role/platform-admin", "arn:aws:iam::333333333333:role/titan-github-deploy"]`, 1),
			"accounts/production.yaml": validAccount + "github_workflows: true\n",
		}, ""},
		"a shield of the organization": {map[string]string{
			"prod.yaml":                strings.Replace(valid, "owner: platform", "edge: {shield_advanced: true}", 1),
			"accounts/production.yaml": validAccount + "organization_provides: [shield-advanced]\n",
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := complaints(t, c.files); strings.ReplaceAll(got, "other:accounts", "accounts") != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// What tags an environment and begins its names is its account's, unless the file says otherwise.
func TestTheAccountIsTheDefault(t *testing.T) {
	dir := folder(t, map[string]string{
		"prod.yaml":                strings.Replace(valid, "owner: platform\nrepository: titan-platform/titan\n", "", 1),
		"accounts/production.yaml": validAccount + "project: acme\n",
	})
	all, err := Load(dir, "")
	if err != nil {
		t.Fatal(err)
	}
	if e := all[0]; e.Owner != "platform" || e.Repository != "titan-platform/titan" || e.Prefix() != "acme-prod" {
		t.Errorf("owner %q, repository %q, prefix %q", e.Owner, e.Repository, e.Prefix())
	}
}

package environments

import (
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Placeholder is a value of the sample files that belongs to nobody, or not to who deploys.
type Placeholder struct {
	File    string // accounts/production.yaml, in the folder of the environment files
	Setting string // id
	Value   string // 111111111111
	Instead string // what to put there
}

// String is the placeholder on one line.
func (p Placeholder) String() string {
	return fmt.Sprintf("%s: %s is %q: %s", p.File, p.Setting, p.Value, p.Instead)
}

// File is the account's file, in the folder of the environment files.
func (a Account) File() string { return accountsDir + "/" + a.Name + ".yaml" }

// Placeholders are the values of the sample files that are still in an account's, in the order of the settings.
func (a Account) Placeholders() []Placeholder {
	found := placeholders{file: a.File()}
	found.account("id", a.ID, a.ID)
	found.account("role", a.Role, accountIn(a.Role))
	found.repository("repository", a.Repository, ownRepository)
	if strings.HasSuffix(a.Connection, sampleConnection) {
		found.add("connection", a.Connection,
			"the output connection_arn of the account's stack, or nothing until that is deployed")
	}
	found.told("", a.Emails, a.Webhooks)
	return found.list
}

// Placeholders are the values of the sample files that are still in an environment's and its account's, in the order of
// the settings. The samples load, synthesize and run on an emulator as they are; to deploy one to AWS would fail in its
// middle, or ask for somebody else's names. An emulated environment has none.
func (e Environment) Placeholders() []Placeholder {
	if e.Emulator {
		return nil
	}
	found := placeholders{file: e.Name + ".yaml", list: e.Account.Placeholders()}
	if e.Repository != e.Account.Repository {
		found.repository("repository", e.Repository, ownRepository)
	}
	found.host("dns.zone", e.DNS.Zone, e.DNS.Zone, "a domain of yours")
	found.host("dns.name", e.DNS.Name, e.DNS.Name, "a name in a domain of yours")
	for i, public := range e.DNS.Names {
		found.host(fmt.Sprintf("dns.names[%d].name", i), public.Name, public.Name, "a name in a domain of yours")
	}
	found.account("dns.certificate_arn", e.DNS.CertificateARN, accountIn(e.DNS.CertificateARN))
	for i, account := range e.Network.EndpointPolicy.Accounts {
		found.account(fmt.Sprintf("network.endpoint_policy.accounts[%d]", i), account, account)
	}
	for i, cidr := range e.Cluster.PublicCIDRs {
		found.block(fmt.Sprintf("cluster.public_cidrs[%d]", i), cidr,
			"the public addresses that you call from; EKS refuses those of documentation")
	}
	for i, cidr := range e.LoadBalancer.AllowCIDRs {
		found.block(fmt.Sprintf("load_balancer.allow_cidrs[%d]", i), cidr, "the public addresses that people call from")
	}
	found.host("addons.grafana.name", e.Addons.Grafana.Name, e.Addons.Grafana.Name, "a name in a domain of yours")
	for i, cidr := range e.Addons.Grafana.AllowCIDRs {
		found.block(fmt.Sprintf("addons.grafana.allow_cidrs[%d]", i), cidr, "the public addresses that your people call from")
	}
	for i, arn := range e.Cluster.Admins {
		found.account(fmt.Sprintf("cluster.admins[%d]", i), arn, accountIn(arn))
	}
	for i, arn := range e.Cluster.Readers {
		found.account(fmt.Sprintf("cluster.readers[%d]", i), arn, accountIn(arn))
	}
	found.account("database.restored_from", e.Database.RestoredFrom, accountIn(e.Database.RestoredFrom))
	found.told("observability", e.Observability.Emails, e.Observability.Webhooks)
	found.repository(
		"delivery.repository",
		e.Delivery.Repository,
		"where the application is kept, or nothing, and then there is no pipeline",
	)
	return found.list
}

// remaining are the placeholders in the files of environments, but for the samples as they come: there, all are.
func remaining(all []Environment) []Placeholder {
	if areSamples(all) {
		return nil
	}
	var list []Placeholder
	for _, environment := range all {
		for _, placeholder := range environment.Placeholders() {
			if !slices.Contains(list, placeholder) { // an account's is in each of its environments
				list = append(list, placeholder)
			}
		}
	}
	return list
}

// areSamples is whether no account is anybody's yet, by its number and repository.
func areSamples(all []Environment) bool {
	return !slices.ContainsFunc(all, func(e Environment) bool {
		return !e.Emulator && (!exampleAccount(e.Account.ID) || !strings.HasPrefix(e.Account.Repository, sampleOwner))
	})
}

// placeholders are those found so far in a file.
type placeholders struct {
	file string
	list []Placeholder
}

func (p *placeholders) add(setting, value, instead string) {
	p.list = append(p.list, Placeholder{p.file, setting, value, instead})
}

// What the sample files have in common: the organisation of their repositories, and the end of a connection's ARN.
const (
	sampleOwner      = "titan-platform/"
	sampleConnection = "connection/00000000-0000-0000-0000-000000000000"
)

const ownRepository = "your repository with the code of this platform, which its pipelines run as an administrator " +
	"of the cluster"

// told finds addresses that nobody reads; path is that of the settings around them.
func (p *placeholders) told(path string, emails, webhooks []string) {
	for i, address := range emails {
		_, host, _ := strings.Cut(address, "@")
		p.host(fmt.Sprintf("%s[%d]", join(path, "emails"), i), address, host, "an address that somebody reads")
	}
	for i, address := range webhooks {
		if parsed, err := url.Parse(address); err == nil {
			p.host(fmt.Sprintf("%s[%d]", join(path, "webhooks"), i), address, parsed.Hostname(), "an endpoint of yours")
		}
	}
}

func (p *placeholders) repository(setting, value, instead string) {
	if strings.HasPrefix(value, sampleOwner) {
		p.add(setting, value, instead)
	}
}

func (p *placeholders) account(setting, value, number string) {
	if exampleAccount(number) {
		p.add(setting, value, "your own account's number")
	}
}

// exampleAccount is whether AWS's documentation or the samples use an account's number: one digit twelve times, and
// these.
func exampleAccount(number string) bool {
	switch number {
	case "":
		return false
	case "123456789012", "111122223333", "444455556666", "777788889999":
		return true
	}
	return strings.Count(number, number[:1]) == len(number)
}

// host finds names that nobody can register (RFC 2606 and RFC 6761).
func (p *placeholders) host(setting, value, name, instead string) {
	if unregistrable.MatchString(name) {
		p.add(setting, value, instead)
	}
}

var unregistrable = regexp.MustCompile(`(^|\.)(example\.(com|net|org)|example|invalid|localhost|test)\.?$`)

func (p *placeholders) block(setting, value, instead string) {
	block, err := netip.ParsePrefix(value)
	if err != nil {
		return // the loader's to say
	}
	if _, found := overlapping(block, documentationBlocks); found && block.Bits() > 0 {
		p.add(setting, value, instead)
	}
}

// accountIn is the account in an ARN, empty where there is none.
func accountIn(arn string) string {
	if parts := strings.SplitN(arn, ":", 6); len(parts) == 6 {
		return parts[4]
	}
	return ""
}

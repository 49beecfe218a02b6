package environments

import (
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
)

// Placeholder is a value of the sample files that belongs to nobody, or not to who deploys.
type Placeholder struct {
	Setting string // account.id
	Value   string // 111111111111
	Instead string // what to put there
}

// String is the placeholder on one line.
func (p Placeholder) String() string {
	return fmt.Sprintf("%s is %q: %s", p.Setting, p.Value, p.Instead)
}

// Placeholders are the values of the sample files that are still in an environment's, in the order of the settings.
// The samples load, synthesize and run on an emulator as they are; to deploy one to AWS would fail in its middle, or
// ask for somebody else's names. An emulated environment has none.
func (e Environment) Placeholders() []Placeholder {
	if e.Emulator {
		return nil
	}
	var found placeholders
	found.repository("repository", e.Repository, "where your copy of this project is kept")
	found.account("account.id", e.Account.ID, e.Account.ID)
	found.account("account.role", e.Account.Role, accountIn(e.Account.Role))
	found.host("dns.zone", e.DNS.Zone, e.DNS.Zone, "a domain of yours")
	found.host("dns.name", e.DNS.Name, e.DNS.Name, "a name in a domain of yours")
	for i, cidr := range e.Cluster.PublicCIDRs {
		found.block(fmt.Sprintf("cluster.public_cidrs[%d]", i), cidr)
	}
	for i, arn := range e.Cluster.Admins {
		found.account(fmt.Sprintf("cluster.admins[%d]", i), arn, accountIn(arn))
	}
	for i, arn := range e.Cluster.Readers {
		found.account(fmt.Sprintf("cluster.readers[%d]", i), arn, accountIn(arn))
	}
	for i, address := range e.Observability.Emails {
		_, host, _ := strings.Cut(address, "@")
		found.host(fmt.Sprintf("observability.emails[%d]", i), address, host, "an address that somebody reads")
	}
	for i, address := range e.Observability.Webhooks {
		if parsed, err := url.Parse(address); err == nil {
			found.host(fmt.Sprintf("observability.webhooks[%d]", i), address, parsed.Hostname(), "an endpoint of yours")
		}
	}
	found.repository(
		"delivery.repository",
		e.Delivery.Repository,
		"where the application is kept, or nothing, and then there is no pipeline",
	)
	return found
}

// placeholders are those found so far.
type placeholders []Placeholder

func (p *placeholders) add(setting, value, instead string) {
	*p = append(*p, Placeholder{setting, value, instead})
}

// sampleOwner is the organisation of the sample files' repositories.
const sampleOwner = "titan-platform/"

func (p *placeholders) repository(setting, value, instead string) {
	if strings.HasPrefix(value, sampleOwner) {
		p.add(setting, value, instead)
	}
}

// account finds numbers that AWS's documentation and samples use: one digit twelve times, and 123456789012.
func (p *placeholders) account(setting, value, number string) {
	if number != "" && (number == "123456789012" || strings.Count(number, number[:1]) == len(number)) {
		p.add(setting, value, "your own account's number")
	}
}

// host finds names that nobody can register (RFC 2606 and RFC 6761).
func (p *placeholders) host(setting, value, name, instead string) {
	if unregistrable.MatchString(name) {
		p.add(setting, value, instead)
	}
}

var unregistrable = regexp.MustCompile(`(^|\.)(example\.(com|net|org)|example|invalid|localhost|test)\.?$`)

func (p *placeholders) block(setting, value string) {
	block, err := netip.ParsePrefix(value)
	if err != nil {
		return // the loader's to say
	}
	if _, found := overlapping(block, documentationBlocks); found && block.Bits() > 0 {
		p.add(setting, value, "the public addresses that you call from; EKS refuses those of documentation")
	}
}

// accountIn is the account in an ARN, empty where there is none.
func accountIn(arn string) string {
	if parts := strings.SplitN(arn, ":", 6); len(parts) == 6 {
		return parts[4]
	}
	return ""
}

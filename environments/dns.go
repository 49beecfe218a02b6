package environments

import (
	"slices"
	"strings"
)

// PublicName is a name that users call, beside the main one.
type PublicName struct {
	// Name is in the zone, the zone itself among them, or *. before one: every name right below it that has no record of
	// its own. Required.
	Name string `yaml:"name" jsonschema:"required,minLength=1"`
	// RedirectTo is the public name that requests for this one are redirected to, with their path. Default: none, this
	// one is served.
	RedirectTo string `yaml:"redirect_to" jsonschema:"format=hostname"`
}

// Record is a record of the zone that the platform has no use for itself.
type Record struct {
	// Name is where the record is, in full: the zone, or a name in it. Required.
	Name string `yaml:"name" jsonschema:"required,minLength=1"`
	// Type is the record's. Required.
	Type RecordType `yaml:"type" jsonschema:"required"`
	// Values are the record's, all of its name and type: of TXT the text without quotes, of MX "10 mail.example.org", of
	// CAA '0 issue "amazon.com"', of CNAME one name. Required.
	Values []string `yaml:"values" jsonschema:"required,minItems=1,uniqueItems=true"`
	// TTL is how long others keep it, in seconds. Default: 300.
	TTL int `yaml:"ttl" jsonschema:"minimum=1,maximum=604800"`
}

// RecordType is the type of a DNS record.
type RecordType string

// The types that a file can have records of.
const (
	TXT   RecordType = "TXT"
	MX    RecordType = "MX"
	CAA   RecordType = "CAA"
	CNAME RecordType = "CNAME"
)

func (RecordType) values() []string { return words(TXT, MX, CAA, CNAME) }

// Delegation is a child zone, and who answers for it.
type Delegation struct {
	// Name is the child zone's, in full. Required.
	Name string `yaml:"name" jsonschema:"required,minLength=1"`
	// NameServers are the child zone's: the output name_servers of its stack. Required.
	NameServers []string `yaml:"name_servers" jsonschema:"required,minItems=2,uniqueItems=true"`
	// DS are the records by which a signed zone vouches for a signed child: the output ds_record of its stack.
	// Default: none.
	DS []string `yaml:"ds" jsonschema:"uniqueItems=true"`
}

// wildcard begins a name that stands for all names right below another.
const wildcard = "*."

// IsWildcard is whether the name stands for all names right below another.
func (n PublicName) IsWildcard() bool { return strings.HasPrefix(n.Name, wildcard) }

// PublicNames are the names that the distribution answers to, the main one first.
func (d DNS) PublicNames() []string {
	names := []string{d.Name}
	for _, one := range d.Names {
		names = append(names, one.Name)
	}
	return names
}

// ServedNames are the public names that requests come to the application under: those that no redirect leads away from.
func (d DNS) ServedNames() []string {
	names := []string{d.Name}
	for _, one := range d.Names {
		if one.RedirectTo == "" {
			names = append(names, one.Name)
		}
	}
	return names
}

// HostRedirects are the public names that requests are redirected from, with the name that each leads to.
func (d DNS) HostRedirects() map[string]string {
	redirects := map[string]string{}
	for _, one := range d.Names {
		if one.RedirectTo != "" {
			redirects[one.Name] = one.RedirectTo
		}
	}
	return redirects
}

// CertifiedNames are the names that ACM is asked to issue certificates for: the origin's, and the public ones, unless
// the distribution has a certificate of its own. CloudFront takes an origin whose certificate has the origin's name
// alone (CloudFront Developer Guide, 'Requirements for using SSL/TLS certificates with CloudFront').
func (d DNS) CertifiedNames() []string {
	if d.CertificateARN != "" {
		return []string{d.Origin()}
	}
	return append([]string{d.Origin()}, d.PublicNames()...)
}

// validatedName is what ACM validates of a name: a wildcard by the record of the name below it (ACM User Guide, 'DNS
// validation').
func validatedName(name string) string { return strings.TrimPrefix(name, wildcard) }

// ProvenNames are the certified names that a record of their own proves: of a name and the wildcard before it, which
// share one, the first.
func (d DNS) ProvenNames() []string {
	var proven []string
	for _, name := range d.CertifiedNames() {
		same := func(other string) bool { return validatedName(other) == validatedName(name) }
		if !slices.ContainsFunc(proven, same) {
			proven = append(proven, name)
		}
	}
	return proven
}

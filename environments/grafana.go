package environments

import "slices"

// Grafana is how people reach it beside `kubectl port-forward`.
type Grafana struct {
	// Name is what they call, in the zone and no public name; it gets a certificate of its own. Required.
	Name string `yaml:"name" jsonschema:"required,format=hostname"`
	// AllowCIDRs are the public IPv4 blocks of one's own networks that may call it, each a /8 at least: never the
	// internet. Without an edge they are in load_balancer.allow_cidrs, too. Required.
	AllowCIDRs []string `yaml:"allow_cidrs" jsonschema:"required,minItems=1,maxItems=4,uniqueItems=true"`
	// OIDC is the company's login, beside the administrator's in Secrets Manager. Default: none.
	OIDC OIDC `yaml:"oidc"`
}

// OIDC is Grafana as a client of an identity provider. Its client secret is put into Secrets Manager by a person
// (docs/access.md), and is in no file and no state.
type OIDC struct {
	// ClientID is Grafana's at the provider. Required.
	ClientID string `yaml:"client_id" jsonschema:"required,maxLength=256,pattern=^[A-Za-z0-9._~:/@-]+$"`
	// AuthURL is the provider's authorization_endpoint, as its .well-known/openid-configuration has it. Required.
	AuthURL string `yaml:"auth_url" jsonschema:"required"`
	// TokenURL is its token_endpoint. Required.
	TokenURL string `yaml:"token_url" jsonschema:"required"`
	// UserinfoURL is its userinfo_endpoint. Required.
	UserinfoURL string `yaml:"userinfo_url" jsonschema:"required"`
	// Scopes are what is asked for: Okta, for one, wants `groups` among them. Default: openid, email, profile.
	Scopes []string `yaml:"scopes" jsonschema:"uniqueItems=true"`
	// GroupsClaim is the claim that has a person's groups, whole, as cognito:groups or
	// https://example.com/groups. Default: groups.
	GroupsClaim string `yaml:"groups_claim" jsonschema:"maxLength=128,pattern=^[A-Za-z_][A-Za-z0-9_.:/-]*$"`
	// Admins are groups whose members administer Grafana. Whoever is in a group of none of the three lists is refused.
	// Default: none.
	Admins []string `yaml:"admins" jsonschema:"uniqueItems=true"`
	// Editors are groups whose members also ask what no dashboard asks (Explore). Default: none.
	Editors []string `yaml:"editors" jsonschema:"uniqueItems=true"`
	// Viewers are groups whose members look at dashboards. Default: none.
	Viewers []string `yaml:"viewers" jsonschema:"uniqueItems=true"`
}

// IsServed is whether the load balancer answers for Grafana.
func (g Grafana) IsServed() bool { return g.Name != "" }

// IsSet is whether the company's login is used.
func (o OIDC) IsSet() bool { return o.ClientID != "" }

func (o *OIDC) applyDefaults() {
	if !o.IsSet() {
		return
	}
	defaultIfZero(&o.GroupsClaim, "groups")
	if o.Scopes == nil {
		o.Scopes = []string{"openid", "email", "profile"}
	}
}

// groups are those of all three lists.
func (o OIDC) groups() []string { return slices.Concat(o.Admins, o.Editors, o.Viewers) }

// certifiedNames are the names that ACM is asked to issue certificates for, Grafana's among them.
func (e Environment) certifiedNames() []string {
	if !e.Addons.Grafana.IsServed() {
		return e.DNS.CertifiedNames()
	}
	return append(e.DNS.CertifiedNames(), e.Addons.Grafana.Name)
}

// GrafanaOIDCSecret is the secret with Grafana's client secret at the identity provider.
func (e Environment) GrafanaOIDCSecret() string { return e.Prefix() + "-grafana-oidc" }

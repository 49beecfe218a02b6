package addons

import (
	"fmt"
	"strings"

	"github.com/titan-platform/titan/environments"
)

// grafanaPort is where Grafana's pod answers, by its chart's default; the Service's port 80 leads there.
const grafanaPort = 3000

// serveGrafana has Traefik route a name to Grafana, and Grafana keep to what is right for one that browsers reach. Each
// setting is from Grafana's documentation, 'Configure Grafana' and 'Configure security'.
func (a *addons) serveGrafana(values object) {
	settings := a.Settings.Grafana
	values["ingress"] = object{
		"enabled": true, "ingressClassName": ingressClass, "hosts": []string{settings.Name}, "path": "/",
		"pathType": "Prefix",
	}
	ini, _ := values["grafana.ini"].(object)
	// Links, redirects, the origin of WebSockets and the address that a login comes back to are made of root_url.
	ini["server"] = object{"domain": settings.Name, "root_url": "https://" + settings.Name + "/"}
	ini["security"] = object{
		"cookie_secure":   true,
		"allow_embedding": false, "disable_brute_force_login_protection": false,
		"disable_gravatar": true, // which is told who looks
	}
	ini["users"] = object{"allow_sign_up": false, "allow_org_create": false}
	ini["auth.anonymous"] = object{"enabled": false}
	ini["auth"] = object{"login_maximum_lifetime_duration": "1d"} // who has left the company is out the next day
	// Both would show a dashboard to people without a login: external snapshots on a server of Grafana's own.
	ini["snapshots"] = object{"enabled": false, "external_enabled": false}
	ini["public_dashboards"] = object{"enabled": false}
	if settings.OIDC.IsSet() {
		a.logInByOIDC(values, ini, settings.OIDC)
	}
}

// clientSecret is the Secret with Grafana's client secret, and its only key.
const (
	clientSecret    = "grafana-oidc"
	clientSecretKey = "client_secret"
)

// logInByOIDC has Grafana take the word of an identity provider. The client secret is read at the start: the pod does
// not wait for it, since the administrator's login needs none, and a new version of that starts the pod anew.
func (a *addons) logInByOIDC(values, ini object, oidc environments.OIDC) {
	ini["auth.generic_oauth"] = object{
		"enabled": true, "name": "single sign-on", "client_id": oidc.ClientID, "use_pkce": true,
		"auth_url": oidc.AuthURL, "token_url": oidc.TokenURL, "api_url": oidc.UserinfoURL,
		"scopes":        strings.Join(oidc.Scopes, " "),
		"allow_sign_up": true, // whom the provider knows; without it each would have to be there before
		// Strict: whoever is in no group of the file has no role, and is refused.
		"role_attribute_path": roleOf(oidc), "role_attribute_strict": true, "allow_assign_grafana_admin": false,
	}
	values["envValueFrom"] = object{"GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET": object{
		"secretKeyRef": object{"name": clientSecret, "key": clientSecretKey, "optional": true},
	}}
	objects, _ := values["extraObjects"].([]object)
	values["extraObjects"] = append(objects, externalSecret("grafana-oidc", clientSecret,
		object{"secretKey": clientSecretKey, "remoteRef": object{"key": a.GrafanaOIDCSecret}}))
}

// roleOf is a JMESPath expression that makes a role of a person's groups, the highest first (Grafana, 'Configure
// generic OAuth', 'Role mapping examples'). The loader has kept quotes out of names. A claim stands in quotes of its
// own, without which Cognito's colon and Auth0's URL are no names (grafana/grafana#22986, #26469).
func roleOf(oidc environments.OIDC) string {
	var parts []string
	for _, role := range []struct {
		name   string
		groups []string
	}{{"Admin", oidc.Admins}, {"Editor", oidc.Editors}, {"Viewer", oidc.Viewers}} {
		for _, group := range role.groups {
			parts = append(parts, fmt.Sprintf("contains(%q[*], '%s') && '%s'", oidc.GroupsClaim, group, role.name))
		}
	}
	return strings.Join(parts, " || ")
}

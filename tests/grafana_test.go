package tests

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/internal/pathproof"
	"github.com/titan-platform/titan/internal/requestpath"
	"github.com/titan-platform/titan/internal/synth"
)

const grafanaHost = "grafana.titan.example.com"

// servedGrafana is Grafana for two networks.
func servedGrafana(e *environments.Environment) {
	e.Addons.Grafana = environments.Grafana{Name: grafanaHost, AllowCIDRs: []string{"8.8.4.0/24", "9.9.9.9/32"}}
}

// companyLogin is the same with the company's login.
func companyLogin(e *environments.Environment) {
	servedGrafana(e)
	e.Addons.Grafana.OIDC = environments.OIDC{
		ClientID: "grafana", AuthURL: "https://login.example.com/auth", TokenURL: "https://login.example.com/token",
		UserinfoURL: "https://login.example.com/userinfo",
		Scopes:      []string{"openid", "groups"},
		GroupsClaim: "cognito:groups",
		Admins:      []string{"platform"}, Editors: []string{"on call"}, Viewers: []string{"developers", "support"},
	}
}

func TestGrafanasNameIsForwardedForListedNetworksAlone(t *testing.T) {
	home := variant(t, "prod", servedGrafana)
	https := home.Resource(t, "aws_lb_listener", "loadbalancer/https")
	rule := home.Resource(t, "aws_lb_listener_rule", "loadbalancer/restricted")
	rule.WantValue(t, "condition", []map[string]any{
		{"host_header": map[string]any{"values": []string{grafanaHost}}},
		{"source_ip": map[string]any{"values": []string{"8.8.4.0/24", "9.9.9.9/32"}}},
	})
	group := home.Resource(t, "aws_security_group", "loadbalancer/security-group")
	for _, cidr := range []string{"8.8.4.0/24", "9.9.9.9/32"} {
		in := home.Resource(t, "aws_vpc_security_group_ingress_rule",
			"loadbalancer/https-from-"+strings.ReplaceAll(cidr, "/", "-"))
		in.WantReference(t, "security_group_id", group)
		in.WantValue(t, "cidr_ipv4", cidr)
		in.WantValue(t, "from_port", 443)
		in.WantValue(t, "to_port", 443)
	}
	// The default certificate, which everybody's requests go by, is the one that it was.
	https.WantValue(t, "certificate_arn",
		stack(t, "prod").Resource(t, "aws_lb_listener", "loadbalancer/https").At("certificate_arn"))
	certificate := home.Resource(t, "aws_acm_certificate", "grafana/certificate/name-certificate")
	certificate.WantValue(t, "domain_name", grafanaHost)
	validation := home.Resource(t, "aws_acm_certificate_validation", "grafana/certificate/name-validation")
	validation.WantReference(t, "certificate_arn", certificate)
	extra := home.Resource(t, "aws_lb_listener_certificate", "loadbalancer/restricted-certificate")
	extra.WantValue(t, "certificate_arn", validation.Reference("certificate_arn")) // which waits until it is issued
	extra.WantReference(t, "listener_arn", https)
	record := home.Resource(t, "aws_route53_record", "grafana/record")
	record.WantValue(t, "name", grafanaHost)
	record.WantReference(t, "alias.name", home.Resource(t, "aws_lb", "loadbalancer/alb"))
	if left := stack(t, "prod").Resources("aws_lb_listener_certificate"); len(left) > 0 {
		t.Errorf("a file that asks for none has %v", left)
	}
}

// TestTheWalkFollowsARequestToGrafana plants what would open it.
func TestTheWalkFollowsARequestToGrafana(t *testing.T) {
	environment := loadedNamed(t, "dev")
	served := func(e *environments.Environment) {
		servedGrafana(e)
		e.Addons.Grafana.Name = "grafana.dev.titan.example.com"
	}
	served(&environment)
	made := variants(t, "dev", served)
	for _, problem := range requestpath.Check(environment, graphOf(t, made)) {
		t.Error(problem)
	}
	rule := func(s Stack) Block { return s.Find("aws_lb_listener_rule", "loadbalancer_restricted") }
	for name, mistake := range map[string]mistake{
		"without a network": {func(t *testing.T, home, _ Stack) {
			rule(home).Put(t, "condition", []any{rule(home).At("condition.0")})
		}, "Grafana's name from elsewhere by forward"},
		"for every name": {func(t *testing.T, home, _ Stack) {
			rule(home).Put(t, "condition", []any{rule(home).At("condition.1")})
		}, "has rules that forward"},
		"for nobody": {func(t *testing.T, home, _ Stack) {
			rule(home).Put(t, "condition.1.source_ip.values", []any{"8.8.4.0/24"})
		}, "Grafana's name from 9.9.9.9/32 by fixed-response"},
		"another network": {func(t *testing.T, home, _ Stack) {
			home.Find("aws_vpc_security_group_ingress_rule", "loadbalancer_https-from-9").Put(t, "cidr_ipv4", "0.0.0.0/0")
		}, "lets in more than CloudFront on 443"},
		"no record": {func(_ *testing.T, home, _ Stack) { home.Remove("aws_route53_record", "grafana_record") },
			"0 records of grafana"},
	} {
		t.Run(name, func(t *testing.T) {
			planted := copies(made)
			mistake.plant(t, planted["dev"], planted["dev.global"])
			said := requestpath.Check(environment, graphOf(t, planted))
			if !slices.ContainsFunc(said, func(p requestpath.Problem) bool {
				return strings.Contains(p.String(), mistake.want)
			}) {
				t.Errorf("the walk says %v, want %q", said, mistake.want)
			}
		})
	}
}

// The proof knows the file's networks, by Grafana's name alone.
func TestTheProofKnowsGrafanasCallersAlone(t *testing.T) {
	made := variants(t, "prod", companyLogin)
	unexpected := func(t *testing.T, made map[string]Stack, asFile func(*environments.Environment)) []string {
		t.Helper()
		var stacks []graph.Stack
		for _, one := range made {
			stacks = append(stacks, graph.Stack{Name: one.Name, JSON: []byte(synth.Text(one.Root))})
		}
		facts, err := pathproof.Read(stacks...)
		if err != nil {
			t.Fatal(err)
		}
		environment := loadedNamed(t, "prod")
		asFile(&environment)
		var found []string
		for _, result := range pathproof.Check(facts, facts.ScopeOf(environment, loaded)) {
			for _, one := range result.Unexpected {
				found = append(found, one.Who)
			}
		}
		return found
	}
	before := unexpected(t, variants(t, "prod", func(*environments.Environment) {}), func(*environments.Environment) {})
	for _, who := range unexpected(t, made, companyLogin) {
		if !slices.Contains(before, who) {
			t.Errorf("what the file lets in is not expected: %q", who)
		}
	}
	for name, plant := range map[string]struct {
		make func(home, global Stack)
		file func(*environments.Environment)
		want string
	}{
		"a file that asks for none": {func(Stack, Stack) {}, func(*environments.Environment) {},
			grafanaHost + " from 9.9.9.9/32"},
		"and lets nobody in": {func(Stack, Stack) {}, func(*environments.Environment) {}, "9.9.9.9/32 on tcp 443"},
		"the whole internet": {func(home, _ Stack) {
			home.Find("aws_lb_listener_rule", "loadbalancer_restricted").
				Put(t, "condition.1.source_ip.values", []any{"0.0.0.0/0"})
		}, companyLogin, grafanaHost + " from 0.0.0.0/0"},
		"any name": {func(home, _ Stack) {
			home.Find("aws_lb_listener_rule", "loadbalancer_restricted").Put(t, "condition.0.host_header.values", []any{"*"})
		}, companyLogin, "* from 9.9.9.9/32"},
		"a wildcard of the distribution": {func(_, global Stack) {
			global.Find("aws_cloudfront_distribution", "").Put(t, "aliases", []any{"*.example.com"})
		}, companyLogin, grafanaHost + " from everybody"},
		"a client secret for everybody": {func(home, _ Stack) {
			home.Remove("aws_secretsmanager_secret_policy", "secrets_grafana-oidc")
		}, companyLogin, "account"},
	} {
		t.Run(name, func(t *testing.T) {
			planted := copies(made)
			plant.make(planted["prod"], planted["prod.global"])
			if found := unexpected(t, planted, plant.file); !slices.Contains(found, plant.want) {
				t.Errorf("the proof does not see %q: %q", plant.want, found)
			}
		})
	}
}

func TestGrafanaIsSetUpForBrowsers(t *testing.T) {
	platform := variants(t, "prod", companyLogin)["prod.platform"]
	_, values := releaseNamed(t, platform, "grafana")
	values.WantValue(t, "ingress", map[string]any{
		"enabled": true, "hosts": []string{grafanaHost}, "ingressClassName": "traefik", "path": "/", "pathType": "Prefix",
	})
	ini, _ := values.At(`grafana\.ini`).(map[string]any)
	for section, want := range map[string]string{
		"server":         "root_url:https://" + grafanaHost + "/",
		"security":       "cookie_secure:true",
		"auth.anonymous": "enabled:false",
		"users":          "allow_sign_up:false", "snapshots": "external_enabled:false", "public_dashboards": "enabled:false",
		"auth.generic_oauth": "role_attribute_strict:true",
	} {
		if got := fmt.Sprint(ini[section]); !strings.Contains(got, want) {
			t.Errorf("[%s] is %s, want %s", section, got, want)
		}
	}
	oauth, _ := ini["auth.generic_oauth"].(map[string]any)
	const roles = `contains("cognito:groups"[*], 'platform') && 'Admin' || contains("cognito:groups"[*], ` +
		`'on call') && 'Editor' || contains("cognito:groups"[*], 'developers') && 'Viewer' || ` +
		`contains("cognito:groups"[*], 'support') && 'Viewer'`
	if oauth["role_attribute_path"] != roles || oauth["client_secret"] != nil {
		t.Errorf("Grafana's client is %v", oauth)
	}
	values.WantValue(t, "envValueFrom.GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET.secretKeyRef.name",
		values.At("extraObjects.1.spec.target.name"))
	// What has no name is set up as it was.
	_, plain := releaseNamed(t, stack(t, "prod.platform"), "grafana")
	plain.WantAbsent(t, "ingress")
	plain.WantAbsent(t, "envValueFrom")
}

// Pods of the ingress controller call Grafana's on its own port, where Grafana has a name, and
// nothing of monitoring else.
func TestTraefikReachesGrafanaWhereItHasAName(t *testing.T) {
	opened := func(s Stack) string {
		var found []string
		for _, policy := range s.Resources("kubernetes_network_policy_v1") {
			if name := policy.At("metadata.name"); name == "ingress-controller" || name == "grafana" {
				for i := range synth.List(policy.At("spec.egress")) {
					if at := fmt.Sprintf("spec.egress.%d.", i); policy.At(at+
						`to.0.namespace_selector.match_labels.kubernetes\.io/metadata\.name`) == "monitoring" {
						found = append(found, fmt.Sprintf("out of %v to %v", name, policy.At(at+"ports.0.port")))
					}
				}
				for i := range synth.List(policy.At("spec.ingress")) {
					if at := fmt.Sprintf("spec.ingress.%d.", i); policy.At(at+
						`from.0.namespace_selector.match_labels.kubernetes\.io/metadata\.name`) == "traefik" {
						found = append(found, fmt.Sprintf("into %v on %v", name, policy.At(at+"ports.0.port")))
					}
				}
			}
		}
		slices.Sort(found)
		return strings.Join(found, ", ")
	}
	if got, want := opened(variants(t, "prod", servedGrafana)["prod.platform"]),
		"into grafana on 3000, out of ingress-controller to 3000"; got != want {
		t.Errorf("open is %q, want %q", got, want)
	}
	if got := opened(stack(t, "prod.platform")); got != "" {
		t.Errorf("a file that asks for none opens %q", got)
	}
}

// The client secret is a person's to put: no stack has its value, and nobody but external-secrets reads it.
func TestGrafanasClientSecretIsInNoState(t *testing.T) {
	home := variant(t, "prod", companyLogin)
	secret := home.Resource(t, "aws_secretsmanager_secret", "secrets/grafana-oidc")
	secret.WantValue(t, "name", "titan-prod-grafana-oidc")
	secret.WantValue(t, "recovery_window_in_days", 0) // or the lines could not come back for as long
	policy := home.Resource(t, "aws_secretsmanager_secret_policy", "secrets/grafana-oidc-readers")
	policyIn(t, policy, "policy").statement(t, "OnlyReaders").WantValue(t, `Condition.ArnNotEquals.aws:PrincipalArn`,
		[]string{"arn:aws:iam::333333333333:role/titan-prod-external-secrets", "arn:aws:iam::333333333333:root"})
	for _, version := range home.Resources("aws_secretsmanager_secret_version") {
		if version.At("secret_id") == secret.Reference("id") {
			t.Errorf("%s would put a value over the person's", version.Address)
		}
	}
	role := home.Resource(t, "aws_iam_role_policy", "external-secrets-role/policy")
	if text := fmt.Sprint(role.At("policy")); !strings.Contains(text, "secret:titan-prod-grafana-oidc-") {
		t.Errorf("external-secrets may not read it: %s", text)
	}
}

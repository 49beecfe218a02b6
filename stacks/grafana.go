package stacks

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/titan-platform/titan/modules/dns"
	"github.com/titan-platform/titan/modules/loadbalancer"
)

// grafanaName is Grafana's name at the load balancer.
type grafanaName struct {
	*environment
	scope      constructs.Construct
	zone       dns.Zone
	restricted *loadbalancer.Restricted // nil where Grafana has no name
}

// grafana declares the certificate of Grafana's name, if it has one.
func (e *environment) grafana(zone dns.Zone) grafanaName {
	settings := e.Addons.Grafana
	if !settings.IsServed() {
		return grafanaName{environment: e}
	}
	scope := constructs.NewConstruct(e.stack, jsii.String("grafana"))
	return grafanaName{e, scope, zone, &loadbalancer.Restricted{
		Name:           settings.Name,
		CertificateARN: dns.NewNameCertificate(scope, "certificate", zone, settings.Name),
		CIDRs:          settings.AllowCIDRs,
	}}
}

// leadTo declares the name's record.
func (g grafanaName) leadTo(balancer dns.LoadBalancer) {
	if g.restricted == nil {
		return
	}
	dns.NewName(g.scope, "record", g.zone, g.restricted.Name, balancer)
	g.output("grafana_url", "what the networks of addons.grafana call", "https://"+g.restricted.Name)
}

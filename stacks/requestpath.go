package stacks

import (
	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/dns"
	"github.com/titan-platform/titan/modules/loadbalancer"
	"github.com/titan-platform/titan/modules/webacl"
)

// requestPath is the part of a request's way that is in the environment's own region.
type requestPath struct {
	certificateARN string
	loadBalancer   loadbalancer.Output
}

// requestPath declares the load balancer, with its secrets, its certificate and its name. The distribution before it is
// in the stack of us-east-1.
func (e *environment) requestPath(f foundations, d data) requestPath {
	header := e.secrets(f.keys, d.database)
	zone := dns.LookUp(e.stack, "zone", e.DNS)
	grafana := e.grafana(zone)
	certificate := dns.NewRegionalCertificate(e.stack, "certificate", zone, e.DNS, e.DR.Role != environments.DRSecondary)
	balancer := loadbalancer.New(e.stack, "loadbalancer", loadbalancer.Config{
		Target:              e.here,
		ALBName:             e.LoadBalancerName(),
		LogBucket:           e.Base(e.Region).AccessLogBucket(),
		Settings:            e.LoadBalancer,
		VPCID:               f.network.VPCID,
		SubnetIDs:           f.network.Public.IDs(),
		Egress:              f.network.PublicEgress,
		NodeSecurityGroupID: f.cluster.NodeSecurityGroupID,
		CertificateARN:      certificate,
		Header:              loadbalancer.Header{Name: header.Name, Values: header.All()},
		Direct:              e.direct(),
		Restricted:          grafana.restricted,
		Refuses:             e.Standby(),
	})
	e.webACL(f.keys.Logs.ARN, balancer)
	named := dns.LoadBalancer{
		DNSName:           balancer.DNSName,
		ZoneID:            balancer.ZoneID,
		ARNSuffix:         balancer.ARNSuffix,
		TargetGroupSuffix: balancer.TargetGroupSuffix,
	}
	dns.NewRegionalOrigin(e.stack, "origin", dns.RegionalOriginConfig{
		Target:       e.here,
		Settings:     e.DNS,
		Zone:         zone,
		Watched:      e.DR.Role != environments.DRNone,
		LoadBalancer: named,
	})
	grafana.leadTo(named)

	e.output("url", "what users call", "https://"+e.DNS.Name)
	e.output("target_group_arn", "where the load balancer sends requests; the cluster binds its ingress controller to it",
		balancer.TargetGroupARN)
	return requestPath{certificateARN: certificate, loadBalancer: balancer}
}

// webACL declares the web ACL of a load balancer that people call themselves; a distribution has its own.
func (e *environment) webACL(logKeyARN string, balancer loadbalancer.Output) {
	if e.HasEdge() {
		return
	}
	webacl.New(e.stack, "web-acl", webacl.Config{
		Target:          e.here,
		Scope:           webacl.Regional,
		Description:     "In front of the load balancer of " + e.Prefix(),
		Rules:           e.Edge.WebACL(),
		LogKeyARN:       logKeyARN,
		LoadBalancerARN: balancer.ARN,
	})
}

// direct is how people call a load balancer that has no distribution before it, nil where there is one.
func (e *environment) direct() *loadbalancer.Direct {
	if e.HasEdge() {
		return nil
	}
	return &loadbalancer.Direct{CIDRs: e.LoadBalancer.AllowCIDRs, Names: e.DNS.PublicNames()}
}

package preflight

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/codeconnections"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/eks"
	"github.com/aws/aws-sdk-go-v2/service/elasticache"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/servicequotas"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/preflight/needs"
)

// DefaultTime is how long a check may take: a call that is throttled is tried again within it.
const DefaultTime = 30 * time.Second

// Preflight is what is asked, and where.
type Preflight struct {
	Account environments.Account
	Needs   *needs.Needs
	// In configures the clients of a region.
	In func(environments.Region) aws.Config
	// ZoneMaker is the stack, of any environment, that makes the zone. Empty is none.
	ZoneMaker string
	// Resolver asks DNS. Nil on an emulator, whose zones nobody is sent to.
	Resolver Resolver
	// Emulated says that an emulator answers, which does what it is asked to try.
	Emulated bool
	// Time is how long a check may take. Default: DefaultTime.
	Time time.Duration
}

// Run asks everything and tells the results, line by line. Where the credentials are bad nothing else is asked.
func (p Preflight) Run(ctx context.Context, tell func(Result)) Tally {
	most := p.Time
	if most == 0 {
		most = DefaultTime
	}
	caller, identity := p.identify(ctx, most)
	tell(identity)
	tally := Tally{}
	if identity.Severity != Bad {
		tally = Run(ctx, p.checks(caller), most, tell)
	}
	tally[identity.Severity]++
	return tally
}

// identify asks in the region of what is global, which every account has enabled.
func (p Preflight) identify(ctx context.Context, most time.Duration) (caller string, result Result) {
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	return identify(ctx, sts.NewFromConfig(p.In(environments.GlobalRegion)), p.Account)
}

// checks are all but the caller's identity, in the order in which they are told.
func (p Preflight) checks(caller string) []Check {
	n, global := p.Needs, p.In(environments.GlobalRegion)
	identities := iam.NewFromConfig(global)
	checks := []Check{
		{"organization", func(ctx context.Context) []Result {
			return askOrganization(ctx, organizations.NewFromConfig(global), p.Account.ID)
		}},
		{"regions", func(ctx context.Context) []Result {
			return askRegions(ctx, ec2.NewFromConfig(global), n.AllRegions())
		}},
		{"principals", func(ctx context.Context) []Result {
			return askPrincipals(ctx, identities, p.Account.ID, n.Principals)
		}},
		{"service-linked roles", func(ctx context.Context) []Result {
			return askServiceLinkedRoles(ctx, identities, p.Account.ID, caller, n)
		}},
	}
	for _, region := range n.AllRegions() {
		checks = append(checks, p.regional(region, identities, caller)...)
	}
	for _, zone := range n.Zones {
		check := zoneCheck{zone: zone, maker: p.ZoneMaker, client: route53.NewFromConfig(global), resolver: p.Resolver}
		checks = append(checks, Check{"zone " + zone.Name, check.ask})
	}
	for _, name := range n.Certificates {
		checks = append(checks, one("certificate of "+name, func(ctx context.Context) Result {
			return askCAA(ctx, p.Resolver, name)
		}))
	}
	return checks
}

// regional are the checks of a region.
func (p Preflight) regional(region environments.Region, identities simulation, caller string) []Check {
	n, config := p.Needs, p.In(region)
	compute := ec2.NewFromConfig(config)
	where := " in " + string(region)
	checks := []Check{{"permissions" + where, func(ctx context.Context) []Result {
		return askPermissions(ctx, identities, caller, n, region)
	}}}
	if len(n.Names(region, "aws_vpc")) > 0 {
		var tried dryRunAPI = compute
		if p.Emulated {
			tried = nil
		}
		checks = append(checks, Check{"dry runs" + where, func(ctx context.Context) []Result {
			return askDryRuns(ctx, tried, region)
		}})
	}
	checks = append(checks, quotaChecks(servicequotas.NewFromConfig(config), clientsOf(config), n, region)...)
	if zones := n.AvailabilityZones(region); len(zones) > 0 {
		checks = append(checks, one("Availability Zones"+where, func(ctx context.Context) Result {
			return askZones(ctx, compute, region, zones)
		}))
	}
	if len(typesIn(n, region)) > 0 {
		checks = append(checks, Check{"instance types" + where, func(ctx context.Context) []Result {
			return askInstanceTypes(ctx, compute, n, region)
		}})
	}
	return append(checks, p.offers(region, config)...)
}

// offers are the checks of what a region's services offer, and of the names in them.
func (p Preflight) offers(region environments.Region, config aws.Config) []Check {
	var checks []Check
	for _, cluster := range p.Needs.Clusters {
		if cluster.Region == region {
			checks = append(checks, one("EKS "+cluster.Version, func(ctx context.Context) Result {
				return askVersion(ctx, eks.NewFromConfig(config), cluster)
			}))
		}
	}
	for _, database := range p.Needs.Databases {
		if database.Region == region {
			checks = append(checks, one("database "+database.Name, func(ctx context.Context) Result {
				return askDatabase(ctx, rds.NewFromConfig(config), database)
			}))
		}
	}
	for _, cache := range p.Needs.Caches {
		if cache.Region == region {
			checks = append(checks, one("cache "+cache.Name, func(ctx context.Context) Result {
				return askCache(ctx, elasticache.NewFromConfig(config), cache)
			}))
		}
	}
	for _, connection := range p.Needs.Connections {
		if connection.Region == region {
			checks = append(checks, one("connection "+connection.Name+connection.ARN, func(ctx context.Context) Result {
				return askConnection(ctx, codeconnections.NewFromConfig(config), connection)
			}))
		}
	}
	if wanted := p.Needs.BucketsIn(region); len(wanted) > 0 {
		checks = append(checks, Check{"buckets in " + string(region), func(ctx context.Context) []Result {
			return askBuckets(ctx, s3.NewFromConfig(config), wanted)
		}})
	}
	return checks
}

func one(subject string, ask func(context.Context) Result) Check {
	return Check{subject, func(ctx context.Context) []Result { return []Result{ask(ctx)} }}
}

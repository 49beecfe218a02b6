package preflight

import (
	"context"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/preflight/needs"
)

// quotaChecks are the checks of a region's quotas, one a service: Service Quotas takes few calls at once.
func quotaChecks(client serviceQuotas, c clients, n *needs.Needs, region environments.Region) []Check {
	var services []string
	byService := map[string][]demand{}
	add := func(demands ...demand) {
		for _, d := range demands {
			if len(byService[d.service]) == 0 {
				services = append(services, d.service)
			}
			byService[d.service] = append(byService[d.service], d)
		}
	}
	var checks []Check
	if len(typesIn(n, region)) > 0 {
		checks = append(checks, Check{"vCPUs in " + string(region), func(ctx context.Context) []Result {
			return askVCPUs(ctx, client, c.ec2, n, region)
		}})
	}
	for _, counted := range countedQuotas {
		if d, needed := counted.demand(n, region, c); needed {
			add(d)
		}
	}
	add(gatewayDemands(n, region, c.ec2)...)
	builds, unlisted := buildDemands(n, region)
	add(builds...)
	for _, service := range services {
		checks = append(checks, Check{"quotas of " + service + " in " + string(region), func(ctx context.Context) []Result {
			return askDemands(ctx, client, byService[service])
		}})
	}
	if len(unlisted) > 0 {
		checks = append(checks, Check{"builds in " + string(region), func(context.Context) []Result { return unlisted }})
	}
	return checks
}

// askVCPUs asks how many vCPUs the node groups come to before it asks for their quotas.
func askVCPUs(
	ctx context.Context, client serviceQuotas, compute instancesAPI, n *needs.Needs, region environments.Region,
) []Result {
	demands, err := vcpuDemands(ctx, compute, n, region)
	if err != nil {
		return []Result{unanswered("vCPUs in "+string(region), err)}
	}
	return askDemands(ctx, client, demands)
}

func askDemands(ctx context.Context, client serviceQuotas, demands []demand) []Result {
	var results []Result
	for _, d := range demands {
		results = append(results, d.ask(ctx, client))
	}
	return results
}

// Package hostedzones asks Route 53 for the public zones of an account.
package hostedzones

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops"
)

// Zones is what of Route 53 is used.
type Zones interface {
	ListHostedZonesByName(
		context.Context, *route53.ListHostedZonesByNameInput, ...func(*route53.Options),
	) (*route53.ListHostedZonesByNameOutput, error)
}

// HostedZones are the zones of an account.
type HostedZones struct{ Zones Zones }

// Of are the zones of an account. Route 53 is controlled from us-east-1.
func Of(account *awsops.Account) HostedZones {
	return HostedZones{route53.NewFromConfig(account.In(environments.GlobalRegion))}
}

// Public are the ids of the account's public zones of a name, without their path: Z0123456789.
func (z HostedZones) Public(ctx context.Context, name string) ([]string, error) {
	// The list begins at the name, and goes on with those after it. One account has fewer zones of a name than a page has.
	answer, err := z.Zones.ListHostedZonesByName(ctx, &route53.ListHostedZonesByNameInput{DNSName: &name})
	if err != nil {
		return nil, fmt.Errorf("listing hosted zones of %s: %w", name, err)
	}
	var ids []string
	for _, zone := range answer.HostedZones {
		private := zone.Config != nil && zone.Config.PrivateZone
		if id := aws.ToString(zone.Id); !private && strings.TrimSuffix(aws.ToString(zone.Name), ".") == name {
			ids = append(ids, id[strings.LastIndex(id, "/")+1:])
		}
	}
	return ids, nil
}

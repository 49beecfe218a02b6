package preflight

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/titan-platform/titan/environments"
)

// zonesAPI is what of EC2 is asked for zones.
type zonesAPI interface {
	DescribeAvailabilityZones(
		context.Context, *ec2.DescribeAvailabilityZonesInput, ...func(*ec2.Options),
	) (*ec2.DescribeAvailabilityZonesOutput, error)
}

// askZones asks for the Availability Zones that the stacks have subnets in. A zone's letter can differ from account to
// account.
func askZones(ctx context.Context, client zonesAPI, region environments.Region, named []string) Result {
	subject := "Availability Zones in " + string(region)
	answer, err := client.DescribeAvailabilityZones(ctx, &ec2.DescribeAvailabilityZonesInput{})
	if err != nil {
		return unanswered(subject, err)
	}
	var open, missing []string
	for _, zone := range answer.AvailabilityZones {
		if zone.State == types.AvailabilityZoneStateAvailable {
			open = append(open, aws.ToString(zone.ZoneName))
		}
	}
	for _, zone := range named {
		if !slices.Contains(open, zone) {
			missing = append(missing, zone)
		}
	}
	if len(missing) > 0 {
		return bad(subject, "choose among these in network.availability_zones",
			"not there: %s; the account has %s", strings.Join(missing, ", "), strings.Join(open, ", "))
	}
	return good(subject, "%s", strings.Join(named, ", "))
}

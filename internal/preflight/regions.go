package preflight

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/titan-platform/titan/environments"
)

// regionsAPI is what of EC2 is asked for regions.
type regionsAPI interface {
	DescribeRegions(context.Context, *ec2.DescribeRegionsInput, ...func(*ec2.Options)) (*ec2.DescribeRegionsOutput, error)
}

// askRegions asks whether the account has the stacks' regions. Regions younger than March 2019 are off until somebody
// enables them (AWS Account Management Reference Guide, 'Enable or disable AWS Regions').
func askRegions(ctx context.Context, client regionsAPI, named []environments.Region) []Result {
	answer, err := client.DescribeRegions(ctx, &ec2.DescribeRegionsInput{AllRegions: aws.Bool(true)})
	if err != nil {
		return []Result{unanswered("regions", err)}
	}
	status := map[environments.Region]string{}
	for _, region := range answer.Regions {
		status[environments.Region(aws.ToString(region.RegionName))] = aws.ToString(region.OptInStatus)
	}
	var results []Result
	for _, region := range named {
		subject := "region " + string(region)
		switch found, known := status[region]; {
		case !known:
			results = append(results, bad(subject, "choose another", "AWS has none of the name"))
		case found == "not-opted-in":
			results = append(results, bad(subject, "aws account enable-region --region-name "+string(region)+
				", which takes minutes to hours", "the account has not enabled it"))
		default:
			results = append(results, good(subject, "enabled"))
		}
	}
	return results
}

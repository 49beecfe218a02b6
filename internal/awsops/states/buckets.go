package states

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/titan-platform/titan/environments"
)

// Bucket is a bucket of state.
type Bucket struct {
	Name    string
	Project string
	Region  environments.Region
}

// Buckets are those of an account that have the name of a bucket of state, in whatever region and of whatever project.
// Any region can be asked. It takes s3:ListAllMyBuckets.
func (s States) Buckets(ctx context.Context, region environments.Region, account string) ([]Bucket, error) {
	var found []Bucket
	pages := s3.NewListBucketsPaginator(s.In(region), &s3.ListBucketsInput{})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("listing the buckets of account %s: %w", account, err)
		}
		for _, bucket := range page.Buckets {
			name := aws.ToString(bucket.Name)
			if project, region, ok := environments.StateBucketOf(name, account); ok {
				found = append(found, Bucket{name, project, region})
			}
		}
	}
	return found, nil
}

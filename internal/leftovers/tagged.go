package leftovers

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/resourcegroupstaggingapi"
	"github.com/aws/aws-sdk-go-v2/service/resourcegroupstaggingapi/types"
)

// tagged is what carries all of some tags in the region. The list lags behind: what is deleted may be on it for hours
// (aws/aws-sdk#676, boto/boto3#3341).
func (s *search) tagged(ctx context.Context, wanted map[string]string) []Leftover {
	input := &resourcegroupstaggingapi.GetResourcesInput{}
	for _, key := range sorted(wanted) {
		input.TagFilters = append(input.TagFilters, types.TagFilter{Key: aws.String(key), Values: []string{wanted[key]}})
	}
	var found []Leftover
	pages := resourcegroupstaggingapi.NewGetResourcesPaginator(s.tagging, input)
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			s.unknown("what carries the tags of "+s.Environment.Name, err)
			return found
		}
		for _, mapping := range page.ResourceTagMappingList {
			if tags := tagsOf(mapping.Tags); carries(tags, wanted) {
				found = append(found, s.leftover(aws.ToString(mapping.ResourceARN), tags))
			}
		}
	}
	return found
}

func tagsOf(list []types.Tag) map[string]string {
	tags := map[string]string{}
	for _, tag := range list {
		tags[aws.ToString(tag.Key)] = aws.ToString(tag.Value)
	}
	return tags
}

// carries compares once more, letter by letter: what is named here may be deleted.
func carries(tags, wanted map[string]string) bool {
	for key, value := range wanted {
		if tags[key] != value {
			return false
		}
	}
	return true
}

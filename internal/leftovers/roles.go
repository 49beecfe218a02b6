package leftovers

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
)

// roles are asked of IAM itself: the tagging API does not list them. A name that begins like the environment's may be
// another environment's, so its tags decide.
func (s *search) roles(ctx context.Context, wanted map[string]string) []Leftover {
	const what = "roles of the environment"
	var found []Leftover
	pages := iam.NewListRolesPaginator(s.iam, &iam.ListRolesInput{})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			s.unknown(what, err)
			return found
		}
		for _, role := range page.Roles {
			name := aws.ToString(role.RoleName)
			if s.held.names[aws.ToString(role.Arn)] || !strings.HasPrefix(name, s.Environment.Prefix()+"-") {
				continue
			}
			tags, err := s.tagsOfRole(ctx, name)
			if err != nil {
				s.unknown(what, err)
				return found
			}
			if carries(tags, wanted) {
				found = append(found, s.leftover(aws.ToString(role.Arn), tags))
			}
		}
	}
	return found
}

func (s *search) tagsOfRole(ctx context.Context, name string) (map[string]string, error) {
	tags := map[string]string{}
	pages := iam.NewListRoleTagsPaginator(s.iam, &iam.ListRoleTagsInput{RoleName: &name})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		for _, tag := range page.Tags {
			tags[aws.ToString(tag.Key)] = aws.ToString(tag.Value)
		}
	}
	return tags, nil
}

package servicelinkedroles

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/smithy-go"
)

// world is an IAM with some roles.
type world struct {
	there  []string
	making error
	made   []string // services
	denied bool
}

func (w *world) GetRole(
	_ context.Context, in *iam.GetRoleInput, _ ...func(*iam.Options),
) (*iam.GetRoleOutput, error) {
	switch {
	case w.denied:
		return nil, &smithy.GenericAPIError{Code: "AccessDenied", Message: "not you"}
	case slices.Contains(w.there, *in.RoleName):
		return &iam.GetRoleOutput{}, nil
	}
	return nil, &smithy.GenericAPIError{Code: "NoSuchEntity"}
}

func (w *world) CreateServiceLinkedRole(
	_ context.Context, in *iam.CreateServiceLinkedRoleInput, _ ...func(*iam.Options),
) (*iam.CreateServiceLinkedRoleOutput, error) {
	w.made = append(w.made, *in.AWSServiceName)
	return &iam.CreateServiceLinkedRoleOutput{}, w.making
}

func TestOnlyWhatIsMissingIsMade(t *testing.T) {
	for name, c := range map[string]struct {
		world world
		made  string // services
		wrong string // of the error
	}{
		"a fresh account": {world{}, "rds.amazonaws.com elasticache.amazonaws.com", ""},
		"one is there":    {world{there: []string{"AWSServiceRoleForRDS"}}, "elasticache.amazonaws.com", ""},
		"both are there":  {world{there: []string{"AWSServiceRoleForRDS", "AWSServiceRoleForElastiCache"}}, "", ""},
		"somebody else was first": {world{making: &smithy.GenericAPIError{Code: "InvalidInput"}},
			"rds.amazonaws.com elasticache.amazonaws.com", ""},
		"not allowed to make": {world{making: &smithy.GenericAPIError{Code: "AccessDenied"}}, "rds.amazonaws.com",
			"making role AWSServiceRoleForRDS"},
		"not allowed to ask": {world{denied: true}, "", "asking for role AWSServiceRoleForRDS"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Roles{&c.world}.Make(t.Context(), Wanted...)
			if (err == nil) != (c.wrong == "") || err != nil && !strings.Contains(err.Error(), c.wrong) {
				t.Errorf("error %v, want %q", err, c.wrong)
			}
			if made := strings.Join(c.world.made, " "); made != c.made {
				t.Errorf("made %q, want %q", made, c.made)
			}
		})
	}
}

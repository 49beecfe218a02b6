package states

import (
	"context"
	"encoding/json"

	"github.com/titan-platform/titan/environments"
)

// Resource is one that a state manages.
type Resource struct {
	Type string // Terraform's: aws_sns_topic
	ARN  string // empty where the type has none
	ID   string

	repository string // its tag
}

// attributes are those of a resource's that name it in AWS.
type attributes struct {
	ARN name `json:"arn"`
	ID  name `json:"id"`
	// Snapshot is the ARN of aws_db_cluster_snapshot and aws_rds_cluster_snapshot_copy.
	Snapshot name `json:"db_cluster_snapshot_arn"`

	Tags tags `json:"tags_all"`
}

// tags are those of a resource's that say whose it is.
type tags struct {
	Repository name `json:"repository"`
}

// UnmarshalJSON implements json.Unmarshaler. Another provider's may be a list.
func (t *tags) UnmarshalJSON(value []byte) error {
	type plain tags
	_ = json.Unmarshal(value, (*plain)(t)) // what is no map has no repository
	return nil
}

// name is a text, and empty where a provider other than AWS's has another type there.
type name string

// UnmarshalJSON implements json.Unmarshaler.
func (n *name) UnmarshalJSON(value []byte) error {
	var text string
	if json.Unmarshal(value, &text) == nil {
		*n = name(text)
	}
	return nil
}

// Managed are the resources that the states in a bucket manage, of those stacks that are asked for. Where there is no
// bucket, there are none.
func (s States) Managed(
	ctx context.Context, region environments.Region, bucket string, asked func(stack string) bool,
) ([]Resource, error) {
	var managed []Resource
	err := s.each(ctx, region, bucket, asked, func(_ string, held []Resource) { managed = append(managed, held...) })
	return managed, err
}

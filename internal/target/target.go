// Package target says where a stack deploys to, an account in one region, and names what is there.
package target

import (
	"encoding/json"
	"fmt"
)

// Target is the account and the region of a stack, and what everything in it has in common. Each
// module's Config embeds it.
type Target struct {
	Name        string // begins every name: titan-prod, titan-prod-second
	Project     string // titan, with which Name begins
	Environment string // prod, the value of the tag `environment`
	Partition   string // aws
	AccountID   string // 12 digits
	Region      string // eu-west-1
	LogDays     int    // how long log groups keep events, in days
	Protected   bool   // whether what holds data refuses to be destroyed
	Boundary    string // the ARN of the policy that bounds what every role made here may do; empty is none
}

// In is the same account in another region, for naming what another stack makes there.
func (t Target) In(region string) Target {
	t.Region = region
	return t
}

// ARN is the ARN of something of this account and region.
func (t Target) ARN(service, resource string) string {
	return fmt.Sprintf("arn:%s:%s:%s:%s:%s", t.Partition, service, t.Region, t.AccountID, resource)
}

// GlobalARN is the ARN of something that the account has in no region: of IAM, Budgets, CloudFront.
func (t Target) GlobalARN(service, resource string) string { return t.In("").ARN(service, resource) }

// RoleARN is the ARN of a role of this account.
func (t Target) RoleARN(name string) string { return t.GlobalARN("iam", "role/"+name) }

// ManagedPolicyARN is the ARN of one of AWS's own IAM policies.
func (t Target) ManagedPolicyARN(name string) string {
	return fmt.Sprintf("arn:%s:iam::aws:policy/%s", t.Partition, name)
}

// PermissionsBoundary is the boundary of a role, as the bindings take it.
func (t Target) PermissionsBoundary() *string {
	if t.Boundary == "" {
		return nil
	}
	return &t.Boundary
}

// BucketARN is the ARN of a bucket, whose name is one of all accounts and regions.
func (t Target) BucketARN(bucket string) string {
	return fmt.Sprintf("arn:%s:s3:::%s", t.Partition, bucket)
}

// AliasARN is the ARN of a key's alias in this region: alias/titan-prod-data.
func (t Target) AliasARN(alias string) string { return t.ARN("kms", alias) }

// KeysARN are all keys of this account and region, for a statement that a condition on kms:ResourceAliases narrows.
func (t Target) KeysARN() string { return t.ARN("kms", "key/*") }

// Tag is the Name tag of a part of what is here.
func (t Target) Tag(part string) *map[string]*string {
	return Tags(map[string]string{"Name": t.Name + "-" + part})
}

// Tags are tags as the bindings take them.
func Tags(tags map[string]string) *map[string]*string {
	result := make(map[string]*string, len(tags))
	for key, value := range tags {
		result[key] = &value
	}
	return &result
}

// JSON encodes what is made of maps, lists, strings, numbers and booleans. It panics at anything else: that
// is a mistake of the code.
func JSON(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(fmt.Sprintf("encoding %v: %v", value, err))
	}
	return string(text)
}

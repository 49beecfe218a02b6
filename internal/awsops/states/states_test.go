package states

import (
	"context"
	"io"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"
	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/environments"
)

// object is one of a bucket, which lists one a page.
type object struct{ key, body string }

type bucket struct {
	objects []object
	missing bool
	denied  string // the key that may not be read
	read    []string
	names   []string // of all buckets
}

func (b *bucket) ListObjectsV2(
	_ context.Context, in *s3.ListObjectsV2Input, _ ...func(*s3.Options),
) (*s3.ListObjectsV2Output, error) {
	if b.missing {
		return nil, &smithy.GenericAPIError{Code: "NoSuchBucket"}
	}
	at := len(aws.ToString(in.ContinuationToken))
	out := &s3.ListObjectsV2Output{Contents: []types.Object{{Key: &b.objects[at].key}}}
	if at+1 < len(b.objects) {
		out.IsTruncated, out.NextContinuationToken = aws.Bool(true), aws.String(strings.Repeat("x", at+1))
	}
	return out, nil
}

func (b *bucket) GetObject(
	_ context.Context, in *s3.GetObjectInput, _ ...func(*s3.Options),
) (*s3.GetObjectOutput, error) {
	b.read = append(b.read, *in.Key)
	if *in.Key == b.denied {
		return nil, &smithy.GenericAPIError{Code: "AccessDenied"}
	}
	for _, object := range b.objects {
		if object.key == *in.Key {
			return &s3.GetObjectOutput{Body: io.NopCloser(strings.NewReader(object.body))}, nil
		}
	}
	return nil, &smithy.GenericAPIError{Code: "NoSuchKey"}
}

// ListBuckets lists one a page.
func (b *bucket) ListBuckets(
	_ context.Context, in *s3.ListBucketsInput, _ ...func(*s3.Options),
) (*s3.ListBucketsOutput, error) {
	if b.missing {
		return nil, &smithy.GenericAPIError{Code: "AccessDenied"}
	}
	at := len(aws.ToString(in.ContinuationToken))
	out := &s3.ListBucketsOutput{Buckets: []types.Bucket{{Name: &b.names[at]}}}
	if at+1 < len(b.names) {
		out.ContinuationToken = aws.String(strings.Repeat("x", at+1))
	}
	return out, nil
}

const (
	held     = `{"version":4,"resources":[{"mode":"data","instances":[{}]},{"mode":"managed","instances":[{},{}]}]}`
	emptied  = `{"version":4,"resources":[]}`
	onlyRead = `{"version":4,"resources":[{"mode":"data","instances":[{}]}]}`
)

func TestStatesThatHoldSomething(t *testing.T) {
	b := &bucket{objects: []object{
		{"old/terraform.tfstate", held}, {"old.global/terraform.tfstate", emptied},
		{"old.platform/terraform.tfstate", onlyRead},
		{"prod/terraform.tfstate", held}, {"old/terraform.tfstate.tflock", "{}"}, {"notes.txt", "x"},
	}}
	s := States{In: func(environments.Region) API { return b }}
	isOld := func(stack string) bool { return strings.HasPrefix(stack, "old") }
	got, err := s.Holding(t.Context(), "eu-west-1", "state", isOld)
	if diff := cmp.Diff([]State{{Stack: "old", Resources: 2, Types: []string{""}}}, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	read := []string{"old/terraform.tfstate", "old.global/terraform.tfstate", "old.platform/terraform.tfstate"}
	if diff := cmp.Diff(read, b.read); diff != "" {
		t.Error("read what was not asked for, or not all of it:", diff)
	}
}

func TestStatesThatCannotBeAsked(t *testing.T) {
	for name, c := range map[string]struct {
		bucket bucket
		want   string
	}{
		"no bucket": {bucket{missing: true}, ""},
		"no access": {bucket{objects: []object{{"old/terraform.tfstate", held}}, denied: "old/terraform.tfstate"},
			`reading the state of old in bucket "state"`},
		"no state": {bucket{objects: []object{{"old/terraform.tfstate", "<html>"}}}, "it is no state"},
	} {
		s := States{In: func(environments.Region) API { return &c.bucket }}
		got, err := s.Holding(t.Context(), "eu-west-1", "state", func(string) bool { return true })
		if got != nil || (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

func TestBucketsOfState(t *testing.T) {
	b := &bucket{names: []string{
		"titan-state-333333333333-eu-west-1", "titan-state-replica-333333333333-eu-west-1",
		"titan-state-444444444444-eu-west-1", "old-name-state-333333333333-ap-southeast-2", "titan-state-333333333333-logs",
		"-state-333333333333-eu-west-1",
	}}
	s := States{In: func(environments.Region) API { return b }}
	got, err := s.Buckets(t.Context(), "eu-west-1", "333333333333")
	want := []Bucket{
		{"titan-state-333333333333-eu-west-1", "titan", "eu-west-1"},
		{"old-name-state-333333333333-ap-southeast-2", "old-name", "ap-southeast-2"},
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	b.missing = true
	if got, err := s.Buckets(t.Context(), "eu-west-1", "333333333333"); err == nil || got != nil {
		t.Errorf("buckets that may not be listed: %v, %v", got, err)
	}
}

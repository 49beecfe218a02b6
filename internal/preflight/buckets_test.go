package preflight

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/titan-platform/titan/internal/preflight/needs"
)

// fakeS3 has the account's buckets, and what HeadBucket answers.
type fakeS3 struct {
	own    []string
	list   error
	head   error
	region string
}

func (f fakeS3) ListBuckets(
	context.Context, *s3.ListBucketsInput, ...func(*s3.Options),
) (*s3.ListBucketsOutput, error) {
	answer := &s3.ListBucketsOutput{}
	for _, name := range f.own {
		answer.Buckets = append(answer.Buckets, types.Bucket{Name: &name})
	}
	return answer, f.list
}

func (f fakeS3) HeadBucket(context.Context, *s3.HeadBucketInput, ...func(*s3.Options)) (*s3.HeadBucketOutput, error) {
	return &s3.HeadBucketOutput{BucketRegion: &f.region}, f.head
}

func TestBuckets(t *testing.T) {
	own, hidden := []string{"logs"}, deniedCall("S3", "ListBuckets")
	const ours = "good bucket logs: the account's own: fine where dev made it; else import it, or delete it"
	const others = "bad bucket logs: taken by another account " +
		"-> choose another project or environment name, of which the bucket's is made"
	const elsewhere = "bad bucket logs: the account's, in another region than eu-west-1 " +
		"-> empty and delete it, or have dev in its region"
	nobodyKnows := "unknown bucket logs: taken, and whose it is is unknown: " + mayNot("S3 ListBuckets")
	for name, c := range map[string]struct {
		client fakeS3
		want   string
	}{
		"free":                       {fakeS3{head: status(404)}, "good bucket logs: free"},
		"ours":                       {fakeS3{own: own, region: "eu-west-1"}, ours},
		"ours, and refuses us":       {fakeS3{own: own, head: status(403)}, ours},
		"ours, in another region":    {fakeS3{own: own, region: "us-east-1"}, elsewhere},
		"ours, moved":                {fakeS3{own: own, head: status(301)}, elsewhere},
		"another's":                  {fakeS3{head: status(403)}, others},
		"another's, in its region":   {fakeS3{head: status(301)}, others},
		"another's, and we may look": {fakeS3{region: "eu-west-1"}, others},
		"nobody knows whose":         {fakeS3{head: status(403), list: hidden}, nobodyKnows},
		"free, whatever is listed":   {fakeS3{head: status(404), list: hidden}, "good bucket logs: free"},
		"no answer": {fakeS3{head: status(503)},
			"unknown bucket logs: nothing answered the call -> check the way to the region, and run it again"},
	} {
		t.Run(name, func(t *testing.T) {
			expect(t, askBuckets(t.Context(), c.client, []needs.Bucket{{Region: home, Name: "logs", Stack: "dev"}}), c.want)
		})
	}
}

package preflight

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/titan-platform/titan/internal/preflight/needs"
)

// bucketAPI is what of S3 is used.
type bucketAPI interface {
	s3.ListBucketsAPIClient
	s3.HeadBucketAPIClient
}

// askBuckets asks whether names are free, the account's own, or somebody else's: a bucket's name is one in all the
// world. The list of the account's buckets tells its own, which may refuse the caller, from others'.
func askBuckets(ctx context.Context, client bucketAPI, wanted []needs.Bucket) []Result {
	own, listError := buckets(ctx, clients{s3: client})
	var results []Result
	for _, bucket := range wanted {
		results = append(results, askBucket(ctx, client, bucket, slices.Contains(own, bucket.Name), listError))
	}
	return results
}

func askBucket(ctx context.Context, client bucketAPI, bucket needs.Bucket, own bool, listError error) Result {
	subject := "bucket " + bucket.Name
	const others = "choose another project or environment name, of which the bucket's is made"
	head, err := client.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: &bucket.Name})
	status := http.StatusOK
	if err != nil {
		var response *smithyhttp.ResponseError
		if !errors.As(err, &response) {
			return unanswered(subject, err)
		}
		status = response.HTTPStatusCode()
	}
	elsewhere := status == http.StatusMovedPermanently
	if err == nil {
		region := aws.ToString(head.BucketRegion)
		elsewhere = region != "" && region != string(bucket.Region)
	}
	switch {
	case status == http.StatusNotFound:
		return good(subject, "free")
	case elsewhere && own:
		return bad(subject, "empty and delete it, or have "+bucket.Stack+" in its region",
			"the account's, in another region than %s", bucket.Region)
	case own:
		return good(subject, "the account's own: fine where %s made it; else import it, or delete it", bucket.Stack)
	case listError != nil && (status == http.StatusForbidden || status == http.StatusOK):
		reason, remedy := reasonOf(listError)
		return unknown(subject, remedy, "taken, and whose it is is unknown: %s", reason)
	case elsewhere, status == http.StatusForbidden, status == http.StatusOK:
		return bad(subject, others, "taken by another account")
	}
	return unanswered(subject, err)
}

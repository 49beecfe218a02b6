package conformance

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/cloudfront"
	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/internal/webacl"
)

// Missing is the status of an answer that stands for an object that is not there, whatever the bucket calls that.
const Missing = 1

// bucket is what S3 answers: an object that the stacks make, else what the row says of it. Who may not list a bucket
// gets 403 for an object that is not there (S3 API Reference, GetObject).
func (p *Path) bucket(sent cloudfront.OriginRequest, next func() cloudfront.Answer) (cloudfront.Answer, error) {
	name, _, _ := strings.Cut(sent.Domain, ".s3.")
	bucket, err := p.bucketNamed(name)
	if err != nil {
		return cloudfront.Answer{}, err
	}
	for _, edge := range bucket.Referrers() {
		object := edge.From
		if object.Type == "aws_s3_object" && edge.Argument == "bucket" && "/"+object.Text("key") == sent.Path {
			headers := webacl.Headers{"content-type": object.Text("content_type"), "cache-control": object.Text("cache_control")}
			return cloudfront.Answer{Status: http.StatusOK, Headers: headers, Body: object.Text("content"), By: FromBucket}, nil
		}
	}
	answer := next()
	if answer.By = FromBucket; answer.Status != Missing {
		return answer, nil
	}
	listable, err := listable(bucket)
	if answer.Status = http.StatusForbidden; listable {
		answer.Status = http.StatusNotFound
	}
	return answer, err
}

func (p *Path) bucketNamed(name string) (*graph.Node, error) {
	for _, bucket := range p.graph.Resources("aws_s3_bucket") {
		if bucket.Text("bucket") == name {
			return bucket, nil
		}
	}
	return nil, fmt.Errorf("no stack on the way has a bucket %q", name)
}

// statement is one of a bucket policy, as far as it is read here.
type statement struct {
	Effect    string
	Principal struct{ Service any }
	Action    any
}

// listable is whether CloudFront may list a bucket.
func listable(bucket *graph.Node) (bool, error) {
	policy, err := only(bucket, "aws_s3_bucket_policy", "bucket")
	if err != nil {
		return false, err
	}
	var document struct{ Statement []json.RawMessage }
	if err := json.Unmarshal([]byte(policy.Text("policy")), &document); err != nil {
		return false, fmt.Errorf("parsing the policy of %s: %w", policy, err)
	}
	for _, raw := range document.Statement {
		var one statement
		if json.Unmarshal(raw, &one) != nil {
			continue // a principal that is no service, such as "*"
		}
		forCloudFront := slices.Contains(texts(one.Principal.Service), "cloudfront.amazonaws.com")
		if one.Effect == "Allow" && forCloudFront && slices.Contains(texts(one.Action), "s3:ListBucket") {
			return true, nil
		}
	}
	return false, nil
}

// texts are the strings of a value that is one, or a list of them.
func texts(value any) []string {
	switch v := value.(type) {
	case string:
		return []string{v}
	case []any:
		var all []string
		for _, item := range v {
			if text, ok := item.(string); ok {
				all = append(all, text)
			}
		}
		return all
	}
	return nil
}

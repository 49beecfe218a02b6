//go:build scan

package scan

import (
	"path/filepath"
	"slices"
	"testing"
)

// TestPlantedPublicBucketIsCaught shows that the scanner is awake: its plan holds a bucket that anyone may read.
func TestPlantedPublicBucketIsCaught(t *testing.T) {
	plan := `{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{"root_module":{"resources":[
		{"address":"aws_s3_bucket_acl.planted","mode":"managed","type":"aws_s3_bucket_acl","name":"planted","values":{"acl":"public-read","bucket":"planted"}},
		{"address":"aws_s3_bucket.planted","mode":"managed","type":"aws_s3_bucket","name":"planted","values":{"acl":"public-read","bucket":"planted"}}
	]}},"resource_changes":[],"configuration":{"root_module":{"resources":[]}}}`
	result, err := Scan(t.Context(), filepath.Join("..", "..", ".titan"), "planted", []byte(plan))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(result.Findings, func(f Finding) bool { return f.Check == "CKV_AWS_20" }) { // allows READ to everyone
		t.Errorf("the public bucket was not found; found %v", result.Findings)
	}
	standing, _, _ := Judge(result.Findings, nil)
	if len(standing) != len(result.Findings) {
		t.Error("a finding was lost on the way")
	}
}

package main

import (
	"fmt"
	"strings"
	"testing"
)

func TestOnlyAPlanThatImportsIsAdopted(t *testing.T) {
	for actions, want := range map[string]string{
		`"no-op"`:            "",
		`"update"`:           "", // tags, say: the files may have moved on since
		`"create"`:           "would create aws_s3_bucket.state",
		`"delete"`:           "would destroy aws_s3_bucket.state",
		`"delete", "create"`: "would replace aws_s3_bucket.state",
		`"create", "delete"`: "would replace aws_s3_bucket.state",
	} {
		err := onlyAdopts(fmt.Appendf(nil, `{"format_version": "1.2", "terraform_version": "1.11.4", "resource_changes": [
			{"address": "aws_kms_key.state", "change": {"actions": ["no-op"]}},
			{"address": "aws_s3_bucket.state", "change": {"actions": [%s]}}]}`, actions))
		switch {
		case want == "" && err != nil:
			t.Errorf("[%s]: %v", actions, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("[%s]: got %v, want %q", actions, err, want)
		}
	}
	if err := onlyAdopts([]byte("Error: no plan")); err == nil {
		t.Error("what is no plan is adopted")
	}
}

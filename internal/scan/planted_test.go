//go:build scan

package scan

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/titan-platform/titan/internal/kubernetes"
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

// TestPlantedPublicZoneIsCaught shows that a block that is not there is not taken for one that is.
func TestPlantedPublicZoneIsCaught(t *testing.T) {
	plan := `{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{"root_module":{"resources":[
		{"address":"aws_route53_zone.planted","mode":"managed","type":"aws_route53_zone","name":"planted",
			"values":{"name":"example.com","delegation_set_id":null,"vpc":[]}}
	]}},"resource_changes":[],"configuration":{"root_module":{"resources":[]}}}`
	result, err := Scan(t.Context(), filepath.Join("..", "..", ".titan"), "planted", []byte(plan))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(result.Findings, func(f Finding) bool { return f.Check == "CKV2_AWS_39" }) { // logs no queries
		t.Errorf("the zone passes for a private one; found %v", result.Findings)
	}
}

// plantedChart is one whose pod is privileged where its values say so.
var plantedChart = map[string]string{
	"Chart.yaml": "apiVersion: v2\nname: planted\nversion: 0.1.0\n",
	"templates/pod.yaml": `apiVersion: v1
kind: Pod
metadata: {name: {{ .Release.Name }}}
spec:
  containers: [{name: planted, image: planted, securityContext: {privileged: {{ .Values.privileged }}}}]
`,
}

// TestPlantedPrivilegedPodIsCaught shows that a chart is judged as a plan's values have Helm render it.
func TestPlantedPrivilegedPodIsCaught(t *testing.T) {
	work := filepath.Join("..", "..", ".titan")
	programs, err := kubernetes.Install(t.Context(), filepath.Join("..", ".."), work)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, content := range plantedChart {
		path := filepath.Join(dir, "planted", name)
		err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(content), 0o600))
		if err != nil {
			t.Fatal(err)
		}
	}
	for values, want := range map[string]bool{`{"privileged":true}`: true, `{"privileged":false}`: false} {
		release := Release{Name: "intruder", Namespace: "apps", Chart: "./planted", Values: []string{values}}
		manifests, err := release.Render(t.Context(), programs.Helm, dir)
		if err != nil {
			t.Fatal(err)
		}
		result, err := Manifests(t.Context(), work, "planted", map[string][]byte{"intruder": manifests})
		if err != nil {
			t.Fatal(err)
		}
		found := slices.ContainsFunc(result.Findings, func(f Finding) bool {
			return f.Check == "CKV_K8S_16" && f.Resource == "Pod.apps.intruder" // is privileged
		})
		if found != want {
			t.Errorf("values %s: found %v, want %v: %v", values, found, want, result.Findings)
		}
	}
}

// TestPlantedPoliciesAreCaught shows that the IAM linter is awake, and knows actions that are a year old.
func TestPlantedPoliciesAreCaught(t *testing.T) {
	statement := func(action, resource, more string) string {
		return `{"Version":"2012-10-17","Statement":[{"Sid":"Planted","Effect":"Allow","Action":` + action + `,"Resource":` +
			resource + more + `}]}`
	}
	const object, queue = `"arn:aws:s3:::sample/*"`, `"arn:aws:sqs:eu-west-1:111111111111:sample"`
	for name, planted := range map[string]struct{ document, want string }{
		"an action that is none": {statement(`"s3:GetObjectt"`, object, ""), "IAM_UNKNOWN_ACTION"},
		"a service that is none": {statement(`"s4:GetObject"`, object, ""), "IAM_UNKNOWN_PREFIX"},
		"an object's action on a bucket": {statement(`"s3:GetObject"`, `"arn:aws:s3:::sample"`, ""),
			"IAM_RESOURCE_MISMATCH"},
		"an action that knows no resource": {statement(`"ec2:DescribeInstances"`,
			`"arn:aws:ec2:eu-west-1:111111111111:instance/*"`, ""), "IAM_RESOURCE_MISMATCH"},
		"a resource that no action is about": {statement(`["s3:GetObject"]`, `[`+object+`,`+queue+`]`, ""),
			"IAM_RESOURCE_MISMATCH"},
		"a wildcard for what can be named": {statement(`"s3:PutObject"`, `"*"`, ""), "IAM_RESOURCE_STAR"},
		"a wildcard of actions":            {statement(`"s3:Get*"`, object, ""), "IAM_ACTION_STAR"},
		"a condition key that the action lacks": {statement(`"sqs:SendMessage"`, queue,
			`,"Condition":{"StringEquals":{"s3:prefix":"x"}}`), "IAM_UNKNOWN_CONDITION_FOR_ACTION"},
		"nothing wrong":                          {statement(`["s3:GetObject","s3:PutObject"]`, object, ""), ""},
		"nothing wrong where a star must be":     {statement(`"ec2:DescribeInstances"`, `"*"`, ""), ""},
		"nothing wrong with an action of late":   {statement(`"logs:ListLogGroups"`, `"*"`, ""), ""},
		"nothing wrong with a role's own policy": {`{"Version":"2012-10-17","Statement":[{"Sid":"Planted","Effect":"Allow","Principal":{"Service":"eks.amazonaws.com"},"Action":"sts:AssumeRole"}]}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			findings, err := LintIAM(t.Context(), filepath.Join("..", "..", ".titan"), "planted", []Document{{"aws_iam_role_policy.planted", "policy", planted.document}})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range findings {
				got = append(got, f.Check)
				if f.Resource != "aws_iam_role_policy.planted/Planted" {
					t.Errorf("the finding is at %s", f.Resource)
				}
			}
			if planted.want == "" && len(got) > 0 || planted.want != "" && !slices.Contains(got, planted.want) {
				t.Errorf("found %v, want %q: %v", got, planted.want, findings)
			}
		})
	}
}

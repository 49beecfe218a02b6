package emulator

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestBuildsTakeAMomentAndKeepTheirVariables(t *testing.T) {
	proxy := started(t)
	_, made := target(t, proxy, "codebuild", "CreateProject", `{"name":"deliver","source":{"type":"NO_SOURCE"},
		"artifacts":{"type":"NO_ARTIFACTS"},"serviceRole":"arn:r","environment":{"type":"LINUX_CONTAINER","image":"i",
		"computeType":"BUILD_GENERAL1_SMALL",
		"environmentVariables":[{"name":"DIGEST","value":"none"},{"name":"CLUSTER","value":"c"}]}}`)
	if !strings.Contains(made, "deliver") {
		t.Fatalf("the project: %s", made)
	}
	_, body := target(t, proxy, "codebuild", "StartBuild", `{"projectName":"none"}`)
	if !strings.Contains(body, "ResourceNotFoundException") {
		t.Errorf("of no project: %s", body)
	}
	_, body = target(t, proxy, "codebuild", "StartBuild",
		`{"projectName":"deliver","environmentVariablesOverride":[{"name":"DIGEST","value":"sha256:1"}]}`)
	var started struct {
		Build struct{ ID, BuildStatus string }
	}
	if err := json.Unmarshal([]byte(body), &started); err != nil || started.Build.BuildStatus != "IN_PROGRESS" {
		t.Fatalf("started: %s, %v", body, err)
	}
	for _, want := range []string{"IN_PROGRESS", "SUCCEEDED", "SUCCEEDED"} {
		_, body := target(t, proxy, "codebuild", "BatchGetBuilds", `{"ids":["`+started.Build.ID+`"]}`)
		if !strings.Contains(body, `"buildStatus":"`+want+`"`) {
			t.Errorf("got %s, want %s", body, want)
		}
		if !strings.Contains(body, `[{"name":"CLUSTER","value":"c"},{"name":"DIGEST","value":"sha256:1"}]`) {
			t.Errorf("the variables are not those of the build: %s", body)
		}
	}
	_, body = target(t, proxy, "codebuild", "BatchGetBuilds", `{"ids":["deliver:none"]}`)
	if !strings.Contains(body, "deliver:none") {
		t.Errorf("a build that is not there: %s", body)
	}
}

func TestAnImageThatIsNotThereIsAnError(t *testing.T) {
	proxy := started(t)
	target(t, proxy, "ecr", "CreateRepository", `{"repositoryName":"birthday-app"}`)
	_, put := target(t, proxy, "ecr", "PutImage",
		`{"repositoryName":"birthday-app","imageManifest":"{}","imageTag":"one"}`)
	var image struct {
		Image struct{ ImageID struct{ ImageDigest string } }
	}
	if err := json.Unmarshal([]byte(put), &image); err != nil || image.Image.ImageID.ImageDigest == "" {
		t.Fatalf("the image: %s, %v", put, err)
	}
	const missing = "ImageNotFoundException"
	digest := image.Image.ImageID.ImageDigest
	for id, want := range map[string]string{
		`{"imageDigest":"` + digest + `"}`: digest, `{"imageTag":"one"}`: digest,
		`{"imageDigest":"sha256:0"}`: missing, `{"imageTag":"two"}`: missing, `{"imageTag":"one"},{"imageTag":"two"}`: missing,
	} {
		_, body := target(t, proxy, "ecr", "DescribeImages", `{"repositoryName":"birthday-app","imageIds":[`+id+`]}`)
		if !strings.Contains(body, want) {
			t.Errorf("%s: %s, want %s", id, body, want)
		}
	}
	_, body := target(t, proxy, "ecr", "DescribeImages", `{"repositoryName":"none","imageIds":[{"imageTag":"1"}]}`)
	if !strings.Contains(body, "RepositoryNotFoundException") {
		t.Errorf("of no repository: %s", body)
	}
}

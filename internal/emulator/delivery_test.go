package emulator

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// target makes a JSON call.
func target(t *testing.T, proxy *Proxy, service, action, body string) (int, string) {
	t.Helper()
	return call(t, proxy, "POST", "/", service, map[string]string{"X-Amz-Target": "X." + action}, body)
}

func TestPipelines(t *testing.T) {
	proxy := nowhere(t)
	pipeline := `{"pipeline":{"name":"p","roleArn":"arn:aws:iam::111111111111:role/r","stages":[{"name":"Source"}]},"tags":[{"key":"a","value":"b"}]}`
	if status, body := target(t, proxy, "codepipeline", "GetPipeline", `{"name":"p"}`); status != 400 || !strings.Contains(body, "PipelineNotFoundException") {
		t.Errorf("before it is made: %d %s", status, body)
	}
	target(t, proxy, "codepipeline", "CreatePipeline", pipeline)
	_, body := target(t, proxy, "codepipeline", "GetPipeline", `{"name":"p"}`)
	if !strings.Contains(body, `"stages":[{"name":"Source"}]`) || !strings.Contains(body, `"pipelineArn":"arn:aws:codepipeline:eu-west-1:111111111111:p"`) {
		t.Errorf("got %s", body)
	}
	if _, body = target(t, proxy, "codepipeline", "ListTagsForResource", `{"resourceArn":"arn:aws:codepipeline:eu-west-1:111111111111:p"}`); body != `{"tags":[{"key":"a","value":"b"}]}` {
		t.Errorf("tags: %s", body)
	}
	target(t, proxy, "codepipeline", "DeletePipeline", `{"name":"p"}`)
	if _, body = target(t, proxy, "codepipeline", "ListPipelines", `{}`); body != `{"pipelines":[]}` {
		t.Errorf("after it is deleted: %s", body)
	}
}

func TestConnectionsArePending(t *testing.T) {
	proxy := nowhere(t)
	_, made := target(t, proxy, "codeconnections", "CreateConnection", `{"ConnectionName":"c","ProviderType":"GitHub"}`)
	arn := strings.Split(made, `"`)[3]
	if _, body := target(t, proxy, "codeconnections", "GetConnection", `{"ConnectionArn":"`+arn+`"}`); !strings.Contains(body, `"ConnectionStatus":"PENDING"`) || !strings.Contains(body, `"ConnectionName":"c"`) {
		t.Errorf("got %s", body)
	}
	target(t, proxy, "codeconnections", "DeleteConnection", `{"ConnectionArn":"`+arn+`"}`)
	if status, _ := target(t, proxy, "codeconnections", "GetConnection", `{"ConnectionArn":"`+arn+`"}`); status != 400 {
		t.Errorf("after it is deleted: %d", status)
	}
}

func TestRegistryReplication(t *testing.T) {
	proxy := nowhere(t)
	if _, body := target(t, proxy, "ecr", "DescribeRegistry", `{}`); !strings.Contains(body, `"rules":[]`) {
		t.Errorf("before it is made: %s", body)
	}
	target(t, proxy, "ecr", "PutReplicationConfiguration", `{"replicationConfiguration":{"rules":[{"destinations":[]}]}}`)
	if _, body := target(t, proxy, "ecr", "DescribeRegistry", `{}`); !strings.Contains(body, `"rules":[{"destinations":[]}]`) {
		t.Errorf("got %s", body)
	}
}

func TestProjectsAreRememberedAndDeletedByName(t *testing.T) {
	var deleted string
	proxy := behind(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.Header.Get("X-Amz-Target"), "DeleteProject"):
			body, _ := io.ReadAll(r.Body) // the test's own
			deleted = string(body)
			_, _ = fmt.Fprint(w, `{}`)
		default:
			_, _ = fmt.Fprint(w, `{"projects":[{"name":"p"}],"projectsNotFound":[]}`)
		}
	})
	target(t, proxy, "codebuild", "CreateProject", `{"name":"p","queuedTimeoutInMinutes":60,"vpcConfig":{"vpcId":"vpc-1"}}`)
	if _, body := target(t, proxy, "codebuild", "BatchGetProjects", `{"names":["p"]}`); !strings.Contains(body, `"queuedTimeoutInMinutes":60`) || !strings.Contains(body, `"vpcId":"vpc-1"`) {
		t.Errorf("got %s", body)
	}
	target(t, proxy, "codebuild", "DeleteProject", `{"name":"arn:aws:codebuild:eu-west-1:111111111111:project/p"}`)
	if deleted != `{"name":"p"}` {
		t.Errorf("deleted %s", deleted)
	}
}

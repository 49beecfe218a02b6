//go:build e2e

package e2e

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"github.com/titan-platform/titan/modules/irsa/proof"
)

// apiCall is a call to AWS in its service's protocol: a form, a JSON target with its body, or a REST path.
type apiCall struct {
	service string
	form    url.Values
	target  string
	body    map[string]any
	path    string
	method  string            // of a path; GET where it is empty
	text    string            // of a path: the body
	header  map[string]string // of a path
}

// versions of the services that speak the query protocol.
var versions = map[string]string{
	"autoscaling": "2011-01-01", "ec2": "2016-11-15", "elasticloadbalancing": "2015-12-01", "iam": "2010-05-08", "monitoring": "2010-08-01",
	"rds": "2014-10-31", "sns": "2010-03-31", "sts": "2011-06-15",
}

// requestOf is the request that asks for what a call is about. What counts is who may make it, so it is complete enough to be authorized, and
// need not succeed. It is false where the emulator can't be asked: it lacks the service, or judges the call on another resource than AWS does
// (ministack 1.5.33, core/iam_actions.py: a log group for its streams, a cluster for its node groups, "*" for CreateTags).
func requestOf(call proof.Call) (apiCall, bool) {
	service, action, _ := strings.Cut(call.Action, ":")
	id := call.Resource[strings.LastIndexAny(call.Resource, "/:")+1:]
	switch service {
	case "ec2":
		form := url.Values{"Action": {action}}
		if _, kind, found := strings.Cut(call.Resource, proof.Scope.AccountID+":"); found {
			kind, _, _ = strings.Cut(kind, "/")
			parameter := map[string]string{
				"instance": "InstanceId", "network-interface": "NetworkInterfaceId", "security-group": "GroupId", "subnet": "SubnetId", "volume": "VolumeId",
			}[kind]
			if action == "TerminateInstances" {
				parameter = "InstanceId.1"
			}
			form.Set(parameter, id)
		}
		return apiCall{service: service, form: form}, action != "CreateTags"
	case "autoscaling":
		form := url.Values{"Action": {action}, "AutoScalingGroupName": {id}, "DesiredCapacity": {"1"}}
		return apiCall{service: service, form: form}, action != "TerminateInstanceInAutoScalingGroup" // which names an instance, and no group
	case "elasticloadbalancing":
		form := url.Values{"Action": {action}}
		if strings.Contains(call.Resource, "targetgroup/") {
			form.Set("TargetGroupArn", call.Resource)
		} else if call.Resource != "*" {
			form.Set("LoadBalancerArn", call.Resource)
		}
		return apiCall{service: service, form: form}, true
	case "kms":
		return apiCall{service: service, target: "TrentService." + action, body: map[string]any{"KeyId": call.Resource}}, true
	case "secretsmanager":
		return apiCall{service: service, target: "secretsmanager." + action, body: map[string]any{"SecretId": call.Resource}}, true
	case "eks":
		return apiCall{service: service, path: "/clusters/" + id}, action == "DescribeCluster"
	case "ecr":
		_, repository, _ := strings.Cut(call.Resource, ":repository/")
		return apiCall{service: service, target: "AmazonEC2ContainerRegistry_V20150921." + action, body: map[string]any{"repositoryName": repository}}, true
	case "ssm":
		_, parameter, found := strings.Cut(call.Resource, ":parameter")
		return apiCall{service: service, target: "AmazonSSM." + action, body: map[string]any{"Name": parameter}}, found
	case "codebuild":
		return apiCall{service: service, target: "CodeBuild_20161006." + action, body: map[string]any{"projectName": id, "name": id}}, action != "BatchGetBuilds" // which names builds, and no project
	case "s3":
		return apiCall{service: service, path: "/" + strings.TrimPrefix(call.Resource, "arn:aws:s3:::")}, action == "GetObject"
	case "rds":
		return apiCall{service: service, form: url.Values{"Action": {action}, "DBClusterIdentifier": {id}}}, true
	}
	return apiCall{}, false
}

// client makes signed calls, as the account's root or as a session of a role.
type client struct {
	t           *testing.T
	url, region string
	credentials aws.Credentials
}

func (c client) as(credentials aws.Credentials) client {
	c.credentials = credentials
	return c
}

// session is what an assumption gives.
func session(c client, assumption apiCall) aws.Credentials {
	c.t.Helper()
	status, answer := c.do(assumption)
	var parsed struct {
		Result []struct {
			AccessKeyID     string `xml:"Credentials>AccessKeyId"`
			SecretAccessKey string `xml:"Credentials>SecretAccessKey"`
			SessionToken    string `xml:"Credentials>SessionToken"`
		} `xml:",any"`
	}
	if err := xml.Unmarshal([]byte(answer), &parsed); err != nil || status != http.StatusOK || len(parsed.Result) == 0 {
		c.t.Fatalf("assuming %s: %d %s %v", assumption.form.Get("RoleArn"), status, answer, err)
	}
	given := parsed.Result[0]
	return aws.Credentials{AccessKeyID: given.AccessKeyID, SecretAccessKey: given.SecretAccessKey, SessionToken: given.SessionToken}
}

func (c client) mustPass(call apiCall) {
	c.t.Helper()
	if status, answer := c.do(call); status != http.StatusOK {
		c.t.Fatalf("%s %s: %d %s", call.service, call.form.Get("Action"), status, answer)
	}
}

// denied is whether IAM denies a call; one that fails for another reason was let through.
func (c client) denied(call apiCall) bool {
	c.t.Helper()
	status, answer := c.do(call)
	for _, refusal := range []string{"AccessDenied", "UnauthorizedOperation", "not authorized to perform"} {
		if status >= http.StatusBadRequest && strings.Contains(answer, refusal) {
			return true
		}
	}
	for _, unknown := range []string{"InvalidSignature", "SignatureDoesNotMatch", "AuthFailure", "InvalidClientTokenId", "UnrecognizedClient", "ExpiredToken"} {
		if strings.Contains(answer, unknown) {
			c.t.Fatalf("%+v: the emulator does not know who calls: %s", call, answer)
		}
	}
	return false
}

func (c client) do(call apiCall) (status int, answer string) {
	c.t.Helper()
	method, path, body, contentType := http.MethodPost, "/", "", "application/x-amz-json-1.1"
	switch {
	case call.form != nil:
		call.form.Set("Version", versions[call.service])
		body, contentType = call.form.Encode(), "application/x-www-form-urlencoded"
	case call.target != "":
		encoded, err := json.Marshal(call.body)
		must(c.t, err)
		body = string(encoded)
	default:
		method, path, body, contentType = http.MethodGet, call.path, call.text, ""
		if call.method != "" {
			method = call.method
		}
	}
	request, err := http.NewRequestWithContext(c.t.Context(), method, c.url+path, strings.NewReader(body))
	must(c.t, err)
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	for key, value := range call.header {
		request.Header.Set(key, value)
	}
	if call.target != "" {
		request.Header.Set("X-Amz-Target", call.target)
	}
	credentials := c.credentials
	if credentials.AccessKeyID == "" {
		credentials = aws.Credentials{AccessKeyID: "test", SecretAccessKey: "test"} // the emulator's root
	}
	hash := sha256.Sum256([]byte(body))
	must(c.t, v4.NewSigner().SignHTTP(c.t.Context(), credentials, request, hex.EncodeToString(hash[:]), call.service, c.region, time.Now()))
	response, err := http.DefaultClient.Do(request)
	must(c.t, err)
	defer func() { _ = response.Body.Close() }() // read to its end
	content, err := io.ReadAll(response.Body)
	must(c.t, err)
	return response.StatusCode, string(content)
}

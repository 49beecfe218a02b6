package wire

import (
	"context"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/internal/wire/limits"
	"github.com/titan-platform/titan/internal/wire/protocol"
)

// shared is one judge for all tests: reading EC2's model takes a while.
var shared = sync.OnceValues(func() (*Judge, error) {
	data, err := emulator.Botocore(context.Background(), filepath.Join("..", "..", ".titan"))
	if err != nil {
		return nil, err
	}
	return NewJudge(data)
})

func judge(t *testing.T, requests ...*protocol.Request) *Judgment {
	t.Helper()
	j, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	judgment, err := j.Judge(requests, nil)
	if err != nil {
		t.Fatal(err)
	}
	return judgment
}

// sent is a request of the provider's that AWS took.
func sent(service, method, path, contentType, body string) *protocol.Request {
	return &protocol.Request{
		Service: service, Region: "eu-west-1", Endpoint: "eu-west-1", Method: method, Path: path, Body: []byte(body),
		Status: http.StatusOK,
		Header: http.Header{
			"User-Agent":   {"APN/1.0 HashiCorp/1.0 Terraform/1.14.0 terraform-provider-aws/5.100.0 aws-sdk-go-v2/1.36.3"},
			"Content-Type": {contentType},
		},
	}
}

var versions = map[string]string{
	"ec2": "2016-11-15", "iam": "2010-05-08", "rds": "2014-10-31", "elasticache": "2015-02-02",
	"elasticloadbalancing": "2015-12-01",
	"monitoring":           "2010-08-01", "sns": "2010-03-31",
}

// form is a call in the query protocol: an action and its parameters, one a line.
func form(service, action string, parameters ...string) *protocol.Request {
	body := "Action=" + action + "&Version=" + versions[service]
	for _, parameter := range parameters {
		key, value, _ := strings.Cut(parameter, "=")
		body += "&" + key + "=" + escape(value)
	}
	return sent(service, http.MethodPost, "/", "application/x-www-form-urlencoded", body)
}

func escape(value string) string {
	return strings.NewReplacer("%", "%25", "&", "%26", "+", "%2B", ";", "%3B", "#", "%23").Replace(value)
}

// target is a call in the json protocol: a target and its JSON.
func target(service, target, body string) *protocol.Request {
	request := sent(service, http.MethodPost, "/", "application/x-amz-json-1.1", body)
	request.Header.Set("X-Amz-Target", target)
	return request
}

// rest is a call in rest-json or rest-xml: method, path and body.
func rest(service, method, path, body string) *protocol.Request {
	return sent(service, method, path, "", body)
}

// inVirginia is a request in us-east-1.
func inVirginia(request *protocol.Request) *protocol.Request {
	request.Region, request.Endpoint = "us-east-1", "us-east-1"
	return request
}

// answered is a request with its answer.
func answered(answer string, request *protocol.Request) *protocol.Request {
	request.Answer = []byte(answer)
	return request
}

// plant is a fault that the judge has to find.
type plant struct {
	kind     string // of the finding
	tells    string // is in what is allowed, or in what was sent
	requests []*protocol.Request
}

func planted(kind, tells string, requests ...*protocol.Request) plant {
	return plant{kind, tells, requests}
}

// plants are all planted faults.
func plants() []plant {
	return slices.Concat(traitPlants(), wordPlants(), namePlants(), policyPlants(), networkPlants(), edgePlants(),
		bucketPlants(),
		databasePlants(), clusterPlants(), observabilityPlants(), deliveryPlants(), togetherPlants())
}

const leastPlants = 60

func TestPlantedFaultsAreFound(t *testing.T) {
	all := plants()
	if len(all) < leastPlants {
		t.Errorf("%d plants, want %d or more", len(all), leastPlants)
	}
	for _, p := range all {
		found := judge(t, p.requests...).Findings
		if !slices.ContainsFunc(found, func(f Finding) bool {
			return f.Kind == p.kind && strings.Contains(f.Limit+" "+f.Value+" "+f.Member, p.tells)
		}) {
			t.Errorf("no finding %q that tells of %q: %s\nfound %v", p.kind, p.tells, p.requests[len(p.requests)-1].Body, found)
		}
	}
	t.Logf("%d planted faults", len(all))
}

// TestEveryRuleIsPlanted fails for a rule that no planted fault breaks: nothing shows that it works.
func TestEveryRuleIsPlanted(t *testing.T) {
	kinds := map[string]bool{}
	for _, p := range plants() {
		kinds[p.kind] = true
	}
	var want []string
	for _, rule := range limits.Rules() {
		want = append(want, "documented: "+rule.Name)
	}
	for _, total := range limits.Totals() {
		want = append(want, "documented: "+total.Name)
	}
	want = append(want, "required", "enum", "pattern", "pattern of the whole value", "type", "union", "unknown member",
		"min", "max",
		"min characters", "max characters", "min items", "max items", "max entries", "max bytes", "not decoded",
		"words: characters", "words: length", "words: name", "words: range", "words: values")
	for _, kind := range slices.Compact(want) {
		if !kinds[kind] {
			t.Errorf("no planted fault breaks %q", kind)
		}
	}
}

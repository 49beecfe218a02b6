package leftovers

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops/states"
)

// call is one of AWS's calls, as its service's protocol has it.
type call struct {
	service, region, action string
	body                    string
	form                    url.Values // of the query protocol
}

// cloud is an AWS that answers some calls in AWS's own wire form, and all others with nothing.
type cloud struct {
	url     string
	mutex   sync.Mutex
	calls   []call
	answers map[string]func(call) (status int, body string) // by service and action
}

var scope = regexp.MustCompile(`Credential=[^/]+/\d+/([^/]+)/([^/]+)/aws4_request`)

func newCloud(t *testing.T) *cloud {
	t.Helper()
	c := &cloud{answers: map[string]func(call) (int, string){}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		found := scope.FindStringSubmatch(r.Header.Get("Authorization"))
		if err != nil || found == nil {
			t.Errorf("a call that is not signed: %s %s", r.Method, r.URL)
			return
		}
		one := call{service: found[2], region: found[1], body: string(body), action: r.Method + " " + r.URL.Path}
		if target := r.Header.Get("X-Amz-Target"); target != "" {
			one.action = target[strings.LastIndex(target, ".")+1:]
		} else if one.form, _ = url.ParseQuery(one.body); one.form.Get("Action") != "" {
			one.action = one.form.Get("Action")
		}
		status, text := c.answer(one)
		if strings.HasPrefix(text, "{") {
			w.Header().Set("Content-Type", "application/x-amz-json-1.1")
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, text) // a client that is gone is no concern of the server's
	}))
	t.Cleanup(server.Close)
	c.url = server.URL
	return c
}

// roles is IAM's answer with some roles.
func roles(members ...string) string {
	return `<ListRolesResponse><ListRolesResult><Roles>` + strings.Join(members, "") +
		`</Roles><IsTruncated>false</IsTruncated></ListRolesResult></ListRolesResponse>`
}

// empty are answers that say that there is nothing.
var empty = map[string]string{
	"tagging GetResources":          `{"PaginationToken":"","ResourceTagMappingList":[]}`,
	"logs DescribeLogGroups":        `{"logGroups":[]}`,
	"iam ListRoles":                 roles(),
	"ec2 DescribeTags":              `<DescribeTagsResponse><tagSet/></DescribeTagsResponse>`,
	"ec2 DescribeNetworkInterfaces": `<DescribeNetworkInterfacesResponse/>`,
	"ec2 DescribeInstances":         `<DescribeInstancesResponse><reservationSet/></DescribeInstancesResponse>`,
	"ec2 DescribeNatGateways":       `<DescribeNatGatewaysResponse><natGatewaySet/></DescribeNatGatewaysResponse>`,
}

func (c *cloud) answer(one call) (int, string) {
	c.mutex.Lock()
	c.calls = append(c.calls, one)
	answer := c.answers[one.service+" "+one.action]
	c.mutex.Unlock()
	if answer != nil {
		return answer(one)
	}
	if text := empty[one.service+" "+one.action]; text != "" {
		return http.StatusOK, text
	}
	return http.StatusBadRequest, `{"__type":"UnknownOperationException"}`
}

// says has a call answered with a text, always.
func (c *cloud) says(action, text string) { c.refuses(action, http.StatusOK, text) }

func (c *cloud) refuses(action string, status int, text string) {
	c.answers[action] = func(call) (int, string) { return status, text }
}

// does has a call answered with what a function makes of it.
func (c *cloud) does(action string, answer func(call) string) {
	c.answers[action] = func(one call) (int, string) { return http.StatusOK, answer(one) }
}

// tags has GetResources answer in the home region, to a question about a tag.
func (c *cloud) tags(about string, mappings ...string) {
	before := c.answers["tagging GetResources"]
	c.answers["tagging GetResources"] = func(one call) (int, string) {
		if one.region == string(home) && strings.Contains(one.body, about) {
			return http.StatusOK, `{"PaginationToken":"","ResourceTagMappingList":[` + strings.Join(mappings, ",") + `]}`
		}
		if before != nil {
			return before(one)
		}
		return http.StatusOK, empty["tagging GetResources"]
	}
}

// made are the actions of a service that were called.
func (c *cloud) made(service string) []string {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	var actions []string
	for _, one := range c.calls {
		if one.service == service {
			actions = append(actions, one.action)
		}
	}
	return actions
}

const (
	home = environments.Region("eu-west-1")
	id   = "123456789012"
)

// search asks the cloud for what is left of dev.
func (c *cloud) search(held ...states.Resource) Search {
	return Search{
		Environment: environments.Environment{
			Name: "dev", Region: home, DNS: environments.DNS{Delegated: true},
			Account: environments.Account{Name: "development", ID: id, Project: "titan", Region: home},
		},
		In: func(region environments.Region) aws.Config {
			return aws.Config{
				Region: string(region), BaseEndpoint: &c.url, RetryMaxAttempts: 1,
				Credentials: credentials.NewStaticCredentialsProvider("test", "test", ""),
			}
		},
		Held: held,
	}
}

// of is an entry of GetResources' answer, of what a stack of dev made.
func of(arn, stack string) string {
	return `{"ResourceARN":"` + arn + `","Tags":[{"Key":"environment","Value":"dev"},{"Key":"project","Value":"titan"},` +
		`{"Key":"stack","Value":"` + stack + `"},{"Key":"Name","Value":"titan-dev-thing"}]}`
}

// arns are those of a report's leftovers in a group.
func arns(ctx context.Context, s Search, group Group) []string {
	var found []string
	for _, l := range s.Run(ctx).Leftovers {
		if l.Group == group {
			found = append(found, l.ARN)
		}
	}
	return found
}

package fresh

import (
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/titan-platform/titan/internal/emulator"
)

const (
	arn      = "arn:aws:iam::111111111111:role/a"
	document = `{"Statement":[{"Principal":{"AWS":["*","` + arn + `"]}}]}`
)

// sent is a call: a form, or JSON for a target, or a REST call.
type sent struct {
	service, method, path string
	target                string
	body                  string
	answer                string // the emulator's
	late                  bool   // see later
}

func form(service, body, answer string) sent {
	return sent{service: service, method: http.MethodPost, path: "/", body: body, answer: answer}
}

func target(service, action, body string) sent {
	return sent{service: service, method: http.MethodPost, path: "/", target: "X." + action, body: body, answer: "{}"}
}

func rest(service, method, path, body string) sent {
	return sent{service: service, method: method, path: path, body: body, answer: "{}"}
}

var (
	recordSet       = rest("route53", "POST", "/2013-04-01/hostedzone/Z/rrset/", "<x/>")
	makesRole       = form("iam", "Action=CreateRole&RoleName=a", "<Arn>"+arn+"</Arn>")
	makesPermission = form("iam", "Action=PutRolePolicy&RoleName=a", "<r/>")
	makesSubnet     = form("ec2", "Action=CreateSubnet", "<subnetId>subnet-1</subnetId><vpcId>vpc-1</vpcId>")
	attachesGateway = form("ec2", "Action=AttachInternetGateway&VpcId=vpc-1", "<r/>")
	makesKey        = answered(target("kms", "CreateKey", "{}"), `{"KeyMetadata":{"KeyId":"k"}}`)
)

// ownRole is the ARN of a service's own role.
func ownRole(service string) string {
	return "arn:aws:iam::111111111111:role/aws-service-role/" + service + ".amazonaws.com/AWSServiceRoleFor"
}

func bucketPut(query string) sent { return rest("s3", "PUT", "/b"+query, "<x/>") }

func answered(s sent, answer string) sent {
	s.answer = answer
	return s
}

// later is a call that comes when what was made before it is seen.
func later(s sent) sent {
	s.late = true
	return s
}

// world is a fresh account before an emulator that answers everything, with a clock.
type world struct {
	*testing.T
	fresh  *Fresh
	proxy  *emulator.Proxy
	now    time.Time
	answer string
}

func newWorld(t *testing.T, account Account) *world {
	t.Helper()
	w := &world{T: t, now: time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)}
	backend := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(rw, w.answer)
	}))
	t.Cleanup(backend.Close)
	var err error
	if w.proxy, err = emulator.NewProxy(backend.URL); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.proxy.Close() })
	account.Now = func() time.Time { return w.now }
	w.fresh = New(account)
	w.proxy.Guard(w.fresh)
	return w
}

// send makes a call and returns what is said to it; a stand-in of the proxy may answer in its own way.
func (w *world) send(s sent) (refused bool, answer string) {
	w.Helper()
	w.answer = s.answer
	request, err := http.NewRequestWithContext(w.Context(), s.method, w.proxy.URL()+s.path, strings.NewReader(s.body))
	if err != nil {
		w.Fatal(err)
	}
	scope := "test/20261128/eu-west-1/" + s.service + "/aws4_request"
	request.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential="+scope+", SignedHeaders=host, Signature=0")
	switch {
	case s.target != "":
		request.Header.Set("X-Amz-Target", s.target)
	case strings.HasPrefix(s.body, "Action="):
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		w.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }() // read to its end
	text, err := io.ReadAll(response.Body)
	if err != nil {
		w.Fatal(err)
	}
	calls := w.proxy.Calls()
	return calls[len(calls)-1].Source == emulator.FromGuard, html.UnescapeString(string(text))
}

// ready makes what comes before a plant's call.
func (w *world) ready(made []sent) {
	w.Helper()
	for _, s := range made {
		if s.late {
			w.now = w.now.Add(iamDelay)
		}
		if refused, answer := w.send(s); refused {
			w.Fatalf("%+v is refused: %s", s, answer)
		}
	}
}

func TestWhatComesTooEarlyIsRefusedAndTakenLater(t *testing.T) {
	for _, plant := range plants {
		t.Run(string(plant.kind)+"/"+plant.name, func(t *testing.T) {
			account := Account{Principals: []string{ownRole("rds"), ownRole("elasticache")}}
			if plant.kind == NoServiceLinkedRole {
				account.Principals = nil
			}
			w := newWorld(t, account)
			w.ready(plant.makes[:max(0, len(plant.makes)-isGateway(plant.kind))])
			refused, answer := w.send(plant.call)
			code := plant.name[strings.LastIndex(plant.name, " ")+1:]
			if !refused || !strings.Contains(answer, code) || !strings.Contains(unquoted(answer), plant.says) {
				t.Fatalf("answered %t %s, want %s with %q", refused, answer, code, plant.says)
			}
			w.counts(Count{Kind: plant.kind, Name: plant.name})
			switch plant.after {
			case again:
			case never:
				w.now = w.now.Add(24 * time.Hour)
			case 0:
				w.ready(plant.makes)
			default:
				w.now = w.now.Add(plant.after - 1)
				if refused, _ := w.send(plant.call); !refused {
					t.Fatal("a nanosecond too early it is taken")
				}
				w.now = w.now.Add(1)
			}
			if refused, answer := w.send(plant.call); refused != (plant.after == never) {
				t.Errorf("later it is answered %t %s", refused, answer)
			}
		})
	}
}

// isGateway is 1 for the plants whose last step is what makes the call possible, whatever the time.
func isGateway(kind Kind) int {
	if kind == NoGateway {
		return 1
	}
	return 0
}

// unquoted is JSON as its values read.
func unquoted(answer string) string { return strings.ReplaceAll(answer, `\"`, `"`) }

// counts fails unless one refusal alone was made, once.
func (w *world) counts(want Count) {
	w.Helper()
	for _, count := range w.fresh.Counts() {
		times := 0
		if count.Kind == want.Kind && count.Name == want.Name {
			times = 1
		}
		if count.Times != times {
			w.Errorf("%s %s was counted %d times, want %d", count.Kind, count.Name, count.Times, times)
		}
	}
}

func TestEveryRefusalHasItsPlantAndItsSource(t *testing.T) {
	seen := map[Count]bool{}
	for _, refusal := range refusals() {
		count := refusal.count()
		if seen[count] {
			t.Errorf("%s %s is there twice", count.Kind, count.Name)
		}
		seen[count] = true
		if count.Source == "" {
			t.Errorf("%s has no source", count.Name)
		}
		planted := false
		for _, plant := range plants {
			planted = planted || plant.kind == count.Kind && plant.name == count.Name
		}
		if !planted {
			t.Errorf("%s %s is planted nowhere", count.Kind, count.Name)
		}
	}
}

func TestAPrincipalThatIsNotThereIsNeverTaken(t *testing.T) {
	names := target("kms", "CreateKey", fmt.Sprintf(`{"Policy":%q}`, document))
	w := newWorld(t, Account{})
	w.now = w.now.Add(24 * time.Hour)
	if refused, _ := w.send(names); !refused {
		t.Error("a principal that nobody made is taken")
	}
	if refused, answer := newWorld(t, Account{Principals: []string{arn}}).send(names); refused {
		t.Errorf("a principal that the account had is refused: %s", answer)
	}
}

func TestAServiceLinkedRoleMadeBeforehandIsSeen(t *testing.T) {
	w := newWorld(t, Account{})
	w.ready([]sent{form("iam", "Action=CreateServiceLinkedRole", "<Arn>"+ownRole("rds")+"</Arn>")})
	w.now = w.now.Add(iamDelay)
	if refused, answer := w.send(form("rds", "Action=CreateDBSubnetGroup", "<r/>")); refused {
		t.Errorf("refused: %s", answer)
	}
}

func TestAnAcceptedConnectionIsTaken(t *testing.T) {
	w := newWorld(t, Account{Connections: []string{"c"}, Principals: []string{arn}})
	const source = `"source":{"auth":{"type":"CODECONNECTIONS","resource":"c"}}`
	project := target("codebuild", "CreateProject", `{"serviceRole":"`+arn+`",`+source+`}`)
	if refused, answer := w.send(project); refused {
		t.Errorf("refused: %s", answer)
	}
}

func TestNothingIsSaidOfWhatWasThereBefore(t *testing.T) {
	w := newWorld(t, Account{})
	for _, s := range []sent{
		form("ec2", "Action=DescribeVpcs&VpcId.1=vpc-0", "<r/>"),
		form("elasticloadbalancing", "Action=CreateLoadBalancer&Subnets.member.1=subnet-0", "<r/>"),
		bucketPut("?encryption"), recordSet,
	} {
		if refused, answer := w.send(s); refused {
			t.Errorf("%+v is refused: %s", s, answer)
		}
	}
}

func TestWhatStaysInsideNeedsNoGateway(t *testing.T) {
	w := newWorld(t, Account{})
	w.ready([]sent{makesSubnet})
	for _, s := range []sent{
		form("elasticloadbalancing", "Action=CreateLoadBalancer&Scheme=internal&Subnets.member.1=subnet-1", "<r/>"),
		form("ec2", "Action=CreateNatGateway&ConnectivityType=private&SubnetId=subnet-1", "<r/>"),
	} {
		if refused, answer := w.send(s); refused {
			t.Errorf("%+v is refused: %s", s, answer)
		}
	}
}

func TestABurstIsThrottled(t *testing.T) {
	w := newWorld(t, Account{})
	alarm := form("monitoring", "Action=PutMetricAlarm&AlarmName=a", "<r/>")
	for i := range 3 {
		if refused, _ := w.send(alarm); refused {
			t.Fatalf("call %d of a burst is throttled", i+1)
		}
	}
	if refused, answer := w.send(alarm); !refused || !strings.Contains(answer, "<Code>Throttling</Code>") {
		t.Errorf("the fourth is answered %t %s", refused, answer)
	}
	w.now = w.now.Add(time.Second)
	if refused, _ := w.send(alarm); refused {
		t.Error("a second later it is throttled")
	}
}

package main

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/runner"
)

// taggedAWS is an account in which two topics and a queue carry an environment's tags, and nothing else is.
type taggedAWS struct {
	environment string // whose tags they carry; empty is nobody's
	denied      bool   // tag:GetResources
	stuck       string // the topic that can't be deleted
	deleted     []string
}

// Do implements aws.HTTPClient. The service stands in the signature.
func (a *taggedAWS) Do(request *http.Request) (*http.Response, error) {
	sent, err := io.ReadAll(request.Body)
	if err != nil {
		return nil, err
	}
	scope := strings.Split(request.Header.Get("Authorization"), "/")
	code, body := http.StatusOK, "<Response/>"
	switch service := scope[3]; {
	case service == "tagging" && a.denied:
		code, body = http.StatusBadRequest, `{"__type": "AccessDeniedException"}`
	case service == "tagging":
		body = a.resources(scope[2], string(sent))
	case service == "logs":
		body = `{"logGroups": []}`
	case service == "iam":
		body = `<ListRolesResponse><ListRolesResult><IsTruncated>false</IsTruncated></ListRolesResult></ListRolesResponse>`
	case service == "sns" && strings.Contains(string(sent), "GetTopicAttributes"):
		body = `<GetTopicAttributesResponse><GetTopicAttributesResult/></GetTopicAttributesResponse>`
	case service == "sns" && strings.Contains(string(sent), "DeleteTopic"):
		if a.stuck != "" && strings.Contains(string(sent), a.stuck) {
			code, body = http.StatusForbidden, `<ErrorResponse><Error><Code>AuthorizationError</Code><Message>no</Message></Error></ErrorResponse>`
			break
		}
		a.deleted = append(a.deleted, string(sent))
	}
	return &http.Response{
		StatusCode: code, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: request,
	}, nil
}

func (a *taggedAWS) resources(region, question string) string {
	if a.environment == "" || region != "eu-central-1" || !strings.Contains(question, `"environment"`) {
		return `{"ResourceTagMappingList": []}`
	}
	var list []string
	for _, arn := range []string{"sns:%s:333333333333:one", "sns:%s:333333333333:two", "sqs:%s:333333333333:jobs"} {
		list = append(list, fmt.Sprintf(`{"ResourceARN": "arn:aws:%s", "Tags": [{"Key": "project", "Value": "titan"},
			{"Key": "environment", "Value": %q}, {"Key": "stack", "Value": %[2]q}]}`, fmt.Sprintf(arn, region), a.environment))
	}
	return `{"ResourceTagMappingList": [` + strings.Join(list, ",") + `]}`
}

// leftoversScreen is what is told of prod-dr's.
const leftoversScreen = `left of prod-dr, which no state holds (asked eu-central-1, us-east-1):

can be taken back, or deleted (2):
  aws_sns_topic  arn:aws:sns:eu-central-1:333333333333:one (eu-central-1, of prod-dr)
    import: terraform -chdir=cdktf.out/stacks/prod-dr import aws_sns_topic.alarms arn:aws:sns:eu-central-1:333333333333:one
    delete: aws sns delete-topic --topic-arn arn:aws:sns:eu-central-1:333333333333:one --region eu-central-1
  aws_sns_topic  arn:aws:sns:eu-central-1:333333333333:two (eu-central-1, of prod-dr)
    import: terraform -chdir=cdktf.out/stacks/prod-dr import aws_sns_topic.ADDRESS arn:aws:sns:eu-central-1:333333333333:two
    delete: aws sns delete-topic --topic-arn arn:aws:sns:eu-central-1:333333333333:two --region eu-central-1

may hold data: titan never deletes it (1):
  aws_sqs_queue  arn:aws:sqs:eu-central-1:333333333333:jobs (eu-central-1, of prod-dr)
    may be gone already: AWS lists for hours what is deleted
    import: terraform -chdir=cdktf.out/stacks/prod-dr import aws_sqs_queue.ADDRESS https://sqs.eu-central-1.amazonaws.com/333333333333/jobs
    delete: aws sqs delete-queue --queue-url https://sqs.eu-central-1.amazonaws.com/333333333333/jobs --region eu-central-1
`

// leaving is a bench on whose AWS something of prod-dr is left.
func leaving(answers string, made ...string) *bench {
	b := newBench(answers, made...)
	b.tagged.environment = "prod-dr"
	b.options.synthesized = func(string) ([]byte, error) {
		return []byte(`{"resource": {"aws_sns_topic": {"alarms": {"name": "one"}, "events": {"name": "events"}}}}`), nil
	}
	return b
}

func (b *bench) leftovers(t *testing.T, o leftoversOptions) int {
	t.Helper()
	o.run, o.environment = b.options, "prod-dr"
	command, _, err := newRoot(b.terminal).Find([]string{"leftovers"})
	if err != nil {
		t.Fatal(err)
	}
	return exitCode(t.Context(), runLeftovers(t.Context(), o), b.terminal, command)
}

func TestLeftoversAreToldAndLeft(t *testing.T) {
	b := leaving("yes\nyes\nyes\n")
	if code := b.leftovers(t, leftoversOptions{}); code != exitDone || b.tagged.deleted != nil {
		t.Errorf("exit code %d, deleted %v: %s", code, b.tagged.deleted, b.err.String())
	}
	expect(t, "screen", b.out.String(), leftoversScreen)
}

func TestLeftoversAsEvents(t *testing.T) {
	b := leaving("")
	b.options.json = true
	if code := b.leftovers(t, leftoversOptions{}); code != exitDone {
		t.Errorf("exit code %d: %s", code, b.err.String())
	}
	expect(t, "lines", b.out.String(), `{"type":"leftover","arn":"arn:aws:sns:eu-central-1:333333333333:one","kind":"aws_sns_topic","stack":"prod-dr","group":"loose"}
{"type":"leftover","arn":"arn:aws:sns:eu-central-1:333333333333:two","kind":"aws_sns_topic","stack":"prod-dr","group":"loose"}
{"type":"leftover","arn":"arn:aws:sqs:eu-central-1:333333333333:jobs","kind":"aws_sqs_queue","stack":"prod-dr","group":"data","text":"may be gone already: AWS lists for hours what is deleted"}
`)
}

// Each is asked about, but for what holds data; --yes is a yes to all of those.
func TestLeftoversAreDeletedAsIsSaid(t *testing.T) {
	for name, c := range map[string]struct {
		answers string
		yes     bool
		stuck   string
		want    string // on the screen, after the list
		code    int
	}{
		"one of them":             {answers: "no\nyes\n", want: "deleted arn:aws:sns:eu-central-1:333333333333:two\n"},
		"none":                    {answers: "y\n"},
		"all":                     {yes: true, want: "deleted arn:aws:sns:eu-central-1:333333333333:one\ndeleted arn:aws:sns:eu-central-1:333333333333:two\n"},
		"one that can't be":       {yes: true, stuck: "one", code: exitFailed, want: "deleted arn:aws:sns:eu-central-1:333333333333:two\n"},
		"nobody answers any more": {answers: ""},
	} {
		t.Run(name, func(t *testing.T) {
			b := leaving(c.answers)
			b.tagged.stuck = c.stuck
			if code := b.leftovers(t, leftoversOptions{delete: true, yes: c.yes}); code != c.code {
				t.Errorf("exit code %d: %s", code, b.err.String())
			}
			expect(t, "screen", b.out.String(), leftoversScreen+c.want)
			if strings.Contains(b.err.String(), "jobs") || strings.Contains(strings.Join(b.tagged.deleted, " "), "jobs") {
				t.Errorf("the queue, which holds data: %s, %v", b.err.String(), b.tagged.deleted)
			}
		})
	}
}

func TestLeftoversAreAskedRightly(t *testing.T) {
	for want, o := range map[string]leftoversOptions{
		"--yes answers the questions of --delete": {yes: true},
		"standard input is no terminal":           {delete: true},
	} {
		b := leaving("")
		b.interactive = false
		if code := b.leftovers(t, o); code != exitUsage || !strings.Contains(b.err.String(), want) {
			t.Errorf("exit code %d: %s", code, b.err.String())
		}
	}
}

// A destruction ends with what is left, and a yes deletes what holds no data.
func TestADestructionEndsWithWhatIsLeft(t *testing.T) {
	for name, c := range map[string]struct {
		answers string
		denied  bool
		end     string // of the screen
		deleted int
	}{
		"a yes": {answers: "yes\nyes\n", deleted: 2, end: leftoversScreen +
			"deleted arn:aws:sns:eu-central-1:333333333333:one\ndeleted arn:aws:sns:eu-central-1:333333333333:two\n"},
		"a no": {answers: "yes\nno\n", end: leftoversScreen +
			"\ngo tool titan leftovers prod-dr --delete asks about each that holds no data, and deletes it\n"},
		"a permission missing": {answers: "yes\n", denied: true, end: `left of prod-dr, which no state holds (asked eu-central-1, us-east-1):
  nothing that was found

unknown:
  what carries the tags of prod-dr in eu-central-1: the caller may not call Resource Groups Tagging API GetResources; run it as a caller who may
  what carries the tags of prod-dr in us-east-1: the caller may not call Resource Groups Tagging API GetResources; run it as a caller who may
`},
	} {
		t.Run(name, func(t *testing.T) {
			b := leaving(c.answers, append(under, "prod-dr")...)
			b.tagged.denied = c.denied
			if code := b.run(t, runner.Destroy, "prod-dr"); code != exitDone || b.folders["prod-dr"].made {
				t.Errorf("exit code %d: %s", code, b.err.String())
			}
			if !strings.HasSuffix(b.out.String(), "\n\n"+c.end) || len(b.tagged.deleted) != c.deleted {
				t.Errorf("deleted %d; screen:\n%s\nwant\n%s", len(b.tagged.deleted), b.out.String(), c.end)
			}
		})
	}
}

// A destruction that was declined has left all, and tells nothing; a failed one tells, and asks nothing.
func TestADestructionThatDidNotEnd(t *testing.T) {
	b := leaving("no\n", append(under, "prod-dr")...)
	if code := b.run(t, runner.Destroy, "prod-dr"); code != exitCancelled || strings.Contains(b.out.String(), "left of") {
		t.Errorf("exit code %d:\n%s", code, b.out.String())
	}
	b = leaving("yes\nyes\n", append(under, "prod-dr")...)
	b.folders["prod-dr.global"].broken = fmt.Errorf("the VPC has dependencies")
	if code := b.run(t, runner.Destroy, "prod-dr"); code != exitFailed || b.tagged.deleted != nil ||
		!strings.Contains(b.out.String(), leftoversScreen) {
		t.Errorf("exit code %d, deleted %v:\n%s", code, b.tagged.deleted, b.out.String())
	}
}

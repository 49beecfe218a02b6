// Package wire judges the requests that Terraform sends by AWS's own API models, by the rules that those models say
// in words, and by limits that AWS documents elsewhere. An emulator checks none of it. Package model reads the
// models, protocol decodes requests, traits, words and limits hold the rules.
package wire

import (
	"fmt"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/wire/limits"
	"github.com/titan-platform/titan/internal/wire/model"
	"github.com/titan-platform/titan/internal/wire/protocol"
	"github.com/titan-platform/titan/internal/wire/rule"
	"github.com/titan-platform/titan/internal/wire/traits"
)

// sdkAgent is in the User-Agent of every request of the AWS SDK for Go: Terraform's, its AWS provider's, titan's own.
// Tests write others by hand, incomplete on purpose.
const sdkAgent = "aws-sdk-go"

// Finding is a rule that a request breaks.
type Finding struct {
	Service   string // botocore's name: elbv2
	Operation string
	Region    string // of the endpoint
	Member    string // path of the member
	Kind      string // kind of rule
	Value     string // what was sent; masked where the model says that it is sensitive
	Limit     string // what is allowed
	Source    string // where AWS says so
	Address   string // of the Terraform resource, where it can be told
	Request   int    // its number in the recording, from 0
	Status    int    // how it was answered
}

// Explained is a finding that is none, and why.
type Explained struct {
	Finding
	Reason string
}

// Judgment is what a judge has to say of a recording.
type Judgment struct {
	Requests   int            // judged
	Operations map[string]int // judged requests by service and operation
	Checks     map[string]int // applied rules by kind
	NotJudged  map[string]int // by reason
	Unmet      []string       // documented rules that no request was for
	Margins    []rule.Margin  // of every limit that was met, the nearest first
	Findings   []Finding
	Explained  []Explained
}

// Judge judges recordings. It is safe for concurrent use.
type Judge struct {
	models  *model.Models
	checker traits.Checker
	rules   []limits.Rule
	known   *Known
}

// NewJudge is a judge by the models in a botocore's data folder and the project's known false alarms.
func NewJudge(data string) (*Judge, error) {
	known, err := ReadKnown(knownYAML)
	if err != nil {
		return nil, err
	}
	return &Judge{models: model.Open(data), rules: limits.Rules(), known: known}, nil
}

// Judge judges a recording. addresses tells which resource a finding is about; nil knows none. It fails where
// a model is not the pinned one.
func (j *Judge) Judge(requests []*protocol.Request, addresses *Addresses) (*Judgment, error) {
	sheet, judgment := rule.NewSheet(), &Judgment{Operations: map[string]int{}}
	calls := make([]*protocol.Call, len(requests)) // nil where a request was not judged
	for i, request := range requests {
		if !strings.Contains(request.Header.Get("User-Agent"), sdkAgent) {
			sheet.NotJudged["requests that no AWS SDK for Go sent"]++
			continue
		}
		if _, err := j.models.Signed(request.Service); err != nil {
			return nil, err // of the models, and none of the request
		}
		call, err := protocol.Decode(j.models, request)
		if err != nil {
			sheet.NotJudged["requests that could not be decoded, which are findings"]++
			judgment.Findings = append(judgment.Findings, undecoded(i, request, err))
			continue
		}
		call.Number, calls[i] = i, call
		judgment.Requests++
		judgment.Operations[call.Name()]++
		j.judge(call, sheet)
	}
	judged := slices.DeleteFunc(slices.Clone(calls), func(c *protocol.Call) bool { return c == nil })
	limits.CheckAll(limits.Totals(), judged, sheet)
	j.known.called(judgment.Operations)
	for _, breach := range sheet.Breaches {
		j.sort(finding(breach, calls[breach.Request], addresses), breach, requests, judgment)
	}
	judgment.Checks, judgment.NotJudged = sheet.Checks, sheet.NotJudged
	for _, rule := range j.rules {
		if sheet.Checks[documentedKind+rule.Name] == 0 && !slices.Contains(judgment.Unmet, rule.Name) {
			judgment.Unmet = append(judgment.Unmet, rule.Name)
		}
	}
	for _, margin := range sheet.Margins {
		judgment.Margins = append(judgment.Margins, margin)
	}
	slices.SortFunc(judgment.Margins, nearest)
	return judgment, nil
}

func (j *Judge) judge(call *protocol.Call, sheet *rule.Sheet) {
	sheet.Request = call.Number
	j.checker.Check(call.Operation.Input, call.Input, "", sheet)
	sheet.Checks["unknown member"]++
	for _, path := range call.Unknown {
		sheet.Breaks(path, "unknown member", nil, "a member that the model has")
	}
	limits.Check(j.rules, call, sheet)
}

// sort puts a finding where it belongs: among those that count, or among those with an explanation.
func (j *Judge) sort(found Finding, breach rule.Breach, requests []*protocol.Request, judgment *Judgment) {
	if reason, known := j.known.explain(found); known {
		judgment.Explained = append(judgment.Explained, Explained{found, reason})
	} else if isEmulators(breach, requests) {
		judgment.Explained = append(judgment.Explained, Explained{found,
			"the emulator made this value up, and it comes back"})
	} else {
		judgment.Findings = append(judgment.Findings, found)
	}
}

// Idle are the known false alarms that explained nothing although their operation was judged.
func (j *Judge) Idle() []string { return j.known.idle() }

func finding(breach rule.Breach, call *protocol.Call, addresses *Addresses) Finding {
	source := breach.Source
	if source == "" {
		source = "AWS's API model of " + call.Service.Name
	}
	return Finding{
		Service: call.Service.Name, Operation: call.Operation.Name, Region: call.Request.Endpoint,
		Member: breach.Member, Kind: breach.Kind, Value: masked(call, breach), Limit: breach.Limit, Source: source,
		Address: addresses.of(call), Request: call.Number, Status: call.Request.Status,
	}
}

func undecoded(number int, request *protocol.Request, err error) Finding {
	path, _, _ := strings.Cut(request.Path, "?")
	return Finding{
		Service: request.Service, Operation: request.Method + " " +
			path, Region: request.Endpoint, Member: ".", Kind: "not decoded",
		Value: fmt.Sprintf("%d bytes", len(request.Body)), Limit: err.Error(), Source: "AWS's API models",
		Request: number, Status: request.Status,
	}
}

package conformance

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/titan-platform/titan/internal/cloudfront"
	"github.com/titan-platform/titan/internal/webacl"
)

// Check follows the request of a row and says where what comes of it is not what the row says. application may be nil.
// An error is a row that can't be read, or a way that is not modelled.
func (p *Path) Check(row Row, name string, application Application) ([]string, error) {
	request, err := request(row.Request, name)
	if err != nil {
		return nil, err
	}
	answers, err := answers(row.Origin)
	if err != nil {
		return nil, err
	}
	got, reached, err := p.Serve(request, answers, application)
	if err != nil {
		return nil, err
	}
	problems, err := client(row.Client, got)
	if err != nil {
		return nil, err
	}
	if (row.Origin == "-") == got.Asked {
		problems = append(problems, fmt.Sprintf("an origin is asked: %v, want %q", got.Asked, row.Origin))
	}
	if kept := inWords(got.Kept); kept != row.Kept {
		problems = append(problems, fmt.Sprintf("kept for %s, want %s", kept, row.Kept))
	}
	return append(problems, sent(row.Sent, reached)...), nil
}

// client compares what a client gets with a cell: a status and who the body is of, then headers as Name:value, !Name
// for one that is absent, waits=30s for how long origins take, and counted=RULE for a rule of the web ACL that matches
// and only counts.
func client(cell string, got cloudfront.Response) ([]string, error) {
	words := strings.Fields(cell)
	if len(words) < 2 {
		return nil, fmt.Errorf("client gets %q, want a status and who it is of", cell)
	}
	var problems []string
	if have := fmt.Sprintf("%d %s", got.Status, got.From); have != words[0]+" "+words[1] {
		problem := fmt.Sprintf("the client gets %s (web ACL: %s), want %s %s", have, got.Verdict, words[0], words[1])
		problems = append(problems, problem)
	}
	for _, word := range words[2:] {
		option, value, _ := strings.Cut(word, "=")
		switch option {
		case "waits":
			want, err := time.ParseDuration(value)
			if err != nil {
				return nil, err
			}
			if got.Waited != want {
				problems = append(problems, fmt.Sprintf("the client waits for %v, want %v", got.Waited, want))
			}
		case "counted":
			isRule := func(rule string) bool { return strings.HasSuffix("/"+rule, "/"+value) } // in a group or not
			if !slices.ContainsFunc(got.Verdict.Counted, isRule) {
				problems = append(problems, fmt.Sprintf("counted %v, want %s", got.Verdict.Counted, value))
			}
		default:
			problem, err := wrongHeader(word, got.Headers)
			if err != nil {
				return nil, err
			}
			problems = append(problems, problem...)
		}
	}
	return problems, nil
}

// wrongHeader says what is wrong with a header that a word describes; a value of * is any.
func wrongHeader(word string, headers webacl.Headers) ([]string, error) {
	if absent, ok := strings.CutPrefix(word, "!"); ok {
		if value, there := headers[strings.ToLower(absent)]; there {
			return []string{fmt.Sprintf("header %s is %q, want none", absent, value)}, nil
		}
		return nil, nil
	}
	name, want, ok := header(word)
	if !ok {
		return nil, fmt.Errorf("%q is no header (Name:value, !Name) and no option", word)
	}
	if value, there := headers[name]; value != want && (!there || want != "*") {
		return []string{fmt.Sprintf("header %s is %q, want %q", name, value, want)}, nil
	}
	return nil, nil
}

// sent compares what reached an origin with a cell: headers, and method=, path=, query=, host=, origin= for the rest.
func sent(cell string, first *cloudfront.OriginRequest) []string {
	if cell == "" || first == nil {
		return nil
	}
	parts := map[string]string{
		"method": first.Method, "host": first.Host, "path": first.Path, "query": first.Query, "origin": first.Origin,
	}
	var problems []string
	for _, word := range strings.Fields(cell) {
		option, want, isOption := strings.Cut(word, "=")
		have, known := parts[option]
		if isOption && known {
			if have != want {
				problems = append(problems, fmt.Sprintf("the origin is sent %s %q, want %q", option, have, want))
			}
			continue
		}
		wrong, err := wrongHeader(word, first.Headers)
		if err != nil {
			wrong = []string{err.Error()}
		}
		for _, problem := range wrong {
			problems = append(problems, "the origin is sent: "+problem)
		}
	}
	return problems
}

// inWords is a duration as tables have it: a dash for none, else a number and s, m, h or d.
func inWords(d time.Duration) string {
	if d == 0 {
		return "-"
	}
	for _, unit := range []struct {
		name string
		of   time.Duration
	}{{"d", 24 * time.Hour}, {"h", time.Hour}, {"m", time.Minute}} {
		if d%unit.of == 0 {
			return strconv.Itoa(int(d/unit.of)) + " " + unit.name
		}
	}
	return strconv.Itoa(int(d/time.Second)) + " s"
}

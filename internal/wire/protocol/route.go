package protocol

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/titan-platform/titan/internal/wire/model"
)

// route is a REST operation that a request may be for.
type route struct {
	service   *model.Service
	operation *model.Operation
	labels    map[string]string // of the path, still escaped
	fixed     url.Values        // the query that the operation's address has
	rank      []int             // the highest fits best
}

var label = regexp.MustCompile(`\{[^}]+\}`)

// matched are the labels of a request's path, nil where it is another's.
func matched(requestURI, path string) map[string]string {
	template, _, _ := strings.Cut(requestURI, "?")
	found := patternOf(template).FindStringSubmatch(path)
	if found == nil {
		return nil
	}
	labels := map[string]string{}
	for i, name := range label.FindAllString(template, -1) {
		labels[strings.Trim(name, "{+}")] = found[i+1]
	}
	return labels
}

// patterns are the compiled templates: a request is compared with every operation of its service.
var patterns sync.Map

// patternOf is the pattern of a path's template. {Key+} takes slashes too.
func patternOf(template string) *regexp.Regexp {
	if found, ok := patterns.Load(template); ok {
		return found.(*regexp.Regexp)
	}
	names := label.FindAllString(template, -1)
	var pattern strings.Builder
	for i, fixed := range label.Split(template, -1) {
		pattern.WriteString(regexp.QuoteMeta(fixed))
		if i < len(names) && strings.HasSuffix(names[i], "+}") {
			pattern.WriteString("(.+)")
		} else if i < len(names) {
			pattern.WriteString("([^/]+)")
		}
	}
	compiled := regexp.MustCompile("^" + strings.TrimSuffix(pattern.String(), "/") + "/?$")
	patterns.Store(template, compiled)
	return compiled
}

// candidate is the route of an operation, or false where a request is for another one.
func candidate(service *model.Service, operation *model.Operation, request *Request, path string,
	query url.Values) (route, bool) {
	r := route{service: service, operation: operation}
	if operation.HTTP.Method != request.Method {
		return r, false
	}
	if r.labels = matched(operation.HTTP.RequestURI, path); r.labels == nil {
		return r, false
	}
	_, fixed, _ := strings.Cut(operation.HTTP.RequestURI, "?")
	r.fixed, _ = url.ParseQuery(fixed) // the model's own, which parses
	for key := range r.fixed {
		if !query.Has(key) || query.Get(key) != "" && query.Get(key) != r.fixed.Get(key) {
			return r, false
		}
	}
	if id := query.Get("x-id"); id != "" && id != operation.Name { // the SDK for Go's hint
		return r, false
	}
	shape := operation.Input.Of
	var known, given, missing int
	for name, member := range shape.Members {
		isRequired := slices.Contains(shape.Required, name)
		switch member.Location {
		case "querystring":
			if query.Has(member.LocationName) {
				known++
			} else if isRequired {
				return r, false
			}
		case "header":
			if isRequired && request.Header.Get(member.LocationName) == "" {
				missing++
			} else if isRequired {
				given++
			}
		}
	}
	current := 1
	if operation.Deprecated { // PutBucketLifecycle is PutBucketLifecycleConfiguration's past
		current = 0
	}
	literal := len(label.ReplaceAllString(operation.HTTP.RequestURI, "")) // {Key+} takes what follows it elsewhere
	r.rank = []int{len(r.fixed), -len(r.labels), literal, current, -missing, given, known}
	return r, true
}

// routed is the operation that fits a request best.
func routed(services []*model.Service, request *Request, path string, query url.Values) (route, bool) {
	var best route
	for _, service := range services {
		if !strings.HasPrefix(service.Metadata.Protocol, "rest-") {
			continue
		}
		for _, operation := range service.Operations {
			r, fits := candidate(service, operation, request, path, query)
			if !fits {
				continue
			}
			order := slices.Compare(r.rank, best.rank)
			if order == 0 {
				order = cmp.Compare(best.operation.Name, r.operation.Name) // the same in every run
			}
			if best.operation == nil || order > 0 {
				best = r
			}
		}
	}
	return best, best.operation != nil
}

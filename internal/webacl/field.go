package webacl

import (
	"cmp"
	"fmt"
	"html"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
)

// bodyLimit is how much of a body is inspected, in bytes: 16 KB for CloudFront unless the web ACL says more, and 8 KB
// for a load balancer (AWS WAF Developer Guide, 'Considerations for managing body inspection').
func bodyLimit(acl graph.Block) (int, error) {
	switch scope := acl.Text("scope"); scope {
	case "REGIONAL":
		return 8 << 10, nil
	case "CLOUDFRONT":
	default:
		return 0, fmt.Errorf("%s: scope is %q, want CLOUDFRONT or REGIONAL", acl, scope)
	}
	body, ok := only(acl, "association_config", "request_body")
	if !ok {
		return 16 << 10, nil
	}
	distribution, ok := body.Only("cloudfront")
	if !ok {
		return 16 << 10, nil
	}
	limits := map[string]int{"KB_16": 16 << 10, "KB_32": 32 << 10, "KB_48": 48 << 10, "KB_64": 64 << 10}
	limit, ok := limits[distribution.Text("default_size_inspection_limit")]
	if !ok {
		return 0, fmt.Errorf("%s: inspection limit is %q, want KB_16, KB_32, KB_48 or KB_64",
			body, distribution.Text("default_size_inspection_limit"))
	}
	return limit, nil
}

// body is what WAF sees of the body.
func (e *evaluation) body() string { return e.Body[:min(len(e.Body), e.inspectBody)] }

// field is the part of a request that a statement inspects: its values, its size in bytes, and whether the statement
// matches or not without a look because the part is longer than what is inspected.
type field struct {
	values    []string
	size      int
	oversized string // MATCH or NO_MATCH
}

func (e *evaluation) fieldOf(statement graph.Block) (field, error) {
	block, ok := statement.Only("field_to_match")
	if !ok || len(block.Names()) != 1 {
		return field{}, fmt.Errorf("%s: field_to_match is %v, want one field", statement, statement.At("field_to_match"))
	}
	name := block.Names()[0]
	part, _ := block.Only(name)
	texts := func(values ...string) (field, error) {
		return field{values: values, size: len(strings.Join(values, ""))}, nil
	}
	switch name {
	case "method":
		return texts(e.Method)
	case "uri_path":
		return texts(e.Path)
	case "query_string":
		return texts(e.Query)
	case "all_query_arguments":
		return texts(e.arguments()...)
	case "single_header":
		if value, ok := e.header(part.Text("name")); ok {
			return texts(value)
		}
		return field{}, nil
	case "headers":
		return texts(e.Headers.all()...)
	case "body":
		f := field{values: []string{e.body()}, size: min(e.size(), e.inspectBody)}
		if handling := cmp.Or(part.Text("oversize_handling"), "CONTINUE"); e.size() > e.inspectBody &&
			handling != "CONTINUE" {
			f.oversized = handling
		}
		return f, nil
	}
	return field{}, fmt.Errorf("%s: field %s is not modelled", statement, name)
}

// anyField is whether one value of what a statement inspects, transformed, meets a condition.
func (e *evaluation) anyField(statement graph.Block, holds func(string) bool) (bool, error) {
	f, err := e.fieldOf(statement)
	if err != nil || f.oversized != "" {
		return f.oversized == "MATCH", err
	}
	for _, value := range f.values {
		if value, err = transform(statement, value); err != nil {
			return false, err
		}
		if holds(value) {
			return true, nil
		}
	}
	return false, nil
}

func (e *evaluation) sizeConstraint(statement graph.Block) (bool, error) {
	f, err := e.fieldOf(statement)
	if err != nil || f.oversized != "" {
		return f.oversized == "MATCH", err
	}
	wanted, ok := statement.Number("size")
	if !ok {
		return false, fmt.Errorf("%s: size is %v, want a number", statement, statement.At("size"))
	}
	size := float64(f.size)
	switch operator := statement.Text("comparison_operator"); operator {
	case "EQ":
		return size == wanted, nil
	case "NE":
		return size != wanted, nil
	case "GT":
		return size > wanted, nil
	case "GE":
		return size >= wanted, nil
	case "LT":
		return size < wanted, nil
	case "LE":
		return size <= wanted, nil
	default:
		return false, fmt.Errorf("%s: comparison operator %q is none", statement, operator)
	}
}

// header is a header's value, and whether it was sent.
func (e *evaluation) header(name string) (string, bool) {
	if strings.EqualFold(name, "host") {
		return e.Host, true
	}
	value, ok := e.Headers[strings.ToLower(name)]
	return value, ok
}

var spaces = regexp.MustCompile(`\s+`)

// transform applies a statement's text transformations in the order of their priorities (AWS WAF Developer Guide,
// 'Text transformation options').
func transform(statement graph.Block, text string) (string, error) {
	transformations := statement.Blocks("text_transformation")
	slices.SortStableFunc(transformations, func(a, b graph.Block) int { return cmp.Compare(priority(a), priority(b)) })
	for _, one := range transformations {
		switch kind := one.Text("type"); kind {
		case "NONE":
		case "LOWERCASE":
			text = strings.ToLower(text)
		case "COMPRESS_WHITE_SPACE":
			text = spaces.ReplaceAllString(text, " ")
		case "HTML_ENTITY_DECODE":
			text = html.UnescapeString(text)
		case "NORMALIZE_PATH":
			text = path.Clean(text)
		case "URL_DECODE":
			if decoded, err := url.QueryUnescape(text); err == nil { // WAF leaves what can't be decoded
				text = decoded
			}
		default:
			return "", fmt.Errorf("%s: text transformation %q is not modelled", statement, kind)
		}
	}
	return text, nil
}

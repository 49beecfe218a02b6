package conformance

import (
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/titan-platform/titan/internal/cloudfront"
	"github.com/titan-platform/titan/internal/webacl"
)

// browser is the User-Agent of a request that names none.
const browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

// request reads the cell of a request: a method, a URL or path, then words: a header as Name:value, or
//
//	agent=-       no User-Agent
//	body=9000     a body of so many bytes; body='x' is a body of this text
//	query=3000    a query of so many bytes
//	country=FR, from=192.0.2.1, http=1.1
//	listed=NAME   on a list of AWS's, see webacl.Request.Listed
//	recent=6000   so many requests within the window of a rate limit
//	signed        by a trusted key
func request(cell, name string) (cloudfront.Request, error) {
	words := strings.Fields(cell)
	if len(words) < 2 {
		return cloudfront.Request{}, fmt.Errorf("request %q, want a method and a URL", cell)
	}
	target := words[1]
	if strings.HasPrefix(target, "/") {
		target = "https://" + name + target
	}
	scheme, rest, _ := strings.Cut(target, "://")
	host, path, _ := strings.Cut(rest, "/")
	path, query, _ := strings.Cut("/"+path, "?")
	r := cloudfront.Request{Scheme: scheme, Version: "2", Request: webacl.Request{
		Source: netip.MustParseAddr("203.0.113.9"), Country: "DE", Method: words[0], Host: host, Path: path, Query: query,
		Headers: webacl.Headers{"user-agent": browser},
	}}
	for _, word := range words[2:] {
		if err := option(&r, word); err != nil {
			return cloudfront.Request{}, fmt.Errorf("request %q: %w", cell, err)
		}
	}
	return r, nil
}

// option reads one word of a request.
func option(r *cloudfront.Request, word string) (err error) {
	if name, value, ok := header(word); ok {
		r.Headers[name] = value
		return nil
	}
	name, value, _ := strings.Cut(word, "=")
	switch name {
	case "agent":
		if delete(r.Headers, "user-agent"); value != "-" {
			r.Headers["user-agent"] = value
		}
	case "body":
		if text, ok := strings.CutPrefix(value, "'"); ok {
			r.Body, err = url.PathUnescape(strings.TrimSuffix(text, "'"))
			return err
		}
		r.BodySize, err = strconv.Atoi(value)
	case "query":
		var size int
		size, err = strconv.Atoi(value)
		r.Query = strings.Repeat("q", size)
	case "country":
		r.Country = value
	case "from":
		r.Source, err = netip.ParseAddr(value)
	case "http":
		r.Version = value
	case "listed":
		r.Listed = append(r.Listed, value)
	case "recent":
		r.Recent, err = strconv.Atoi(value)
	case "signed":
		r.Signed = true
	default:
		return fmt.Errorf("%q is no header (Name:value) and no option", word)
	}
	return err
}

// header reads Name:value, where value has _ for a space.
func header(word string) (name, value string, ok bool) {
	name, value, ok = strings.Cut(word, ":")
	if !ok || name == "" || strings.ContainsAny(name, "=!'/") {
		return "", "", false
	}
	return strings.ToLower(name), strings.ReplaceAll(value, "_", " "), true
}

// answers reads the cell of the origins' answers, one after another by semicolons: a status, or missing, unreachable,
// refused; then headers and after=40s. A dash is an origin that is not asked.
func answers(cell string) ([]cloudfront.Answer, error) {
	if cell == "-" {
		return nil, nil
	}
	var all []cloudfront.Answer
	for part := range strings.SplitSeq(cell, ";") {
		var answer cloudfront.Answer
		answer.Headers = webacl.Headers{}
		for _, word := range strings.Fields(part) {
			if err := said(&answer, word); err != nil {
				return nil, fmt.Errorf("answer %q: %w", part, err)
			}
		}
		all = append(all, answer)
	}
	return all, nil
}

// said reads one word of an answer.
func said(answer *cloudfront.Answer, word string) (err error) {
	switch after, timed := strings.CutPrefix(word, "after="); {
	case word == "missing":
		answer.Status = Missing
	case word == "unreachable":
		answer.Unreachable = true
	case word == "refused":
		answer.Refused = true
	case timed:
		answer.After, err = time.ParseDuration(after)
	default:
		if name, value, ok := header(word); ok {
			answer.Headers[name] = value
			return nil
		}
		answer.Status, err = strconv.Atoi(word)
	}
	return err
}

package environments

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

var (
	// recordName is the name of a record, which may have underscores and begin with a wildcard.
	recordName = regexp.MustCompile(`^(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$`)
	// printable is what a TXT record takes as it is written: ASCII without the characters that quote.
	printable = regexp.MustCompile(`^[ !#-\[\]-~]*$`)
	mailHost  = regexp.MustCompile(`^(0|[1-9][0-9]{0,4}) (\S+)$`)
	// authorization is a CAA record's flags, tag and value (RFC 8659, 4.1.1).
	authorization    = regexp.MustCompile(`^(?:0|128) (issue|issuewild|iodef) "([^"]*)"$`)
	delegationSigner = regexp.MustCompile(`^[0-9]{1,5} [0-9]{1,3} [0-9]{1,3} [0-9A-Fa-f]{40,128}$`)
)

// The lengths of TXT records, in characters (Route 53 Developer Guide, 'TXT record type').
const (
	textPart = 255  // of one string
	mostText = 4000 // of all strings of a value, with what quotes them
)

// Quoted is a TXT record's value as Route 53 takes it between its first quote and its last: in strings of
// 255 characters at most.
func Quoted(text string) string {
	var parts []string
	for len(text) > textPart {
		parts, text = append(parts, text[:textPart]), text[textPart:]
	}
	return strings.Join(append(parts, text), `" "`)
}

// validateRecords holds the zone's other records to what their types take.
func (d DNS) validateRecords(say report) {
	first := map[string]int{} // by name and type
	for i, record := range d.Records {
		path := item("dns.records", i, "name")
		if !recordName.MatchString(record.Name) || len(record.Name) > 253 ||
			!inside(strings.TrimPrefix(record.Name, wildcard), d.Zone) {
			say(path,
				"is %q, not a name of the zone; write it in full, in lower case and without a final dot, for instance _dmarc.%s",
				record.Name, d.Zone)
			continue
		}
		key := record.Name + " " + string(record.Type)
		if other, twice := first[key]; twice {
			say(path, "is %q, and dns.records[%d] has %s values of it already; put them together",
				record.Name, other, record.Type)
		}
		first[key] = i
		if child, below := d.delegationOf(record.Name); below {
			say(path, "is %q, and the delegation of %s leaves that to another zone; make the record there", record.Name, child)
		}
		if record.Type == CNAME {
			d.validateCanonical(say, i)
		}
		for j, value := range record.Values {
			if problem := record.Type.problem(value); problem != "" {
				say(fmt.Sprintf("%s.%d", item("dns.records", i, "values"), j), "is %q, %s", value, problem)
			}
		}
	}
}

// validateCanonical holds a CNAME to being all that there is of its name (RFC 1034, 3.6.2).
func (d DNS) validateCanonical(say report, i int) {
	record := d.Records[i]
	if record.Name == d.Zone {
		say(item("dns.records", i, "type"),
			"is CNAME at the zone itself, which has other records; make %s one of dns.names, or put the CNAME below it", d.Zone)
	}
	if len(record.Values) > 1 {
		say(item("dns.records", i, "values"), "has %d items, and a CNAME is one name; remove the others", len(record.Values))
	}
	for j, other := range d.Records {
		if j != i && other.Name == record.Name {
			say(item("dns.records", i, "type"),
				"is CNAME, and dns.records[%d] is %s of the same name: a CNAME is all that there is of its name; remove one",
				j, other.Type)
			return
		}
	}
}

// problem is what is wrong with a value of a type, which reads on from the value; empty is nothing.
func (t RecordType) problem(value string) string {
	switch t {
	case TXT:
		return txtProblem(value)
	case MX:
		return mailProblem(value)
	case CAA:
		if !authorization.MatchString(value) {
			return `not a CAA value; write 0 or 128, then issue, issuewild or iodef, then the value in quotes: ` +
				`'0 issue "amazon.com"'`
		}
	case CNAME:
		if !recordName.MatchString(value) || strings.HasPrefix(value, wildcard) {
			return "not a name; write it in lower case and without a final dot, for instance target.example.org"
		}
	}
	return ""
}

// txtProblem is what is wrong with the value of a TXT record; empty is nothing.
func txtProblem(value string) string {
	switch n := len(Quoted(value)) + len(`""`); {
	case !printable.MatchString(value):
		return `with characters that a TXT value can't have here: it takes ASCII without \ and "; ` +
			`leave the quotes out, they and the cuts at 255 characters are made`
	case n > mostText:
		return fmt.Sprintf("%d characters with its quotes, and Route 53 takes %d; shorten it", n, mostText)
	}
	return ""
}

func mailProblem(value string) string {
	parts := mailHost.FindStringSubmatch(value)
	if parts == nil {
		return "not a mail server; write its priority and its name, for instance 10 mail.example.org"
	}
	if priority, err := strconv.Atoi(parts[1]); err != nil || priority > 65535 {
		return "with a priority above 65535; choose 0 to 65535, the least is tried first"
	}
	if parts[2] != "." && !domainName.MatchString(parts[2]) { // "0 ." takes no mail at all (RFC 7505)
		return "not the name of a mail server; write it in lower case and without a final dot, " +
			"for instance 10 mail.example.org"
	}
	return ""
}

// delegationOf is the child zone that answers for a name; whether there is one.
func (d DNS) delegationOf(name string) (child string, below bool) {
	for _, one := range d.Delegations {
		if inside(strings.TrimPrefix(name, wildcard), one.Name) {
			return one.Name, true
		}
	}
	return "", false
}

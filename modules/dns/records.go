package dns

import (
	"strings"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/route53record"

	"github.com/titan-platform/titan/environments"
)

// delegationTTL is how long others keep who answers for a child zone, in seconds: an hour, not the usual two days, so
// that a child zone that was made anew is found again the same day.
const delegationTTL = 3600

// records declares the zone's other records and its delegations. A record's id is its type and name, so that another in
// the file changes no address.
func records(scope constructs.Construct, zoneID string, settings environments.DNS) {
	one := func(name, kind string, ttl int, values []string) {
		route53record.NewRoute53Record(scope, jsii.String(strings.ToLower(kind)+"-"+name), &route53record.Route53RecordConfig{
			ZoneId:  jsii.String(zoneID),
			Name:    jsii.String(name),
			Type:    jsii.String(kind),
			Ttl:     jsii.Number(ttl),
			Records: jsii.Strings(values...),
		})
	}
	for _, record := range settings.Records {
		one(record.Name, string(record.Type), record.TTL, contents(record))
	}
	for _, child := range settings.Delegations {
		one(child.Name, "NS", delegationTTL, child.NameServers)
		if len(child.DS) > 0 {
			one(child.Name, "DS", delegationTTL, child.DS)
		}
	}
}

// contents are a record's values as the provider takes them: it puts a TXT value into quotes, and cuts nothing.
func contents(record environments.Record) []string {
	if record.Type != environments.TXT {
		return record.Values
	}
	var quoted []string
	for _, value := range record.Values {
		quoted = append(quoted, environments.Quoted(value))
	}
	return quoted
}

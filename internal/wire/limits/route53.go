package limits

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/wire/protocol"
)

func route53Rules() []Rule {
	return []Rule{
		{"health checks", "Route 53 API, HealthCheckConfig", []string{"route53 CreateHealthCheck"}, healthChecks},
		{"records", "Route 53 API, ResourceRecordSet", []string{"route53 ChangeResourceRecordSets"}, records},
	}
}

func healthChecks(call *protocol.Call, report *Report) {
	var input struct {
		CallerReference   string
		HealthCheckConfig struct {
			Type, SearchString string
			Regions            []string
			MeasureLatency     bool
		}
	}
	call.Into(&input)
	config := input.HealthCheckConfig
	report.AtMost(".CallerReference", "characters of a health check's reference", len(input.CallerReference), 64)
	sendsRequests := !slices.Contains([]string{"CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"}, config.Type)
	if sendsRequests && config.Regions != nil && len(config.Regions) < 3 {
		report.Breaks(".HealthCheckConfig.Regions", config.Regions, "three regions or more")
	}
	if strings.HasSuffix(config.Type, "STR_MATCH") != (config.SearchString != "") {
		report.Breaks(".HealthCheckConfig.SearchString", config.SearchString, "with a type of STR_MATCH, and only there")
	}
	if !sendsRequests && config.MeasureLatency {
		report.Breaks(".HealthCheckConfig.MeasureLatency", true, "not for "+config.Type)
	}
}

// routings are the members of which a record has one at most, and with it a SetIdentifier.
var routings = []string{"Weight", "Region", "GeoLocation", "Failover", "MultiValueAnswer", "CidrRoutingConfig",
	"GeoProximityLocation"}

var (
	caaValue = regexp.MustCompile(`^\d+ (issue|issuewild|iodef|issuemail|issuevmc|contactemail|contactphone) "[^"]*"$`)
	txtPart  = regexp.MustCompile(`"((?:[^"\\]|\\.)*)"`)
)

func records(call *protocol.Call, report *Report) {
	var input struct {
		ChangeBatch struct {
			Changes []struct{ ResourceRecordSet map[string]any }
		}
	}
	call.Into(&input)
	for i, change := range input.ChangeBatch.Changes {
		record, at := change.ResourceRecordSet, fmt.Sprintf(".ChangeBatch.Changes[%d].ResourceRecordSet", i)
		var routing []string
		for _, name := range routings {
			if record[name] != nil {
				routing = append(routing, name)
			}
		}
		if len(routing) > 1 || (len(routing) == 1) != (record["SetIdentifier"] != nil) {
			report.Breaks(at, fmt.Sprintf("%v with SetIdentifier %v", routing, record["SetIdentifier"]),
				"SetIdentifier with one routing policy")
		}
		isAlias, hasRecords := record["AliasTarget"] != nil, record["ResourceRecords"] != nil
		if isAlias == hasRecords || isAlias && record["TTL"] != nil {
			report.Breaks(at, record["Name"], "an alias, or a TTL with records")
		}
		recordValues(at, record, report)
	}
}

func recordValues(at string, record map[string]any, report *Report) {
	list, _ := record["ResourceRecords"].([]any) // an alias has none
	for _, one := range list {
		content, _ := one.(map[string]any)
		value, _ := content["Value"].(string)
		switch record["Type"] {
		case "TXT":
			parts := txtPart.FindAllStringSubmatch(value, -1)
			if len(parts) == 0 {
				report.Breaks(at+".ResourceRecords.Value", value, "texts in quotation marks")
			}
			for _, part := range parts {
				report.AtMost(at+".ResourceRecords.Value", "characters of a TXT record's text", len(part[1]), 255)
			}
		case "CAA":
			if !caaValue.MatchString(value) {
				report.Breaks(at+".ResourceRecords.Value", value, `flags tag "value"`)
			}
		}
	}
}

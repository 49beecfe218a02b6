package emulator

import (
	"encoding/xml"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"sync"
)

// patches put back what ministack 1.5.33 forgets of a resource's making. Without them a second plan would see changes that no AWS has.
func patches() map[string][]ResponsePatch {
	return map[string][]ResponsePatch{
		"ec2": {
			remembering("CreateFlowLogs", "DescribeFlowLogs", "flowLogId", flowLogFields),
			remembering("CreateVpcEndpoint", "DescribeVpcEndpoints", "vpcEndpointId", endpointFields),
			launchTemplateKeys(),
		},
		"eks": forgottenByEKS(),
		"monitoring": {
			rememberingQuery([]string{"PutMetricAlarm"}, "DescribeAlarms", "AlarmName", "member"),
			rememberingQuery([]string{"PutCompositeAlarm"}, "DescribeAlarms", "AlarmName", "member"),
		},
		"cloudfront":  {withoutEmptyHeaderConfigs},
		"cloudtrail":  {forgottenByCloudTrail()},
		"firehose":    {forgottenByFirehose()},
		"route53":     {calculatedChildren()},
		"rds":         forgottenByRDS(),
		"elasticache": forgottenByElastiCache(),
		"codebuild":   {forgottenByCodeBuild(), newBuilds().complete},
	}
}

// field is one element of an EC2 answer.
type field struct{ element, content string }

// flowLogFields are what CreateFlowLogs was given and DescribeFlowLogs leaves out. The tags are lost because the provider rightly calls
// the resource vpc-flow-log, as EC2's API does.
func flowLogFields(form url.Values) []field {
	fields := []field{
		{"deliverLogsPermissionArn", escape(form.Get("DeliverLogsPermissionArn"))},
		{"maxAggregationInterval", escape(form.Get("MaxAggregationInterval"))},
	}
	return append(fields, field{"destinationOptions", destinationOptions(form)}, field{"tagSet", tagItems(form)})
}

// destinationOptions are how a flow log's files are written, where they go to S3.
func destinationOptions(form url.Values) string {
	var options strings.Builder
	for _, one := range []struct{ element, parameter string }{
		{"fileFormat", "FileFormat"}, {"hiveCompatiblePartitions", "HiveCompatiblePartitions"}, {"perHourPartition", "PerHourPartition"},
	} {
		if value := form.Get("DestinationOptions." + one.parameter); value != "" {
			fmt.Fprintf(&options, "<%[1]s>%[2]s</%[1]s>", one.element, escape(value))
		}
	}
	return options.String()
}

// endpointFields are what CreateVpcEndpoint was given and DescribeVpcEndpoints leaves out.
func endpointFields(form url.Values) []field {
	var groups strings.Builder
	for i := 1; form.Get(fmt.Sprintf("SecurityGroupId.%d", i)) != ""; i++ {
		fmt.Fprintf(&groups, "<item><groupId>%s</groupId></item>", escape(form.Get(fmt.Sprintf("SecurityGroupId.%d", i))))
	}
	private := form.Get("PrivateDnsEnabled")
	if private == "" {
		private = "false"
	}
	return []field{
		{"policyDocument", escape(form.Get("PolicyDocument"))},
		{"privateDnsEnabled", escape(private)},
		{"groupSet", groups.String()},
	}
}

func tagItems(form url.Values) string {
	var items strings.Builder
	for i := 1; form.Get(fmt.Sprintf("TagSpecification.1.Tag.%d.Key", i)) != ""; i++ {
		fmt.Fprintf(&items, "<item><key>%s</key><value>%s</value></item>",
			escape(form.Get(fmt.Sprintf("TagSpecification.1.Tag.%d.Key", i))), escape(form.Get(fmt.Sprintf("TagSpecification.1.Tag.%d.Value", i))))
	}
	return items.String()
}

// remembering keeps the form of each create call by the id in its answer, and puts the fields made of it into the describe answers that
// lack them. An item of EC2's XML ends at the first </item> that is not nested.
func remembering(create, describe, idElement string, fields func(url.Values) []field) ResponsePatch {
	var mutex sync.Mutex
	made := map[string]url.Values{}
	ids := regexp.MustCompile(`<item>(\w+-\w+)</item>|<` + idElement + `>([^<]+)</` + idElement + `>`)
	return func(request *Request, body []byte) ([]byte, []string) {
		mutex.Lock()
		defer mutex.Unlock()
		switch request.Action {
		case create:
			for _, id := range ids.FindAllSubmatch(body, -1) {
				made[string(id[1])+string(id[2])] = request.Form
			}
		case describe:
			return complete(body, idElement, "item", func(id string) []field {
				if form, ok := made[id]; ok {
					return fields(form)
				}
				return nil
			}, describe)
		}
		return body, nil
	}
}

// complete adds to each thing of an answer, inside the element that holds it, the fields it lacks.
func complete(body []byte, idElement, element string, fields func(id string) []field, action string) ([]byte, []string) {
	text, added := string(body), []string(nil)
	id := regexp.MustCompile(`<` + idElement + `>([^<]+)</` + idElement + `>`)
	for _, match := range id.FindAllStringSubmatch(text, -1) {
		start := strings.Index(text, match[0])
		end := start + elementEnd(text[start:], element)
		item := text[start:end]
		for _, f := range fields(match[1]) {
			empty := strings.Contains(item, "<"+f.element+"></"+f.element+">") || strings.Contains(item, "<"+f.element+"/>")
			if f.content == "" || strings.Contains(item, "<"+f.element+">") && !empty {
				continue
			}
			item = strings.NewReplacer("<"+f.element+"></"+f.element+">", "", "<"+f.element+"/>", "").Replace(item)
			item += "<" + f.element + ">" + f.content + "</" + f.element + ">"
			added = append(added, action+"."+f.element)
		}
		text = text[:start] + item + text[end:]
	}
	return []byte(text), added
}

func escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder takes everything
	return b.String()
}

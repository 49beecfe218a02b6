package wire

import (
	"fmt"
	"strings"

	"github.com/titan-platform/titan/internal/wire/protocol"
)

// repeated is a call made once for each number from 1, which stands for %d.
func repeated(count int, call func(number string) *protocol.Request) []*protocol.Request {
	var requests []*protocol.Request
	for i := range count {
		requests = append(requests, call(fmt.Sprint(i+1)))
	}
	return requests
}

// togetherPlants break what only several calls together break.
func togetherPlants() []plant {
	lists := answered(
		`<item><prefixListId>pl-1</prefixListId><prefixListName>com.amazonaws.global.cloudfront.origin-facing</prefixListName></item>`,
		form("ec2", "DescribeManagedPrefixLists"))
	fromCloudFront := repeated(2, func(string) *protocol.Request {
		return authorize("IpPermissions.1.PrefixListIds.1.PrefixListId=pl-1")
	})
	keyFor := target("kms", "TrentService.CreateKey", fmt.Sprintf(`{"Policy":%q}`,
		`{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:role/late"},"Action":"kms:*",
			"Resource":"*"}]}`))
	check := rest("route53", "POST", "/2013-04-01/healthcheck",
		`<CreateHealthCheckRequest><CallerReference>c</CallerReference><HealthCheckConfig>
		<Type>CLOUDWATCH_METRIC</Type><AlarmIdentifier><Region>eu-west-1</Region>
			<Name>a</Name></AlarmIdentifier></HealthCheckConfig></CreateHealthCheckRequest>`)
	inlinePolicy := func(number string) *protocol.Request {
		return form("iam", "PutRolePolicy", "RoleName=r", "PolicyName=p"+number,
			`PolicyDocument={"Statement":[{"Effect":"Allow","Action":"s3:GetObject",
			"Resource":"arn:aws:s3:::`+strings.Repeat("b", 6000)+`"}]}`)
	}
	return []plant{
		planted("documented: rules of a security group", "60 rules", append([]*protocol.Request{lists},
			fromCloudFront...)...),
		planted("documented: principals", "role/late", keyFor, form("iam", "CreateRole", "RoleName=late",
			"AssumeRolePolicyDocument="+trust())),
		planted("documented: policies of a role", "10240", repeated(2, inlinePolicy)...),
		planted("documented: policies of a role", "10 managed", repeated(11, func(number string) *protocol.Request {
			return form("iam", "AttachRolePolicy", "RoleName=r", "PolicyArn=arn:aws:iam::aws:policy/P"+number)
		})...),
		planted("documented: alarms of health checks", "plain statistic", alarm("Statistic=", "ExtendedStatistic=p99"),
			check),
		planted("documented: alarms of health checks", "made before", check),
		planted("documented: children of composite alarms", "made before", form("monitoring", "PutCompositeAlarm",
			"AlarmName=c", "AlarmRule=ALARM(a)")),
		planted("documented: filters of log groups", "2 subscription", repeated(3, func(number string) *protocol.Request {
			return target("logs", "Logs_20140328.PutSubscriptionFilter",
				`{"logGroupName":"g","filterName":"f`+number+`","filterPattern":"",
				"destinationArn":"arn:aws:firehose:eu-west-1:111111111111:deliverystream/d"}`)
		})...),
		planted("documented: log resource policies", "10 log resource", repeated(11, func(number string) *protocol.Request {
			return target("logs", "Logs_20140328.PutResourcePolicy",
				`{"policyName":"p`+number+`","policyDocument":"{\"Statement\":[]}"}`)
		})...),
		planted("documented: targets of rules", "5 targets", repeated(6, func(number string) *protocol.Request {
			return target("events", "AWSEvents.PutTargets",
				`{"Rule":"r","Targets":[{"Id":"t`+number+`","Arn":"arn:aws:sns:eu-west-1:111111111111:t"}]}`)
		})...),
	}
}

package wire

import "strings"

// networkPlants break what EC2, Elastic Load Balancing and EventBridge's regions take.
func networkPlants() []plant {
	condition := func(field string, values ...string) string {
		text := "Conditions.member.1.Field=" + field
		for i, value := range values {
			text += "\nConditions.member.1.PathPatternConfig.Values.member." + string(rune('1'+i)) + "=" + value
		}
		return text
	}
	rule := func(text string) []string {
		return append([]string{"ListenerArn=l", "Priority=1", "Actions.member.1.Type=forward"}, strings.Split(text, "\n")...)
	}
	return []plant{
		planted("documented: rules of security groups", "it's",
			authorize("IpPermissions.1.PrefixListIds.1.PrefixListId=pl-1",
				"IpPermissions.1.PrefixListIds.1.Description=it's")),
		planted("documented: rules of security groups", "ports", form("ec2", "AuthorizeSecurityGroupEgress", "GroupId=sg-1",
			"IpPermissions.1.IpProtocol=tcp")),
		planted("documented: rules of security groups", "ports", form("ec2", "AuthorizeSecurityGroupEgress", "GroupId=sg-1",
			"IpPermissions.1.IpProtocol=udp", "IpPermissions.1.FromPort=53", "IpPermissions.1.ToPort=52")),
		planted("documented: user data", "16384", form("ec2", "CreateLaunchTemplate", "LaunchTemplateName=abc",
			"LaunchTemplateData.UserData="+strings.Repeat("AAAA", 6000))),
		planted("documented: fields of flow logs", "nonsense", form("ec2", "CreateFlowLogs", "ResourceId.1=vpc-1",
			"ResourceType=VPC",
			"LogFormat=${version} ${nonsense}")),
		planted("documented: regions", "us-east-1:1111", target("logs", "Logs_20140328.AssociateKmsKey",
			`{"logGroupName":"g","kmsKeyId":"arn:aws:kms:us-east-1:111111111111:key/a"}`)),

		planted("documented: attributes of load balancers", "nonsense", form("elasticloadbalancing",
			"ModifyLoadBalancerAttributes",
			"LoadBalancerArn=l", "Attributes.member.1.Key=nonsense", "Attributes.member.1.Value=true")),
		planted("documented: listener rules", "5 condition values", form("elasticloadbalancing", "CreateRule",
			rule(condition("path-pattern", "/a", "/b", "/c", "/d", "/e", "/f"))...)),
		planted("documented: listener rules", "128 characters", form("elasticloadbalancing", "CreateRule",
			rule(condition("path-pattern", "/"+strings.Repeat("a", 128)))...)),
		planted("documented: listener rules", "colour", form("elasticloadbalancing", "CreateRule", rule(condition("colour",
			"/a"))...)),
		planted("documented: listener rules", "host-header", form("elasticloadbalancing", "CreateRule",
			rule("Conditions.member.1.Field=http-header\nConditions.member.1.HttpHeaderConfig.HttpHeaderName=Host")...)),
	}
}

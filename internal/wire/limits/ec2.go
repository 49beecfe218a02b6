package limits

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/titan-platform/titan/internal/wire/protocol"
)

func ec2Rules() []Rule {
	authorize := []string{"ec2 AuthorizeSecurityGroupIngress", "ec2 AuthorizeSecurityGroupEgress"}
	return []Rule{
		{"rules of security groups", "EC2 API, IpRange and IpPermission", authorize, securityGroupRules},
		{"user data", "EC2 user guide, 'Run commands when you launch an instance with user data'",
			[]string{"ec2 CreateLaunchTemplate", "ec2 CreateLaunchTemplateVersion"}, userData},
		{"fields of flow logs", "VPC user guide, 'Flow log records'", []string{"ec2 CreateFlowLogs"}, flowLogFields},
	}
}

var groupDescription = regexp.MustCompile(`^` + groupCharacters + `{0,255}$`)

func securityGroupRules(call *protocol.Call, report *Report) {
	walk("", call.Input, func(path string, value any) {
		description, isText := value.(string)
		if isText && strings.HasSuffix(path, ".Description") && !groupDescription.MatchString(description) {
			report.Breaks(path, description, "up to 255 of a-z A-Z 0-9 space and . _-:/()#,@[]+=&;{}!$*")
		}
	})
	var input struct {
		IPPermissions []struct {
			IPProtocol       string
			FromPort, ToPort *int
		}
	}
	call.Into(&input)
	for i, one := range input.IPPermissions {
		if one.IPProtocol != "tcp" && one.IPProtocol != "udp" {
			continue
		}
		if one.FromPort == nil || one.ToPort == nil || *one.FromPort < 0 || *one.FromPort > *one.ToPort ||
			*one.ToPort > 65535 {
			report.Breaks(fmt.Sprintf(".IpPermissions[%d]", i), one.IPProtocol, "ports of 0 <= from <= to <= 65535")
		}
	}
}

// maxUserData is 16 KB before base64.
const maxUserData = 16 << 10

func userData(call *protocol.Call, report *Report) {
	if data := text(call.Input, "LaunchTemplateData.UserData"); data != "" {
		report.AtMost(".LaunchTemplateData.UserData", "bytes of user data", len(data)*3/4, maxUserData)
	}
	if description := text(call.Input, "VersionDescription"); description != "" {
		report.AtMost(".VersionDescription", "characters of a launch template's description",
			utf8.RuneCountInString(description), 255)
	}
}

var (
	flowField  = regexp.MustCompile(`\$\{([^}]*)\}`)
	flowFields = strings.Fields(`version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes
start end action log-status vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr region az-id
sublocation-type sublocation-id pkt-src-aws-service pkt-dst-aws-service flow-direction traffic-path ecs-cluster-arn
ecs-cluster-name ecs-container-instance-arn ecs-container-instance-id ecs-container-id ecs-second-container-id
ecs-service-name ecs-task-definition-arn ecs-task-arn ecs-task-id reject-reason resource-id encryption-status`)
)

func flowLogFields(call *protocol.Call, report *Report) {
	for _, found := range flowField.FindAllStringSubmatch(text(call.Input, "LogFormat"), -1) {
		if !slices.Contains(flowFields, found[1]) {
			report.Breaks(".LogFormat", found[1], "a field that flow log records have")
		}
	}
}

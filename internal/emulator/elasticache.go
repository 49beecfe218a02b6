package emulator

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// forgottenByElastiCache are what the emulator forgets of caches and their users, and what it tells of a parameter group that nobody asked.
func forgottenByElastiCache() []ResponsePatch {
	return []ResponsePatch{
		rememberingForms([]string{"CreateCacheCluster", "ModifyCacheCluster"}, "DescribeCacheClusters", "CacheClusterId", "CacheCluster", nodeFields),
		rememberingForms([]string{"CreateReplicationGroup"}, "DescribeReplicationGroups", "ReplicationGroupId", "ReplicationGroup", groupFields),
		upgradesOfMembers(),
		// Of who logs in by IAM the emulator says that there is no password.
		correcting([]string{"CreateUser"}, "DescribeUsers", "UserId", "member", "AuthenticationMode.Type", "Type", "Authentication"),
		withoutSystemParameters,
	}
}

// nodeFields are what a single node was given and DescribeCacheClusters leaves out.
func nodeFields(form url.Values) []field {
	var logs strings.Builder
	for i := 1; ; i++ {
		log := func(name string) string {
			return escape(form.Get(fmt.Sprintf("LogDeliveryConfigurations.LogDeliveryConfigurationRequest.%d.%s", i, name)))
		}
		if log("LogType") == "" {
			break
		}
		fmt.Fprintf(&logs, "<LogDeliveryConfiguration><LogType>%s</LogType><LogFormat>%s</LogFormat><DestinationType>%s</DestinationType>"+
			"<DestinationDetails><CloudWatchLogsDetails><LogGroup>%s</LogGroup></CloudWatchLogsDetails></DestinationDetails><Status>active</Status></LogDeliveryConfiguration>",
			log("LogType"), log("LogFormat"), log("DestinationType"), log("DestinationDetails.CloudWatchLogsDetails.LogGroup"))
	}
	return []field{
		{"AutoMinorVersionUpgrade", escape(form.Get("AutoMinorVersionUpgrade"))},
		{"SecurityGroups", each(form, "SecurityGroupIds.SecurityGroupId", func(id string) string {
			return "<member><SecurityGroupId>" + id + "</SecurityGroupId><Status>active</Status></member>"
		})},
		{"LogDeliveryConfigurations", logs.String()},
	}
}

// member ends the name of a replication group's node: the emulator adds the shard, which ElastiCache leaves out where there is one.
var member = regexp.MustCompile(`(-[0-9]{4})?-[0-9]{3}$`)

// upgradesOfMembers says of the nodes of a replication group whether they are upgraded by themselves, as the group was made: the provider reads
// it there.
func upgradesOfMembers() ResponsePatch {
	given := newStore[string]() // by group
	return func(r *Request, body []byte) ([]byte, []string) {
		if value := r.Form.Get("AutoMinorVersionUpgrade"); value != "" && (r.Action == "CreateReplicationGroup" || r.Action == "ModifyReplicationGroup") {
			given.put(r.Form.Get("ReplicationGroupId"), value)
		}
		if r.Action != "DescribeCacheClusters" {
			return body, nil
		}
		return complete(body, "CacheClusterId", "CacheCluster", func(name string) []field {
			value, ok := given.get(member.ReplaceAllString(name, ""))
			if !ok {
				return nil
			}
			return []field{{"AutoMinorVersionUpgrade", escape(value)}}
		}, r.Action)
	}
}

// groupFields are what a replication group was given and DescribeReplicationGroups leaves out.
func groupFields(form url.Values) []field {
	return []field{{"KmsKeyId", escape(form.Get("KmsKeyId"))}}
}

// withoutSystemParameters keeps to the source that was asked for: the emulator lists ElastiCache's own parameters among the group's.
func withoutSystemParameters(r *Request, body []byte) ([]byte, []string) {
	if r.Action != "DescribeCacheParameters" || r.Form.Get("Source") != "user" {
		return body, nil
	}
	parts := strings.SplitAfter(string(body), "</Parameter>")
	removed := false
	for i, part := range parts {
		if strings.Contains(part, "<Source>system</Source>") {
			parts[i] = part[:strings.Index(part, "<Parameter>")]
			removed = true
		}
	}
	if !removed {
		return body, nil
	}
	return []byte(strings.Join(parts, "")), []string{"DescribeCacheParameters.Source"}
}

package emulator

import (
	"net/url"
	"regexp"
	"strings"
	"sync"
)

// forgottenByRDS are what the emulator forgets of clusters and instances.
func forgottenByRDS() []ResponsePatch {
	return []ResponsePatch{
		rememberingForms([]string{"CreateDBCluster", "RestoreDBClusterFromSnapshot", "ModifyDBCluster"}, "DescribeDBClusters", "DBClusterIdentifier", "DBCluster", clusterFields),
		rememberingForms([]string{"CreateDBInstance", "ModifyDBInstance"}, "DescribeDBInstances", "DBInstanceIdentifier", "DBInstance", insightsKey),
		namedAsAsked,
		endpointsOfAurora(),
		masterSecretKeys(),
	}
}

// clusterFields are what a cluster was given and DescribeDBClusters leaves out.
func clusterFields(form url.Values) []field {
	fields := []field{
		{"PerformanceInsightsEnabled", escape(form.Get("EnablePerformanceInsights"))},
		{"EnabledCloudwatchLogsExports", each(form, "EnableCloudwatchLogsExports.member", func(log string) string { return "<member>" + log + "</member>" })},
	}
	for _, same := range []string{"DatabaseInsightsMode", "MonitoringInterval", "MonitoringRoleArn", "PerformanceInsightsRetentionPeriod"} {
		fields = append(fields, field{same, escape(form.Get(same))})
	}
	return append(fields, insightsKey(form)...)
}

func insightsKey(form url.Values) []field {
	return []field{{"PerformanceInsightsKMSKeyId", escape(form.Get("PerformanceInsightsKMSKeyId"))}}
}

var (
	clusterName      = regexp.MustCompile(`<DBClusterIdentifier>([^<]+)</DBClusterIdentifier>`)
	clusterEndpoints = regexp.MustCompile(`<(Endpoint|ReaderEndpoint)>([^<]*)</`)
)

// endpointsOfAurora keeps the endpoints that a cluster was made with. The emulator answers localhost once the cluster has an instance, for
// it would run a database there; Aurora's stay for as long as the cluster.
func endpointsOfAurora() ResponsePatch {
	var mutex sync.Mutex
	made := map[string]map[string]string{} // by cluster and element
	return func(r *Request, body []byte) ([]byte, []string) {
		mutex.Lock()
		defer mutex.Unlock()
		text := string(body)
		if name := clusterName.FindStringSubmatch(text); (r.Action == "CreateDBCluster" || r.Action == "RestoreDBClusterFromSnapshot") && name != nil {
			made[name[1]] = map[string]string{}
			for _, endpoint := range clusterEndpoints.FindAllStringSubmatch(text, -1) {
				made[name[1]][endpoint[1]] = endpoint[2]
			}
		}
		if r.Action != "DescribeDBClusters" {
			return body, nil
		}
		var added []string
		parts := strings.SplitAfter(text, "</DBCluster>")
		for i, part := range parts {
			name := clusterName.FindStringSubmatch(part)
			if name == nil {
				continue
			}
			for element, endpoint := range made[name[1]] {
				if local := "<" + element + ">localhost<"; strings.Contains(part, local) {
					part = strings.Replace(part, local, "<"+element+">"+endpoint+"<", 1)
					added = append(added, r.Action+"."+element)
				}
			}
			parts[i] = part
		}
		return []byte(strings.Join(parts, "")), added
	}
}

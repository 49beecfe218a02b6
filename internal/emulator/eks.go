package emulator

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"sync"
)

// addons are the add-ons that DescribeAddonVersions knows here, each with one version. The numbers are made up in EKS's form.
var addons = map[string]string{
	"vpc-cni": "v1.20.4-eksbuild.2", "coredns": "v1.12.4-eksbuild.1", "kube-proxy": "v1.35.0-eksbuild.2", "aws-ebs-csi-driver": "v1.51.1-eksbuild.1",
	"eks-pod-identity-agent": "v1.3.9-eksbuild.3", "amazon-cloudwatch-observability": "v4.5.0-eksbuild.1", "eks-node-monitoring-agent": "v1.4.1-eksbuild.1",
	"snapshot-controller": "v8.3.0-eksbuild.1", "metrics-server": "v0.8.1-eksbuild.1",
}

// addonVersions answers DescribeAddonVersions.
func addonVersions(r *Request) *Reply {
	if !strings.HasPrefix(r.Action, "GET /addons/supported-versions") {
		return nil
	}
	asked, err := url.Parse(r.Path)
	if err != nil {
		return nil
	}
	name, cluster := asked.Query().Get("addonName"), asked.Query().Get("kubernetesVersion")
	version, ok := addons[name]
	if !ok {
		return jsonReply(map[string]any{"addons": []any{}})
	}
	return jsonReply(map[string]any{"addons": []any{map[string]any{
		"addonName": name, "owner": "aws", "publisher": "eks",
		"addonVersions": []any{map[string]any{
			"addonVersion": version, "architecture": []string{"amd64", "arm64"},
			"compatibilities": []any{map[string]any{"clusterVersion": cluster, "platformVersions": []string{"*"}, "defaultVersion": true}},
		}},
	}}})
}

// issuer is what the emulator takes for a cluster's OIDC issuer; IAM takes https only, as EKS gives.
var issuer = regexp.MustCompile(`"issuer":\s*"http://[^"]*/([^"/]+)"`)

// issuerOverHTTPS gives a cluster's issuer EKS's own form.
func issuerOverHTTPS(r *Request, body []byte) ([]byte, []string) {
	if !issuer.Match(body) {
		return body, nil
	}
	form := fmt.Sprintf(`"issuer": "https://oidc.eks.%s.amazonaws.com/id/$1"`, r.Region)
	return issuer.ReplaceAll(body, []byte(form)), []string{"DescribeCluster.issuer"}
}

// rememberingJSON keeps what a REST call that makes something was given, and puts those of its fields that the emulator forgot into later
// answers that hold the thing. made finds the thing's key in the path of the making call and its body; named in the path of another.
func rememberingJSON(name, object string, fields []string, made func(path string, body map[string]any) string, named func(path string) string) ResponsePatch {
	var mutex sync.Mutex
	things := map[string]map[string]any{}
	return func(r *Request, body []byte) ([]byte, []string) {
		mutex.Lock()
		defer mutex.Unlock()
		path, _, _ := strings.Cut(r.Path, "?")
		if r.Method == "POST" {
			var given map[string]any
			if json.Unmarshal(r.Body, &given) == nil {
				if key := made(path, given); key != "" {
					things[key] = given
				}
			}
			return body, nil
		}
		given, ok := things[named(path)]
		if r.Method != "GET" || !ok {
			return body, nil
		}
		var answer map[string]any
		if json.Unmarshal(body, &answer) != nil {
			return body, nil
		}
		thing, ok := answer[object].(map[string]any)
		if !ok {
			return body, nil
		}
		var added []string
		for _, field := range fields {
			if value, ok := given[field]; ok && thing[field] == nil {
				thing[field] = value
				added = append(added, name+"."+field)
			}
		}
		if added == nil {
			return body, nil
		}
		completed, err := json.Marshal(answer)
		if err != nil {
			return body, nil
		}
		return completed, added
	}
}

var nodeGroupPath = regexp.MustCompile(`^/clusters/([^/]+)/node-groups(?:/([^/]+))?$`)

// forgottenByEKS are what the emulator forgets of clusters and node groups.
func forgottenByEKS() []ResponsePatch {
	cluster := rememberingJSON("DescribeCluster", "cluster", []string{"upgradePolicy", "zonalShiftConfig"},
		func(path string, body map[string]any) string {
			if name, ok := body["name"].(string); ok && path == "/clusters" {
				return name
			}
			return ""
		},
		func(path string) string { return strings.TrimPrefix(path, "/clusters/") })
	nodeGroup := rememberingJSON("DescribeNodegroup", "nodegroup", []string{"launchTemplate", "updateConfig", "nodeRepairConfig"},
		func(path string, body map[string]any) string {
			m := nodeGroupPath.FindStringSubmatch(path)
			if name, ok := body["nodegroupName"].(string); ok && m != nil {
				return m[1] + "/" + name
			}
			return ""
		},
		func(path string) string {
			if m := nodeGroupPath.FindStringSubmatch(path); m != nil && m[2] != "" {
				return m[1] + "/" + m[2]
			}
			return ""
		})
	return []ResponsePatch{issuerOverHTTPS, cluster, nodeGroup}
}

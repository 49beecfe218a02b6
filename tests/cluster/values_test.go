//go:build cluster

package cluster

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/rdsca"
)

// object is a part of a manifest or of values.
type object = map[string]any

// image is what the SSM parameter holds.
type image struct{ repository, digest string }

// standIn is the parameter's first value.
var standIn = image{"ghcr.io/stefanprodan/podinfo", "sha256:ec73780a8425f59ea49f5bc8cdff0d598805a224fbaa1f86c67a244f250fa9da"}

// values are what Terraform gives the release of an environment: what the file decides, and outputs of AWS as they look there.
func values(t *testing.T, e environments.Environment, parameter image) object {
	t.Helper()
	bundle, err := rdsca.Bundle(string(e.Region))
	if err != nil {
		t.Fatal(err)
	}
	subnets, err := e.Network.Subnets()
	if err != nil {
		t.Fatal(err)
	}
	arn := func(service, resource string) string {
		return "arn:aws:" + service + ":" + string(e.Region) + ":" + e.Account.ID + ":" + resource
	}
	role := func(workload string) string {
		return "arn:aws:iam::" + e.Account.ID + ":role/" + e.Prefix() + "-" + workload
	}
	host := func(prefix string) string { return prefix + ".abcdefghijkl." + string(e.Region) + ".rds.amazonaws.com" }

	zoneSpread := "DoNotSchedule"
	if e.Tier == environments.Development {
		zoneSpread = "ScheduleAnyway"
	}
	cache := object{"mode": string(e.Cache.Mode), "host": e.CacheName() + ".abcdef.0001.euw1.cache.amazonaws.com"}
	if e.Cache.Mode == environments.CacheReplicated {
		cache["name"], cache["user"] = e.CacheName(), e.Prefix()+"-app"
	}
	// The endpoints that the chart's pods call: without them, AWS's APIs answer at public addresses, by way of NAT.
	awsCIDRs := []string{"0.0.0.0/0"}
	if slices.Contains(e.Network.Endpoints, "sts") && slices.Contains(e.Network.Endpoints, "secretsmanager") {
		awsCIDRs = []string{e.Network.CIDR}
	}
	return object{
		"environment": e.Name,
		"region":      string(e.Region),
		"image":       object{"repository": parameter.repository, "digest": parameter.digest},
		"hosts":       []string{e.DNS.Name, e.DNS.Origin()},
		"zoneSpread":  zoneSpread,
		"autoscaling": object{
			"minReplicas": e.Application.MinReplicas, "maxReplicas": e.Application.MaxReplicas,
			"cpuPercent": e.Application.CPUPercent, "memoryPercent": e.Application.MemoryPercent,
		},
		"serviceAccount": object{"roleArn": role("birthday-app")},
		"database": object{
			"writerHost": host(e.DatabaseName() + ".cluster"), "readerHost": host(e.DatabaseName() + ".cluster-ro"),
			"login": string(e.Database.Login), "caBundle": bundle,
			"credentials": object{"secretName": "db-credentials-" + e.Name, "version": e.Secrets.Database},
			"bootstrap": object{
				"roleArn":         role("database-bootstrap"),
				"masterSecretArn": arn("secretsmanager", "secret:rds!cluster-0a1b2c3d-AbCdEf"),
			},
		},
		"cache":   cache,
		"network": object{"dataCidrs": subnets.Data, "awsCidrs": awsCIDRs},
	}
}

// all are the environments, as the files have them, and one that logs in by IAM, which no file does.
func all(t *testing.T) []environments.Environment {
	t.Helper()
	list, err := environments.Load(root+"/environments", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		if e.Name == "prod" {
			e.Name, e.Database.Login = "prod-iam", environments.LoginIAM
			list = append(list, e)
		}
	}
	return list
}

func environment(t *testing.T, name string) environments.Environment {
	t.Helper()
	for _, e := range all(t) {
		if e.Name == name {
			return e
		}
	}
	t.Fatalf("no environment %q", name)
	return environments.Environment{}
}

// set changes one value, by its path.
func set(values object, value any, path ...string) object {
	part := values
	for _, key := range path[:len(path)-1] {
		if part[key] == nil {
			part[key] = object{}
		}
		part = part[key].(object)
	}
	part[path[len(path)-1]] = value
	return values
}

// file writes values where Helm can read them.
func file(t *testing.T, values object) string {
	t.Helper()
	content, err := json.Marshal(values)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "values.json")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

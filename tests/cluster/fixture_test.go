//go:build cluster

package cluster

import (
	"encoding/base64"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
)

// outputs are what AWS would give for those outputs of <env> that <env>.platform reads, beside the roles.
type outputs struct {
	ClusterEndpoint             string `json:"cluster_endpoint"`
	ClusterCertificateAuthority string `json:"cluster_certificate_authority"`
	VPCID                       string `json:"vpc_id"`
	TargetGroupARN              string `json:"target_group_arn"`
	DataKeyARN                  string `json:"data_key_arn"`
	DatabaseEndpoint            string `json:"database_endpoint"`
	DatabaseReaderEndpoint      string `json:"database_reader_endpoint"`
	DatabaseSecretARN           string `json:"database_secret_arn"`
	CacheEndpoint               string `json:"cache_endpoint"`
	OperationsTopicARN          string `json:"operations_topic_arn"`
}

// roleReference is the value of an output that is a role's ARN.
var roleReference = regexp.MustCompile(`^\$\{aws_iam_role\.(.+)\.arn\}$`)

// fixture is the outputs of an environment. The roles are those that its synthesized stack makes; a field that is no output of it fails.
func fixture(t *testing.T, e environments.Environment) map[string]string {
	t.Helper()
	arn := func(service, resource string) string {
		return "arn:aws:" + service + ":" + string(e.Region) + ":" + e.Account.ID + ":" + resource
	}
	host := func(prefix string) string { return prefix + ".abcdefghijkl." + string(e.Region) + ".rds.amazonaws.com" }
	encoded, err := json.Marshal(outputs{
		ClusterEndpoint:             "https://0123456789ABCDEF0123456789ABCDEF.gr7." + string(e.Region) + ".eks.amazonaws.com",
		ClusterCertificateAuthority: base64.StdEncoding.EncodeToString([]byte("-----BEGIN CERTIFICATE-----\n")),
		VPCID:                       "vpc-0123456789abcdef0",
		TargetGroupARN:              arn("elasticloadbalancing", "targetgroup/titan-20261123000000000000000001/0123456789abcdef"),
		DataKeyARN:                  arn("kms", "key/11111111-1111-1111-1111-111111111111"),
		DatabaseEndpoint:            host(e.DatabaseName() + ".cluster"),
		DatabaseReaderEndpoint:      host(e.DatabaseName() + ".cluster-ro"),
		DatabaseSecretARN:           arn("secretsmanager", "secret:rds!cluster-0a1b2c3d-AbCdEf"),
		CacheEndpoint:               e.CacheName() + ".abcdef.0001.euw1.cache.amazonaws.com",
		OperationsTopicARN:          arn("sns", e.Prefix()+"-operations"),
	})
	if err != nil {
		t.Fatal(err)
	}
	var values map[string]string
	if err := json.Unmarshal(encoded, &values); err != nil {
		t.Fatal(err)
	}
	stack := synthesized(t, e.Name)
	declared := stack["output"].(object)
	for name := range values {
		if declared[name] == nil {
			t.Fatalf("the fixture has %s, which is no output of %s", name, e.Name)
		}
	}
	for name, output := range declared {
		value, _ := at(output, "value").(string)
		if role := roleReference.FindStringSubmatch(value); role != nil && strings.HasSuffix(name, "_role_arn") {
			values[name] = "arn:aws:iam::" + e.Account.ID + ":role/" + at(stack, "resource", "aws_iam_role", role[1], "name").(string)
		}
	}
	return values
}

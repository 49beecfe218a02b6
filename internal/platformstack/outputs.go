package platformstack

import (
	"encoding/base64"
	"fmt"
	"regexp"
	"strings"

	"github.com/titan-platform/titan/environments"
)

// roleReference is the value of an output that is a role's ARN.
var roleReference = regexp.MustCompile(`^\$\{aws_iam_role\.(.+)\.arn\}$`)

// sampleOutputs are what AWS would give for those outputs of <env> that <env>.platform reads. The roles are those that
// its synthesized stack makes; a sample of what is no output of it is an error.
func sampleOutputs(e environments.Environment, environment Object) (map[string]string, error) {
	declared, _ := environment["output"].(Object)
	outputs := samples(e)
	for name := range outputs {
		if declared[name] == nil {
			return nil, fmt.Errorf("there is a sample of %q, which is no output of %s", name, e.Name)
		}
	}
	for name, output := range declared {
		value, _ := at(output, "value").(string)
		if role := roleReference.FindStringSubmatch(value); role != nil && strings.HasSuffix(name, "_role_arn") {
			id, _ := at(environment, "resource", "aws_iam_role", role[1], "name").(string)
			outputs[name] = "arn:aws:iam::" + e.Account.ID + ":role/" + id
		}
	}
	return outputs, nil
}

func samples(e environments.Environment) map[string]string {
	arn := func(service, resource string) string {
		return "arn:aws:" + service + ":" + string(e.Region) + ":" + e.Account.ID + ":" + resource
	}
	in := "." + string(e.Region) + "."
	host := func(prefix string) string { return prefix + ".abcdefghijkl" + in + "rds.amazonaws.com" }
	targets := "targetgroup/titan-20261123000000000000000001/0123456789abcdef"
	return map[string]string{
		"cluster_endpoint":              "https://0123456789ABCDEF0123456789ABCDEF.gr7" + in + "eks.amazonaws.com",
		"cluster_certificate_authority": base64.StdEncoding.EncodeToString([]byte("-----BEGIN CERTIFICATE-----\n")),
		"vpc_id":                        "vpc-0123456789abcdef0",
		"target_group_arn":              arn("elasticloadbalancing", targets),
		"data_key_arn":                  arn("kms", "key/11111111-1111-1111-1111-111111111111"),
		"database_endpoint":             host(e.DatabaseName() + ".cluster"),
		"database_reader_endpoint":      host(e.DatabaseName() + ".cluster-ro"),
		"database_secret_arn":           arn("secretsmanager", "secret:rds!cluster-0a1b2c3d-AbCdEf"),
		"cache_endpoint":                e.CacheName() + ".abcdef.0001.euw1.cache.amazonaws.com",
		"operations_topic_arn":          arn("sns", e.Prefix()+"-operations"),
	}
}

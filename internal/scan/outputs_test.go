package scan

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAStackReadsSamplesOfOutputs(t *testing.T) {
	dir := t.TempDir()
	platform := `{"data":{"terraform_remote_state":{"environment":{"backend":"s3","config":{"bucket":"b"}}}}}`
	if err := os.WriteFile(filepath.Join(dir, "cdk.tf.json"), []byte(platform), 0o600); err != nil {
		t.Fatal(err)
	}
	environment := `{"output":{
		"role_arn":{"value":"${aws_iam_role.app_1.arn}"},"vpc_id":{"value":"${aws_vpc.main_1.id}"},
		"authority":{"value":"${aws_eks_cluster.eks_1.certificate_authority[0].data}"},
		"host":{"value":"${aws_rds_cluster.aurora_1.reader_endpoint}"},
		"url":{"value":"https://api.example.com"},"subnets":{"value":["${aws_subnet.a.id}"]}}}`
	if err := WithSampleOutputs(dir, []byte(environment)); err != nil {
		t.Fatal(err)
	}
	for name, wants := range map[string][]string{
		"outputs_override.tf.json": {
			`{"data":{"terraform_remote_state":{"environment":{"backend":"local","config":{"path":"sample-outputs.tfstate"}}}}}`,
		},
		"sample-outputs.tfstate": {
			`"role_arn":{"type":"string","value":"arn:aws:iam::111111111111:role/sample"}`, `"value":"vpc-11111111"`,
			`"authority":{"type":"string","value":"c2FtcGxl"}`, `"value":"sample.example.com"`,
			`"value":"https://api.example.com"`,
		},
	} {
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range wants {
			if !strings.Contains(string(content), want) {
				t.Errorf("%s has no %s:\n%s", name, want, content)
			}
		}
	}
}

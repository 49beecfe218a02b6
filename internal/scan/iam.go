package scan

import (
	"bytes"
	"cmp"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"github.com/titan-platform/titan/internal/venv"
)

// iamlint is the linter's program; iamlintRequirements pin what it needs, by hash.
var (
	//go:embed iamlint.py
	iamlint string
	//go:embed iamlint-requirements.txt
	iamlintRequirements []byte
)

// Document is one IAM policy document.
type Document struct {
	Resource  string `json:"resource"`  // the address of what carries it
	Attribute string `json:"attribute"` // where it stands there
	Document  string `json:"document"`
}

// Documents are all the policy documents of a synthesized stack: whatever string is one, wherever it stands. A plan
// would not do: what refers to a resource that is not made yet is unknown there. References become ARNs of their kind,
// so that the linter can tell what they are.
func Documents(stack []byte) ([]Document, error) {
	var parsed struct {
		Resource, Data map[string]map[string]any
	}
	if err := json.Unmarshal(stack, &parsed); err != nil {
		return nil, fmt.Errorf("reading a synthesized stack: %w", err)
	}
	var documents []Document
	for prefix, section := range map[string]map[string]map[string]any{"": parsed.Resource, "data.": parsed.Data} {
		for kind, byID := range section {
			for id, body := range byID {
				documents = append(documents, find(prefix+kind+"."+id, "", body)...)
			}
		}
	}
	sort.Slice(documents, func(i, j int) bool {
		return documents[i].Resource+documents[i].Attribute < documents[j].Resource+documents[j].Attribute
	})
	for i := range documents {
		filled, err := fill(documents[i].Document)
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", documents[i].Resource, documents[i].Attribute, err)
		}
		documents[i].Document = filled
	}
	return documents, nil
}

// find goes through a value for policy documents.
func find(resource, path string, value any) []Document {
	var found []Document
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			found = append(found, find(resource, strings.TrimPrefix(path+"."+key, "."), inner)...)
		}
	case []any:
		for i, inner := range v {
			found = append(found, find(resource, path+"."+strconv.Itoa(i), inner)...)
		}
	case string:
		if strings.HasPrefix(strings.TrimSpace(v), "{") && strings.Contains(v, `"Statement"`) {
			found = append(found, Document{resource, path, v})
		}
	}
	return found
}

var reference = regexp.MustCompile(`\$\{([^{}]*)\}`)

// samples are ARNs of the kinds of resource that policies refer to.
var samples = map[string]string{
	"aws_cloudfront_distribution":       "arn:aws:cloudfront::111111111111:distribution/EDFDVBD6EXAMPLE",
	"aws_iam_openid_connect_provider":   "arn:aws:iam::111111111111:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/1",
	"aws_kms_key":                       "arn:aws:kms:eu-west-1:111111111111:key/11111111-1111-1111-1111-111111111111",
	"aws_s3_bucket":                     "arn:aws:s3:::sample",
	"aws_sns_topic":                     "arn:aws:sns:eu-west-1:111111111111:sample",
	"aws_codebuild_project":             "arn:aws:codebuild:eu-west-1:111111111111:project/sample",
	"aws_codeconnections_connection":    "arn:aws:codeconnections:eu-west-1:111111111111:connection/11111111-1111-1111-1111-111111111111",
	"aws_codepipeline":                  "arn:aws:codepipeline:eu-west-1:111111111111:sample",
	"aws_ecr_repository":                "arn:aws:ecr:eu-west-1:111111111111:repository/sample",
	"aws_eks_cluster":                   "arn:aws:eks:eu-west-1:111111111111:cluster/sample",
	"aws_iam_role":                      "arn:aws:iam::111111111111:role/sample",
	"aws_lb_target_group":               "arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/sample/1111111111111111",
	"aws_cloudwatch_log_group":          "arn:aws:logs:eu-west-1:111111111111:log-group:sample",
	"aws_secretsmanager_secret":         "arn:aws:secretsmanager:eu-west-1:111111111111:secret:sample-AbCdEf",
	"aws_ssm_parameter":                 "arn:aws:ssm:eu-west-1:111111111111:parameter/sample",
	"aws_rds_cluster":                   "arn:aws:rds:eu-west-1:111111111111:cluster:sample",
	"aws_elasticache_replication_group": "arn:aws:elasticache:eu-west-1:111111111111:replicationgroup:sample",
	"aws_elasticache_user":              "arn:aws:elasticache:eu-west-1:111111111111:user:sample",
	"aws_backup_vault":                  "arn:aws:backup:eu-west-1:111111111111:backup-vault:sample",
}

// shapes are samples of attributes, or of one kind's, that a chart's schema or an expression wants in a certain form.
var shapes = map[string]string{
	"data":                           "c2FtcGxl", // of a cluster's certificate authority, in base64
	"address":                        "sample.example.com",
	"configuration_endpoint_address": "sample.example.com",
	"endpoint":                       "sample.example.com",
	"primary_endpoint_address":       "sample.example.com",
	"reader_endpoint":                "sample.example.com",
	"aws_vpc.id":                     "vpc-11111111",
}

// fill puts a sample in the place of each of Terraform's references.
func fill(document string) (string, error) {
	var missing error
	filled := reference.ReplaceAllStringFunc(document, func(text string) string {
		steps := strings.Split(strings.TrimPrefix(text[2:len(text)-1], "data."), ".")
		kind, attribute := steps[0], steps[len(steps)-1]
		switch attribute {
		case "arn":
		case "secret_arn": // of the secret that RDS keeps for a cluster
			kind = "aws_secretsmanager_secret"
		default:
			return cmp.Or(shapes[attribute], shapes[kind+"."+attribute], "sample")
		}
		sample, ok := samples[kind]
		if !ok {
			missing = fmt.Errorf("%s is an ARN of a kind that there is no sample of; "+
				"add %s to samples in internal/scan/iam.go", text, kind)
		}
		return sample
	})
	return filled, missing
}

// LintIAM has parliament judge policy documents of an environment, if there are any. work is an ignored folder, for
// the linter.
func LintIAM(ctx context.Context, work, environment string, documents []Document) ([]Finding, error) {
	if len(documents) == 0 {
		return nil, nil
	}
	programs, err := venv.Install(ctx, work, "iamlint", iamlintRequirements)
	if err != nil {
		return nil, err
	}
	input, err := json.Marshal(documents)
	if err != nil {
		return nil, fmt.Errorf("linting IAM policies: %w", err)
	}
	command := exec.CommandContext(ctx, filepath.Join(programs, "python"), "-c", iamlint)
	var output, problems bytes.Buffer
	command.Stdin, command.Stdout, command.Stderr = bytes.NewReader(input), &output, &problems
	if err := command.Run(); err != nil {
		return nil, fmt.Errorf("running the IAM linter: %w\n%s", err, problems.String())
	}
	var found []struct{ Resource, Sid, Issue, Detail string }
	if err := json.Unmarshal(output.Bytes(), &found); err != nil {
		return nil, fmt.Errorf("reading the IAM linter's report: %w", err)
	}
	var findings []Finding
	for _, f := range found {
		findings = append(findings, Finding{
			Environment: environment, Check: "IAM_" + f.Issue, Name: f.Detail, Resource: f.Resource + "/" + f.Sid,
		})
	}
	return findings, nil
}

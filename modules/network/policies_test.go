package network

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/target"
)

var config = Config{
	Target: target.Target{
		Name:        "titan-prod",
		Environment: "prod",
		Partition:   "aws",
		AccountID:   "333333333333",
		Region:      "eu-west-1",
	},
	Settings: environments.Network{
		CIDR:              "10.30.0.0/16",
		AvailabilityZones: []string{"eu-west-1a", "eu-west-1b", "eu-west-1c"},
	},
}

type statement struct {
	Sid       string
	Principal json.RawMessage
	Action    any
	Resource  any
	Condition map[string]map[string]string
}

func statements(t *testing.T, policy string) map[string]statement {
	t.Helper()
	var document struct{ Statement []statement }
	if err := json.Unmarshal([]byte(policy), &document); err != nil {
		t.Fatalf("%v in %s", err, policy)
	}
	bySid := map[string]statement{}
	for _, s := range document.Statement {
		bySid[s.Sid] = s
	}
	return bySid
}

func TestEndpointsAreForTheAccountsPrincipals(t *testing.T) {
	for _, service := range []string{
		"autoscaling", "ec2", "ecr.api", "kms", "logs", "secretsmanager", "sts", "ssm", "xray", "monitoring",
	} {
		for sid, s := range statements(t, config.endpointPolicy(service)) {
			if sid == "ServiceAccountsOwnRoles" && service == "sts" {
				continue
			}
			if got := s.Condition["StringEquals"]["aws:PrincipalAccount"]; got != config.AccountID {
				t.Errorf("%s: statement %s is for principals of account %q", service, sid, got)
			}
		}
	}
}

// A pod asks STS for its role's credentials without having any: IRSA works through the endpoint only by
// a statement of its own.
func TestPodsCanAssumeTheirRolesThroughTheSTSEndpoint(t *testing.T) {
	s, ok := statements(t, config.endpointPolicy("sts"))["ServiceAccountsOwnRoles"]
	if !ok {
		t.Fatal("no statement for callers without credentials")
	}
	if s.Action != "sts:AssumeRoleWithWebIdentity" || s.Resource != "arn:aws:iam::333333333333:role/*" ||
		len(s.Condition) != 0 {
		t.Errorf("got action %v on %v if %v; want AssumeRoleWithWebIdentity on the account's roles, unconditionally",
			s.Action, s.Resource, s.Condition)
	}
}

func TestS3EndpointReadsWhatNodesNeedAndNoMore(t *testing.T) {
	got := statements(t, config.s3EndpointPolicy())
	own := got["OwnPrincipalsOwnBuckets"].Condition["StringEquals"]
	if own["aws:PrincipalAccount"] != config.AccountID || own["aws:ResourceAccount"] != config.AccountID {
		t.Errorf("own buckets are for %v; want principals and buckets of account %s", own, config.AccountID)
	}
	for sid, want := range map[string]string{
		"ImageLayersOfECR":          "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*",
		"PackagesOfAmazonLinux2023": "arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/*",
	} {
		if s := got[sid]; s.Action != "s3:GetObject" || s.Resource != want {
			t.Errorf("%s: got %v on %v, want s3:GetObject on %s", sid, s.Action, s.Resource, want)
		}
	}
	kubernetes := got["ImageLayersOfKubernetes"]
	if kubernetes.Action != "s3:GetObject" ||
		kubernetes.Condition["StringEquals"]["aws:ResourceAccount"] != kubernetesRegistryAccount {
		t.Errorf("registry.k8s.io: got %v if %v, want s3:GetObject from account %s",
			kubernetes.Action, kubernetes.Condition, kubernetesRegistryAccount)
	}
}

// The layers of quay.io and Docker Hub are in us-east-1: only there does S3's gateway stand before them.
func TestS3EndpointReadsLayersOfPublicRegistriesWhereTheyAre(t *testing.T) {
	const sid = "ImageLayersOfQuayAndDockerHub"
	if _, ok := statements(t, config.s3EndpointPolicy())[sid]; ok {
		t.Errorf("in %s, %s opens buckets that are elsewhere", config.Region, sid)
	}
	virginia := config
	virginia.Region = "us-east-1"
	got := statements(t, virginia.s3EndpointPolicy())[sid]
	want := []any{"arn:aws:s3:::quayio-production-s3/*", "arn:aws:s3:::docker-images-prod/*"}
	if resources, _ := got.Resource.([]any); got.Action != "s3:GetObject" || !slices.Equal(resources, want) {
		t.Errorf("in us-east-1: got %v on %v, want s3:GetObject on %v", got.Action, got.Resource, want)
	}
}

func TestFlowLogRole(t *testing.T) {
	trust := `{"Version":"2012-10-17","Statement":[{"Sid":"FlowLogs","Effect":"Allow",` +
		`"Principal":{"Service":"vpc-flow-logs.amazonaws.com"},"Action":"sts:AssumeRole",` +
		`"Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:ec2:eu-west-1:333333333333:vpc-flow-log/*"},` +
		`"StringEquals":{"aws:SourceAccount":"333333333333"}}}]}`
	if got := config.flowLogTrust(); got != trust {
		t.Errorf("trust: got\n%s\nwant\n%s", got, trust)
	}
	policy := `{"Version":"2012-10-17","Statement":[{"Sid":"WriteFlowLogs","Effect":"Allow",` +
		`"Action":["logs:CreateLogStream","logs:DescribeLogStreams","logs:PutLogEvents"],` +
		`"Resource":"arn:aws:logs:eu-west-1:333333333333:log-group:/aws/vpc-flow-logs/titan-prod:*"}]}`
	if got := config.flowLogPolicy(); got != policy {
		t.Errorf("policy: got\n%s\nwant\n%s", got, policy)
	}
}

func TestTheIDsOfATierAreInItsOrder(t *testing.T) {
	tier := Tier{{ID: "subnet-1", Zone: "eu-west-1a"}, {ID: "subnet-2", Zone: "eu-west-1b"}}
	if got := tier.IDs(); !slices.Equal(got, []string{"subnet-1", "subnet-2"}) {
		t.Errorf("ids: %q", got)
	}
}

// What the file adds widens by just that: own accounts are own, some buckets are for own principals,
// some are read by everybody.
func TestEndpointsLetThroughWhatTheFileAdds(t *testing.T) {
	wider := config
	wider.Settings.EndpointPolicy = environments.EndpointPolicy{
		Accounts: []string{"444444444444"}, Buckets: []string{"partner"}, OpenBuckets: []string{"mirror"},
	}
	for policy, want := range map[string]map[string]string{
		wider.endpointPolicy("kms"): {
			"OwnPrincipals": `{"Sid":"OwnPrincipals","Effect":"Allow","Principal":{"AWS":"*"},"Action":"*","Resource":"*",` +
				`"Condition":{"StringEquals":{"aws:PrincipalAccount":["333333333333","444444444444"]}}}`,
		},
		wider.s3EndpointPolicy(): {
			"OwnPrincipalsOwnBuckets": `{"Sid":"OwnPrincipalsOwnBuckets","Effect":"Allow","Principal":{"AWS":"*"},` +
				`"Action":"s3:*","Resource":"*",` +
				`"Condition":{"StringEquals":{"aws:PrincipalAccount":["333333333333","444444444444"],` +
				`"aws:ResourceAccount":["333333333333","444444444444"]}}}`,
			"OwnPrincipalsNamedBuckets": `{"Sid":"OwnPrincipalsNamedBuckets","Effect":"Allow","Principal":{"AWS":"*"},` +
				`"Action":"s3:*","Resource":["arn:aws:s3:::partner","arn:aws:s3:::partner/*"],` +
				`"Condition":{"StringEquals":{"aws:PrincipalAccount":["333333333333","444444444444"]}}}`,
			"OpenBuckets": `{"Sid":"OpenBuckets","Effect":"Allow","Principal":{"AWS":"*"},"Action":"s3:GetObject",` +
				`"Resource":"arn:aws:s3:::mirror/*"}`,
		},
	} {
		var document struct{ Statement []json.RawMessage }
		if err := json.Unmarshal([]byte(policy), &document); err != nil {
			t.Fatal(err)
		}
		found := map[string]string{}
		for _, text := range document.Statement {
			var named struct{ Sid string }
			if err := json.Unmarshal(text, &named); err != nil {
				t.Fatal(err)
			}
			found[named.Sid] = string(text)
		}
		for sid, text := range want {
			if found[sid] != text {
				t.Errorf("%s is %s, want %s", sid, found[sid], text)
			}
		}
	}
	for _, sid := range []string{"OwnPrincipalsNamedBuckets", "OpenBuckets"} {
		if _, there := statements(t, config.s3EndpointPolicy())[sid]; there {
			t.Errorf("%s is let through without a line in the file", sid)
		}
	}
}

package cost

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/titan-platform/titan/internal/graph"
)

func loaded(t *testing.T) Prices {
	t.Helper()
	prices, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return prices
}

// resources are those of one stack.
func resources(t *testing.T, region, body string) []Resource {
	t.Helper()
	g, err := graph.Read(graph.Stack{Name: "prod", JSON: []byte(
		`{"provider": {"aws": [{"region": "` + region + `"}]}, "resource": ` + body + `}`)})
	if err != nil {
		t.Fatal(err)
	}
	return FromGraph(g, []string{"prod"})
}

func TestQuantities(t *testing.T) {
	for name, test := range map[string]struct {
		body string
		want map[string]float64 // by item
	}{
		"nodes and their volumes": {`{
			"aws_launch_template": {"cluster_system": {"block_device_mappings": [{"ebs": {"volume_type": "gp3",
				"volume_size": 50}}]},
				"cluster_spot": {"block_device_mappings": [{"ebs": {"volume_type": "gp3", "volume_size": 900}}]}},
			"aws_eks_node_group": {"cluster_nodes": {"instance_types": ["m7i.xlarge", "m5.xlarge"],
				"scaling_config": {"desired_size": 2, "min_size": 1, "max_size": 9},
				"launch_template": {"id": "${aws_launch_template.cluster_system.id}"}}}}`,
			map[string]float64{"ec2 m7i.xlarge": 2 * 730, "ebs gp3": 100}},
		"a node group that begins empty": {`{"aws_eks_node_group": {"cluster_nodes": {"instance_types": ["m7i.xlarge"],
			"scaling_config": {"desired_size": 0}}}}`, map[string]float64{}},
		"an endpoint by zone, a gateway for nothing": {`{"aws_vpc_endpoint": {
			"network_ec2": {"vpc_endpoint_type": "Interface", "subnet_ids": ["a", "b", "c"]},
			"network_s3": {"vpc_endpoint_type": "Gateway"}}}`, map[string]float64{"interface endpoint": 3 * 730}},
		"a public load balancer's addresses": {`{"aws_lb": {"loadbalancer_alb": {"load_balancer_type": "application",
			"internal": false, "subnets": ["a", "b"]}}}`, map[string]float64{
			"application load balancer": 730, "load balancer capacity unit": 730, "public ipv4 address": 2 * 730}},
		"a serverless database at its least": {`{
			"aws_rds_cluster": {"database_aurora": {"serverlessv2_scaling_configuration": {"min_capacity": 0.5}}},
			"aws_rds_cluster_instance": {"database_writer": {"instance_class": "db.serverless",
				"cluster_identifier": "${aws_rds_cluster.database_aurora.id}"}}}`, map[string]float64{
			"aurora capacity unit": 365, "aurora storage": 20, "aurora input and output": 10}},
		"an I/O-optimized database has other items": {`{
			"aws_rds_cluster": {"database_aurora": {"storage_type": "aurora-iopt1"}},
			"aws_rds_cluster_instance": {"database_writer": {"instance_class": "db.r8g.large", "engine": "aurora-postgresql",
				"cluster_identifier": "${aws_rds_cluster.database_aurora.id}"}}}`, map[string]float64{
			"aurora storage, I/O-optimized": 20, "aurora-postgresql db.r8g.large, I/O-optimized": 730}},
		"a secret and its replica": {`{"aws_secretsmanager_secret": {"secrets_db": {"replica": [{"region": "eu-central-1"}]}}}`,
			map[string]float64{"secret": 2}},
		"an alarm of two metrics": {`{"aws_cloudwatch_metric_alarm": {"observability_errors": {"metric_query": [
			{"id": "a", "metric": {}}, {"id": "b", "metric": {}}, {"id": "c", "expression": "a/b"}]}}}`,
			map[string]float64{"alarm metric": 2}},
	} {
		t.Run(name, func(t *testing.T) {
			have := map[string]float64{}
			for _, line := range loaded(t).Estimate(resources(t, "eu-west-1", test.body)).Lines {
				have[line.Item] = line.Quantity
			}
			if len(have) != len(test.want) {
				t.Errorf("items are %v, want %v", have, test.want)
			}
			for item, want := range test.want {
				if have[item] != want {
					t.Errorf("%g of %q, want %g", have[item], item, want)
				}
			}
		})
	}
}

func TestWhatHasNoPriceIsNamedAndNotSummed(t *testing.T) {
	body := `{"aws_nat_gateway": {"network_nat": {}}, "aws_kms_key": {"encryption_key": {}}, "aws_fancy": {"x": {}},
		"aws_s3_bucket": {"backup_logs": {}}}`
	home := loaded(t).Estimate(resources(t, "eu-west-1", body))
	if want := 0.048*730 + 0.048*100 + 1; home.USD() < want-0.001 || home.USD() > want+0.001 {
		t.Errorf("costs %f, want %f", home.USD(), want)
	}
	elsewhere := loaded(t).Estimate(resources(t, "sa-east-1", body))
	if elsewhere.USD() != 0 {
		t.Errorf("a region without prices costs %f", elsewhere.USD())
	}
	text := elsewhere.Text(time.Now())
	for _, want := range []string{
		"no price", "nat gateway in sa-east-1", "kms key in sa-east-1", "aws_fancy", "what lies in S3 buckets",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the text lacks %q:\n%s", want, text)
		}
	}
}

func TestOldPricesAreWarnedOf(t *testing.T) {
	day := time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		source Source
		want   string
	}{
		"of this year": {Source{AsOf: day.AddDate(0, -6, 0), Read: day}, ""},
		"old": {Source{AsOf: day.AddDate(-2, 0, 0), Read: day, Title: "a page"},
			"prices of 2024-11-29, 24 months old: a page"},
		"undated": {Source{Read: day, Title: "a page"}, "undated prices, read on 2026-11-29: a page"},
	} {
		t.Run(name, func(t *testing.T) {
			if have := test.source.warning(day); have != test.want {
				t.Errorf("warning %q, want %q", have, test.want)
			}
		})
	}
}

func TestRounded(t *testing.T) {
	for usd, want := range map[float64]string{
		0: "0", 0.4: "0.40", 7.77: "7.8", 43.2: "43", 99.6: "100", 1449: "1,400", 1234567: "1,200,000", -38.4: "-38",
	} {
		if have := Rounded(usd); have != want {
			t.Errorf("%f is %q, want %q", usd, have, want)
		}
	}
}

func TestDifference(t *testing.T) {
	before := resources(t, "eu-west-1", `{"aws_nat_gateway": {"network_a": {}}}`)
	after := resources(t, "eu-west-1",
		`{"aws_nat_gateway": {"network_a": {}, "network_b": {}}, "aws_cloudwatch_composite_alarm": {"o_x": {}}}`)
	want := "costs about 40 USD a month more, at list prices; what has no price changes too: composite alarm in eu-west-1"
	if have := loaded(t).Difference(before, after).String(); have != want {
		t.Errorf("%q, want %q", have, want)
	}
	if have := loaded(t).Difference(after, before).String(); !strings.Contains(have, "40 USD a month less") {
		t.Errorf("%q does not say that it costs less", have)
	}
	if have := loaded(t).Difference(before, before).String(); have != "" {
		t.Errorf("no change costs: %q", have)
	}
}

// TestAllTypesOfTheStacksAreKnown looks at the golden stacks, so that a new type is priced, metered or called free.
func TestAllTypesOfTheStacksAreKnown(t *testing.T) {
	files, err := filepath.Glob("../../tests/golden/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		g, err := graph.Read(graph.Stack{Name: name, JSON: content})
		if err != nil {
			t.Fatal(err)
		}
		if unknown := loaded(t).Estimate(FromGraph(g, []string{name})).Unknown; len(unknown) > 0 {
			t.Errorf("%s: nobody says what %s cost: add them to charged, byUse or free", file, strings.Join(unknown, ", "))
		}
	}
}

func TestAPriceNeedsASource(t *testing.T) {
	p := loaded(t)
	for name, row := range map[string]map[string]string{
		"is in no row of sources.csv": {"item": "x", "per": "hour", "eu-west-1": "1", "source": "hearsay"},
		"is no price":                 {"item": "x", "per": "hour", "eu-west-1": "cheap", "source": "kms"},
		"two prices":                  {"item": "kms key", "per": "month", "eu-west-1": "1", "source": "kms"},
		"in another row":              {"item": "kms key", "per": "hour", "source": "kms"},
	} {
		if err := p.add(row); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("error %v, want %q", err, name)
		}
	}
}

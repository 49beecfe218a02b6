package queries

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestCloudWatchIsAskedForWhatAWSDocuments(t *testing.T) {
	documented, err := ReadDocumented()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("../golden/*.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []Asked
	for _, file := range files {
		asked, err := ReadAsked(file)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, asked...)
	}
	for _, p := range platforms(t) {
		all = append(all, p.Asked()...)
	}
	used := map[string]bool{}
	for _, asked := range all {
		if problem := documented.Problem(asked); problem != "" {
			t.Error(problem)
		}
		used[asked.Namespace+" "+asked.Metric] = true
	}
	for namespace, of := range documented {
		for metric := range of.Metrics {
			if !used[namespace+" "+metric] {
				t.Errorf("nothing asks for %s %s: take it out of cloudwatch.yaml", namespace, metric)
			}
		}
	}
}

func TestAPlantedMistakeInAMetricIsSeen(t *testing.T) {
	documented, err := ReadDocumented()
	if err != nil {
		t.Fatal(err)
	}
	for want, asked := range map[string]Asked{
		"of which nothing is in":         {"", "AWS/Elasticache", "Evictions", []string{"CacheClusterId"}},
		"RequestsCount, which is not in": {"", "AWS/ApplicationELB", "RequestsCount", []string{"LoadBalancer"}},
		`by "TargetGroup"; it is`:        {"", "AWS/ApplicationELB", "HealthyHostCount", []string{"TargetGroup"}},
	} {
		if problem := documented.Problem(asked); !strings.Contains(problem, want) {
			t.Errorf("%+v: %q, want %q", asked, problem, want)
		}
	}
	if problem := documented.Problem(Asked{Namespace: "Titan/prod", Metric: "DeniedCalls"}); problem != "" {
		t.Error(problem)
	}
}

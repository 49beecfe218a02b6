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

// Several environments may share an account and a region: the line of each says whose it is.
func TestLinesOfCloudWatchAreToldApart(t *testing.T) {
	for _, p := range platforms(t) {
		for _, dashboard := range p.Dashboards {
			for _, panel := range dashboard.Panels {
				for _, target := range panel.Targets {
					if problem := target.Nameless(); problem != "" {
						t.Errorf("%s: %s: %s", p.Name, panel.Title, problem)
					}
				}
			}
		}
	}
	planted := Target{Metric: "Evictions", Dimensions: []string{"CacheClusterId"}, Label: "${PROP('Dim.CacheNodeId')}"}
	if planted.Nameless() == "" {
		t.Error("a label of another dimension is taken")
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

package tests

import (
	"os"
	"testing"

	"go.yaml.in/yaml/v3"
)

// chartDefaults are the values of the application's chart.
func chartDefaults(t *testing.T) Block {
	t.Helper()
	content, err := os.ReadFile("../charts/birthday-app/values.yaml")
	if err != nil {
		t.Fatal(err)
	}
	defaults := Block{Address: "charts/birthday-app/values.yaml"}
	if err := yaml.Unmarshal(content, &defaults.Body); err != nil {
		t.Fatal(err)
	}
	return defaults
}

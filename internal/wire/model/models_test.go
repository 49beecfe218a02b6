package model

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/emulator"
)

// botocore is the data folder of the botocore that comes with the emulator.
func botocore(t *testing.T) string {
	t.Helper()
	data, err := emulator.Botocore(context.Background(), filepath.Join("..", "..", "..", ".titan"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestPinsAreInstalled fails where botocore is another one than the pins are of: new models have new rules, which
// somebody reads first.
func TestPinsAreInstalled(t *testing.T) {
	data := botocore(t)
	if os.Getenv("TITAN_PIN_MODELS") != "" {
		pin(t, data)
	}
	models := Open(data)
	for _, one := range Pins() {
		services, err := models.Signed(one.Signing)
		if err != nil {
			t.Error(err)
			continue
		}
		i := slices.IndexFunc(services, func(s *Service) bool { return s.Name == one.Name() })
		if i < 0 || services[i].Signing() != one.Signing {
			t.Errorf("%s is pinned for the name %q in signatures, and signs with another", one.Path, one.Signing)
		}
		if newest := newestOf(t, data, one.Name()); newest != one.Path {
			t.Errorf("%s is pinned, botocore has %s: TITAN_PIN_MODELS=1 go test ./internal/wire/model", one.Path, newest)
		}
	}
}

func newestOf(t *testing.T, data, name string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(data, name, "*", "service-2.json.gz"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no model of %s: %v", name, err)
	}
	path, err := filepath.Rel(data, slices.Max(files))
	if err != nil {
		t.Fatal(err)
	}
	return filepath.ToSlash(path)
}

// pin writes models.sha256 anew, for the services that it has.
func pin(t *testing.T, data string) {
	t.Helper()
	var lines strings.Builder
	for _, one := range Pins() {
		path := newestOf(t, data, one.Name())
		content, err := os.ReadFile(filepath.Join(data, path))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&lines, "%x %s %s\n", sha256.Sum256(content), one.Signing, path)
	}
	if err := os.WriteFile("models.sha256", []byte(lines.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	pinned = lines.String()
}

func TestAnotherModelIsRefused(t *testing.T) {
	one := Pins()[0]
	file := filepath.Join(t.TempDir(), filepath.FromSlash(one.Path))
	var content bytes.Buffer
	zipped := gzip.NewWriter(&content)
	if _, err := zipped.Write([]byte(`{"operations":{},"shapes":{}}`)); err != nil {
		t.Fatal(err)
	}
	if err := zipped.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, content.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Open(filepath.Dir(filepath.Dir(filepath.Dir(file)))).Signed(one.Signing)
	if err == nil || !strings.Contains(err.Error(), "models.sha256 pins "+one.SHA256) || !strings.Contains(err.Error(),
		"TITAN_PIN_MODELS=1") {
		t.Errorf("got %v", err)
	}
}

func TestReferencesAreFollowed(t *testing.T) {
	services, err := Open(botocore(t)).Signed("elasticloadbalancing")
	if err != nil || len(services) != 1 {
		t.Fatal(services, err)
	}
	input := services[0].Operations["CreateRule"].Input.Of
	if got := input.Members["Conditions"].Of.Member.Of.Members["Field"].Of.Type; got != "string" {
		t.Errorf("the field of a condition is a %q", got)
	}
}

func TestAMissingShapeIsRefused(t *testing.T) {
	_, err := Parse("broken", []byte(`{"operations":{"A":{"input":{"shape":"Gone"}}},"shapes":{}}`))
	if err == nil || !strings.Contains(err.Error(), `no shape "Gone"`) {
		t.Errorf("got %v", err)
	}
}

func TestModelsHaveBotocoresNames(t *testing.T) {
	models := Open(botocore(t))
	service, err := models.Named("elbv2") // which signs as elasticloadbalancing
	if err != nil || service.Name != "elbv2" {
		t.Fatal(service, err)
	}
	answer := service.Operations["DescribeTargetHealth"].Output
	if answer == nil || answer.Of.Members["TargetHealthDescriptions"] == nil {
		t.Errorf("DescribeTargetHealth answers with %v", answer)
	}
	if _, err := models.Named("elbv3"); err == nil || !strings.Contains(err.Error(), `no model of "elbv3" is pinned`) {
		t.Errorf("got %v", err)
	}
}

package kinds

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/terraform"
)

// typesFile has the provider's types, a line each, below two lines that say what they are and their hash.
const typesFile = "testdata/aws.txt"

// awsTypes are the types of the committed list. One that was edited by hand fails.
func awsTypes(t *testing.T) []string {
	t.Helper()
	content, err := os.ReadFile(typesFile)
	if err != nil {
		t.Fatal(err)
	}
	head, body, _ := strings.Cut(string(content), "\n# sha256 ")
	hash, body, _ := strings.Cut(body, "\n")
	if got := fmt.Sprintf("%x", sha256.Sum256([]byte(body))); got != hash || !strings.HasPrefix(head, "# ") {
		t.Fatalf("%s has hash %s and says %s: write it anew, as its first line says", typesFile, got, hash)
	}
	return strings.Fields(body)
}

// TestEveryTypeOfTheProvider counts what the rule knows, and fails where it knows something wrong about what surely
// holds data, or knows less than before.
func TestEveryTypeOfTheProvider(t *testing.T) {
	counts := map[Holding]int{}
	for _, kind := range awsTypes(t) {
		counts[Of(kind)]++
	}
	t.Logf("%d hold data, %d hold nothing, %d are not known and count as holding data",
		counts[Holds], counts[HoldsNothing], counts[Unknown])
	if counts[Holds] < 100 || counts[HoldsNothing] < 400 {
		t.Errorf("got %v", counts)
	}
}

// TestWhatHoldsData has types that a pattern for settings could take by mistake.
func TestWhatHoldsData(t *testing.T) {
	known := awsTypes(t)
	for _, kind := range []string{
		"aws_backup_logically_air_gapped_vault", "aws_cloudtrail_event_data_store", "aws_cloudwatch_event_archive",
		"aws_cloudwatch_log_group", "aws_codecommit_repository", "aws_cognito_user_pool", "aws_db_instance",
		"aws_db_snapshot", "aws_docdb_cluster", "aws_dynamodb_table", "aws_dynamodb_table_item", "aws_ebs_snapshot",
		"aws_ebs_volume", "aws_ecrpublic_repository", "aws_efs_file_system", "aws_fsx_lustre_file_system",
		"aws_glacier_vault", "aws_instance", "aws_keyspaces_table", "aws_kinesis_stream", "aws_kms_external_key",
		"aws_kms_replica_key", "aws_memorydb_cluster", "aws_msk_cluster", "aws_neptune_cluster", "aws_opensearch_domain",
		"aws_prometheus_workspace", "aws_qldb_ledger", "aws_quicksight_account_subscription", "aws_rds_global_cluster",
		"aws_redshift_cluster", "aws_redshiftserverless_namespace", "aws_s3_directory_bucket", "aws_s3tables_table",
		"aws_sqs_queue", "aws_storagegateway_gateway", "aws_timestreamwrite_table",
	} {
		if !slices.Contains(known, kind) {
			t.Errorf("%s is no type of the provider", kind)
		}
		if !MayHoldData(kind) {
			t.Errorf("%s holds data", kind)
		}
	}
	for _, kind := range []string{"aws_iam_role", "aws_security_group", "aws_sns_topic_policy", "aws_route"} {
		if MayHoldData(kind) {
			t.Errorf("%s holds nothing", kind)
		}
	}
	for _, kind := range []string{"azurerm_storage_account", "random_password", "aws_of_tomorrow", ""} {
		if !MayHoldData(kind) {
			t.Errorf("%q is not known, and must count as holding data", kind)
		}
	}
	for kind := range types {
		if Of(kind) != Holds {
			t.Errorf("%s is protected, so it holds data", kind)
		}
	}
}

// TestEveryNameIsATypeOfTheProvider finds misspelt names, and patterns that match nothing.
func TestEveryNameIsATypeOfTheProvider(t *testing.T) {
	known := awsTypes(t)
	for _, kind := range slices.Concat(settingTypes, dataTypes, slices.Collect(maps.Keys(types))) {
		if strings.HasPrefix(kind, "aws_") && !slices.Contains(known, kind) {
			t.Errorf("%s is no type of the provider", kind)
		}
	}
	for _, pattern := range slices.Concat(settingPatterns, dataPatterns) {
		if !slices.ContainsFunc(known, func(kind string) bool { return matches([]string{pattern}, kind) }) {
			t.Errorf("pattern %s matches no type of the provider", pattern)
		}
	}
}

// TestTheStacksHaveNoUnknownType makes whoever adds a type decide. The stacks' JSON is committed.
func TestTheStacksHaveNoUnknownType(t *testing.T) {
	files, err := filepath.Glob("../../../tests/golden/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden files", err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var stack struct{ Resource map[string]any }
		if err := json.Unmarshal(content, &stack); err != nil {
			t.Fatal(err)
		}
		for kind := range stack.Resource {
			if Of(kind) == Unknown {
				t.Errorf("%s in %s: does it hold data? Put it into data.go or settings.go", kind, filepath.Base(file))
			}
		}
	}
}

// TestTheListIsTheProviders asks the provider itself, where it lies in a folder of this machine.
func TestTheListIsTheProviders(t *testing.T) {
	plugins, err := terraform.PluginDir()
	if err != nil || plugins == "" {
		t.Skip("the provider is not found: set ", terraform.PluginDirVariable)
	}
	if _, err := exec.LookPath("terraform"); err != nil {
		t.Skip(err)
	}
	folder := t.TempDir()
	const requires = `{"terraform":{"required_providers":{"aws":{"source":"hashicorp/aws","version":"5.100.0"}}}}`
	if err := os.WriteFile(filepath.Join(folder, "main.tf.json"), []byte(requires), 0o600); err != nil {
		t.Fatal(err)
	}
	w := terraform.Workspace{Dir: folder, Env: terraform.EnvironmentFrom(plugins)}
	if err := w.Init(t.Context()); err != nil {
		t.Skip(err) // another version lies there
	}
	output, err := w.Run(t.Context(), "providers", "schema", "-json")
	if err != nil {
		t.Fatal(err)
	}
	var schemas struct {
		Providers map[string]struct {
			Resources map[string]json.RawMessage `json:"resource_schemas"`
		} `json:"provider_schemas"`
	}
	if err := json.Unmarshal(output, &schemas); err != nil {
		t.Fatal(err)
	}
	now := slices.Sorted(maps.Keys(schemas.Providers["registry.terraform.io/hashicorp/aws"].Resources))
	if os.Getenv("TITAN_UPDATE_TYPES") != "" {
		body := strings.Join(now, "\n") + "\n"
		text := fmt.Sprintf("# Types of resources of hashicorp/aws 5.100.0, by `terraform providers schema -json`; "+
			"TITAN_UPDATE_TYPES=1 go test ./internal/stateful/kinds writes it.\n# sha256 %x\n%s",
			sha256.Sum256([]byte(body)), body)
		if err := os.WriteFile(typesFile, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(now, awsTypes(t)) {
		t.Errorf("%s is stale: write it anew, as its first line says", typesFile)
	}
}

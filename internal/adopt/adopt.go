// Package adopt brings a bootstrap stack whose local state was lost back under Terraform's care: it writes import
// blocks for everything that the stack declares, with the ids that AWS knows them by.
package adopt

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
)

// FileName is where the import blocks belong: beside the stack's cdk.tf.json.
const FileName = "adopt.tf.json"

// imports is Terraform JSON with import blocks, and the data sources that their ids come from.
type imports struct {
	Data   map[string]map[string]map[string]string `json:"data,omitempty"`
	Import []map[string]string                     `json:"import"`
}

// Imports returns Terraform JSON with an import block for each resource of a synthesized stack (cdk.tf.json). A key's
// id is unknown without its state, so it is looked up by its alias. A resource type that it does not know how to
// import is an error: the stack has grown, and this must too.
func Imports(synthesized []byte) ([]byte, error) {
	stack, err := graph.Read(graph.Stack{Name: "bootstrap", JSON: synthesized})
	if err != nil {
		return nil, fmt.Errorf("finding what to import: %w", err)
	}
	var result imports
	for _, node := range stack.Nodes() {
		if node.Section != graph.Resource {
			continue
		}
		id, err := result.id(node)
		if err != nil {
			return nil, fmt.Errorf("importing %s: %w", node.Address, err)
		}
		result.Import = append(result.Import, map[string]string{"to": node.Address, "id": id})
	}
	text, err := json.MarshalIndent(result, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("writing import blocks: %w", err)
	}
	return append(text, '\n'), nil
}

// id is the import id of a resource. Source: the 'Import' section of each resource's page in the AWS provider's
// documentation.
func (i *imports) id(node *graph.Node) (string, error) {
	switch {
	case node.Type == "aws_s3_bucket":
		return node.Text("bucket"), nil
	case strings.HasPrefix(node.Type, "aws_s3_bucket_"):
		bucket, ok := node.Reference("bucket")
		if !ok {
			return "", fmt.Errorf("its bucket is %v, want one of the stack", node.At("bucket"))
		}
		return bucket.To.Text("bucket"), nil
	case node.Type == "aws_kms_key":
		return i.keyID(node)
	case node.Type == "aws_kms_alias":
		return node.Text("name"), nil
	}
	return "", errors.New("no import id is known for this type; add it to internal/adopt")
}

// keyID has a key looked up by its alias.
func (i *imports) keyID(key *graph.Node) (string, error) {
	name := strings.TrimPrefix(key.Address, key.Type+".")
	for _, edge := range key.Referrers() {
		if alias := edge.From; alias.Type == "aws_kms_alias" && edge.Argument == "target_key_id" {
			if i.Data == nil {
				i.Data = map[string]map[string]map[string]string{"aws_kms_alias": {}}
			}
			i.Data["aws_kms_alias"][name] = map[string]string{"name": alias.Text("name")}
			return "${data.aws_kms_alias." + name + ".target_key_id}", nil
		}
	}
	return "", errors.New("it has no alias to find it by")
}

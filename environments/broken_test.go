package environments

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// TestAFormMistakeMakesNoRuleSpeak breaks each setting of files that use every option, one at a time, and wants nothing
// said but of that: a rule that goes by a setting of which nobody knows what it would be must be silent.
func TestAFormMistakeMakesNoRuleSpeak(t *testing.T) {
	for _, folder := range optionFolders {
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS(folder)); err != nil {
			t.Fatal(err)
		}
		for _, pattern := range []string{"*.yaml", accountsDir + "/*.yaml"} {
			files, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern)))
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range files {
				breakEachSetting(t, dir, file)
			}
		}
	}
}

// breakEachSetting gives each setting of a file a value of another form, and leaves the file as it was.
func breakEachSetting(t *testing.T, dir, file string) {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var root yaml.Node
	if err := yaml.Unmarshal(content, &root); err != nil {
		t.Fatal(err)
	}
	eachSetting("", root.Content[0], func(path string, node *yaml.Node) {
		was := *node
		*node = otherForm(was)
		changed, err := yaml.Marshal(&root)
		*node = was
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Dir(file), filepath.Base(file), string(changed))
		_, err = Load(dir, "")
		if want := display(path) + " is "; err == nil || strings.Contains(err.Error(), "\n") ||
			!strings.Contains(err.Error(), want) {
			t.Errorf("%s: with %s broken, got\n%v\nwant one problem, which has %q", file, path, err, want)
		}
	})
	write(t, filepath.Dir(file), filepath.Base(file), string(content))
}

// otherForm is a list for a mapping, and a mapping for all else.
func otherForm(node yaml.Node) yaml.Node {
	kind := yaml.MappingNode
	if node.Kind == yaml.MappingNode {
		kind = yaml.SequenceNode
	}
	return yaml.Node{
		Kind:    kind,
		Content: []*yaml.Node{{Kind: yaml.ScalarNode, Value: "a"}, {Kind: yaml.ScalarNode, Value: "b"}},
	}
}

// eachSetting visits every value below a node by its path, sections and lists among them.
func eachSetting(path string, node *yaml.Node, visit func(path string, node *yaml.Node)) {
	if path != "" {
		visit(path, node)
	}
	for i, child := range node.Content {
		switch {
		case node.Kind == yaml.SequenceNode:
			eachSetting(join(path, strconv.Itoa(i)), child, visit)
		case i%2 == 1:
			eachSetting(join(path, node.Content[i-1].Value), child, visit)
		}
	}
}

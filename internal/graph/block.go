package graph

import (
	"fmt"
	"strings"
)

// Block is a nested block of a node, such as rule.0.statement of a web ACL.
type Block struct {
	node *Node
	path string // of arguments and list indexes; empty is the node's own body
}

// Block is the block that is the whole node.
func (n *Node) Block() Block { return Block{node: n} }

// String is how a message names the block.
func (b Block) String() string { return strings.TrimSuffix(b.node.String()+": "+b.path, ": ") }

// Node is the node that holds the block.
func (b Block) Node() *Node { return b.node }

// join is the path of something in the block.
func (b Block) join(path string) string { return strings.TrimPrefix(b.path+"."+path, ".") }

// At is the value at a dotted path below the block, nil where there is none.
func (b Block) At(path string) any { return b.node.At(b.join(path)) }

// Text is the string at a path, empty where there is none.
func (b Block) Text(path string) string { return b.node.Text(b.join(path)) }

// Number is the number at a path, and whether there is one.
func (b Block) Number(path string) (float64, bool) {
	number, ok := b.At(path).(float64)
	return number, ok
}

// Texts are the strings of the list at a path.
func (b Block) Texts(path string) []string {
	list, _ := b.At(path).([]any)
	var texts []string
	for _, item := range list {
		if text, ok := item.(string); ok {
			texts = append(texts, text)
		}
	}
	return texts
}

// Blocks are the nested blocks of a name. Terraform's JSON lets a single block stand without its list.
func (b Block) Blocks(name string) []Block {
	path := b.join(name)
	switch value := b.node.At(path).(type) {
	case map[string]any:
		return []Block{{b.node, path}}
	case []any:
		var blocks []Block
		for i, item := range value {
			if _, ok := item.(map[string]any); ok {
				blocks = append(blocks, Block{b.node, fmt.Sprintf("%s.%d", path, i)})
			}
		}
		return blocks
	}
	return nil
}

// Only is the nested block of a name that may stand once, and whether it is there.
func (b Block) Only(name string) (Block, bool) {
	blocks := b.Blocks(name)
	if len(blocks) != 1 {
		return Block{}, false
	}
	return blocks[0], true
}

// Names are the names of the arguments and blocks that the block holds, in order.
func (b Block) Names() []string {
	body := b.node.Body
	if b.path != "" {
		body = b.node.At(b.path)
	}
	return sorted(object(body))
}

// Reference is the edge of an argument that is a reference and nothing else.
func (b Block) Reference(argument string) (Edge, bool) { return b.node.Reference(b.join(argument)) }

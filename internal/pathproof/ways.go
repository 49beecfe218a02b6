package pathproof

import "strings"

// Ways are those who may open a connection to a carrier of a name, each with the chain that begins outside of the
// VPC where one does: CloudFront → loadbalancer → nodes → database.
func (f *Facts) Ways(stacks []string, name string) []Reach {
	found := f.Reach(stacks, name)
	for i := range found {
		found[i].Chain = append(f.before(stacks, found[i].Chain[0].From, map[string]bool{name: true}), found[i].Chain...)
	}
	return found
}

// before is the shortest chain from outside to a carrier; empty where none begins outside.
func (f *Facts) before(stacks []string, name string, passed map[string]bool) Chain {
	type waiting struct {
		name  string
		chain Chain
	}
	passed[name] = true
	for queue := []waiting{{name: name}}; len(queue) > 0; queue = queue[1:] {
		here := queue[0]
		for _, reach := range f.Reach(stacks, here.name) {
			chain := append(Chain{reach.Chain[0]}, here.chain...)
			from := reach.Chain[0].From
			if len(f.carriersOf(stacks, from)) == 0 && !strings.HasSuffix(from, "subnets") {
				return chain
			}
			if !passed[from] {
				passed[from] = true
				queue = append(queue, waiting{from, chain})
			}
		}
	}
	return nil
}

// Carriers are the names that Reach and Ways know in some stacks.
func (f *Facts) Carriers(stacks []string) []string {
	var names []string
	for _, stack := range stacks {
		for _, one := range f.carriers {
			if one.node.Stack == stack {
				names = append(names, one.name)
			}
		}
	}
	return unique(names)
}

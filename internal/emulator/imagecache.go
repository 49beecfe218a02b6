package emulator

import (
	"maps"
	"net/http"
	"strings"
)

// imageCache stands in for the pull-through cache of a private registry: its rules and the templates of its repositories,
// each known by the prefix of the repositories' names.
type imageCache struct{ rules, templates *store[object] }

func newImageCache() *imageCache { return &imageCache{newStore[object](), newStore[object]()} }

func (c *imageCache) answer(r *Request) *Reply {
	switch r.Action {
	case "CreatePullThroughCacheRule", "UpdatePullThroughCacheRule", "DescribePullThroughCacheRules", "DeletePullThroughCacheRule":
		return cached{c.rules, "ecrRepositoryPrefix", "ecrRepositoryPrefixes", "pullThroughCacheRules", "PullThroughCacheRule"}.answer(r)
	case "CreateRepositoryCreationTemplate", "UpdateRepositoryCreationTemplate", "DescribeRepositoryCreationTemplates",
		"DeleteRepositoryCreationTemplate":
		return cached{c.templates, "prefix", "prefixes", "repositoryCreationTemplates", "Template"}.answer(r)
	}
	return nil
}

// cached is one of the two kinds, by the names of its members.
type cached struct {
	kept                *store[object]
	prefix, asked, list string
	exception           string // begins the names of its exceptions
}

func (c cached) answer(r *Request) *Reply {
	given := r.given()
	prefix, _ := given[c.prefix].(string)
	key := r.Region + "|" + prefix
	one, found := c.kept.get(key)
	isCreation := strings.HasPrefix(r.Action, "Create")
	switch {
	case strings.HasPrefix(r.Action, "Describe"):
		return c.described(r, given)
	case isCreation && found:
		return r.failure(http.StatusBadRequest, c.exception+"AlreadyExistsException")
	case !isCreation && !found:
		return r.failure(http.StatusBadRequest, c.exception+"NotFoundException")
	case strings.HasPrefix(r.Action, "Delete"):
		c.kept.remove(key)
	default:
		changed := maps.Clone(one)
		if isCreation {
			changed = object{"registryId": "000000000000"}
		}
		maps.Copy(changed, given)
		c.kept.put(key, changed)
		one = changed
	}
	if c.exception == "Template" {
		return jsonReply(object{"registryId": "000000000000", "repositoryCreationTemplate": one})
	}
	return jsonReply(one)
}

// described are those that are asked for, and all where none is.
func (c cached) described(r *Request, given object) *Reply {
	prefixes, _ := given[c.asked].([]any)
	list := []object{}
	for _, prefix := range prefixes {
		one, found := c.kept.get(r.Region + "|" + prefix.(string))
		if !found {
			return r.failure(http.StatusBadRequest, c.exception+"NotFoundException")
		}
		list = append(list, one)
	}
	if len(prefixes) == 0 {
		list = c.kept.below(r.Region)
	}
	return jsonReply(object{"registryId": "000000000000", c.list: list})
}

package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/suggest"
)

// didYouMean is the end of a message that says that a name is wrong: the near one, where one is near.
func didYouMean(name string, allowed []string) string {
	if nearest := suggest.Nearest(name, allowed); nearest != "" {
		return fmt.Sprintf("; did you mean %q?", nearest)
	}
	return ""
}

func environmentNames(all []environments.Environment) []string {
	var names []string
	for _, environment := range all {
		names = append(names, environment.Name)
	}
	return names
}

// named is the environment of a name that somebody typed.
func named(all []environments.Environment, name string) (environments.Environment, error) {
	i := slices.Index(environmentNames(all), name)
	if i < 0 {
		return environments.Environment{}, unknownEnvironment(name, all)
	}
	return all[i], nil
}

// chosen are the environments of names that somebody typed, each a comma-separated list; all of them where there is no
// name.
func chosen(all []environments.Environment, lists []string) ([]environments.Environment, error) {
	var found []environments.Environment
	for _, name := range strings.Split(strings.Join(lists, ","), ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		environment, err := named(all, name)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(environmentNames(found), name) {
			found = append(found, environment)
		}
	}
	if found == nil {
		return all, nil
	}
	return found, nil
}

func unknownEnvironment(name string, all []environments.Environment) error {
	names := environmentNames(all)
	return wrongUsage("no environment is called %q%s\nthere are %s",
		name, didYouMean(name, names), strings.Join(names, ", "))
}

package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/stacks/order"
)

// load reads the environment files, when a shell asks for the names in them.
type load func() ([]environments.Environment, error)

// complete has a shell complete a flag's value.
func complete(command *cobra.Command, flag string, names cobra.CompletionFunc) {
	if err := command.RegisterFlagCompletionFunc(flag, names); err != nil {
		panic(err) // there is no such flag: a mistake of the code
	}
}

// completeFirst has a shell complete a command's only argument with one of some names.
func completeFirst(load load, names func(catalog) []string) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		all, err := load()
		if err != nil || len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return names(newCatalog(all)), cobra.ShellCompDirectiveNoFileComp
	}
}

// completeTargets completes names of environments and stacks.
func completeTargets(load load) cobra.CompletionFunc { return completeFirst(load, catalog.targets) }

func completeEnvironment(load load) cobra.CompletionFunc {
	return completeFirst(load, func(c catalog) []string { return environmentNames(c.environments) })
}

// completePaired completes the names of environments that have another to fail over to or from.
func completePaired(load load) cobra.CompletionFunc {
	return completeFirst(load, func(c catalog) []string { return environmentNames(paired(c.environments)) })
}

func completeBootstrap(load load) cobra.CompletionFunc {
	return completeFirst(load, func(c catalog) []string { return namesOf(c.bootstrap()) })
}

// completeEnvironments completes comma-separated lists of environments.
func completeEnvironments(load load) cobra.CompletionFunc {
	return func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		all, err := load()
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return inList(typed, environmentNames(all)), cobra.ShellCompDirectiveNoFileComp
	}
}

// completeParts completes comma-separated lists of the stacks of the environment that the line names already.
func completeParts(load load) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
		all, err := load()
		if err != nil || len(args) == 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		own := order.Part(newCatalog(all).table, func(stack order.Stack) bool {
			return isOwn(stack) && stack.Environment == args[0]
		})
		return inList(typed, namesOf(own)), cobra.ShellCompDirectiveNoFileComp
	}
}

// completeLost completes comma-separated lists of the regions that the pair of the line needs.
func completeLost(load load) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
		all, err := load()
		if err != nil || len(args) == 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return inList(typed, regionsOfPair(all, args[0])), cobra.ShellCompDirectiveNoFileComp
	}
}

// completeFolders leaves a folder's name to the shell.
func completeFolders(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}

// inList are the names that can follow what a comma-separated list holds already, each after it.
func inList(typed string, names []string) []string {
	before := typed[:strings.LastIndex(typed, ",")+1]
	var completed []string
	for _, name := range names {
		if !strings.Contains(","+before, ","+name+",") {
			completed = append(completed, before+name)
		}
	}
	return completed
}

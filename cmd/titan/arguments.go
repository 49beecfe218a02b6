package main

import (
	"strconv"
	"strings"

	"github.com/spf13/cobra"
)

// none takes no argument.
func none(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return wrongUsage("it takes no argument, and %s is one too many", quoted(args))
	}
	return nil
}

// one takes exactly one argument, which what names in messages.
func one(what string) cobra.PositionalArgs { return between(1, 1, what) }

// between takes as many arguments as cobra.RangeArgs would, and names them in messages.
func between(least, most int, what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return wrongUsage("it takes %s", what)
		case len(args) > most:
			return wrongUsage("it takes %s, and not %s", what, quoted(args))
		}
		return nil
	}
}

func quoted(args []string) string {
	var words []string
	for _, arg := range args {
		words = append(words, strconv.Quote(arg))
	}
	return strings.Join(words, " ")
}

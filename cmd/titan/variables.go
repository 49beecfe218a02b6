package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// beforeVariable keeps in a shell what its variables were before it was pointed at an emulator. It has no TITAN_ before
// it, because programs on the emulator keep variables that have.
const beforeVariable = "_TITAN_BEFORE_EMULATOR"

// variables are those of a shell, by their names. What is empty is not there.
type variables map[string]string

// variablesOf takes the last of entries with one name, as programs do.
func variablesOf(entries []string) variables {
	v := variables{}
	for _, entry := range entries {
		name, value, _ := strings.Cut(entry, "=")
		if v[name] = value; value == "" {
			delete(v, name)
		}
	}
	return v
}

func (v variables) entries() []string {
	var entries []string
	for name, value := range v {
		entries = append(entries, name+"="+value)
	}
	return entries
}

// before are the variables as they were before the shell was pointed at an emulator, and whether it was.
func (v variables) before() (variables, bool, error) {
	before := maps.Clone(v)
	text, pointed := v[beforeVariable]
	if !pointed {
		return before, false, nil
	}
	var changed variables
	if err := json.Unmarshal([]byte(text), &changed); err != nil {
		return nil, false, fmt.Errorf("reading %s, in which titan emulator env keeps what it has changed: %w; "+
			"unset it, and set the shell's variables by hand", beforeVariable, err)
	}
	delete(before, beforeVariable)
	for name, value := range changed {
		if before[name] = value; value == "" {
			delete(before, name)
		}
	}
	return before, true, nil
}

// remember keeps what of the variables was another before.
func (v variables) remember(before variables) error {
	changed := variables{}
	for _, name := range v.differing(before) {
		changed[name] = before[name]
	}
	text, err := json.Marshal(changed)
	if err != nil {
		return fmt.Errorf("keeping what the shell had before: %w", err)
	}
	v[beforeVariable] = string(text)
	return nil
}

// differing are the names of those that are not the same in another shell, sorted.
func (v variables) differing(other variables) []string {
	names := map[string]bool{}
	for _, both := range []variables{v, other} {
		for name := range both {
			if v[name] != other[name] {
				names[name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// commandsTo are the commands of a POSIX shell after which its variables are those wanted.
func (v variables) commandsTo(wanted variables) string {
	var commands strings.Builder
	for _, name := range v.differing(wanted) {
		if value, there := wanted[name]; there {
			fmt.Fprintf(&commands, "export %s='%s'\n", name, strings.ReplaceAll(value, "'", `'\''`))
		} else {
			fmt.Fprintf(&commands, "unset %s\n", name)
		}
	}
	return commands.String()
}

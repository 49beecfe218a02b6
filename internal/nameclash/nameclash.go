// Package nameclash compares what stacks would make before any of it is written: two resources of one name in one
// account, region or cluster. AWS refuses most names that are taken, in the middle of an apply, and overwrites what has
// a topic's, a dashboard's or a setting's name without a word.
package nameclash

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Stack is the Terraform JSON of a stack (cdk.tf.json).
type Stack struct {
	Name string
	JSON []byte
}

// Clash is a name that more than one resource would have.
type Clash struct {
	Name   string   // aws_sns_topic titan-prod-operations
	Where  string   // what may have it once: account 333333333333 in eu-west-1
	Places []string // who would have it: prod: aws_sns_topic.operations
}

// String says the places and the remedy.
func (c Clash) String() string {
	return fmt.Sprintf(
		"%s would be made by %s, and %s has it once: rename an environment's file, set another project in an "+
			"account's file, or give one of the resources another name where it is declared",
		c.Name, strings.Join(c.Places, " and by "), c.Where)
}

// Check is an error that lists every clash, a line each; nil without any.
func Check(stacks []Stack) error {
	clashes, err := Find(stacks)
	if err != nil {
		return err
	}
	var all []error
	for _, clash := range clashes {
		all = append(all, errors.New(clash.String()))
	}
	return errors.Join(all...)
}

// Find are the clashes between and within stacks, by name.
func Find(stacks []Stack) ([]Clash, error) {
	makers := map[taken][]string{}
	for _, stack := range stacks {
		read, err := parse(stack)
		if err != nil {
			return nil, err
		}
		for _, resource := range read.resources() {
			for _, name := range resource.names() {
				makers[name] = append(makers[name], stack.Name+": "+resource.address)
			}
		}
	}
	byName := func(a, b taken) int { return strings.Compare(a.name+a.where, b.name+b.where) }
	var clashes []Clash
	for _, name := range slices.SortedFunc(maps.Keys(makers), byName) {
		if places := makers[name]; len(places) > 1 {
			clashes = append(clashes, Clash{name.name, name.where, places})
		}
	}
	return clashes, nil
}

// Unknown are the resources whose types the table does not have, though they have an argument that looks like a name:
// they are compared by convention.
func Unknown(stacks []Stack) ([]string, error) {
	var unknown []string
	for _, stack := range stacks {
		read, err := parse(stack)
		if err != nil {
			return nil, err
		}
		for _, resource := range read.resources() {
			if _, known := rules[resource.kind]; known {
				continue
			}
			if argument := resource.ownName(); argument != "" {
				unknown = append(unknown,
					fmt.Sprintf("%s: %s has %s %q", stack.Name, resource.address, argument, resource.text(argument)))
			}
		}
	}
	return unknown, nil
}

// Types are the types of the table.
func Types() []string { return slices.Sorted(maps.Keys(rules)) }

// taken is a name, and where it may be once.
type taken struct{ name, where string }

// content is what of a stack's JSON matters for names.
type content struct {
	name      string
	Provider  map[string][]provider                `json:"provider"`
	Resources map[string]map[string]map[string]any `json:"resource"`
}

// provider is the configuration of a stack's AWS provider.
type provider struct {
	Alias    string   `json:"alias"`
	Region   string   `json:"region"`
	Accounts []string `json:"allowed_account_ids"`
}

func parse(stack Stack) (content, error) {
	read := content{name: stack.Name}
	if err := json.Unmarshal(stack.JSON, &read); err != nil {
		return content{}, fmt.Errorf("reading the names in stack %q: %w", stack.Name, err)
	}
	return read, nil
}

// resources are the stack's, by type and then by address.
func (c content) resources() []resource {
	var all []resource
	for _, kind := range slices.Sorted(maps.Keys(c.Resources)) {
		for _, id := range slices.Sorted(maps.Keys(c.Resources[kind])) {
			body := c.Resources[kind][id]
			all = append(all, resource{c.name, c.providerOf(body), kind, kind + "." + id, body})
		}
	}
	return all
}

// providerOf is the AWS provider of a resource: the one it names, as aws.second, else the stack's own.
func (c content) providerOf(body map[string]any) provider {
	reference, _ := body["provider"].(string)
	for _, one := range c.Provider["aws"] {
		if one.Alias == strings.TrimPrefix(strings.TrimPrefix(reference, "aws"), ".") {
			return one
		}
	}
	return provider{}
}

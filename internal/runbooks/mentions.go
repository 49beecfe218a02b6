package runbooks

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// part is what a name is made of: letters, placeholders, ellipses.
const part = `(?:[A-Za-z0-9_./:*!@…-]|<[a-z][a-z ]*>)`

var (
	// Names of ours begin so. What AWS names, and what others do, is not looked for.
	named = regexp.MustCompile(`(?:/aws/|/<project>-|/titan-|alias/|titan-|<project>[-_]|<name>[-/]|birthday-db-|` +
		`db-credentials-|xray-eks-|app-tracing-group-)` + part + `*`)
	arn       = regexp.MustCompile(`arn:aws:` + part + `+`)
	address   = regexp.MustCompile(`(?:data\.)?(?:aws_[a-z0-9_]+|helm_release|kubernetes_[a-z0-9_]+)\.` + part + `+`)
	addressOf = regexp.MustCompile(`<(?:the )?address of (?:the )?([a-z0-9_]+)>`)
	outputOf  = regexp.MustCompile(`<(?:the )?output ([a-z_]+) of ([^<>]+|<[^<>]+>)>`)
	folder    = regexp.MustCompile(`cdktf\.out/stacks/(` + part + `+)`)
	within    = regexp.MustCompile(`[A-Za-z0-9_/:.>-]$`) // a match behind this is the rest of another word
)

// Unknown are the names in a text that no stack has. made are those that the page itself has somebody make.
func (n *Names) Unknown(text string, made []string) []string {
	var unknown []string
	missing := func(format string, args ...any) { unknown = append(unknown, fmt.Sprintf(format, args...)) }
	for _, found := range outputOf.FindAllStringSubmatch(text, -1) {
		if !n.hasOutput(found[1], found[2]) {
			missing("the output %s of %s", found[1], found[2])
		}
	}
	for _, found := range addressOf.FindAllStringSubmatch(text, -1) {
		if !n.hasType(found[1]) {
			missing("a resource of type %s", found[1])
		}
	}
	text = outputOf.ReplaceAllString(text, "…")
	for _, found := range folder.FindAllStringSubmatch(text, -1) {
		if stack, _, _ := strings.Cut(found[1], "/"); !n.isStack(stack) && stack != "" {
			missing("the stack %s", stack)
		}
	}
	for _, found := range address.FindAllString(text, -1) {
		if address := trimmed(found); !n.isAddress(address) {
			missing("the address %s", address)
		}
	}
	for _, found := range arn.FindAllString(text, -1) {
		n.judgeARN(trimmed(found), made, missing)
	}
	text = address.ReplaceAllString(arn.ReplaceAllString(folder.ReplaceAllString(text, "…"), "…"), "…")
	text = strings.ReplaceAll(text, "s3://", " ")
	for _, at := range named.FindAllStringIndex(text, -1) {
		name := trimmed(text[at[0]:at[1]])
		if !within.MatchString(text[:at[0]]) && !n.known(name, made) {
			missing("%s", name)
		}
	}
	slices.Sort(unknown)
	return slices.Compact(unknown)
}

// trimmed is a match without what ends a sentence.
func trimmed(name string) string { return strings.TrimRight(name, ".:/") }

// known is whether a stack has a name, or the page makes it; of a path in a bucket, whether a stack has the bucket; of
// an image, whether there is the repository.
func (n *Names) known(name string, made []string) bool {
	candidates := []string{name, strings.TrimSuffix(name, "-"), name + "/…"}
	if bucket, _, isPath := strings.Cut(name, "/"); isPath && bucket != "" && bucket != "alias" {
		candidates = append(candidates, bucket)
	}
	for _, end := range []string{":", "@"} {
		if before, _, found := strings.Cut(name, end); found {
			candidates = append(candidates, before)
		}
	}
	return slices.ContainsFunc(candidates, func(candidate string) bool {
		return slices.ContainsFunc(made, matcher(candidate).MatchString) || n.isThere(candidate)
	})
}

// judgeARN looks for the account and the name in an ARN.
func (n *Names) judgeARN(written string, made []string, missing func(string, ...any)) {
	fields := strings.SplitN(written, ":", 6)
	if len(fields) < 6 { // a service's, or the beginning of one
		return
	}
	if account := fields[4]; account != "" && !isOpen(account) && account != "aws" && account != "*" &&
		!n.accounts[account] {
		missing("the account %s of %s", account, written)
	}
	resource := fields[5]
	if resource == "…" || resource == "*" || strings.HasPrefix(resource, "policy/") && fields[4] == "aws" {
		return
	}
	candidates := []string{resource}
	if at := strings.IndexAny(resource, ":/"); at >= 0 {
		candidates = append(candidates, resource[at+1:])
	}
	if !slices.ContainsFunc(candidates, func(name string) bool { return isOnlyOpen(name) || n.known(name, made) }) {
		missing("%s", written)
	}
}

// isOnlyOpen is whether a name is a placeholder alone.
func isOnlyOpen(name string) bool {
	return strings.Trim(placeholder.ReplaceAllString(name, ""), "…*/:-") == ""
}

package faststart

import "strings"

// jsii-runtime-go gives Node this much memory, but only while NODE_OPTIONS is unset (its
// internal/kernel/process/process.go).
const heapOption = "--max-old-space-size=4069"

// withRequire adds file to NODE_OPTIONS, once, and jsii's heap size unless the user gave one.
func withRequire(options, file string) string {
	require := "--require " + quote(file)
	if strings.Contains(options, require) {
		return options
	}
	parts := []string{require}
	if options != "" {
		parts = []string{options, require}
	}
	// Node takes _ for - in its own and V8's option names.
	if !strings.Contains(strings.ReplaceAll(options, "_", "-"), "--max-old-space-size") {
		parts = append([]string{heapOption}, parts...)
	}
	return strings.Join(parts, " ")
}

// quote makes a path one word of NODE_OPTIONS: Node splits at spaces outside double quotes, and inside
// them a backslash escapes.
func quote(path string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(path) + `"`
}

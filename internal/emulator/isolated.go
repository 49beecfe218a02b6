package emulator

import (
	"os"
	"slices"
	"strings"
)

// allowed are the variables of the caller's that a program on an emulator keeps: where programs, caches and temporary
// folders are, and how text looks. Whatever else an AWS SDK, Terraform, the cdktf CLI or Python reads, now or in a later
// version, is not among them.
var allowed = []string{
	"PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "COLORTERM", "NO_COLOR", "LANG", "LANGUAGE", "TZ", "TMPDIR",
	"XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME",
	// The synthesis is built with Go, from the module and build caches.
	"GOROOT", "GOPATH", "GOBIN", "GOCACHE", "GOMODCACHE", "GOTMPDIR", "GOENV", "GOFLAGS", "GOTOOLCHAIN", "GOWORK",
	"GOMAXPROCS", "CGO_ENABLED", "CC", "LD_LIBRARY_PATH",
	// Version managers put programs of theirs before Go, Node, Python and Terraform, which ask these.
	"ASDF_DIR", "ASDF_DATA_DIR", "GOENV_ROOT", "MISE_DATA_DIR", "NVM_DIR", "PYENV_ROOT", "PYENV_VERSION",
	"TFENV_CONFIG_DIR", "TFENV_ROOT", "VOLTA_HOME",
}

// allowedPrefixes are Titan's own variables, and the parts of LANG.
var allowedPrefixes = []string{"TITAN_", "LC_"}

// Isolated is the whole environment of a program that works with the emulator at a URL and must reach nothing else,
// whatever the caller's own environment and files in HOME say. What it sends to other hosts goes to the emulator's
// proxy, which refuses it by name.
func Isolated(url string) []string {
	env := caller()
	for _, entry := range Environment(url) {
		if !strings.HasSuffix(entry, "=") { // what is unset is not there
			env = append(env, entry)
		}
	}
	return append(env,
		"HTTPS_PROXY="+url,
		// Modules and toolchain are there since `make setup`.
		"GOPROXY=off",
		// In place of ~/.terraformrc, whose dev_overrides would win over a plugin folder (Terraform, 'CLI Configuration').
		"TF_CLI_CONFIG_FILE="+os.DevNull,
		"CHECKPOINT_DISABLE=1",
	)
}

// caller is what is left of this process's environment.
func caller() []string {
	return slices.DeleteFunc(os.Environ(), func(entry string) bool {
		name, _, _ := strings.Cut(entry, "=")
		return !slices.Contains(allowed, name) &&
			!slices.ContainsFunc(allowedPrefixes, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
	})
}

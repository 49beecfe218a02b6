package terraform

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// The variables of Terraform's that a run of several stacks has something to say to.
const (
	initArguments = "TF_CLI_ARGS_init"
	lockArguments = "TF_CLI_ARGS_providers_lock"
	dataDir       = "TF_DATA_DIR"
	workspaceName = "TF_WORKSPACE"
	configFile    = "TF_CLI_CONFIG_FILE"
)

// Environment is the environment for a child process that runs Terraform, the cdktf CLI included, in a stack that needs
// the AWS provider alone: this process's, plus extra, with the plugin folder handed to the two commands that look for
// providers. A TF_WORKSPACE that would give the stacks other states is refused.
func Environment(extra ...string) ([]string, error) {
	return EnvironmentWith([]string{"aws"}, extra...)
}

// EnvironmentWith is Environment for stacks that need some providers (aws, helm, kubernetes).
func EnvironmentWith(providers []string, extra ...string) ([]string, error) {
	if name := os.Getenv(workspaceName); name != "" && name != "default" {
		return nil, fmt.Errorf("%s is %q: it would give every stack another, empty state; unset it", workspaceName, name)
	}
	dir, err := PluginDirWith(providers...)
	if err != nil {
		return nil, err
	}
	return EnvironmentFrom(dir, extra...), nil
}

// EnvironmentFrom is Environment with providers from a plugin folder; empty is none.
func EnvironmentFrom(dir string, extra ...string) []string {
	return EnvironmentOver(os.Environ(), dir, extra...)
}

// EnvironmentOver is EnvironmentFrom over another environment than this process's.
func EnvironmentOver(base []string, dir string, extra ...string) []string {
	env := slices.DeleteFunc(slices.Clone(base), func(entry string) bool {
		name, value, _ := strings.Cut(entry, "=")
		// The folders of stacks can't share a data folder, which remembers one backend.
		return name == dataDir || name == configFile && isMissing(value)
	})
	if dir != "" {
		// The CLI runs `terraform providers lock` after init, which asks the registry unless told otherwise.
		env = withFlag(env, initArguments, "-plugin-dir", dir)
		env = withFlag(env, lockArguments, "-fs-mirror", dir)
	}
	return append(append(env, "TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1"), extra...)
}

// withFlag adds a flag to a variable of arguments, and leaves one that the variable has. Terraform splits it at spaces
// like a shell, hence the quotes.
func withFlag(env []string, variable, flag, value string) []string {
	arguments := ""
	for _, entry := range env {
		if given, ok := strings.CutPrefix(entry, variable+"="); ok {
			arguments = given + " "
		}
	}
	if strings.Contains(arguments, flag) {
		return env
	}
	return append(env, fmt.Sprintf(`%s=%s%s="%s"`, variable, arguments, flag, value))
}

// isMissing is whether there is no such file: every command would warn of a CLI configuration that is missing.
func isMissing(file string) bool {
	_, err := os.Stat(file)
	return errors.Is(err, fs.ErrNotExist)
}

package delivery

import (
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// specification is what of CodeBuild's build specification the project uses (CodeBuild User Guide, 'Build specification
// reference for CodeBuild').
type specification struct {
	Version float64
	Env     struct {
		Shell    string
		Exported []string `yaml:"exported-variables"`
	}
	Phases struct {
		Install, PreBuild, Build phase
	}
}

type phase struct {
	OnFailure string `yaml:"on-failure"`
	Commands  []string
}

// UnmarshalYAML gives pre_build its name.
func (s *specification) UnmarshalYAML(node *yaml.Node) error {
	var raw struct {
		Version float64
		Env     struct {
			Shell    string
			Exported []string `yaml:"exported-variables"`
		}
		Phases struct {
			Install, Build phase
			PreBuild       phase `yaml:"pre_build"`
		}
	}
	if err := node.Decode(&raw); err != nil {
		return err
	}
	s.Version, s.Env = raw.Version, raw.Env
	s.Phases.Install, s.Phases.PreBuild, s.Phases.Build = raw.Phases.Install, raw.Phases.PreBuild, raw.Phases.Build
	return nil
}

func (s specification) commands() []string {
	return slices.Concat(s.Phases.Install.Commands, s.Phases.PreBuild.Commands, s.Phases.Build.Commands)
}

// specifications are all of the package's, by their files' names.
var specifications = map[string]string{
	"build":   buildSpec,
	"promote": promoteSpec,
	"publish": publishSpec,
	"deploy":  deploySpec,
}

func parseSpecification(t *testing.T, text string) specification {
	t.Helper()
	decoder := yaml.NewDecoder(strings.NewReader(text))
	decoder.KnownFields(true)
	var spec specification
	if err := decoder.Decode(&spec); err != nil {
		t.Fatal(err)
	}
	return spec
}

func TestBuildspecsAreWhatCodeBuildTakes(t *testing.T) {
	terraforms := regexp.MustCompile(`[$%]\{`)
	for name, text := range specifications {
		t.Run(name, func(t *testing.T) {
			spec := parseSpecification(t, text)
			if spec.Version != 0.2 || spec.Env.Shell != "bash" {
				t.Errorf("version %v, shell %q", spec.Version, spec.Env.Shell)
			}
			// Without it CodeBuild goes on to later phases with a build that failed.
			if spec.Phases.Build.OnFailure != "ABORT" {
				t.Errorf("build goes on after a failure: %q", spec.Phases.Build.OnFailure)
			}
			if found := terraforms.FindAllString(text, -1); found != nil {
				t.Errorf("%v would be Terraform's", found)
			}
			for _, command := range spec.commands() {
				if strings.Contains(command, "\n") && !strings.Contains(command, "set -euo pipefail") {
					t.Errorf("a script that goes on after a failure:\n%s", command)
				}
				check := exec.CommandContext(t.Context(), "bash", "-n")
				check.Stdin = strings.NewReader(command)
				if output, err := check.CombinedOutput(); err != nil {
					t.Errorf("bash: %v\n%s\n%s", err, output, command)
				}
			}
		})
	}
}

// A download is used only after its checksum was found right.
func TestDownloadsAreCheckedBeforeTheyAreUnpacked(t *testing.T) {
	for name, text := range specifications {
		commands := parseSpecification(t, text).Phases.Install.Commands
		for i, command := range commands {
			if strings.HasPrefix(command, "curl ") &&
				(i+2 >= len(commands) || !strings.Contains(commands[i+1], "sha256sum --check --strict") ||
					!strings.HasPrefix(commands[i+2], "tar ")) {
				t.Errorf("%s unpacks a download unchecked: %q", name, commands)
			}
		}
	}
	for _, tool := range []tool{helm, trivy["amd64"], trivy["arm64"]} {
		if !regexp.MustCompile(`^[0-9a-f]{64}$`).MatchString(tool.sha256) || !strings.HasPrefix(tool.url, "https://") {
			t.Errorf("%+v", tool)
		}
	}
}

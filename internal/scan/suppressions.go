package scan

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/titan-platform/titan/internal/exceptions"
)

// maxSuppressions is how many exceptions the project allows itself, a file, beside those for what is on request. It was
// 28 until empty lists were dropped from plans, which showed CKV2_AWS_39, 29 until development had no flow logs, and 30
// until a new web ACL's groups counted before they block.
const maxSuppressions = 31

// What the scanner finds in plans and in charts, and what the IAM linter finds, are apart, a file each.
var (
	//go:embed suppressions.yaml
	suppressionsYAML []byte
	//go:embed chart-suppressions.yaml
	chartSuppressionsYAML []byte
	//go:embed iam-suppressions.yaml
	iamSuppressionsYAML []byte
)

// Suppression is a finding that the project lives with, and why.
type Suppression struct {
	Check string // CKV_AWS_338, IAM_RESOURCE_STAR
	// Resource is an address, with * for what differs: aws_kms_key.encryption_*; never a whole type. The IAM linter's ends
	// in a statement's Sid: aws_kms_key.*/AccountAllowsByIAM. A chart's object is Deployment.*.birthday-app.
	Resource     string
	Also         []string // more addresses that the same reason holds for, each of which has to match something
	AlsoChecks   []string `yaml:"also_checks"` // more checks, likewise
	Environments []string // by kind (development, standby, …) or, in a file of one's own, name; empty is everywhere
	Stacks       []string // in which stacks of those, with * for what differs: *.second; empty is in each
	OnRequest    string   `yaml:"on_request"` // the setting that makes what it is for; no committed environment has it
	Reason       string   // for an auditor
}

// OwnFile has what the files beside it ask for and the scanner finds, in a folder of environments.
const OwnFile = "scan/suppressions.yaml"

// Suppressions reads the project's suppressions.
func Suppressions() ([]Suppression, error) {
	plans, err := parse(suppressionsYAML, nil)
	charts, chartErr := parse(chartSuppressionsYAML, nil)
	policies, iamErr := parse(iamSuppressionsYAML, nil)
	for _, list := range [][]Suppression{plans, charts, policies} {
		err = errors.Join(err, tooMany(list))
	}
	return slices.Concat(expanded(plans), expanded(charts), expanded(policies)), errors.Join(err, chartErr, iamErr)
}

func tooMany(list []Suppression) error {
	list = slices.DeleteFunc(slices.Clone(list), func(s Suppression) bool { return s.OnRequest != "" })
	if len(list) > maxSuppressions {
		return fmt.Errorf("%d suppressions, at most %d are allowed: mend some findings", len(list), maxSuppressions)
	}
	return nil
}

// Own reads the suppressions of a folder of environments, which may have none. They may be for an
// environment by its name.
func Own(dir string, names []string) ([]Suppression, error) {
	text, err := os.ReadFile(filepath.Join(dir, OwnFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the suppressions: %w", err)
	}
	list, err := parse(text, names)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(dir, OwnFile), err)
	}
	return expanded(list), nil
}

// parse reads suppressions for kinds of environments, and for those of these names.
func parse(text []byte, names []string) ([]Suppression, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	var list []Suppression
	if err := decoder.Decode(&list); err != nil {
		return nil, fmt.Errorf("reading the suppressions: %w", err)
	}
	where := slices.Concat(kinds(), names)
	var problems []error
	for i, s := range list {
		for _, one := range expanded([]Suppression{s}) {
			if problem := one.problem(where); problem != "" {
				problems = append(problems, fmt.Errorf("suppression %d (%s): %s", i+1, s.Check, problem))
			}
		}
	}
	return list, errors.Join(problems...)
}

// expanded is a suppression for each check and address.
func expanded(list []Suppression) []Suppression {
	var each []Suppression
	for _, s := range list {
		for _, check := range append([]string{s.Check}, s.AlsoChecks...) {
			for _, address := range append([]string{s.Resource}, s.Also...) {
				one := s
				one.Check, one.AlsoChecks, one.Resource, one.Also = check, nil, address, nil
				each = append(each, one)
			}
		}
	}
	return each
}

// problem is what is wrong with a suppression, of environments of these kinds and names.
func (s Suppression) problem(where []string) string {
	kind, name, ok := strings.Cut(s.Resource, ".")
	switch {
	case !strings.HasPrefix(s.Check, "CKV") && !strings.HasPrefix(s.Check, "IAM_"):
		return fmt.Sprintf("check is %q; name one check, such as CKV_AWS_338 or IAM_RESOURCE_STAR", s.Check)
	case !ok || strings.Contains(kind, "*") || strings.Trim(name, "*") == "":
		return fmt.Sprintf("resource is %q; name a module's resources, such as aws_kms_key.encryption_*, not a whole type",
			s.Resource)
	case len(s.Reason) < 20:
		return fmt.Sprintf("reason is %q; say why, so that an auditor would accept it", s.Reason)
	}
	for _, of := range s.Environments {
		if !slices.Contains(where, of) {
			return fmt.Sprintf("environments has %q; allowed: %s", of, strings.Join(where, ", "))
		}
	}
	if _, err := path.Match(s.Resource, ""); err != nil {
		return fmt.Sprintf("resource is %q, which is no pattern", s.Resource)
	}
	for _, stack := range s.Stacks {
		if _, err := path.Match(stack, ""); err != nil {
			return fmt.Sprintf("stack is %q, which is no pattern", stack)
		}
	}
	return ""
}

// covers is whether a finding is suppressed.
func (s Suppression) covers(f Finding) bool {
	return s.Check == f.Check && matches(s.Resource, f.Resource) &&
		(len(s.Environments) == 0 || slices.ContainsFunc(s.Environments, f.isOf)) &&
		(len(s.Stacks) == 0 || slices.ContainsFunc(s.Stacks, func(stack string) bool { return matches(stack, f.Stack) }))
}

func matches(pattern, name string) bool {
	matched, _ := path.Match(pattern, name) // problem has tried the pattern
	return matched
}

// Judge parts findings into those that stand and those that are suppressed, and names the
// suppressions that matched nothing.
func Judge(findings []Finding, suppressions []Suppression) (standing, suppressed []Finding, idle []Suppression) {
	return exceptions.Judge(findings, suppressions, Suppression.covers)
}

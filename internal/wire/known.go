package wire

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"regexp"
	"sync"

	"go.yaml.in/yaml/v3"
)

//go:embed known.yaml
var knownYAML []byte

// Alarm is a finding that is none: AWS takes what a model or a document forbids.
type Alarm struct {
	Service   string // elbv2
	Operation string // CreateRule
	Member    string // path with [] for each index: .Rules[].Name
	Kind      string // as the finding has it
	Value     string // a regular expression of the whole value; empty is any
	Reason    string
	Source    string // where AWS, the provider or an issue says so

	value *regexp.Regexp
}

// Known are the known false alarms.
type Known struct {
	alarms []*Alarm

	mutex  sync.Mutex
	judged map[string]bool // operations that were judged
	used   map[*Alarm]bool
}

// ReadKnown reads a list of known false alarms, strictly.
func ReadKnown(text []byte) (*Known, error) {
	k := &Known{judged: map[string]bool{}, used: map[*Alarm]bool{}}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&k.alarms); err != nil && !errors.Is(err, io.EOF) { // a file of comments alone has none
		return nil, fmt.Errorf("reading the known false alarms: %w", err)
	}
	var problems []error
	for i, alarm := range k.alarms {
		var err error
		if alarm.value, err = regexp.Compile(`(?s)^(?:` + alarm.Value + `)$`); err != nil {
			problems = append(problems, fmt.Errorf("known false alarm %d: value: %w", i+1, err))
		}
		fields := []string{alarm.Service, alarm.Operation, alarm.Member, alarm.Kind, alarm.Reason, alarm.Source}
		for field, name := range []string{"service", "operation", "member", "kind", "reason", "source"} {
			if fields[field] == "" {
				problems = append(problems, fmt.Errorf("known false alarm %d has no %s", i+1, name))
			}
		}
	}
	return k, errors.Join(problems...)
}

// called notes which operations were judged: an alarm of another one can't be idle.
func (k *Known) called(operations map[string]int) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	for operation := range operations {
		k.judged[operation] = true
	}
}

func (k *Known) explain(f Finding) (reason string, known bool) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	for _, a := range k.alarms {
		isIt := a.Service == f.Service && a.Operation == f.Operation && a.Member == place(f.Member) && a.Kind == f.Kind
		if isIt && (a.Value == "" || a.value.MatchString(f.Value)) {
			k.used[a] = true
			return a.Reason + " (" + a.Source + ")", true
		}
	}
	return "", false
}

func (k *Known) idle() []string {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	var idle []string
	for _, a := range k.alarms {
		if k.judged[a.Service+" "+a.Operation] && !k.used[a] {
			idle = append(idle, fmt.Sprintf("known false alarm %s %s %s (%s) explains nothing: take it out of known.yaml",
				a.Service, a.Operation, a.Member, a.Kind))
		}
	}
	return idle
}

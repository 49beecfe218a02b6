package failover

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/environments/edit"
)

// work is a failover, or a way back, while it goes on.
type work struct {
	Options
	aws                AWS
	primary, secondary environments.Environment // as their files are now
	lost               map[environments.Region]bool
}

func (w *work) say(format string, args ...any) { fmt.Fprintf(w.Out, format+"\n", args...) }

// load reads the pair from its files.
func (w *work) load() error {
	all, err := environments.Load(w.Folder, "")
	if err != nil {
		return err
	}
	var pairs []string
	for _, secondary := range all {
		if secondary.Peers.Primary == nil {
			continue
		}
		primary := secondary.Peers.Primary.Environment
		pairs = append(pairs, primary.Name+" with "+secondary.Name)
		if w.Environment == primary.Name || w.Environment == secondary.Name {
			w.secondary = secondary
			for _, environment := range all {
				if environment.Name == primary.Name {
					w.primary = environment // with its own peers
				}
			}
			return nil
		}
	}
	if pairs == nil {
		return errors.New("no environment has a secondary (dr.primary), so that there is nothing to fail over to")
	}
	return fmt.Errorf("%q is in no pair; there are: %s", w.Environment, strings.Join(pairs, ", "))
}

// one is the environment of a role.
func (w *work) one(role environments.DRRole) environments.Environment {
	if role == environments.DRPrimary {
		return w.primary
	}
	return w.secondary
}

// edit changes files of environments, shows what changes, and writes all of it or nothing, and only what loads.
func (w *work) edit(changes ...change) error {
	var files []*edit.File
	byName := map[string]*edit.File{}
	for _, c := range changes {
		file := byName[c.environment]
		if file == nil {
			opened, err := edit.Open(filepath.Join(w.Folder, c.environment+".yaml"))
			if err != nil {
				return err
			}
			file = opened
			byName[c.environment], files = file, append(files, file)
		}
		if err := c.make(file); err != nil {
			return err
		}
	}
	for _, file := range files {
		if diff := file.Diff(); diff != "" {
			w.say("%s", strings.TrimRight(diff, "\n"))
		}
	}
	check := func(folder string) error {
		_, err := environments.Load(folder, "")
		return err
	}
	if err := edit.Save(check, files...); err != nil {
		return err
	}
	return w.load()
}

// change is a change of an environment's file.
type change struct {
	environment string
	make        func(*edit.File) error
}

func set(environment environments.Environment, setting string, value any) change {
	return change{environment.Name, func(f *edit.File) error { return f.Set(setting, value) }}
}

func appendTo(environment environments.Environment, setting, item string) change {
	return change{environment.Name, func(f *edit.File) error { return f.Append(setting, item) }}
}

func remove(environment environments.Environment, setting string) change {
	return change{environment.Name, func(f *edit.File) error { return f.Remove(setting) }}
}

// when is a time as a person reads it, with how long ago it is.
func (w *work) when(at time.Time) string {
	age := w.Now().Sub(at)
	text := fmt.Sprintf("%d minutes", int(age.Minutes()))
	switch {
	case age >= 48*time.Hour:
		text = fmt.Sprintf("%d days", int(age.Hours()/24))
	case age >= 2*time.Hour:
		text = fmt.Sprintf("%d hours", int(age.Hours()))
	}
	return fmt.Sprintf("%s, %s ago", at.UTC().Format("2006-01-02 15:04 UTC"), text)
}

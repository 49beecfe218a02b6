package conformance

import (
	"fmt"
	"strings"
)

// Section is a part of a table: an environment with some settings, and what comes of requests to it.
type Section struct {
	File, Title string
	Environment string // the fixture's file that the settings go on top of
	Settings    string // YAML
	Rows        []Row
}

// Row is one request and what comes of it, each cell as it is written.
type Row struct {
	Line                                int
	Case, Request, Origin, Client, Kept string
	Sent                                string // what the first origin is sent; empty where the table does not say
}

// columns are a table's heading, word by word.
const (
	columns     = "| case | request | origin answers | client gets | kept |"
	withSent    = "| case | request | origin answers | client gets | kept | origin is sent |"
	environment = "```yaml "
)

// Parse reads a Markdown file of sections. A section has a heading of the second level, its settings as a fenced block
// of YAML whose info string names the environment, and a table.
func Parse(file, text string) ([]Section, error) {
	var sections []Section
	fenced, columnsSeen := false, 0
	for i, line := range strings.Split(text, "\n") {
		at := fmt.Sprintf("%s:%d", file, i+1)
		title, isTitle := strings.CutPrefix(line, "## ")
		switch {
		case isTitle && !fenced:
			sections = append(sections, Section{File: file, Title: title})
			columnsSeen = 0
			continue
		case len(sections) == 0:
			continue // what comes before the first section is for the reader
		}
		section := &sections[len(sections)-1]
		switch {
		case strings.HasPrefix(line, environment):
			fenced, section.Environment = true, strings.TrimPrefix(line, environment)
		case fenced && line == "```":
			fenced = false
		case fenced:
			section.Settings += line + "\n"
		case line == columns || line == withSent:
			columnsSeen = strings.Count(line, "|") - 1
		case strings.HasPrefix(line, "| --"):
		case strings.HasPrefix(line, "|"):
			cells := strings.Split(strings.Trim(line, "|"), "|")
			if columnsSeen == 0 || len(cells) != columnsSeen || section.Environment == "" {
				return nil, fmt.Errorf("%s: %d cells below a heading of %d, in an environment %q",
					at, len(cells), columnsSeen, section.Environment)
			}
			section.Rows = append(section.Rows, newRow(i+1, cells))
		}
	}
	for _, section := range sections {
		if len(section.Rows) == 0 {
			return nil, fmt.Errorf("%s: section %q has no rows", file, section.Title)
		}
	}
	return sections, nil
}

func newRow(line int, cells []string) Row {
	for i := range cells {
		cells[i] = strings.TrimSpace(strings.ReplaceAll(cells[i], "`", ""))
	}
	row := Row{Line: line, Case: cells[0], Request: cells[1], Origin: cells[2], Client: cells[3], Kept: cells[4]}
	if len(cells) > 5 {
		row.Sent = cells[5]
	}
	return row
}

// Named is the row with the environment's names in the place of {name}, the one that users call, and {zone}.
func (r Row) Named(name, zone string) Row {
	replace := strings.NewReplacer("{name}", name, "{zone}", zone)
	r.Request, r.Client, r.Sent = replace.Replace(r.Request), replace.Replace(r.Client), replace.Replace(r.Sent)
	return r
}

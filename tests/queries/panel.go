package queries

import (
	"fmt"
	"regexp"
	"time"

	"github.com/prometheus/prometheus/promql"
)

// covered is the share of a panel's points that a line has to have.
const covered = 0.95

var legendLabel = regexp.MustCompile(`{{\s*(\w+)\s*}}`)

// Problems are what keeps a panel from showing what it says: a query that answers nothing where there is trouble to
// show, or a panel without any line where there is none.
func (p Panel) Problems(view View, well, troubled World) []string {
	var problems []string
	say := func(t Target, format string, values ...any) {
		problems = append(problems, fmt.Sprintf("%s: %s: %s", p.Title, t.Expr, fmt.Sprintf(format, values...)))
	}
	step, err := view.Step()
	if err != nil {
		return []string{err.Error()}
	}
	asked, lines := false, 0
	for _, target := range p.Targets {
		if target.Expr == "" {
			continue
		}
		asked = true
		expr, err := view.Expand(target.Expr)
		if err != nil {
			say(target, "%v", err)
			continue
		}
		found, err := target.ask(well, expr, view.Range, step)
		if err != nil {
			say(target, "%v", err)
			continue
		}
		lines += len(found)
		for _, line := range found {
			if outside := p.outside(line); outside != nil && p.Unit == "percentunit" {
				say(target, "is %v of %s, which is a share of one", *outside, line.Metric)
			}
		}
		for _, problem := range target.problems(troubled, expr, view.Range, step) {
			say(target, "%s", problem)
		}
	}
	if asked && lines == 0 {
		problems = append(problems, fmt.Sprintf("%s: no query answers where all is well: that looks like a broken one",
			p.Title))
	}
	return problems
}

// problems are those of a target's query where there is something to show.
func (t Target) problems(troubled World, expr string, back, step time.Duration) []string {
	missing, err := troubled.Missing(expr)
	if err != nil {
		return []string{err.Error()}
	}
	var problems []string
	for _, selector := range missing {
		problems = append(problems, "no exporter has "+selector)
	}
	parts, err := alternatives(expr)
	if err != nil {
		return []string{err.Error()}
	}
	for _, part := range parts {
		lines, err := t.ask(troubled, part, back, step)
		if err != nil {
			problems = append(problems, err.Error())
		} else if len(lines) == 0 {
			problems = append(problems, fmt.Sprintf("%s answers nothing in %s at a step of %s", part, back, step))
		}
	}
	return append(problems, t.nameless(troubled, expr, back, step)...)
}

// nameless are the labels of the legend that an answer lacks: its lines would be called by nothing.
func (t Target) nameless(troubled World, expr string, back, step time.Duration) []string {
	lines, err := t.ask(troubled, expr, back, step)
	if err != nil {
		return []string{err.Error()}
	}
	var problems []string
	for _, label := range legendLabel.FindAllStringSubmatch(t.Legend, -1) {
		for _, line := range lines {
			if line.Metric.Get(label[1]) == "" {
				problems = append(problems, fmt.Sprintf("legend %q: an answer has no %s", t.Legend, label[1]))
				break
			}
		}
	}
	return problems
}

// ask returns the lines of an answer that have the points that a panel draws.
func (t Target) ask(w World, expr string, back, step time.Duration) (promql.Matrix, error) {
	all, err := w.Ask(expr, back, step)
	if err != nil {
		return nil, err
	}
	var lines promql.Matrix
	for _, series := range all {
		if float64(len(series.Floats)) >= covered*float64(back/step) {
			lines = append(lines, series)
		}
	}
	return lines, nil
}

// outside is a point of a line that is no share of one.
func (p Panel) outside(line promql.Series) *float64 {
	for _, point := range line.Floats {
		if point.F < 0 || point.F > 1 {
			return &point.F
		}
	}
	return nil
}

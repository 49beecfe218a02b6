package queries

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"
)

// evaluationInterval is how often Prometheus judges its rules: its chart's default.
const evaluationInterval = time.Minute

// settle is how long a world has samples before anybody asks: the longest window that a query looks back for.
const settle = time.Hour

// engine is Prometheus' own, with the settings that its server has by default.
var engine = promql.NewEngine(promql.EngineOpts{
	MaxSamples: 50_000_000, Timeout: 2 * time.Minute, EnableAtModifier: true, EnableNegativeOffset: true, Parser: language,
})

// Ask asks a world for a range that ends with it.
func (w World) Ask(expr string, back, step time.Duration) (promql.Matrix, error) {
	query, err := engine.NewRangeQuery(context.Background(), w, nil, expr, End.Add(-back), End, step)
	if err != nil {
		return nil, fmt.Errorf("asking for %s: %w", expr, err)
	}
	defer query.Close()
	matrix, err := query.Exec(context.Background()).Matrix()
	if err != nil {
		return nil, fmt.Errorf("asking for %s: %w", expr, err)
	}
	// What the query returns is its own only until it is closed.
	kept := make(promql.Matrix, len(matrix))
	for i, series := range matrix {
		kept[i] = promql.Series{Metric: series.Metric, Floats: append([]promql.FPoint{}, series.Floats...)}
	}
	return kept, nil
}

// Missing are the selectors of an expression that select nothing.
func (w World) Missing(expr string) ([]string, error) {
	parsed, err := language.ParseExpr(expr)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", expr, err)
	}
	var missing []string
	parser.Inspect(parsed, func(node parser.Node, _ []parser.Node) error {
		if selector, ok := node.(*parser.VectorSelector); ok && len(w.matching(selector.LabelMatchers)) == 0 {
			missing = append(missing, selector.String())
		}
		return nil
	})
	return missing, nil
}

// alternatives are the parts of an expression that `or` puts in each other's place: behind one that always answers,
// such as vector(0), another's mistake would not show.
func alternatives(expr string) ([]string, error) {
	parsed, err := language.ParseExpr(expr)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", expr, err)
	}
	var parts func(parser.Expr) []string
	parts = func(one parser.Expr) []string {
		if binary, ok := one.(*parser.BinaryExpr); ok && binary.Op == parser.LOR {
			return append(parts(binary.LHS), parts(binary.RHS)...)
		}
		return []string{one.String()}
	}
	return parts(parsed), nil
}

// Alarms is what a rule has done in a world.
type Alarms struct {
	Pending bool            // whether its expression ever answered
	Firing  []labels.Labels // what it rings for in the end
}

// Judge has Prometheus' rule judge a world from where it has settled to its end.
func (w World) Judge(rule Rule) (Alarms, error) {
	lasts, err := model.ParseDuration(cmp.Or(rule.For, "0s"))
	if err != nil {
		return Alarms{}, fmt.Errorf("%s: for: %w", rule.Alert, err)
	}
	matrix, err := w.Ask(rule.Expr, End.Sub(Start)-settle, evaluationInterval)
	if err != nil {
		return Alarms{}, fmt.Errorf("%s: %w", rule.Alert, err)
	}
	judged := Alarms{Pending: len(matrix) > 0}
	for _, series := range matrix {
		since := End.UnixMilli() + evaluationInterval.Milliseconds()
		for i := len(series.Floats) - 1; i >= 0 && since-series.Floats[i].T <= evaluationInterval.Milliseconds(); i-- {
			since = series.Floats[i].T
		}
		if End.UnixMilli()-since >= time.Duration(lasts).Milliseconds() {
			judged.Firing = append(judged.Firing, series.Metric)
		}
	}
	return judged, nil
}

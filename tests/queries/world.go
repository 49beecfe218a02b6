package queries

import (
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/histogram"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/storage"
	"github.com/prometheus/prometheus/tsdb/chunkenc"
	"github.com/prometheus/prometheus/tsdb/chunks"
	"github.com/prometheus/prometheus/util/annotations"
)

// Start and End are the times that a world has samples between.
var (
	Start = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	End   = Start.Add(8 * time.Hour)
)

var language = parser.NewParser(parser.Options{})

// World is what Prometheus has stored.
type World struct {
	interval time.Duration
	series   map[string]*storage.SeriesEntry // by their labels
}

// NewWorld has the series of exporters, each target scraped once an interval. Where nothing is well, it has their trouble.
func NewWorld(p Platform, exporters []Exporter, isWell bool) (World, error) {
	w := World{p.ScrapeInterval, map[string]*storage.SeriesEntry{}}
	for _, exporter := range exporters {
		for _, target := range exporter.Targets {
			lines := slices.Clone(target.Series)
			for _, series := range slices.Sorted(maps.Keys(target.Latencies)) {
				lines = append(lines, histogramOf(series, target.Latencies[series], p.LatencyBuckets)...)
			}
			if !isWell {
				lines = append(lines, target.Trouble...)
			}
			for _, line := range lines {
				if err := w.add(line, func(own labels.Labels) labels.Labels {
					return labels.FromMap(exporter.scraped(own.Map(), target.Labels))
				}); err != nil {
					return World{}, fmt.Errorf("%s: %w", exporter.Source, err)
				}
			}
		}
	}
	return w, nil
}

// With is the world with other series in place of those of the same labels, or beside them.
func (w World) With(lines ...string) (World, error) {
	w.series = maps.Clone(w.series)
	for _, line := range lines {
		if err := w.add(line, func(own labels.Labels) labels.Labels { return own }); err != nil {
			return World{}, err
		}
	}
	return w, nil
}

// Without is the world without the series of a metric.
func (w World) Without(metric string) World {
	w.series = maps.Clone(w.series)
	maps.DeleteFunc(w.series, func(_ string, one *storage.SeriesEntry) bool { return one.Lset.Get(model.MetricNameLabel) == metric })
	return w
}

// add adds a series in Prometheus' notation for tests, with the labels that its target adds.
func (w World) add(line string, scraped func(labels.Labels) labels.Labels) error {
	description, counted := line, strings.LastIndexAny(line, "x}") > strings.LastIndex(line, "}")
	if !counted {
		description += "x" + strconv.Itoa(int(End.Sub(Start)/time.Minute))
	}
	own, values, err := language.ParseSeriesDesc(description)
	if err != nil {
		return fmt.Errorf("series %q: %w", line, err)
	}
	all := scraped(own)
	// Each target has its own moment in the interval, as Prometheus spreads them.
	first := Start.Add(time.Duration(hash(all.Get("job")+all.Get("instance"))) % w.interval)
	var samples []chunks.Sample
	for at := first; !at.After(End); at = at.Add(w.interval) {
		minute := int(at.Sub(Start) / time.Minute)
		if minute < len(values) && !values[minute].Omitted {
			samples = append(samples, sample{at.UnixMilli(), values[minute].Value})
		}
	}
	w.series[all.String()] = storage.NewListSeries(all, samples)
	return nil
}

func hash(text string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(text)) // never fails
	return h.Sum32()
}

// histogramOf are the series of a classic histogram of latencies.
func histogramOf(series string, latencies map[float64]int, bounds []string) []string {
	name, rest, _ := strings.Cut(series, "{")
	count, sum := 0, 0.0
	for latency, requests := range latencies {
		count, sum = count+requests, sum+latency*float64(requests)
	}
	lines := []string{
		fmt.Sprintf("%s_count{%s 0+%d", name, rest, count), fmt.Sprintf("%s_sum{%s 0+%g", name, rest, sum),
		fmt.Sprintf(`%s_bucket{le="+Inf",%s 0+%d`, name, rest, count),
	}
	for _, bound := range bounds {
		upper, err := strconv.ParseFloat(bound, 64)
		if err != nil {
			continue // Traefik leaves a bound out that is no number, too
		}
		below := 0
		for latency, requests := range latencies {
			if latency <= upper {
				below += requests
			}
		}
		lines = append(lines, fmt.Sprintf(`%s_bucket{le="%g",%s 0+%d`, name, upper, rest, below))
	}
	return lines
}

// Querier returns the world itself, whatever the time.
func (w World) Querier(_, _ int64) (storage.Querier, error) {
	return &storage.MockQuerier{SelectMockFunction: func(_ bool, _ *storage.SelectHints, matchers ...*labels.Matcher) storage.SeriesSet {
		return &seriesSet{left: w.matching(matchers)}
	}}, nil
}

func (w World) matching(matchers []*labels.Matcher) []storage.Series {
	var found []storage.Series
	for _, key := range slices.Sorted(maps.Keys(w.series)) {
		one := w.series[key]
		if !slices.ContainsFunc(matchers, func(m *labels.Matcher) bool { return !m.Matches(one.Lset.Get(m.Name)) }) {
			found = append(found, one)
		}
	}
	return found
}

// seriesSet hands out series one by one.
type seriesSet struct {
	left []storage.Series
	at   storage.Series
}

func (s *seriesSet) Next() bool {
	if len(s.left) == 0 {
		return false
	}
	s.at, s.left = s.left[0], s.left[1:]
	return true
}
func (s *seriesSet) At() storage.Series                { return s.at }
func (s *seriesSet) Err() error                        { return nil }
func (s *seriesSet) Warnings() annotations.Annotations { return nil }

// sample is a number at a time, in milliseconds.
type sample struct {
	at    int64
	value float64
}

func (s sample) T() int64                      { return s.at }
func (s sample) ST() int64                     { return 0 }
func (s sample) F() float64                    { return s.value }
func (s sample) H() *histogram.Histogram       { return nil }
func (s sample) FH() *histogram.FloatHistogram { return nil }
func (s sample) Type() chunkenc.ValueType      { return chunkenc.ValFloat }
func (s sample) Copy() chunks.Sample           { return s }

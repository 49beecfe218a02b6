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
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/storage"
	"github.com/prometheus/prometheus/tsdb/chunks"
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

// NewWorld has the series of exporters, each target scraped once an interval, and their trouble where nothing is well.
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
				if !exporter.exports(line, p.Collectors) {
					continue
				}
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
	maps.DeleteFunc(w.series, func(_ string, one *storage.SeriesEntry) bool {
		return one.Lset.Get(model.MetricNameLabel) == metric
	})
	return w
}

// add adds a series in Prometheus' notation for tests, with the labels that its target adds.
func (w World) add(line string, scraped func(labels.Labels) labels.Labels) error {
	counted := line
	if values := line[strings.LastIndex(line, "}")+1:]; !strings.Contains(values, "x") {
		counted += "x" + strconv.Itoa(int(End.Sub(Start)/time.Minute))
	}
	own, values, err := language.ParseSeriesDesc(counted)
	if err != nil {
		return fmt.Errorf("series %q: %w", line, err)
	}
	all := scraped(own)
	first := Start.Add(phase(all.Get("job")+all.Get("instance"), w.interval))
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

// phase is when in an interval a target is scraped: Prometheus spreads them, too.
func phase(target string, interval time.Duration) time.Duration {
	h := fnv.New64a()
	_, _ = h.Write([]byte(target)) // never fails
	return time.Duration(h.Sum64() % uint64(interval)).Truncate(time.Millisecond)
}

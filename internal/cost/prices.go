// Package cost estimates what resources cost a month, from their arguments, a table of list prices and assumptions of
// use. It knows no discount, no free tier and no tax. What has no price in the table is named and left out of sums.
package cost

import (
	"bytes"
	"embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"sync"
	"time"
)

//go:embed services.csv instances.csv sources.csv
var files embed.FS

// Source is where prices were read.
type Source struct {
	Name  string
	Title string
	// AsOf is the date that the source gives its prices; zero where it gives none.
	AsOf time.Time
	Read time.Time // when it was read
}

// price is what a unit of an item costs in a region.
type price struct {
	usd    float64
	source string
}

// Prices is the table of list prices.
type Prices struct {
	sources map[string]Source
	units   map[string]string           // by item: hour, GB-month
	prices  map[string]map[string]price // by item and region
}

// Regions are those that the table has prices of.
func (Prices) Regions() []string { return []string{"us-east-1", "eu-west-1", "eu-central-1"} }

// Load reads the table that is built in. It is an error where a price has no source, or stands twice.
func Load() (Prices, error) { return loadOnce() }

// loadOnce reads the table once: a review asks for it with each plan.
var loadOnce = sync.OnceValues(read)

func read() (Prices, error) {
	p := Prices{sources: map[string]Source{}, units: map[string]string{}, prices: map[string]map[string]price{}}
	sources, err := rows("sources.csv")
	if err != nil {
		return p, err
	}
	for _, row := range sources {
		source := Source{Name: row["source"], Title: row["title"]}
		if source.AsOf, err = date(row["as of"]); err != nil {
			return p, fmt.Errorf("reading sources.csv: source %q: %w", source.Name, err)
		}
		if source.Read, err = date(row["read"]); err != nil || source.Read.IsZero() {
			return p, fmt.Errorf("reading sources.csv: source %q: %q is not the date when it was read", source.Name, row["read"])
		}
		p.sources[source.Name] = source
	}
	for _, name := range []string{"services.csv", "instances.csv"} {
		table, err := rows(name)
		if err != nil {
			return p, err
		}
		for _, row := range table {
			if err := p.add(row); err != nil {
				return p, fmt.Errorf("reading %s: item %q: %w", name, row["item"], err)
			}
		}
	}
	return p, nil
}

func (p Prices) add(row map[string]string) error {
	item := row["item"]
	if _, ok := p.sources[row["source"]]; !ok {
		return fmt.Errorf("%q is in no row of sources.csv", row["source"])
	}
	if unit := p.units[item]; unit != "" && unit != row["per"] {
		return fmt.Errorf("it is per %s, and per %s in another row", row["per"], unit)
	}
	p.units[item] = row["per"]
	for _, region := range p.Regions() {
		if row[region] == "" {
			continue
		}
		usd, err := strconv.ParseFloat(row[region], 64)
		if err != nil || usd <= 0 {
			return fmt.Errorf("%q is no price in %s", row[region], region)
		}
		if _, twice := p.prices[item][region]; twice {
			return fmt.Errorf("it has two prices in %s", region)
		}
		if p.prices[item] == nil {
			p.prices[item] = map[string]price{}
		}
		p.prices[item][region] = price{usd, row["source"]}
	}
	return nil
}

// rows are the rows of a table, by the names of its columns.
func rows(name string) ([]map[string]string, error) {
	content, err := files.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("reading the table of prices: %w", err)
	}
	records, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	var table []map[string]string
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, column := range records[0] {
			row[column] = record[i]
		}
		table = append(table, row)
	}
	return table, nil
}

func date(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	return time.Parse(time.DateOnly, text)
}

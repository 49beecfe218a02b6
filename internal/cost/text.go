package cost

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// oldAfter is the age at which a price is warned of: AWS changes few list prices within a year.
const oldAfter = 365 * 24 * time.Hour

// Rounded is an amount of money with two significant digits, which is more than an estimate deserves.
func Rounded(usd float64) string {
	if usd == 0 {
		return "0"
	}
	digits := math.Floor(math.Log10(math.Abs(usd))) - 1
	scale := math.Pow(10, digits)
	rounded := math.Round(usd/scale) * scale
	return grouped(strconv.FormatFloat(rounded, 'f', int(max(0, -digits)), 64))
}

// grouped puts commas between thousands.
func grouped(number string) string {
	whole, fraction, _ := strings.Cut(number, ".")
	for i := len(whole) - 3; i > 0 && whole[i-1] != '-'; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction != "" {
		return whole + "." + fraction
	}
	return whole
}

// Text is the estimate for a terminal: a group a block, then what is left out, and what it stands on.
func (e Estimate) Text(now time.Time) string {
	var text strings.Builder
	for _, group := range e.Groups() {
		fmt.Fprintf(&text, "  %-38s %8s\n", group.Name, Rounded(group.USD))
		for _, line := range group.Lines {
			fmt.Fprintf(&text, "    %-36s %8s   %s\n", line.Item, line.amount(), line.use())
		}
	}
	text.WriteString(e.notes(now))
	return text.String()
}

func (l Line) amount() string {
	if !l.Priced {
		return "no price"
	}
	return Rounded(l.USD)
}

// use is how much is used of what, and where.
func (l Line) use() string {
	if l.Unit == "" {
		return l.Region
	}
	unit := l.Unit
	if math.Ceil(l.Quantity) != 1 && (strings.HasSuffix(unit, "hour") || strings.HasSuffix(unit, "month")) {
		unit += "s"
	}
	return fmt.Sprintf("%s %s, %s", grouped(strconv.FormatFloat(math.Ceil(l.Quantity), 'f', 0, 64)), unit, l.Region)
}

// notes say what is not in the sum, and how old its prices are.
func (e Estimate) notes(now time.Time) string {
	var text strings.Builder
	note := func(title string, items []string) {
		if len(items) > 0 {
			fmt.Fprintf(&text, "%s: %s\n", title, strings.Join(items, ", "))
		}
	}
	var unpriced []string
	for _, line := range e.Unpriced() {
		if name := line.Item + " in " + line.Region; !slices.Contains(unpriced, name) {
			unpriced = append(unpriced, name)
		}
	}
	note("without a price, and not in the sum", unpriced)
	note("paid for by use, and not in the sum", e.ByUse)
	note("types that the table of costs does not know, and not in the sum", e.Unknown)
	for _, source := range e.Sources {
		if warning := source.warning(now); warning != "" {
			fmt.Fprintf(&text, "warning: %s\n", warning)
		}
	}
	return text.String()
}

// warning says that a source's prices are old, or that nobody knows of when they are.
func (s Source) warning(now time.Time) string {
	switch {
	case s.AsOf.IsZero():
		return fmt.Sprintf("undated prices, read on %s: %s", s.Read.Format(time.DateOnly), s.Title)
	case now.Sub(s.AsOf) > oldAfter:
		const daysAMonth = 30.4
		months := now.Sub(s.AsOf).Hours() / 24 / daysAMonth
		return fmt.Sprintf("prices of %s, %.0f months old: %s", s.AsOf.Format(time.DateOnly), months, s.Title)
	}
	return ""
}

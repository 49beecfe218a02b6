package queries

import (
	"fmt"
	"strconv"
	"strings"
)

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

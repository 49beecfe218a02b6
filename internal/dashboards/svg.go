package dashboards

import (
	"fmt"
	"hash/fnv"
	"math"
	"strings"
)

const style = `
text { font-family: -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; fill: #1b2733; font-size: 11px; }
.h1 { font-size: 20px; font-weight: 600; } .h2 { font-size: 15px; font-weight: 600; } .title { font-size: 12px; font-weight: 600; }
.muted { fill: #56647a; } .big { font-size: 26px; font-weight: 600; } .page { fill: #f4f6f8; } .panel { fill: #ffffff; stroke: #d5dce4; }
.grid { stroke: #e3e8ee; } .across { stroke-dasharray: 5 4; } .ok { fill: #e6f4ea; stroke: #3c8a54; } .row { fill: #eef1f5; }
@media (prefers-color-scheme: dark) {
text { fill: #e6ecf3; } .muted { fill: #a9b6c6; } .page { fill: #0f1720; } .panel { fill: #1b2733; stroke: #3a4858; }
.grid { stroke: #2b3847; } .ok { fill: #16301f; stroke: #58b377; } .row { fill: #253241; }
}
`

// rect is a place on the picture.
type rect struct{ x, y, w, h int }

// canvas is an SVG that is written from back to front.
type canvas struct{ strings.Builder }

var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace

func (c *canvas) printf(format string, args ...any) { fmt.Fprintf(c, format+"\n", args...) }

func (c *canvas) say(x, y int, class, anchor, text string) {
	c.printf(`<text x="%d" y="%d" class="%s" text-anchor="%s">%s</text>`, x, y, class, anchor, escape(text))
}

func (c *canvas) box(r rect, class string) {
	c.printf(`<rect x="%d" y="%d" width="%d" height="%d" rx="3" class="%s"/>`, r.x, r.y, r.w, r.h, class)
}

// part is a share of one that belongs to a text, the same each time.
func part(text string) float64 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(text)) // never fails
	return float64(h.Sum32()%1000) / 1000
}

// rounded is the next value whose quarters are short numbers.
func rounded(value float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(value)))
	for _, step := range []float64{1, 1.2, 1.6, 2, 2.4, 4, 6, 8} {
		if step*power >= value {
			return step * power
		}
	}
	return 10 * power
}

// number is a value as an axis has it.
func number(value float64) string {
	for _, unit := range []struct {
		of   float64
		name string
	}{{1e6, " Mil"}, {1e3, " K"}} {
		if value >= 10*unit.of {
			return fmt.Sprintf("%.4g%s", value/unit.of, unit.name)
		}
	}
	return fmt.Sprintf("%.4g", value)
}

// fitted is a text that is cut where it is too wide.
func fitted(text string, width, character int) string {
	letters := []rune(text)
	most := width * 100 / character
	if len(letters) <= most {
		return text
	}
	return string(letters[:max(most-1, 0)]) + "…"
}

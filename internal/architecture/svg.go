package architecture

import (
	"fmt"
	"strings"
)

// canvas is an SVG that is written from back to front.
type canvas struct {
	text          strings.Builder
	width, height int
}

// style follows the reader's theme. Colours are of equal lightness, and text keeps a contrast of 4.5 to 1 and more.
const style = `
text { font-family: -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; fill: #1b2733; }
.title { font-size: 24px; font-weight: 600; } .head { font-size: 15px; font-weight: 600; }
.small { font-size: 13px; } .tiny { font-size: 12px; } .muted { fill: #56647a; } .light { fill: #ffffff; }
.page { fill: #ffffff; } .frame { fill: none; stroke: #8a97a6; } .card { fill: #ffffff; stroke: #8a97a6; }
.region { fill: #f5f8fb; stroke: #2f6fb3; } .vpc { fill: #ffffff; stroke: #6b4fbb; }
.zone { fill: none; stroke: #8a97a6; stroke-dasharray: 5 4; } .public { fill: #e6f4ea; stroke: #3c8a54; }
.private { fill: #e8f0fb; stroke: #3b6fb6; } .data { fill: #fdf1e0; stroke: #b3741c; }
.strong { fill: #23415f; stroke: #23415f; } .recovery { fill: #f7f4fd; stroke: #6b4fbb; }
.arrow { fill: none; stroke: #c2410c; stroke-width: 2; } .tip { fill: #c2410c; }
.copy { fill: none; stroke: #6b4fbb; stroke-width: 1.6; stroke-dasharray: 6 4; } .copytip { fill: #6b4fbb; }
.badge { fill: #c2410c; } .number { fill: #ffffff; font-size: 14px; font-weight: 700; }
@media (prefers-color-scheme: dark) {
text { fill: #e6ecf3; } .muted { fill: #a9b6c6; }
.page { fill: #0f1720; } .frame { stroke: #5d6c7e; } .card { fill: #1b2733; stroke: #5d6c7e; }
.region { fill: #15202c; stroke: #5fa0e6; } .vpc { fill: #0f1720; stroke: #a48df0; }
.zone { stroke: #5d6c7e; } .public { fill: #16301f; stroke: #58b377; }
.private { fill: #152a45; stroke: #6ba4ee; } .data { fill: #38280f; stroke: #e0a350; }
.strong { fill: #2c527a; stroke: #5fa0e6; } .recovery { fill: #1d1930; stroke: #a48df0; }
.arrow { stroke: #ff9155; } .tip { fill: #ff9155; } .copy { stroke: #a48df0; } .copytip { fill: #a48df0; }
}
`

var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace

func (c *canvas) printf(format string, args ...any) { fmt.Fprintf(&c.text, format+"\n", args...) }

// rect is a place on the canvas.
type rect struct{ x, y, w, h int }

func (r rect) right() int  { return r.x + r.w }
func (r rect) bottom() int { return r.y + r.h }
func (r rect) middle() int { return r.x + r.w/2 }
func (r rect) center() int { return r.y + r.h/2 }

func (c *canvas) box(r rect, class string, radius int) {
	c.printf(`<rect x="%d" y="%d" width="%d" height="%d" rx="%d" class="%s"/>`, r.x, r.y, r.w, r.h, radius, class)
}

func (c *canvas) say(x, y int, class, text string) {
	c.printf(`<text x="%d" y="%d" class="%s">%s</text>`, x, y, class, escape(text))
}

// middle writes text around a middle.
func (c *canvas) middle(x, y int, class, text string) {
	c.printf(`<text x="%d" y="%d" text-anchor="middle" class="%s">%s</text>`, x, y, class, escape(text))
}

// card is a box with a title and lines, its title beside its badge.
func (c *canvas) card(r rect, class, title string, lines ...string) {
	ink := ""
	if class == "strong" {
		ink = " light"
	}
	c.box(r, class, 6)
	const lineHeight = 17
	y := r.center() - (len(lines)*lineHeight)/2 + 5
	c.middle(r.middle(), y, "head"+ink, fitted(title, r.w, headWidth))
	for i, line := range lines {
		muted := " muted"
		if ink != "" {
			muted = ink
		}
		c.middle(r.middle(), y+lineHeight*(i+1), "small"+muted, fitted(line, r.w, smallWidth))
	}
}

// The mean widths of a character, in hundredths of a pixel.
const (
	headWidth  = 820
	smallWidth = 650
)

// fitted is a text that is cut where it is too wide for a box.
func fitted(text string, width, character int) string {
	most := (width - 12) * 100 / character
	letters := []rune(text)
	if len(letters) <= most {
		return text
	}
	return string(letters[:max(most-1, 0)]) + "…"
}

// path is a line with a tip, through points.
func (c *canvas) path(class string, points ...[2]int) {
	var steps []string
	for _, point := range points {
		steps = append(steps, fmt.Sprintf("%d,%d", point[0], point[1]))
	}
	tip := "tip"
	if class == "copy" {
		tip = "copytip"
	}
	c.printf(`<polyline points="%s" class="%s" marker-end="url(#%s)"/>`, strings.Join(steps, " "), class, tip)
}

// badge is a number of the data flow.
func (c *canvas) badge(x, y int, number string) {
	c.printf(`<circle cx="%d" cy="%d" r="12" class="badge"/>`, x, y)
	c.middle(x, y+5, "number", number)
}

// bytes are the file.
func (c *canvas) bytes(title string) []byte {
	var file strings.Builder
	fmt.Fprintf(&file, `<svg xmlns="http://www.w3.org/2000/svg" role="img" `+
		`viewBox="0 0 %d %d" width="%[1]d" height="%[2]d">`+"\n", c.width, c.height)
	fmt.Fprintf(&file, "<title>%s</title>\n<style>%s</style>\n<defs>\n", escape(title), style)
	for _, tip := range []string{"tip", "copytip"} {
		fmt.Fprintf(&file, `<marker id="%s" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" `+
			`orient="auto-start-reverse"><path d="M0,0 L10,5 L0,10 z" class="%[1]s"/></marker>`+"\n", tip)
	}
	fmt.Fprintf(&file, "</defs>\n%s</svg>\n", c.text.String())
	return []byte(file.String())
}

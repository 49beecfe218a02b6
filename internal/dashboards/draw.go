package dashboards

import (
	"fmt"
	"math"
	"strings"
)

// The picture's measures, in pixels.
const (
	columnWidth = 52
	rowHeight   = 30
	margin      = 16
	heading     = 64
	gap         = 6 // between panels
	titleWidth  = 760
	labelWidth  = 620 // mean widths of a character, in hundredths of a pixel
	points      = 48  // of a line
)

// palette are the colours of lines that name none: Grafana's own order.
var palette = []string{"#73bf69", "#f2cc0c", "#5794f2", "#ff9830", "#f2495c", "#b877d9"}

// Draw is the picture of a dashboard.
func Draw(d Dashboard) []byte {
	rows := 0
	for _, p := range d.Panels {
		rows = max(rows, p.Y+p.H)
	}
	width, height := 2*margin+columns*columnWidth, heading+rows*rowHeight+margin
	title := fmt.Sprintf("%s: %s", d.By, d.Title)
	c := &canvas{}
	c.printf(`<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 %d %d" width="%[1]d" height="%[2]d">`,
		width, height)
	c.printf("<title>%s</title>\n<style>%s</style>", escape(title), style)
	c.box(rect{0, 0, width, height}, "page")
	c.say(margin, 30, "h1", "start", title)
	c.say(margin, 50, "muted", "start",
		"Drawn from the definition by `titan docs`: panels, units, lines and thresholds are as they are deployed. "+
			"The values are made up.")
	for _, p := range d.Panels {
		c.panel(p)
	}
	c.printf("</svg>")
	return []byte(c.String())
}

func (c *canvas) panel(p Panel) {
	r := rect{margin + p.X*columnWidth + gap/2, heading + p.Y*rowHeight + gap/2, p.W*columnWidth - gap,
		p.H*rowHeight - gap}
	if p.Kind == Text {
		c.text(r, p.Title)
		return
	}
	c.box(r, "panel")
	c.say(r.x+10, r.y+18, "title", "start", fitted(p.Title, r.w-20, titleWidth))
	inside := rect{r.x + 10, r.y + 26, r.w - 20, r.h - 34}
	switch p.Kind {
	case Graph:
		c.graph(inside, p)
	case Latest:
		c.latest(inside, p)
	case Alarms:
		c.alarms(inside, p)
	default:
		for y := inside.y; y+16 <= inside.y+inside.h; y += 22 {
			c.box(rect{inside.x, y, inside.w, 16}, "row")
		}
	}
}

// text draws Markdown as far as dashboards have it: headings, and lines of text.
func (c *canvas) text(r rect, markdown string) {
	y := r.y + 18
	for line := range strings.SplitSeq(markdown, "\n") {
		class := "muted"
		for prefix, heading := range map[string]string{"# ": "h1", "## ": "h2"} {
			if rest, ok := strings.CutPrefix(line, prefix); ok {
				line, class = rest, heading
			}
		}
		c.say(r.x+4, y, class, "start", line)
		y += 20
	}
}

// levels are where a line is whose place among others a reader knows, or that would be taken for trouble.
var levels = map[string]float64{
	"most": 0.9, "p50": 0.2, "p95": 0.45, "p99": 0.65, "median": 0.2, "95 %": 0.45, "99 %": 0.65, "lost": 0.02,
	"failed": 0.03, "unhealthy": 0.03, "crashing": 0.02, "pending": 0.05, "not delivered": 0.02, "database": 0.03,
	"free": 1.05, "busiest": 0.7, "fullest": 0.7, "nodes": 0.6, "ready": 0.56, "all": 0.7,
}

// graph draws an axis from zero, what goes across it, its lines, and the legend.
func (c *canvas) graph(r rect, p Panel) {
	top := p.Max
	for _, across := range p.Thresholds {
		top = max(top, rounded(across.Value*1.1))
	}
	if top == 0 {
		top = 100
	}
	legend := 18
	plot := rect{r.x + 54, r.y + 6, r.w - 60, r.h - legend - 14}
	height := func(value float64) float64 { return float64(plot.y+plot.h) - value/top*float64(plot.h) }
	for i := range 5 {
		value := top * float64(i) / 4
		c.printf(`<line x1="%d" x2="%d" y1="%.1f" y2="%.1[3]f" class="grid"/>`, plot.x, plot.x+plot.w, height(value))
		c.say(plot.x-6, int(height(value))+4, "muted", "end", number(value)+p.Unit)
	}
	for i, line := range p.Lines {
		var path []string
		level, known := levels[line.Label]
		if !known {
			level = (0.4 + 0.4*part(p.Title+line.Label)) * math.Pow(0.8, float64(i))
		}
		swing := 0.15 * level
		for step := range points + 1 {
			at := float64(step)
			wave := math.Sin(at/5+6*part(line.Label)) + 0.4*math.Sin(at*1.7+9*part(p.Title))
			x := float64(plot.x) + at/points*float64(plot.w)
			path = append(path, fmt.Sprintf("%.1f,%.1f", x, height(top*(level+swing*wave)*0.8)))
		}
		c.printf(`<polyline points="%s" fill="none" stroke="%s" stroke-width="1.6"/>`, strings.Join(path, " "), line.Color)
	}
	for _, across := range p.Thresholds {
		y := height(across.Value)
		c.printf(`<line x1="%d" x2="%d" y1="%.1f" y2="%.1[3]f" stroke="%[4]s" class="across"/>`,
			plot.x, plot.x+plot.w, y, across.Color)
		c.say(plot.x+plot.w-4, int(y)-4, "muted", "end", strings.TrimSpace(across.Label+" "+number(across.Value)+p.Unit))
	}
	c.legend(rect{r.x, r.y + r.h - 4, r.w, 0}, p.Lines)
}

// legend writes the names of lines in a row; what has no room shows as it would in the browser, by its beginning.
func (c *canvas) legend(r rect, lines []Line) {
	x := r.x + 4
	for i, line := range lines {
		room := (r.x + r.w - x) / (len(lines) - i)
		label := fitted(line.Label, room-16, labelWidth)
		c.printf(`<rect x="%d" y="%d" width="10" height="3" fill="%s"/>`, x, r.y-5, line.Color)
		c.say(x+14, r.y, "muted", "start", label)
		x += min(room, 26+len([]rune(label))*labelWidth/100)
	}
}

func (c *canvas) latest(r rect, p Panel) {
	for i, line := range p.Lines {
		x := r.x + r.w*(2*i+1)/(2*len(p.Lines))
		c.say(x, r.y+r.h/2, "big", "middle", number(100+200*part(line.Label))+p.Unit)
		c.say(x, r.y+r.h/2+20, "muted", "middle", line.Label)
	}
}

// alarms draws cells with the names of alarms, as many in a row as CloudWatch has room for.
func (c *canvas) alarms(r rect, p Panel) {
	const width, height = 172, 20
	across := max(1, r.w/width)
	for i, alarm := range p.Lines {
		at := rect{r.x + i%across*(r.w/across), r.y + i/across*(height+2), r.w/across - 4, height}
		if at.y+at.h > r.y+r.h+6 {
			c.say(r.x+r.w, r.y-8, "muted", "end", fmt.Sprintf("and %d more", len(p.Lines)-i))
			return
		}
		c.box(at, "ok")
		c.say(at.x+6, at.y+14, "muted", "start", fitted(alarm.Label, at.w-8, labelWidth))
	}
}

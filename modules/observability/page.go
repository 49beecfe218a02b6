package observability

import "maps"

// A dashboard's body: CloudWatch API Reference, 'Dashboard Body Structure and Syntax'.

// columns are how many a dashboard has.
const columns = 24

// Colours mean the same everywhere: red is failure, orange a warning, green is well.
const (
	blue   = "#1f77b4"
	red    = "#d62728"
	orange = "#ff7f0e"
	green  = "#2ca02c"
	grey   = "#7f7f7f"
)

// colors tell things of one kind apart.
var colors = []string{blue, green, "#9467bd", "#8c564b", "#17becf", grey}

// page is a dashboard while it is filled, from top to bottom.
type page struct {
	region  string
	y       int
	widgets []object
}

// widget is one widget before it has its place.
type widget struct {
	kind       string
	width      int // columns; 0 is an even share of what the row has left
	properties object
	metrics    []any
	ids        int
}

// line is one line of a graph.
type line struct {
	metric metric
	label  string
	color  string
}

func (p *page) body() object { return object{"widgets": p.widgets, "periodOverride": "inherit"} }

// title puts a line of Markdown over what follows.
func (p *page) title(markdown string, height int) {
	text := &widget{kind: "text", properties: object{"markdown": markdown, "background": "transparent"}}
	p.place(text, 0, columns, height)
	p.y += height
}

// row puts widgets side by side.
func (p *page) row(height int, widgets ...*widget) {
	left, even := columns, 0
	for _, w := range widgets {
		left -= w.width
		if w.width == 0 {
			even++
		}
	}
	x := 0
	for _, w := range widgets {
		width := w.width
		if width == 0 {
			width = left / even // what does not divide goes to the last
			left, even = left-width, even-1
		}
		p.place(w, x, width, height)
		x += width
	}
	p.y += height
}

func (p *page) place(w *widget, x, width, height int) {
	if w.metrics != nil {
		w.properties["metrics"] = w.metrics
	}
	p.widgets = append(p.widgets, object{
		"type":       w.kind,
		"x":          x,
		"y":          p.y,
		"width":      width,
		"height":     height,
		"properties": w.properties,
	})
}

// alarms is the state of alarms.
func (p *page) alarms(title string, arns []string) *widget {
	return &widget{kind: "alarm", properties: object{"title": title, "alarms": arns, "sortBy": "stateUpdatedTimestamp"}}
}

// graph is lines over time, a point a minute.
func (p *page) graph(title string, lines ...line) *widget {
	w := &widget{kind: "metric", properties: object{
		"title": title, "region": p.region, "view": "timeSeries", "stacked": false, "period": 60,
		"yAxis": object{"left": object{"showUnits": false}},
	}}
	for _, one := range lines {
		w.add(one)
	}
	return w
}

// latest is the last value of metrics that come once or twice a day: the dashboard's usual three hours would show none.
func (p *page) latest(title string, lines ...line) *widget {
	return p.graph(title, lines...).every(24*60*60).with("view", "singleValue").with("start", "-P3D").with("end", "P0D")
}

// log is what a query finds in a log group.
func (p *page) log(title, group, query string) *widget {
	return &widget{
		kind:       "log",
		properties: object{"title": title, "region": p.region, "view": "table", "query": "SOURCE '" + group + "' | " + query},
	}
}

func (w *widget) add(l line) {
	w.metrics = append(w.metrics, l.metric.inGraph(object{"label": l.label, "color": l.color}))
}

// expression adds a line that is computed from metrics, which are not shown.
func (w *widget) expression(expression, label, color string, of ...metric) *widget {
	w.ids++
	w.metrics = append(w.metrics, []any{object{
		"expression": expression,
		"label":      label,
		"color":      color,
		"id":         "e" + string(rune('0'+w.ids)),
	}})
	for _, m := range of {
		w.metrics = append(w.metrics, m.inGraph(object{"id": m.id, "visible": false}))
	}
	return w
}

// inGraph is the metric in a dashboard's form: namespace, name, dimensions, and how it is shown.
func (m metric) inGraph(how object) []any {
	list := []any{m.namespace, m.name}
	for _, name := range sorted(m.dimensions) {
		list = append(list, name, m.dimensions[name])
	}
	shown := object{"stat": m.statistic}
	maps.Copy(shown, how)
	return append(list, shown)
}

// threshold draws the threshold of an alarm.
func (w *widget) threshold(at int, label string) *widget {
	annotations, _ := w.properties["annotations"].(object)
	lines, _ := annotations["horizontal"].([]object)
	w.properties["annotations"] = object{"horizontal": append(lines, object{"value": at, "label": label, "color": red})}
	return w
}

func (w *widget) every(seconds int) *widget { return w.with("period", seconds) }

func (w *widget) wide(columns int) *widget {
	w.width = columns
	return w
}

// fromZero has the axis begin at zero, lest a small change look like a large one.
func (w *widget) fromZero() *widget {
	return w.with("yAxis", object{"left": object{"showUnits": false, "min": 0}})
}

// upTo has the axis go from zero to what there can be at most.
func (w *widget) upTo(most int) *widget {
	return w.with("yAxis", object{"left": object{"showUnits": false, "min": 0, "max": most}})
}

func (w *widget) with(property string, value any) *widget {
	w.properties[property] = value
	return w
}

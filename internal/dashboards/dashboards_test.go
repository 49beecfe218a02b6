package dashboards

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// each runs a test for the dashboards of every golden file.
func each(t *testing.T, test func(t *testing.T, d Dashboard)) {
	t.Helper()
	files, err := filepath.Glob("../../tests/golden/*.json")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all, err := OfStack(text)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, one := range all {
			found++
			t.Run(filepath.Base(file)+"/"+one.Title, func(t *testing.T) { test(t, one) })
		}
	}
	if found < 15 {
		t.Errorf("%d dashboards in %d files", found, len(files))
	}
}

func TestThePictureIsXMLAndTheSameEachTime(t *testing.T) {
	each(t, func(t *testing.T, d Dashboard) {
		picture := Draw(d)
		if !bytes.Equal(picture, Draw(d)) {
			t.Error("two drawings differ")
		}
		decoder := xml.NewDecoder(bytes.NewReader(picture))
		for {
			if _, err := decoder.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("the picture is no XML: %v", err)
			}
		}
		if strings.Contains(string(picture), "%!") || strings.Contains(string(picture), "NaN") {
			t.Error("a value is none")
		}
	})
}

// problems are what keeps a dashboard from being read on a screen of 1280 pixels.
func problems(d Dashboard) []string {
	var found []string
	say := func(p Panel, format string, args ...any) {
		found = append(found, fmt.Sprintf("%q ", p.Title)+fmt.Sprintf(format, args...))
	}
	taken := map[[2]int]string{}
	for _, p := range d.Panels {
		for x := p.X; x < p.X+p.W; x++ {
			for y := p.Y; y < p.Y+p.H; y++ {
				if other := taken[[2]int{x, y}]; other != "" {
					say(p, "lies on %q", other)
				}
				taken[[2]int{x, y}] = p.Title
			}
		}
		width := p.W*columnWidth - gap
		switch {
		case p.X+p.W > columns:
			say(p, "ends in column %d of %d", p.X+p.W, columns)
		case p.Title == "":
			say(p, "has no title")
		case p.Kind != Text && fitted(p.Title, width-20, titleWidth) != p.Title:
			say(p, "has no room for its title")
		case p.Kind == Graph && len(p.Lines) == 0:
			say(p, "has no line")
		}
		for _, line := range p.Lines {
			if line.Label == "" || line.Label == "<nil>" {
				say(p, "has a line without a name")
			}
		}
	}
	return found
}

func TestEveryDashboardIsLegible(t *testing.T) {
	each(t, func(t *testing.T, d Dashboard) {
		for _, problem := range problems(d) {
			t.Error(problem)
		}
	})
	graph := func(change func(*Panel)) Panel {
		p := Panel{Kind: Graph, Title: "Requests", W: 6, H: 6, Lines: []Line{{Label: "requests"}}}
		change(&p)
		return p
	}
	for want, panels := range map[string][]Panel{
		"lies on":           {graph(func(*Panel) {}), graph(func(p *Panel) { p.X, p.Y = 5, 5 })},
		"column 25 of 24":   {graph(func(p *Panel) { p.X = 19 })},
		"no title":          {graph(func(p *Panel) { p.Title = "" })},
		"room":              {graph(func(p *Panel) { p.Title = strings.Repeat("requests ", 6) })},
		"no line":           {graph(func(p *Panel) { p.Lines = nil })},
		"line without name": {graph(func(p *Panel) { p.Lines[0].Label = "" })},
	} {
		got := strings.Join(problems(Dashboard{Panels: panels}), "\n")
		if !strings.Contains(got, strings.Replace(want, "line without", "line without a", 1)) {
			t.Errorf("%s: got %q", want, got)
		}
	}
}

// TestPanelsNameTheAlarmsThatThereAre reads the descriptions of Grafana's panels, which say which alarm or alert rings.
func TestPanelsNameTheAlarmsThatThereAre(t *testing.T) {
	runbook, err := os.ReadFile("../../docs/runbooks/alarms.md")
	if err != nil {
		t.Fatal(err)
	}
	alerts, err := os.ReadFile("../../modules/addons/alerts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("../../modules/addons/dashboards/*.json")
	if err != nil {
		t.Fatal(err)
	}
	alarm, alert := regexp.MustCompile(`\b[a-z]+(-[a-z]+)+\b`), regexp.MustCompile(`\b[A-Z][a-z]+([A-Z][a-z]+)+\b`)
	named := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var d struct {
			Panels []struct{ Type, Title, Description string }
		}
		if err := json.Unmarshal(text, &d); err != nil {
			t.Fatal(err)
		}
		for _, p := range d.Panels {
			if p.Type != "text" && p.Description == "" {
				t.Errorf("%s: %q does not say what it is", file, p.Title)
			}
			for _, name := range alarm.FindAllString(p.Description, -1) {
				if named++; !strings.Contains(string(runbook), "\n## "+name+"\n") {
					t.Errorf("%s: %q names %s, which is in no runbook", file, p.Title, name)
				}
			}
			for _, name := range alert.FindAllString(p.Description, -1) {
				if named++; !strings.Contains(string(alerts), "alert: "+name+"\n") && name != "CloudWatch" {
					t.Errorf("%s: %q names %s, which is no alert", file, p.Title, name)
				}
			}
		}
	}
	if named < 15 {
		t.Errorf("%d alarms and alerts are named", named)
	}
}

func TestWhatIsNotDrawnIsAnError(t *testing.T) {
	for want, err := range map[string]error{
		`is a piechart`: second(Grafana(`{"panels": [{"type": "piechart", "title": "x"}]}`)),
		`in "furlong"`: second(Grafana(
			`{"panels": [{"type": "timeseries", "fieldConfig": {"defaults": {"unit": "furlong"}}}]}`)),
		`"explorer"`: second(CloudWatch("x", `{"widgets": [{"type": "explorer"}]}`)),
		"reading":    second(CloudWatch("x", `{`)),
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

func second(_ Dashboard, err error) error { return err }

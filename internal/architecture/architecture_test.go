package architecture

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/stacks/order"
)

// drawn is the picture of an environment of the fixtures, as its golden files have it, with a text in them replaced.
func drawn(t *testing.T, name, old, replacement string) []byte {
	t.Helper()
	all, err := environments.Load("../../tests/fixtures/platform", "")
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(e environments.Environment) bool { return e.Name == name })
	var stacks []graph.Stack
	for _, stack := range order.Of(all[i]) {
		text, err := os.ReadFile("../../tests/golden/" + stack.Name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		replaced := strings.ReplaceAll(string(text), old, replacement)
		stacks = append(stacks, graph.Stack{Name: stack.Name, JSON: []byte(replaced)})
	}
	g, err := graph.Read(stacks...)
	if err != nil {
		t.Fatal(err)
	}
	return Draw(g, all[i], all)
}

func TestThePictureShowsWhatWasSynthesized(t *testing.T) {
	for name, test := range map[string]struct{ want, lacks []string }{
		"prod": {
			want: []string{"eu-west-1a", "eu-west-1b", "eu-west-1c", "VPC 10.30.0.0/16", "CloudFront", "WAF: 7 rules",
				"origin.titan.example.com", "Aurora writer", "Aurora reader", "cache.r7g.large", "Spot: 4 types × 1 to 7",
				"Recovery: eu-central-1", "Environment prod-dr", "Promote", "birthday-app: 3 to 12 pods",
				"open to CloudFront alone"},
		},
		"dev": {
			want:  []string{"NAT gateway", "db.serverless", "cache.t4g.small", "no failover", "Build"},
			lacks: []string{"Recovery", "Aurora reader", "Promote"},
		},
		"prod-dr": {
			want:  []string{"standing by for prod", "CloudFront of prod", "the images of prod", "Pipeline of prod"},
			lacks: []string{"WAF", "Environment prod-dr"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			picture := string(drawn(t, name, "", ""))
			for _, want := range test.want {
				if !strings.Contains(picture, want) {
					t.Errorf("the picture lacks %q", want)
				}
			}
			for _, lacks := range test.lacks {
				if strings.Contains(picture, lacks) {
					t.Errorf("the picture shows %q", lacks)
				}
			}
		})
	}
}

func TestThePictureFollowsTheJSON(t *testing.T) {
	changed := string(drawn(t, "prod", `"db.r8g.large"`, `"db.r8g.4xlarge"`))
	if !strings.Contains(changed, "db.r8g.4xlarge") || strings.Contains(changed, ">db.r8g.large<") {
		t.Error("another class of the database is not in the picture")
	}
}

func TestThePictureIsTheSameEachTimeAndXML(t *testing.T) {
	picture := drawn(t, "prod", "", "")
	if !bytes.Equal(picture, drawn(t, "prod", "", "")) {
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
	for _, want := range []string{"prefers-color-scheme: dark", "<title>", `role="img"`} {
		if !bytes.Contains(picture, []byte(want)) {
			t.Errorf("the picture lacks %s", want)
		}
	}
}

// TestNothingIsDrawnOutside finds boxes that stick out of the picture.
func TestNothingIsDrawnOutside(t *testing.T) {
	type box struct {
		X      int `xml:"x,attr"`
		Y      int `xml:"y,attr"`
		Width  int `xml:"width,attr"`
		Height int `xml:"height,attr"`
	}
	for _, name := range []string{"dev", "staging", "prod", "prod-dr"} {
		var picture struct {
			Width  int   `xml:"width,attr"`
			Height int   `xml:"height,attr"`
			Boxes  []box `xml:"rect"`
		}
		if err := xml.Unmarshal(drawn(t, name, "", ""), &picture); err != nil {
			t.Fatal(err)
		}
		if len(picture.Boxes) < 20 {
			t.Errorf("%s: only %d boxes", name, len(picture.Boxes))
		}
		for _, b := range picture.Boxes {
			if b.X < 0 || b.Y < 0 || b.X+b.Width > picture.Width || b.Y+b.Height > picture.Height || b.Width <= 0 ||
				b.Height <= 0 {
				t.Errorf("%s: a box sticks out: %+v", name, b)
			}
		}
	}
}

func TestFitted(t *testing.T) {
	if have := fitted("short", 100, smallWidth); have != "short" {
		t.Errorf("%q is cut", have)
	}
	if have := fitted("a name that is much too long", 100, smallWidth); have != "a name that …" {
		t.Errorf("it is cut to %q", have)
	}
}

func TestCount(t *testing.T) {
	for want, have := range map[string]string{
		"1 day":              count(1, "day"),
		"2 days":             count(2, "day"),
		"3 keys":             count(3, "key"),
		"2 network policies": count(2, "network policy"),
	} {
		if have != want {
			t.Errorf("%q, want %q", have, want)
		}
	}
}

package environments

import (
	"strings"
	"testing"
)

// The table of docs/names.md: how many characters project and environment's name may have together.
func TestProjectAndNameHaveThisRoom(t *testing.T) {
	for _, c := range []struct {
		region, second Region
		want           int
	}{
		{"us-east-1", "us-west-2", 27},
		{"eu-west-1", "eu-central-1", 26},
		{"us-east-1", "ap-southeast-1", 24},
		{"ap-southeast-1", "us-east-1", 25},
		{"ap-southeast-1", "", 25},
		{"eu-central-1", "", 27},
	} {
		room := 0
		for n := 1; n < 60; n++ {
			e := Environment{
				Name:         strings.Repeat("e", n),
				Region:       c.region,
				SecondRegion: c.second,
				Account:      Account{ID: "333333333333", Project: "p"},
				Application:  Application{Name: "orders"},
			}
			if limit := tightest(e.projectLimits()); len(limit.name) <= limit.most {
				room = n + len(e.Project())
			}
		}
		if room != c.want {
			t.Errorf("%s and %q: room for %d characters, want %d", c.region, c.second, room, c.want)
		}
	}
}

// Among the longest names of an application, what is called by its short name and the environment's has the least room.
func TestApplicationAndNameHaveThisRoom(t *testing.T) {
	for application, want := range map[string]int{defaultApplication: 14, "abc": 31 - 3, "abc-app": 31 - 3} {
		room := 0
		for n := 1; n < 60; n++ {
			e := Environment{Name: strings.Repeat("e", n), Application: Application{Name: application}}
			if limit := tightest(e.applicationLimits()); len(limit.name) <= limit.most {
				room = n
			}
		}
		if room != want {
			t.Errorf("%s: room for a name of %d characters, want %d", application, room, want)
		}
	}
}

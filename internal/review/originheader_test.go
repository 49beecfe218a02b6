package review

import "testing"

func TestTheOriginHeaderThatIsSent(t *testing.T) {
	version := func(secret, number string) string {
		return `{"secret_id":"arn:aws:secretsmanager:eu-west-1:333333333333:secret:titan-prod-` + secret +
			`-AbCdEf","secret_string_wo_version":` + number + `}`
	}
	const kind = "aws_secretsmanager_secret_version"
	rules := Rules{Sent: map[string]string{"prod": "titan-prod-origin-a"}}
	for name, c := range map[string]struct {
		stack  string
		change resource
		want   int
	}{
		"renewed":          {"prod", planned(kind, Update, version("origin-a", "1"), version("origin-a", "2")), 1},
		"made anew":        {"prod", planned(kind, Replace, version("origin-a", "1"), version("origin-a", "2")), 1},
		"as it is":         {"prod", planned(kind, Update, version("origin-a", "1"), version("origin-a", "1")), 0},
		"the other one":    {"prod", planned(kind, Update, version("origin-b", "1"), version("origin-b", "2")), 0},
		"another secret":   {"prod", planned(kind, Update, version("grafana", "1"), version("grafana", "2")), 0},
		"nobody sends it":  {"dev", planned(kind, Update, version("origin-a", "1"), version("origin-a", "2")), 0},
		"its first values": {"prod", planned(kind, Create, "", version("origin-a", "1")), 0},
	} {
		t.Run(name, func(t *testing.T) {
			report := Review([]Plan{planOf(t, c.stack, c.change)}, rules)
			if got := Of(report.Failures(), Outage); len(got) != c.want {
				t.Errorf("got %s, want %d outages", told(report), c.want)
			}
		})
	}
}

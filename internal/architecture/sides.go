package architecture

import "fmt"

// serviceGap is between the boxes of services.
const serviceGap = 10

func serviceHeight(r rect, all []service) int {
	return (r.h - serviceGap*(len(all)-1)) / max(len(all), 1)
}

// services are boxes from the top to the bottom. It returns their places.
func (c *canvas) services(r rect, all []service) map[string]rect {
	height := serviceHeight(r, all)
	places := map[string]rect{}
	for i, one := range all {
		at := rect{r.x, r.y + i*(height+serviceGap), r.w, height}
		c.card(at, "card", one.title, one.lines...)
		places[one.title] = at
	}
	return places
}

// pipeline draws how a commit comes to the cluster.
func (c *canvas) pipeline(r rect, f facts, h home) {
	c.box(r, "frame", 8)
	c.say(r.x+12, r.y+22, "small muted", "delivery")
	if len(f.pipeline) == 0 {
		at := rect{r.right() - 420, r.y + 36, 400, 60}
		c.card(at, "card", "Pipeline of "+f.primary, "helm upgrade, here too")
		c.delivered(at, r, h)
		return
	}
	stages := append([]string{"GitHub"}, f.pipeline...)
	const between = 34
	width := (r.w - 40 - between*(len(stages)-1)) / len(stages)
	for i, stage := range stages {
		at := rect{r.x + 20 + i*(width+between), r.y + 36, width, 60}
		var lines []string
		if line := stageLines[stage]; line != "" {
			lines = append(lines, line)
		}
		c.card(at, "card", stage, lines...)
		if i > 0 {
			c.path("arrow", [2]int{at.x - between, at.center()}, [2]int{at.x - 2, at.center()})
		}
		if stage == "Deploy" {
			c.delivered(at, r, h)
		}
	}
}

// delivered leads from what deploys to the cluster.
func (c *canvas) delivered(at, r rect, h home) {
	turn, way, y := r.y-11, h.vpc.right()+16, h.pods.center()+14
	c.path("arrow", [2]int{at.middle(), at.y}, [2]int{at.middle(), turn}, [2]int{way, turn}, [2]int{way, y},
		[2]int{h.pods.right() + 2, y})
	c.badge(way, h.vpc.bottom()-40, "4")
}

// stageLines say what a stage does, where its name does not.
var stageLines = map[string]string{
	"GitHub": "a commit", "Source": "CodeConnections", "Build": "image to ECR", "Publish": "chart to ECR",
	"Approve": "by a person", "Promote": "a tested image", "Deploy": "helm upgrade", "Standby": "of the second region",
}

// recovery draws the second region at the right, each copy beside what it is a copy of.
func (c *canvas) recovery(r rect, f facts, h home, dns rect) {
	if len(f.recovery) == 0 {
		return
	}
	if f.standby == "" {
		r = rect{r.x, h.vpc.y - 40, r.w, r.bottom() - h.vpc.y + 40}
	}
	c.box(r, "recovery", 8)
	c.say(r.x+14, r.y+24, "head", "Recovery: "+f.second)
	for _, one := range f.recovery {
		at := rect{r.x + 16, dns.y, r.w - 32, dns.h}
		from := dns
		if one.of != standbyPlace {
			from = h.places[one.of]
			at.y, at.h = from.y, from.h
		}
		c.card(at, "card", one.title, one.lines...)
		c.path("copy", [2]int{from.right(), at.center()}, [2]int{at.x - 2, at.center()})
	}
}

// legend is the data flow, numbered as in the owner's document.
func (c *canvas) legend(y int) {
	lines := []string{
		"User → CloudFront (cached response or SSL termination) → Route 53 → ALB.",
		"ALB routes to EKS pods across zones.",
		"Pods query ElastiCache (cache layer) or Aurora (persistent data).",
		"A commit triggers CodePipeline → ECR → EKS via Helm.",
		"CloudWatch and X-Ray monitor; autoscaling adjusts pods, nodes and readers.",
	}
	for i, line := range lines {
		x, row := margin+14, i
		if i >= 3 {
			x, row = margin+640, i-3
		}
		c.badge(x, y+row*28-5, fmt.Sprint(i+1))
		c.say(x+22, y+row*28, "small", line)
	}
}

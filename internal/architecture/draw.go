package architecture

import (
	"fmt"
	"strings"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/graph"
)

// The picture's measures, in pixels.
const (
	margin       = 24
	homeWidth    = 1216
	gap          = 24
	sideWidth    = 300 // of the recovery
	serviceWidth = 262
	edgeHeight   = 142
	regionHeight = 606
	lineHeight   = 112 // of the pipeline
)

// Draw is the picture of an environment. The graph holds its stacks; all are the environments it is loaded with.
func Draw(g *graph.Graph, environment environments.Environment, all []environments.Environment) []byte {
	f := read(g, environment, all)
	c := &canvas{width: 2*margin + homeWidth}
	if len(f.recovery) > 0 {
		c.width += gap + sideWidth
	}
	edge := rect{margin, 76, homeWidth, edgeHeight}
	region := rect{margin, edge.bottom() + 34, homeWidth, regionHeight}
	pipeline := rect{margin, region.bottom() + 22, homeWidth, lineHeight}
	legend := pipeline.bottom() + 40
	c.height = legend + 3*26
	c.box(rect{0, 0, c.width, c.height}, "page", 0)
	c.say(margin, 46, "title", f.headline())

	home := c.region(region, f)
	dns := c.edge(edge, f, home)
	c.pipeline(pipeline, f, home)
	c.recovery(rect{region.right() + gap, edge.y, sideWidth, region.bottom() - edge.y}, f, home, dns)
	c.legend(legend)
	return c.bytes(f.headline())
}

func (f facts) headline() string {
	headline := fmt.Sprintf("%s: %s in %s, account %s", f.name, f.tier, f.region, f.account)
	if f.secondary {
		headline += ", standing by for " + f.primary
	}
	return headline
}

// home is where things stand in the home region, for what leads to them.
type home struct {
	alb, pods, vpc rect
	between        int // the middle of the space between the last two zones
	services       rect
	places         map[string]rect // by service
}

// edge draws what a request passes before the region, and returns Route 53's place.
func (c *canvas) edge(r rect, f facts, h home) rect {
	c.box(r, "frame", 8)
	c.say(r.x+12, r.y+22, "small muted", "edge, global and us-east-1")
	user := rect{r.x + 20, r.y + 40, 240, 84}
	cdn := rect{user.right() + 88, user.y, 390, 84}
	dns := rect{cdn.right() + 88, user.y, 370, 84}
	c.card(user, "card", "Users", f.url)
	if f.url == "" {
		c.card(user, "card", "Users")
	}
	if len(f.edge) > 0 {
		c.card(cdn, "strong", "CloudFront", f.edge...)
	} else if f.secondary {
		c.card(cdn, "card", "CloudFront of "+f.primary, "asks here while this environment serves")
	} else {
		c.card(cdn, "card", "No distribution", "users call the load balancer's name")
	}
	c.card(dns, "card", "Route 53", f.origin, f.checked())
	c.path("arrow", [2]int{user.right(), user.center()}, [2]int{cdn.x - 2, cdn.center()})
	c.path("arrow", [2]int{cdn.right(), cdn.center()}, [2]int{dns.x - 2, dns.center()})
	turn := r.bottom() + 17
	c.path("arrow", [2]int{dns.x + 40, dns.bottom()}, [2]int{dns.x + 40, turn}, [2]int{h.between, turn},
		[2]int{h.between, h.alb.y - 2})
	c.badge(user.right()+44, user.center(), "1")
	c.badge(cdn.right()+44, cdn.center(), "1")
	c.badge(h.between, h.alb.y-26, "1")
	return dns
}

func (f facts) checked() string {
	if f.checks == 0 {
		return "no failover"
	}
	return "failover record, " + count(f.checks, "health check")
}

// region draws the home region.
func (c *canvas) region(r rect, f facts) home {
	c.box(r, "region", 8)
	c.say(r.x+14, r.y+24, "head", f.region)
	vpc := rect{r.x + 16, r.y + 40, r.w - serviceWidth - 64, r.h - 56}
	c.box(vpc, "vpc", 8)
	c.say(vpc.x+14, vpc.y+22, "small muted", "VPC "+f.network.cidr)
	h := c.tiers(vpc, f)
	h.vpc = vpc
	h.services = rect{vpc.right() + 32, vpc.y, serviceWidth, vpc.h}
	h.places = c.services(h.services, f.services)
	watch := h.places[f.services[0].title].center()
	way := vpc.right() + 16
	c.path("arrow", [2]int{h.services.x, watch}, [2]int{way, watch}, [2]int{way, h.pods.center() - 14},
		[2]int{h.pods.right() + 2, h.pods.center() - 14})
	c.badge(way, (watch+h.pods.center())/2, "5")
	return h
}

// The heights of the tiers, from the edge inward.
var heights = map[string]int{"public": 132, "private": 196, "data": 126}

// tiers draws zones and tiers, and what stands in them.
func (c *canvas) tiers(vpc rect, f facts) home {
	zones := f.network.zones
	width := (vpc.w - 28 - (len(zones)-1)*14) / max(len(zones), 1)
	inner := rect{vpc.x + 22, 0, vpc.w - 44, 0} // what spans the zones
	for i, zone := range zones {
		column := rect{vpc.x + 14 + i*(width+14), vpc.y + 32, width, vpc.h - 44}
		c.box(column, "zone", 6)
		c.middle(column.middle(), column.y+18, "small muted", zone.name)
		y := column.y + 26
		for _, tier := range tiers {
			at := rect{column.x + 6, y, column.w - 12, heights[tier]}
			c.box(at, tier, 4)
			c.say(at.x+8, at.y+17, "tiny muted", tier+" "+zone.tiers[tier])
			c.tier(tier, at, zone)
			y = at.bottom() + 6
		}
	}
	public := vpc.y + 58
	private := public + heights["public"] + 6
	data := private + heights["private"] + 6
	alb := rect{inner.x, public + 78, inner.w, 46}
	pods := rect{inner.x, private + 26, inner.w, 76}
	between := func(i int) int { return vpc.x + 14 + i*(width+14) - 7 }
	last := between(max(len(zones)-1, 1))
	c.path("arrow", [2]int{last, alb.bottom()}, [2]int{last, pods.y - 2})
	c.card(alb, "strong", "Application Load Balancer, HTTPS", f.callers)
	c.badge(last, (alb.bottom()+pods.y)/2, "2")
	first := between(1)
	boxes := 0
	if len(zones) > 0 {
		boxes = len(zones[0].data) + len(zones[0].places) // Aurora, and below it Redis
	}
	for i := range boxes {
		y := data + 48 + i*46
		c.path("arrow", [2]int{first, pods.bottom()}, [2]int{first, y}, [2]int{first - 19, y})
	}
	c.badge(first, data-3, "3")
	c.card(pods, "strong", "EKS: "+strings.Join(f.cluster, ", "), f.workload(), strings.Join(f.guards, ", "))
	if len(f.spans) > 0 {
		c.card(rect{inner.x, private + 158, inner.w, 30}, "card", strings.Join(f.spans, "; "))
	}
	return home{alb: alb, pods: pods, between: last}
}

func (f facts) workload() string {
	if f.app == "" {
		return ""
	}
	return f.app + ": " + f.pods
}

// tier draws what stands in one subnet.
func (c *canvas) tier(tier string, at rect, z zone) {
	inside := rect{at.x + 8, 0, at.w - 16, 34}
	switch tier {
	case "public":
		if z.nat {
			inside.y = at.y + 28
			c.card(inside, "card", "NAT gateway")
		}
	case "private":
		inside.y = at.y + 114
		for _, label := range z.nodes {
			c.card(inside, "card", label)
			inside.y += 38
		}
	case "data":
		inside.y = at.y + 28
		inside.h = 40
		for _, label := range append(append([]string{}, z.data...), z.places...) {
			title, line := halves(label)
			c.card(inside, "card", title, line)
			inside.y += 46
		}
	}
}

// halves are what a thing is, and its class, the last word.
func halves(label string) (title, class string) {
	i := strings.LastIndex(label, " ")
	return label[:i], label[i+1:]
}

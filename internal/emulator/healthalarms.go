package emulator

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
)

// healthAlarms stands in for health checks on CloudWatch alarms. Route 53 copies an alarm's settings when such a
// check is made or updated, and at no other time (Developer Guide, 'Updating health checks when you change CloudWatch
// alarm settings').
type healthAlarms struct {
	proxy *Proxy

	mutex  sync.Mutex
	alarms map[string]url.Values  // calls of PutMetricAlarm, by region and name
	checks map[string]*alarmCheck // by id
}

// alarmCheck is a health check on an alarm.
type alarmCheck struct {
	alarm  alarmIdentifier
	copied string // CloudWatchAlarmConfiguration
}

type alarmIdentifier struct{ Name, Region string }

func newHealthAlarms(proxy *Proxy) *healthAlarms {
	return &healthAlarms{proxy: proxy, alarms: map[string]url.Values{}, checks: map[string]*alarmCheck{}}
}

// watch keeps the metric alarms that there are.
func (h *healthAlarms) watch(r *Request, body []byte) ([]byte, []string) {
	if !bytes.Contains(body, []byte("<"+r.Action+"Response")) {
		return body, nil
	}
	h.mutex.Lock()
	defer h.mutex.Unlock()
	switch r.Action {
	case "PutMetricAlarm":
		h.alarms[r.Region+"|"+r.Form.Get("AlarmName")] = r.Form
	case "DeleteAlarms":
		each(r.Form, "AlarmNames.member", func(name string) string {
			delete(h.alarms, r.Region+"|"+name)
			return ""
		})
	}
	return body, nil
}

// alarmOf is the alarm of the health check that a call makes or updates, without a name for any other call.
func (h *healthAlarms) alarmOf(r *Request) alarmIdentifier {
	path := healthCheckPath.FindStringSubmatch(r.Path)
	if path == nil || r.Method != http.MethodPost {
		return alarmIdentifier{}
	}
	var call struct {
		Created alarmIdentifier `xml:"HealthCheckConfig>AlarmIdentifier"`
		Updated alarmIdentifier `xml:"AlarmIdentifier"`
	}
	if xml.Unmarshal(r.Body, &call) != nil {
		return alarmIdentifier{}
	}
	if path[1] == "" {
		return call.Created
	}
	if check := h.checks[path[1]]; check != nil && call.Updated.Name == "" { // an update may leave it out
		return check.alarm
	}
	return call.Updated
}

// answer refuses a health check on an alarm that Route 53 can't take or read. AWS does not document its words in an
// outage.
func (h *healthAlarms) answer(r *Request) *Reply {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	of := h.alarmOf(r)
	alarm, ok := h.alarms[of.Region+"|"+of.Name]
	why := ""
	switch {
	case of.Name == "":
		return nil
	case h.proxy.isLost(of.Region):
		why = unreachable(of.Region)
	case !ok:
		why = "there is no such metric alarm in " + of.Region
	case alarm.Get("MetricName") == "" || alarm.Get("ExtendedStatistic") != "": // API Reference, AlarmIdentifier
		why = "metric math and extended statistics are not supported"
	default:
		return nil
	}
	return r.badRequest("InvalidInput", "Alarm "+of.Name+": "+why)
}

// complete copies the settings of an alarm, and shows the copies in descriptions of health checks.
func (h *healthAlarms) complete(r *Request, body []byte) ([]byte, []string) {
	if !strings.HasPrefix(r.Path, "/2013-04-01/healthcheck") {
		return body, nil
	}
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if of, made := h.alarmOf(r), healthCheckID.FindSubmatch(body); of.Name != "" && made != nil {
		h.checks[string(made[1])] = &alarmCheck{of, alarmConfiguration(h.alarms[of.Region+"|"+of.Name])}
	}
	const end = "</HealthCheck>"
	parts, added := strings.SplitAfter(string(body), end), []string(nil)
	for i, part := range parts {
		id := healthCheckID.FindStringSubmatch(part)
		if id == nil || h.checks[id[1]] == nil {
			continue
		}
		parts[i] = strings.TrimSuffix(part, end) + h.checks[id[1]].copied + end
		added = []string{"GetHealthCheck.CloudWatchAlarmConfiguration"}
	}
	return []byte(strings.Join(parts, "")), added
}

// alarmConfiguration is an alarm's settings as a health check has them.
func alarmConfiguration(alarm url.Values) string {
	var text strings.Builder
	for _, name := range []string{
		"EvaluationPeriods", "Threshold", "ComparisonOperator", "Period", "MetricName", "Namespace", "Statistic",
	} {
		fmt.Fprintf(&text, "<%[1]s>%[2]s</%[1]s>", name, escape(alarm.Get(name)))
	}
	text.WriteString("<Dimensions>")
	for i := 1; alarm.Has(fmt.Sprintf("Dimensions.member.%d.Name", i)); i++ {
		dimension := fmt.Sprintf("Dimensions.member.%d.", i)
		fmt.Fprintf(&text, "<Dimension><Name>%s</Name><Value>%s</Value></Dimension>",
			escape(alarm.Get(dimension+"Name")), escape(alarm.Get(dimension+"Value")))
	}
	return "<CloudWatchAlarmConfiguration>" + text.String() + "</Dimensions></CloudWatchAlarmConfiguration>"
}

package kubernetes

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// notStatic are the values of Traefik's chart that have no part in its static configuration: they shape the pods.
var notStatic = []string{
	"affinity", "autoscaling", "deployment", "ingressClass", "podDisruptionBudget", "priorityClassName", "resources", "service",
	"tolerations", "topologySpreadConstraints",
}

// TraefikArguments are the arguments that Traefik's chart, at the version of the platform, gives the container for
// some values. The chart can't be fetched by tests, so its rule is repeated here, and a value without a rule is an
// error. The test has the arguments as Helm renders them.
func TraefikArguments(values map[string]any) ([]string, error) {
	a := &arguments{list: []string{
		"--entryPoints.metrics.address=:9100/tcp", "--ping=true", "--metrics.prometheus=true",
		"--metrics.prometheus.entrypoint=metrics", "--log.level=INFO",
	}}
	sections := map[string]func(map[string]any){
		"ports": a.ports, "providers": a.providers, "api": a.api, "log": a.log, "accessLog": a.accessLog,
		"metrics": a.metrics,
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if slices.Contains(notStatic, name) {
			continue
		}
		if name == "additionalArguments" {
			a.additional(values[name])
			continue
		}
		section, ok := values[name].(map[string]any)
		read, known := sections[name]
		if !known || !ok {
			a.unknown(name, values[name])
			continue
		}
		read(section)
	}
	return a.list, a.err
}

// arguments are Traefik's while they are gathered.
type arguments struct {
	list []string
	err  error
}

func (a *arguments) add(format string, values ...any) {
	a.list = append(a.list, fmt.Sprintf("--"+format, values...))
}

// additional are arguments that the chart has no values for, which it hands on as they are.
func (a *arguments) additional(value any) {
	list, ok := value.([]any)
	if !ok {
		a.unknown("additionalArguments", value)
	}
	for _, argument := range list {
		a.list = append(a.list, fmt.Sprint(argument))
	}
}

func (a *arguments) unknown(path string, value any) {
	a.err = fmt.Errorf("value %s of traefik's chart is %v: teach internal/kubernetes what argument it becomes", path, value)
}

func (a *arguments) ports(ports map[string]any) {
	for _, name := range slices.Sorted(maps.Keys(ports)) {
		port, ok := ports[name].(map[string]any)
		if !ok {
			continue // null takes a port of the chart's out
		}
		for _, key := range slices.Sorted(maps.Keys(port)) {
			switch value := port[key]; key {
			case "port":
				a.add("entryPoints.%s.address=:%v/tcp", name, value)
			case "asDefault":
				a.add("entryPoints.%s.asDefault=%v", name, value)
			case "forwardedHeaders":
				trusted, _ := value.(map[string]any)
				addresses, ok := trusted["trustedIPs"].([]any)
				if !ok || len(trusted) != 1 {
					a.unknown("ports."+name+"."+key, value)
					continue
				}
				list := strings.Trim(strings.ReplaceAll(fmt.Sprint(addresses), " ", ","), "[]")
				a.add("entryPoints.%s.forwardedHeaders.trustedIPs=%s", name, list)
			case "transport":
				a.transport(name, value)
			default:
				a.unknown("ports."+name+"."+key, value)
			}
		}
	}
}

func (a *arguments) transport(port string, value any) {
	transport, _ := value.(map[string]any)
	timeouts, ok := transport["respondingTimeouts"].(map[string]any)
	if !ok || len(transport) != 1 {
		a.unknown("ports."+port+".transport", value)
		return
	}
	for _, name := range slices.Sorted(maps.Keys(timeouts)) {
		a.add("entryPoints.%s.transport.respondingTimeouts.%s=%v", port, name, timeouts[name])
	}
}

func (a *arguments) providers(providers map[string]any) {
	for _, name := range slices.Sorted(maps.Keys(providers)) {
		provider, _ := providers[name].(map[string]any)
		switch {
		case name == "kubernetesCRD" && len(provider) == 1 && provider["enabled"] == false:
		case name == "kubernetesIngress":
			a.ingressProvider(provider)
		default:
			a.unknown("providers."+name, providers[name])
		}
	}
}

func (a *arguments) ingressProvider(provider map[string]any) {
	a.add("providers.kubernetesingress")
	a.add("providers.kubernetesingress.allowEmptyServices=true")
	for _, key := range slices.Sorted(maps.Keys(provider)) {
		switch value := provider[key].(type) {
		case string:
			a.add("providers.kubernetesingress.%s=%s", key, value)
		case map[string]any:
			if hostname, ok := value["hostname"]; ok && key == "ingressEndpoint" {
				a.add("providers.kubernetesingress.ingressendpoint.hostname=%v", hostname)
			} else if key != "publishedService" || value["enabled"] != false {
				a.unknown("providers.kubernetesIngress."+key, value)
			}
		default:
			a.unknown("providers.kubernetesIngress."+key, value)
		}
	}
}

func (a *arguments) api(values map[string]any) { a.add("api.dashboard=%v", values["dashboard"]) }

func (a *arguments) log(values map[string]any) { a.add("log.format=%v", values["format"]) }

func (a *arguments) accessLog(values map[string]any) {
	a.add("accesslog=%v", values["enabled"])
	a.add("accesslog.format=%v", values["format"])
	a.add("accesslog.fields.defaultmode=keep")
	a.add("accesslog.fields.headers.defaultmode=drop")
}

func (a *arguments) metrics(values map[string]any) {
	prometheus, _ := values["prometheus"].(map[string]any)
	buckets, ok := prometheus["buckets"].(string)
	if !ok || len(prometheus) != 1 || len(values) != 1 {
		a.unknown("metrics", values)
		return
	}
	a.add("metrics.prometheus.buckets=%s", buckets)
}

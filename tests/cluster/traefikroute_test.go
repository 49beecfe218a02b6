//go:build cluster

package cluster

import (
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/cloudfront"
	"github.com/titan-platform/titan/internal/conformance"
	"github.com/titan-platform/titan/internal/kubernetes"
	"github.com/titan-platform/titan/internal/webacl"
	"github.com/titan-platform/titan/modules/addons"
)

// application is what stands behind Traefik: it gives the answer that it is told, and says in a header that it was it.
type application struct {
	address *net.TCPAddr
	server  *httptest.Server

	mutex  sync.Mutex
	answer cloudfront.Answer
}

const answeredBy = "X-Answered-By"

// startApplication starts one. EndpointSlices take no address of loopback, so it listens on another of this machine's.
func startApplication(t *testing.T) *application {
	t.Helper()
	listener, err := net.Listen("tcp4", net.JoinHostPort(ownAddress(t), "0"))
	if err != nil {
		t.Fatal(err)
	}
	a := &application{address: listener.Addr().(*net.TCPAddr)}
	a.server = &httptest.Server{Listener: listener, Config: &http.Server{Handler: a}}
	a.server.Start()
	t.Cleanup(a.server.Close)
	return a
}

func ownAddress(t *testing.T) string {
	t.Helper()
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range addresses {
		if ip, ok := address.(*net.IPNet); ok && ip.IP.To4() != nil && ip.IP.IsGlobalUnicast() {
			return ip.IP.String()
		}
	}
	t.Skip("this machine has no IPv4 address but loopback, which Kubernetes takes for no endpoint: Traefik is not run; connect it to a network")
	return ""
}

// ServeHTTP gives the answer. Headers that the request had are given back, each with Sent- before its name.
func (a *application) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.mutex.Lock()
	answer := a.answer
	a.mutex.Unlock()
	_, _ = io.Copy(io.Discard, r.Body) // a client that leaves shows at the client
	for name, values := range r.Header {
		w.Header().Set("Sent-"+name, strings.Join(values, ", "))
	}
	w.Header().Set("Sent-Host", r.Host)
	w.Header().Set(answeredBy, "application")
	for name, value := range answer.Headers {
		w.Header().Set(name, value)
	}
	if answer.Status == http.StatusSwitchingProtocols {
		w.Header().Set("Connection", "Upgrade")
		w.Header().Set("Upgrade", r.Header.Get("Upgrade"))
	}
	w.WriteHeader(answer.Status)
	_, _ = io.WriteString(w, answer.Body) // as above
}

// traefik is the way through Traefik to the application.
type traefik struct {
	*kubernetes.Ingress
	*application
	client *http.Client
}

// routes counts namespaces, none of which can be used twice.
var routes int

// startTraefik installs the chart's Ingress and Service, with the application as the Service's endpoint, and starts
// Traefik.
func startTraefik(t *testing.T, e environments.Environment, a *application) *traefik {
	t.Helper()
	program, version, err := kubernetes.InstallTraefik(t.Context(), root, root+"/.titan")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range addons.Table() {
		if r.Name == "traefik" && r.AppVersion != version {
			t.Fatalf("the platform runs Traefik %s, and internal/kubernetes/traefik has %s: update its go.mod", r.AppVersion, version)
		}
	}
	routes++
	ns := fmt.Sprintf("traefik-%d", routes)
	namespace(t, ns)
	kubectl(t, "", "delete", "ingress", "--all-namespaces", "--all") // other tests' releases have the same host
	objects, _ := render(t, values(t, e, standIn))
	objects = in(ns, []object{one(t, objects, "Ingress/"+release), one(t, objects, "Service/"+release), endpoints(a)})
	class := object{
		"apiVersion": "networking.k8s.io/v1", "kind": "IngressClass", "metadata": object{"name": "traefik"},
		"spec": object{"controller": "traefik.io/ingress-controller"},
	}
	kubectl(t, text(t, append(objects, class)...), "apply", "--filename", "-")

	arguments, err := kubernetes.TraefikArguments(platformOf(t, e, standIn).release(t, "traefik").Values)
	if err != nil {
		t.Fatal(err)
	}
	ingress, err := server.StartIngress(t.Context(), program, arguments, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(ingress.Stop)
	through := &traefik{ingress, a, &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport:     &http.Transport{DisableCompression: true},
	}}
	through.waitForRoute(t, e.DNS.Name)
	return through
}

// endpoints are what Kubernetes' controller would make of a ready pod.
func endpoints(a *application) object {
	return object{
		"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "IPv4",
		"metadata":  object{"name": release, "labels": object{"kubernetes.io/service-name": release}},
		"endpoints": []any{object{"addresses": []any{a.address.IP.String()}, "conditions": object{"ready": true}}},
		"ports":     []any{object{"name": "http", "port": a.address.Port, "protocol": "TCP"}},
	}
}

func (through *traefik) waitForRoute(t *testing.T, host string) {
	t.Helper()
	for range 300 {
		got, err := through.ask(cloudfront.OriginRequest{Method: "GET", Host: host, Path: "/", Headers: webacl.Headers{}}, cloudfront.Answer{Status: 200})
		if err == nil && (got.Status == http.StatusOK || got.Status == http.StatusBadGateway) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	log, err := os.ReadFile(through.Log())
	t.Fatalf("traefik has no route to %s: %s %v", host, log, err)
}

// ask sends a request as the load balancer does, and brings back what Traefik answers, with the application's time.
func (through *traefik) ask(sent cloudfront.OriginRequest, answer cloudfront.Answer) (cloudfront.Answer, error) {
	if answer.Refused { // what TestTraefikAnswersForPodsThatRefuse shows
		return cloudfront.Answer{Status: http.StatusBadGateway, By: conformance.FromIngress}, nil
	}
	through.mutex.Lock()
	through.answer = answer
	through.mutex.Unlock()
	url := "http://" + through.Address + sent.Path
	if sent.Query != "" {
		url += "?" + sent.Query
	}
	body := sent.Body
	if body == "" {
		body = strings.Repeat("b", sent.BodySize)
	}
	request, err := http.NewRequest(sent.Method, url, strings.NewReader(body))
	if err != nil {
		return cloudfront.Answer{}, err
	}
	request.Host = sent.Host
	for name, value := range sent.Headers {
		request.Header.Set(name, value)
	}
	response, err := through.client.Do(request)
	if err != nil {
		return cloudfront.Answer{}, err
	}
	defer func() { _ = response.Body.Close() }() // a second connection of a WebSocket is not used
	got := cloudfront.Answer{Status: response.StatusCode, Headers: webacl.Headers{}, After: answer.After}
	if response.StatusCode != http.StatusSwitchingProtocols {
		text, err := io.ReadAll(response.Body)
		if err != nil {
			return cloudfront.Answer{}, err
		}
		got.Body = string(text)
	}
	if response.Header.Get(answeredBy) == "" {
		got.By = conformance.FromIngress
	}
	if err := lost(sent.Headers, response.Header); got.By == "" && err != nil {
		return cloudfront.Answer{}, err
	}
	for _, name := range slices.Sorted(maps.Keys(response.Header)) {
		if !strings.HasPrefix(name, "Sent-") {
			got.Headers[strings.ToLower(name)] = response.Header.Get(name)
		}
	}
	return got, nil
}

// lost says which headers the application did not get as the load balancer sent them. Traefik appends to
// X-Forwarded-For, and hop-by-hop ones are between two hops.
func lost(sent webacl.Headers, got http.Header) error {
	for name, value := range sent {
		have := got.Get("Sent-" + name)
		switch name {
		case "connection":
			continue
		case "x-forwarded-for":
			have, _, _ = strings.Cut(have, ", 127.0.0.1")
		}
		if have != value {
			return fmt.Errorf("the application got the header %s as %q, want %q", name, have, value)
		}
	}
	return nil
}

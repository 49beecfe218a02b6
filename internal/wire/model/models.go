package model

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// pinned is a line a model: SHA-256 of the file, the service's name in signatures, and the path below botocore's data
// folder.
//
//go:embed models.sha256
var pinned string

// Pin is a model that the project judges by.
type Pin struct {
	SHA256  string
	Signing string // the service's name in signatures
	Path    string // NAME/VERSION/service-2.json.gz
}

// Name is botocore's name of the service.
func (p Pin) Name() string {
	name, _, _ := strings.Cut(p.Path, "/")
	return name
}

// Pins are the models that the project judges by.
func Pins() []Pin {
	var pins []Pin
	for line := range strings.Lines(pinned) {
		if fields := strings.Fields(line); len(fields) == 3 {
			pins = append(pins, Pin{SHA256: fields[0], Signing: fields[1], Path: fields[2]})
		}
	}
	return pins
}

// Models are the pinned models in a botocore, read when a service is first asked for. They are safe for concurrent
// use.
type Models struct {
	data string

	mutex sync.Mutex
	read  map[string][]*Service // by name in signatures
}

// Open opens the models in a botocore's data folder.
func Open(data string) *Models { return &Models{data: data, read: map[string][]*Service{}} }

// Signed are the models of the services that sign with a name; none where no model of that name is pinned. It fails
// where a file is not the pinned one.
func (m *Models) Signed(signing string) ([]*Service, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if services, found := m.read[signing]; found {
		return services, nil
	}
	var services []*Service
	for _, pin := range Pins() {
		if pin.Signing != signing {
			continue
		}
		service, err := m.load(pin)
		if err != nil {
			return nil, err
		}
		services = append(services, service)
	}
	m.read[signing] = services
	return services, nil
}

// Named is the pinned model of a service by botocore's name, such as elbv2. It fails where none is pinned.
func (m *Models) Named(name string) (*Service, error) {
	for _, pin := range Pins() {
		if pin.Name() != name {
			continue
		}
		services, err := m.Signed(pin.Signing)
		if err != nil {
			return nil, err
		}
		for _, service := range services {
			if service.Name == name {
				return service, nil
			}
		}
	}
	return nil, fmt.Errorf("no model of %q is pinned in models.sha256", name)
}

func (m *Models) load(pin Pin) (*Service, error) {
	file := filepath.Join(m.data, filepath.FromSlash(pin.Path))
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading the model of %q: %w", pin.Name(), err)
	}
	if sum := sha256.Sum256(content); hex.EncodeToString(sum[:]) != pin.SHA256 {
		return nil, fmt.Errorf("model %s has SHA-256 %x, models.sha256 pins %s: botocore was changed; "+
			"read what is new in the model, then pin it with TITAN_PIN_MODELS=1 go test ./internal/wire/model",
			pin.Path, sum, pin.SHA256)
	}
	unzipped, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		return nil, fmt.Errorf("unpacking the model of %q: %w", pin.Name(), err)
	}
	text, err := io.ReadAll(unzipped)
	if err != nil {
		return nil, fmt.Errorf("unpacking the model of %q: %w", pin.Name(), err)
	}
	return Parse(pin.Name(), text)
}

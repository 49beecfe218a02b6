// Package crds brings the custom resource definitions of charts up to date. Helm installs what lies in a chart's crds/
// with its first release and never touches it again (Helm docs, 'Custom Resource Definitions'), so an upgraded
// controller would work with the definitions of the one before.
package crds

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	yamlutil "k8s.io/apimachinery/pkg/util/yaml"
)

// Chart is a chart of a repository.
type Chart struct {
	Name, Version string
	Repository    string // https://…
}

// largest is the largest answer of a repository that is read, in bytes: the largest index known has 15 MB.
const largest = 64 << 20

// Definitions fetches a chart and returns what lies in its crds/ and in those of its subcharts. A chart without any has
// none. The archive is held to the checksum that the repository's index has of it.
func (c Chart) Definitions(ctx context.Context, client *http.Client) ([]*unstructured.Unstructured, error) {
	definitions, err := c.definitions(ctx, client)
	if err != nil {
		return nil, fmt.Errorf("reading the definitions of chart %s %s: %w", c.Name, c.Version, err)
	}
	return definitions, nil
}

func (c Chart) definitions(ctx context.Context, client *http.Client) ([]*unstructured.Unstructured, error) {
	index, err := get(ctx, client, strings.TrimSuffix(c.Repository, "/")+"/index.yaml")
	if err != nil {
		return nil, err
	}
	address, digest, err := c.find(index)
	if err != nil {
		return nil, err
	}
	archive, err := get(ctx, client, address)
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(archive); hex.EncodeToString(sum[:]) != digest {
		return nil, fmt.Errorf("%s has the SHA-256 %x, and the repository's index says %s: it was changed on its way, or "+
			"published twice", address, sum, digest)
	}
	return unpack(archive)
}

// find returns where an index has the chart's archive, and its SHA-256.
func (c Chart) find(index []byte) (address, digest string, err error) {
	var parsed struct {
		Entries map[string][]struct {
			Version string   `yaml:"version"`
			URLs    []string `yaml:"urls"`
			Digest  string   `yaml:"digest"`
		} `yaml:"entries"`
	}
	if err := yaml.Unmarshal(index, &parsed); err != nil {
		return "", "", fmt.Errorf("parsing the index of %s: %w", c.Repository, err)
	}
	for _, entry := range parsed.Entries[c.Name] {
		if entry.Version != c.Version {
			continue
		}
		if len(entry.URLs) == 0 || entry.Digest == "" {
			return "", "", fmt.Errorf("the index of %s has no address or no digest of it", c.Repository)
		}
		base, err := url.Parse(strings.TrimSuffix(c.Repository, "/") + "/")
		if err != nil {
			return "", "", fmt.Errorf("the repository %q: %w", c.Repository, err)
		}
		there, err := base.Parse(entry.URLs[0]) // some are relative
		if err != nil {
			return "", "", fmt.Errorf("the address %q in the index of %s: %w", entry.URLs[0], c.Repository, err)
		}
		return there.String(), entry.Digest, nil
	}
	return "", "", fmt.Errorf("the index of %s has no such version", c.Repository)
}

// definitionFile is where Helm looks for definitions, below the chart's folder, also in subcharts.
var definitionFile = regexp.MustCompile(`^[^/]+/(charts/[^/]+/)*crds/.+\.(ya?ml|json)$`)

func unpack(archive []byte) ([]*unstructured.Unstructured, error) {
	compressed, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		return nil, fmt.Errorf("unpacking the archive: %w", err)
	}
	var list []*unstructured.Unstructured
	files := tar.NewReader(io.LimitReader(compressed, largest))
	for {
		file, err := files.Next()
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return nil, fmt.Errorf("unpacking the archive: %w", err)
		}
		if !definitionFile.MatchString(file.Name) {
			continue
		}
		found, err := parse(files)
		if err != nil {
			return nil, fmt.Errorf("parsing %s: %w", file.Name, err)
		}
		list = append(list, found...)
	}
}

// parse reads the documents of a file.
func parse(file io.Reader) ([]*unstructured.Unstructured, error) {
	var list []*unstructured.Unstructured
	decoder := yamlutil.NewYAMLOrJSONDecoder(file, 4096)
	for {
		definition := &unstructured.Unstructured{}
		err := decoder.Decode(&definition.Object)
		switch {
		case errors.Is(err, io.EOF):
			return list, nil
		case err != nil:
			return nil, err
		case len(definition.Object) == 0: // only comments
			continue
		case definition.GetKind() != "CustomResourceDefinition" || definition.GetAPIVersion() != "apiextensions.k8s.io/v1":
			return nil, fmt.Errorf("%s %s %q is no CustomResourceDefinition of apiextensions.k8s.io/v1",
				definition.GetAPIVersion(), definition.GetKind(), definition.GetName())
		}
		list = append(list, definition)
	}
}

func get(ctx context.Context, client *http.Client, address string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, fmt.Errorf("asking %q: %w", address, err)
	}
	response, err := client.Do(request)
	if err != nil {
		return nil, err // it names the address
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s answers %s", address, response.Status)
	}
	content, err := io.ReadAll(io.LimitReader(response.Body, largest+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", address, err)
	}
	if len(content) > largest {
		return nil, fmt.Errorf("%s has more than %d MiB", address, largest>>20)
	}
	return content, nil
}

package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// call makes one call. An emulator reads from the signature which service and region are meant, and does not check
// it.
func (l lookups) call(ctx context.Context, service, region, target, path, body string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, l.url+path, strings.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("calling %s of the emulator: %w", service, err)
	}
	request.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=test/20260101/"+region+"/"+service+
		"/aws4_request, SignedHeaders=host, Signature=0")
	switch {
	case service == "iam":
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	case target != "":
		request.Header.Set("X-Amz-Target", target)
		request.Header.Set("Content-Type", "application/x-amz-json-1.1")
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, fmt.Errorf("calling %s of the emulator: %w", service, err)
	}
	defer func() { _ = response.Body.Close() }() // read to its end
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, fmt.Errorf("calling %s of the emulator: %w", service, err)
	}
	if response.StatusCode >= http.StatusBadRequest {
		return nil, fmt.Errorf("calling %s of the emulator: %s %s", service, response.Status, answer)
	}
	return answer, nil
}

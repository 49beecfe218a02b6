package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/titan-platform/titan/environments"
)

// makeLookedUp makes on an emulator what an environment looks up and does not make, so that it can be planned alone: its zone, and of a
// secondary the primary's secrets that are replicated to its region.
func makeLookedUp(ctx context.Context, url string, environment environments.Environment) error {
	if !environment.DNS.CreateZone {
		zone := `<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>` + environment.DNS.Zone +
			`</Name><CallerReference>looked-up</CallerReference></CreateHostedZoneRequest>`
		if err := callEmulator(ctx, url, "route53", "us-east-1", "", "/2013-04-01/hostedzone", zone); err != nil {
			return err
		}
	}
	if environment.DR.Role != environments.DRSecondary {
		return nil
	}
	for _, which := range []environments.OriginSecret{environments.OriginSecretA, environments.OriginSecretB} {
		secret := fmt.Sprintf(`{"Name":"%s-origin-%s","SecretString":"looked-up-%s"}`, environment.PrimaryPrefix(), which, which)
		if err := callEmulator(ctx, url, "secretsmanager", string(environment.Region), "secretsmanager.CreateSecret", "/", secret); err != nil {
			return err
		}
	}
	return nil
}

// callEmulator makes one call. An emulator reads from the signature which service and region are meant, and does not check it.
func callEmulator(ctx context.Context, url, service, region, target, path, body string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url+path, strings.NewReader(body))
	if err != nil {
		return fmt.Errorf("calling %s of the emulator: %w", service, err)
	}
	request.Header.Set("Authorization", fmt.Sprintf("AWS4-HMAC-SHA256 Credential=test/20260101/%s/%s/aws4_request, SignedHeaders=host, Signature=0", region, service))
	if target != "" {
		request.Header.Set("X-Amz-Target", target)
		request.Header.Set("Content-Type", "application/x-amz-json-1.1")
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("calling %s of the emulator: %w", service, err)
	}
	defer func() { _ = response.Body.Close() }() // read to its end
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return fmt.Errorf("calling %s of the emulator: %w", service, err)
	}
	if response.StatusCode >= http.StatusBadRequest {
		return fmt.Errorf("calling %s of the emulator: %s %s", service, response.Status, answer)
	}
	return nil
}

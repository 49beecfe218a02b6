package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// lookups make on an emulator what stacks look up and other stacks or people make, so that each can be planned alone:
// zones, secrets, parameters and the role to plan by, by the names that stand in the synthesized JSON. What AWS itself has, prefix lists and the
// like, the emulator has too.
type lookups struct {
	url  string
	made map[string]bool // by data source and name
}

// lookedUp is a synthesized stack as far as it looks something up.
type lookedUp struct {
	Provider struct {
		AWS []struct {
			Region     string
			AssumeRole []struct {
				ARN string `json:"role_arn"`
			} `json:"assume_role"`
		} `json:"aws"`
	} `json:"provider"`
	Data struct {
		Zones   map[string]struct{ Name string } `json:"aws_route53_zone"`
		Secrets map[string]struct{ Name string } `json:"aws_secretsmanager_secret"`
		Values  map[string]struct {
			SecretID string `json:"secret_id"`
		} `json:"aws_secretsmanager_secret_version"`
		Parameters map[string]struct{ Name string } `json:"aws_ssm_parameter"`
	} `json:"data"`
}

// make makes what a synthesized stack looks up by a name, once. What it finds by a reference, it makes itself.
func (l lookups) make(ctx context.Context, synthesized []byte) error {
	var stack lookedUp
	if err := json.Unmarshal(synthesized, &stack); err != nil {
		return fmt.Errorf("reading what a stack looks up: %w", err)
	}
	for _, zone := range stack.Data.Zones {
		body := `<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>` + zone.Name +
			`</Name><CallerReference>looked-up</CallerReference></CreateHostedZoneRequest>`
		if err := l.once("zone", zone.Name, func() error {
			return l.call(ctx, "route53", "us-east-1", "", "/2013-04-01/hostedzone", body)
		}); err != nil {
			return err
		}
	}
	for _, role := range stack.Provider.AWS[0].AssumeRole {
		if err := l.once("role", role.ARN, func() error { return l.makeRole(ctx, role.ARN) }); err != nil {
			return err
		}
	}
	var secrets []string
	for _, secret := range stack.Data.Secrets {
		secrets = append(secrets, secret.Name)
	}
	for _, value := range stack.Data.Values {
		secrets = append(secrets, value.SecretID)
	}
	for _, secret := range secrets {
		body := fmt.Sprintf(`{"Name":%q,"SecretString":"looked-up"}`, secret)
		region := stack.Provider.AWS[0].Region
		if err := l.once("secret in "+region, secret, func() error {
			return l.call(ctx, "secretsmanager", region, "secretsmanager.CreateSecret", "/", body)
		}); err != nil {
			return err
		}
	}
	for _, parameter := range stack.Data.Parameters {
		if strings.HasPrefix(parameter.Name, "/aws/") { // AWS' own
			continue
		}
		body := fmt.Sprintf(`{"Name":%q,"Type":"String","Value":%q}`, parameter.Name, lookedUpImage)
		region := stack.Provider.AWS[0].Region
		if err := l.once("parameter in "+region, parameter.Name, func() error {
			return l.call(ctx, "ssm", region, "AmazonSSM.PutParameter", "/", body)
		}); err != nil {
			return err
		}
	}
	return nil
}

// makeRole makes a role by its ARN, which may have a path: arn:aws:iam::111111111111:role/deployment/titan.
func (l lookups) makeRole(ctx context.Context, arn string) error {
	_, name, _ := strings.Cut(arn, ":role/")
	at := strings.LastIndex(name, "/") + 1
	return l.call(ctx, "iam", "us-east-1", "", "/", url.Values{
		"Action": {"CreateRole"}, "Version": {"2010-05-08"}, "RoleName": {name[at:]}, "Path": {"/" + name[:at]},
		"AssumeRolePolicyDocument": {`{"Version":"2012-10-17","Statement":[]}`},
	}.Encode())
}

// lookedUpImage is in a parameter that is looked up: all of those hold the image that an application runs.
var lookedUpImage = "looked-up.example.com/image@sha256:" + strings.Repeat("0", 64)

func (l lookups) once(what, name string, create func() error) error {
	if name == "" || strings.Contains(name, "${") || l.made[what+" "+name] {
		return nil
	}
	l.made[what+" "+name] = true
	return create()
}

// call makes one call. An emulator reads from the signature which service and region are meant, and does not check
// it.
func (l lookups) call(ctx context.Context, service, region, target, path, body string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, l.url+path, strings.NewReader(body))
	if err != nil {
		return fmt.Errorf("calling %s of the emulator: %w", service, err)
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

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// lookups make on an emulator what stacks look up and other stacks or people make, so that each can be planned alone:
// zones, secrets, parameters and the role to plan by, by the names that stand in the synthesized JSON. What AWS itself has, prefix lists and the
// like, the emulator has too.
type lookups struct {
	url   string
	made  map[string]bool   // by data source and name
	zones map[string]string // the ids that the emulator gave to zones that are looked up by another one
}

func newLookups(url string) lookups {
	return lookups{url: url, made: map[string]bool{}, zones: map[string]string{}}
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
		Zones map[string]struct {
			Name string
			ID   string `json:"zone_id"`
		} `json:"aws_route53_zone"`
		Secrets map[string]struct{ Name string } `json:"aws_secretsmanager_secret"`
		Values  map[string]struct {
			SecretID string `json:"secret_id"`
		} `json:"aws_secretsmanager_secret_version"`
		Parameters map[string]struct{ Name string } `json:"aws_ssm_parameter"`
	} `json:"data"`
}

// make makes what a synthesized stack looks up by a name, once, and returns the stack as it finds that: a zone that is
// looked up by its id has another one. What the stack finds by a reference, it makes itself.
func (l lookups) make(ctx context.Context, synthesized []byte) ([]byte, error) {
	var stack lookedUp
	if err := json.Unmarshal(synthesized, &stack); err != nil {
		return nil, fmt.Errorf("reading what a stack looks up: %w", err)
	}
	for _, zone := range stack.Data.Zones {
		if err := l.once("zone", zone.Name+zone.ID, func() error {
			return l.makeZone(ctx, zone.Name, zone.ID)
		}); err != nil {
			return nil, err
		}
		if id := l.zones[zone.ID]; id != "" {
			synthesized = bytes.ReplaceAll(synthesized, []byte(zone.ID), []byte(id))
		}
	}
	for _, role := range stack.Provider.AWS[0].AssumeRole {
		if err := l.once("role", role.ARN, func() error { return l.makeRole(ctx, role.ARN) }); err != nil {
			return nil, err
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
			_, err := l.call(ctx, "secretsmanager", region, "secretsmanager.CreateSecret", "/", body)
			return err
		}); err != nil {
			return nil, err
		}
	}
	for _, parameter := range stack.Data.Parameters {
		if strings.HasPrefix(parameter.Name, "/aws/") { // AWS' own
			continue
		}
		body := fmt.Sprintf(`{"Name":%q,"Type":"String","Value":%q}`, parameter.Name, lookedUpImage)
		region := stack.Provider.AWS[0].Region
		if err := l.once("parameter in "+region, parameter.Name, func() error {
			_, err := l.call(ctx, "ssm", region, "AmazonSSM.PutParameter", "/", body)
			return err
		}); err != nil {
			return nil, err
		}
	}
	return synthesized, nil
}

// madeZoneID is in Route 53's answer: <Id>/hostedzone/Z0123456789ABCDEFGHIJ</Id>.
var madeZoneID = regexp.MustCompile(`<Id>/hostedzone/(\w+)</Id>`)

// makeZone makes a zone by its name or, where only its id is known, by any, and keeps the id that it got.
func (l lookups) makeZone(ctx context.Context, name, id string) error {
	if name == "" {
		name = "looked-up.example.com"
	}
	answer, err := l.call(ctx, "route53", "us-east-1", "", "/2013-04-01/hostedzone",
		`<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>`+name+
			`</Name><CallerReference>looked-up-`+id+`</CallerReference></CreateHostedZoneRequest>`)
	if err != nil {
		return err
	}
	if match := madeZoneID.FindSubmatch(answer); id != "" && match != nil {
		l.zones[id] = string(match[1])
	}
	return nil
}

// makeRole makes a role by its ARN, which may have a path: arn:aws:iam::111111111111:role/deployment/titan.
func (l lookups) makeRole(ctx context.Context, arn string) error {
	_, name, _ := strings.Cut(arn, ":role/")
	at := strings.LastIndex(name, "/") + 1
	_, err := l.call(ctx, "iam", "us-east-1", "", "/", url.Values{
		"Action": {"CreateRole"}, "Version": {"2010-05-08"}, "RoleName": {name[at:]}, "Path": {"/" + name[:at]},
		"AssumeRolePolicyDocument": {`{"Version":"2012-10-17","Statement":[]}`},
	}.Encode())
	return err
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

package leftovers

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws/arn"

	"github.com/titan-platform/titan/internal/stateful/kinds"
)

// kind is a type of things in AWS.
type kind struct {
	service, resource string // of the ARN: ec2, security-group
	terraform         string // aws_security_group
	delete            string // the command, with ID and ARN for what it deletes
	// imported is how `terraform import` takes it. Default: by its name, as the ARN has it.
	imported func(a arn.ARN, name string) string
	look     func(ctx context.Context, c clients, l Leftover) (sight, error)
	remove   func(ctx context.Context, c clients, l Leftover) error
	before   string // what has to be done before it can be deleted
	goesWith string // what it goes with; it is not deleted by itself
	stays    string // why it stays by design

	rank int // in the table, which is the order of deletion
}

// table are the types, in the order in which they can be deleted: what uses something comes before it.
var table = ranked(slices.Concat(networkKinds, dataKinds, otherKinds))

func ranked(kinds []kind) []kind {
	for i := range kinds {
		kinds[i].rank = i
	}
	return kinds
}

// kindOf is the type of an ARN, and the name of what it names there.
func kindOf(a arn.ARN) (kind, string) {
	resource, name := split(a)
	i := slices.IndexFunc(table, func(k kind) bool { return k.service == a.Service && k.resource == resource })
	if i < 0 {
		return kind{service: a.Service, resource: resource, rank: len(table)}, name
	}
	return table[i], name
}

// split takes the resource of an ARN apart: type/name, type:name, or a name alone (IAM User Guide, 'Identify AWS
// resources with Amazon Resource Names').
func split(a arn.ARN) (resource, name string) {
	text := strings.TrimSuffix(a.Resource, ":*") // log groups have it in some answers
	at := strings.IndexAny(text, "/:")
	if at < 0 {
		return "", text
	}
	resource, name = text[:at], text[at+1:]
	switch {
	case a.Service == "ssm":
		return resource, "/" + name
	case a.Service == "wafv2": // global/webacl/NAME/ID
		scope := resource
		resource, name, _ = strings.Cut(name, "/")
		return resource, scope + "/" + name
	case resource == "role": // its path is no part of its name
		name = name[strings.LastIndex(name, "/")+1:]
	}
	return resource, name
}

// leftover is what is known of an ARN by itself.
func (s *search) leftover(text string, tags map[string]string) Leftover {
	l := Leftover{ARN: text, Region: s.region, Stack: tags["stack"], tags: tags, Group: Data}
	a, err := arn.Parse(text)
	if err != nil {
		l.Type, l.Note = "unknown", "titan does not know what this is"
		return l
	}
	l.kind, l.name = kindOf(a)
	l.Type = l.kind.terraform
	if l.Type == "" {
		l.Type = strings.TrimSuffix(l.kind.service+":"+l.kind.resource, ":")
		l.Note = "titan does not know what this holds"
	}
	l.Note = joined(l.Note, l.kind.before)
	switch {
	case l.kind.goesWith != "":
		l.Group, l.Note = Expected, "goes with its "+l.kind.goesWith
		return l
	case l.kind.stays != "":
		l.Group, l.Note = Expected, l.kind.stays
	case l.kind.terraform != "" && !kinds.MayHoldData(l.kind.terraform):
		l.Group = Loose
	}
	if l.kind.terraform != "" {
		l.ID = l.name
		if l.kind.imported != nil {
			l.ID = l.kind.imported(a, l.name)
		}
	}
	if l.kind.delete != "" {
		l.Delete = "aws " + strings.NewReplacer("NAME", l.name, "ARN", text, "ID", l.ID).Replace(l.kind.delete) +
			" --region " + string(s.region)
	}
	return l
}

// byARN imports a type by its ARN.
func byARN(a arn.ARN, _ string) string { return a.String() }

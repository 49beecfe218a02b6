package leftovers

import (
	"context"
	"fmt"
	"slices"

	"github.com/titan-platform/titan/internal/awsops"
	"github.com/titan-platform/titan/internal/preflight"
)

// sight is what a look at a leftover has found.
type sight struct {
	gone bool
	// stays says why it stays by design, or goes by itself. Empty is neither.
	stays string
	note  string
	// used says by what it is used, and that it can't be deleted before that.
	used string
}

// mayBeGone is said of what was not looked at.
const mayBeGone = "may be gone already: AWS lists for hours what is deleted"

// look looks at what was found, and takes out what is gone.
func (s *search) look(ctx context.Context) {
	seen := s.lookEC2(ctx)
	s.found = slices.DeleteFunc(s.found, func(l Leftover) bool {
		one, looked := seen[l.name]
		return l.kind.service == "ec2" && looked && one.gone
	})
	var standing []Leftover
	for _, l := range s.found {
		if one, looked := seen[l.name]; looked && l.kind.service == "ec2" {
			standing = append(standing, l.with(one))
			continue
		}
		if l.kind.look == nil {
			if l.Group != Expected && l.kind.service != "iam" { // IAM lists what is there
				l.Note = joined(l.Note, mayBeGone)
			}
			standing = append(standing, l)
			continue
		}
		one, err := l.kind.look(ctx, s.clients, l)
		switch {
		case err != nil:
			reason := preflight.Unanswered(l.ARN, err).Detail
			l.Note = joined(l.Note, fmt.Sprintf("%s (not looked at: %s)", mayBeGone, reason))
		case one.gone:
			continue
		default:
			l = l.with(one)
		}
		standing = append(standing, l)
	}
	s.found = standing
}

// with is a leftover with what a look has found.
func (l Leftover) with(one sight) Leftover {
	l.Note = joined(l.Note, one.note)
	switch {
	case one.stays != "":
		l.Group, l.Note, l.Delete = Expected, one.stays, ""
	case one.used != "":
		l.Note = joined(l.Note, one.used)
		l.kind.remove = nil
	}
	return l
}

func joined(notes ...string) string {
	text := ""
	for _, note := range notes {
		switch {
		case note == "":
		case text == "":
			text = note
		default:
			text += "; " + note
		}
	}
	return text
}

// missing are the codes by which services say that something is not there.
var missing = []string{
	"NotFound", "NotFoundException", "ResourceNotFoundException", "NoSuchBucket", "LoadBalancerNotFound",
	"TargetGroupNotFound", "DBClusterNotFoundFault", "DBClusterSnapshotNotFoundFault", "ParameterNotFound", "NoSuchEntity",
}

// seen is a look's answer where the call says only whether it is there.
func seen(err error) (sight, error) {
	if awsops.HasCode(err, missing...) {
		return sight{gone: true}, nil
	}
	return sight{}, err
}

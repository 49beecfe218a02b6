package hostedzones

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"
)

type fakeZones struct {
	zones []types.HostedZone
	err   error
}

func (f fakeZones) ListHostedZonesByName(
	context.Context, *route53.ListHostedZonesByNameInput, ...func(*route53.Options),
) (*route53.ListHostedZonesByNameOutput, error) {
	return &route53.ListHostedZonesByNameOutput{HostedZones: f.zones}, f.err
}

func zone(id, name string, private bool) types.HostedZone {
	return types.HostedZone{
		Id:     aws.String("/hostedzone/" + id),
		Name:   aws.String(name),
		Config: &types.HostedZoneConfig{PrivateZone: private},
	}
}

func TestPublicZonesOfAName(t *testing.T) {
	zones := HostedZones{fakeZones{zones: []types.HostedZone{
		zone("Z1", "titan.example.com.", false), zone("Z2", "titan.example.com.", true),
		zone("Z3", "titan.example.com.", false),
		zone("Z4", "www.titan.example.com.", false), {Id: aws.String("Z5"), Name: aws.String("titan.example.com.")},
	}}}
	ids, err := zones.Public(t.Context(), "titan.example.com")
	if want := []string{"Z1", "Z3", "Z5"}; err != nil || !slices.Equal(ids, want) {
		t.Errorf("zones %v, %v, want %v", ids, err, want)
	}
}

func TestRoute53DoesNotAnswer(t *testing.T) {
	_, err := HostedZones{fakeZones{err: errors.New("throttled")}}.Public(t.Context(), "titan.example.com")
	if want := "listing hosted zones of titan.example.com: throttled"; err == nil || err.Error() != want {
		t.Errorf("error %v, want %q", err, want)
	}
}
